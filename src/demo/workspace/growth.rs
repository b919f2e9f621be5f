//! Growing the workspace: more conversations and contacts out of the shipped ones, the same every time.

use super::story::{Author, Message, Part};
use super::{Person, PersonSeed, Record, Story, Workspace};

const DAY: i64 = 86_400;
/// How far back grown conversations reach.
const SPAN: u64 = 400 * 86_400;
/// After this long a grown conversation has been closed.
const SETTLED_AFTER: i64 = 10 * DAY;
const MOST_PEOPLE: usize = 20_000;
/// Ids of grown conversations count up from here.
const FIRST_GROWN_ID: u64 = 900_001_000_000;
/// The conversation with as many parts as Intercom's REST interface ever returns.
const LONG_ID: u64 = 900_000_099_999;
const LONG_PARTS: i64 = 500;

/// Grows or cuts the workspace to `conversations` conversations.
pub(super) fn grow(workspace: &mut Workspace, conversations: usize) {
    if workspace.stories.is_empty() || workspace.people.is_empty() {
        return;
    }
    let shipped = workspace.stories.len();
    grow_people(workspace, conversations / 10);
    workspace.conversations.truncate(conversations);
    if conversations >= 1_000 {
        add_long_thread(workspace);
    }
    let settled = add_settled(workspace, shipped);
    let now = workspace.clock.began_at();
    let missing = conversations.saturating_sub(workspace.conversations.len()) as u64;
    for number in 0..missing {
        let record = grown(workspace, number, shipped, &settled, now);
        workspace.conversations.push(record);
    }
}

fn grown(workspace: &Workspace, number: u64, shipped: usize, settled: &[u32], now: i64) -> Record {
    let told = pick(mix(number, 1), shipped);
    let earlier = i64::try_from(mix(number, 2) % SPAN).unwrap_or(0);
    let began_ago = workspace.stories.get(told).map_or(0, |story| story.began_ago);
    let story = if earlier > SETTLED_AFTER { settled.get(told).copied() } else { u32::try_from(told).ok() };
    Record {
        id: FIRST_GROWN_ID + number,
        story: story.unwrap_or(0),
        person: u32::try_from(pick(mix(number, 3), workspace.people.len())).unwrap_or(0),
        began_at: now - began_ago - earlier,
    }
}

/// Adds for every unclosed story the same story with an end; gives for every story the one that ended.
fn add_settled(workspace: &mut Workspace, shipped: usize) -> Vec<u32> {
    let mut settled = Vec::with_capacity(shipped);
    for index in 0..shipped {
        let ended = workspace.stories.get(index).filter(|story| story.state != "closed").map(ended);
        let place = if ended.is_some() { workspace.stories.len() } else { index };
        settled.push(u32::try_from(place).unwrap_or(0));
        workspace.stories.extend(ended);
    }
    settled
}

fn ended(story: &Story) -> Story {
    let mut ended = story.clone();
    "closed".clone_into(&mut ended.state);
    ended.wakes_in = None;
    ended.parts.push(Part {
        kind: "close".to_owned(),
        author: ended.admin_assignee_id.map_or(Author::Bot, Author::Admin),
        after: ended.facts.updated + 3_600,
        message: Message::default(),
    });
    ended.compute();
    ended
}

fn add_long_thread(workspace: &mut Workspace) {
    let bodies: Vec<String> = workspace
        .stories
        .iter()
        .flat_map(|story| story.parts.iter().filter(|part| part.is_public_message()))
        .filter_map(|part| part.message.body.clone())
        .collect();
    let Some(mut long) = workspace.stories.first().cloned() else {
        return;
    };
    let me = workspace.desk.me;
    long.id = LONG_ID;
    long.began_ago = 60 * DAY;
    long.parts = (0..LONG_PARTS)
        .map(|number| Part {
            kind: "comment".to_owned(),
            author: if number % 2 == 0 { Author::Admin(me) } else { Author::Contact },
            after: (number + 1) * 2 * 3_600,
            message: Message {
                body: bodies.get(pick(mix(number.unsigned_abs(), 4), bodies.len())).cloned(),
                attachments: Vec::new(),
            },
        })
        .collect();
    long.compute();
    let person = workspace.conversations.first().map_or(0, |record| record.person);
    let began_at = workspace.clock.began_at() - long.began_ago;
    let story = u32::try_from(workspace.stories.len()).unwrap_or(0);
    workspace.stories.push(long);
    workspace.conversations.truncate(workspace.conversations.len().min(999));
    workspace.conversations.push(Record { id: LONG_ID, story, person, began_at });
}

fn grow_people(workspace: &mut Workspace, wanted: usize) {
    let shipped = workspace.people.len();
    for number in shipped..wanted.clamp(shipped, MOST_PEOPLE.max(shipped)) {
        let seed = pick(mix(number as u64, 5), shipped);
        let variation = u32::try_from(number).unwrap_or(u32::MAX);
        workspace.people.push(Person {
            id: (0x66bb_u128 << 80)
                | (u128::from(mix(number as u64, 6)) << 16)
                | u128::from(variation & 0xffff),
            seed: u32::try_from(seed).unwrap_or(0),
            variation,
            earlier: i64::try_from(mix(number as u64, 7) % SPAN).unwrap_or(0),
        });
    }
}

/// The first and last name of a variation, out of the names that ship.
pub(super) fn name_of(seeds: &[PersonSeed], variation: u32) -> (&str, &str) {
    let name = |salt| {
        let start = pick(mix(u64::from(variation), salt), seeds.len());
        seeds
            .iter()
            .cycle()
            .skip(start)
            .take(seeds.len())
            .find_map(|seed| seed.name.as_deref())
            .unwrap_or("Sam")
    };
    let (given, family) = (name(8), name(9));
    (given.split(' ').next().unwrap_or(given), family.rsplit(' ').next().unwrap_or(family))
}

/// A number that looks random and is the same every time.
fn mix(number: u64, salt: u64) -> u64 {
    let mut value =
        number.wrapping_add(salt.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_add(0x632b_e59b_d9b4_e019);
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

fn pick(number: u64, length: usize) -> usize {
    usize::try_from(number % (length.max(1) as u64)).unwrap_or(0)
}

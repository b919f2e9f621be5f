//! Whatever is done to the list in whatever order: the rows that are shown are the ones that should be, worked out from scratch.

use std::collections::HashMap;
use std::sync::LazyLock;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use proptest::prelude::*;
use switchboard::app::Event;
use switchboard::domain::call::Call;
use switchboard::domain::conversation::ConversationRow;
use switchboard::domain::id::ConversationId;
use switchboard::domain::sort::Sort;
use switchboard::domain::text::Clean;
use switchboard::domain::time::Unix;
use switchboard::domain::triage::Mark;

use super::desk::Desk;
use super::list::{current, done, mark, shown};
use super::world;

/// Words that the oracle knows.
const WORDS: [&str; 8] = ["inv", "ana", "bug", "csv", "ida", "船", "北 x", "2.dash"];

/// Whether a row holds a word, found by the matcher's own folding and without anything kept from before.
fn holds(row: &ConversationRow, admins: &[(String, Clean)], word: &str) -> bool {
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let admin = row.admin.as_ref().map(|id| {
        let known = admins.iter().find(|(known, _)| *known == id.as_str());
        known.map_or_else(|| format!("teammate {id}"), |(_, name)| name.as_str().to_owned())
    });
    let team = row.team.as_ref().map(|id| format!("team {id}"));
    let assignee = admin.or(team).unwrap_or_default();
    let who = row.author.called().to_owned();
    let tags = row.tags.iter().map(|tag| tag.name.as_str());
    let apart = [row.subject.as_str(), &who, &assignee].into_iter().chain(tags);
    let mut worth = |text: &str, kind| {
        let atom = Atom::new(word, CaseMatching::Ignore, Normalization::Smart, kind, false);
        atom.score(Utf32Str::new(text, &mut buffer), &mut matcher)
    };
    let enough = u16::try_from(word.chars().count() * 16).unwrap();
    let apart = apart.filter_map(|text| worth(text, AtomKind::Fuzzy)).any(|worth| worth >= enough);
    let whole = [row.author.email.as_str(), row.id.as_str(), row.preview.as_str()];
    apart || whole.into_iter().any(|text| worth(text, AtomKind::Substring).is_some())
}

/// The same for every row of the world and every word, worked out once.
static HELD: LazyLock<HashMap<(ConversationId, &str), bool>> = LazyLock::new(|| {
    let rows = (0..world::ALL).map(world::row);
    rows.flat_map(|row| {
        WORDS.map(|words| {
            let held = words.split(' ').all(|word| holds(&row, &[], word));
            ((row.id.clone(), words), held)
        })
    })
    .collect()
});

/// The rows that should be shown, worked out from scratch.
fn expected(desk: &Desk, words: Option<&'static str>) -> Vec<ConversationId> {
    let listing = &desk.model.inbox.listing;
    let (triage, arranged) = (&desk.model.shell.triage, &listing.results.arranged);
    let now = Unix(world::NOW);
    let stays = |row: &&ConversationRow| {
        let away = triage.standing(row, now).is_aside() && !arranged.shows_away();
        !away && words.is_none_or(|words| HELD[&(row.id.clone(), words)])
    };
    let mut rows: Vec<&ConversationRow> = listing.results.rows().iter().filter(stays).collect();
    let order = listing.order();
    if order.by == Sort::Server && order.back {
        rows.reverse();
    }
    let rank = |row: &ConversationRow| order.by.rank(row).map(|rank| if order.back { !rank } else { rank });
    rows.sort_by_key(|row| (rank(row).is_none(), rank(row)));
    rows.sort_by_key(|row| !triage.mark(&row.id).is_some_and(|mark| mark.pinned));
    rows.into_iter().map(|row| row.id.clone()).collect()
}

#[derive(Clone, Debug)]
enum Act {
    Keys(&'static str),
    Filter(usize),
    Done,
    Pin(u64),
    Serve,
}

fn act() -> impl Strategy<Value = Act> {
    const KEYS: [&str; 13] = ["s", "S", "x", "X", "j", "k", "G", "g", "r", "H", "<esc>", "<pagedown>", "L"];
    prop_oneof![
        6 => proptest::sample::select(&KEYS[..]).prop_map(Act::Keys),
        2 => (0..WORDS.len()).prop_map(Act::Filter),
        1 => Just(Act::Done),
        1 => (0u64..200).prop_map(Act::Pin),
        3 => Just(Act::Serve),
    ]
}

fn happen(desk: &mut Desk, act: &Act) {
    match act {
        Act::Keys(keys) => {
            desk.keys(keys);
        }
        Act::Filter(word) => {
            desk.keys(&format!("f<ctrl-u>{}<enter>", WORDS[*word].replace(' ', "<space>")));
        }
        Act::Done if current(desk).is_some() => done(desk),
        Act::Done => {}
        Act::Pin(number) => {
            mark(desk, &world::conversation_id(*number), Mark { pinned: true, ..Mark::default() });
            desk.event(Event::Focus(true));
        }
        Act::Serve => {
            desk.serve();
        }
    }
}

/// Does all that, and looks after each act.
fn play(acts: &[Act]) {
    let mut desk = Desk::open(80, 24);
    for act in acts {
        let (before, chosen) = (current(&desk), desk.model.inbox.listing.chosen.len());
        // In an order of ours the cursor keeps to the first row until somebody means a row.
        let results = &desk.model.inbox.listing.results;
        let on_top =
            results.stays_on_top() || (results.list.cursor() == 0 && matches!(act, Act::Keys("s" | "S")));
        happen(&mut desk, act);
        let listing = &desk.model.inbox.listing;
        let typed = listing.results.arranged.filter().map(|filter| filter.typed().to_owned());
        let words = typed.and_then(|typed| WORDS.into_iter().find(|words| **words == typed));
        assert_eq!(shown(&desk), expected(&desk, words), "{act:?}");
        let stays =
            matches!(act, Act::Keys("s" | "S" | "r" | "H" | "L" | "x" | "X") | Act::Serve | Act::Pin(_));
        let to_end = listing.to_end;
        if let Some(before) = before.filter(|id| stays && !to_end && !on_top && shown(&desk).contains(id)) {
            let moved = matches!(act, Act::Keys("x"));
            assert!(moved || current(&desk) == Some(before), "{act:?}");
        }
        if matches!(act, Act::Keys("s" | "S" | "r" | "j" | "G") | Act::Filter(_) | Act::Serve) {
            assert_eq!(desk.model.inbox.listing.chosen.len(), chosen);
        }
        let pages = desk.asked.iter().filter(|(_, call)| matches!(call, Call::SearchConversations { .. }));
        assert!(pages.count() <= 1);
    }
    desk.screen();
}

/// What went wrong once.
#[test]
fn the_cursor_and_the_rows_are_right_where_they_were_wrong_once() {
    let keys = Act::Keys;
    let runs: [&[Act]; 4] = [
        &[keys("s"), keys("s"), Act::Filter(0), Act::Done, keys("H")],
        &[Act::Pin(26), Act::Filter(3), keys("j"), Act::Filter(3), Act::Done, keys("H")],
        &[Act::Filter(3), keys("s"), keys("r"), Act::Serve],
        &[Act::Filter(0), keys("s"), Act::Pin(0)],
    ];
    runs.into_iter().for_each(play);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn what_is_shown_is_what_should_be(acts in proptest::collection::vec(act(), 0..16)) {
        play(&acts);
    }
}

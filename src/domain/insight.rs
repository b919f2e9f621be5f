//! What conversations look like in numbers: into which bucket of each topic a row falls. Owns the buckets and their bounds;
//! refuses names of people, pictures and the clock.

mod blocks;
mod count;
#[cfg(test)]
mod tests;

pub use blocks::{bar, spark};
pub use count::{Board, Bucket, Section, Times, count};

use super::conversation::{ConversationRow, Fin, Priority, State};
use super::id::{AdminId, TeamId};
use super::time::Unix;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Lengths of time: up to so many seconds, and what that is called. The last has no end.
type Spans = &'static [(i64, &'static str)];

const WAITING: Spans =
    &[(HOUR, "< 1 h"), (4 * HOUR, "1–4 h"), (DAY, "4–24 h"), (3 * DAY, "1–3 d"), (i64::MAX, "> 3 d")];
const REPLY: Spans = &[
    (5 * MINUTE, "< 5 min"),
    (30 * MINUTE, "5–30 min"),
    (HOUR, "30–60 min"),
    (4 * HOUR, "1–4 h"),
    (DAY, "4–24 h"),
    (i64::MAX, "> 1 d"),
];
const CLOSE: Spans = &[
    (HOUR, "< 1 h"),
    (4 * HOUR, "1–4 h"),
    (DAY, "4–24 h"),
    (3 * DAY, "1–3 d"),
    (7 * DAY, "3–7 d"),
    (i64::MAX, "> 7 d"),
];

/// What rows are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// How long the customer has waited.
    Waiting,
    /// How long the first reply of a teammate took.
    FirstReply,
    /// How long it took to close it first.
    FirstClose,
    /// Where it stands.
    State,
    /// Who has it.
    Assignee,
    /// Which team has it.
    Team,
    /// How urgent it is.
    Priority,
    /// Its tags; a row may have several.
    Tag,
    /// How it came.
    Channel,
    /// The hour of the day at which it was opened, in the user's zone.
    Hour,
    /// The customer's rating.
    Rating,
    /// What came of Fin's part in it.
    Fin,
}

/// A bucket's name, borrowed from the row that falls into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key<'row> {
    /// A span, an hour, a rating or a priority, by number.
    Number(u8),
    /// An id or a word of the server's.
    Word(&'row str),
    /// It has none: not waiting, unassigned, no tag.
    None,
    /// Nobody said.
    Unknown,
}

/// The same, kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kept {
    /// See [`Key::Number`].
    Number(u8),
    /// See [`Key::Word`].
    Word(Box<str>),
    /// See [`Key::None`].
    None,
    /// See [`Key::Unknown`].
    Unknown,
}

impl Kept {
    /// The name to compare with.
    pub fn key(&self) -> Key<'_> {
        match self {
            Self::Number(number) => Key::Number(*number),
            Self::Word(word) => Key::Word(word),
            Self::None => Key::None,
            Self::Unknown => Key::Unknown,
        }
    }
}

/// The moment and the place that ages and hours are told by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct At {
    /// Now.
    pub now: Unix,
    /// Seconds east of UTC.
    pub zone: i32,
}

impl Topic {
    /// Every topic, in the order of the board.
    pub const ALL: [Self; 12] = [
        Self::Waiting,
        Self::FirstReply,
        Self::FirstClose,
        Self::State,
        Self::Assignee,
        Self::Team,
        Self::Priority,
        Self::Tag,
        Self::Channel,
        Self::Hour,
        Self::Rating,
        Self::Fin,
    ];

    /// The lengths of time that tell rows apart here; empty for other topics.
    pub fn spans(self) -> Spans {
        match self {
            Self::Waiting => WAITING,
            Self::FirstReply => REPLY,
            Self::FirstClose => CLOSE,
            Self::State
            | Self::Assignee
            | Self::Team
            | Self::Priority
            | Self::Tag
            | Self::Channel
            | Self::Hour
            | Self::Rating
            | Self::Fin => &[],
        }
    }

    /// The numbers of the buckets that are shown even when they are empty, in their order.
    fn numbers(self) -> Vec<u8> {
        match self {
            Self::Waiting | Self::FirstReply | Self::FirstClose => {
                (0..u8::try_from(self.spans().len()).unwrap_or(0)).collect()
            }
            Self::Hour => (0..24).collect(),
            Self::Rating => (1..=5).rev().collect(),
            Self::Priority => (1..=4).rev().collect(),
            Self::State | Self::Assignee | Self::Team | Self::Tag | Self::Channel | Self::Fin => Vec::new(),
        }
    }
}

/// The number of the span that a length of time falls into; lengths below zero count as none.
fn span(spans: Spans, seconds: i64) -> u8 {
    let at = spans.iter().position(|(end, _)| seconds < *end).unwrap_or(spans.len().saturating_sub(1));
    u8::try_from(at).unwrap_or(0)
}

/// A length of time that was said and can be one.
fn length(seconds: Option<i64>) -> Option<i64> {
    seconds.filter(|seconds| *seconds >= 0)
}

fn hour(at: Unix, zone: i32) -> u8 {
    let local = at.0.saturating_add(i64::from(zone)).rem_euclid(DAY);
    u8::try_from(local / HOUR).unwrap_or(0)
}

fn state(state: &State) -> Key<'_> {
    match state {
        State::Open => Key::Word("open"),
        State::Closed => Key::Word("closed"),
        State::Snoozed => Key::Word("snoozed"),
        State::Unsaid => Key::Unknown,
        State::Other(word) => Key::Word(word),
    }
}

fn priority(priority: Priority) -> Key<'static> {
    match priority {
        Priority::None => Key::None,
        Priority::Low => Key::Number(1),
        Priority::Medium => Key::Number(2),
        Priority::High => Key::Number(3),
        Priority::Urgent => Key::Number(4),
    }
}

fn word<'row>(word: Option<&'row str>, otherwise: Key<'row>) -> Key<'row> {
    word.map_or(otherwise, Key::Word)
}

/// The bucket of a row in an exclusive topic; of tags, what holds for a row without any.
fn only(topic: Topic, row: &ConversationRow, at: At) -> Key<'_> {
    let spanned = |seconds: Option<i64>, otherwise| {
        seconds.map_or(otherwise, |seconds| Key::Number(span(topic.spans(), seconds)))
    };
    match topic {
        // Of a hit that is not filled in yet only the words are known.
        _ if row.thin => Key::Unknown,
        Topic::Waiting => spanned(row.waiting_since.map(|since| at.now.0.saturating_sub(since.0)), Key::None),
        Topic::FirstReply => spanned(length(row.first_reply), Key::Unknown),
        Topic::FirstClose => spanned(length(row.first_close), Key::Unknown),
        Topic::State => state(&row.state),
        Topic::Assignee => word(row.admin.as_ref().map(AdminId::as_str), Key::None),
        Topic::Team => word(row.team.as_ref().map(TeamId::as_str), Key::None),
        Topic::Priority => priority(row.priority),
        Topic::Tag => Key::None,
        Topic::Channel => {
            word(Some(row.channel.as_str()).filter(|channel| !channel.is_empty()), Key::Unknown)
        }
        Topic::Hour => row.created_at.map_or(Key::Unknown, |created| Key::Number(hour(created, at.zone))),
        Topic::Rating => match row.rating {
            Some(rating @ 1..=5) => Key::Number(rating),
            Some(_) => Key::Unknown,
            None => Key::None,
        },
        Topic::Fin => row.fin.as_ref().map_or(Key::None, outcome),
    }
}

fn outcome(fin: &Fin) -> Key<'_> {
    word(Some(fin.resolution.as_str()).filter(|word| !word.is_empty()), Key::Unknown)
}

/// Names every bucket that a row falls into: one, or one for each of its tags.
pub fn keys<'row>(topic: Topic, row: &'row ConversationRow, at: At, mut each: impl FnMut(Key<'row>)) {
    if topic != Topic::Tag || row.thin || row.tags.is_empty() {
        return each(only(topic, row, at));
    }
    let name = |at: usize| {
        let tag = &row.tags[at];
        if tag.id.is_empty() { tag.name.as_str() } else { &*tag.id }
    };
    for place in 0..row.tags.len() {
        let again = (0..place).any(|before| name(before) == name(place));
        if !again {
            each(Key::Word(name(place)));
        }
    }
}

/// Whether a row falls into a bucket.
pub fn belongs(topic: Topic, key: Key<'_>, row: &ConversationRow, at: At) -> bool {
    let mut found = false;
    keys(topic, row, at, |own| found |= own == key);
    found
}

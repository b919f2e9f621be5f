//! Counting: one walk over the rows fills every topic. Owns the order of buckets, medians and shares.

use std::collections::HashMap;

use super::{At, Kept, Key, Topic, keys, length};
use crate::domain::conversation::ConversationRow;

/// The highest number of a bucket is below this.
const NUMBERS: usize = 24;

/// Rows that have something in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// What.
    pub key: Kept,
    /// How many.
    pub count: usize,
}

impl Bucket {
    /// Whether its rows have what the topic is about.
    pub fn has_one(&self) -> bool {
        matches!(self.key, Kept::Number(_) | Kept::Word(_))
    }
}

/// Lengths of time among rows for which they are known, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// The one in the middle; of an even number of rows, what lies halfway between the two in the middle, rounded down.
    pub median: i64,
    /// The least length that occurs and that nine of ten rows did not exceed (nearest rank).
    pub p90: i64,
}

/// One topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Which.
    pub topic: Topic,
    /// Those by number in their order; those by word, the most first, then by word; then those that have none, then those
    /// of which nobody said it, if there are any.
    pub buckets: Vec<Bucket>,
    /// Rows of which it is known, those that have none among them.
    pub known: usize,
    /// Rows that have one: that wait, are assigned, were rated.
    pub have: usize,
    /// How long it took, where the topic is a length of time that ended and any is known.
    pub times: Option<Times>,
}

/// Every topic, over the same rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// When and where it was counted.
    pub at: At,
    /// How many rows were counted.
    pub rows: usize,
    /// In the order of [`Topic::ALL`].
    pub sections: Vec<Section>,
}

impl Section {
    /// The rows in the largest bucket of those that have one: what bars are measured by.
    pub fn most(&self) -> usize {
        self.buckets.iter().filter(|bucket| bucket.has_one()).map(|bucket| bucket.count).max().unwrap_or(0)
    }

    /// The share of a bucket in whole percent of `rows`, rounded: of all that were counted, or of those whose rating or whose
    /// outcome is known. None for the rest of those two topics, and when there is nothing to have a share of.
    pub fn share(&self, bucket: &Bucket, rows: usize) -> Option<usize> {
        let is_narrow = matches!(self.topic, Topic::Rating | Topic::Fin);
        if is_narrow && !bucket.has_one() {
            return None;
        }
        let base = if is_narrow { self.have } else { rows };
        (bucket.count * 100 + base / 2).checked_div(base)
    }
}

/// What is counted for one topic.
#[derive(Debug, Default)]
struct Tally<'row> {
    numbers: [usize; NUMBERS],
    words: HashMap<&'row str, usize>,
    none: usize,
    unknown: usize,
}

impl<'row> Tally<'row> {
    fn add(&mut self, key: Key<'row>) {
        match key {
            Key::Number(number) => self.numbers[usize::from(number).min(NUMBERS - 1)] += 1,
            Key::Word(word) => *self.words.entry(word).or_default() += 1,
            Key::None => self.none += 1,
            Key::Unknown => self.unknown += 1,
        }
    }

    fn section(self, topic: Topic, rows: usize, lengths: Vec<i64>) -> Section {
        let numbers = topic
            .numbers()
            .into_iter()
            .map(|number| Bucket { key: Kept::Number(number), count: self.numbers[usize::from(number)] });
        let mut words: Vec<(&str, usize)> = self.words.into_iter().collect();
        words.sort_unstable_by(|(one, few), (other, many)| many.cmp(few).then(one.cmp(other)));
        let words = words.into_iter().map(|(word, count)| Bucket { key: Kept::Word(word.into()), count });
        let rest = [(Kept::None, self.none), (Kept::Unknown, self.unknown)];
        let rest = rest.into_iter().filter(|(_, count)| *count > 0);
        let rest = rest.map(|(key, count)| Bucket { key, count });
        let known = rows - self.unknown;
        Section {
            topic,
            buckets: numbers.chain(words).chain(rest).collect(),
            known,
            have: known - self.none,
            times: times(lengths),
        }
    }
}

fn times(mut lengths: Vec<i64>) -> Option<Times> {
    lengths.sort_unstable();
    let last = lengths.len().checked_sub(1)?;
    let (low, high) = (lengths[last / 2], lengths[last.div_ceil(2)]);
    let nine_of_ten = (lengths.len() * 9).div_ceil(10) - 1;
    Some(Times { median: low.midpoint(high), p90: lengths[nine_of_ten] })
}

/// Counts rows. Walks them once.
pub fn count<'row>(rows: impl IntoIterator<Item = &'row ConversationRow>, at: At) -> Board {
    let mut tallies: [Tally<'_>; Topic::ALL.len()] = Default::default();
    let (mut replies, mut closes) = (Vec::new(), Vec::new());
    let mut counted = 0;
    for row in rows {
        counted += 1;
        for (topic, tally) in Topic::ALL.into_iter().zip(&mut tallies) {
            keys(topic, row, at, |key| tally.add(key));
        }
        if !row.thin {
            replies.extend(length(row.first_reply));
            closes.extend(length(row.first_close));
        }
    }
    let sections = Topic::ALL.into_iter().zip(tallies).map(|(topic, tally)| {
        let lengths = match topic {
            Topic::FirstReply => std::mem::take(&mut replies),
            Topic::FirstClose => std::mem::take(&mut closes),
            Topic::Waiting
            | Topic::State
            | Topic::Assignee
            | Topic::Team
            | Topic::Priority
            | Topic::Tag
            | Topic::Channel
            | Topic::Hour
            | Topic::Rating
            | Topic::Fin => Vec::new(),
        };
        tally.section(topic, counted, lengths)
    });
    Board { at, rows: counted, sections: sections.collect() }
}

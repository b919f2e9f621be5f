//! A query as boxes, for people who prefer them. Owns which boxes there are and the way in both directions; what fits no
//! box stands in the last one, in the search language, so nothing is lost.

use super::{Query, parse};

/// What a box takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One of its choices, or nothing.
    Choice,
    /// Words.
    Text,
    /// A whole number.
    Number,
    /// A point in time as the language writes it: `-3d`, `today`, `2026-01-31`.
    Date,
    /// A length of time: `4h`, `30m`.
    Length,
    /// A name of somebody or something: `complete` knows them.
    Name,
}

/// One box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What stands beside it.
    pub title: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// The field it is for, with its colon and operator: `complete` of this and the value offers what could stand in it.
    pub prefix: &'static str,
    /// What can be chosen, with what it means; empty for other kinds. Nothing chosen is the empty value.
    pub choices: &'static [(&'static str, &'static str)],
    /// What stands in it; empty for nothing.
    pub value: String,
}

/// All boxes, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boxes {
    entries: Vec<Entry>,
}

impl Boxes {
    /// The boxes that say the same as a query.
    pub fn of(query: &Query) -> Self {
        let entry =
            Entry { title: "Search", kind: Kind::Text, prefix: "", choices: &[], value: query.to_string() };
        Self { entries: vec![entry] }
    }

    /// The boxes.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Puts a value into a box; a number that is none is ignored.
    pub fn set(&mut self, number: usize, value: &str) {
        if let Some(entry) = self.entries.get_mut(number) {
            value.clone_into(&mut entry.value);
        }
    }

    /// The query that the boxes say; else the number of the box that is wrong, and a sentence.
    pub fn query(&self) -> Result<Query, (usize, String)> {
        let text = self.entries.iter().map(|entry| entry.value.as_str()).collect::<Vec<_>>().join(" ");
        parse(&text).map_err(|wrong| (0, wrong.sentence))
    }
}

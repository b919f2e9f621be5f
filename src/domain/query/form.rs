//! A query as boxes, for people who prefer them. Owns which boxes there are and the way in both directions; what fits no
//! box stands in the last one, in the search language, so nothing is lost.

mod table;

use super::{Filter, Operator, Query, parse};
use table::{OTHER, TABLE, WORDS};

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
    /// Empty for the last box, which takes the language itself.
    pub prefix: String,
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
    /// The boxes that say the same as a query; its conditions may come back in another order.
    pub fn of(query: &Query) -> Self {
        let mut entries: Vec<Entry> = TABLE.iter().map(table::Row::entry).collect();
        let mut others = Query::default();
        for filter in &query.filters {
            let free = |entry: &Entry| entry.value.is_empty();
            let place = TABLE.iter().zip(&mut entries).find(|(row, entry)| row.takes(filter) && free(entry));
            match place {
                Some((_, entry)) => entry.value.clone_from(&filter.value),
                None => others.filters.push(filter.clone()),
            }
        }
        entries[WORDS].value.clone_from(&query.text);
        entries[OTHER].value = others.to_string();
        Self { entries }
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

    /// The number of the box that says this condition, as the language prints it; none for one of the last two boxes.
    pub fn saying(&self, condition: &str) -> Option<usize> {
        let says = |(row, entry): (&table::Row, &Entry)| {
            !entry.value.is_empty()
                && row.filter(entry.value.trim()).is_ok_and(|filter| filter.to_string() == condition)
        };
        TABLE.iter().zip(&self.entries).take(WORDS).position(says)
    }

    /// The query that the boxes say; else the number of the first box that is wrong, and a sentence.
    pub fn query(&self) -> Result<Query, (usize, String)> {
        let mut query = Query::default();
        for (number, (row, entry)) in TABLE.iter().zip(&self.entries).enumerate() {
            let value = entry.value.trim();
            match number {
                _ if value.is_empty() => {}
                WORDS => value.clone_into(&mut query.text),
                OTHER => self::more(&mut query, value).map_err(|sentence| (number, sentence))?,
                _ => {
                    let filter = row.filter(value).map_err(|sentence| (number, sentence))?;
                    query.filters.push(filter);
                }
            }
        }
        Ok(query)
    }
}

/// Adds what is written in the language; its free text comes behind the words.
fn more(query: &mut Query, source: &str) -> Result<(), String> {
    let other = parse(source).map_err(|wrong| wrong.sentence)?;
    query.filters.extend(other.filters);
    let text = format!("{} {}", query.text, other.text);
    text.trim().clone_into(&mut query.text);
    Ok(())
}

/// The condition that a box says, read as if it had been typed.
fn read(field: &str, operator: Operator, value: &str) -> Result<Filter, String> {
    let filter = Filter { field: field.to_owned(), operator, value: value.to_owned() };
    let mut query = parse(&filter.to_string()).map_err(|wrong| wrong.sentence)?;
    query.filters.pop().ok_or_else(|| format!("{field} needs a value."))
}

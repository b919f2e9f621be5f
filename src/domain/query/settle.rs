//! From a query as typed to what is sent: relative times become seconds, names become ids, and what the server cannot
//! express is kept back to be cut here. Owns that division; refuses to know which tool will carry it.

mod bounds;
mod divide;

use std::ops::Range;

use super::parse::{located, wrong};
use super::{Filter, Known, Query, Wrong};
use divide::Division;
pub(super) use divide::source_word;

/// The most conditions one search may hold (intercom-mcp 3.4).
pub const MOST_FILTERS: usize = 15;

/// A query divided: what the server is asked, and what is cut here from what it brings.
///
/// Settle once for each search: following pages must be asked for with the very same `sent` (intercom-mcp 3.4), and its times
/// move with the clock.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Settled {
    /// Goes to the server: absolute times, ids for names.
    pub sent: Query,
    /// Cut here; empty when the server answers the whole query. Times in it are Unix seconds, lengths are seconds, teammates
    /// and teams are ids.
    pub cut: Vec<Filter>,
}

impl Query {
    /// Divides the query. `Wrong::at` counts in the normal form (`to_string`); [`check`] counts in what was typed.
    ///
    /// - A field with two bounds sends one, the lower where there is one; the argument holds a single comparison (3.4).
    /// - A day, `today`, `2026-01-31`, becomes its two ends in the person's zone.
    /// - `waiting`, `due`, `sla`, `fin` and whatever asks for `none` are cut here: nobody documents a way to ask for them.
    ///   What is likely known to the server goes along as `narrowing`.
    /// - `priority` is cut where both value sets could be meant (section 6): high and priority, none and `not_priority`.
    /// - `rating:<3` is sent as "at most 2", since the server reads `<` as "or equal" (6.5).
    pub fn settled(&self, known: &Known<'_>) -> Result<Settled, Wrong> {
        self.divided(known).map_err(|(number, sentence)| wrong(self.printed(number), sentence))
    }

    fn divided(&self, known: &Known<'_>) -> Result<Settled, (usize, String)> {
        let mut division = Division::new(known);
        for (number, filter) in self.filters.iter().enumerate() {
            division.take(filter).map_err(|sentence| (number, sentence))?;
            if division.sent.len() > MOST_FILTERS {
                let sentence = "One search can hold 15 conditions for the server; leave this one out.";
                return Err((number, sentence.to_owned()));
            }
        }
        let Division { sent: filters, cut, narrowing, .. } = division;
        Ok(Settled { sent: Query { filters, text: self.text.clone(), narrowing }, cut })
    }

    /// The bytes of a condition in the normal form.
    fn printed(&self, number: usize) -> Range<usize> {
        let lengths = self.filters.iter().map(|filter| filter.to_string().len());
        let start: usize = lengths.clone().take(number).map(|length| length + 1).sum();
        start..start + lengths.clone().nth(number).unwrap_or(0)
    }
}

/// Reads and settles what was typed; `Wrong::at` counts in it. The query stays as typed, so that a saved view stays fresh.
pub fn check(source: &str, known: &Known<'_>) -> Result<(Query, Settled), Wrong> {
    let (query, places) = located(source)?;
    let settled = query.divided(known).map_err(|(number, sentence)| {
        wrong(places.get(number).cloned().unwrap_or(0..source.len()), sentence)
    })?;
    Ok((query, settled))
}

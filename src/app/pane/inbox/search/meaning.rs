//! What a query means at this moment: what its times become, and what is cut here. Sentences for the line, the form and the
//! box with the call; refuses to read the query.

use crate::domain::query::{Known, Query, Settled};

/// What a query means at this moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meaning {
    /// What its times are now, such as `created_at since Tue 17 Nov 2026 14:02`; raw, empty for none.
    pub times: Vec<String>,
    /// What is cut here and not by the server; empty when the server cuts exactly.
    pub cut: String,
}

impl Meaning {
    /// What a query and what it became mean.
    pub fn of(query: &Query, settled: &Settled, known: &Known<'_>) -> Self {
        Self { times: query.times(known), cut: settled.cut_words() }
    }
}

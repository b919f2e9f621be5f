//! What a query means at this moment: what its times become, and what is cut here. Plain sentences for the line, the form and
//! the box with the call; refuses to read the query.

use crate::domain::query::{Filter, Operator, Query, Settled};
use crate::domain::time::{Unix, day_and_time};

/// What a query means at this moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meaning {
    /// What its times became, such as `created since Tue 17 Nov 2026 14:02`; raw, empty for none.
    pub times: Vec<String>,
    /// What is cut here and not by the server; empty when the server cuts exactly.
    pub cut: String,
}

impl Meaning {
    /// What a query and what it became mean; times in the zone so many seconds east.
    pub fn of(query: &Query, settled: &Settled, zone: i32) -> Self {
        let became = settled.sent.filters.iter().chain(&settled.cut);
        let new = became.filter(|filter| !query.filters.contains(filter));
        let times = new.filter_map(|filter| time(filter, zone)).collect();
        Self { times, cut: settled.cut_words() }
    }
}

/// A condition on a time in words; none for every other condition.
fn time(filter: &Filter, zone: i32) -> Option<String> {
    let stem = ["_at", "_since", "_until"].iter().find_map(|end| filter.field.strip_suffix(end))?;
    let seconds: i64 = filter.value.parse().ok()?;
    let word = match filter.operator {
        Operator::Greater | Operator::GreaterOrEqual => "since",
        Operator::Less | Operator::LessOrEqual => "until",
        Operator::Equal => "at",
        Operator::NotEqual => "not at",
        Operator::Contains | Operator::In => return None,
    };
    Some(format!("{} {word} {}", stem.replace('_', " "), day_and_time(Unix(seconds), zone)))
}

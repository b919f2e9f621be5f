//! What a query means at this moment, in words: what is cut here, and what its times became.

use super::when::{When, when};
use super::{Field, Filter, Kind, Known, Operator, Query, Settled};
use crate::domain::time::{Unix, day_and_time};

impl Settled {
    /// What is cut here, in words: "SLA and waiting time are cut here, not by the server"; empty when the server
    /// answers the whole query.
    pub fn cut_words(&self) -> String {
        let mut names: Vec<&str> = Vec::new();
        for filter in &self.cut {
            let name = called(filter);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let (all, verb) = match names.as_slice() {
            [] => return String::new(),
            [one] => ((*one).to_owned(), "is"),
            [most @ .., last] => (format!("{} and {last}", most.join(", ")), "are"),
        };
        let mut letters = all.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        format!("{first}{} {verb} cut here, not by the server", letters.as_str())
    }
}

fn called(filter: &Filter) -> &str {
    match filter.field.as_str() {
        "sla" => "SLA",
        "waiting" | "waiting_since" => "waiting time",
        "snoozed_until" => "snoozing",
        "fin" => "Fin's outcome",
        "tag" | "tag_ids" => "tag",
        "assignee" | "admin_assignee_id" => "assignee",
        "team" | "team_assignee_id" => "team",
        "rating" | "conversation_rating_score" => "rating",
        "created_at" => "the other end of created_at",
        "updated_at" => "the other end of updated_at",
        "source_type" => "channel",
        other => other,
    }
}

impl Query {
    /// Times that are not written as seconds, and what they are now: `created_at since Tue 17 Nov 2026 14:02`; in the order of
    /// the query, empty for none.
    pub fn times(&self, known: &Known<'_>) -> Vec<String> {
        let said = |filter: &Filter| {
            let kind = Field::named(&filter.field)?.kind;
            let time = when(&filter.value, known.now, known.zone)
                .filter(|_| matches!(kind, Kind::Time | Kind::Due))?;
            let at = |second| day_and_time(Unix(second), known.zone);
            let words = match (filter.operator, time) {
                (_, When::Exact(_)) => return None,
                (Operator::Greater | Operator::GreaterOrEqual, time) => format!("since {}", at(time.first())),
                (Operator::Less, time) => format!("until {}", at(time.first())),
                (Operator::LessOrEqual, time) => format!("until {}", at(time.last())),
                (_, time) => format!("from {} to {}", at(time.first()), at(time.last())),
            };
            Some(format!("{} {words}", filter.field))
        };
        self.filters.iter().filter_map(said).collect()
    }
}

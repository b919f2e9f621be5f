//! Which fields the structured tool takes, in which form, and whether it can answer a query at all.

use super::{Filter, Operator, Query};

/// How `search_conversations` wants a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A string.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An array of strings.
    List,
    /// An object with an operator and a number (seconds or a rating).
    Comparison,
}

/// A field that the structured tool takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name in both languages.
    pub name: &'static str,
    /// Its form there.
    pub shape: Shape,
}

const fn field(name: &'static str, shape: Shape) -> Field {
    Field { name, shape }
}

/// Every argument of `search_conversations` documented or observed (intercom-mcp 3.4) that is a condition.
pub const FIELDS: [Field; 19] = [
    field("state", Shape::Text),
    field("source_type", Shape::Text),
    field("source_author_name", Shape::Text),
    field("source_author_email", Shape::Text),
    field("team_assignee_id", Shape::Text),
    field("admin_assignee_id", Shape::Number),
    field("statistics_time_to_assignment", Shape::Comparison),
    field("statistics_time_to_admin_reply", Shape::Comparison),
    field("statistics_time_to_first_close", Shape::Comparison),
    field("created_at", Shape::Comparison),
    field("updated_at", Shape::Comparison),
    field("ai_agent_participated", Shape::Boolean),
    field("ai_agent_resolution_state", Shape::Text),
    field("priority", Shape::Text),
    field("tag_ids", Shape::List),
    field("contact_ids", Shape::List),
    field("conversation_rating_score", Shape::Comparison),
    field("open", Shape::Boolean),
    field("read", Shape::Boolean),
];

/// The most conditions one query may hold (intercom-mcp 3.4, the composite-query refusal).
const MOST_FILTERS: usize = 15;

fn fits(filter: &Filter, shape: Shape) -> bool {
    let value = filter.value.as_str();
    let plain = filter.operator == Operator::Equal;
    let number = || value.parse::<i64>().is_ok();
    match shape {
        Shape::Text => plain,
        Shape::Number => plain && number(),
        Shape::Boolean => plain && matches!(value, "true" | "false"),
        Shape::List => plain || filter.operator == Operator::In,
        Shape::Comparison => !matches!(filter.operator, Operator::Contains | Operator::In) && number(),
    }
}

impl Query {
    /// The conditions with their form when the structured tool can answer the whole query: no free text, every field
    /// known, at most once each, at most 15. None sends the query to the one-string `search` tool instead.
    pub fn structured(&self) -> Option<Vec<(&Filter, Shape)>> {
        if !self.text.is_empty() || self.filters.len() > MOST_FILTERS {
            return None;
        }
        let mut found: Vec<(&Filter, Shape)> = Vec::with_capacity(self.filters.len());
        for filter in &self.filters {
            let known = FIELDS.iter().find(|field| field.name == filter.field)?;
            let twice = found.iter().any(|(other, _)| other.field == filter.field);
            if twice || !fits(filter, known.shape) {
                return None;
            }
            found.push((filter, known.shape));
        }
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    #[test]
    fn structured_only_when_every_word_fits() {
        let yes = [
            "",
            "state:open",
            "state:open admin_assignee_id:7001",
            "created_at:gt:1786900000",
            "tag_ids:in:1,2",
        ];
        let no = [
            "refund",
            "state:neq:open",
            "created_at:gt:2026-01-01",
            "created_at:gt:1 created_at:lt:9",
            "source_body:x",
            "admin_assignee_id:ida",
        ];
        for typed in yes {
            assert!(parse(typed).unwrap().structured().is_some(), "{typed}");
        }
        for typed in no {
            assert!(parse(typed).unwrap().structured().is_none(), "{typed}");
        }
    }
}

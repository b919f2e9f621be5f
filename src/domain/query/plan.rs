//! What the structured tool can say of a query, and in which form. Knows the documented arguments; the live schema is the
//! session's to read.

use super::settle::MOST_FILTERS;
use super::{Field, Filter, Kind, Operator, Query, Reach};

/// How `search_conversations` wants a value (intercom-mcp 3.4).
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

/// A condition as the structured tool could take it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition<'a> {
    /// The condition.
    pub filter: &'a Filter,
    /// The form of its value.
    pub shape: Shape,
    /// Whether the argument is documented or was observed; others only go where the schema lists them.
    pub documented: bool,
}

impl<'a> Condition<'a> {
    /// The condition, unless the structured tool has no words for it.
    fn of(filter: &'a Filter) -> Option<Self> {
        let field = Field::named(&filter.field)?;
        let shape = shape(field)?;
        let documented = field.reach == Reach::Argument;
        fits(filter, shape).then_some(Self { filter, shape, documented })
    }
}

/// The form of a field's value; none for our own.
fn shape(field: &Field) -> Option<Shape> {
    match field.kind {
        Kind::Word | Kind::Text | Kind::Words if field.reach != Reach::Ours => Some(Shape::Text),
        Kind::Id if field.name == "admin_assignee_id" => Some(Shape::Number),
        Kind::Id => Some(Shape::Text),
        Kind::Flag => Some(Shape::Boolean),
        Kind::Ids => Some(Shape::List),
        Kind::Time | Kind::Length | Kind::Count => Some(Shape::Comparison),
        Kind::Word
        | Kind::Text
        | Kind::Words
        | Kind::Assignee
        | Kind::Team
        | Kind::Tag
        | Kind::Waiting
        | Kind::Due
        | Kind::Rating => None,
    }
}

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
    /// known, at most once each, at most 15. None sends the query to the one-string `search` tool instead, which alone knows
    /// free text, `neq`, `contains` and `in` (3.2).
    pub fn structured(&self) -> Option<Vec<Condition<'_>>> {
        if !self.text.is_empty() || self.filters.len() > MOST_FILTERS {
            return None;
        }
        let mut found: Vec<Condition<'_>> = Vec::with_capacity(self.filters.len());
        for filter in &self.filters {
            let twice = found.iter().any(|other| other.filter.field == filter.field);
            found.push(Condition::of(filter).filter(|_| !twice)?);
        }
        Some(found)
    }

    /// What may go along to spare rows, in the same form.
    pub fn sparing(&self) -> impl Iterator<Item = Condition<'_>> {
        self.narrowing.iter().filter_map(Condition::of)
    }
}

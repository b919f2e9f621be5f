//! Which boxes there are, and which condition each stands for.

use super::super::{Field, Filter, Operator};
use super::{Entry, Kind, read};

/// A box: its title, what it takes, and the field and operator it stands for.
pub(super) struct Row {
    title: &'static str,
    kind: Kind,
    field: &'static str,
    operator: Operator,
}

const fn row(title: &'static str, kind: Kind, field: &'static str, operator: Operator) -> Row {
    Row { title, kind, field, operator }
}

/// The boxes in their order. The last two are the free words and everything else.
pub(super) const TABLE: [Row; 18] = [
    row("State", Kind::Choice, "state", Operator::Equal),
    row("Assignee", Kind::Name, "assignee", Operator::Equal),
    row("Team", Kind::Name, "team", Operator::Equal),
    row("Tag", Kind::Name, "tag", Operator::Equal),
    row("Waiting longer than", Kind::Length, "waiting", Operator::Greater),
    row("Priority", Kind::Choice, "priority", Operator::Equal),
    row("Service level", Kind::Choice, "sla", Operator::Equal),
    row("Channel", Kind::Choice, "channel", Operator::Equal),
    row("Fin", Kind::Choice, "fin", Operator::Equal),
    row("Rating at most", Kind::Number, "rating", Operator::LessOrEqual),
    row("Opened since", Kind::Date, "created_at", Operator::Greater),
    row("Opened before", Kind::Date, "created_at", Operator::Less),
    row("Changed since", Kind::Date, "updated_at", Operator::Greater),
    row("Changed before", Kind::Date, "updated_at", Operator::Less),
    row("From (address)", Kind::Text, "source_author_email", Operator::Equal),
    row("First message has", Kind::Text, "source_body", Operator::Contains),
    row("Words", Kind::Text, "q", Operator::Equal),
    row("Anything else", Kind::Text, "", Operator::Equal),
];

/// The box of free words.
pub(super) const WORDS: usize = TABLE.len() - 2;
/// The box of everything else.
pub(super) const OTHER: usize = TABLE.len() - 1;

impl Row {
    /// The empty box.
    pub(super) fn entry(&self) -> Entry {
        let plain = self.operator == Operator::Equal;
        let operator = if plain { String::new() } else { format!("{}:", self.operator.word()) };
        let prefix = if self.field.is_empty() { String::new() } else { format!("{}:{operator}", self.field) };
        Entry { title: self.title, kind: self.kind, prefix, choices: self.choices(), value: String::new() }
    }

    fn choices(&self) -> &'static [(&'static str, &'static str)] {
        match self.kind {
            Kind::Choice => Field::named(self.field).map_or(&[], |field| field.values),
            Kind::Text | Kind::Number | Kind::Date | Kind::Length | Kind::Name => &[],
        }
    }

    /// Whether the box can stand for a condition.
    pub(super) fn takes(&self, filter: &Filter) -> bool {
        let choices = self.choices();
        filter.field == self.field
            && filter.operator == self.operator
            && (choices.is_empty() || choices.iter().any(|(value, _)| *value == filter.value))
    }

    /// The condition that a value says.
    pub(super) fn filter(&self, value: &str) -> Result<Filter, String> {
        read(self.field, self.operator, value)
    }
}

//! One filter: a field, an operator and what to compare with; and a whole query of them.

mod wanted;

use super::fact::{Fact, Kind};
use super::fields::{self, Named, Subject};
use super::plain::holds_all;
use super::refusal::Refusal;
use super::workspace::Workspace;
use wanted::Wanted;

/// At most this many filters go into one query.
pub(crate) const MOST_FILTERS: usize = 15;

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    /// Equal.
    Eq,
    /// Not equal.
    Neq,
    /// Greater.
    Gt,
    /// Less.
    Lt,
    /// Greater or equal.
    Gte,
    /// Less or equal.
    Lte,
    /// Contains.
    Contains,
    /// One of a list separated by commas.
    In,
}

impl Operator {
    /// The operator with this word or sign.
    pub(crate) fn named(word: &str) -> Option<Self> {
        Some(match word {
            "eq" | "=" => Self::Eq,
            "neq" | "!=" => Self::Neq,
            "gt" | ">" => Self::Gt,
            "lt" | "<" => Self::Lt,
            "gte" | ">=" => Self::Gte,
            "lte" | "<=" => Self::Lte,
            "contains" => Self::Contains,
            "in" => Self::In,
            _ => return None,
        })
    }

    fn fits(self, kind: Kind) -> bool {
        match kind {
            Kind::Text | Kind::Words => {
                matches!(self, Self::Eq | Self::Neq | Self::Contains | Self::In)
            }
            Kind::List => matches!(self, Self::Eq | Self::Neq | Self::Contains | Self::In),
            Kind::Flag => matches!(self, Self::Eq | Self::Neq),
            Kind::Number | Kind::Date => self != Self::Contains,
            Kind::Day => matches!(self, Self::Eq | Self::Gt | Self::Lt),
        }
    }
}

/// A filter.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    field: Named,
    operator: Operator,
    wanted: Wanted,
}

impl Filter {
    /// Checks the field's name, the operator and the value.
    pub(crate) fn new(
        subject: Subject,
        name: &str,
        operator: Operator,
        word: &str,
        value: &str,
    ) -> Result<Self, Refusal> {
        let Some(field) = fields::find(subject, name) else {
            return Err(Refusal::sentence(format!(
                "Unknown field '{name}' for object_type:{}",
                subject.word()
            )));
        };
        if !operator.fits(field.kind()) {
            return Err(Refusal::sentence(format!("Operator '{word}' is not supported for field '{name}'")));
        }
        let wanted = Wanted::read(name, field.kind(), operator, value)?;
        Ok(Self { field, operator, wanted })
    }

    fn matches(&self, workspace: &Workspace, index: u32) -> bool {
        let fact = self.field.read(workspace, index);
        match (&self.wanted, &fact) {
            (_, Fact::Absent) => self.matches_nothing(),
            (Wanted::Texts(texts), Fact::Text(text)) => self.matches_text(texts, text),
            (Wanted::Texts(texts), Fact::List(ids)) => {
                let found = texts.iter().any(|text| ids.iter().any(|id| id == text));
                found != (self.operator == Operator::Neq)
            }
            (Wanted::Numbers(numbers), Fact::Number(number)) => self.matches_number(numbers, *number),
            (Wanted::Span(first, last), Fact::Number(at)) => self.matches_span(*first, *last, *at),
            (Wanted::Flag(wanted), Fact::Flag(flag)) => (wanted == flag) == (self.operator == Operator::Eq),
            _ => false,
        }
    }

    /// No value is different from every value, and equal to 0 and null where those mean nobody.
    fn matches_nothing(&self) -> bool {
        let wants_nothing = match &self.wanted {
            Wanted::Numbers(numbers) => numbers.contains(&None),
            Wanted::Texts(texts) => texts.iter().any(|text| text == "null"),
            Wanted::Span(..) | Wanted::Flag(_) => false,
        };
        match self.operator {
            Operator::Neq => !wants_nothing,
            Operator::Eq | Operator::In => wants_nothing,
            Operator::Gt | Operator::Lt | Operator::Gte | Operator::Lte | Operator::Contains => false,
        }
    }

    fn matches_text(&self, texts: &[String], text: &str) -> bool {
        let found = if self.field.kind() == Kind::Words {
            texts.iter().any(|wanted| holds_all(text, wanted))
        } else if self.operator == Operator::Contains {
            let folded = text.to_lowercase();
            texts.iter().any(|wanted| folded.contains(wanted))
        } else {
            texts.iter().any(|wanted| equal_folded(text, wanted))
        };
        found != (self.operator == Operator::Neq)
    }

    fn matches_number(&self, numbers: &[Option<i64>], number: i64) -> bool {
        let equal = numbers.contains(&Some(number));
        let first = numbers.first().copied().flatten().unwrap_or(0);
        match self.operator {
            Operator::Eq | Operator::In | Operator::Contains => equal,
            Operator::Neq => !equal,
            // Intercom's conversation search includes the limit in both directions.
            Operator::Gt | Operator::Gte => number >= first,
            Operator::Lt | Operator::Lte => number <= first,
        }
    }

    fn matches_span(&self, first: i64, last: i64, at: i64) -> bool {
        let whole_days = self.field.kind() == Kind::Day;
        match self.operator {
            Operator::Eq | Operator::In | Operator::Contains => (first..=last).contains(&at),
            Operator::Neq => !(first..=last).contains(&at),
            Operator::Gt if whole_days => at > last,
            Operator::Lt if whole_days => at < first,
            Operator::Gt | Operator::Gte => at >= first,
            Operator::Lt => at <= first,
            Operator::Lte => at <= last,
        }
    }
}

fn equal_folded(text: &str, folded: &str) -> bool {
    if text.is_ascii() { text.eq_ignore_ascii_case(folded) } else { text.to_lowercase() == folded }
}

/// What a search asks for: all filters must hold.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    /// What is searched.
    pub(crate) subject: Subject,
    /// The filters.
    pub(crate) filters: Vec<Filter>,
    /// Free text in lower case; empty for none.
    pub(crate) words: String,
}

impl Query {
    /// Whether a record is asked for.
    pub(crate) fn matches(&self, workspace: &Workspace, index: u32) -> bool {
        self.filters.iter().all(|filter| filter.matches(workspace, index))
            && (self.words.is_empty() || fields::mentions(self.subject, workspace, index, &self.words))
    }

    /// Refuses what the REST search behind the tools refuses.
    pub(crate) fn checked(self) -> Result<Self, Refusal> {
        if self.filters.len() > MOST_FILTERS {
            return Err(Refusal::invalid(format!(
                "A composite query can have at most {MOST_FILTERS} elements, this one has {}",
                self.filters.len()
            )));
        }
        Ok(self)
    }
}

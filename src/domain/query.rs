//! The server's search language (intercom-mcp 3.2): reads what a person typed, prints it back, and says which tool can
//! answer it. Owns tokens and their positions; refuses to send anything and to know what time it is.

mod complete;
mod fields;
pub mod form;
mod habits;
mod keeps;
mod lex;
mod names;
mod parse;
mod plan;
mod said;
mod settle;
#[cfg(test)]
mod tests;
mod tokens;
mod when;

pub use complete::{Completion, Offer, complete};
pub use fields::{FIELDS, Field, Kind, Reach};
pub use lex::{spans, unquoted};
pub use names::teammate;
pub use parse::{parse, remarks};
pub use plan::{Condition, Shape};
pub use settle::{MOST_FILTERS, Settled, check};
pub use tokens::{Token, TokenKind, tokens};

use std::fmt;
use std::ops::Range;

use super::roster::Roster;
use super::time::Unix;
use names::is_me;
use parse::list;

/// What a query may lean on when it is turned into what is sent.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The time that `-3d` and `today` count from.
    pub now: Unix,
    /// Seconds east of UTC of the person's own days.
    pub zone: i32,
    /// Names of people, teams and tags, and who `me` is.
    pub roster: &'a Roster,
}

/// How a field is compared. Words as the guide writes them; `gte`, `lte` and `in` are weakly attested (3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `field:value` and `field:eq:value`.
    Equal,
    /// `neq`.
    NotEqual,
    /// `gt`; on conversations the server reads it as "or equal" (6.5).
    Greater,
    /// `lt`; likewise.
    Less,
    /// `gte`.
    GreaterOrEqual,
    /// `lte`.
    LessOrEqual,
    /// `contains`: word by word on bodies (3.2).
    Contains,
    /// `in`: a comma-separated list.
    In,
}

impl Operator {
    /// Every operator with the word the language uses.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Equal, "eq"),
        (Self::NotEqual, "neq"),
        (Self::Greater, "gt"),
        (Self::Less, "lt"),
        (Self::GreaterOrEqual, "gte"),
        (Self::LessOrEqual, "lte"),
        (Self::Contains, "contains"),
        (Self::In, "in"),
    ];

    /// The word in the language.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(operator, _)| *operator == self).map_or("eq", |(_, word)| word)
    }

    /// The sign that structured tools take (3.4).
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal | Self::Contains | Self::In => "=",
            Self::NotEqual => "!=",
            Self::Greater => ">",
            Self::Less => "<",
            Self::GreaterOrEqual => ">=",
            Self::LessOrEqual => "<=",
        }
    }
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The field's name, lower case.
    pub field: String,
    /// How it is compared.
    pub operator: Operator,
    /// The value without quotes.
    pub value: String,
}

/// A query about conversations, in the order it was typed. The default asks for everything.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Query {
    /// Conditions; all must hold.
    pub filters: Vec<Filter>,
    /// Free text (`q:` and bare words), joined by blanks; empty for none.
    pub text: String,
    /// Conditions that only spare rows: whoever asks checks them on every row anyway, so they go along where the
    /// structured tool itself names the field, and are left out where it does not. Never typed, never printed; empty until
    /// [`Query::settled`] puts some in.
    pub narrowing: Vec<Filter>,
}

/// What cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Bytes of the offending word in what was typed.
    pub at: Range<usize>,
    /// One sentence that says what is wrong and what would be right.
    pub sentence: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

/// A value as it is written: in quotes where it would be read as something else. In quotes `\"` and `\\` stand for a quote
/// and a backslash; whether the real server reads them so is unknown (intercom-mcp 14).
pub fn quoted(value: &str) -> String {
    let odd = |c: char| c.is_whitespace() || c == '"' || c == ':';
    let bare = !value.is_empty() && !value.contains(odd) && !value.starts_with(['<', '>', '=', '!']);
    if bare {
        return value.to_owned();
    }
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, operator, value } = self;
        if *operator == Operator::Equal {
            return write!(f, "{field}:{}", quoted(value));
        }
        write!(f, "{field}:{}:{}", operator.word(), quoted(value))
    }
}

impl Query {
    /// The query as people type it: signs for the operators that have one. Reads as the same query.
    pub fn typed(&self) -> String {
        self.written(|filter| match filter.operator {
            Operator::Equal | Operator::Contains | Operator::In => filter.to_string(),
            signed @ (Operator::NotEqual
            | Operator::Greater
            | Operator::Less
            | Operator::GreaterOrEqual
            | Operator::LessOrEqual) => {
                format!("{}:{}{}", filter.field, signed.sign(), quoted(&filter.value))
            }
        })
    }

    fn written(&self, one: impl Fn(&Filter) -> String) -> String {
        let mut words: Vec<String> = self.filters.iter().map(one).collect();
        if !self.text.is_empty() {
            words.push(format!("q:{}", quoted(&self.text)));
        }
        words.join(" ")
    }

    /// Whether it means something only once it is known who one is.
    pub fn is_about_me(&self) -> bool {
        self.filters.iter().any(|filter| {
            let field = Field::named(&filter.field);
            field.is_some_and(|field| list(&filter.value).any(|one| is_me(field, one)))
        })
    }
}

/// Prints the query in its normal form; reading that again gives the same query.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(Filter::to_string))
    }
}

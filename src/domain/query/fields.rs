//! The fields of a search: the searchable fields of conversations (intercom-mcp 6.5, dots as underscores, 3.2) and our own,
//! which the server does not know. Owns their names, kinds, operators and the values that are known.

mod table;

use super::Operator;
use super::Operator::{Contains, Equal, Greater, GreaterOrEqual, In, Less, LessOrEqual, NotEqual};

pub use table::FIELDS;

/// What a field holds, which decides its operators and its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One word out of a few.
    Word,
    /// A text compared as a whole or by a part: a name, an address.
    Text,
    /// Running words, compared word by word (3.2).
    Words,
    /// An id.
    Id,
    /// `true` or `false`.
    Flag,
    /// Several ids.
    Ids,
    /// A point in time.
    Time,
    /// A length of time, seconds.
    Length,
    /// A small whole number.
    Count,
    /// Ours: a teammate, by name, id, `me`, `none` or `any`.
    Assignee,
    /// Ours: a team, by name, id, `none` or `any`.
    Team,
    /// Ours: a tag, by name, id, `none` or `any`.
    Tag,
    /// Ours: how long the customer waits, or whether at all.
    Waiting,
    /// Ours: when it comes back, or whether that is over.
    Due,
    /// Ours: a rating from 1 to 5, `none` or `any`.
    Rating,
}

/// Who knows a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// An argument of `search_conversations`, documented or observed (3.4).
    Argument,
    /// A searchable field (6.5); an argument only where the tool's schema lists it.
    Searchable,
    /// Only this program: cut here, or said in the server's words first.
    Ours,
}

/// A field of a search.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The name in the language.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Who knows it.
    pub reach: Reach,
    /// What it means, in a few words.
    pub about: &'static str,
    /// Values that are known, with what they mean; other ones are sent as they are.
    pub values: &'static [(&'static str, &'static str)],
}

impl Kind {
    /// The operators that such a field takes, the usual ones first.
    pub fn operators(self) -> &'static [Operator] {
        match self {
            Self::Flag => &[Equal],
            Self::Word | Self::Id | Self::Ids | Self::Assignee | Self::Team | Self::Tag => {
                &[Equal, NotEqual, In]
            }
            Self::Text => &[Equal, Contains, NotEqual, In],
            Self::Words => &[Contains, Equal, NotEqual],
            Self::Time | Self::Due | Self::Waiting => &[Greater, Less, Equal, GreaterOrEqual, LessOrEqual],
            Self::Length | Self::Count | Self::Rating => {
                &[Greater, Less, Equal, GreaterOrEqual, LessOrEqual, NotEqual]
            }
        }
    }

    /// Whether commas part several values, be it for `in` or not. In texts they are letters like others.
    pub(super) fn takes_lists(self) -> bool {
        matches!(self, Self::Word | Self::Id | Self::Ids | Self::Assignee | Self::Team | Self::Tag)
    }

    /// What it takes, for a sentence.
    pub fn takes(self) -> &'static str {
        match self {
            Self::Word => "a word",
            Self::Text | Self::Words => "words",
            Self::Id => "an id, letters and digits",
            Self::Flag => "true or false",
            Self::Ids => "ids with commas between them",
            Self::Time => "-3d, today, 2026-01-31, 2026-01-31T09:30 or Unix seconds",
            Self::Length => "a length such as 4h, 30m or 1d, or seconds",
            Self::Count => "a whole number",
            Self::Assignee => "a name, an id, me, none or any",
            Self::Team | Self::Tag => "a name, an id, none or any",
            Self::Waiting => "yes, no, or a length with > or <, as in waiting:>4h",
            Self::Due => "yes, no, or a time, as in due:<+2h or due:today",
            Self::Rating => "1 to 5, none or any",
        }
    }

    /// A value that can be read, for a sentence that asks for one.
    pub fn example(self) -> &'static str {
        match self {
            Self::Word => "open",
            Self::Text | Self::Words => "\"some words\"",
            Self::Id | Self::Ids => "7001001",
            Self::Flag => "true",
            Self::Time => ">-3d",
            Self::Length | Self::Waiting => ">4h",
            Self::Count => ">2",
            Self::Assignee => "me",
            Self::Team | Self::Tag => "none",
            Self::Due => "today",
            Self::Rating => "<3",
        }
    }
}

impl Field {
    /// The field of this name, lower case.
    pub fn named(name: &str) -> Option<&'static Self> {
        FIELDS.iter().find(|field| field.name == name)
    }

    /// Whether a single value (not a list) is one that is known, or cannot be told.
    pub fn knows(&self, value: &str) -> bool {
        self.values.is_empty()
            || self.kind != Kind::Word
            || self.values.iter().any(|(known, _)| known.eq_ignore_ascii_case(value))
    }

    /// A value to show how the field is written.
    pub fn example(&self) -> &'static str {
        match (self.kind, self.values.first()) {
            (Kind::Word, Some((value, _))) => value,
            _ => self.kind.example(),
        }
    }
}

/// Whether a name that is no known field looks like one of the server's: it goes to the one-string search, which says what it
/// does not know (3.2).
pub(super) fn is_foreign(name: &str) -> bool {
    const FAMILIES: [&str; 8] = [
        "statistics_",
        "source_",
        "conversation_rating_",
        "ai_agent_",
        "custom_attributes",
        "ticket_",
        "company_",
        "sla_",
    ];
    FAMILIES.iter().any(|family| name.starts_with(family) && name.len() > family.len())
}

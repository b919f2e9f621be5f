//! Views: searches with a name, an order and columns. Owns the built-in ones; refuses counts and the config file.

use super::sort::{Order, Sort};
use super::text::Clean;

/// A search with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// What it is called.
    pub name: Clean,
    /// What is searched for, in the search language; it was read once and can be read.
    pub query: String,
    /// In which order.
    pub order: Order,
    /// The columns that are wanted, in their order; empty for the usual ones.
    pub columns: Vec<Column>,
}

/// A column of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// Who wrote.
    Who,
    /// Subject, or first words.
    Subject,
    /// Who has it.
    Assignee,
    /// Team.
    Team,
    /// Tags.
    Tags,
    /// How urgent.
    Priority,
    /// The service level.
    Sla,
    /// The rating.
    Rating,
    /// What Fin did.
    Fin,
    /// Through which channel it came.
    Channel,
    /// When it was opened.
    Created,
    /// When it last changed.
    Updated,
    /// How long the first reply took.
    FirstReply,
}

impl Column {
    /// Every column.
    pub const ALL: [Self; 13] = [
        Self::Who,
        Self::Subject,
        Self::Assignee,
        Self::Team,
        Self::Tags,
        Self::Priority,
        Self::Sla,
        Self::Rating,
        Self::Fin,
        Self::Channel,
        Self::Created,
        Self::Updated,
        Self::FirstReply,
    ];

    /// Its name in the config: lower case, words joined by hyphens.
    pub fn word(self) -> &'static str {
        match self {
            Self::Who => "who",
            Self::Subject => "subject",
            Self::Assignee => "assignee",
            Self::Team => "team",
            Self::Tags => "tags",
            Self::Priority => "priority",
            Self::Sla => "sla",
            Self::Rating => "rating",
            Self::Fin => "fin",
            Self::Channel => "channel",
            Self::Created => "created",
            Self::Updated => "updated",
            Self::FirstReply => "first-reply",
        }
    }
}

/// The views that are always there, in their order.
pub fn built_in() -> Vec<View> {
    let view = |name, query: &str, by| View {
        name: Clean::fixed(name),
        query: query.to_owned(),
        order: Order { by, back: false },
        columns: Vec::new(),
    };
    vec![view("Open, longest wait first", "state:open", Sort::Waiting)]
}

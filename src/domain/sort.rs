//! Orders of a list of conversations. Owns which row comes first; refuses the list.

/// What rows are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// As the server gave them.
    #[default]
    Server,
    /// Who has waited longest; those who do not wait come last.
    Waiting,
    /// What changed last.
    Updated,
    /// What was opened last.
    Created,
    /// The slowest first reply; unknown ones come last.
    FirstReply,
    /// The most urgent.
    Priority,
    /// Missed, then at risk, then the rest.
    Sla,
}

/// An order, or the same from its other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Order {
    /// By what.
    pub by: Sort,
    /// The other end first.
    pub back: bool,
}

impl Sort {
    /// Every order, in the circle that a key walks.
    pub const ALL: [Self; 7] = [
        Self::Server,
        Self::Waiting,
        Self::Updated,
        Self::Created,
        Self::FirstReply,
        Self::Priority,
        Self::Sla,
    ];

    /// Its name in the config and on the screen: lower case, words joined by hyphens.
    pub fn word(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Waiting => "waiting",
            Self::Updated => "updated",
            Self::Created => "created",
            Self::FirstReply => "first-reply",
            Self::Priority => "priority",
            Self::Sla => "sla",
        }
    }
}

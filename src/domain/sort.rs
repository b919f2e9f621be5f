//! Orders of a list of conversations. Owns which row comes first; refuses the list.

use super::conversation::{ConversationRow, Priority, Sla};

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

impl Sort {
    /// Where a row stands in this order: the lowest first. None when the row does not say, and for the server's own
    /// order, which no row knows.
    pub fn rank(self, row: &ConversationRow) -> Option<i64> {
        // `!` turns a number line round without overflow.
        match self {
            Self::Server => None,
            Self::Waiting => row.waiting_since.map(|since| since.0),
            Self::Updated => row.updated_at.map(|at| !at.0),
            Self::Created => row.created_at.map(|at| !at.0),
            Self::FirstReply => row.first_reply.map(|seconds| !seconds),
            Self::Priority => (!row.thin).then(|| urgency(row.priority)),
            Self::Sla => row.sla.as_ref().map(standing),
        }
    }

    /// The order after this one, in a circle.
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|sort| *sort == self).unwrap_or_default();
        Self::ALL[(at + 1) % Self::ALL.len()]
    }
}

fn urgency(priority: Priority) -> i64 {
    match priority {
        Priority::Urgent => 0,
        Priority::High => 1,
        Priority::Medium => 2,
        Priority::Low => 3,
        Priority::None => 4,
    }
}

/// Missed, running, met, called off; a word that is not known may be any but the first.
fn standing(sla: &Sla) -> i64 {
    match sla.status.as_str() {
        "missed" => 0,
        "hit" => 2,
        "cancelled" => 3,
        _ => 1,
    }
}

impl Order {
    /// The numbers of these rows in this order. Rows of the same rank stay in the server's order, and those that do not say
    /// come last, from whichever end one looks. Costs one sort of the rows.
    pub fn numbers(self, rows: &[ConversationRow]) -> Vec<u32> {
        let all = 0..u32::try_from(rows.len()).unwrap_or(u32::MAX);
        if self.by == Sort::Server {
            return if self.back { all.rev().collect() } else { all.collect() };
        }
        let mut ranked = Vec::with_capacity(rows.len());
        let mut silent = Vec::new();
        for (number, row) in all.zip(rows) {
            match self.by.rank(row) {
                Some(rank) => ranked.push((if self.back { !rank } else { rank }, number)),
                None => silent.push(number),
            }
        }
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, number)| number).chain(silent).collect()
    }

    /// What comes first, for a sentence.
    pub fn words(self) -> &'static str {
        match (self.by, self.back) {
            (Sort::Server, false) => "in Intercom's order",
            (Sort::Server, true) => "in Intercom's order, turned round",
            (Sort::Waiting, false) => "longest wait first",
            (Sort::Waiting, true) => "shortest wait first",
            (Sort::Updated, false) => "latest change first",
            (Sort::Updated, true) => "oldest change first",
            (Sort::Created, false) => "newest first",
            (Sort::Created, true) => "oldest first",
            (Sort::FirstReply, false) => "slowest first reply first",
            (Sort::FirstReply, true) => "quickest first reply first",
            (Sort::Priority, false) => "most urgent first",
            (Sort::Priority, true) => "least urgent first",
            (Sort::Sla, false) => "missed SLA first",
            (Sort::Sla, true) => "missed SLA last",
        }
    }
}

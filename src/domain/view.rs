//! Views: searches with a name. Owns the built-in ones; refuses counts and the config file.

use super::query::{Query, parse};
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

impl View {
    /// What is searched for; everything where that cannot be read, which never happens to a view that was checked.
    pub fn search(&self) -> Query {
        parse(&self.query).unwrap_or_default()
    }

    /// Whether it means something only once it is known who one is.
    pub fn is_about_me(&self) -> bool {
        self.search().is_about_me()
    }
}

/// A view of the settings file that cannot be used: it costs nothing but itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// What it would be called, as far as that can be read.
    pub name: Clean,
    /// File, line and what is wrong there: one sentence.
    pub why: Clean,
}

/// What the view of one's own work is called.
pub const NEEDS_ME: &str = "Needs me";
/// What the view that the console begins with is called while nobody said who one is.
pub const OPEN: &str = "Open by waiting";

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

    /// The column of that name.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.word() == word)
    }
}

/// The views that are always there, in their order. What nobody documents a way to ask the server for is cut here by
/// `query::Settled`: waiting, service levels, nobody's, due, handed over. A first reply is slow from four hours on.
pub fn built_in() -> Vec<View> {
    [
        (NEEDS_ME, "state:open assignee:me waiting:yes", Sort::Waiting),
        (OPEN, "state:open", Sort::Waiting),
        ("Mine", "state:open assignee:me", Sort::Updated),
        ("Unassigned", "state:open assignee:none", Sort::Waiting),
        ("SLA at risk", "state:open sla:in:risk,missed", Sort::Sla),
        ("Snoozed and due", "state:snoozed due:yes", Sort::Waiting),
        ("Low ratings", "rating:<3", Sort::Updated),
        ("Handed over by Fin", "state:open fin:handed-over", Sort::Waiting),
        ("Slow first reply", "statistics_time_to_admin_reply:>4h", Sort::FirstReply),
    ]
    .map(|(name, query, by)| View {
        name: Clean::fixed(name),
        query: query.to_owned(),
        order: Order { by, back: false },
        columns: Vec::new(),
    })
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_view_can_be_read_and_has_its_own_name() {
        let views = built_in();
        for (at, view) in views.iter().enumerate() {
            assert!(parse(&view.query).is_ok(), "{}", view.query);
            assert!(views[..at].iter().all(|other| other.name != view.name), "{}", view.name);
        }
        let mine: Vec<&str> =
            views.iter().filter(|view| view.is_about_me()).map(|view| view.name.as_str()).collect();
        assert_eq!(mine, [NEEDS_ME, "Mine"]);
        assert!(views.iter().any(|view| view.name.as_str() == OPEN));
        let of = |query: &str| View { query: query.to_owned(), ..views[0].clone() };
        for mine in ["conversation_rating_admin_id:me", "source_author_id:ME", "assignee:in:omar,me"] {
            assert!(of(mine).is_about_me(), "{mine}");
        }
        assert!(!of("tag:me source_body:me assignee:meg").is_about_me());
    }

    #[test]
    fn columns_are_found_by_their_words() {
        for column in Column::ALL {
            assert_eq!(Column::named(column.word()), Some(column));
        }
        assert_eq!(Column::named("Who"), None);
    }
}

//! Help Center articles: the row in a list and the whole thing. Title, description and body stay raw, because they are
//! edited and sent back byte for byte; what a list shows is clean. A summary that the server left out is told apart
//! from one that it said to be empty (`Article::description_said`). Owns no requests and no layout.

use super::id::{AdminId, ArticleId};
use super::text::{Clean, Raw};
use super::time::Unix;

/// Whether readers can see an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArticleState {
    /// Live in the Help Center.
    Published,
    /// Seen by teammates only.
    Draft,
}

impl ArticleState {
    /// Intercom's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Draft => "draft",
        }
    }
}

/// What an article hangs below: a collection or a section, by number (intercom-mcp 6.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parent {
    /// Its number as text.
    pub id: Box<str>,
    /// `collection` or `section`; empty when unsaid.
    pub kind: Clean,
}

/// An article as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleRow {
    /// Its id.
    pub id: ArticleId,
    /// Title; empty when it has none.
    pub title: Clean,
    /// Short summary; empty when it has none.
    pub description: Clean,
    /// None when the server did not say or used a word this program does not know.
    pub state: Option<ArticleState>,
    /// Where it hangs.
    pub parent: Option<Parent>,
    /// Whose name stands on it.
    pub author: Option<AdminId>,
    /// When it was made.
    pub created_at: Option<Unix>,
    /// When it last changed.
    pub updated_at: Option<Unix>,
    /// Public address; empty for drafts.
    pub address: Clean,
    /// Snippets around the words searched for: text and whether it matched. Empty without a search.
    pub highlights: Vec<(Clean, bool)>,
}

/// A whole article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// What a list shows of it.
    pub row: ArticleRow,
    /// Title as its author wrote it.
    pub title: Raw,
    /// Summary as its author wrote it; empty when it has none, and when it was not said.
    pub description: Raw,
    /// Whether the server said the summary, be it that there is none. `get_article` has been seen to leave it out
    /// (intercom-mcp 4.5): an empty summary that was not said is no news, neither of a change nor of none.
    pub description_said: bool,
    /// HTML as the server keeps it; empty when the server said that it has none. Never empty because it was not said:
    /// an answer without it is no article.
    pub body: Raw,
}

impl Article {
    /// An article without content that only teammates see: what a new one begins from.
    pub fn blank(id: ArticleId) -> Self {
        let row = ArticleRow {
            id,
            title: Clean::default(),
            description: Clean::default(),
            state: Some(ArticleState::Draft),
            parent: None,
            author: None,
            created_at: None,
            updated_at: None,
            address: Clean::default(),
            highlights: Vec::new(),
        };
        let nothing = Raw::default();
        let (title, description) = (nothing.clone(), nothing.clone());
        Self { row, title, description, description_said: true, body: nothing }
    }
}

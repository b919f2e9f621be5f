//! The fields of an article at one moment: what was typed, what the server had, what was sent. Owns them as plain values for the
//! disk; refuses ids and times.

use super::draft::state_of;
use crate::domain::article::{Article, ArticleState, Parent};
use crate::domain::id::AdminId;

/// The fields that a write can change, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The title.
    pub title: String,
    /// The summary.
    pub description: String,
    /// The HTML.
    pub body: String,
    /// Whether readers see it.
    pub state: ArticleState,
    /// Whose name stands on it.
    pub author: Option<AdminId>,
    /// What it hangs below.
    pub parent: Option<Parent>,
}

impl Version {
    /// The fields of a copy. One whose state was not said counts as live.
    pub fn of(article: &Article) -> Self {
        Self {
            title: article.title.as_str().to_owned(),
            description: article.description.as_str().to_owned(),
            body: article.body.as_str().to_owned(),
            state: state_of(article),
            author: article.row.author.clone(),
            parent: article.row.parent.clone(),
        }
    }

    /// A copy of `article` that reads so.
    pub fn laid_over(self, article: &Article) -> Article {
        let mut copy = article.clone();
        (copy.title, copy.description, copy.body) =
            (self.title.into(), self.description.into(), self.body.into());
        (copy.row.state, copy.row.author, copy.row.parent) = (Some(self.state), self.author, self.parent);
        copy
    }
}

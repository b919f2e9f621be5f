//! What became of a write, told only from what is known: the server's answer, or the article as it reads now.

use std::sync::Arc;

use super::draft::{Changes, state_of};
use crate::domain::article::Article;
use crate::domain::call::Fault;
use crate::domain::id::ArticleId;

/// What was approved, for telling its fate afterwards. Cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    base: Arc<Article>,
    changes: Changes,
}

/// What became of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The article reads as it was approved, byte for byte.
    Landed,
    /// It landed, and the server keeps it in other bytes than were sent.
    Altered,
    /// The server said no; the article is as it was.
    Refused(Fault),
    /// Nothing was sent.
    NotSent(Fault),
    /// The article moved between review and write; nothing was sent.
    Moved,
    /// The answer was lost, and the article reads as before: the write did not arrive, or has not yet.
    NotLanded,
    /// The answer was lost, and the article reads neither as before nor as approved, or cannot be read.
    CannotTell(Fault),
}

fn differs<T: PartialEq + ?Sized>(wanted: Option<&T>, found: &T) -> bool {
    wanted.is_some_and(|wanted| wanted != found)
}

impl Intent {
    pub(super) fn new(base: Arc<Article>, changes: Changes) -> Self {
        Self { base, changes }
    }

    /// The article.
    pub fn id(&self) -> &ArticleId {
        &self.base.row.id
    }

    /// The copy that was reviewed.
    pub fn base(&self) -> &Arc<Article> {
        &self.base
    }

    /// The fields that were sent.
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    fn arrived(&self, found: &Article) -> bool {
        let wanted = &self.changes;
        !(differs(wanted.title.as_deref(), found.title.as_str())
            || differs(wanted.description.as_deref(), found.description.as_str())
            || differs(wanted.body.as_deref(), found.body.as_str())
            || differs(wanted.state.as_ref(), &state_of(found)))
    }

    /// The fate of a write that the server acknowledged, by the article as it reads back.
    pub fn read_back(&self, found: &Article) -> Fate {
        if self.arrived(found) { Fate::Landed } else { Fate::Altered }
    }

    /// The fate of a write whose answer was lost, by the article as it reads now.
    pub fn settle(&self, found: &Article, lost: &Fault) -> Fate {
        if self.arrived(found) {
            return Fate::Landed;
        }
        if super::review::same_content(&self.base, found) {
            return Fate::NotLanded;
        }
        Fate::CannotTell(lost.clone())
    }
}

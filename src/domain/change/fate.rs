//! What became of a write, told only from what is known: the server's answer, or the article as it reads now.

use std::sync::Arc;

use super::draft::{Changes, state_of};
use crate::domain::article::Article;
use crate::domain::call::Fault;
use crate::domain::diff::{self, Change, Piece};
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

/// Whether readers see the same words and the same link addresses in the same order. Heading levels and signs of lists,
/// which the server renumbers, do not count.
fn same_words(a: &str, b: &str) -> bool {
    let is_sign = |piece: &Piece| piece.change == Change::Same || !piece.text.contains(char::is_alphanumeric);
    a == b || diff::words(a, b).rows.iter().flat_map(|row| &row.pieces).all(is_sign)
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

    /// Whether every field but the body reads as it was sent.
    fn fields_arrived(&self, found: &Article) -> bool {
        let wanted = &self.changes;
        !(differs(wanted.title.as_deref(), found.title.as_str())
            || differs(wanted.description.as_deref(), found.description.as_str())
            || differs(wanted.state.as_ref(), &state_of(found)))
    }

    fn arrived(&self, found: &Article) -> bool {
        self.fields_arrived(found) && !differs(self.changes.body.as_deref(), found.body.as_str())
    }

    /// Whether the article reads as it was sent, in HTML of the server's own: readers see the words that were sent, and
    /// not the words from before. The server rewrites what it is given (intercom-mcp 7.1: heading levels, ids, `div`,
    /// `span`), so that equal bytes are too much to ask of a write that is known only by its effect.
    fn arrived_rewritten(&self, found: &Article) -> bool {
        let Some(sent) = self.changes.body.as_deref() else { return false };
        let found_body = found.body.as_str();
        let before = self.base.body.as_str();
        self.fields_arrived(found)
            && found_body != before
            && same_words(sent, found_body)
            && (!same_words(sent, before) || self.other_fields_moved())
    }

    /// Whether a field other than the body was sent, so that its arrival alone tells the write from none.
    fn other_fields_moved(&self) -> bool {
        let changes = &self.changes;
        changes.title.is_some() || changes.description.is_some() || changes.state.is_some()
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
        if self.arrived_rewritten(found) {
            return Fate::Altered;
        }
        Fate::CannotTell(lost.clone())
    }
}

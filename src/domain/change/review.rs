//! A draft held against a fresh copy of the server's article: what would change, in words and as a diff.

use std::sync::Arc;

use super::draft::{Changes, Draft, state_of};
use crate::domain::article::{Article, ArticleState};
use crate::domain::diff::{self, Diff};

/// What came of holding a draft against the server's copy.
#[derive(Debug)]
pub enum Compared {
    /// Nothing would change.
    Nothing,
    /// The server's copy is the one that editing began from.
    Ready(Box<Review>),
    /// The server's copy moved since editing began. `theirs` is what they changed (old: the base, new: the server's).
    Moved {
        /// The copy as it is now.
        fresh: Arc<Article>,
        /// What they changed in the body.
        theirs: Diff,
    },
}

/// Exactly what a write would change. Nothing but `compare` makes one.
#[derive(Debug)]
pub struct Review {
    base: Arc<Article>,
    changes: Changes,
    becomes: ArticleState,
    words: Diff,
    source: Diff,
}

/// Whether two copies hold the same content. Time stamps and counters do not count, nor does a summary that one of them
/// leaves unsaid.
pub(super) fn same_content(a: &Article, b: &Article) -> bool {
    let same_summary = !(a.description_said && b.description_said) || a.description == b.description;
    a.title == b.title && same_summary && a.body == b.body && state_of(a) == state_of(b)
}

impl Review {
    /// Holds `draft` against `fresh`, the server's copy as just read.
    pub fn compare(draft: &Draft, fresh: Article) -> Compared {
        let fresh = Arc::new(fresh);
        if !same_content(draft.base(), &fresh) {
            let theirs = diff::source(draft.base().body.as_str(), fresh.body.as_str());
            return Compared::Moved { fresh, theirs };
        }
        let changes = draft.changes_from(&fresh);
        if changes.is_empty() {
            return Compared::Nothing;
        }
        let (old, new) = (fresh.body.as_str(), draft.body.as_str());
        Compared::Ready(Box::new(Self {
            words: diff::words(old, new),
            source: diff::source(old, new),
            becomes: draft.state,
            base: fresh,
            changes,
        }))
    }

    /// The copy that the change is laid on.
    pub fn base(&self) -> &Arc<Article> {
        &self.base
    }

    /// The fields that would be sent.
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// The body's rendered words, before and after.
    pub fn words(&self) -> &Diff {
        &self.words
    }

    /// The body's HTML, before and after.
    pub fn source(&self) -> &Diff {
        &self.source
    }

    /// What Intercom is known to change or refuse in what the body gains, a sentence each.
    pub fn warnings(&self) -> Vec<&'static str> {
        let new = self.changes.body.as_deref();
        new.map(|new| super::warnings(self.base.body.as_str(), new)).unwrap_or_default()
    }

    /// Whether readers see the article now.
    pub fn is_live(&self) -> bool {
        state_of(&self.base) == ArticleState::Published
    }

    /// Whether readers see it after the write.
    pub fn becomes_live(&self) -> bool {
        self.becomes == ArticleState::Published
    }

    /// One sentence: what readers will see, and when.
    pub fn consequence(&self) -> &'static str {
        match (self.is_live(), self.becomes_live()) {
            (true, true) => "Live article: readers see this change the moment it is saved.",
            (false, true) => "Goes live: readers see the article the moment it is saved.",
            (true, false) => "Unpublishes: readers lose the article the moment it is saved.",
            (false, false) => "Stays a draft: only teammates see it.",
        }
    }
}

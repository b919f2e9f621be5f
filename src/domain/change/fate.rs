//! What became of a write, told only from what is known: the article as it reads now. That a server
//! says it took a write is not enough.

use std::sync::Arc;

use super::draft::{Changes, Draft};
use crate::domain::article::Article;
use crate::domain::diff;
use crate::domain::id::ArticleId;
use crate::domain::time::Unix;

/// What was approved, for telling its fate afterwards. Cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    base: Arc<Article>,
    changes: Changes,
    at: Unix,
    /// The id that the server gave to a new article, once it said so.
    made: Option<ArticleId>,
}

/// What became of a write that may have left, by the article as it reads now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The article reads as it was approved, byte for byte.
    Landed,
    /// It landed: the words are those that were sent, and the server keeps them in other bytes.
    Altered,
    /// The article reads as before: the write did not arrive, or has not yet.
    NotLanded,
    /// The article reads neither as before nor as approved, or does not say the fields that were sent.
    CannotTell,
}

/// How much the server's clock may be behind ours, in seconds.
pub(super) const CLOCKS_APART: i64 = 120;

/// Whether readers see the same words and the same link addresses in the same order. Heading levels and signs of lists,
/// which the server renumbers, do not count.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    a == b || diff::reads_alike(a, b)
}

/// Whether two lines differ in blanks at most.
pub(super) fn same_but_blanks(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

impl Intent {
    pub(super) fn new(base: Arc<Article>, changes: Changes, at: Unix) -> Self {
        Self { base, changes, at, made: None }
    }

    /// What the journal remembers of a write of another run of the program, confirmed at `at`. An intent cannot be sent, so
    /// that recalling one gives no leave to write.
    pub fn recalled(base: Arc<Article>, changes: Changes, at: Unix) -> Self {
        Self::new(base, changes, at)
    }

    /// Whether it makes an article.
    pub fn is_new(&self) -> bool {
        self.id().is_local()
    }

    /// When it was confirmed.
    pub fn at(&self) -> Unix {
        self.at
    }

    /// The server said under which id it made the article.
    pub fn made(&mut self, id: ArticleId) {
        self.made = Some(id);
    }

    /// The article as the server names it; none for a new one of which it said nothing yet.
    pub fn on_server(&self) -> Option<&ArticleId> {
        self.made.as_ref().or_else(|| Some(self.id()).filter(|id| !id.is_local()))
    }

    /// The article as it is named here: for a new one the local id, under which its draft lies.
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

    /// Whether the copy says any field that was sent; a summary or a state may be left unsaid.
    fn is_told_by(&self, found: &Article) -> bool {
        let sent = &self.changes;
        sent.title.is_some()
            || sent.body.is_some()
            || (sent.description.is_some() && found.description_said)
            || (sent.state.is_some() && found.row.state.is_some())
            || (sent.parent.is_some() && found.row.parent.is_some())
            || (sent.author.is_some() && found.row.author.is_some())
    }

    /// Whether every field but the body reads as it was sent. A state that was not said has not arrived: who reads the
    /// article depends on it. A summary that was not said is no news.
    fn fields_arrived(&self, found: &Article, same: fn(&str, &str) -> bool) -> bool {
        let reads = |wanted: &Option<String>, found: &str| {
            wanted.as_deref().is_none_or(|wanted| wanted == found || same(wanted, found))
        };
        let sent = &self.changes;
        reads(&sent.title, found.title.as_str())
            && (!found.description_said || reads(&sent.description, found.description.as_str()))
            && sent.state.is_none_or(|wanted| found.row.state == Some(wanted))
            && self.parent_arrived(found)
    }

    /// Whether the article hangs where it was sent. A server that says no kind of parent says enough.
    fn parent_arrived(&self, found: &Article) -> bool {
        let (Some(sent), Some(there)) = (&self.changes.parent, &found.row.parent) else { return true };
        sent.id == there.id && (there.kind.is_empty() || sent.kind == there.kind)
    }

    /// Whether the name on it is the one that was sent. Where only that differs, the write arrived and was altered.
    fn author_arrived(&self, found: &Article) -> bool {
        self.changes.author.is_none() || found.row.author.is_none() || self.changes.author == found.row.author
    }

    fn arrived(&self, found: &Article) -> bool {
        let body_arrived = self.changes.body.as_deref().is_none_or(|sent| sent == found.body.as_str());
        body_arrived && self.fields_arrived(found, |_, _| false) && self.author_arrived(found)
    }

    /// Whether the article reads as it was sent, in HTML of the server's own: readers see the words that were sent. The
    /// server rewrites what it is given (intercom-mcp 7.1: heading levels, ids, `div`, `span`), so that equal bytes are
    /// too much to ask.
    fn reads_as_sent(&self, found: &Article) -> bool {
        let words = |sent: &str| same_words(sent, found.body.as_str());
        self.changes.body.as_deref().is_none_or(words) && self.fields_arrived(found, same_but_blanks)
    }

    /// The same of a write that is known only by its effect: not the words from before in bytes of somebody else's.
    fn arrived_rewritten(&self, found: &Article) -> bool {
        let Some(sent) = self.changes.body.as_deref() else { return false };
        let before = self.base.body.as_str();
        found.body.as_str() != before
            && self.fields_arrived(found, |_, _| false)
            && same_words(sent, found.body.as_str())
            && (!same_words(sent, before) || self.other_fields_moved())
    }

    /// Whether a field other than the body was sent, so that its arrival alone tells the write from none.
    fn other_fields_moved(&self) -> bool {
        let changes = &self.changes;
        changes.title.is_some()
            || changes.description.is_some()
            || changes.state.is_some()
            || changes.parent.is_some()
    }

    fn fate(&self, found: &Article, arrived_otherwise: impl Fn() -> bool) -> Fate {
        if !self.is_told_by(found) {
            return Fate::CannotTell;
        }
        if self.arrived(found) {
            return Fate::Landed;
        }
        if super::review::same_content(&self.base, found) {
            return Fate::NotLanded;
        }
        if arrived_otherwise() { Fate::Altered } else { Fate::CannotTell }
    }

    /// The fate of a write that the server said it took, by the article as it reads back. Taken is not done: servers have
    /// been seen to answer kindly and to change nothing. A new article that can be read under the id that the server gave
    /// it is there, whatever it reads.
    pub fn read_back(&self, found: &Article) -> Fate {
        if self.is_new() {
            return if self.arrived(found) { Fate::Landed } else { Fate::Altered };
        }
        self.fate(found, || self.reads_as_sent(found))
    }

    /// The fate of a write whose answer was lost, by the article as it reads now.
    pub fn settle(&self, found: &Article) -> Fate {
        self.fate(found, || self.arrived_rewritten(found))
    }

    /// Whether a draft holds what was approved and nothing else.
    pub fn is_all_of(&self, draft: &Draft) -> bool {
        if self.is_new() {
            return draft.base().row.id == *self.id() && draft.whole().as_ref() == Ok(&self.changes);
        }
        draft.changes_from(&self.base) == self.changes
    }
}

//! A draft held against a fresh copy of the server's article: what would change, in words and as a diff.

use std::cell::OnceCell;
use std::sync::Arc;

use super::deed::ArticleDeed;
use super::draft::{Changes, Draft, Missing, state_of};
use crate::domain::article::{Article, ArticleState};
use crate::domain::diff::{self, Change, Diff};
use crate::domain::lint;

/// What came of holding a draft against the server's copy.
#[derive(Debug)]
pub enum Compared {
    /// Nothing would change.
    Nothing,
    /// The server's copy is the one that editing began from.
    Ready(Box<Review>),
    /// The server's copy moved since editing began; this is the copy as it is now.
    Moved(Arc<Article>),
}

/// Exactly what a write would change. Nothing but `compare` makes one.
#[derive(Debug)]
pub struct Review {
    base: Arc<Article>,
    changes: Changes,
    becomes: ArticleState,
    becomes_body: String,
    words: OnceCell<Diff>,
    source: OnceCell<Diff>,
}

/// Said where Markdown's signs of a heading went into the text: typed before them, or as a paragraph of their own.
const LOST_HEADING: &str = "A heading becomes plain text: its # signs are characters for readers.";

/// The signs of a heading that a row begins with; none where it is no heading.
fn heading_signs(text: &str) -> Option<&str> {
    let signs = text.split(' ').next()?;
    (!signs.is_empty() && signs.bytes().all(|byte| byte == b'#')).then_some(signs)
}

/// Whether a heading goes and its signs come as characters of a row that is none.
fn has_lost_heading(diff: &Diff) -> bool {
    let rows = |kind: Change| {
        let rows = diff.rows.iter().filter(move |row| row.kind == kind);
        rows.map(|row| row.pieces.iter().map(|piece| piece.text.as_str()).collect::<String>())
    };
    let gone: Vec<String> = rows(Change::Removed).filter(|text| heading_signs(text).is_some()).collect();
    rows(Change::Added).filter(|text| heading_signs(text).is_none()).any(|text| {
        let mut words = text.split_whitespace().map(|word| word.trim_start_matches('\\'));
        words.any(|word| gone.iter().any(|heading| heading_signs(heading) == Some(word)))
    })
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
        // An author or a place that was chosen here moved, too, when somebody else chose another one meanwhile.
        let deed = ArticleDeed { base: draft.base().clone(), changes: draft.changes_from(&fresh) };
        if !deed.still_holds(&fresh) {
            return Compared::Moved(fresh);
        }
        let changes = deed.changes;
        if changes.is_empty() {
            return Compared::Nothing;
        }
        Compared::Ready(Box::new(Self {
            words: OnceCell::new(),
            source: OnceCell::new(),
            becomes: draft.state,
            becomes_body: draft.body.clone(),
            base: fresh,
            changes,
        }))
    }

    /// A new article, every field of it. There is nothing on the server to hold it against.
    ///
    /// # Errors
    /// What is missing before it can be made.
    pub fn create(draft: &Draft) -> Result<Box<Self>, Missing> {
        Ok(Box::new(Self {
            words: OnceCell::new(),
            source: OnceCell::new(),
            becomes: draft.state,
            becomes_body: draft.body.clone(),
            base: draft.base().clone(),
            changes: draft.whole()?,
        }))
    }

    /// Whether the write makes an article that the server does not have yet.
    pub fn is_new(&self) -> bool {
        self.base.row.id.is_local()
    }

    /// The copy that the change is laid on.
    pub fn base(&self) -> &Arc<Article> {
        &self.base
    }

    /// The fields that would be sent.
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// The body's rendered words, before and after. The first asking compares them.
    pub fn words(&self) -> &Diff {
        self.words.get_or_init(|| diff::words(self.base.body.as_str(), &self.becomes_body))
    }

    /// The body's HTML, before and after. The first asking compares it.
    pub fn source(&self) -> &Diff {
        self.source.get_or_init(|| diff::source(self.base.body.as_str(), &self.becomes_body))
    }

    /// What Intercom is known to change or refuse in what the body gains, a sentence each.
    pub fn warnings(&self) -> Vec<&'static str> {
        let Some(new) = self.changes.body.as_deref() else { return Vec::new() };
        let mut warnings = lint::warnings(self.base.body.as_str(), new);
        warnings.extend(has_lost_heading(self.words()).then_some(LOST_HEADING));
        warnings
    }

    /// Whether readers see the article now.
    pub fn is_live(&self) -> bool {
        !self.is_new() && state_of(&self.base) == ArticleState::Published
    }

    /// Whether readers see it after the write.
    pub fn becomes_live(&self) -> bool {
        self.becomes == ArticleState::Published
    }

    /// One sentence: what readers will see, and when.
    pub fn consequence(&self) -> &'static str {
        match (self.is_live(), self.becomes_live()) {
            (_, true) if self.is_new() => "Creates a live article: readers see it the moment it is saved.",
            (_, false) if self.is_new() => "Creates a draft: only teammates see it.",
            (true, true) => "Live article: readers see this change the moment it is saved.",
            (false, true) => "Goes live: readers see the article the moment it is saved.",
            (true, false) => "Unpublishes: readers lose the article the moment it is saved.",
            (false, false) => "Stays a draft: only teammates see it.",
        }
    }
}

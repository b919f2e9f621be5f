//! Rows of articles as they arrive page by page, and which of them are shown. Owns the cursor, the filter and the way to
//! the next page; refuses to ask for anything itself.

use crate::app::list::List;
use crate::domain::article::{Article, ArticleRow, ArticleState};
use crate::domain::call::{CallId, Fault};
use crate::domain::id::ArticleId;
use crate::domain::page::{Next, Page};

/// Which articles are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// Those readers can see.
    Live,
    /// Those only teammates can see.
    Drafts,
}

impl Filter {
    /// The next one in the circle.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::All => Self::Live,
            Self::Live => Self::Drafts,
            Self::Drafts => Self::All,
        }
    }

    /// What a search is asked for.
    pub fn state(self) -> Option<ArticleState> {
        match self {
            Self::All => None,
            Self::Live => Some(ArticleState::Published),
            Self::Drafts => Some(ArticleState::Draft),
        }
    }

    /// Whether a row is shown.
    pub fn takes(self, row: &ArticleRow) -> bool {
        self == Self::All || row.state == self.state()
    }

    /// What it is called in the status line.
    pub fn words(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Live => "live only",
            Self::Drafts => "drafts only",
        }
    }
}

/// Rows loaded so far.
#[derive(Debug, Default)]
pub struct Rows {
    items: Vec<ArticleRow>,
    shown: Vec<usize>,
    /// The cursor over what is shown.
    pub list: List,
    /// What is shown.
    pub filter: Filter,
    /// How many there are in all, when the server said so.
    pub total: Option<u64>,
    /// Why the last page did not come.
    pub failed: Option<Fault>,
    /// Whether a page has ever come.
    pub loaded: bool,
    /// Whether every page is wanted.
    pub every: bool,
    /// The call under way.
    pub call: Option<CallId>,
    /// Whether that call brings the first page.
    pub first: bool,
    /// The page that follows; none after the last.
    pub next: Option<u32>,
}

impl Rows {
    /// No rows yet, of which a filter will be shown.
    pub fn filtered(filter: Filter) -> Self {
        Self { filter, ..Self::default() }
    }

    /// One of the rows that are shown.
    pub fn get(&self, at: usize) -> Option<&ArticleRow> {
        self.shown.get(at).and_then(|&at| self.items.get(at))
    }

    /// Every row that is loaded, shown or not.
    pub(super) fn all(&self) -> &[ArticleRow] {
        &self.items
    }

    /// How many are shown.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether none is shown.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// How many are loaded.
    pub fn loaded(&self) -> usize {
        self.items.len()
    }

    /// The row under the cursor.
    pub fn picked(&self) -> Option<&ArticleRow> {
        self.get(self.list.cursor())
    }

    /// Takes a page. `first` drops what was there; otherwise rows that are there already are left out, because a list that
    /// is sorted by change moves while it is read.
    pub fn take(&mut self, page: Page<ArticleRow>, first: bool) {
        let kept = self.picked().map(|row| row.id.clone());
        if first {
            self.items.clear();
        }
        let known: std::collections::HashSet<ArticleId> =
            self.items.iter().map(|row| row.id.clone()).collect();
        self.items.extend(page.items.into_iter().filter(|row| !known.contains(&row.id)));
        self.next = match page.next {
            Some(Next::Number(number)) => Some(number),
            Some(Next::Cursor(_)) | None => None,
        };
        self.total = page.total;
        (self.failed, self.loaded) = (None, true);
        self.show(kept.as_ref());
    }

    /// Shows what the filter takes, with the cursor on the row it was on when that is still there.
    pub fn show(&mut self, kept: Option<&ArticleId>) {
        let filter = self.filter;
        self.shown = (0..self.items.len()).filter(|&at| filter.takes(&self.items[at])).collect();
        let height = self.list.view().len().max(1);
        self.list.fit(self.shown.len(), height);
        let same = kept.and_then(|id| self.shown.iter().position(|&at| self.items[at].id == *id));
        self.list.select(same.unwrap_or_else(|| self.list.cursor()));
    }

    /// Changes the filter.
    pub fn narrow(&mut self, filter: Filter) {
        let kept = self.picked().map(|row| row.id.clone());
        self.filter = filter;
        self.show(kept.as_ref());
    }

    /// Puts a row first: its article was changed just now. The cursor stays on the row it is on.
    pub fn lift(&mut self, id: &ArticleId) {
        let Some(at) = self.items.iter().position(|row| row.id == *id) else { return };
        let kept = self.picked().map(|row| row.id.clone());
        self.items[..=at].rotate_right(1);
        self.show(kept.as_ref());
    }

    /// Brings a row up to date with a whole copy.
    pub fn refresh(&mut self, article: &Article) {
        if let Some(row) = self.items.iter_mut().find(|row| row.id == article.row.id) {
            let highlights = std::mem::take(&mut row.highlights);
            *row = ArticleRow { highlights, ..article.row.clone() };
        }
        let kept = self.picked().map(|row| row.id.clone());
        self.show(kept.as_ref());
    }
}

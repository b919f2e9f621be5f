//! What somebody typed over an article, beside the copy it was typed over. Never cleaned, never normalised.

use std::sync::Arc;

use crate::domain::article::{Article, ArticleState, Parent};
use crate::domain::id::{AdminId, ArticleId};
use crate::domain::text::Raw;

/// An edit under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    base: Arc<Article>,
    /// Title as typed.
    pub title: String,
    /// Summary as typed.
    pub description: String,
    /// HTML as typed.
    pub body: String,
    /// Whether it shall be live.
    pub state: ArticleState,
    /// Whose name shall stand on it; none where neither the server nor anybody here said.
    pub author: Option<AdminId>,
    /// What it shall hang below; none where neither the server nor anybody here said. No tool takes an article out of a
    /// collection, so that none is never sent.
    pub parent: Option<Parent>,
}

/// The fields that differ from the base; only these are sent, all others stay as the server has them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Changes {
    /// New title.
    pub title: Option<String>,
    /// New summary.
    pub description: Option<String>,
    /// New HTML.
    pub body: Option<String>,
    /// New state.
    pub state: Option<ArticleState>,
    /// Another author.
    pub author: Option<AdminId>,
    /// Another place.
    pub parent: Option<Parent>,
}

impl Changes {
    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The state of an article; one whose state the server did not say counts as live, which asks for more care.
pub(super) fn state_of(article: &Article) -> ArticleState {
    article.row.state.unwrap_or(ArticleState::Published)
}

/// What somebody chose here, unless the article has it already. Intercom stamps its own author on some writes
/// (intercom-mcp 3.8), so that a field that nobody chose is no difference.
fn chosen<T: Clone + PartialEq>(mine: Option<&T>, base: Option<&T>, article: Option<&T>) -> Option<T> {
    mine.filter(|_| mine != base && mine != article).cloned()
}

/// What a new article lacks before it can be made (intercom-mcp 3.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A title that is not blank.
    Title,
    /// Whose name stands on it.
    Author,
}

impl Missing {
    /// What is missing, as a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Title => "A new article needs a title.",
            Self::Author => "A new article needs an author, whose name readers see on it.",
        }
    }
}

impl Draft {
    /// Starts an article that the server does not have yet: empty, seen by teammates only. `number` tells its local id from
    /// others.
    pub fn new_article(number: u64) -> Self {
        Self::of(Arc::new(Article::blank(ArticleId::new_local(number))))
    }

    /// Every field that a new article is made with: all that are not empty, and always the state, so that no server's own
    /// choice decides who sees it.
    ///
    /// # Errors
    /// What is missing, the title first.
    pub fn whole(&self) -> Result<Changes, Missing> {
        let said = |text: &String| (!text.is_empty()).then(|| text.clone());
        if self.title.trim().is_empty() {
            return Err(Missing::Title);
        }
        Ok(Changes {
            title: said(&self.title),
            description: said(&self.description),
            body: said(&self.body),
            state: Some(self.state),
            author: Some(self.author.clone().ok_or(Missing::Author)?),
            parent: self.parent.clone(),
        })
    }

    /// Starts from the server's copy, unchanged.
    pub fn of(article: Arc<Article>) -> Self {
        Self {
            title: article.title.as_str().to_owned(),
            description: article.description.as_str().to_owned(),
            body: article.body.as_str().to_owned(),
            state: state_of(&article),
            author: article.row.author.clone(),
            parent: article.row.parent.clone(),
            base: article,
        }
    }

    /// The copy that editing began from.
    pub fn base(&self) -> &Arc<Article> {
        &self.base
    }

    /// Whether anything differs from the base, without building the differences.
    pub fn is_changed(&self) -> bool {
        self.title != self.base.title.as_str()
            || self.description != self.base.description.as_str()
            || self.body != self.base.body.as_str()
            || self.state != state_of(&self.base)
            || self.author != self.base.row.author
            || self.parent != self.base.row.parent
    }

    /// What differs from `article`.
    pub fn changes_from(&self, article: &Article) -> Changes {
        let differing = |mine: &String, theirs: &str| (mine != theirs).then(|| mine.clone());
        Changes {
            title: differing(&self.title, article.title.as_str()),
            description: self.description_from(article),
            body: differing(&self.body, article.body.as_str()),
            state: (self.state != state_of(article)).then_some(self.state),
            author: chosen(self.author.as_ref(), self.base.row.author.as_ref(), article.row.author.as_ref()),
            parent: chosen(self.parent.as_ref(), self.base.row.parent.as_ref(), article.row.parent.as_ref()),
        }
    }

    /// The summary, if somebody typed another one. One that either copy leaves unsaid is no difference by itself.
    fn description_from(&self, article: &Article) -> Option<String> {
        let said = self.base.description_said && article.description_said;
        let known = if said { &article.description } else { &self.base.description };
        let arrived = article.description_said && self.description == article.description.as_str();
        (self.description != known.as_str() && !arrived).then(|| self.description.clone())
    }

    /// Lays what was typed over a newer copy of the server's. Fields that nobody typed in follow the newer copy;
    /// typed ones stay, so that the next review shows what they would undo.
    pub fn rebase(&mut self, newer: Arc<Article>) {
        let mine = self.changes_from(&self.base);
        let theirs = Self::of(newer);
        self.title = mine.title.unwrap_or(theirs.title);
        self.description = mine.description.unwrap_or(theirs.description);
        self.body = mine.body.unwrap_or(theirs.body);
        self.state = mine.state.unwrap_or(theirs.state);
        self.author = mine.author.or(theirs.author);
        self.parent = mine.parent.or(theirs.parent);
        self.base = theirs.base;
    }

    /// The same after a write that arrived: what was sent is no edit any more, only what differs from it is.
    pub fn rebase_after(&mut self, sent: &Changes, newer: Arc<Article>) {
        let mut base = (*self.base).clone();
        let lay = |field: &mut Raw, sent: &Option<String>| {
            if let Some(sent) = sent {
                *field = Raw::from(sent.as_str());
            }
        };
        lay(&mut base.title, &sent.title);
        lay(&mut base.description, &sent.description);
        lay(&mut base.body, &sent.body);
        base.row.state = sent.state.or(base.row.state);
        base.row.author = sent.author.clone().or(base.row.author);
        base.row.parent = sent.parent.clone().or(base.row.parent);
        self.base = Arc::new(base);
        self.rebase(newer);
    }
}

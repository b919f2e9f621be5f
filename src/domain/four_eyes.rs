//! A review that one person made and another one confirms: what it holds, which copy of the article it was made on, and
//! whether it may still be shown. Owns the checks; refuses to know how it lies in a file, and to send anything: it leads to
//! the same review and the same confirmation as an edit that was typed here.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::article::{Article, ArticleState};
use super::change::{Changes, Draft, Review, Version};
use super::id::ArticleId;
use super::time::Unix;

/// A workspace, as far as it can be told apart from outside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workspace {
    /// Host and port of the endpoint; `demo` for the embedded one, whose port is another one each time.
    pub host: String,
    /// What the account is called on that machine; empty where it has no name. Says who is meant, and decides nothing:
    /// people call one workspace by several names.
    pub account: String,
}

impl Workspace {
    /// In words.
    pub fn words(&self) -> String {
        match self.account.as_str() {
            "" => self.host.clone(),
            account if account == self.host => self.host.clone(),
            account => format!("{} (account {account})", self.host),
        }
    }
}

/// A review to be confirmed by somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FourEyes {
    /// Where the article is.
    pub workspace: Workspace,
    /// The article. Never a local id.
    pub article: ArticleId,
    /// The copy that the review was made on.
    pub base: Version,
    /// Whether that copy said its summary.
    pub summary_said: bool,
    /// [`base_hash`] of that copy, lower-case hexadecimal digits.
    pub base_hash: String,
    /// What the write would send, byte for byte.
    pub changes: Changes,
    /// Who made the review, as their system calls them; one clean line or `unknown`. Told, not proved.
    pub author: String,
    /// When it was saved.
    pub saved_at: Unix,
}

/// Why a review from a file is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is of another workspace.
    Elsewhere,
    /// It is of another article.
    OtherArticle,
    /// The article changed since; what of it, in words, as far as that can be told.
    Moved(Vec<&'static str>),
    /// It would change nothing.
    Nothing,
}

/// Feeds one field: its length first, so that no two lists of fields feed the same bytes.
fn feed(hash: &mut Sha256, field: Option<&str>) {
    let text = field.unwrap_or_default();
    hash.update([u8::from(field.is_some())]);
    hash.update((text.len() as u64).to_le_bytes());
    hash.update(text.as_bytes());
}

/// Bytes as lower-case hexadecimal digits, two each.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The SHA-256 of a copy of an article: its id and its six fields, in a form that no other copy has. Lower-case
/// hexadecimal digits. Times and counters do not count, nor does a summary that the server did not say.
pub fn base_hash(article: &ArticleId, base: &Version, summary_said: bool) -> String {
    let mut hash = Sha256::new();
    feed(&mut hash, Some("switchboard article 1"));
    feed(&mut hash, Some(article.as_str()));
    feed(&mut hash, Some(&base.title));
    feed(&mut hash, summary_said.then_some(base.description.as_str()));
    feed(&mut hash, Some(&base.body));
    feed(&mut hash, Some(base.state.word()));
    feed(&mut hash, base.author.as_ref().map(super::id::AdminId::as_str));
    feed(&mut hash, base.parent.as_ref().map(|parent| &*parent.id));
    feed(&mut hash, base.parent.as_ref().map(|parent| parent.kind.as_str()));
    hexadecimal(&hash.finalize())
}

/// The names of the fields in which a copy reads otherwise than it was reviewed.
fn moved(base: &Version, summary_said: bool, fresh: &Article) -> Vec<&'static str> {
    let now = Version::of(fresh);
    let summary = match (summary_said, fresh.description_said) {
        (true, true) => base.description != now.description,
        (said, says) => said != says,
    };
    let all = [
        ("title", base.title != now.title),
        ("summary", summary),
        ("text", base.body != now.body),
        ("state", base.state != now.state),
        ("author", base.author != now.author),
        ("parent", base.parent != now.parent),
    ];
    all.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

impl FourEyes {
    /// What is on the screen, to be saved. None for an article that the server does not have yet: there is no copy that
    /// somebody else could hold it against.
    pub fn of(review: &Review, workspace: Workspace, at: Unix) -> Option<Self> {
        let article = review.base();
        if article.row.id.is_local() {
            return None;
        }
        let (base, summary_said) = (Version::of(article), article.description_said);
        Some(Self {
            workspace,
            base_hash: base_hash(&article.row.id, &base, summary_said),
            article: article.row.id.clone(),
            base,
            summary_said,
            changes: review.changes().clone(),
            author: String::new(),
            saved_at: at,
        })
    }

    /// Whether it hangs together: the hash is that of the copy it holds, something would change, the article is one that a
    /// server has, and the workspace is named. What comes from a file is asked this first.
    pub fn is_sound(&self) -> bool {
        !self.article.is_local()
            && !self.workspace.host.is_empty()
            && !self.changes.is_empty()
            && self.base_hash == base_hash(&self.article, &self.base, self.summary_said)
    }

    /// Whether it is of this workspace.
    ///
    /// # Errors
    /// It is of another one.
    pub fn belongs_to(&self, here: &Workspace) -> Result<(), Refusal> {
        if !here.host.is_empty() && self.workspace.host == here.host {
            Ok(())
        } else {
            Err(Refusal::Elsewhere)
        }
    }

    /// What was reviewed, laid over the server's copy as it was just read, which has to be the one that the review was made
    /// on.
    ///
    /// # Errors
    /// The article changed, or it is another one, or nothing would change.
    pub fn draft_on(&self, fresh: Arc<Article>) -> Result<Draft, Refusal> {
        if fresh.row.id != self.article {
            return Err(Refusal::OtherArticle);
        }
        let now = base_hash(&fresh.row.id, &Version::of(&fresh), fresh.description_said);
        if now != self.base_hash {
            return Err(Refusal::Moved(moved(&self.base, self.summary_said, &fresh)));
        }
        let mut draft = Draft::of(fresh);
        let changes = self.changes.clone();
        draft.title = changes.title.unwrap_or(draft.title);
        draft.description = changes.description.unwrap_or(draft.description);
        draft.body = changes.body.unwrap_or(draft.body);
        draft.state = changes.state.unwrap_or(draft.state);
        draft.author = changes.author.or(draft.author);
        draft.parent = changes.parent.or(draft.parent);
        if draft.changes_from(draft.base()) == self.changes { Ok(draft) } else { Err(Refusal::Nothing) }
    }

    /// Whether readers would see the article after the write.
    pub fn becomes_live(&self) -> bool {
        self.changes.state.unwrap_or(self.base.state) == ArticleState::Published
    }
}

//! The form of the journal's lines: one JSON object each, an intent or an outcome. What cannot be read is no line of ours.

use serde::{Deserialize, Serialize};

use crate::domain::article::{ArticleState, Parent};
use crate::domain::change::{Changes, Version};
use crate::domain::id::{AdminId, ArticleId, ConversationId};
use crate::domain::journal::{About, Entry, EntryId, Head, Kind, Outcome, Seen, Told};
use crate::domain::text::Clean;
use crate::domain::time::Unix;

/// A line as it is written.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Written<'a> {
    Intent(&'a Intent),
    Outcome(&'a Ended),
}

/// A line as it is read for a list: the texts are passed over.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Listed {
    Intent(Named),
    Outcome(Ended),
}

/// A line as it is read whole.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Whole {
    Intent(Box<Intent>),
    Outcome(serde::de::IgnoredAny),
}

/// What is about to be written.
#[derive(Serialize, Deserialize)]
pub(super) struct Intent {
    #[serde(flatten)]
    pub(super) named: Named,
    #[serde(default)]
    before: Option<Fields>,
    #[serde(default)]
    sent: Sent,
    #[serde(default)]
    note: String,
}

/// Who wrote what, without the texts.
#[derive(Serialize, Deserialize)]
pub(super) struct Named {
    id: String,
    /// The window that wrote it; its lock says whether it is still there.
    pub(super) window: String,
    at: i64,
    kind: Word,
    about: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    what: String,
    #[serde(default)]
    bytes: u64,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Change,
    Create,
    Note,
}

#[derive(Serialize, Deserialize)]
struct Fields {
    title: String,
    description: String,
    described: bool,
    body: String,
    published: bool,
    author: Option<String>,
    parent: Option<(String, String)>,
}

#[derive(Default, Serialize, Deserialize)]
struct Sent {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent: Option<(String, String)>,
}

/// What became of a write.
#[derive(Serialize, Deserialize)]
pub(super) struct Ended {
    pub(super) id: String,
    at: i64,
    fate: Fate,
    #[serde(default)]
    why: String,
    #[serde(default)]
    created: Option<String>,
    /// Lines of earlier versions do not know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<String>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Fate {
    Landed,
    Altered,
    Refused,
    NotSent,
    NotLanded,
    CannotTell,
}

fn state(published: bool) -> ArticleState {
    if published { ArticleState::Published } else { ArticleState::Draft }
}

fn parent_words(parent: &Parent) -> (String, String) {
    (parent.id.to_string(), parent.kind.to_string())
}

fn parent((id, kind): (String, String)) -> Parent {
    Parent { id: id.into(), kind: Clean::line(&kind) }
}

impl Fields {
    fn of(entry: &Entry) -> Self {
        let before = entry.before.clone();
        Self {
            title: before.title,
            description: before.description,
            described: entry.described,
            body: before.body,
            published: before.state == ArticleState::Published,
            author: before.author.as_ref().map(AdminId::to_string),
            parent: before.parent.as_ref().map(parent_words),
        }
    }

    fn version(self) -> Version {
        Version {
            title: self.title,
            description: self.description,
            body: self.body,
            state: state(self.published),
            author: self.author.and_then(|id| AdminId::read(&id)),
            parent: self.parent.map(parent),
        }
    }
}

impl Sent {
    fn of(sent: &Changes) -> Self {
        Self {
            title: sent.title.clone(),
            description: sent.description.clone(),
            body: sent.body.clone(),
            published: sent.state.map(|state| state == ArticleState::Published),
            author: sent.author.as_ref().map(AdminId::to_string),
            parent: sent.parent.as_ref().map(parent_words),
        }
    }

    fn changes(self) -> Changes {
        Changes {
            title: self.title,
            description: self.description,
            body: self.body,
            state: self.published.map(state),
            author: self.author.and_then(|id| AdminId::read(&id)),
            parent: self.parent.map(parent),
        }
    }
}

impl Intent {
    /// The line of an entry that this window makes.
    pub(super) fn of(entry: &Entry, window: &str) -> Self {
        let head = &entry.head;
        let (kind, about) = match (&head.about, head.kind) {
            (About::Conversation(id), _) => (Word::Note, id.to_string()),
            (About::Article(id), Kind::Create) => (Word::Create, id.to_string()),
            (About::Article(id), Kind::Change | Kind::Note) => (Word::Change, id.to_string()),
        };
        let named = Named {
            id: head.id.to_string(),
            window: window.to_owned(),
            at: head.at.0,
            kind,
            about,
            title: head.title.to_string(),
            what: head.what.to_string(),
            bytes: head.bytes,
        };
        let before = matches!(kind, Word::Change | Word::Create).then(|| Fields::of(entry));
        Self { named, before, sent: Sent::of(&entry.sent), note: entry.note.clone() }
    }

    /// The whole entry; none where a name in it is no name.
    pub(super) fn entry(self) -> Option<Entry> {
        let head = self.named.head()?;
        let described = self.before.as_ref().is_some_and(|before| before.described);
        let nothing = || Fields {
            title: String::new(),
            description: String::new(),
            described: false,
            body: String::new(),
            published: false,
            author: None,
            parent: None,
        };
        let before = self.before.unwrap_or_else(nothing).version();
        Some(Entry { head, before, described, sent: self.sent.changes(), note: self.note })
    }
}

impl Named {
    /// The entry as a list shows it, of unknown fate; none where a name in it is no name.
    pub(super) fn head(&self) -> Option<Head> {
        let about = match self.kind {
            Word::Note => About::Conversation(ConversationId::read(&self.about)?),
            Word::Change | Word::Create => About::Article(ArticleId::read(&self.about)?),
        };
        let kind = match self.kind {
            Word::Change => Kind::Change,
            Word::Create => Kind::Create,
            Word::Note => Kind::Note,
        };
        Some(Head {
            id: EntryId::read(&self.id)?,
            at: Unix(self.at),
            kind,
            about,
            title: Clean::line(&self.title),
            what: Clean::line(&self.what),
            bytes: self.bytes,
            told: None,
        })
    }
}

impl Ended {
    /// The line of an outcome.
    pub(super) fn of(id: &EntryId, told: &Told) -> Self {
        let (fate, why) = match &told.outcome {
            Outcome::Landed => (Fate::Landed, ""),
            Outcome::Altered => (Fate::Altered, ""),
            Outcome::Refused(why) => (Fate::Refused, why.as_str()),
            Outcome::NotSent(why) => (Fate::NotSent, why.as_str()),
            Outcome::NotLanded => (Fate::NotLanded, ""),
            Outcome::CannotTell => (Fate::CannotTell, ""),
        };
        let created = told.seen.created.as_ref().map(ArticleId::to_string);
        let author = told.seen.author.as_ref().map(AdminId::to_string);
        Self { id: id.to_string(), at: told.at.0, fate, why: why.to_owned(), created, author }
    }

    /// What became of it.
    pub(super) fn told(&self) -> Told {
        let why = || Clean::line(&self.why);
        let outcome = match self.fate {
            Fate::Landed => Outcome::Landed,
            Fate::Altered => Outcome::Altered,
            Fate::Refused => Outcome::Refused(why()),
            Fate::NotSent => Outcome::NotSent(why()),
            Fate::NotLanded => Outcome::NotLanded,
            Fate::CannotTell => Outcome::CannotTell,
        };
        let created = self.created.as_deref().and_then(ArticleId::read);
        let author = self.author.as_deref().and_then(AdminId::read);
        Told { outcome, at: Unix(self.at), seen: Seen { created, author } }
    }
}

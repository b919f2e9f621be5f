//! What was written from here, as the journal keeps it: what was meant, how it read before, and what became of it. Owns these
//! values and their words; refuses files, clocks and leave to write.

use std::fmt;
use std::sync::Arc;

use super::article::{Article, ArticleRow, ArticleState};
use super::change::{Changes, Deed, Draft, Fate, Intent, Version};
use super::diff;
use super::id::{AdminId, ArticleId, ConversationId};
use super::text::{Clean, Raw};
use super::time::Unix;

/// Names one entry among all windows and all runs of the program.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EntryId(Box<str>);

impl EntryId {
    /// Reads a name. None when it is empty, longer than 80 bytes, or holds anything but letters, digits and hyphens.
    pub fn read(raw: &str) -> Option<Self> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        (!raw.is_empty() && raw.len() <= 80 && raw.chars().all(plain)).then(|| Self(raw.into()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What kind of write it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Changes an article.
    Change,
    /// Makes an article.
    Create,
    /// Adds a note to a conversation.
    Note,
}

/// What it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// An article; under a local id where the write makes it.
    Article(ArticleId),
    /// A conversation.
    Conversation(ConversationId),
}

/// What became of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It reads back as it was sent.
    Landed,
    /// It landed, and the server keeps it in other bytes.
    Altered,
    /// The server said no, in this sentence.
    Refused(Clean),
    /// Nothing was sent, for this reason.
    NotSent(Clean),
    /// It was sent and is not there.
    NotLanded,
    /// It cannot be told.
    CannotTell,
}

/// How the journal calls a fate.
pub fn outcome_of(fate: Fate) -> Outcome {
    match fate {
        Fate::Landed => Outcome::Landed,
        Fate::Altered => Outcome::Altered,
        Fate::NotLanded => Outcome::NotLanded,
        Fate::CannotTell => Outcome::CannotTell,
    }
}

impl Outcome {
    /// A mark and a word or two, for a list.
    pub fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::Landed => ("✓", "saved"),
            Self::Altered => ("≈", "saved, altered"),
            Self::Refused(_) => ("✗", "refused"),
            Self::NotSent(_) => ("✗", "not sent"),
            Self::NotLanded => ("✗", "not arrived"),
            Self::CannotTell => ("?", "cannot be told"),
        }
    }

    /// The sentence for it.
    pub fn sentence(&self) -> String {
        match self {
            Self::Landed => "Saved: it read back exactly as sent.".into(),
            Self::Altered => "Saved; the server keeps it otherwise than it was sent.".into(),
            Self::Refused(why) => format!("Not saved: the server refused it. {why}").trim_end().into(),
            Self::NotSent(why) => format!("Not saved: nothing was sent. {why}").trim_end().into(),
            Self::NotLanded => "Not saved: it was sent and did not arrive.".into(),
            Self::CannotTell => "It could not be told whether it arrived.".into(),
        }
    }
}

/// What became of a write, and when that was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What.
    pub outcome: Outcome,
    /// When.
    pub at: Unix,
    /// What the article said beside it.
    pub seen: Seen,
}

/// What the article said when a write's outcome was read, beside the outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The id that the server gave to the article that was made; none for all other writes and while it is not known.
    pub created: Option<ArticleId>,
    /// Whose name stands on it, where that is not the one that the review said; none where it is, and where nobody looked.
    pub author: Option<AdminId>,
}

/// An entry as a list shows it: no texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its name.
    pub id: EntryId,
    /// When leave to write was given.
    pub at: Unix,
    /// What kind of write.
    pub kind: Kind,
    /// What it is about.
    pub about: About,
    /// The article's title before the write, the new one's title where it is made; empty for a note.
    pub title: Clean,
    /// What it changes, in a few words of ours.
    pub what: Clean,
    /// How many bytes of HTML it sent; 0 when it left the text alone.
    pub bytes: u64,
    /// What became of it; none while that is not known.
    pub told: Option<Told>,
}

impl Head {
    /// The article that it changed or made, by the server's id; none for notes and for new articles whose id is not known.
    pub fn article(&self) -> Option<&ArticleId> {
        let made = self.told.as_ref().and_then(|told| told.seen.created.as_ref());
        match &self.about {
            About::Article(id) if !id.is_local() => Some(id),
            About::Article(_) => made,
            About::Conversation(_) => None,
        }
    }

    /// Whether it is about an article, be it under the id that it was begun with.
    pub fn is_about(&self, article: &ArticleId) -> bool {
        self.article() == Some(article) || matches!(&self.about, About::Article(id) if id == article)
    }
}

/// A whole entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What a list shows of it.
    pub head: Head,
    /// The article as it was reviewed; empty for a note and for a new article.
    pub before: Version,
    /// Whether the summary in `before` was said by the server.
    pub described: bool,
    /// The fields that were sent; none for a note.
    pub sent: Changes,
    /// The note's HTML; empty for all else.
    pub note: String,
}

fn nothing() -> Version {
    Version {
        title: String::new(),
        description: String::new(),
        body: String::new(),
        state: ArticleState::Draft,
        author: None,
        parent: None,
    }
}

/// How much of the text a write changes. Bounded as every comparison is.
fn text_words(old: &str, new: &str) -> String {
    let words = diff::words(old, new);
    let changes = diff::block_changes(old, new);
    let blocks: usize = changes.iter().map(|change| change.old.len().max(change.new.len())).sum();
    let blocks = blocks.max(1);
    let blocks = if blocks == 1 { "1 block".to_owned() } else { format!("{blocks} blocks") };
    format!("text in {blocks} (+{} −{} words)", words.added_words, words.removed_words)
}

fn what(before: &Version, sent: &Changes) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut name = |is_sent: bool, word: &str| {
        if is_sent {
            parts.push(word.to_owned());
        }
    };
    name(sent.title.is_some(), "title");
    name(sent.description.is_some(), "summary");
    name(sent.state == Some(ArticleState::Published), "goes live");
    name(sent.state == Some(ArticleState::Draft), "becomes a draft");
    name(sent.author.is_some(), "author");
    name(sent.parent.is_some(), "place");
    parts.extend(sent.body.as_deref().map(|body| text_words(&before.body, body)));
    parts.join(", ")
}

impl Entry {
    /// The entry for a deed that is about to be done.
    pub fn of(deed: &Deed, id: EntryId, at: Unix) -> Self {
        match deed {
            Deed::Article(deed) => Self::of_article(&deed.base, &deed.changes, id, at),
            Deed::Note { conversation, body } => {
                let head = Head {
                    id,
                    at,
                    kind: Kind::Note,
                    about: About::Conversation(conversation.clone()),
                    title: Clean::default(),
                    what: Clean::fixed("internal note"),
                    bytes: body.len() as u64,
                    told: None,
                };
                let (before, sent) = (nothing(), Changes::default());
                Self { head, before, described: false, sent, note: body.clone() }
            }
        }
    }

    fn of_article(base: &Article, sent: &Changes, id: EntryId, at: Unix) -> Self {
        let is_new = base.row.id.is_local();
        let before = Version::of(base);
        let title = if is_new { sent.title.as_deref().unwrap_or_default() } else { &before.title };
        let what = if is_new { "new article".to_owned() } else { what(&before, sent) };
        let head = Head {
            id,
            at,
            kind: if is_new { Kind::Create } else { Kind::Change },
            about: About::Article(base.row.id.clone()),
            title: Clean::line(title),
            what: Clean::line(&what),
            bytes: sent.body.as_ref().map_or(0, |body| body.len() as u64),
            told: None,
        };
        Self { head, before, described: base.description_said, sent: sent.clone(), note: String::new() }
    }

    /// The article that was reviewed, as far as it is known; none for a note.
    pub fn base(&self) -> Option<Arc<Article>> {
        let About::Article(id) = &self.head.about else { return None };
        let mut article = self.before.clone().laid_over(&blank(id.clone()));
        article.description_said = self.described;
        Some(Arc::new(article))
    }

    /// What was meant, for finding out by reading what became of it; none for a note. Cannot be sent.
    pub fn intent(&self) -> Option<Intent> {
        Some(Intent::recalled(self.base()?, self.sent.clone(), self.head.at))
    }

    /// The fields as the write would have left them.
    pub fn after(&self) -> Version {
        let (before, sent) = (self.before.clone(), self.sent.clone());
        Version {
            title: sent.title.unwrap_or(before.title),
            description: sent.description.unwrap_or(before.description),
            body: sent.body.unwrap_or(before.body),
            state: sent.state.unwrap_or(before.state),
            author: sent.author.or(before.author),
            parent: sent.parent.or(before.parent),
        }
    }

    /// An edit of `fresh` that lays over it how the fields that this write sent read before it, or after it. All other fields
    /// stay as they are now. An author or a place that was not known before stays, too: no tool takes either away.
    pub fn restored(&self, fresh: Arc<Article>, after: bool) -> Draft {
        let wanted = if after { self.after() } else { self.before.clone() };
        let mut draft = Draft::of(fresh);
        let sent = &self.sent;
        let lay = |field: &mut String, is_sent: bool, wanted: String| {
            if is_sent {
                *field = wanted;
            }
        };
        lay(&mut draft.title, sent.title.is_some(), wanted.title);
        lay(&mut draft.description, sent.description.is_some(), wanted.description);
        lay(&mut draft.body, sent.body.is_some(), wanted.body);
        if sent.state.is_some() {
            draft.state = wanted.state;
        }
        draft.author = wanted.author.filter(|_| sent.author.is_some()).or(draft.author);
        draft.parent = wanted.parent.filter(|_| sent.parent.is_some()).or(draft.parent);
        draft
    }
}

/// An article of which nothing is known but its id.
pub fn blank(id: ArticleId) -> Article {
    Article {
        row: ArticleRow {
            id,
            title: Clean::default(),
            description: Clean::default(),
            state: None,
            parent: None,
            author: None,
            created_at: None,
            updated_at: None,
            address: Clean::default(),
            highlights: Vec::new(),
        },
        title: Raw::from(""),
        description: Raw::from(""),
        description_said: true,
        body: Raw::from(""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::ArticleDeed;

    fn deed(changes: Changes) -> Deed {
        let mut base = blank(ArticleId::read("42").unwrap());
        (base.title, base.body) = ("T".into(), "<p>one</p><p>two</p>".into());
        base.row.state = Some(ArticleState::Published);
        Deed::Article(ArticleDeed { base: Arc::new(base), changes })
    }

    fn entry(changes: Changes) -> Entry {
        Entry::of(&deed(changes), EntryId::read("1-a").unwrap(), Unix(7))
    }

    fn body(body: &str) -> Changes {
        Changes { body: Some(body.into()), ..Changes::default() }
    }

    #[test]
    fn an_entry_says_what_it_changes() {
        let changes = Changes { title: Some("N".into()), ..body("<p>one</p><p>two three</p>") };
        assert_eq!(entry(changes).head.what.as_str(), "title, text in 1 block (+1 −0 words)");
        let state = Changes { state: Some(ArticleState::Draft), ..Changes::default() };
        assert_eq!(entry(state).head.what.as_str(), "becomes a draft");
    }

    #[test]
    fn what_is_recalled_settles_as_what_was_sent_would() {
        let entry = entry(body("<p>one</p><p>new</p>"));
        let intent = entry.intent().unwrap();
        let base = entry.base().unwrap();
        let reads = |body: &str| Article { body: body.into(), ..(*base).clone() };
        assert_eq!(intent.settle(&reads("<p>one</p><p>new</p>")), Fate::Landed);
        assert_eq!(intent.settle(&reads("<p>one</p><p>two</p>")), Fate::NotLanded);
        assert_eq!(intent.settle(&reads("<p>other</p>")), Fate::CannotTell);
    }

    #[test]
    fn restoring_touches_only_what_the_write_touched() {
        let entry = entry(body("<p>new</p>"));
        let mut fresh = blank(ArticleId::read("42").unwrap());
        (fresh.title, fresh.body) = ("Their title".into(), "<p>their text</p>".into());
        let fresh = Arc::new(fresh);
        let before = entry.restored(fresh.clone(), false);
        assert_eq!((before.title.as_str(), before.body.as_str()), ("Their title", "<p>one</p><p>two</p>"));
        let after = entry.restored(fresh.clone(), true);
        assert_eq!((after.title.as_str(), after.body.as_str()), ("Their title", "<p>new</p>"));
        assert_eq!(after.state, Draft::of(fresh).state);
    }

    #[test]
    fn a_name_is_plain() {
        assert_eq!(EntryId::read("../x"), None);
        assert_eq!(EntryId::read("67-ab-1").unwrap().as_str(), "67-ab-1");
    }
}

//! What can happen to the console. Every event comes with its moment.

use super::key::Key;
use crate::domain::account::Row;
use crate::domain::call::Report;
use crate::domain::change::Version;
use crate::domain::four_eyes::FourEyes;
use crate::domain::id::ArticleId;
use crate::domain::question::QuestionId;

/// A reason to wake up later, set by `Effect::Timer`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timer {
    /// A call may have been under way long enough to say so.
    Progress,
    /// The notice with this number has been up long enough.
    Notice(u64),
    /// The confirmation may be armed by now.
    Arm,
    /// The draft has not been kept for a while.
    Keep,
    /// A write of unknown fate may be looked for again.
    Settle,
    /// The link's next try, or the end of a pause, is counted down.
    Countdown,
    /// A question of the server's may be answered by now.
    Asked,
    /// Signing out may have ended by now.
    Accounts,
}

/// What the disk said about drafts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The text of `Effect::KeepDraft` with this number is on disk.
    Saved(u64),
    /// The text of `Effect::KeepDraft` with this number could not be written; the sentence says why.
    Failed(u64, String),
    /// The answer to `Effect::FindDraft`; none when there is no draft of that article.
    Found(ArticleId, Option<Box<StoredDraft>>),
    /// Articles with a draft on disk at start.
    Waiting(Vec<StoredDraft>),
}

/// What the disk said about a review in a file. Sentences and paths are raw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handed {
    /// It is in this file now.
    Saved(String),
    /// It could not be saved; a sentence.
    NotSaved(String),
    /// The file's path as it was given, and what is in it: a review that hangs together, exactly as it was saved.
    Opened(String, Box<FourEyes>),
    /// There is no such review; a sentence.
    NotOpened(String),
}

/// A draft as it lies on disk: the typed fields, byte for byte, and the copy they were typed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDraft {
    /// Which article.
    pub article: ArticleId,
    /// When it was kept, Unix seconds.
    pub kept_at: i64,
    /// The fields as typed. Where `markdown` is there, the body is the HTML that it was typed over.
    pub fields: Version,
    /// The server's copy that editing began from.
    pub base: Version,
    /// The text as typed in Markdown over the body in `fields` (`domain::markdown::Page`); none when HTML was typed.
    pub markdown: Option<String>,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A key went down (or repeats).
    Key(Key),
    /// Text was pasted in brackets.
    Paste(String),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// The session says something.
    Report(Report),
    /// A timer ran out.
    Timer(Timer),
    /// The frame asked for by `Effect::TellPainted` is on the screen.
    Painted,
    /// The disk says something about drafts.
    Kept(Kept),
    /// The disk says something about a review in a file.
    Handed(Handed),
    /// The accounts of this machine changed.
    Accounts(Vec<Row>),
    /// A browser was started for the page of this question.
    Visited(QuestionId),
    /// Something that only the runtime does went wrong; one sentence.
    Trouble(String),
    /// Somebody wants the console to leave: a signal, or the terminal is gone.
    Leave,
    /// A minute passed without anything else; ages on the screen are stale.
    Minute,
}

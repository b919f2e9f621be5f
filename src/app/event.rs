//! What can happen to the console. Every event comes with its moment.

use std::sync::Arc;

use super::key::Key;
use crate::domain::account::Row;
use crate::domain::article::Article;
use crate::domain::call::Report;
use crate::domain::change::{Draft, Version};
use crate::domain::four_eyes::FourEyes;
use crate::domain::id::ArticleId;
use crate::domain::journal::{Entry, EntryId, Head};
use crate::domain::markdown::Page;
use crate::domain::question::QuestionId;
use crate::domain::roster::Said;
use crate::domain::triage::Change;

/// A reason to wake up later, set by `Effect::Timer`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timer {
    /// A call may have been under way long enough to say so.
    Progress,
    /// Nobody stepped on to another view: the one on the screen is asked for.
    View,
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
    /// Nothing was typed for a moment, so that the preview may be made anew.
    Preview,
    /// Signing out may have ended by now.
    Accounts,
    /// More of a long article may be laid out.
    Layout,
    /// More rows may be read for the local filter.
    Letters,
    /// The next view may be counted.
    Count,
    /// A conversation that was put away may be due.
    Due,
    /// The neighbours of what is read may be asked for.
    Ahead,
    /// Nothing was typed for a moment, so that what is typed may be explained.
    Explain,
}

/// What the disk said about drafts and about the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The text of `Effect::KeepDraft` with this number is on disk.
    Saved(u64),
    /// The text of `Effect::KeepDraft` with this number could not be written; the sentence says why.
    Failed(u64, String),
    /// The answer to `Effect::FindDraft`; none when there is no draft of that article.
    Found(ArticleId, Option<Box<StoredDraft>>),
    /// The other answer to it: there is one, and another window has it. Its words stay there.
    Elsewhere(ArticleId),
    /// Articles with a draft on disk at start.
    Waiting(Vec<StoredDraft>),
    /// The answer to `Effect::ListDrafts`, the newest first.
    Drafts(Vec<DraftRow>),
    /// At start: writes of windows that are gone, whose fate nobody learnt; the oldest first.
    Unsettled(Vec<Entry>),
    /// Before that answer, where it does not list all: the file that has the older ones, as a raw path.
    OlderWrites(String),
    /// The answer to `Effect::ListWrites`: of which article, and what was written, the newest first.
    Writes(Option<ArticleId>, Vec<Head>),
    /// The answer to `Effect::ReadWrite`; none when it cannot be read any more.
    Write(EntryId, Option<Box<Entry>>),
}

/// What the disk said about a book of lines that are ours: the triage marks, or the names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Book<Line> {
    /// What is on disk: everything, or what another window put down since the last reading; in order.
    Read {
        /// Whether it is everything.
        whole: bool,
        /// The lines.
        lines: Vec<Line>,
    },
    /// Everything up to the effect with this number is on disk.
    Kept(u64),
    /// The lines of the effect with this number could not be put down; the sentence says why.
    Failed(u64, String),
}

/// A draft on disk as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    /// Which article.
    pub article: ArticleId,
    /// When it was kept, Unix seconds.
    pub kept_at: i64,
    /// The title as typed.
    pub title: String,
    /// The server's copy that it was typed over.
    pub base: Version,
    /// Words that were typed and that were taken away, in the text.
    pub words: (usize, usize),
    /// Whether anything but the text differs.
    pub fields: bool,
    /// Another window has it open.
    pub elsewhere: bool,
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
    /// The Markdown that the body in `fields` was shown as before anybody typed, if that is known: another version of this
    /// program may spell blocks otherwise, which nobody touched.
    pub read_as: Option<String>,
}

impl StoredDraft {
    /// The HTML that was typed: as it is, or as the Markdown makes it. Walks the text.
    pub fn html(&self) -> String {
        let body = &self.fields.body;
        let Some(text) = &self.markdown else { return body.clone() };
        let mut page = Page::of(body);
        if let Some(before) = &self.read_as {
            page.read_as(before);
        }
        page.html(text)
    }

    /// What was typed over `base`. Walks the text.
    pub fn over(&self, base: Arc<Article>) -> Draft {
        let mut draft = Draft::of(base);
        draft.title.clone_from(&self.fields.title);
        draft.description.clone_from(&self.fields.description);
        (draft.body, draft.state) = (self.html(), self.fields.state);
        (draft.author, draft.parent) = (self.fields.author.clone(), self.fields.parent.clone());
        draft
    }
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
    /// The disk says something about the triage marks.
    Marks(Book<Change>),
    /// The disk says something about the names.
    Names(Book<Said>),
    /// The disk says something about a review in a file.
    Handed(Handed),
    /// Something was exported, or not; a sentence that names the file.
    Exported(Result<String, String>),
    /// The accounts of this machine changed.
    Accounts(Vec<Row>),
    /// A browser was started for the page of this question.
    Visited(QuestionId),
    /// The window got the keyboard (true) or lost it, as far as the terminal says.
    Focus(bool),
    /// The text came back from another editor: what was saved there, none when it is as it went; or a sentence that says
    /// why it did not come back.
    EditedOutside(Result<Option<String>, String>),
    /// Something that only the runtime does went wrong; one sentence.
    Trouble(String),
    /// Somebody wants the console to leave: a signal, or the terminal is gone.
    Leave,
    /// A minute passed without anything else; ages on the screen are stale.
    Minute,
}

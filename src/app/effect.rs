//! What is to be done, as data. The runtime does it; nothing here waits.

use std::sync::Arc;

use secrecy::SecretString;

use super::event::{StoredDraft, Timer};
use super::opening::Opening;
use crate::domain::call::{Call, CallId};
use crate::domain::change::Approved;
use crate::domain::conversation::ConversationRow;
use crate::domain::four_eyes::FourEyes;
use crate::domain::id::{ArticleId, ConversationId};
use crate::domain::journal::{EntryId, Outcome, Seen};
use crate::domain::link::Tool;
use crate::domain::question::{QuestionId, Reply};
use crate::domain::roster::{Roster, Said};
use crate::domain::text::Clean;
use crate::domain::triage::{Change, Mark};

/// A write that was put down in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Put {
    /// Carried by this call of this session.
    Call(CallId),
    /// An entry of an earlier run of the program.
    Entry(EntryId),
}

/// Some rows of a list, and the names that are known of the ids in them. The list's rows are shared, not copied.
#[derive(Clone, Debug)]
pub struct Excerpt {
    list: Arc<Vec<ConversationRow>>,
    numbers: Vec<u32>,
    /// The names.
    pub roster: Roster,
}

impl Excerpt {
    /// The rows with these numbers, in this order.
    pub fn of(list: Arc<Vec<ConversationRow>>, numbers: Vec<u32>, roster: Roster) -> Self {
        Self { list, numbers, roster }
    }

    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = &ConversationRow> {
        self.numbers.iter().filter_map(|&number| self.list.get(number as usize))
    }
}

/// Something to be done outside the model.
#[derive(Debug)]
pub enum Effect {
    /// Ask the session.
    Ask {
        /// The call's name.
        id: CallId,
        /// What to ask.
        call: Call,
    },
    /// Send an approved write, once.
    Write {
        /// The call's name.
        id: CallId,
        /// Leave to do it.
        approved: Approved,
    },
    /// Nobody waits for this call any more.
    Cancel(CallId),
    /// Try to connect now.
    Reconnect,
    /// Wake up after so many milliseconds.
    Timer(Timer, u64),
    /// Say when the next frame is on the screen.
    TellPainted,
    /// Put text on the clipboard.
    Copy(Clean),
    /// Open an http or https address in the browser.
    Browse(Clean),
    /// Open the page that a question wants opened; answered by `Event::Visited` when a browser was started.
    Visit(QuestionId, Clean),
    /// Keep a draft on disk; answered by `Kept::Saved` with the number, or `Kept::Failed`.
    KeepDraft(u64, Box<StoredDraft>),
    /// The draft is no longer needed.
    ForgetDraft(ArticleId),
    /// Look for a draft on disk; answered by `Kept::Found`, or `Kept::Elsewhere` where another window has it.
    FindDraft(ArticleId),
    /// Which drafts are on disk; answered by `Kept::Drafts`.
    ListDrafts,
    /// Put down what became of a write, and what the article said beside it; none where no article was read. Not answered.
    Outcome(Put, Outcome, Option<Seen>),
    /// What was written from here, or to an article; answered by `Kept::Writes`.
    ListWrites(Option<ArticleId>),
    /// One entry of the journal with its texts, after it was listed; answered by `Kept::Write`.
    ReadWrite(EntryId),
    /// Put down what changed of the triage marks; answered by `Book::Kept` with the number, or `Book::Failed`.
    KeepMarks(u64, Vec<Change>),
    /// Put down what changed of the names; answered likewise.
    KeepNames(u64, Vec<Said>),
    /// Look what other windows put down of both; answered by `Book::Read` when there is something.
    LookAtBooks,
    /// Write marks to a new file as JSON, with the address of Intercom's web app for their links; answered by
    /// `Event::Exported`.
    ExportMarks(String, Clean, Vec<(ConversationId, Mark)>),
    /// Save a review to a new file; the runtime says who saves it. Answered by `Handed::Saved` or `Handed::NotSaved`.
    SaveReview(String, Box<FourEyes>),
    /// Read a review from a file; answered by `Handed::Opened` or `Handed::NotOpened`.
    OpenReview(String),
    /// Write rows as JSON to a new file, named as it was typed; answered by `Event::Exported`.
    ExportRows(String, Box<Excerpt>),
    /// Sign in with the browser; its steps come as reports.
    SignIn,
    /// The address that the browser ended at, pasted by a person.
    Redirected(SecretString),
    /// Nobody waits for the sign-in any more.
    GiveUpSignIn,
    /// Forget the sign-in, at the server too.
    SignOut,
    /// Read again which accounts there are; answered by `Event::Accounts`.
    LookForAccounts,
    /// Answer a question of the server's.
    Answer(QuestionId, Reply),
    /// Accept these tools as they were shown.
    AcceptTools(Vec<Tool>),
    /// Say which tool a call would use and with which arguments, sending nothing; answered by `Report::Explained` with the
    /// number.
    Explain(u64, Call),
    /// Let the doctor look; its findings come as reports.
    Examine,
    /// Close this session and begin another one.
    Open(Opening),
    /// Let a person edit a text in their own editor, which has the terminal meanwhile; answered by
    /// `Event::EditedOutside`, with nothing in between.
    EditOutside {
        /// The text.
        text: String,
        /// The name of the file: letters, digits, a hyphen and a dot only.
        name: String,
    },
    /// Paint everything anew.
    Redraw,
    /// Stop the process until it is continued.
    Suspend,
    /// Leave.
    Quit,
}

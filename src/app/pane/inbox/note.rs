//! Internal notes: the one being written, those that were left, and what became of those that were sent. Owns the way from
//! words to a note on the server: written, looked at, confirmed, sent once, read back. Notes live in memory only; leaving the
//! program with one asks first.

#![expect(clippy::wildcard_enum_match_arm, reason = "a note answers to a few commands and refuses the rest")]

mod confirming;
pub mod page;
mod settling;

use super::Inbox;
use crate::app::command::Command;
use crate::app::editor::Editor;
use crate::app::effect::Put;
use crate::app::key::Key;
use crate::app::notice::Weight;
use crate::app::pane::{Hold, deliberate};
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::call::CallId;
use crate::domain::change::{Confirmation, Note, NoteIntent};
use crate::domain::id::ConversationId;
use crate::domain::text::Clean;
use page::Page;
use settling::Lost;

/// The tool that adds notes.
const TOOL: &str = "add_internal_note";

/// How far a note has come.
#[derive(Debug)]
pub enum Stage {
    /// It is being typed.
    Writing,
    /// What would be sent is on the screen.
    Reviewing(Box<Note>, Page),
    /// The question before sending, over it.
    Confirming(Box<Confirmation>, Page),
    /// It was sent; nothing is known yet.
    Sending(CallId, Box<NoteIntent>, Page),
    /// The server took it; the conversation is being read back.
    ReadingBack(CallId, Box<NoteIntent>, Page),
}

/// A note being written.
#[derive(Debug)]
pub struct Composer {
    /// The conversation that it is for.
    pub conversation: ConversationId,
    /// The words.
    pub text: Editor,
    /// How far it has come.
    pub stage: Stage,
    /// How many words it has, as of so many edits.
    words: (u64, usize),
}

/// Every note that is not on the server yet.
#[derive(Debug, Default)]
pub struct Notes {
    /// The one that is open.
    pub open: Option<Composer>,
    /// Words that were left, by conversation.
    kept: Vec<(ConversationId, Editor)>,
    /// Notes that were sent and whose fate is not known.
    lost: Vec<Lost>,
    /// The thread's end was in view when the note was opened, and shall stay there.
    pub(super) was_at_end: bool,
    /// What became of the last one, when that was not as wished.
    told: &'static str,
    /// The one that was sent and whose fate the journal does not have yet.
    put: Option<Put>,
}

fn is_blank(text: &Editor) -> bool {
    text.source().trim().is_empty()
}

impl Composer {
    /// The page on the screen, if one is.
    pub fn page(&self) -> Option<&Page> {
        match &self.stage {
            Stage::Writing => None,
            Stage::Reviewing(_, page)
            | Stage::Confirming(_, page)
            | Stage::Sending(_, _, page)
            | Stage::ReadingBack(_, _, page) => Some(page),
        }
    }

    fn page_mut(&mut self) -> Option<&mut Page> {
        match &mut self.stage {
            Stage::Writing => None,
            Stage::Reviewing(_, page)
            | Stage::Confirming(_, page)
            | Stage::Sending(_, _, page)
            | Stage::ReadingBack(_, _, page) => Some(page),
        }
    }

    /// Counts the words anew where the text is another than it was.
    fn count(&mut self) {
        if self.words.0 != self.text.edits() {
            self.words = (self.text.edits(), self.text.source().split_whitespace().count());
        }
    }

    fn place(&self) -> Place {
        match self.stage {
            Stage::Writing => Place::Note,
            Stage::Confirming(..) => Place::Confirmation,
            Stage::Reviewing(..) | Stage::Sending(..) | Stage::ReadingBack(..) => Place::Review,
        }
    }

    fn status(&self, shell: &Shell) -> String {
        match &self.stage {
            Stage::Writing => format!("internal note, not sent · {}", counted(self.words.1)),
            Stage::Reviewing(_, page) => page.status(),
            Stage::Confirming(confirmation, _) => deliberate::status(confirmation, shell.now).into(),
            Stage::Sending(..) => "Sending the note…".into(),
            Stage::ReadingBack(..) => "The server took it; reading it back…".into(),
        }
    }
}

/// How many words, in words.
fn counted(words: usize) -> String {
    match words {
        1 => "1 word".into(),
        more => format!("{more} words"),
    }
}

impl Notes {
    /// Whether one is being typed, which takes room in the thread's column.
    pub fn is_writing(&self) -> bool {
        self.open.as_ref().is_some_and(|open| matches!(open.stage, Stage::Writing))
    }

    /// Where keys go, while a note is open.
    pub(super) fn place(&self) -> Option<Place> {
        self.open.as_ref().map(Composer::place)
    }

    /// What became of the last note, when that was not as wished; empty for nothing.
    pub(super) fn fate(&self) -> &'static str {
        self.told
    }

    /// Why nothing can be left now: what may be on its way cannot be called back.
    pub(super) fn is_busy(&self) -> Option<&'static str> {
        let stage = &self.open.as_ref()?.stage;
        matches!(stage, Stage::Sending(..)).then_some("It may be on its way already; waiting for the answer.")
    }

    /// Takes out the words that were left for a conversation.
    fn words_for(&mut self, conversation: &ConversationId) -> Option<Editor> {
        let at = self.kept.iter().position(|(of, _)| of == conversation)?;
        Some(self.kept.remove(at).1)
    }

    /// Leaves the note; its words are kept.
    pub(super) fn leave(&mut self) -> bool {
        let Some(open) = self.open.take() else { return false };
        let words = !is_blank(&open.text);
        if words {
            self.kept.push((open.conversation, open.text));
        }
        words
    }

    /// What stands against leaving the program now.
    pub(super) fn hold(&self) -> Option<Hold> {
        let sent = |open: &Composer| matches!(open.stage, Stage::Sending(..) | Stage::ReadingBack(..));
        if self.lost.iter().any(|lost| !lost.is_recalled()) || self.open.as_ref().is_some_and(sent) {
            return Some(Hold::Asks("The fate of your note is not known yet. Quit again to leave anyway."));
        }
        let written = self.open.iter().map(|open| &open.text).chain(self.kept.iter().map(|(_, text)| text));
        let unsent = written.filter(|text| !is_blank(text)).count();
        (unsent > 0)
            .then_some(Hold::Asks("Your note is not sent and would be lost. Quit again to leave anyway."))
    }

    /// What the status line of the thread says of notes; empty for nothing.
    pub(super) fn words(&self, conversation: Option<&ConversationId>) -> &'static str {
        let of = |id: &ConversationId| Some(id) == conversation;
        if self.lost.iter().any(|lost| of(lost.intent.note().conversation())) {
            "last note not known yet"
        } else if self.kept.iter().any(|(id, _)| of(id)) {
            "a note is begun"
        } else {
            ""
        }
    }
}

/// Why no note can be added now; none when one can.
pub(super) fn cannot_note(shell: &Shell) -> Option<&'static str> {
    if shell.options.read_only {
        return Some("Read-only: nothing is sent from here, notes neither.");
    }
    if !shell.offers(TOOL) {
        return Some("This server does not offer add_internal_note, so no note can be added.");
    }
    (!shell.is_up()).then_some("Not connected; no note can be sent now.")
}

impl Inbox {
    /// Why no note can be begun for the open conversation.
    pub(super) fn no_note(&self, shell: &Shell) -> Option<&'static str> {
        let missing = self.reader.thread().is_none().then_some("The conversation is not here yet.");
        cannot_note(shell).or(missing)
    }

    /// Opens the note for the open conversation, with the words that were left for it.
    pub(super) fn open_note(&mut self, _: &mut Shell) {
        let Some(conversation) = self.reader.open.clone() else { return };
        self.notes.told = "";
        self.notes.was_at_end = self.reader.is_at_end();
        let text = self.notes.words_for(&conversation).unwrap_or_else(|| Editor::plain(""));
        self.notes.open = Some(Composer { conversation, text, stage: Stage::Writing, words: (u64::MAX, 0) });
    }

    /// Why a command cannot be done while a note is open.
    pub(super) fn note_blocked(&self, shell: &Shell, command: Command) -> Option<&'static str> {
        let open = self.notes.open.as_ref()?;
        match (command, &open.stage) {
            // That is found out first, which is no reason to be refused.
            (Command::Review, Stage::Writing) if self.notes.is_lost(&open.conversation) => None,
            (Command::Review, Stage::Writing) | (Command::Send, Stage::Reviewing(..)) => cannot_note(shell),
            (Command::Send, _) => Some("It is being sent."),
            (Command::Back, _) => self.notes.is_busy(),
            (Command::Undo | Command::Redo, Stage::Writing) => None,
            (Command::Undo | Command::Redo, _) => {
                Some("Undo works where the note is written; go back for that.")
            }
            (
                Command::View
                | Command::SideBySide
                | Command::NextChange
                | Command::PreviousChange
                | Command::RevertBlock
                | Command::SaveReview,
                _,
            ) => Some("A note has nothing before it to compare with."),
            _ => None,
        }
    }

    /// A command while a note is open.
    pub(super) fn note_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        let Some(open) = &mut self.notes.open else { return false };
        match command {
            Command::Review => self.review_note(shell),
            Command::Send => self.confirm_note(shell),
            Command::Back => self.note_back(shell),
            Command::Undo | Command::Redo => self.note_undo(shell, command == Command::Undo),
            _ => match (command.movement(), open.page_mut()) {
                (Some(movement), Some(page)) => page.scroll.go(movement),
                _ => return false,
            },
        }
        true
    }

    fn note_undo(&mut self, shell: &mut Shell, back: bool) {
        let Some(open) = self.notes.open.as_mut().filter(|open| matches!(open.stage, Stage::Writing)) else {
            return;
        };
        if !(if back { open.text.undo() } else { open.text.redo() }) {
            shell.say(Weight::Quiet, if back { "Nothing to undo." } else { "Nothing to redo." });
        }
    }

    fn note_back(&mut self, shell: &mut Shell) {
        let Some(open) = &mut self.notes.open else { return };
        match std::mem::replace(&mut open.stage, Stage::Writing) {
            Stage::Writing => {
                if self.notes.leave() {
                    let key = shell.key(Place::Thread, Command::AddNote);
                    let hint = format!("{key} brings it back; it is kept until you quit.");
                    shell.tell(Weight::Quiet, Clean::fixed("Your note is not sent."), Clean::line(&hint));
                }
            }
            Stage::ReadingBack(call, intent, _) => {
                shell.cancel(call);
                self.notes.not_waited_for(intent);
                self.settle_notes(shell);
            }
            Stage::Reviewing(..) | Stage::Confirming(..) => {}
            sending @ Stage::Sending(..) => open.stage = sending,
        }
    }

    fn review_note(&mut self, shell: &mut Shell) {
        if self.notes.open.as_ref().is_some_and(|open| self.notes.is_lost(&open.conversation)) {
            return self.settle_note_again(shell);
        }
        let Some(open) = &mut self.notes.open else { return };
        let Some(thread) = self.reader.read_before(&open.conversation) else {
            return shell.say(Weight::Bad, "The conversation is not here any more; open it again.");
        };
        match Note::of(thread, &open.text.source()) {
            Some(note) => {
                let page = Page::of(&note, thread, shell);
                open.stage = Stage::Reviewing(Box::new(note), page);
            }
            None => shell.say(Weight::Quiet, "There are no words to send."),
        }
    }

    /// A key that is no command while a note is open.
    pub(super) fn note_key(&mut self, shell: &mut Shell, key: Key) {
        let Some(open) = &mut self.notes.open else { return };
        match open.stage {
            Stage::Writing => {
                open.text.press(key);
                self.notes.told = "";
            }
            Stage::Confirming(..) => self.note_dialog_key(shell, key),
            Stage::Reviewing(..) | Stage::Sending(..) | Stage::ReadingBack(..) => {}
        }
    }

    /// Pasted text while a note is open.
    pub(super) fn note_paste(&mut self, shell: &mut Shell, text: &str) {
        let Some(open) = &mut self.notes.open else { return };
        match &mut open.stage {
            Stage::Writing => {
                open.text.paste(text);
                self.notes.told = "";
            }
            Stage::Confirming(confirmation, _) => {
                deliberate::disturbed(shell, confirmation, "Pasted text does not confirm.");
            }
            Stage::Reviewing(..) | Stage::Sending(..) | Stage::ReadingBack(..) => {}
        }
    }

    /// Lays the note out for the window.
    pub(super) fn arrange_note(&mut self, shell: &Shell) {
        let text = page::text_room(self.areas.note);
        let Some(open) = &mut self.notes.open else { return };
        open.text.arrange(text.width, text.height);
        open.count();
        if let Some(page) = open.page_mut() {
            page.arrange(shell.frame.body);
        }
    }

    /// The status line of the note, while one is open.
    pub(super) fn note_status(&self, shell: &Shell) -> Option<String> {
        self.notes.open.as_ref().map(|open| open.status(shell))
    }
}

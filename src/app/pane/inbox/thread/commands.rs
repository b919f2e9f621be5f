//! What the keys of the thread reader do: jumps, searching, copying, and the next conversation of the list.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these functions answer to the commands of the thread and pass the rest on"
)]

use super::window::{is_message, message_after, message_before};
use crate::app::command::Command;
use crate::app::event::Timer;
use crate::app::notice::Weight;
use crate::app::pane::inbox::Inbox;
use crate::app::pane::inbox::layout::Focus;
use crate::app::pane::inbox::reader::{Read, Reader};
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::conversation::{AuthorKind, Conversation, ConversationRow, PartKind};
use crate::domain::transcript::Form;

/// How long after one portion of a long search the next is searched, in milliseconds.
pub(super) const PAUSE_MILLIS: u64 = 1;
/// Said where there is no next conversation.
const LAST: &str = "This is the last conversation of the list.";
/// Said while the thread is not there.
const NOT_HERE: &str = "The conversation is not here yet.";

/// The customer's last message.
fn last_of_customer(thread: &Conversation) -> Option<usize> {
    let is = |part: &crate::domain::conversation::Part| {
        part.kind == PartKind::Message && part.author.kind == AuthorKind::Customer
    };
    thread.parts.iter().rposition(is)
}

/// The next internal note after a part, going round the end.
fn note_after(thread: &Conversation, part: usize) -> Option<usize> {
    let is = |at: &usize| thread.parts.get(*at).is_some_and(|part| part.kind == PartKind::Note);
    (part + 1..thread.parts.len()).chain(0..=part).find(is)
}

impl Reader {
    /// Goes to a message, and stands on it.
    fn jump(&mut self, to: impl FnOnce(&Conversation, usize) -> Option<usize>) {
        let Some(Read { thread, sheet, window, .. }) = self.read() else { return };
        if let Some(part) = to(thread, window.mark) {
            window.jump(thread, sheet, part);
        }
    }
}

impl Inbox {
    /// A command of the thread. False when it is none.
    pub(in crate::app::pane::inbox) fn thread_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        if self.focus != Focus::Thread {
            return false;
        }
        match command {
            Command::NextPart => self.reader.jump(message_after),
            Command::PreviousPart => self.reader.jump(message_before),
            Command::LastCustomer => self.last_customer(shell),
            Command::NextNote => self.next_note(shell),
            Command::FindInThread => self.open_finding(),
            Command::FindNext | Command::FindPrevious => {
                self.find_step(shell, command == Command::FindPrevious);
            }
            Command::CopyMessage | Command::CopyQuote => {
                self.copy_message(shell, command == Command::CopyQuote);
            }
            Command::CopyMarkdown => self.copy_thread(shell, Form::Markdown),
            Command::CopyPlain => self.copy_thread(shell, Form::Plain),
            Command::FollowLink => self.open_links(shell),
            Command::NextThread => self.next_thread(shell, true),
            Command::PreviousThread => self.next_thread(shell, false),
            _ => return false,
        }
        true
    }

    /// Why a command of the thread cannot be done now.
    pub(in crate::app::pane::inbox) fn thread_reason(&self, command: Command) -> Option<&'static str> {
        if self.focus != Focus::Thread {
            return None;
        }
        match command {
            Command::NextThread => (self.beside(true).is_none() && !self.listing.may_grow()).then_some(LAST),
            Command::PreviousThread => {
                self.beside(false).is_none().then_some("This is the first conversation of the list.")
            }
            _ => self.reading_reason(command),
        }
    }

    fn reading_reason(&self, command: Command) -> Option<&'static str> {
        let thread = self.reader.thread();
        let mark = self.reader.window.mark;
        let unless = |can: bool, reason| (!can).then_some(reason);
        let with = |can: &dyn Fn(&Conversation) -> bool, reason| match thread {
            Some(thread) => unless(can(thread), reason),
            None => Some(NOT_HERE),
        };
        match command {
            Command::NextPart => {
                with(&|thread| message_after(thread, mark).is_some(), "This is the last message.")
            }
            Command::PreviousPart => {
                with(&|thread| message_before(thread, mark).is_some(), "This is the first message.")
            }
            Command::LastCustomer => {
                with(&|thread| last_of_customer(thread).is_some(), "The customer wrote nothing here.")
            }
            Command::NextNote => {
                with(&|thread| note_after(thread, mark).is_some(), "There is no internal note here.")
            }
            Command::FindInThread | Command::CopyMarkdown | Command::CopyPlain => with(&|_| true, ""),
            Command::FindNext | Command::FindPrevious => {
                unless(self.reader.find.is_some(), "Nothing was searched for in this conversation.")
            }
            Command::CopyMessage | Command::CopyQuote => {
                with(&|thread| is_message(thread, mark), "There is no message here.")
            }
            Command::FollowLink => with(
                &|_| self.reader.numbers() > 0 || self.reader.is_counting(),
                "This conversation has no links and no files.",
            ),
            _ => None,
        }
    }

    fn last_customer(&mut self, shell: &mut Shell) {
        let mark = self.reader.window.mark;
        self.reader.jump(|thread, _| last_of_customer(thread));
        if self.reader.window.mark == mark {
            shell.say(Weight::Quiet, "This is the customer's last message.");
        }
    }

    fn next_note(&mut self, shell: &mut Shell) {
        let mark = self.reader.window.mark;
        self.reader.jump(note_after);
        if self.reader.window.mark == mark {
            shell.say(Weight::Quiet, "This is the only internal note.");
        } else if self.reader.window.mark < mark {
            shell.say(Weight::Quiet, "Went round to the first internal note.");
        }
    }
}

/// What is done in portions.
impl Inbox {
    /// The next portion of what takes long: numbers of links, searching, copying.
    pub(in crate::app::pane::inbox) fn lay_on(&mut self, shell: &mut Shell) {
        let counts = self.reader.is_counting();
        if self.reader.number_on() {
            shell.timer(Timer::Layout, PAUSE_MILLIS);
        }
        if counts && self.reads_link() {
            self.link_typed();
        }
        self.find_on(shell);
        self.copy_on(shell);
    }
}

/// The next conversation of the list.
impl Inbox {
    /// The place of the row beside the conversation that is read, or beside where that stood when its row went away.
    fn place_beside(&self, next: bool) -> Option<usize> {
        let beside = self.listing.results.beside(self.reader.open.as_ref()?);
        if next { Some(beside.below) } else { beside.above }
    }

    /// That row.
    fn beside(&self, next: bool) -> Option<&ConversationRow> {
        self.listing.results.shown_at(self.place_beside(next)?)
    }

    fn next_thread(&mut self, shell: &mut Shell, next: bool) {
        let Some(place) = self.place_beside(next) else { return };
        let Some(id) = self.listing.results.shown_at(place).map(|row| row.id.clone()) else {
            return self.load_next(shell);
        };
        self.listing.select(shell, place);
        self.forget_way();
        let hurries = self.reader.hurry(shell);
        self.open_thread_hurried(shell, id, hurries);
    }

    /// There may be a next conversation that is not loaded yet.
    fn load_next(&mut self, shell: &mut Shell) {
        self.reader.goes_on = true;
        self.listing.select(shell, self.listing.results.shown_len());
        shell.say(Weight::Quiet, "Loading more of the list…");
        self.go_on_to_next(shell);
    }

    /// Rows came, or did not: goes to the next conversation if that was waited for.
    pub(in crate::app::pane::inbox) fn go_on_to_next(&mut self, shell: &mut Shell) {
        if !self.reader.goes_on {
            return;
        }
        let came = self.focus == Focus::Thread && self.beside(true).is_some();
        if !came && self.listing.is_loading() {
            return;
        }
        self.reader.goes_on = false;
        if came {
            shell.notice = None;
            self.next_thread(shell, true);
        } else if !self.listing.may_grow() {
            shell.say(Weight::Quiet, LAST);
        } else if shell.notice.as_ref().is_none_or(|notice| notice.weight != Weight::Bad) {
            let key = shell.key(Place::Thread, Command::NextThread);
            let words = format!("Nothing of what came is shown; {key} loads more.");
            shell.say(Weight::Quiet, &words);
        }
    }

    /// Asks for what one passed too fast to read, once one rests there; then for the conversations beside it.
    pub(in crate::app::pane::inbox) fn read_ahead(&mut self, shell: &mut Shell) {
        if self.reader.rest(shell) {
            self.show_beside(shell);
        }
        let reads = self.reader.thread().is_some() && !self.reader.is_asking();
        if !reads || !self.reader.ahead.may_ask(shell) {
            return;
        }
        let beside = [self.beside(true), self.beside(false)].into_iter().flatten();
        let wanted = beside.filter(|row| !self.reader.has(&row.id, row.updated_at));
        let wanted: Vec<_> = wanted.map(|row| row.id.clone()).collect();
        self.reader.ahead.ask(shell, wanted);
    }
}

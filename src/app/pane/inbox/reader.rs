//! The thread reader: which conversation is open, and the copies of it. Refuses to draw.

mod laid;

use super::shelf::{Kept, Shelf};
use super::slot::Slot;
use super::thread::ahead::{Ahead, REST_MILLIS};
use super::thread::copying::Copying;
use super::thread::finding::{Finding, Hit};
use super::thread::sheet::Sheet;
use super::thread::window::Window;
use crate::app::event::Timer;
use crate::app::shell::Shell;
use crate::domain::call::{Answer, Call, CallId, End, Fault, FaultKind};
use crate::domain::conversation::Conversation;
use crate::domain::id::ConversationId;
use crate::domain::time::{Moment, Unix};
pub(super) use laid::Read;

/// The reader.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about what is read")]
pub struct Reader {
    /// The conversation that is open.
    pub open: Option<ConversationId>,
    /// Whether events are shown.
    pub events: bool,
    /// Whether quoted history and signatures are shown.
    pub quotes: bool,
    /// The window over the lines, and the message one stands on.
    pub window: Window,
    /// Words that are searched for.
    pub find: Option<Finding>,
    /// Whether they are still being typed, where what was found is said.
    pub(super) types: bool,
    /// The neighbours that are asked for.
    pub(super) ahead: Ahead,
    /// The thread that is on its way to the clipboard.
    pub(super) copying: Option<Copying>,
    shelf: Shelf,
    slot: Slot<Box<Conversation>>,
    sheet: Option<Sheet>,
    /// The places found in each line in view.
    hits: Vec<Vec<Hit>>,
    cancelled: bool,
    /// Whether the next conversation of the list is waited for.
    pub(super) goes_on: bool,
    /// When one went from one conversation to the next last.
    moved: Option<Moment>,
    /// Whether one did so too fast for it to be asked for, and it is asked for as soon as one rests.
    hurried: bool,
    /// Whether the open thread itself is wanted then.
    due: bool,
    /// What comes next is one's own, and its end is followed.
    follows: bool,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            open: None,
            events: true,
            quotes: false,
            window: Window::default(),
            find: None,
            types: false,
            ahead: Ahead::default(),
            copying: None,
            shelf: Shelf::default(),
            slot: Slot::default(),
            sheet: None,
            hits: Vec::new(),
            cancelled: false,
            goes_on: false,
            moved: None,
            hurried: false,
            due: false,
            follows: false,
        }
    }
}

impl Reader {
    /// Opens a conversation: what was read before is shown at once, and asked for anew unless that came just now and
    /// nothing happened since. `updated` is when something last happened there, as far as a list knows.
    pub fn open(&mut self, shell: &mut Shell, id: ConversationId, updated: Option<Unix>) {
        self.open_hurried(shell, id, updated, false);
    }

    /// The same; who `hurries` asks for nothing until one rests.
    pub(super) fn open_hurried(
        &mut self,
        shell: &mut Shell,
        id: ConversationId,
        updated: Option<Unix>,
        hurries: bool,
    ) {
        self.cancel(shell);
        self.hurried = hurries;
        self.slot.fault = None;
        let under_way = self.ahead.moved(shell, &id);
        if self.open.as_ref() != Some(&id) {
            self.find = None;
            self.stop_copying(shell);
        }
        self.shelf.touch(&id);
        self.open = Some(id);
        shell.timer(Timer::Layout, 1);
        self.cancelled = false;
        if let Some(call) = under_way {
            return self.slot.asked(call);
        }
        if self.kept().is_some_and(|kept| kept.is_fresh(shell.now, updated)) {
            return;
        }
        if hurries {
            self.due = true;
        } else {
            self.refresh(shell);
        }
    }

    /// One goes to the next conversation, or the one before. True when that is too soon after the last time for anything to
    /// be asked for.
    pub(super) fn hurry(&mut self, shell: &Shell) -> bool {
        let last = self.moved.replace(shell.now);
        last.is_some_and(|last| shell.now.since(last) < REST_MILLIS)
    }

    /// Time passed: asks for what one hurried to. True when one rests there now.
    pub(super) fn rest(&mut self, shell: &mut Shell) -> bool {
        let rests = self.moved.is_none_or(|moved| shell.now.since(moved) >= REST_MILLIS);
        if !rests || self.open.is_none() {
            return false;
        }
        let hurried = std::mem::take(&mut self.hurried);
        if self.due {
            self.refresh(shell);
        }
        hurried
    }

    /// Asks for the open conversation again.
    pub fn refresh(&mut self, shell: &mut Shell) {
        self.cancel(shell);
        self.cancelled = false;
        if let Some(id) = &self.open {
            self.slot.asked(shell.ask(Call::Conversation(id.clone())));
        }
    }

    /// Closes the thread. What was read stays on the shelf.
    pub fn close(&mut self, shell: &mut Shell) {
        self.cancel(shell);
        self.ahead.stop(shell);
        self.stop_copying(shell);
        (self.open, self.sheet, self.find) = (None, None, None);
        self.hits.clear();
        self.window.close();
    }

    /// Cancels the call under way. False when there was none.
    pub fn cancel(&mut self, shell: &mut Shell) -> bool {
        (self.due, self.hurried) = (false, false);
        self.slot.call.take().is_some_and(|call| {
            shell.cancel(call);
            self.cancelled = true;
            true
        })
    }

    /// The link came up: asks again when the open thread could not be had.
    pub fn linked(&mut self, shell: &mut Shell) {
        if self.open.is_some()
            && self.slot.call.is_none()
            && (self.slot.fault.is_some() || self.kept().is_none())
        {
            self.refresh(shell);
        }
    }

    /// Takes the end of its call. `Err` gives back what is not its own; `Ok` says whether the open thread came.
    pub fn ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Result<bool, End> {
        if self.ahead.ended(id) {
            if let End::Answer(Answer::Conversation(thread)) = end {
                shell.learn_thread(&thread);
                self.shelf.put(thread, shell.now, self.open.as_ref());
            }
            return Ok(false);
        }
        if self.slot.call != Some(id) {
            return Err(end);
        }
        if matches!(&end, End::NotSent(fault) if fault.kind == FaultKind::Busy) {
            // Nobody else has to press a key for that: it is asked for again by itself.
            (self.slot.call, self.due) = (None, true);
            self.ahead.rest(shell);
            return Ok(false);
        }
        self.cancelled = end == End::Cancelled;
        let read = |answer| if let Answer::Conversation(thread) = answer { Some(thread) } else { None };
        if let Some(fault) = self.slot.settle(end, read) {
            shell.fault(&fault);
        }
        let came = self.slot.value.take();
        Ok(came.is_some_and(|thread| {
            shell.learn_thread(&thread);
            self.shelf.put(thread, shell.now, self.open.as_ref());
            self.ahead.rest(shell);
            true
        }))
    }

    /// Takes in a thread that somebody else asked for, as it reads now. Who stood at its end sees what came.
    pub fn learn(&mut self, shell: &mut Shell, thread: Box<Conversation>) {
        shell.learn_thread(&thread);
        self.follows = self.open.as_ref() == Some(&thread.row.id);
        shell.timer(Timer::Layout, 1);
        self.shelf.put(thread, shell.now, self.open.as_ref());
    }

    /// The open thread, when it is here.
    pub fn thread(&self) -> Option<&Conversation> {
        self.kept().map(|kept| &*kept.conversation)
    }

    fn kept(&self) -> Option<&Kept> {
        self.shelf.get(self.open.as_ref()?)
    }

    /// A thread that was read before.
    pub fn read_before(&self, id: &ConversationId) -> Option<&Conversation> {
        self.shelf.get(id).map(|kept| &*kept.conversation)
    }

    /// Whether a thread is here as it was when something last happened there.
    pub(super) fn has(&self, id: &ConversationId, updated: Option<Unix>) -> bool {
        self.shelf.get(id).is_some_and(|kept| updated <= kept.conversation.row.updated_at)
    }

    /// Why the open thread could not be had.
    pub fn fault(&self) -> Option<&Fault> {
        self.slot.fault.as_ref()
    }

    /// Whether the last asking was cancelled.
    pub fn was_cancelled(&self) -> bool {
        self.cancelled
    }

    /// Whether the open thread is being asked for.
    pub fn is_asking(&self) -> bool {
        self.slot.call.is_some() || self.due
    }
}

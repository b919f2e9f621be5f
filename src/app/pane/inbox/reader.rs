//! The thread reader: which conversation is open, the copies of it, its lines and the window over them. Refuses to draw.

use super::lines::{Look, What};
use super::shelf::{Kept, Shelf};
use super::slot::Slot;
use super::thread::ahead::{Ahead, REST_MILLIS};
use super::thread::copying::Copying;
use super::thread::finding::{Finding, Hit};
use super::thread::sheet::{Sheet, Spot};
use super::thread::window::Window;
use crate::app::event::Timer;
use crate::app::list::Move;
use crate::app::shell::Shell;
use crate::domain::call::{Answer, Call, CallId, End, Fault, FaultKind};
use crate::domain::conversation::Conversation;
use crate::domain::id::ConversationId;
use crate::domain::roster::Roster;
use crate::domain::time::{Moment, Unix};

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

/// A thread with its lines and the window over them.
pub(super) struct Read<'a> {
    /// The thread.
    pub(super) thread: &'a Conversation,
    /// Its lines.
    pub(super) sheet: &'a mut Sheet,
    /// The window.
    pub(super) window: &'a mut Window,
    /// The words searched for.
    pub(super) find: &'a mut Option<Finding>,
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

    /// The lines in view.
    pub fn view(&self) -> &[Spot] {
        self.window.view()
    }

    /// What a line in view shows.
    pub fn line(&self, spot: Spot) -> Option<&What> {
        self.sheet.as_ref()?.line(spot)
    }

    /// The places found in a line in view, by its row.
    pub fn hits(&self, row: usize) -> &[Hit] {
        self.hits.get(row).map_or(&[], Vec::as_slice)
    }

    /// The lines of the open thread, as far as they are laid out.
    pub fn sheet(&self) -> Option<&Sheet> {
        self.sheet.as_ref()
    }

    /// Whether the last line is in view.
    pub fn is_at_end(&self) -> bool {
        self.window.at_end
    }

    /// Events that are in the thread but not shown.
    pub fn hidden(&self) -> usize {
        if self.events { 0 } else { self.sheet.as_ref().map_or(0, Sheet::events) }
    }

    /// Whether anything happened in the thread besides messages and notes.
    pub fn has_events(&self) -> bool {
        self.sheet.as_ref().is_some_and(|sheet| sheet.events() > 0)
    }

    /// Whether the thread may quote older mail; that is known for certain once every part was laid out.
    pub fn may_have_quotes(&self) -> bool {
        self.sheet.as_ref().is_some_and(Sheet::may_fold)
    }

    /// The open thread with its lines, once they are there.
    pub(super) fn read(&mut self) -> Option<Read<'_>> {
        let kept = self.shelf.get(self.open.as_ref()?)?;
        let sheet = self.sheet.as_mut().filter(|sheet| sheet.version == kept.version)?;
        Some(Read { thread: &kept.conversation, sheet, window: &mut self.window, find: &mut self.find })
    }

    /// Counts links for a while. True when there is more to count.
    pub(super) fn number_on(&mut self) -> bool {
        let Some(Read { thread, sheet, window, .. }) = self.read() else { return false };
        if !sheet.is_unnumbered() {
            return false;
        }
        let more = sheet.number_on(thread);
        if window.at_end {
            window.to_end();
        }
        more
    }

    /// Moves the window.
    pub fn go(&mut self, movement: Move) {
        if let Some(Read { thread, sheet, window, .. }) = self.read() {
            window.go(thread, sheet, movement);
        }
    }

    /// Makes the lines fit the thread, the width and the folds. What is looked at stays where it is.
    pub fn arrange(&mut self, width: u16, height: u16, roster: &Roster) {
        if width == 0 {
            return;
        }
        let look = Look { width, events: self.events, quotes: self.quotes };
        let Self { open, shelf, sheet, window, find, follows, .. } = self;
        let Some(kept) = open.as_ref().and_then(|id| shelf.get(id)) else {
            (*sheet, *follows) = (None, false);
            window.close();
            return self.hits.clear();
        };
        let thread = &*kept.conversation;
        let resized = window.height != usize::from(height);
        window.height = usize::from(height);
        let known = sheet.take_if(|sheet| sheet.id == thread.row.id && sheet.version == kept.version);
        let came = known.is_none();
        let same = sheet.as_ref().is_some_and(|sheet| sheet.id == thread.row.id);
        let sheet = sheet.insert(known.unwrap_or_else(|| Sheet::of(thread, kept.version, look)));
        if came && same {
            let shift = window.came(thread, std::mem::take(follows));
            *find = find.take().map(|find| find.anew(thread, sheet, roster, shift));
        } else if came {
            window.open(thread, sheet);
        }
        let wider = sheet.look().width != width;
        let before = sheet.laid(window.top.part).len();
        if (sheet.change(look) && wider || resized) && window.at_end && !came {
            window.to_end();
        } else if wider {
            window.rewrapped(before, sheet.lines(thread, window.top.part).len());
        }
        sheet.lay_little(thread);
        window.settle(thread, sheet);
        self.hits.clear();
        if let Some(find) = find {
            let view = window.view().iter();
            self.hits.extend(view.map(|spot| find.hits(thread, sheet, roster, *spot)));
        }
    }
}

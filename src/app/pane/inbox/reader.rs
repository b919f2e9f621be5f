//! The thread reader: which conversation is open, its lines and the window over them. Refuses to draw.

use super::lines::{Folds, ThreadLine, build, newest};
use super::shelf::{Kept, Shelf};
use super::slot::Slot;
use crate::app::list::Scroll;
use crate::app::shell::Shell;
use crate::domain::call::{Answer, Call, CallId, End, Fault};
use crate::domain::conversation::{Conversation, PartKind};
use crate::domain::id::ConversationId;

/// What the lines were built from.
type Key = (ConversationId, u64, Folds);

/// What the open thread holds that can be folded.
#[derive(Clone, Copy, Debug, Default)]
struct Holds {
    events: usize,
    quotes: bool,
}

/// The reader.
#[derive(Debug)]
pub struct Reader {
    /// The conversation that is open.
    pub open: Option<ConversationId>,
    /// The window over the lines.
    pub scroll: Scroll,
    /// Whether events are shown.
    pub events: bool,
    /// Whether quoted history is shown.
    pub quotes: bool,
    shelf: Shelf,
    slot: Slot<Box<Conversation>>,
    key: Option<Key>,
    lines: Vec<ThreadLine>,
    holds: Holds,
    cancelled: bool,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            open: None,
            scroll: Scroll::default(),
            events: true,
            quotes: false,
            shelf: Shelf::default(),
            slot: Slot::default(),
            key: None,
            lines: Vec::new(),
            holds: Holds::default(),
            cancelled: false,
        }
    }
}

impl Reader {
    /// Opens a conversation: what was read before is shown at once, then asked for anew.
    pub fn open(&mut self, shell: &mut Shell, id: ConversationId) {
        self.cancel(shell);
        self.slot.fault = None;
        self.open = Some(id);
        self.refresh(shell);
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
        (self.open, self.key) = (None, None);
        self.lines.clear();
    }

    /// Cancels the call under way. False when there was none.
    pub fn cancel(&mut self, shell: &mut Shell) -> bool {
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

    /// Takes the end of its call. `Err` gives back what is not its own; `Ok` says whether a thread came.
    pub fn ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Result<bool, End> {
        if self.slot.call != Some(id) {
            return Err(end);
        }
        self.cancelled = end == End::Cancelled;
        let read = |answer| if let Answer::Conversation(thread) = answer { Some(thread) } else { None };
        if let Some(fault) = self.slot.settle(end, read) {
            shell.fault(&fault);
        }
        let came = self.slot.value.take();
        Ok(came.is_some_and(|thread| {
            shell.learn_thread(&thread);
            self.shelf.put(thread);
            true
        }))
    }

    /// Takes in a thread that somebody else asked for, as it reads now.
    pub fn learn(&mut self, shell: &mut Shell, thread: Box<Conversation>) {
        shell.learn_thread(&thread);
        self.shelf.put(thread);
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
        self.slot.call.is_some()
    }

    /// The lines in view.
    pub fn view(&self) -> &[ThreadLine] {
        self.lines.get(self.scroll.view()).unwrap_or_default()
    }

    /// Lines in all.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there are no lines.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Events that are in the thread but not shown.
    pub fn hidden(&self) -> usize {
        if self.events { 0 } else { self.holds.events }
    }

    /// Whether anything happened in the thread besides messages and notes.
    pub fn has_events(&self) -> bool {
        self.holds.events > 0
    }

    /// Whether the thread quotes older mail.
    pub fn has_quotes(&self) -> bool {
        self.holds.quotes
    }

    /// Rebuilds the lines when the thread, the width or a fold changed; the part at the top stays there.
    pub fn arrange(&mut self, width: u16, height: u16) {
        if width == 0 {
            return;
        }
        let folds = Folds { width, events: self.events, quotes: self.quotes };
        let wanted = self.kept().map(|kept| (&kept.conversation.row.id, kept.version, folds));
        let height = usize::from(height);
        let built = self.key.as_ref().map(|(id, version, folds)| (id, *version, *folds));
        if wanted == built {
            return self.scroll.fit(self.lines.len(), height);
        }
        let (key, (lines, quoted)) = match self.kept() {
            Some(kept) => {
                let id = kept.conversation.row.id.clone();
                (Some((id, kept.version, folds)), build(&kept.conversation, folds))
            }
            None => (None, (Vec::new(), false)),
        };
        self.holds.quotes = quoted;
        self.put(key, lines, height);
    }

    fn put(&mut self, key: Option<Key>, lines: Vec<ThreadLine>, height: usize) {
        let id_of = |key: &Option<Key>| key.as_ref().map(|(id, ..)| id.clone());
        let same = id_of(&self.key).is_some() && id_of(&self.key) == id_of(&key);
        let view = self.scroll.view();
        let at_end = view.end >= self.lines.len();
        let anchor = self.lines.get(view.start).map(|line| line.part);
        (self.lines, self.key) = (lines, key);
        self.scroll.fit(self.lines.len(), height);
        if !same {
            self.scroll.to(newest(&self.lines));
        } else if at_end {
            self.scroll.to(usize::MAX);
        } else if let Some(part) = anchor {
            self.scroll.to(self.lines.partition_point(|line| line.part < part));
        }
        let events =
            |thread: &Conversation| thread.parts.iter().filter(|p| p.kind == PartKind::Event).count();
        self.holds.events = self.thread().map_or(0, events);
    }
}

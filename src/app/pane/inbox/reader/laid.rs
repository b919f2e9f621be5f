//! What of the open thread is laid out, and the window over it. Refuses to know where the thread came from.

use super::Reader;
use crate::app::list::Move;
use crate::app::pane::inbox::lines::{Look, What};
use crate::app::pane::inbox::thread::finding::{Finding, Hit};
use crate::app::pane::inbox::thread::sheet::{Sheet, Spot};
use crate::app::pane::inbox::thread::window::Window;
use crate::domain::conversation::Conversation;
use crate::domain::roster::Roster;

/// A thread with its lines and the window over them.
pub(in crate::app::pane::inbox) struct Read<'a> {
    /// The thread.
    pub(in crate::app::pane::inbox) thread: &'a Conversation,
    /// Its lines.
    pub(in crate::app::pane::inbox) sheet: &'a mut Sheet,
    /// The window.
    pub(in crate::app::pane::inbox) window: &'a mut Window,
    /// The words searched for.
    pub(in crate::app::pane::inbox) find: &'a mut Option<Finding>,
}

impl Reader {
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
    pub(in crate::app::pane::inbox) fn read(&mut self) -> Option<Read<'_>> {
        let kept = self.shelf.get(self.open.as_ref()?)?;
        let sheet = self.sheet.as_mut().filter(|sheet| sheet.version == kept.version)?;
        Some(Read { thread: &kept.conversation, sheet, window: &mut self.window, find: &mut self.find })
    }

    /// Counts links for a while. True when there is more to count.
    pub(in crate::app::pane::inbox) fn number_on(&mut self) -> bool {
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

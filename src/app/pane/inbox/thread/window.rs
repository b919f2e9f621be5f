//! The window over a thread's lines and the message one stands on. Owns where they go when one moves, when the lines change
//! and when parts come; refuses to lay anything out itself.

use super::sheet::{Sheet, Spot};
use crate::app::list::Move;
use crate::app::pane::inbox::lines::What;
use crate::domain::conversation::{Conversation, PartKind};
use crate::domain::time::Unix;

/// What is below the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Below {
    /// Nothing.
    #[default]
    End,
    /// So many lines.
    Lines(usize),
    /// So many parts, whose lines nobody counted.
    Parts(usize),
}

/// By what a part is known again in a fresher copy of the thread.
type Key = (Box<str>, Option<Unix>);

/// Below everything: the end is in view from the next time on.
const END: Spot = Spot { part: usize::MAX, line: 0 };

/// How far the parts of a fresher copy stand from where they stood: the server keeps the newest only.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shift {
    was: usize,
    now: usize,
}

impl Shift {
    /// Where a part stands now; none when it is one of those that are not kept any more.
    pub fn of(self, part: usize) -> Option<usize> {
        part.saturating_add(self.now).checked_sub(self.was)
    }
}

/// What is known again in a fresher copy.
#[derive(Debug)]
struct Known {
    parts: usize,
    /// The parts at the top, under the mark and at the end.
    keys: [Key; 3],
}

/// The window.
#[derive(Debug, Default)]
pub struct Window {
    /// The line at the top.
    pub top: Spot,
    /// The message or note one stands on.
    pub mark: usize,
    /// Lines that fit.
    pub height: usize,
    /// Whether the last line is in view.
    pub at_end: bool,
    /// What is below.
    pub below: Below,
    view: Vec<Spot>,
    /// The first part that came while one was reading, until it was seen.
    new_from: Option<usize>,
    known: Option<Known>,
}

/// Whether a part can be stood on.
pub fn is_message(thread: &Conversation, part: usize) -> bool {
    thread.parts.get(part).is_some_and(|part| part.kind != PartKind::Event)
}

/// The next message or note after a part.
pub fn message_after(thread: &Conversation, part: usize) -> Option<usize> {
    (part + 1..thread.parts.len()).find(|&at| is_message(thread, at))
}

/// The message or note before a part.
pub fn message_before(thread: &Conversation, part: usize) -> Option<usize> {
    (0..part.min(thread.parts.len())).rev().find(|&at| is_message(thread, at))
}

fn key(thread: &Conversation, part: usize) -> Key {
    thread.parts.get(part).map(|part| (part.id.clone(), part.created_at)).unwrap_or_default()
}

/// Where a part of an older copy stands, looked for where it was at first.
fn again(thread: &Conversation, wanted: &Key, near: usize) -> Option<usize> {
    let is = |at: usize| {
        thread.parts.get(at).is_some_and(|part| (&part.id, part.created_at) == (&wanted.0, wanted.1))
    };
    if is(near) { Some(near) } else { (0..thread.parts.len()).find(|&at| is(at)) }
}

impl Window {
    /// The lines in view.
    pub fn view(&self) -> &[Spot] {
        &self.view
    }

    /// Nothing is open.
    pub fn close(&mut self) {
        *self = Self { height: self.height, ..Self::default() };
    }

    /// Another thread is read: its newest message or note is at the top, as far as there are lines below it.
    pub fn open(&mut self, thread: &Conversation, sheet: &mut Sheet) {
        self.close();
        self.jump(thread, sheet, message_before(thread, thread.parts.len()).unwrap_or(0));
    }

    /// A fresher copy came: what one reads stays, and what is new is counted. `follows` when the end shall stay in view. Gives
    /// where parts are now.
    pub fn came(&mut self, thread: &Conversation, follows: bool) -> Shift {
        let Some(Known { parts: were, keys: [top, mark, last] }) = self.known.take() else {
            return Shift::default();
        };
        let parts = thread.parts.len();
        let last = again(thread, &last, were.saturating_sub(1));
        let shift = last.map(|now| Shift { was: were.saturating_sub(1), now }).unwrap_or_default();
        let place = |wanted: &Key, was: usize| {
            let now = shift.of(was);
            again(thread, wanted, now.unwrap_or(0)).ok_or(now.unwrap_or(0))
        };
        if self.top != END {
            self.top = match place(&top, self.top.part) {
                Ok(part) => Spot { part, ..self.top },
                Err(part) => Spot { part, line: 0 },
            };
        }
        self.mark = place(&mark, self.mark).unwrap_or_else(|part| part);
        let old = self.new_from.and_then(|from| shift.of(from));
        let fresh = last.map(|at| at + 1);
        self.new_from = old.or(fresh.filter(|from| *from < parts && !follows));
        if follows && self.at_end {
            self.mark = message_before(thread, parts).unwrap_or(self.mark);
            self.to_end();
        }
        shift
    }

    /// The lines of the message at the top were broken anew: where it is longer than the window, about the same words stay.
    pub fn rewrapped(&mut self, before: usize, after: usize) {
        if before > self.height {
            self.top.line = self.top.line * after / before;
        }
    }

    /// The end is in view from the next time on.
    pub fn to_end(&mut self) {
        self.top = END;
    }

    /// Puts a message at the top, as far as there are lines below it, and stands on it.
    pub fn jump(&mut self, thread: &Conversation, sheet: &mut Sheet, part: usize) {
        let lines = sheet.lines(thread, part);
        let line = lines.iter().position(|line| !matches!(line, What::Gap)).unwrap_or(0);
        self.top = Spot { part, line };
        self.mark = part;
    }

    /// Brings a line into view, a third of the window from its top, unless it is in view.
    pub fn bring(&mut self, thread: &Conversation, sheet: &mut Sheet, spot: Spot) {
        if !self.view.contains(&spot) {
            self.top = sheet.back(thread, spot, self.height / 3);
        }
        if is_message(thread, spot.part) {
            self.mark = spot.part;
        }
    }

    /// Moves the window; where it cannot move any more, the mark does.
    pub fn go(&mut self, thread: &Conversation, sheet: &mut Sheet, movement: Move) {
        let page = self.height.max(2) - 1;
        let before = self.top;
        match movement {
            Move::Up => self.top = sheet.back(thread, self.top, 1),
            Move::PageUp => self.top = sheet.back(thread, self.top, page),
            Move::Down => self.top = sheet.forward(thread, self.top, 1),
            Move::PageDown => self.top = sheet.forward(thread, self.top, page),
            Move::Top => self.top = Spot::default(),
            Move::Bottom => self.to_end(),
        }
        self.settle(thread, sheet);
        let stuck = self.top == before;
        let moved = match movement {
            Move::Top => message_after(thread, 0).filter(|_| !is_message(thread, 0)).or(Some(0)),
            Move::Bottom => message_before(thread, thread.parts.len()),
            Move::Up | Move::PageUp if stuck => message_before(thread, self.mark),
            Move::Down | Move::PageDown if stuck => message_after(thread, self.mark),
            Move::Up | Move::PageUp | Move::Down | Move::PageDown => self.nearest_in_view(thread, sheet),
        };
        self.mark = moved.unwrap_or(self.mark);
    }

    /// The message in view that is nearest to the mark.
    fn nearest_in_view(&self, thread: &Conversation, sheet: &Sheet) -> Option<usize> {
        let own = |spot: &&Spot| !matches!(sheet.line(**spot), Some(What::Gap | What::Cut(_)));
        let seen = self.view.iter().filter(own).map(|spot| spot.part);
        let mut seen = seen.filter(|&part| is_message(thread, part));
        let first = seen.next()?;
        let last = seen.next_back().unwrap_or(first);
        let within = self.mark.clamp(first, last);
        if is_message(thread, within) { Some(within) } else { message_before(thread, within) }
    }

    /// Finds the lines in view after anything changed.
    pub fn settle(&mut self, thread: &Conversation, sheet: &mut Sheet) {
        let Some(last) = sheet.last(thread) else {
            self.view.clear();
            (self.at_end, self.below) = (true, Below::End);
            return;
        };
        let end = sheet.back(thread, last, self.height.saturating_sub(1));
        self.top = self.there(thread, sheet, last).min(end);
        if self.height == 0 {
            return self.view.clear();
        }
        self.view = sheet.window(thread, self.top, self.height);
        let bottom = self.view.last().copied().unwrap_or(last);
        self.at_end = bottom == last;
        self.below = match sheet.after(thread, bottom) {
            _ if self.at_end => Below::End,
            Some(lines) => Below::Lines(lines),
            None => Below::Parts(sheet.parts().saturating_sub(bottom.part + 1)),
        };
        if self.new_below(thread) == 0 {
            self.new_from = None;
        }
        let parts = thread.parts.len();
        let keys = [self.top.part, self.mark, parts.saturating_sub(1)].map(|part| key(thread, part));
        self.known = Some(Known { parts, keys });
    }

    /// The line at the top, or the one that comes nearest when that is not there.
    fn there(&self, thread: &Conversation, sheet: &mut Sheet, last: Spot) -> Spot {
        let lines = sheet.lines(thread, self.top.part).len();
        if lines > 0 {
            return Spot { line: self.top.line.min(lines - 1), ..self.top };
        }
        if self.top.part >= sheet.parts() {
            return last;
        }
        sheet.first_from(thread, self.top.part).unwrap_or(last)
    }

    /// Messages and notes that came while one was reading, and are below the window.
    pub fn new_below(&self, thread: &Conversation) -> usize {
        let Some(from) = self.new_from else { return 0 };
        let seen = self.view.last().map_or(0, |spot| spot.part + 1);
        (from.max(seen)..thread.parts.len()).filter(|&at| is_message(thread, at)).count()
    }
}

//! The lines of a thread, laid out part by part as they are looked at. Owns what is laid out; refuses to know which part of
//! it is in view.

use std::collections::HashSet;

use crate::app::pane::inbox::lines::{Laid, Look, What, lay, numbered};
use crate::domain::conversation::{Conversation, PartKind};
use crate::domain::id::ConversationId;

/// Parts that are kept laid out; more than that, and those far from where one looks are dropped.
const MOST_LAID: usize = 2_000;
/// A thread of at most so many parts is laid out whole.
pub const WHOLE: usize = 100;
/// And of at most so many bytes of bodies.
const LITTLE: usize = 200_000;
/// Bytes of bodies whose links are counted at once: about two milliseconds' worth.
const PORTION: usize = 100_000;
/// Looking whether a body has links is so many times cheaper than reading it.
const LOOKED: usize = 16;

/// A line of a thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The part's place in the conversation.
    pub part: usize,
    /// The line's place in the part.
    pub line: usize,
}

/// The lines of one thread as it came.
#[derive(Debug)]
pub struct Sheet {
    /// Whose.
    pub id: ConversationId,
    /// Of which content.
    pub version: u64,
    look: Look,
    laid: Vec<Option<Box<Laid>>>,
    here: usize,
    /// How many links and files there are before each part, as far as they were counted, and in all.
    numbers: Vec<usize>,
    /// Parts that were laid out without numbers.
    bare: Vec<usize>,
    /// Parts that are shown unfolded though others are not.
    opened: HashSet<usize>,
    /// Whether all of it is so little that it is laid out whole.
    little: bool,
    /// Events in all.
    events: usize,
    /// Parts that were laid out at least once.
    seen: Vec<bool>,
    unseen: usize,
    has_folds: bool,
}

impl Sheet {
    /// A sheet of which nothing is laid out. Counts the links of the first parts, which in most threads are all.
    pub fn of(thread: &Conversation, version: u64, look: Look) -> Self {
        let parts = thread.parts.len();
        let events = thread.parts.iter().filter(|part| part.kind == PartKind::Event).count();
        let bytes: usize = thread.parts.iter().map(|part| part.body.len()).sum();
        let mut sheet = Self {
            id: thread.row.id.clone(),
            version,
            look,
            laid: (0..parts).map(|_| None).collect(),
            here: 0,
            numbers: vec![0],
            bare: Vec::new(),
            little: parts <= WHOLE && bytes <= LITTLE,
            opened: HashSet::new(),
            events,
            seen: vec![false; parts],
            unseen: parts,
            has_folds: false,
        };
        sheet.number_on(thread);
        sheet
    }

    /// Counts links and files for a while. True when there is more to count.
    pub fn number_on(&mut self, thread: &Conversation) -> bool {
        let (first, mut spent) = (self.numbers.len(), 0);
        while self.is_unnumbered() && spent < PORTION {
            let Some(part) = thread.parts.get(self.numbers.len() - 1) else { break };
            let more = numbered(part);
            spent += 1 + if more > 0 { part.body.len() } else { part.body.len() / LOOKED };
            self.numbers.push(self.numbers() + more);
        }
        if self.numbers.len() > first {
            let known = self.numbers.len();
            for at in self.bare.extract_if(.., |at| *at < known).collect::<Vec<_>>() {
                if self.laid.get_mut(at).and_then(Option::take).is_some() {
                    self.here -= 1;
                }
            }
        }
        self.is_unnumbered()
    }

    /// Whether there are parts whose links were not counted yet.
    pub fn is_unnumbered(&self) -> bool {
        self.numbers.len() <= self.laid.len()
    }

    /// How it is laid out.
    pub fn look(&self) -> Look {
        self.look
    }

    /// Lays out otherwise from now on. False when nothing changed.
    pub fn change(&mut self, look: Look) -> bool {
        if self.look == look {
            return false;
        }
        if (self.look.events, self.look.quotes) != (look.events, look.quotes) {
            self.opened.clear();
        }
        self.look = look;
        self.forget(0..0);
        true
    }

    /// Shows one part unfolded. False when it is already.
    pub fn unfold(&mut self, part: usize) -> bool {
        let fresh = self.opened.insert(part);
        if fresh && self.laid.get_mut(part).and_then(Option::take).is_some() {
            self.here -= 1;
        }
        fresh
    }

    fn forget(&mut self, but: std::ops::Range<usize>) {
        for (at, laid) in self.laid.iter_mut().enumerate() {
            if !but.contains(&at) {
                *laid = None;
            }
        }
        self.here = self.laid.iter().filter(|laid| laid.is_some()).count();
    }

    /// How one part is laid out.
    fn look_of(&self, part: usize) -> Look {
        if self.opened.contains(&part) { Look { events: true, quotes: true, ..self.look } } else { self.look }
    }

    /// A part as it is when nothing is folded, for searching. Kept by nobody.
    pub fn unfolded(&self, thread: &Conversation, part: usize) -> Laid {
        lay(thread, part, Look { events: true, quotes: true, ..self.look }, self.before(part))
    }

    /// The links and files before a part.
    pub fn before(&self, part: usize) -> Option<usize> {
        self.numbers.get(part).copied()
    }

    /// Links and files in all, as far as they were counted.
    pub fn numbers(&self) -> usize {
        self.numbers.last().copied().unwrap_or(0)
    }

    /// The part that has the link or file of this number, and its place there from 0.
    pub fn numbered(&self, number: usize) -> Option<(usize, usize)> {
        let at = number.checked_sub(1).filter(|at| *at < self.numbers())?;
        let part = self.numbers.partition_point(|before| *before <= at).checked_sub(1)?;
        Some((part, at - self.before(part)?))
    }

    /// Parts in all.
    pub fn parts(&self) -> usize {
        self.laid.len()
    }

    /// Events in all.
    pub fn events(&self) -> usize {
        self.events
    }

    /// Whether anything can be folded: true as long as there is a part that was never laid out.
    pub fn may_fold(&self) -> bool {
        self.has_folds || self.unseen > 0
    }

    /// The lines of a part, laid out now if they are not yet.
    pub fn lines(&mut self, thread: &Conversation, part: usize) -> &[What] {
        if part >= self.laid.len() {
            return &[];
        }
        if self.laid[part].is_none() {
            self.lay(thread, part);
        }
        self.laid[part].as_ref().map_or(&[], |laid| &laid.lines)
    }

    fn lay(&mut self, thread: &Conversation, part: usize) {
        if self.here >= MOST_LAID {
            let near = MOST_LAID / 8;
            self.forget(part.saturating_sub(near)..part + near);
        }
        let before = self.before(part);
        if before.is_none() && self.bare.last() != Some(&part) {
            self.bare.push(part);
        }
        let laid = lay(thread, part, self.look_of(part), before);
        self.has_folds |= laid.has_folds;
        if !std::mem::replace(&mut self.seen[part], true) {
            self.unseen -= 1;
        }
        self.laid[part] = Some(Box::new(laid));
        self.here += 1;
    }

    /// A line that is laid out.
    pub fn line(&self, spot: Spot) -> Option<&What> {
        self.laid.get(spot.part)?.as_ref()?.lines.get(spot.line)
    }

    /// The lines of a part that is laid out; none of another.
    pub fn laid(&self, part: usize) -> &[What] {
        self.laid.get(part).and_then(Option::as_ref).map_or(&[], |laid| &laid.lines)
    }

    /// The first line at or after the beginning of a part; none when there is none.
    pub fn first_from(&mut self, thread: &Conversation, part: usize) -> Option<Spot> {
        (part..self.parts()).find(|&at| !self.lines(thread, at).is_empty()).map(|part| Spot { part, line: 0 })
    }

    /// The last line before the beginning of a part.
    fn last_before(&mut self, thread: &Conversation, part: usize) -> Option<Spot> {
        let at = (0..part.min(self.parts())).rev().find(|&at| !self.lines(thread, at).is_empty())?;
        let lines = self.lines(thread, at).len();
        Some(Spot { part: at, line: lines - 1 })
    }

    /// The last line of all.
    pub fn last(&mut self, thread: &Conversation) -> Option<Spot> {
        self.last_before(thread, self.parts())
    }

    /// The line so many lines further on, or the last.
    pub fn forward(&mut self, thread: &Conversation, mut spot: Spot, mut by: usize) -> Spot {
        while by > 0 {
            let lines = self.lines(thread, spot.part).len();
            let left = lines.saturating_sub(spot.line + 1);
            if by <= left {
                return Spot { line: spot.line + by, ..spot };
            }
            let Some(next) = self.first_from(thread, spot.part + 1) else {
                return Spot { line: spot.line + left, ..spot };
            };
            by -= left + 1;
            spot = next;
        }
        spot
    }

    /// The line so many lines back, or the first.
    pub fn back(&mut self, thread: &Conversation, mut spot: Spot, mut by: usize) -> Spot {
        while by > 0 {
            if by <= spot.line {
                return Spot { line: spot.line - by, ..spot };
            }
            let Some(before) = self.last_before(thread, spot.part) else { return Spot { line: 0, ..spot } };
            by -= spot.line + 1;
            spot = before;
        }
        spot
    }

    /// The lines from a spot on, as many as fit.
    pub fn window(&mut self, thread: &Conversation, top: Spot, height: usize) -> Vec<Spot> {
        let mut view = Vec::with_capacity(height);
        let mut next = Some(top);
        while let Some(spot) = next.filter(|_| view.len() < height) {
            let lines = self.lines(thread, spot.part).len();
            let room = height - view.len();
            view.extend((spot.line..lines).take(room).map(|line| Spot { line, ..spot }));
            next = self.first_from(thread, spot.part + 1);
        }
        view
    }

    /// Whether what comes after a part is more than a little.
    fn weighs_much(thread: &Conversation, part: usize) -> bool {
        let rest = thread.parts.get(part + 1..).unwrap_or_default();
        rest.iter().map(|part| part.body.len()).sum::<usize>() > LITTLE
    }

    /// How many lines there are after a spot, when all parts after it are few enough to be laid out.
    pub fn after(&mut self, thread: &Conversation, spot: Spot) -> Option<usize> {
        let rest = self.parts() - (spot.part + 1).min(self.parts());
        if rest > WHOLE || !self.little && Self::weighs_much(thread, spot.part) {
            return None;
        }
        let own = self.lines(thread, spot.part).len().saturating_sub(spot.line + 1);
        let below: usize = (spot.part + 1..self.parts()).map(|at| self.lines(thread, at).len()).sum();
        Some(own + below)
    }

    /// Lays out everything where that is little.
    pub fn lay_little(&mut self, thread: &Conversation) {
        if self.little && self.unseen > 0 {
            (0..self.parts()).for_each(|part| {
                self.lines(thread, part);
            });
        }
    }
}

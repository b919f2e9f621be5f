//! What was done and can be undone: a word, a deletion, a paste. Keeps what came and what went, where, and what the line
//! breaks of it are; the library, which has a part of the text only, keeps nothing. The oldest is forgotten first.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::breaks::Break;
use super::lines::Spot;

/// The most steps that are remembered.
pub(super) const MOST: usize = 10_000;
/// A word without an end is undone in parts of so many steps.
const LONGEST_RUN: usize = 200;

/// What the last edit was, for undoing a word at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Run {
    /// Nothing that goes on.
    None,
    /// A word being typed.
    Typing,
    /// Characters being erased.
    Erasing,
}

/// One step: a text that came or went at a place, with a line feed for each of its breaks.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) at: Spot,
    pub(super) text: String,
    pub(super) breaks: Vec<Break>,
    /// Whether it came; otherwise it went.
    pub(super) came: bool,
}

impl Step {
    /// This step and the one that came after it as one: letters typed or erased in a row.
    fn and(&self, next: &Self) -> Option<Self> {
        let is_near = self.came == next.came && self.at.0 == next.at.0;
        if !is_near || !self.breaks.is_empty() || !next.breaks.is_empty() {
            return None;
        }
        let (first, second) = if self.came { (self, next) } else { (next, self) };
        let text = || format!("{}{}", first.text, second.text);
        (first.at.1 + first.text.len() == second.at.1).then(|| Self {
            at: first.at,
            text: text(),
            ..self.clone()
        })
    }
}

/// Steps that do the same, and are fewer where letters were typed or erased in a row.
pub(super) fn joined(group: &Group) -> Vec<Cow<'_, Step>> {
    let mut joined: Vec<Cow<'_, Step>> = Vec::new();
    for step in group {
        match joined.last_mut().and_then(|last| Some((last.and(step)?, last))) {
            Some((both, last)) => *last = Cow::Owned(both),
            None => joined.push(Cow::Borrowed(step)),
        }
    }
    joined
}

/// The steps that belong together, in the order in which they were done.
pub(super) type Group = Vec<Step>;

/// What was done, and what was undone of it.
#[derive(Debug)]
pub(super) struct Steps {
    most: usize,
    done: VecDeque<Group>,
    undone: Vec<Group>,
    /// How many steps the groups of both have together.
    count: usize,
    run: Run,
}

impl Steps {
    /// Nothing done yet, and `most` steps to remember.
    pub(super) fn of(most: usize) -> Self {
        Self { most, done: VecDeque::new(), undone: Vec::new(), count: 0, run: Run::None }
    }

    /// Says that what comes next does not belong to what was done last.
    pub(super) fn rest(&mut self) {
        self.run = Run::None;
    }

    /// Begins an edit, which goes on with the last one or stands for itself. What was undone is lost.
    pub(super) fn begin(&mut self, run: Run) {
        self.count -= self.undone.drain(..).map(|group| group.len()).sum::<usize>();
        let goes_on = run != Run::None && run == self.run;
        if !goes_on || self.done.back().is_none_or(|group| group.len() >= LONGEST_RUN) {
            self.done.push_back(Vec::new());
        }
        self.run = run;
    }

    /// Adds a step to the edit under way.
    pub(super) fn push(&mut self, step: Step) {
        if let Some(group) = self.done.back_mut() {
            group.push(step);
            self.count += 1;
        }
        while self.count > self.most && self.done.len() > 1 {
            self.count -= self.done.pop_front().map_or(0, |group| group.len());
        }
    }

    /// The last group that was done, or of those undone; it is lost unless it is put back on the other side.
    pub(super) fn take(&mut self, back: bool) -> Option<Group> {
        self.run = Run::None;
        let group = if back { self.done.pop_back() } else { self.undone.pop() };
        self.count -= group.as_ref().map_or(0, Vec::len);
        group
    }

    /// Keeps a group that was undone, or done again.
    pub(super) fn put(&mut self, back: bool, group: Group) {
        self.count += group.len();
        if back { self.undone.push(group) } else { self.done.push_back(group) }
    }
}

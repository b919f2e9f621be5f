//! Triage marks of this machine: done, put away until a time, pinned, a private note. MCP can neither snooze nor assign
//! (intercom-mcp 3.1), so these are ours, and nothing of them ever goes to the server. Owns when a conversation comes back
//! by itself, and what of a mark is news for the disk; refuses the disk itself.

mod change;
mod mark;
#[cfg(test)]
mod tests;
pub mod undo;
pub mod until;
pub mod words;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};

use super::conversation::{AuthorKind, Conversation, ConversationRow, PartKind};
use super::id::ConversationId;
use super::time::Unix;
pub use change::{Aside, Change};
pub use mark::{Mark, Standing};

/// Conversations that can be marked at most: more is a mistake, and memory has an end.
pub const MOST: usize = 50_000;
/// How many single changes are remembered for those who keep up with them one by one.
const REMEMBERED: usize = 64;

/// What somebody decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Done, or not. Ends being put away.
    Done(bool),
    /// Put away until then, or not. Ends being done.
    Until(Option<Unix>),
    /// Kept on top, or not.
    Pinned(bool),
    /// Private words; empty takes them away.
    Note(String),
}

/// What is known of a conversation when it is marked: nothing older than this brings it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Known {
    /// Since when the customer waits.
    pub waited: Option<Unix>,
    /// When anything last happened.
    pub updated: Option<Unix>,
}

impl Known {
    /// What a row tells.
    pub fn of(row: &ConversationRow) -> Self {
        Self { waited: row.waiting_since, updated: row.updated_at }
    }

    /// What a thread tells: its row, and the customer's newest words.
    pub fn of_thread(thread: &Conversation) -> Self {
        let row = Self::of(&thread.row);
        Self { updated: row.updated.max(said(thread)), ..row }
    }

    /// The newer of both.
    #[must_use]
    pub fn or_newer(self, other: Self) -> Self {
        Self { waited: self.waited.max(other.waited), updated: self.updated.max(other.updated) }
    }
}

/// When the customer said something last.
fn said(thread: &Conversation) -> Option<Unix> {
    let parts = thread.parts.iter().rev().filter(|part| part.kind == PartKind::Message);
    parts.filter(|part| part.author.kind == AuthorKind::Customer).filter_map(|part| part.created_at).max()
}

/// The marks of one workspace.
#[derive(Clone, Debug, Default)]
pub struct Triage {
    marks: HashMap<ConversationId, Mark>,
    version: u64,
    /// The conversations of the last steps of the version, newest last; emptied when all may have changed.
    touched: VecDeque<ConversationId>,
    fresh: Vec<Change>,
    returned: Vec<ConversationId>,
}

impl Triage {
    /// The mark of a conversation.
    pub fn mark(&self, id: &ConversationId) -> Option<&Mark> {
        self.marks.get(id)
    }

    /// Every mark, in no order.
    pub fn marks(&self) -> impl Iterator<Item = (&ConversationId, &Mark)> {
        self.marks.iter()
    }

    /// A number that grows whenever a mark or a standing may have changed.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The conversations whose marks changed since the marks had that version, each perhaps several times; none when more
    /// changed than is remembered.
    pub fn changed_since(&self, version: u64) -> Option<impl Iterator<Item = &ConversationId>> {
        let steps = usize::try_from(self.version.checked_sub(version)?).ok()?;
        let from = self.touched.len().checked_sub(steps)?;
        Some(self.touched.range(from..))
    }

    /// One conversation changed.
    fn step(&mut self, id: &ConversationId) {
        self.version += 1;
        if self.touched.len() == REMEMBERED {
            self.touched.pop_front();
        }
        self.touched.push_back(id.clone());
    }

    /// Any conversation may have changed.
    fn leap(&mut self) {
        self.version += 1;
        self.touched.clear();
    }

    /// Whether a conversation that has no mark yet can get one.
    pub fn has_room(&self) -> bool {
        self.marks.len() < MOST
    }

    /// Puts a mark in place of the old one; a blank one goes. Not news for the disk.
    pub fn put(&mut self, id: ConversationId, mark: Mark) {
        self.step(&id);
        if mark.is_blank() {
            self.marks.remove(&id);
        } else if self.has_room() || self.marks.contains_key(&id) {
            self.marks.insert(id, mark);
        }
    }

    /// How a conversation stands. Costs one look-up.
    pub fn standing(&self, row: &ConversationRow, now: Unix) -> Standing {
        self.marks.get(&row.id).map_or(Standing::Here, |mark| mark.standing(Some(row), now))
    }

    /// The same for one of which only the id is known.
    pub fn standing_of(&self, id: &ConversationId, now: Unix) -> Standing {
        self.marks.get(id).map_or(Standing::Here, |mark| mark.standing(None, now))
    }

    /// Somebody decides. False when there is no room for another mark; nothing is changed then.
    pub fn decide(&mut self, id: &ConversationId, decision: Decision, known: Known, now: Unix) -> bool {
        let mut mark = self.marks.get(id).cloned().unwrap_or_default();
        let mut change = Change::of(id.clone());
        match decision {
            Decision::Done(done) => {
                change.aside = Some(Aside::decided(done.then_some(now), None, known, now));
            }
            Decision::Until(until) => change.aside = Some(Aside::decided(None, until, known, now)),
            Decision::Pinned(pinned) => change.pinned = Some(pinned),
            Decision::Note(note) => change.note = Some(note),
        }
        change.apply(&mut mark);
        if !mark.is_blank() && !self.has_room() && !self.marks.contains_key(id) {
            return false;
        }
        self.put(id.clone(), mark);
        self.fresh.push(change);
        true
    }

    /// A row passes by: what it tells may bring its conversation back. Costs one look-up.
    pub fn see(&mut self, row: &ConversationRow, now: Unix) {
        let Some(mark) = self.marks.get(&row.id).filter(|mark| mark.back.is_none()) else { return };
        if mark.standing(Some(row), now) == Standing::Back {
            let heard = mark.wrote(row);
            self.bring_back(&row.id.clone(), heard, now);
        }
    }

    /// A thread was read: so may the customer's newest words in it, which tell more than its row.
    pub fn hear(&mut self, thread: &Conversation, now: Unix) {
        let id = &thread.row.id;
        let Some(mark) = self.marks.get(id).filter(|mark| mark.is_aside() && mark.back.is_none()) else {
            return;
        };
        let heard = said(thread).filter(|said| Some(*said) > mark.known());
        if heard.is_some() {
            self.bring_back(id, heard, now);
        } else {
            self.see(&thread.row, now);
        }
    }

    /// Time passed: brings back every conversation whose time is up.
    pub fn wake(&mut self, now: Unix) {
        let due = self.marks.iter().filter(|(_, mark)| mark.back.is_none() && mark.done.is_none());
        let due = due.filter(|(_, mark)| mark.until.is_some_and(|until| until <= now));
        let due: Vec<ConversationId> = due.map(|(id, _)| id.clone()).collect();
        for id in due {
            self.bring_back(&id, None, now);
        }
    }

    fn bring_back(&mut self, id: &ConversationId, heard: Option<Unix>, now: Unix) {
        let Some(mark) = self.marks.get_mut(id) else { return };
        (mark.heard, mark.back) = (heard, Some(now));
        let change = Change { aside: Some(Aside::of(mark)), ..Change::of(id.clone()) };
        self.fresh.push(change);
        self.returned.push(id.clone());
        self.step(id);
    }

    /// The workspace is another one that looks like this one, made just now, as the demo's is: nothing in it is news yet.
    pub fn begin_anew(&mut self, now: Unix) {
        self.leap();
        for mark in self.marks.values_mut() {
            (mark.waited, mark.updated) = (Some(now), Some(now));
        }
    }

    /// When the next conversation that was put away is due; walks the marks.
    pub fn next_due(&self) -> Option<Unix> {
        let away = self.marks.values().filter(|mark| mark.back.is_none() && mark.done.is_none());
        away.filter_map(|mark| mark.until).min()
    }

    /// What is new for the disk since the last call, in order.
    pub fn take_fresh(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.fresh)
    }

    /// Which conversations came back since the last call, in order.
    pub fn take_returned(&mut self) -> Vec<ConversationId> {
        std::mem::take(&mut self.returned)
    }

    /// Whether any came back since they were taken last.
    pub fn has_returned(&self) -> bool {
        !self.returned.is_empty()
    }

    /// Takes in what is on disk, in order: in place of everything, or after it. What there is no room for stays there only.
    pub fn read(&mut self, whole: bool, changes: &[Change]) {
        self.leap();
        if whole {
            self.marks.clear();
        }
        self.take_in(changes, MOST);
        // Who has it back may have been told otherwise by now.
        let Self { marks, returned, .. } = self;
        returned.retain(|id| marks.get(id).is_some_and(|mark| mark.back.is_some()));
    }

    /// What stands after all of these changes, however many conversations they are about: nothing on disk is to be lost.
    pub fn folded(changes: &[Change]) -> Vec<Change> {
        let mut all = Self::default();
        all.take_in(changes, usize::MAX);
        let mut marks: Vec<(ConversationId, Mark)> = all.marks.into_iter().collect();
        marks.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        marks.into_iter().flat_map(|(id, mark)| Change::whole(id, &mark)).collect()
    }

    fn take_in(&mut self, changes: &[Change], most: usize) {
        for change in changes {
            let room = self.marks.len() < most;
            match self.marks.entry(change.id.clone()) {
                Entry::Occupied(mut entry) => {
                    change.apply(entry.get_mut());
                    if entry.get().is_blank() {
                        entry.remove();
                    }
                }
                Entry::Vacant(entry) => {
                    let mut mark = Mark::default();
                    change.apply(&mut mark);
                    if room && !mark.is_blank() {
                        entry.insert(mark);
                    }
                }
            }
        }
    }
}

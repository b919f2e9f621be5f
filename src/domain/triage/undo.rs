//! Taking back what was decided, whole and in steps: what every conversation of a step was before, and what it became. Where
//! somebody decided anew since, in this window or another one, the newer decision stays.

use std::collections::VecDeque;

use super::{Change, MOST, Mark, Triage};
use crate::domain::id::ConversationId;

/// One conversation before and after it was decided about.
#[derive(Clone, Debug)]
pub struct Decided {
    /// Which one.
    pub id: ConversationId,
    /// Its mark before; blank for none.
    pub before: Mark,
    /// Its mark after; blank for none.
    pub after: Mark,
}

impl Decided {
    /// What brings back what was, where what was decided then still stands.
    fn undone(&self, now: &Mark) -> Vec<Change> {
        let Self { id, before, after } = self;
        let decision = |mark: &Mark| (mark.done, mark.until, mark.at);
        let mut changes = Vec::new();
        if decision(before) != decision(after) && decision(now) == decision(after) {
            changes.extend(Change::aside(id, before));
        }
        if before.pinned != after.pinned && now.pinned == after.pinned {
            changes.push(Change { pinned: Some(before.pinned), ..Change::of(id.clone()) });
        }
        if before.note != after.note && now.note == after.note {
            changes.push(Change { note: Some(before.note.clone()), ..Change::of(id.clone()) });
        }
        changes
    }
}

impl Triage {
    /// Takes back what was decided about one conversation. False when somebody decided anew since.
    pub fn take_back(&mut self, decided: &Decided) -> bool {
        let now = self.marks.get(&decided.id).cloned().unwrap_or_default();
        let changes = decided.undone(&now);
        let mut mark = now;
        for change in &changes {
            change.apply(&mut mark);
        }
        let any = !changes.is_empty();
        if any {
            self.put(decided.id.clone(), mark);
            self.fresh.extend(changes);
        }
        any
    }
}

/// What was decided in this run, the newest last: one step for each key, however many conversations it was about.
#[derive(Clone, Debug, Default)]
pub struct Steps(VecDeque<Vec<Decided>>);

impl Steps {
    /// Adds a step. The oldest go when there are too many; the newest can always be taken back.
    pub fn add(&mut self, step: Vec<Decided>) {
        if step.is_empty() {
            return;
        }
        self.0.push_back(step);
        let mut held: usize = self.0.iter().map(Vec::len).sum();
        while held > MOST && self.0.len() > 1 {
            held -= self.0.pop_front().map_or(0, |step| step.len());
        }
    }

    /// The newest step, which is gone then.
    pub fn take(&mut self) -> Option<Vec<Decided>> {
        self.0.pop_back()
    }

    /// Whether nothing can be taken back.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

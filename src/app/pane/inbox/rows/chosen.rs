//! The rows that were chosen, by conversation, so that they stay chosen over refreshes, orders and filters. Owns the set;
//! refuses to know what is done with it.

use std::collections::HashSet;

use crate::domain::id::ConversationId;

/// Conversations that were chosen.
#[derive(Debug, Default)]
pub struct Chosen {
    ids: HashSet<ConversationId>,
    /// How many of them are shown, as it was counted last.
    shown: usize,
    /// Whether the set changed since, and what the rows were then.
    changed: bool,
    generation: u64,
}

impl Chosen {
    /// Whether a conversation was chosen. Costs a look-up only when any was.
    pub fn has(&self, id: &ConversationId) -> bool {
        !self.ids.is_empty() && self.ids.contains(id)
    }

    /// How many were chosen.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether none was chosen.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Chooses one that is shown, or no longer.
    pub(super) fn turn(&mut self, id: &ConversationId) {
        if self.ids.remove(id) {
            self.shown = self.shown.saturating_sub(1);
        } else {
            self.ids.insert(id.clone());
            self.shown += 1;
        }
    }

    /// Chooses all of these; or none any more, when every one was chosen already.
    pub(super) fn turn_all<'a>(&mut self, ids: impl Iterator<Item = &'a ConversationId> + Clone) {
        self.changed = true;
        if ids.clone().all(|id| self.ids.contains(id)) {
            self.ids.clear();
        } else {
            self.ids.extend(ids.cloned());
        }
    }

    /// Keeps those only.
    pub(in crate::app::pane::inbox) fn retain(&mut self, keep: impl Fn(&ConversationId) -> bool) {
        let before = self.ids.len();
        self.ids.retain(|id| keep(id));
        self.changed |= self.ids.len() != before;
    }

    /// How many are not shown, as it was counted last.
    pub fn unseen(&self) -> usize {
        self.ids.len().saturating_sub(self.shown)
    }

    /// Counts how many are shown, when more than one of them or the rows changed. Walks what was chosen.
    pub(in crate::app::pane::inbox) fn count(
        &mut self,
        generation: u64,
        is_shown: impl Fn(&ConversationId) -> bool,
    ) {
        let other = std::mem::replace(&mut self.generation, generation) != generation && !self.ids.is_empty();
        if std::mem::take(&mut self.changed) || other {
            self.shown = self.ids.iter().filter(|id| is_shown(id)).count();
        }
    }

    /// None any more.
    pub(in crate::app::pane::inbox) fn clear(&mut self) {
        self.changed = true;
        self.ids.clear();
    }

    /// All of them, by id.
    pub(super) fn sorted(&self) -> Vec<&ConversationId> {
        let mut ids: Vec<&ConversationId> = self.ids.iter().collect();
        ids.sort_unstable();
        ids
    }
}

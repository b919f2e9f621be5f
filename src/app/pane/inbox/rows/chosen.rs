//! The rows that were chosen. They stay chosen over refreshes, orders and filters. Those that are loaded are kept by number, so
//! that choosing all of many costs a look at each and no copy. Owns what is chosen; refuses to know what is done with it.

use std::collections::HashSet;

use super::super::results::Results;
use super::Arranged;
use crate::domain::conversation::ConversationRow;
use crate::domain::id::ConversationId;

/// Conversations that were chosen.
#[derive(Debug, Default)]
pub struct Chosen {
    /// Whether each loaded row was, by number; shorter than the rows when the rest was not.
    rows: Vec<bool>,
    /// How many of them were.
    loaded: usize,
    /// Those that a refresh did not bring again.
    others: HashSet<ConversationId>,
    /// How many are shown, as it was counted last.
    shown: usize,
    /// Whether more than one changed since, and what the rows were then.
    changed: bool,
    generation: u64,
}

impl Chosen {
    /// Whether the row with this number was chosen.
    pub fn has(&self, number: u32) -> bool {
        self.rows.get(number as usize).copied().unwrap_or_default()
    }

    /// How many were chosen.
    pub fn len(&self) -> usize {
        self.loaded + self.others.len()
    }

    /// How many of them are loaded.
    pub fn loaded(&self) -> usize {
        self.loaded
    }

    /// Whether none was chosen.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn put(&mut self, number: u32, chosen: bool) {
        let at = number as usize;
        if self.rows.len() <= at {
            self.rows.resize(at + 1, false);
        }
        match (std::mem::replace(&mut self.rows[at], chosen), chosen) {
            (false, true) => self.loaded += 1,
            (true, false) => self.loaded -= 1,
            (false, false) | (true, true) => {}
        }
    }

    /// Chooses one that is shown, or no longer.
    pub(super) fn turn(&mut self, number: u32) {
        let chosen = !self.has(number);
        self.put(number, chosen);
        self.shown = if chosen { self.shown + 1 } else { self.shown.saturating_sub(1) };
    }

    /// Chooses all of these; or none any more, when every one was chosen already.
    pub(super) fn turn_all(&mut self, shown: &[u32]) {
        if shown.iter().all(|&number| self.has(number)) {
            return self.clear();
        }
        self.changed = true;
        for &number in shown {
            self.put(number, true);
        }
    }

    /// Lets go of the loaded ones that are gone.
    pub(in crate::app::pane::inbox) fn let_go(&mut self, is_gone: impl Fn(u32) -> bool) {
        for (number, chosen) in (0..).zip(&mut self.rows) {
            if *chosen && is_gone(number) {
                *chosen = false;
                self.loaded -= 1;
                self.changed = true;
            }
        }
    }

    /// The same search was asked again: what was chosen is found again among its rows.
    pub(in crate::app::pane::inbox) fn carry(&mut self, old: &Results, new: &Results) {
        if self.is_empty() {
            return;
        }
        let before = old.rows().iter().zip(std::mem::take(&mut self.rows));
        self.others.extend(before.filter(|(_, chosen)| *chosen).map(|(row, _)| row.id.clone()));
        (self.loaded, self.changed) = (0, true);
        self.came(new.rows(), 0);
    }

    /// Rows came, from this number on, of which some may have been chosen before.
    pub(in crate::app::pane::inbox) fn came(&mut self, rows: &[ConversationRow], from: usize) {
        if self.others.is_empty() {
            return;
        }
        for (number, row) in (0..).zip(rows).skip(from) {
            if self.others.remove(&row.id) {
                self.put(number, true);
                self.changed = true;
            }
        }
    }

    /// How many are not shown, as it was counted last.
    pub fn unseen(&self) -> usize {
        self.len().saturating_sub(self.shown)
    }

    /// Counts how many are shown, when more than one of them or the rows changed. Walks what is shown.
    pub(in crate::app::pane::inbox) fn count(&mut self, arranged: &Arranged) {
        let generation = arranged.generation();
        let other = std::mem::replace(&mut self.generation, generation) != generation && !self.is_empty();
        if std::mem::take(&mut self.changed) || other {
            self.shown = arranged.shown().iter().filter(|&&number| self.has(number)).count();
        }
    }

    /// None any more.
    pub(in crate::app::pane::inbox) fn clear(&mut self) {
        *self = Self { generation: self.generation, ..Self::default() };
    }

    /// All of them as they are shown, then the others by id.
    pub(in crate::app::pane::inbox) fn ids(&self, results: &Results) -> Vec<ConversationId> {
        let (rows, arranged) = (results.rows(), &results.arranged);
        let id = |number: u32| rows.get(number as usize).map(|row| row.id.clone());
        let shown = arranged.shown().iter().copied().filter(|&number| self.has(number));
        let mut ids: Vec<ConversationId> = shown.filter_map(id).collect();
        if ids.len() < self.len() {
            let hidden = (0..).zip(&self.rows).filter(|(_, chosen)| **chosen).map(|(number, _)| number);
            let hidden = hidden.filter(|&number| arranged.shown_place(number).is_none());
            let mut rest: Vec<ConversationId> =
                hidden.filter_map(id).chain(self.others.iter().cloned()).collect();
            rest.sort_unstable();
            ids.append(&mut rest);
        }
        ids
    }
}

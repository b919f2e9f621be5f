//! What is new since one looked: rows that a refresh brought, and rows that changed since they were last on the screen in this
//! run. Owns when a row counts as looked at; refuses to draw the mark.

use std::collections::HashMap;

use crate::domain::conversation::ConversationRow;
use crate::domain::id::ConversationId;
use crate::domain::time::Unix;

use super::super::results::Results;

/// The most rows remembered; a list of this length takes hours to look through.
const MOST: usize = 50_000;

/// Why a row is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It was not in this search before.
    New,
    /// Something happened since.
    Changed,
}

/// A mark, and whether it was on the screen.
#[derive(Clone, Copy, Debug)]
struct Marked {
    news: News,
    seen: bool,
}

/// What was looked at, and what is marked.
#[derive(Debug, Default)]
pub struct Looks {
    /// When the row was updated last, as it was on the screen.
    looked: HashMap<ConversationId, Unix>,
    marked: HashMap<ConversationId, Marked>,
}

/// How much a refresh brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Brought {
    /// Rows that were not there before.
    pub new: usize,
    /// Rows that changed.
    pub changed: usize,
}

impl Looks {
    /// Why a row is marked; none when it is not. Costs a look-up only when any is.
    pub fn news(&self, id: &ConversationId) -> Option<News> {
        if self.marked.is_empty() { None } else { self.marked.get(id).map(|marked| marked.news) }
    }

    /// Rows are on the screen.
    pub(in crate::app::pane::inbox) fn look<'a>(&mut self, rows: impl Iterator<Item = &'a ConversationRow>) {
        for row in rows {
            self.see(row);
            if let Some(marked) = self.marked.get_mut(&row.id) {
                marked.seen = true;
            }
        }
    }

    /// A conversation was opened: its mark goes.
    pub(in crate::app::pane::inbox) fn open(&mut self, row: &ConversationRow) {
        self.marked.remove(&row.id);
        self.see(row);
    }

    fn see(&mut self, row: &ConversationRow) {
        let Some(at) = row.updated_at else { return };
        if let Some(looked) = self.looked.get_mut(&row.id) {
            *looked = at;
        } else if self.looked.len() < MOST {
            self.looked.insert(row.id.clone(), at);
        }
    }

    /// Rows came: marks those that changed since they were looked at.
    pub(in crate::app::pane::inbox) fn came<'a>(&mut self, rows: impl Iterator<Item = &'a ConversationRow>) {
        for row in rows {
            let looked = self.looked.get(&row.id).copied();
            if looked.is_some() && looked < row.updated_at {
                self.marked.insert(row.id.clone(), Marked { news: News::Changed, seen: false });
            }
        }
    }

    /// The same search was asked again: marks that were seen go, and what it brought is marked.
    pub(in crate::app::pane::inbox) fn refreshed(&mut self, old: &Results, new: &Results) -> Brought {
        self.marked.retain(|_, marked| !marked.seen);
        let mut brought = Brought::default();
        for row in new.rows() {
            let news = self.compare(old, row);
            match news {
                Some(News::New) => brought.new += 1,
                Some(News::Changed) => brought.changed += 1,
                None => continue,
            }
            if let Some(news) = news {
                self.marked.insert(row.id.clone(), Marked { news, seen: false });
            }
        }
        brought
    }

    /// What a row is to somebody who knows the rows before. A row that only moved up from a page that was not loaded is not
    /// news: nothing happened to it since.
    fn compare(&self, old: &Results, row: &ConversationRow) -> Option<News> {
        let looked = self.looked.get(&row.id).copied();
        let Some(before) = old.row(&row.id) else {
            let since = row.updated_at >= Some(old.answered_at) || old.next().is_none();
            return since.then_some(if looked.is_some() { News::Changed } else { News::New });
        };
        let known = looked.max(before.updated_at.filter(|_| !before.thin));
        (known.is_some() && known < row.updated_at).then_some(News::Changed)
    }
}

//! What of a mark changed, apart from the rest of it, so that two windows that decide about one conversation do not undo each
//! other: one line of the file on disk is one of these.

use super::{Known, Mark};
use crate::domain::id::ConversationId;
use crate::domain::time::Unix;

/// Done, put away, back: the part of a mark that is decided as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Aside {
    /// As in `Mark`.
    pub done: Option<Unix>,
    /// As in `Mark`.
    pub until: Option<Unix>,
    /// As in `Mark`.
    pub waited: Option<Unix>,
    /// As in `Mark`.
    pub updated: Option<Unix>,
    /// As in `Mark`.
    pub at: Option<Unix>,
    /// As in `Mark`.
    pub heard: Option<Unix>,
    /// As in `Mark`.
    pub back: Option<Unix>,
}

impl Aside {
    /// That part of a mark.
    pub fn of(mark: &Mark) -> Self {
        let Mark { done, until, waited, updated, at, heard, back, .. } = *mark;
        Self { done, until, waited, updated, at, heard, back }
    }

    /// A new decision; none of both is the decision that it is here again.
    pub(super) fn decided(done: Option<Unix>, until: Option<Unix>, known: Known, now: Unix) -> Self {
        if done.is_none() && until.is_none() {
            return Self::default();
        }
        let Known { waited, updated } = known;
        Self { done, until, waited, updated, at: Some(now), heard: None, back: None }
    }
}

/// What changed about one conversation; none for what did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which one.
    pub id: ConversationId,
    /// Done, put away, back.
    pub aside: Option<Aside>,
    /// Kept on top.
    pub pinned: Option<bool>,
    /// Private words; empty for none any more.
    pub note: Option<String>,
}

impl Change {
    /// Nothing changed yet.
    pub fn of(id: ConversationId) -> Self {
        Self { id, aside: None, pinned: None, note: None }
    }

    /// A whole mark.
    pub fn whole(id: ConversationId, mark: &Mark) -> Self {
        let note = (!mark.note.is_empty()).then(|| mark.note.clone());
        let aside = mark.is_aside().then(|| Aside::of(mark));
        Self { id, aside, pinned: mark.pinned.then_some(true), note }
    }

    /// Puts what changed into a mark.
    pub fn apply(&self, mark: &mut Mark) {
        if let Some(Aside { done, until, waited, updated, at, heard, back }) = self.aside {
            (mark.done, mark.until, mark.waited, mark.updated) = (done, until, waited, updated);
            (mark.at, mark.heard, mark.back) = (at, heard, back);
        }
        if let Some(pinned) = self.pinned {
            mark.pinned = pinned;
        }
        if let Some(note) = &self.note {
            mark.note.clone_from(note);
        }
    }
}

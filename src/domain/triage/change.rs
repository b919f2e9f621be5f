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

    /// A whole mark: what was decided, and that it came back since.
    pub fn whole(id: ConversationId, mark: &Mark) -> Vec<Self> {
        let note = (!mark.note.is_empty()).then(|| mark.note.clone());
        let mut all = if mark.is_aside() { Self::aside(&id, mark) } else { vec![Self::of(id)] };
        if let Some(first) = all.first_mut() {
            (first.pinned, first.note) = (mark.pinned.then_some(true), note);
        }
        all
    }

    /// Done, put away or neither, and that it came back since.
    pub(super) fn aside(id: &ConversationId, mark: &Mark) -> Vec<Self> {
        let aside = Aside::of(mark);
        let decided = Aside { heard: None, back: None, ..aside };
        let all = if mark.back.is_some() { vec![decided, aside] } else { vec![aside] };
        all.into_iter().map(|aside| Self { aside: Some(aside), ..Self::of(id.clone()) }).collect()
    }

    /// Puts what changed into a mark. That it came back is about one decision: where somebody decided anew meanwhile, it is no
    /// news any more.
    pub fn apply(&self, mark: &mut Mark) {
        let holds = |aside: &Aside| aside.back.is_none() || (mark.is_aside() && mark.at == aside.at);
        if let Some(Aside { done, until, waited, updated, at, heard, back }) = self.aside.filter(holds) {
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

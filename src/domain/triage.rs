//! Triage marks of this machine: done, put away until a time, pinned, a private note. MCP can neither snooze nor assign
//! (intercom-mcp 3.1), so these are ours, and nothing of them ever goes to the server. Owns when a conversation comes back
//! by itself; refuses the disk.

use std::collections::HashMap;

use super::conversation::ConversationRow;
use super::id::ConversationId;
use super::time::Unix;

/// What somebody at this machine decided about a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Mark {
    /// When it was marked as done; none when it was not.
    pub done: Option<Unix>,
    /// Put away until then; none when it was not.
    pub until: Option<Unix>,
    /// Kept on top.
    pub pinned: bool,
    /// Private words, byte for byte as typed; empty for none.
    pub note: String,
    /// The newest sign of the customer that was known when it was marked as done or put away: since when they waited.
    pub waited: Option<Unix>,
    /// When it was last updated, as known then.
    pub updated: Option<Unix>,
}

impl Mark {
    /// Whether it says nothing any more.
    pub fn is_blank(&self) -> bool {
        self.done.is_none() && self.until.is_none() && !self.pinned && self.note.is_empty()
    }
}

/// How a conversation stands by the marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In the list.
    Here,
    /// It was away and came back: the customer wrote, or the time is up.
    Back,
    /// Done.
    Done,
    /// Put away until then.
    Away(Unix),
}

/// The marks of one workspace.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Triage {
    marks: HashMap<ConversationId, Mark>,
    /// Rises with every change.
    revision: u64,
}

impl Triage {
    /// The mark of a conversation.
    pub fn mark(&self, id: &ConversationId) -> Option<&Mark> {
        self.marks.get(id)
    }

    /// Rises with every change, so that who arranged rows by the marks knows when to do it again.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Puts a mark in place of the old one; a blank one goes.
    pub fn put(&mut self, id: ConversationId, mark: Mark) {
        self.revision += 1;
        if mark.is_blank() {
            self.marks.remove(&id);
        } else {
            self.marks.insert(id, mark);
        }
    }

    /// How a conversation stands. Costs one look-up.
    pub fn standing(&self, row: &ConversationRow, now: Unix) -> Standing {
        let Some(mark) = self.marks.get(&row.id) else { return Standing::Here };
        if mark.done.is_none() && mark.until.is_none() {
            return Standing::Here;
        }
        let wrote = row.waiting_since.is_some() && row.waiting_since > mark.waited;
        match (mark.done, mark.until) {
            _ if wrote => Standing::Back,
            (Some(_), _) => Standing::Done,
            (None, Some(until)) if until.0 <= now.0 => Standing::Back,
            (None, Some(until)) => Standing::Away(until),
            (None, None) => Standing::Here,
        }
    }
}

//! A mark, and how its conversation stands by it. Owns the rule for what brings a conversation back; knows no disk.

use crate::domain::conversation::ConversationRow;
use crate::domain::time::Unix;

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
    /// When it was marked as done or put away.
    pub at: Option<Unix>,
    /// When the customer wrote after that, as far as it was noticed.
    pub heard: Option<Unix>,
    /// When it was noticed that it came back. From then on it stays, whatever happens, until somebody decides anew.
    pub back: Option<Unix>,
}

impl Mark {
    /// Whether it says nothing any more.
    pub fn is_blank(&self) -> bool {
        !self.is_aside() && !self.pinned && self.note.is_empty()
    }

    /// Whether it was marked as done or put away, be it back by now or not.
    pub fn is_aside(&self) -> bool {
        self.done.is_some() || self.until.is_some()
    }

    /// What the customer's words have to be newer than to be news. Without a time of the server's, our own has to do.
    pub(super) fn known(&self) -> Option<Unix> {
        self.waited.max(self.updated).or(self.at)
    }

    /// When the customer wrote, as far as a row tells, when that is news. Since when they wait does not move when somebody who
    /// waits already writes again; when they wrote last does (`statistics.last_contact_reply_at`, intercom-mcp 6.1).
    pub(super) fn wrote(&self, row: &ConversationRow) -> Option<Unix> {
        let known = self.waited.or(self.updated).or(self.at);
        let waits = row.waiting_since.filter(|since| Some(*since) > known);
        row.contact_replied.filter(|replied| Some(*replied) > self.known()).or(waits)
    }

    /// Whether something happened while the customer waits, in a row that does not tell when they wrote last: it may have been
    /// they. One that comes back for nothing costs a look, one that stays away costs a customer.
    fn stirred(&self, row: &ConversationRow) -> bool {
        let known = self.updated.or(self.at);
        row.contact_replied.is_none()
            && row.waiting_since.is_some()
            && row.updated_at.zip(known).is_some_and(|(updated, known)| updated > known)
    }

    /// How its conversation stands, by what a row of it tells.
    pub(super) fn standing(&self, row: Option<&ConversationRow>, now: Unix) -> Standing {
        let wrote = || row.is_some_and(|row| self.wrote(row).is_some() || self.stirred(row));
        match (self.done, self.until) {
            (None, None) => Standing::Here,
            _ if self.back.is_some() || wrote() => Standing::Back,
            (Some(_), _) => Standing::Done,
            (None, Some(until)) if until.0 <= now.0 => Standing::Back,
            (None, Some(until)) => Standing::Away(until),
        }
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

impl Standing {
    /// Whether it is out of the list.
    pub fn is_aside(self) -> bool {
        matches!(self, Self::Done | Self::Away(_))
    }
}

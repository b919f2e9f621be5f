//! The threads read last, so that opening one again shows it at once. Owns how many are kept.

use crate::domain::conversation::Conversation;
use crate::domain::id::ConversationId;
use crate::domain::time::{Moment, Unix};

/// Threads kept.
const KEPT: usize = 20;
/// How long a copy counts as fresh, in milliseconds.
pub const FRESH_MILLIS: u64 = 15_000;

/// A thread as it came, with a number that changes when its content does.
#[derive(Debug)]
pub struct Kept {
    /// The thread.
    pub conversation: Box<Conversation>,
    /// Different for every content.
    pub version: u64,
    /// When it came.
    pub at: Moment,
}

impl Kept {
    /// Whether it need not be asked for: it came just now, and nothing is known to have happened since.
    pub fn is_fresh(&self, now: Moment, updated: Option<Unix>) -> bool {
        now.since(self.at) < FRESH_MILLIS && updated <= self.conversation.row.updated_at
    }
}

/// The threads read last, the newest at the end.
#[derive(Debug, Default)]
pub struct Shelf {
    kept: Vec<Kept>,
    versions: u64,
}

impl Shelf {
    /// A thread, when it is still here.
    pub fn get(&self, id: &ConversationId) -> Option<&Kept> {
        self.kept.iter().rev().find(|kept| kept.conversation.row.id == *id)
    }

    /// Makes a thread the newest, so that it stays longest.
    pub fn touch(&mut self, id: &ConversationId) {
        if let Some(at) = self.kept.iter().position(|kept| kept.conversation.row.id == *id) {
            let kept = self.kept.remove(at);
            self.kept.push(kept);
        }
    }

    /// Keeps a thread as the newest. The version stays when nothing changed.
    pub fn put(&mut self, conversation: Box<Conversation>, at: Moment) {
        let id = &conversation.row.id;
        let old = self.kept.iter().position(|kept| kept.conversation.row.id == *id);
        let old = old.map(|at| self.kept.remove(at));
        let same = old.filter(|old| old.conversation == conversation).map(|old| old.version);
        let version = same.unwrap_or_else(|| {
            self.versions += 1;
            self.versions
        });
        self.kept.push(Kept { conversation, version, at });
        if self.kept.len() > KEPT {
            self.kept.remove(0);
        }
    }
}

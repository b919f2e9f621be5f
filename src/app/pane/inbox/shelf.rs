//! The threads read last, so that opening one again shows it at once. Owns how many are kept.

use crate::domain::conversation::Conversation;
use crate::domain::id::ConversationId;

/// Threads kept.
const KEPT: usize = 20;

/// A thread as it came, with a number that changes when its content does.
#[derive(Debug)]
pub struct Kept {
    /// The thread.
    pub conversation: Box<Conversation>,
    /// Different for every content.
    pub version: u64,
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

    /// Keeps a thread as the newest. The version stays when nothing changed.
    pub fn put(&mut self, conversation: Box<Conversation>) {
        let id = &conversation.row.id;
        let old = self.kept.iter().position(|kept| kept.conversation.row.id == *id);
        let old = old.map(|at| self.kept.remove(at));
        let same = old.filter(|old| old.conversation == conversation).map(|old| old.version);
        let version = same.unwrap_or_else(|| {
            self.versions += 1;
            self.versions
        });
        self.kept.push(Kept { conversation, version });
        if self.kept.len() > KEPT {
            self.kept.remove(0);
        }
    }
}

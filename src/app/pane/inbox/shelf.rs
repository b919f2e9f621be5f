//! The threads read last, so that opening one again shows it at once. Owns how many are kept, and how much
//! memory they may take.

use crate::domain::conversation::{Conversation, Part};
use crate::domain::id::ConversationId;
use crate::domain::time::{Moment, Unix};

/// Threads kept.
const KEPT: usize = 20;
/// Bytes of all threads kept, about.
const MOST_BYTES: usize = 16 << 20;
/// What a file of a part takes, in bytes.
const FILE: usize = 200;
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
    bytes: usize,
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

    /// Keeps a thread as the newest. The version stays when nothing changed. The one that is `open` stays newest in any
    /// case, and is kept however large it is.
    pub fn put(&mut self, conversation: Box<Conversation>, at: Moment, open: Option<&ConversationId>) {
        let id = &conversation.row.id;
        let old = self.kept.iter().position(|kept| kept.conversation.row.id == *id);
        let old = old.map(|at| self.kept.remove(at));
        let same = old.filter(|old| old.conversation == conversation).map(|old| old.version);
        let version = same.unwrap_or_else(|| {
            self.versions += 1;
            self.versions
        });
        let bytes = weight(&conversation);
        self.kept.push(Kept { conversation, version, at, bytes });
        if let Some(open) = open {
            self.touch(open);
        }
        while self.kept.len() > 1 && (self.kept.len() > KEPT || self.bytes() > MOST_BYTES) {
            self.kept.remove(0);
        }
    }

    /// Bytes of everything that is kept, about.
    pub fn bytes(&self) -> usize {
        self.kept.iter().map(|kept| kept.bytes).sum()
    }
}

/// How much memory a thread takes, about.
fn weight(conversation: &Conversation) -> usize {
    let part = |part: &Part| {
        let names = part.author.name.len() + part.author.email.len() + part.detail.len();
        size_of::<Part>() + part.body.len() + names + part.attachments.len() * FILE
    };
    conversation.parts.iter().map(part).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::conversation::{Author, PartKind, bare_row};
    use crate::domain::text::{Clean, Raw};

    fn thread(id: u64, bytes: usize) -> Box<Conversation> {
        let part = Part {
            id: "1".into(),
            kind: PartKind::Message,
            part_type: Clean::fixed("comment"),
            author: Author::default(),
            body: Raw::new("x".repeat(bytes)),
            attachments: Vec::new(),
            created_at: None,
            assigned_to: None,
            redacted: false,
            detail: Clean::default(),
        };
        Box::new(Conversation::of(bare_row(id), vec![part]))
    }

    #[test]
    fn large_threads_go_and_the_open_one_stays() {
        let mut shelf = Shelf::default();
        let huge = thread(1, MOST_BYTES);
        let open = huge.row.id.clone();
        shelf.put(huge, Moment::default(), Some(&open));
        shelf.put(thread(2, 10), Moment::default(), Some(&open));
        assert!(shelf.get(&open).is_some() && shelf.get(&bare_row(2).id).is_none());
        for id in 3..40 {
            shelf.put(thread(id, MOST_BYTES / 8), Moment::default(), None);
            assert!(shelf.bytes() <= MOST_BYTES);
        }
        assert_eq!(shelf.kept.len(), 7);
    }
}

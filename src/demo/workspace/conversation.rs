//! Conversations: compact records that refer to a story, and the notes added since the start.

use super::{Story, Workspace};

/// A conversation: which story it tells, with whom, and when it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Record {
    /// The id.
    pub(crate) id: u64,
    /// The story's position.
    pub(crate) story: u32,
    /// The contact's position.
    pub(crate) person: u32,
    /// Unix seconds.
    pub(crate) began_at: i64,
}

/// A note added through the server.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    /// `note` or `note_and_unsnooze`.
    pub(crate) kind: &'static str,
    /// HTML.
    pub(crate) body: String,
    /// The admin who wrote it.
    pub(crate) author: i64,
    /// Unix seconds.
    pub(crate) at: i64,
}

impl Workspace {
    /// A conversation and its story; `None` only for an index that is no conversation.
    pub(crate) fn conversation(&self, index: u32) -> Option<(&Record, &Story)> {
        let record = self.conversations.get(index as usize)?;
        Some((record, self.stories.get(record.story as usize)?))
    }

    /// The notes added since the start.
    pub(crate) fn notes_of(&self, index: u32) -> &[Note] {
        self.notes.get(&index).map_or(&[], Vec::as_slice)
    }

    /// When the conversation last changed, Unix seconds.
    pub(crate) fn conversation_updated(&self, index: u32) -> i64 {
        let told =
            self.conversation(index).map_or(0, |(record, story)| record.began_at + story.facts.updated);
        self.notes_of(index).last().map_or(told, |note| note.at.max(told))
    }

    /// `open`, `closed` or `snoozed`.
    pub(crate) fn conversation_state(&self, index: u32) -> &str {
        let woken = self.notes_of(index).iter().any(|note| note.kind == "note_and_unsnooze");
        if woken {
            "open"
        } else {
            self.conversation(index).map_or("open", |(_, story)| story.state.as_str())
        }
    }

    /// When a snoozed conversation wakes, Unix seconds.
    pub(crate) fn conversation_snoozed_until(&self, index: u32) -> Option<i64> {
        if self.conversation_state(index) != "snoozed" {
            return None;
        }
        let (_, story) = self.conversation(index)?;
        Some(self.clock.began_at() + story.wakes_in?)
    }

    /// Adds a note and moves the conversation to the front.
    pub(crate) fn add_note(&mut self, index: u32, note: Note) {
        self.notes.entry(index).or_default().push(note);
        let key = (self.conversation_updated(index), index);
        self.conversation_order.retain(|&other| other != index);
        let place =
            self.conversation_order.partition_point(|&other| (self.conversation_updated(other), other) > key);
        self.conversation_order.insert(place, index);
        self.changed();
    }
}

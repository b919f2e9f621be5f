//! A conversation's thread and its parts. Owns the rule for what is a message, a note or an event.

use super::{Author, ConversationRow};
use crate::domain::text::{Clean, Raw};
use crate::domain::time::Unix;

/// What a part is to the reader (intercom-mcp 6.2, the rule below the table).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// Has words or files and the customer can see it.
    Message,
    /// Internal: the type starts with `note`.
    Note,
    /// Something that happened, without words.
    Event,
}

/// A file that came with a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// File name as given; never used as a path.
    pub name: Clean,
    /// Media type; empty when unsaid.
    pub content_type: Clean,
    /// Bytes.
    pub size: Option<u64>,
    /// Where it is; signed and expiring.
    pub address: Clean,
}

/// One entry of a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its id; empty for the opening message of some channels.
    pub id: Box<str>,
    /// What it is to the reader.
    pub kind: PartKind,
    /// Intercom's word for it, such as `note_and_unsnooze`.
    pub part_type: Clean,
    /// Who.
    pub author: Author,
    /// HTML as it came; empty for events.
    pub body: Raw,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// When.
    pub created_at: Option<Unix>,
    /// Whom an assignment went to.
    pub assigned_to: Option<Author>,
    /// Removed by a teammate or the channel.
    pub redacted: bool,
    /// The source words of an event that carries more, such as a changed attribute; empty when unsaid.
    pub detail: Clean,
}

/// The kind of a part by Intercom's word for it and by whether it has a body or files.
pub fn kind_of(part_type: &str, has_words: bool) -> PartKind {
    if part_type.starts_with("note") {
        PartKind::Note
    } else if has_words {
        PartKind::Message
    } else {
        PartKind::Event
    }
}

/// A conversation with its thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// What a list shows of it.
    pub row: ConversationRow,
    /// The opening message first, then the parts by time. The server keeps the newest 500.
    pub parts: Vec<Part>,
    /// How many parts the server counts, when it said so; more than `parts` holds means the oldest are cut off.
    pub parts_total: Option<u64>,
    /// The customer's words beside the rating; empty when none.
    pub remark: Clean,
    /// Attribute name and value, in the server's order.
    pub attributes: Vec<(Clean, Clean)>,
    /// Teammates seen in it.
    pub teammates: Vec<Author>,
    /// True for a ticket.
    pub ticket: bool,
}

impl Conversation {
    /// A thread of which nothing is known but its row and its parts.
    pub fn of(row: ConversationRow, parts: Vec<Part>) -> Self {
        Self {
            row,
            parts,
            parts_total: None,
            remark: Clean::default(),
            attributes: Vec::new(),
            teammates: Vec::new(),
            ticket: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_with_words_is_a_message_whatever_its_type() {
        assert_eq!(kind_of("open", true), PartKind::Message);
        assert_eq!(kind_of("open", false), PartKind::Event);
        assert_eq!(kind_of("note_and_unsnooze", true), PartKind::Note);
        assert_eq!(kind_of("note", false), PartKind::Note);
    }
}

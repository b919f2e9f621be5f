//! Conversations as the desk sees them: the row in a list, the thread, its parts. Every field may be missing
//! (intercom-mcp section 12, rule 7); unknown values are kept as words. Owns the rule for what is a message, a note or
//! an event; refuses layout.

use super::id::{AdminId, ContactId, ConversationId, TeamId};
use super::text::{Clean, Raw};
use super::time::Unix;

/// Where a conversation stands.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum State {
    /// Somebody has to do something.
    Open,
    /// Done for now.
    Closed,
    /// Comes back by itself at `snoozed_until`.
    Snoozed,
    /// The server said nothing.
    #[default]
    Unsaid,
    /// A word this program does not know, as the server wrote it.
    Other(Clean),
}

/// Who wrote something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum AuthorKind {
    /// A customer with or without an account (`user`, `lead`, `contact`).
    Customer,
    /// A teammate.
    Admin,
    /// Fin or another AI agent.
    Fin,
    /// An automation.
    Bot,
    /// A team, as in "assigned by".
    Team,
    /// Blank or unknown, as on redacted channels.
    #[default]
    Unknown,
}

/// The author of a message, note or event.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Author {
    /// What kind of author.
    pub kind: AuthorKind,
    /// Contact id or admin id, by kind; empty when unknown.
    pub id: Box<str>,
    /// Empty when the server did not say.
    pub name: Clean,
    /// Empty when the server did not say.
    pub email: Clean,
}

impl Author {
    /// The best thing to call them: name, else address, else the kind.
    pub fn called(&self) -> &str {
        let kind = match self.kind {
            AuthorKind::Customer => "Customer",
            AuthorKind::Admin => "Teammate",
            AuthorKind::Fin => "Fin",
            AuthorKind::Bot => "Bot",
            AuthorKind::Team => "Team",
            AuthorKind::Unknown => "Unknown",
        };
        let known = [&self.name, &self.email];
        known.into_iter().find(|text| text.has_words()).map_or(kind, |text| text.as_str())
    }
}

/// How urgent, over both value sets of the REST versions (intercom-mcp section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, PartialOrd, Ord)]
pub enum Priority {
    /// `not_priority`, `none`, missing or unknown.
    #[default]
    None,
    /// `low`.
    Low,
    /// `medium`.
    Medium,
    /// `priority` (the older flag) and `high`.
    High,
    /// `urgent`.
    Urgent,
}

/// The service level that applies, and how it stands (`hit`, `missed`, `cancelled`, `active`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sla {
    /// Its name.
    pub name: Clean,
    /// Its status word.
    pub status: Clean,
}

/// What Fin did here.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Fin {
    /// `routed_to_team`, `escalated`, `assumed_resolution` …; empty when unsaid.
    pub resolution: Clean,
    /// `ai_answer` or `custom_answer`; empty when unsaid.
    pub last_answer: Clean,
}

/// A word that teammates put on a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Tag {
    /// Its id; empty when the server gave a name only.
    pub id: Box<str>,
    /// Its name, else the id.
    pub name: Clean,
}

/// A conversation as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversationRow {
    /// Its id.
    pub id: ConversationId,
    /// Title, else subject, else the first words; empty only when all three are.
    pub subject: Clean,
    /// The first words of the opening message, at most 160 graphemes.
    pub preview: Clean,
    /// Where it stands.
    pub state: State,
    /// Who opened it.
    pub author: Author,
    /// The people in it; names come with `get_contact` only.
    pub contacts: Vec<ContactId>,
    /// When it was opened.
    pub created_at: Option<Unix>,
    /// When anything last happened.
    pub updated_at: Option<Unix>,
    /// Since when the customer waits for us; none when the last word is ours.
    pub waiting_since: Option<Unix>,
    /// When the customer wrote last (`statistics.last_contact_reply_at`, intercom-mcp 6.1), when known.
    pub contact_replied: Option<Unix>,
    /// When it comes back.
    pub snoozed_until: Option<Unix>,
    /// Assigned admin; none for null and 0.
    pub admin: Option<AdminId>,
    /// Assigned team; none for null and 0.
    pub team: Option<TeamId>,
    /// Its tags, in the server's order.
    pub tags: Vec<Tag>,
    /// How urgent.
    pub priority: Priority,
    /// The service level.
    pub sla: Option<Sla>,
    /// 1 to 5.
    pub rating: Option<u8>,
    /// What Fin did.
    pub fin: Option<Fin>,
    /// Channel word: `email`, `conversation`, `whatsapp` …
    pub channel: Clean,
    /// False until somebody opened it in Intercom; none when unsaid.
    pub read: Option<bool>,
    /// Seconds until a teammate first replied (`statistics.time_to_admin_reply`), when known; out-of-office hours left out.
    pub first_reply: Option<i64>,
    /// Seconds until it was first closed (`statistics.time_to_first_close`), likewise.
    pub first_close: Option<i64>,
    /// True when only id, subject and first words are known (a hit of the `search` tool).
    pub thin: bool,
}

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

/// A row of which nothing but its id is known, for tests of what reads rows.
#[cfg(test)]
pub(crate) fn bare_row(number: u64) -> ConversationRow {
    ConversationRow {
        id: ConversationId::read(&number.to_string()).unwrap(),
        subject: Clean::default(),
        preview: Clean::default(),
        state: State::Open,
        author: Author::default(),
        contacts: Vec::new(),
        created_at: None,
        updated_at: None,
        waiting_since: None,
        contact_replied: None,
        snoozed_until: None,
        admin: None,
        team: None,
        tags: Vec::new(),
        priority: Priority::None,
        sla: None,
        rating: None,
        fin: None,
        channel: Clean::default(),
        read: None,
        first_reply: None,
        first_close: None,
        thin: false,
    }
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

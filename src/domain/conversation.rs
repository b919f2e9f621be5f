//! Conversations as the desk sees them: the row in a list, the thread, its parts. Every field may be missing
//! (intercom-mcp section 12, rule 7); unknown values are kept as words. Refuses layout.

mod thread;

use super::id::{AdminId, ContactId, ConversationId, TeamId};
use super::text::Clean;
use super::time::Unix;
pub use thread::{Attachment, Conversation, Part, PartKind, kind_of};

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

impl ConversationRow {
    /// A row of which nothing but its id is known: what to fill in where a server says little.
    pub fn bare(id: ConversationId) -> Self {
        Self {
            id,
            subject: Clean::default(),
            preview: Clean::default(),
            state: State::Unsaid,
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
}

/// An open conversation of which nothing else is known, for tests of what reads rows.
#[cfg(test)]
pub(crate) fn bare_row(number: u64) -> ConversationRow {
    let id = ConversationId::read(&number.to_string()).unwrap();
    ConversationRow { state: State::Open, ..ConversationRow::bare(id) }
}

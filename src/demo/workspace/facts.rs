//! What Intercom computes from a conversation's parts: statistics, since when the customer waits, searchable texts.

use super::super::plain::plain;
use super::story::{Author, Part, Story};

/// Computed from a story; every time is seconds after its beginning, every duration seconds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    /// The opening message as words.
    pub(crate) opening: String,
    /// The same in lower case.
    pub(crate) opening_folded: String,
    /// The subject as words in lower case.
    pub(crate) subject_folded: String,
    /// The last change.
    pub(crate) updated: i64,
    /// The first customer message nobody has answered.
    pub(crate) waiting: Option<i64>,
    /// First and last assignment, and how many there were.
    pub(crate) first_assignment: Option<i64>,
    /// See above.
    pub(crate) last_assignment: Option<i64>,
    /// See above.
    pub(crate) assignments: i64,
    /// First and last teammate reply.
    pub(crate) first_admin_reply: Option<i64>,
    /// See above.
    pub(crate) last_admin_reply: Option<i64>,
    /// First teammate reply after the last assignment.
    pub(crate) last_assignment_admin_reply: Option<i64>,
    /// First and last customer message.
    pub(crate) first_contact_reply: Option<i64>,
    /// See above.
    pub(crate) last_contact_reply: Option<i64>,
    /// First and last close, and who closed it last.
    pub(crate) first_close: Option<i64>,
    /// See above.
    pub(crate) last_close: Option<i64>,
    /// See above.
    pub(crate) last_closed_by: Option<i64>,
    /// How often it was opened again.
    pub(crate) reopens: i64,
    /// Median time between a customer message and the reply to it.
    pub(crate) median_reply: Option<i64>,
    /// Admins that took part, in order of appearance.
    pub(crate) teammates: Vec<i64>,
}

impl Facts {
    /// Computes the facts of a story.
    pub(super) fn of(story: &Story) -> Self {
        let opening = plain(story.opening.body.as_deref().unwrap_or(""));
        let mut facts = Self {
            opening_folded: opening.to_lowercase(),
            opening,
            subject_folded: plain(story.subject.as_deref().unwrap_or("")).to_lowercase(),
            ..Self::default()
        };
        if story.opened_by_contact() {
            facts.first_contact_reply = Some(0);
            facts.last_contact_reply = Some(0);
            facts.waiting = Some(0);
        }
        let mut replies = Vec::new();
        for part in &story.parts {
            facts.add(part, &mut replies);
        }
        if story.state == "closed" {
            facts.waiting = None;
        }
        facts.add_teammate(story.admin_assignee_id);
        replies.sort_unstable();
        facts.median_reply = replies.get(replies.len() / 2).copied();
        facts
    }

    fn add(&mut self, part: &Part, replies: &mut Vec<i64>) {
        self.updated = self.updated.max(part.after);
        match part.author {
            Author::Admin(id) => self.add_teammate(Some(id)),
            Author::Contact | Author::Fin | Author::Bot => {}
        }
        if part.kind.contains("assign") {
            self.first_assignment.get_or_insert(part.after);
            self.last_assignment = Some(part.after);
            self.last_assignment_admin_reply = None;
            self.assignments += 1;
        }
        if part.is_public_message() {
            self.add_message(part, replies);
        }
        match part.kind.as_str() {
            "close" => self.add_close(part),
            "open" if self.first_close.is_some() => self.reopens += 1,
            "note_and_reopen" => self.reopens += 1,
            _ => {}
        }
    }

    fn add_message(&mut self, part: &Part, replies: &mut Vec<i64>) {
        let at = part.after;
        match part.author {
            Author::Contact => {
                self.first_contact_reply.get_or_insert(at);
                self.last_contact_reply = Some(at);
                self.waiting.get_or_insert(at);
                return;
            }
            Author::Admin(_) => {
                self.first_admin_reply.get_or_insert(at);
                self.last_admin_reply = Some(at);
                if self.last_assignment.is_some() {
                    self.last_assignment_admin_reply.get_or_insert(at);
                }
                replies.extend(self.waiting.map(|since| at - since));
            }
            Author::Fin | Author::Bot => {}
        }
        self.waiting = None;
    }

    fn add_close(&mut self, part: &Part) {
        self.first_close.get_or_insert(part.after);
        self.last_close = Some(part.after);
        self.last_closed_by = match part.author {
            Author::Admin(id) => Some(id),
            Author::Contact | Author::Fin | Author::Bot => None,
        };
    }

    fn add_teammate(&mut self, admin: Option<i64>) {
        if let Some(id) = admin.filter(|id| !self.teammates.contains(id)) {
            self.teammates.push(id);
        }
    }
}

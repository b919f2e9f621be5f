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
    /// When the customer rated the conversation, if a part says so.
    pub(crate) rated: Option<i64>,
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
        if part.kind.starts_with("conversation_rating") {
            self.rated = Some(part.after);
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
        // Whoever waited no longer does; a later message starts the wait anew.
        self.waiting = None;
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// Type, author, minutes after the beginning, body.
    type Told = (&'static str, &'static str, i64, Option<&'static str>);

    fn facts(state: &str, parts: &[Told]) -> Facts {
        let part = |(kind, who, after, body): &Told| json!({"type": kind, "who": who, "after_minutes": after, "body": body});
        let parts: Vec<Value> = parts.iter().map(part).collect();
        let story = json!({
            "id": "900000000101", "contact_id": "66aa0000bb11cc22dd33ee01", "state": state,
            "started_minutes_ago": 1000, "opening": {"body": "<p>Hi</p>"}, "parts": parts,
        });
        Story::read(&story).unwrap().facts
    }

    #[test]
    fn the_customer_waits_since_the_first_unanswered_message() {
        let says = Some("<p>a</p>");
        let cases: [(&str, Vec<Told>, Option<i64>); 7] = [
            ("open", vec![], Some(0)),
            ("closed", vec![], None),
            ("open", vec![("comment", "admin:7", 1, says)], None),
            (
                "open",
                vec![
                    ("comment", "fin", 1, says),
                    ("comment", "contact", 2, says),
                    ("comment", "contact", 3, says),
                ],
                Some(120),
            ),
            ("open", vec![("note", "admin:7", 1, says), ("assignment", "admin:7", 2, None)], Some(0)),
            ("open", vec![("assignment", "admin:7", 2, says)], None),
            ("open", vec![("close", "admin:7", 2, None), ("open", "contact", 9, says)], Some(540)),
        ];
        for (state, parts, waiting) in cases {
            assert_eq!(facts(state, &parts).waiting, waiting, "{state} {parts:?}");
        }
    }

    #[test]
    fn statistics_follow_the_parts() {
        let says = Some("<p>a</p>");
        let facts = facts(
            "closed",
            &[
                ("assignment", "bot", 1, None),
                ("comment", "admin:7", 10, says),
                ("close", "admin:7", 11, None),
                ("open", "contact", 20, says),
                ("assignment", "admin:8", 21, None),
                ("comment", "admin:8", 50, says),
                ("comment", "contact", 60, says),
                ("comment", "admin:8", 65, says),
                ("close", "bot", 70, None),
            ],
        );
        assert_eq!(
            (facts.first_assignment, facts.last_assignment, facts.assignments),
            (Some(60), Some(1_260), 2)
        );
        assert_eq!((facts.first_admin_reply, facts.last_admin_reply), (Some(600), Some(3_900)));
        assert_eq!(facts.last_assignment_admin_reply, Some(3_000));
        assert_eq!((facts.first_contact_reply, facts.last_contact_reply), (Some(0), Some(3_600)));
        assert_eq!(
            (facts.first_close, facts.last_close, facts.last_closed_by),
            (Some(660), Some(4_200), None)
        );
        assert_eq!((facts.reopens, facts.median_reply, facts.updated), (1, Some(600), 4_200));
        assert_eq!(facts.teammates, [7, 8]);
    }
}

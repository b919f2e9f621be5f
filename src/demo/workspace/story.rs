//! A story: a conversation as it ships, with every time an offset in seconds from its beginning.

use serde_json::{Map, Value};

use super::facts::Facts;
use super::reading;

/// Who wrote or did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Author {
    /// The customer.
    Contact,
    /// A teammate.
    Admin(i64),
    /// The AI agent.
    Fin,
    /// A workflow.
    Bot,
}

/// A text with its files.
#[derive(Debug, Clone, Default)]
pub(crate) struct Message {
    /// HTML.
    pub(crate) body: Option<String>,
    /// Name, content type and size of each file.
    pub(crate) attachments: Vec<(String, String, i64)>,
}

/// A conversation part.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// Intercom's `part_type`.
    pub(crate) kind: String,
    /// Who.
    pub(crate) author: Author,
    /// Seconds after the beginning.
    pub(crate) after: i64,
    /// What was said.
    pub(crate) message: Message,
}

impl Part {
    /// Whether the customer can read it and it says something.
    pub(crate) fn is_public_message(&self) -> bool {
        let says = self.message.body.as_deref().is_some_and(|body| !body.is_empty());
        !self.kind.starts_with("note") && (says || !self.message.attachments.is_empty())
    }
}

/// What Fin did.
#[derive(Debug, Clone)]
pub(crate) struct Fin {
    /// How it ended.
    pub(crate) resolution_state: Option<String>,
    /// What kind of answer came last.
    pub(crate) last_answer_type: Option<String>,
    /// The articles it used.
    pub(crate) article_ids: Vec<String>,
}

/// A conversation as it ships.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    /// The shipped conversation's id.
    pub(crate) id: u64,
    /// The title.
    pub(crate) title: Option<String>,
    /// The channel.
    pub(crate) source_type: String,
    /// How the opening message was delivered.
    pub(crate) delivered_as: String,
    /// The subject, maybe HTML.
    pub(crate) subject: Option<String>,
    /// `open`, `closed` or `snoozed`.
    pub(crate) state: String,
    /// Whether it was read.
    pub(crate) read: bool,
    /// `priority` or `not_priority`.
    pub(crate) priority: String,
    /// The teammate it is assigned to.
    pub(crate) admin_assignee_id: Option<i64>,
    /// The team it is assigned to.
    pub(crate) team_assignee_id: Option<i64>,
    /// Tag names.
    pub(crate) tags: Vec<String>,
    /// Seconds before the server's start at which it began.
    pub(crate) began_ago: i64,
    /// Seconds after the server's start at which it wakes.
    pub(crate) wakes_in: Option<i64>,
    /// Name and status of the service level agreement.
    pub(crate) sla: Option<(String, String)>,
    /// Stars from 1 to 5 and the remark.
    pub(crate) rating: Option<(i64, Option<String>)>,
    /// What Fin did, if it took part.
    pub(crate) fin: Option<Fin>,
    /// Whether it is a ticket.
    pub(crate) ticket: bool,
    /// Custom attributes.
    pub(crate) custom_attributes: Map<String, Value>,
    /// The first message.
    pub(crate) opening: Message,
    /// The shipped contact's id.
    pub(crate) contact: u128,
    /// The parts in order of time.
    pub(crate) parts: Vec<Part>,
    /// What is computed from the parts.
    pub(crate) facts: Facts,
}

impl Story {
    /// Reads one conversation; `None` when it has no usable id or contact.
    pub(super) fn read(value: &Value) -> Option<Self> {
        let began_ago = reading::seconds(value, "started_minutes_ago", 60).unwrap_or(0).max(0);
        let mut parts: Vec<Part> =
            reading::list(value, "parts").iter().map(|part| read_part(part, began_ago)).collect();
        parts.sort_by_key(|part| part.after);
        let or = |key: &str, default: &str| reading::text(value, key).unwrap_or_else(|| default.to_owned());
        let mut story = Self {
            id: reading::identifier(value, "id")?.parse().ok()?,
            title: reading::text(value, "title"),
            source_type: or("source_type", "conversation"),
            delivered_as: or("delivered_as", "customer_initiated"),
            subject: reading::text(value, "subject"),
            state: or("state", "open"),
            read: reading::flag(value, "read"),
            priority: or("priority", "not_priority"),
            admin_assignee_id: reading::whole(value, "admin_assignee_id"),
            team_assignee_id: reading::whole(value, "team_assignee_id"),
            tags: reading::texts(value, "tags"),
            began_ago,
            wakes_in: reading::seconds(value, "snoozed_for_minutes", 60),
            sla: read_sla(value),
            rating: read_rating(value),
            fin: read_fin(value),
            ticket: reading::flag(value, "ticket"),
            custom_attributes: reading::object(value, "custom_attributes"),
            opening: read_message(value.get("opening").unwrap_or(&Value::Null)),
            contact: u128::from_str_radix(&reading::text(value, "contact_id")?, 16).ok()?,
            parts,
            facts: Facts::default(),
        };
        story.compute();
        Some(story)
    }

    /// Computes the facts again after the parts or the state changed.
    pub(super) fn compute(&mut self) {
        self.facts = Facts::of(self);
    }

    /// Who wrote the first message.
    pub(crate) fn opened_by(&self, me: i64) -> Author {
        match self.delivered_as.as_str() {
            "admin_initiated" | "campaigns_initiated" => Author::Admin(self.admin_assignee_id.unwrap_or(me)),
            "automated" | "operator_initiated" => Author::Bot,
            _ => Author::Contact,
        }
    }

    /// Whether the customer began it.
    pub(crate) fn opened_by_contact(&self) -> bool {
        self.opened_by(0) == Author::Contact
    }
}

fn read_part(value: &Value, latest: i64) -> Part {
    Part {
        kind: reading::text(value, "type").unwrap_or_else(|| "comment".to_owned()),
        author: read_author(reading::text(value, "who").as_deref().unwrap_or("bot")),
        // Nothing can have happened after the server's start.
        after: reading::seconds(value, "after_minutes", 60).unwrap_or(0).clamp(0, latest),
        message: read_message(value),
    }
}

fn read_author(who: &str) -> Author {
    match who {
        "contact" => Author::Contact,
        "fin" => Author::Fin,
        _ => who.strip_prefix("admin:").and_then(|id| id.parse().ok()).map_or(Author::Bot, Author::Admin),
    }
}

fn read_message(value: &Value) -> Message {
    let attachments = reading::list(value, "attachments").iter().filter_map(|file| {
        Some((
            reading::text(file, "name")?,
            reading::text(file, "content_type").unwrap_or_else(|| "application/octet-stream".to_owned()),
            reading::whole(file, "filesize").unwrap_or(0),
        ))
    });
    Message { body: reading::text(value, "body"), attachments: attachments.collect() }
}

fn read_sla(value: &Value) -> Option<(String, String)> {
    let sla = value.get("sla")?;
    Some((reading::text(sla, "name")?, reading::text(sla, "status")?))
}

fn read_rating(value: &Value) -> Option<(i64, Option<String>)> {
    let rating = value.get("rating")?;
    Some((reading::whole(rating, "rating")?, reading::text(rating, "remark")))
}

fn read_fin(value: &Value) -> Option<Fin> {
    let fin = value.get("fin").filter(|fin| fin.is_object())?;
    Some(Fin {
        resolution_state: reading::text(fin, "resolution_state"),
        last_answer_type: reading::text(fin, "last_answer_type"),
        article_ids: reading::texts(fin, "article_ids"),
    })
}

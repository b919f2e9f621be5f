//! Conversations as rows (6.1): from REST objects, and from hits of the one-string search.

use serde_json::Value;

use super::fields::{self, clean, text};
use crate::domain::conversation::{Author, AuthorKind, ConversationRow, Fin, Priority, Sla, State, Tag};
use crate::domain::html::words;
use crate::domain::id::{AdminId, ContactId, ConversationId, TeamId};
use crate::domain::text::Clean;

/// Graphemes of a preview.
const PREVIEW: usize = 160;
/// Graphemes of a subject.
const SUBJECT: usize = 320;

/// A conversation row; none without an id.
pub(super) fn row(record: &Value) -> Option<ConversationRow> {
    let id = identified(record)?;
    let nothing = Value::Null;
    let source = record.get("source").unwrap_or(&nothing);
    let preview = preview(text(source, "body"));
    Some(ConversationRow {
        subject: subject(record, source, &preview),
        preview,
        state: state(record),
        author: source.get("author").map(author).unwrap_or_default(),
        contacts: contacts(record),
        created_at: fields::time(record, "created_at"),
        updated_at: fields::time(record, "updated_at"),
        waiting_since: fields::time(record, "waiting_since"),
        contact_replied: record
            .get("statistics")
            .and_then(|statistics| fields::time(statistics, "last_contact_reply_at")),
        snoozed_until: fields::time(record, "snoozed_until"),
        admin: assignee(record, "admin").and_then(|id| AdminId::read(&id)),
        team: assignee(record, "team").and_then(|id| TeamId::read(&id)),
        tags: tags(record),
        priority: priority(record),
        sla: sla(record),
        rating: rating(record),
        fin: fin(record),
        channel: channel(record, source),
        read: fields::flag(record, "read"),
        first_reply: statistic(record, "time_to_admin_reply"),
        first_close: statistic(record, "time_to_first_close"),
        thin: false,
        id,
    })
}

/// A hit of the one-string search: id, title and first words (4.1).
pub(super) fn hit(record: &Value) -> Option<ConversationRow> {
    let full = record.get("source").is_some();
    let mut row = row(record)?;
    if !full {
        row.thin = true;
        row.preview = preview(text(record, "text"));
        if row.subject.is_empty() {
            row.subject = row.preview.clone();
        }
    }
    Some(row)
}

fn statistic(record: &Value, name: &str) -> Option<i64> {
    fields::whole(record.get("statistics")?, name)
}

/// Tags with a name or an id; a bare word counts as a name.
fn tags(record: &Value) -> Vec<Tag> {
    let tag = |item: &Value| {
        let id = fields::identifier(item, "id").unwrap_or_default().into_boxed_str();
        let name = fields::name_of(item)?;
        Some(Tag { id, name })
    };
    fields::list(record, "tags").iter().filter_map(tag).collect()
}

fn identified(record: &Value) -> Option<ConversationId> {
    ConversationId::read(&fields::identifier(record, "id")?)
}

fn preview(html: &str) -> Clean {
    words(html, PREVIEW)
}

fn subject(record: &Value, source: &Value, preview: &Clean) -> Clean {
    let named = [text(record, "title"), text(source, "subject")].into_iter().map(|html| words(html, SUBJECT));
    let mut named = named.filter(|subject| !subject.is_empty());
    named.next().unwrap_or_else(|| preview.clone())
}

fn state(record: &Value) -> State {
    match (text(record, "state"), fields::flag(record, "open")) {
        ("open", _) | ("", Some(true)) => State::Open,
        ("closed", _) | ("", Some(false)) => State::Closed,
        ("snoozed", _) => State::Snoozed,
        ("", None) => State::Unsaid,
        (other, _) => State::Other(Clean::line(other)),
    }
}

/// An author, assignee or teammate.
pub(super) fn author(record: &Value) -> Author {
    let flagged = |name| fields::flag(record, name) == Some(true);
    let kind = match text(record, "type") {
        "user" | "lead" | "contact" => AuthorKind::Customer,
        "admin" | "bot" if flagged("from_ai_agent") || flagged("is_ai_answer") => AuthorKind::Fin,
        "fin" | "ai_agent" => AuthorKind::Fin,
        "admin" | "teammate" => AuthorKind::Admin,
        "bot" | "operator" => AuthorKind::Bot,
        "team" => AuthorKind::Team,
        _ => AuthorKind::Unknown,
    };
    Author {
        kind,
        id: fields::identifier(record, "id").unwrap_or_default().into(),
        name: clean(record, "name"),
        email: clean(record, "email"),
    }
}

fn contacts(record: &Value) -> Vec<ContactId> {
    fields::list(record, "contacts")
        .iter()
        .filter_map(|contact| fields::identifier(contact, "id").or_else(|| fields::as_identifier(contact)))
        .filter_map(|id| ContactId::read(&id))
        .collect()
}

/// The id under `<kind>_assignee_id`, or in the older `assignee` object.
fn assignee(record: &Value, kind: &str) -> Option<String> {
    fields::identifier(record, &format!("{kind}_assignee_id")).or_else(|| {
        let older = record.get("assignee")?;
        let fits = text(older, "type") == kind;
        fits.then(|| fields::identifier(older, "id"))?
    })
}

fn priority(record: &Value) -> Priority {
    match text(record, "priority") {
        "urgent" => Priority::Urgent,
        "high" | "priority" => Priority::High,
        "medium" => Priority::Medium,
        "low" => Priority::Low,
        "" if fields::flag(record, "priority") == Some(true) => Priority::High,
        _ => Priority::None,
    }
}

fn sla(record: &Value) -> Option<Sla> {
    let applied = record.get("sla_applied")?;
    let sla = Sla { name: clean(applied, "sla_name"), status: clean(applied, "sla_status") };
    (!sla.name.is_empty() || !sla.status.is_empty()).then_some(sla)
}

fn rating(record: &Value) -> Option<u8> {
    let given = record.get("conversation_rating")?;
    let score = fields::whole(given, "rating").or_else(|| fields::whole(given, "score"))?;
    u8::try_from(score).ok().filter(|score| (1..=5).contains(score))
}

fn fin(record: &Value) -> Option<Fin> {
    let said = record.get("ai_agent").filter(|agent| agent.is_object());
    let there = said.is_some() || fields::flag(record, "ai_agent_participated") == Some(true);
    there.then(|| {
        said.map(|agent| Fin {
            resolution: clean(agent, "resolution_state"),
            last_answer: clean(agent, "last_answer_type"),
        })
        .unwrap_or_default()
    })
}

fn channel(record: &Value, source: &Value) -> Clean {
    let source = clean(source, "type");
    if source.is_empty() { clean(record, "channel") } else { source }
}

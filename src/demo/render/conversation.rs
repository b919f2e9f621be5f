//! Conversations.

use serde_json::{Value, json};

use super::super::fields::source_id;
use super::super::plain::shorten;
use super::super::workspace::{Record, Story, Workspace, written_id};
use super::{conversation_url, extend, map, part, statistics, tags};

/// Characters of the opening message a search result shows.
const SNIPPET: usize = 300;

pub(crate) use super::part::note;

/// A conversation as lists carry it: everything but its parts.
pub(crate) fn item(workspace: &Workspace, index: u32) -> Value {
    let Some((record, story)) = workspace.conversation(index) else {
        return Value::Null;
    };
    let mut value = head(workspace, index, record, story);
    extend(&mut value, people(workspace, record, story));
    extend(&mut value, outcome(workspace, index, record, story));
    value
}

/// A conversation with its parts.
pub(crate) fn full(workspace: &Workspace, index: u32) -> Value {
    let mut value = item(workspace, index);
    extend(&mut value, json!({"conversation_parts": part::list(workspace, index)}));
    value
}

/// A conversation as `search` shows it.
pub(crate) fn found(workspace: &Workspace, index: u32) -> Value {
    let Some((record, story)) = workspace.conversation(index) else {
        return Value::Null;
    };
    let opening = &story.facts.opening;
    json!({
        "id": format!("conversation_{}", record.id),
        "title": story.title.clone().unwrap_or_else(|| shorten(opening, 60)),
        "text": shorten(opening, SNIPPET),
        "url": conversation_url(workspace, record.id),
    })
}

fn head(workspace: &Workspace, index: u32, record: &Record, story: &Story) -> Value {
    let state = workspace.conversation_state(index);
    json!({
        "type": "conversation",
        "id": record.id.to_string(),
        "title": story.title,
        "created_at": record.began_at,
        "updated_at": workspace.conversation_updated(index),
        "waiting_since": story.facts.waiting.map(|offset| record.began_at + offset),
        "snoozed_until": workspace.conversation_snoozed_until(index),
        "open": state == "open",
        "state": state,
        "read": story.read,
        "priority": story.priority,
        "admin_assignee_id": story.admin_assignee_id,
        "team_assignee_id": story.team_assignee_id,
    })
}

fn people(workspace: &Workspace, record: &Record, story: &Story) -> Value {
    let id = source_id(record);
    let teammate = |id: &i64| json!({"type": "admin", "id": id.to_string()});
    let teammates: Vec<Value> = story.facts.teammates.iter().map(teammate).collect();
    let contact =
        workspace.person(record.person).map_or_else(String::new, |(person, _)| written_id(person.id));
    json!({
        "source": {
            "type": story.source_type,
            "id": id,
            "delivered_as": story.delivered_as,
            "subject": story.subject,
            "body": story.opening.body,
            "author": part::author(workspace, story.opened_by(workspace.desk.me), record.person),
            "attachments": part::attachments(workspace, &story.opening, &id),
            "url": null,
            "redacted": false,
        },
        "contacts": {
            "type": "contact.list",
            "contacts": [{
                "type": "contact",
                "id": contact,
                "external_id": workspace.person_external_id(record.person),
            }],
        },
        "teammates": {"type": "admin.list", "teammates": teammates},
        "tags": {"type": "tag.list", "tags": tags(workspace, &story.tags)},
        "custom_attributes": map(&story.custom_attributes),
    })
}

fn outcome(workspace: &Workspace, index: u32, record: &Record, story: &Story) -> Value {
    let first_reply = story.facts.first_contact_reply.map(
        |offset| json!({"created_at": record.began_at + offset, "type": story.source_type, "url": null}),
    );
    let sla = story.sla.as_ref().map(
        |(name, status)| json!({"type": "conversation_sla_summary", "sla_name": name, "sla_status": status}),
    );
    json!({
        "first_contact_reply": first_reply,
        "sla_applied": sla,
        "conversation_rating": rating(workspace, record, story),
        "statistics": statistics::statistics(record, story, workspace.notes_of(index).len()),
        "ai_agent_participated": story.fin.is_some(),
        "ai_agent": agent(workspace, story),
        "ticket": ticket(workspace, record, story),
        "linked_objects": {"type": "list", "data": [], "total_count": 0, "has_more": false},
    })
}

fn rating(workspace: &Workspace, record: &Record, story: &Story) -> Value {
    let Some((score, remark)) = &story.rating else {
        return Value::Null;
    };
    json!({
        "rating": score,
        "remark": remark,
        "created_at": record.began_at + story.facts.rated.unwrap_or(story.facts.updated),
        "contact": {"type": "contact", "id": workspace.person_id(record.person)},
        "teammate": story.admin_assignee_id.map(|id| json!({"type": "admin", "id": id.to_string()})),
    })
}

fn agent(workspace: &Workspace, story: &Story) -> Value {
    let Some(fin) = &story.fin else {
        return Value::Null;
    };
    let source = |id: &String| {
        let article = workspace.article(id);
        json!({
            "content_type": "article",
            "url": article.map(|article| super::article::url(workspace, article)),
            "title": article.map(|article| article.title.as_str()),
            "locale": "en",
        })
    };
    let sources: Vec<Value> = fin.article_ids.iter().map(source).collect();
    json!({
        "source_type": "workflow",
        "source_title": null,
        "last_answer_type": fin.last_answer_type,
        "resolution_state": fin.resolution_state,
        "rating": null,
        "rating_remark": null,
        "content_sources": {
            "type": "content_source.list",
            "total_count": sources.len(),
            "content_sources": sources,
        },
    })
}

fn ticket(workspace: &Workspace, record: &Record, story: &Story) -> Value {
    if !story.ticket {
        return Value::Null;
    }
    let attributes: serde_json::Map<_, _> = story
        .custom_attributes
        .iter()
        .map(|(name, value)| (name.clone(), json!({"type": "string", "value": value})))
        .collect();
    json!({
        "type": "ticket",
        "id": (record.id % 1_000_000).to_string(),
        "title": story.title,
        "state": if story.state == "closed" { "resolved" } else { "in_progress" },
        "custom_attributes": attributes,
        "url": conversation_url(workspace, record.id),
    })
}

//! A conversation with its parts (4.3, 6.2).

use serde_json::Value;

use super::conversation::{author, row};
use super::fields::{self, clean, raw, text};
use crate::domain::conversation::{Attachment, Conversation, Part, PartKind, kind_of};
use crate::domain::text::Clean;
use crate::domain::time::Unix;

/// A thread; none without an id.
pub(super) fn conversation(record: &Value) -> Option<Conversation> {
    let row = row(record)?;
    let nothing = Value::Null;
    let statistics = record.get("statistics").unwrap_or(&nothing);
    let rating = record.get("conversation_rating").unwrap_or(&nothing);
    let ticket = record.get("ticket").filter(|ticket| ticket.is_object());
    let mut attributes = fields::attributes(record);
    attributes.extend(ticket.map(fields::attributes).unwrap_or_default());
    Some(Conversation {
        parts: parts(record),
        parts_total: parts_total(record, statistics),
        remark: clean(rating, "remark"),
        attributes,
        teammates: teammates(record),
        ticket: ticket.is_some(),
        row,
    })
}

fn parts_total(record: &Value, statistics: &Value) -> Option<u64> {
    let list = record.get("conversation_parts");
    list.and_then(|list| fields::count(list, "total_count"))
        .or_else(|| fields::count(statistics, "count_conversation_parts"))
}

fn teammates(record: &Value) -> Vec<crate::domain::conversation::Author> {
    let listed = fields::list(record, "teammates").iter();
    listed.filter(|item| item.is_object()).map(author).collect()
}

/// The opening message, then the parts by time; one without a time stays behind its neighbour.
fn parts(record: &Value) -> Vec<Part> {
    let listed = fields::list(record, "conversation_parts").iter();
    let mut parts: Vec<Part> = listed.filter_map(part).collect();
    let mut last = Unix(i64::MIN);
    let mut timed: Vec<(Unix, Part)> = Vec::with_capacity(parts.len() + 1);
    for part in parts.drain(..) {
        last = part.created_at.unwrap_or(last);
        timed.push((last, part));
    }
    timed.sort_by_key(|(at, _)| *at);
    parts.extend(opening(record));
    parts.extend(timed.into_iter().map(|(_, part)| part));
    parts
}

/// The first message lives in `source`, not among the parts.
fn opening(record: &Value) -> Option<Part> {
    let source = record.get("source").filter(|source| source.is_object())?;
    Some(Part {
        id: fields::identifier(source, "id").unwrap_or_default().into(),
        kind: PartKind::Message,
        part_type: clean(source, "type"),
        author: source.get("author").map(author).unwrap_or_default(),
        body: raw(source, "body"),
        attachments: attachments(source),
        created_at: fields::time(record, "created_at"),
        assigned_to: None,
        redacted: fields::flag(source, "redacted") == Some(true),
        detail: Clean::default(),
    })
}

pub(super) fn part(record: &Value) -> Option<Part> {
    if !record.is_object() {
        return None;
    }
    let attachments = attachments(record);
    let body = raw(record, "body");
    let has_words = !body.as_str().trim().is_empty() || !attachments.is_empty();
    let assigned_to = record.get("assigned_to").filter(|to| to.is_object());
    Some(Part {
        id: fields::identifier(record, "id").unwrap_or_default().into(),
        kind: kind_of(text(record, "part_type"), has_words),
        part_type: clean(record, "part_type"),
        author: record.get("author").map(author).unwrap_or_default(),
        body,
        attachments,
        created_at: fields::time(record, "created_at"),
        assigned_to: assigned_to.map(author),
        redacted: fields::flag(record, "redacted") == Some(true),
        detail: detail(record),
    })
}

fn attachments(record: &Value) -> Vec<Attachment> {
    let listed = fields::list(record, "attachments").iter();
    listed
        .filter(|item| item.is_object())
        .map(|item| Attachment {
            name: clean(item, "name"),
            content_type: clean(item, "content_type"),
            size: fields::count(item, "filesize"),
            address: clean(item, "url"),
        })
        .collect()
}

/// The scalar facts of an event, as `name: value` pairs.
fn detail(record: &Value) -> Clean {
    let Some(details) = record.get("event_details").and_then(Value::as_object) else {
        return Clean::default();
    };
    let facts: Vec<String> = details
        .iter()
        .map(|(name, value)| (name, fields::shown(value)))
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    Clean::line(&facts.join(", "))
}

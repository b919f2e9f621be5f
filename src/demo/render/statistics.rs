//! The statistics object of a conversation.

use serde_json::{Value, json};

use super::super::workspace::{Record, Story};

/// Statistics computed from the parts; `added` counts the notes written since the start.
pub(super) fn statistics(record: &Record, story: &Story, added: usize) -> Value {
    let facts = &story.facts;
    let at = |offset: Option<i64>| offset.map(|offset| record.began_at + offset);
    json!({
        "type": "conversation_statistics",
        "time_to_assignment": facts.first_assignment,
        "time_to_admin_reply": facts.first_admin_reply,
        "time_to_first_close": facts.first_close,
        "time_to_last_close": facts.last_close,
        "median_time_to_reply": facts.median_reply,
        "first_contact_reply_at": at(facts.first_contact_reply),
        "first_assignment_at": at(facts.first_assignment),
        "first_admin_reply_at": at(facts.first_admin_reply),
        "first_close_at": at(facts.first_close),
        "last_assignment_at": at(facts.last_assignment),
        "last_assignment_admin_reply_at": at(facts.last_assignment_admin_reply),
        "last_contact_reply_at": at(facts.last_contact_reply),
        "last_admin_reply_at": at(facts.last_admin_reply),
        "last_close_at": at(facts.last_close),
        "last_closed_by_id": facts.last_closed_by.map(|id| id.to_string()),
        "count_reopens": facts.reopens,
        "count_assignments": facts.assignments,
        "count_conversation_parts": story.parts.len() + added,
    })
}

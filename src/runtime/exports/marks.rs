//! One mark in a file.

use serde::Serialize;

use crate::domain::id::ConversationId;
use crate::domain::time::Unix;
use crate::domain::triage::Mark;

/// A mark as somebody else's program reads it. Times are RFC 3339, UTC.
#[derive(Serialize)]
pub(super) struct Exported<'a> {
    conversation: &'a str,
    link: String,
    done_at: Option<String>,
    until: Option<String>,
    /// From then on it is neither done nor away, whatever stands above.
    came_back_at: Option<String>,
    /// What brought it back, when it was the customer.
    customer_wrote_at: Option<String>,
    pinned: bool,
    note: Option<&'a str>,
}

fn iso(at: Option<Unix>) -> Option<String> {
    jiff::Timestamp::from_second(at?.0).ok().map(|at| at.to_string())
}

/// A mark, and where its conversation is in Intercom's web app.
pub(super) fn exported<'a>(web: &str, id: &'a ConversationId, mark: &'a Mark) -> Exported<'a> {
    Exported {
        conversation: id.as_str(),
        link: id.page(web),
        done_at: iso(mark.done),
        until: iso(mark.until),
        came_back_at: iso(mark.back),
        customer_wrote_at: iso(mark.heard),
        pinned: mark.pinned,
        note: (!mark.note.is_empty()).then_some(mark.note.as_str()),
    }
}

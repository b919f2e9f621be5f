//! Conversations as a JSON file. Owns the names of its fields; what may be shown of a conversation is decided elsewhere: the file
//! says what the program knows, escaped as JSON escapes, and leaves out what it does not.

use std::io::Write;

use serde::Serialize;

use super::new_file::{cause, shown, spelt_out, write};
use crate::app::pane::inbox::coverage::grouped;
use crate::domain::conversation::{ConversationRow, Priority, State};
use crate::domain::id::{AdminId, ContactId, TeamId};
use crate::domain::time::Unix;

#[cfg(test)]
mod tests;

/// One conversation. Times are Unix seconds, lengths of time are seconds.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    subject: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    first_words: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'a str>,
    who: Person<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contacts: Vec<&'a str>,
    #[serde(flatten)]
    times: Times,
    #[serde(skip_serializing_if = "Option::is_none")]
    admin: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    priority: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sla: Option<Sla<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rating: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fin: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    channel: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    read: Option<bool>,
}

#[derive(Serialize)]
struct Person<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    id: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    email: &'a str,
}

#[derive(Serialize)]
struct Times {
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waiting_since: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snoozed_until: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_reply_seconds: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_close_seconds: Option<i64>,
}

#[derive(Serialize)]
struct Sla<'a> {
    name: &'a str,
    status: &'a str,
}

fn state(state: &State) -> Option<&str> {
    match state {
        State::Open => Some("open"),
        State::Closed => Some("closed"),
        State::Snoozed => Some("snoozed"),
        State::Unsaid => None,
        State::Other(word) => Some(word),
    }
}

fn priority(priority: Priority) -> Option<&'static str> {
    match priority {
        Priority::Urgent => Some("urgent"),
        Priority::High => Some("high"),
        Priority::Medium => Some("medium"),
        Priority::Low => Some("low"),
        Priority::None => None,
    }
}

fn times(row: &ConversationRow) -> Times {
    let seconds = |at: Option<Unix>| at.map(|at| at.0);
    Times {
        created_at: seconds(row.created_at),
        updated_at: seconds(row.updated_at),
        waiting_since: seconds(row.waiting_since),
        snoozed_until: seconds(row.snoozed_until),
        first_reply_seconds: row.first_reply,
        first_close_seconds: row.first_close,
    }
}

fn exported(row: &ConversationRow) -> Row<'_> {
    let author = &row.author;
    Row {
        id: row.id.as_str(),
        subject: &row.subject,
        first_words: &row.preview,
        state: state(&row.state),
        who: Person { id: &author.id, name: &author.name, email: &author.email },
        contacts: row.contacts.iter().map(ContactId::as_str).collect(),
        times: times(row),
        admin: row.admin.as_ref().map(AdminId::as_str),
        team: row.team.as_ref().map(TeamId::as_str),
        tags: row.tags.iter().map(|tag| tag.name.as_str()).collect(),
        priority: priority(row.priority),
        sla: row.sla.as_ref().map(|sla| Sla { name: &sla.name, status: &sla.status }),
        rating: row.rating,
        fin: row.fin.as_ref().map(|fin| fin.resolution.as_str()).filter(|word| !word.is_empty()),
        channel: &row.channel,
        read: row.read,
    }
}

/// Writes rows to a new file, one object to a line in an array. Waits for the disk.
///
/// # Errors
/// A sentence that says why there is no file.
pub(super) fn rows(typed: &str, rows: &[ConversationRow]) -> Result<String, String> {
    let path = spelt_out(typed);
    let fill = |file: &mut dyn Write| {
        for (number, row) in rows.iter().enumerate() {
            file.write_all(if number == 0 { b"[\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *file, &exported(row))?;
        }
        file.write_all(if rows.is_empty() { b"[]\n" } else { b"\n]\n" })
    };
    let place = shown(&path);
    let (count, verb) = match rows.len() {
        1 => ("1 conversation".to_owned(), "is"),
        many => (format!("{} conversations", grouped(many as u64)), "are"),
    };
    let done = write(&path, fill).map(|()| format!("{count} {verb} in {place}."));
    done.map_err(|error| format!("Nothing was exported to {place}: {}.", cause(&error)))
}

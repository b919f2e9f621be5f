//! One conversation in a file. Owns the names of its fields; what is not known is left out.

use serde::Serialize;

use crate::domain::conversation::{ConversationRow, Priority, State, Tag};
use crate::domain::id::ContactId;
use crate::domain::roster::{Kind, Roster};
use crate::domain::text::Clean;
use crate::domain::time::Unix;

/// One conversation. Times are Unix seconds, lengths of time are seconds.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    subject: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    first_words: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'a str>,
    who: Person<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contacts: Vec<Named<'a>>,
    #[serde(flatten)]
    times: Times,
    #[serde(skip_serializing_if = "Option::is_none")]
    admin: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<Named<'a>>,
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

/// An id, and the name that is known of it: no tool tells names beside ids (intercom-mcp section 10).
#[derive(Serialize)]
struct Named<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
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

fn named<'a>(roster: &'a Roster, kind: Kind, id: &'a str) -> Named<'a> {
    Named { id, name: roster.name(kind, id).map(|name| name.name.as_str()) }
}

/// A tag's own name, else the one that is known of its id.
fn tag<'a>(roster: &'a Roster, tag: &'a Tag) -> Named<'a> {
    let own = Some(tag.name.as_str()).filter(|name| *name != &*tag.id);
    own.map_or_else(|| named(roster, Kind::Tag, &tag.id), |name| Named { id: &tag.id, name: Some(name) })
}

fn contact<'a>(roster: &'a Roster, id: &'a ContactId) -> Named<'a> {
    Named { id: id.as_str(), name: roster.contact(id).map(Clean::as_str) }
}

/// A row with the names that are known of the ids in it.
pub(super) fn exported<'a>(row: &'a ConversationRow, roster: &'a Roster) -> Row<'a> {
    let author = &row.author;
    Row {
        id: row.id.as_str(),
        subject: &row.subject,
        first_words: &row.preview,
        state: state(&row.state),
        who: Person { id: &author.id, name: &author.name, email: &author.email },
        contacts: row.contacts.iter().map(|id| contact(roster, id)).collect(),
        times: times(row),
        admin: row.admin.as_ref().map(|id| named(roster, Kind::Admin, id.as_str())),
        team: row.team.as_ref().map(|id| named(roster, Kind::Team, id.as_str())),
        tags: row.tags.iter().map(|tag| self::tag(roster, tag)).collect(),
        priority: priority(row.priority),
        sla: row.sla.as_ref().map(|sla| Sla { name: &sla.name, status: &sla.status }),
        rating: row.rating,
        fin: row.fin.as_ref().map(|fin| fin.resolution.as_str()).filter(|word| !word.is_empty()),
        channel: &row.channel,
        read: row.read,
    }
}

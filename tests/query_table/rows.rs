//! The queries, each with the plain look that says which conversations it means.

use switchboard::domain::conversation::{ConversationRow, Priority, State};
use switchboard::domain::id::{AdminId, TeamId};
use switchboard::domain::time::Unix;

use super::desk::NOW;

type Row = ConversationRow;
type Holds = fn(&Row) -> bool;

/// The person's day (two hours east of UTC) began at this second: 2026-09-21 16:13:20 there.
const TODAY: i64 = 1_789_941_600;
const DAY: i64 = 86_400;

fn between(at: Option<Unix>, from: i64, to: i64) -> bool {
    at.is_some_and(|at| (from..=to).contains(&at.0))
}

fn waits(row: &Row, seconds: i64) -> bool {
    row.waiting_since.is_some_and(|since| NOW - since.0 >= seconds)
}

fn admin(row: &Row) -> Option<&str> {
    row.admin.as_ref().map(AdminId::as_str)
}

fn team(row: &Row) -> Option<&str> {
    row.team.as_ref().map(TeamId::as_str)
}

fn tagged(row: &Row, name: &str) -> bool {
    row.tags.iter().any(|tag| tag.name.as_str() == name)
}

fn sla(row: &Row) -> &str {
    row.sla.as_ref().map_or("", |sla| sla.status.as_str())
}

fn fin(row: &Row) -> &str {
    row.fin.as_ref().map_or("", |fin| fin.resolution.as_str())
}

fn open(row: &Row) -> bool {
    row.state == State::Open
}

pub(crate) const ROWS: &[(&str, Holds)] = &[
    // Documented forms.
    ("", |_| true),
    ("state:open", open),
    ("state:eq:closed", |r| r.state == State::Closed),
    ("state:neq:closed", |r| r.state != State::Closed),
    ("state:in:open,snoozed", |r| r.state != State::Closed),
    ("source_type:email", |r| r.channel.as_str() == "email"),
    ("team_assignee_id:8801", |r| team(r) == Some("8801")),
    ("admin_assignee_id:6120447", |r| admin(r) == Some("6120447")),
    ("admin_assignee_id:0", |r| r.admin.is_none()),
    ("statistics_time_to_admin_reply:gt:3600", |r| r.first_reply.is_some_and(|s| s >= 3_600)),
    ("created_at:gt:1789000000", |r| between(r.created_at, 1_789_000_000, i64::MAX)),
    ("object_type:conversations state:snoozed", |r| r.state == State::Snoozed),
    ("ai_agent_participated:true", |r| r.fin.is_some()),
    ("ai_agent_resolution_state:routed_to_team", |r| fin(r) == "routed_to_team"),
    ("priority:priority", |r| r.priority == Priority::High),
    ("tag_ids:51001", |r| tagged(r, "bug")),
    ("tag_ids:in:51001,51003", |r| tagged(r, "bug") || tagged(r, "fares")),
    ("conversation_rating_score:lte:2", |r| r.rating.is_some_and(|score| score <= 2)),
    ("read:false", |r| r.read == Some(false)),
    ("open:true", open),
    // Lists, and names where ids are asked for.
    ("state:open,snoozed", |r| r.state != State::Closed),
    ("state:open,", open),
    ("state:in:open", open),
    ("admin_assignee_id:me,kenji", |r| matches!(admin(r), Some("6120447" | "6120463"))),
    ("admin_assignee_id:\"Sofía Brandt\"", |r| admin(r) == Some("6120489")),
    ("tag_ids:fares", |r| tagged(r, "fares")),
    ("tag_ids:timetable", |r| tagged(r, "timetable")),
    ("rating:neq:none state:closed", |r| r.rating.is_some() && r.state == State::Closed),
    // Odd spacing, case and signs.
    ("  state:open \t priority:high  ", |r| open(r) && r.priority == Priority::High),
    ("STATE:Open", open),
    ("state=open", open),
    ("state:!=open", |r| !open(r)),
    ("state:open state:open", open),
    ("statistics_time_to_first_close:>=1d", |r| r.first_close.is_some_and(|s| s >= DAY)),
    // Free text, quotes, colons in values, other scripts.
    ("q:\"zzzz nothing\"", |_| false),
    ("q:refund state:open", |r| open(r) && mentions(r, "refund")),
    ("refund state:open", |r| open(r) && mentions(r, "refund")),
    ("source_author_email:contains:\".example\"", |r| r.author.email.as_str().contains(".example")),
    ("source_url:https://a.example/x:y", |_| false),
    ("\"Re: 船\"", |_| false),
    ("source_author_name:\"船木 遥\"", |_| false),
    ("tag:\"a:b \\\"c\\\"\"", |_| false),
    // Times, windows, lengths.
    ("created_at:>-3d", |r| between(r.created_at, NOW - 3 * DAY, i64::MAX)),
    ("updated_at:<-2h", |r| between(r.updated_at, 0, NOW - 7_200)),
    ("updated_at:gt:-30m", |r| between(r.updated_at, NOW - 1_800, i64::MAX)),
    ("created_at:>-1w", |r| between(r.created_at, NOW - 7 * DAY, i64::MAX)),
    ("created_at:today", |r| between(r.created_at, TODAY, i64::MAX)),
    ("created_at:yesterday", |r| between(r.created_at, TODAY - DAY, TODAY - 1)),
    ("created_at:2026-09-15", |r| between(r.created_at, TODAY - 6 * DAY, TODAY - 5 * DAY - 1)),
    ("created_at:>2026-09-15T09:30", |r| between(r.created_at, TODAY - 6 * DAY + 34_200, i64::MAX)),
    ("created_at:<=2026-09-15", |r| between(r.created_at, 0, TODAY - 5 * DAY - 1)),
    ("created_at:>-7d created_at:<-1d", |r| between(r.created_at, NOW - 7 * DAY, NOW - DAY)),
    ("created_at:<-1d state:open created_at:>-7d", |r| {
        open(r) && between(r.created_at, NOW - 7 * DAY, NOW - DAY)
    }),
    ("statistics_time_to_admin_reply:>1h30m", |r| r.first_reply.is_some_and(|s| s >= 5_400)),
    // Names.
    ("assignee:me state:open", |r| open(r) && admin(r) == Some("6120447")),
    ("admin_assignee_id:me", |r| admin(r) == Some("6120447")),
    ("assignee:kenji", |r| admin(r) == Some("6120463")),
    ("assignee:\"Sofía Brandt\"", |r| admin(r) == Some("6120489")),
    ("assignee:none", |r| r.admin.is_none()),
    ("assignee:in:me,none state:open", |r| open(r) && matches!(admin(r), None | Some("6120447"))),
    ("assignee:neq:me", |r| admin(r) != Some("6120447")),
    ("team:\"front desk\"", |r| team(r) == Some("8801")),
    ("team:none", |r| r.team.is_none()),
    ("tag:fares", |r| tagged(r, "fares")),
    ("tag:bug tag:timetable", |r| tagged(r, "bug") && tagged(r, "timetable")),
    ("tag:none state:open", |r| open(r) && r.tags.is_empty()),
    // What only this program knows.
    ("waiting:>4h", |r| waits(r, 14_400)),
    ("waiting>4h state:open", |r| open(r) && waits(r, 14_400)),
    ("waiting:<1d", |r| r.waiting_since.is_some_and(|since| NOW - since.0 <= DAY)),
    ("state:open assignee:me waiting:yes", |r| {
        open(r) && admin(r) == Some("6120447") && r.waiting_since.is_some()
    }),
    ("waiting:no", |r| r.waiting_since.is_none()),
    ("sla:missed", |r| sla(r) == "missed"),
    ("sla:in:risk,missed", |r| sla(r) == "missed" || (sla(r) == "active" && r.waiting_since.is_some())),
    ("sla:none", |r| r.sla.is_none()),
    ("due:no", |r| r.snoozed_until.is_some_and(|at| at.0 >= NOW)),
    ("due:<+3d", |r| r.snoozed_until.is_some_and(|at| at.0 <= NOW + 3 * DAY)),
    ("state:snoozed snoozed_until:<+1w", |r| {
        r.state == State::Snoozed && r.snoozed_until.is_some_and(|at| at.0 <= NOW + 7 * DAY)
    }),
    ("fin:handed-over", |r| matches!(fin(r), "routed_to_team" | "escalated" | "procedure_handoff")),
    ("fin:resolved", |r| matches!(fin(r), "assumed_resolution" | "confirmed_resolution")),
    ("fin:none", |r| r.fin.is_none()),
    ("rating:<3", |r| r.rating.is_some_and(|score| score < 3)),
    ("rating:none state:closed", |r| r.rating.is_none() && r.state == State::Closed),
    ("priority:high", |r| r.priority == Priority::High),
    ("priority:none state:open", |r| open(r) && r.priority == Priority::None),
    ("channel:chat", |r| r.channel.as_str() == "conversation"),
    ("channel:in:email,whatsapp", |r| matches!(r.channel.as_str(), "email" | "whatsapp")),
    ("refund waiting:>1h created_at:>-30d created_at:<-1h", |r| {
        mentions(r, "refund") && waits(r, 3_600) && between(r.created_at, NOW - 30 * DAY, NOW - 3_600)
    }),
    // A value that nobody knows is sent as it is.
    ("source_type:pigeon", |_| false),
];

/// Whether the free text search finds a word: the demo server looks at title, subject, opening message and author.
fn mentions(row: &Row, word: &str) -> bool {
    let texts = [&row.subject, &row.preview, &row.author.name, &row.author.email];
    texts.iter().any(|text| text.as_str().to_lowercase().contains(word))
}

pub(crate) const WRONG: &[&str] = &[
    "state:open q:\"no end",
    "state: open",
    "stae:open",
    "create_at:>-1d",
    "colour:red",
    "Re: order",
    "state:like:open",
    "state:>open",
    "read:maybe",
    "created_at:gt:soon",
    "created_at:>3d",
    "created_at:-3d",
    "created_at:2026-02-30",
    "waiting:4h",
    "rating:9",
    "admin_assignee_id:a/b",
    "limit:5 state:open",
    "object_type:contacts",
    "assignee:zoe",
    "team:support",
    "assignee:in:,",
    "teammate_ids:none",
    "rating:>none",
    "due:>yes",
    "-state:open",
    "(state:open OR state:snoozed)",
];

//! Of which era a server is, and which revision of the protocol it speaks. Owns the words for that.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;

use super::budget;
use super::case::{Case, Told};
use super::exchange::{Head, Http};
use super::message::{GREETED, MODERN, Message};
use super::status;
use super::streamable::{Refusal, Session};
use super::trouble::Trouble;
use crate::domain::examination::Rung;
use crate::session::Transport;

/// The revision agreed on.
pub(super) fn agree(result: &Value, way: &str, case: &mut Case) -> Result<String, Trouble> {
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or("").to_owned();
    let version = text(result, "protocolVersion");
    if !GREETED.contains(&version.as_str()) && version != MODERN {
        return Err(unknown_version(&version, case));
    }
    let named =
        result.get("serverInfo").map(|info| format!("{} {}", text(info, "name"), text(info, "version")));
    case.protocol = Some(speaks(&version, way, named));
    Ok(version)
}

fn speaks(version: &str, way: &str, named: Option<String>) -> Told {
    let named: Option<String> = named.map(|named| named.trim().chars().take(80).collect());
    let named = named.filter(|named| !named.is_empty());
    let named = named.map(|named| format!("; the server calls itself {named}")).unwrap_or_default();
    Told::good(format!("It speaks MCP {version} over {way}{named}."))
}

fn unknown_version(theirs: &str, case: &Case) -> Trouble {
    let theirs: String = theirs.chars().take(40).collect();
    let theirs = if theirs.is_empty() {
        "does not say which MCP version it speaks".to_owned()
    } else {
        format!("speaks MCP version {theirs}")
    };
    Trouble::new(
        Rung::Protocol,
        "unknown-version",
        format!("{} {theirs}; this program knows {} and {MODERN}.", case.host, GREETED.join(", ")),
        "Update this program, or the server, so that both know one version.",
    )
}

/// A server of the era without greetings and sessions.
pub(super) struct Modern {
    seen: Seen,
    protocol: Told,
}

impl Modern {
    pub(super) fn take(self, case: &mut Case) -> Session {
        note(&self.seen, case);
        case.protocol = Some(self.protocol);
        case.session = Some(Told::good("This version of the protocol needs no session."));
        Session { modern: true, ..Session::default() }
    }
}

/// Whether the server is of the newer era, as the session asks first, too. Everything but a clear yes means that it has to be
/// greeted: servers that do not know the question answer it in many ways, or not at all.
pub(super) async fn modern_at_once(http: &Http, case: &Case, transport: Transport) -> Option<Modern> {
    if transport == Transport::Sse {
        return None;
    }
    let connect = if case.https { budget::TLS } else { Duration::ZERO };
    let limit = http.budget.of(connect + budget::STREAM, http.limits.headers);
    timeout(limit, discover(http, case)).await.ok()?.ok()
}

/// Asks a server what it speaks without greeting it.
pub(super) async fn discover(http: &Http, case: &Case) -> Result<Modern, Refusal> {
    let session = Session { modern: true, ..Session::default() };
    let message = Message::request(2, "server/discover", json!({}));
    let head = session.post(http, case, &message).await?;
    let seen = Seen::of(&head);
    if head.status != 200 {
        return Err(unknown_version("", case).into());
    }
    let result = session.read(head, http, case, &message).await?;
    let versions = result.get("supportedVersions").and_then(Value::as_array);
    let versions: Vec<&str> = versions.into_iter().flatten().filter_map(Value::as_str).collect();
    if !versions.contains(&MODERN) {
        return Err(unknown_version(&versions.join(", "), case).into());
    }
    let info = result.get("_meta").and_then(|meta| meta.get("io.modelcontextprotocol/serverInfo"));
    let name = info.and_then(|info| info.get("name")).and_then(Value::as_str).map(str::to_owned);
    Ok(Modern { seen, protocol: speaks(MODERN, "Streamable HTTP", name) })
}

/// What the head of any reply says.
pub(super) struct Seen {
    status: u16,
    skew: Option<i64>,
}

impl Seen {
    pub(super) fn of(head: &Head) -> Self {
        let date = head.header("date").and_then(status::date);
        let skew = date.map(|date| date.saturating_sub(status::now().0));
        Self { status: head.status, skew }
    }
}

/// Keeps it.
pub(super) fn note(seen: &Seen, case: &mut Case) {
    case.status = seen.status;
    case.skew = seen.skew.or(case.skew);
}

//! Streamable HTTP as the doctor speaks it: one POST per message, the answer in its body or on the server's own stream.

use http::{HeaderMap, Method};
use serde_json::Value;

use super::budget;
use super::case::Case;
use super::events::{Events, pick};
use super::exchange::{Head, Http, NoHead, Outgoing, headers};
use super::message::{MODERN, Message};
use super::silent;
use super::status::{self, No};
use super::trouble::Trouble;
use crate::session::forgotten;

/// What a session is, once there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Session {
    /// The server's name for it; none when it keeps none.
    pub(super) id: Option<String>,
    /// The revision agreed on.
    pub(super) version: Option<String>,
    /// Of the era without sessions.
    pub(super) modern: bool,
}

/// A request without a result.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub(super) trouble: Trouble,
    /// The HTTP status; 0 when there was none.
    pub(super) status: u16,
    /// The JSON-RPC error's code.
    pub(super) code: Option<i64>,
}

impl From<Trouble> for Refusal {
    fn from(trouble: Trouble) -> Self {
        Self { trouble, status: 0, code: None }
    }
}

impl Session {
    /// The headers that go with a message.
    pub(super) fn headers(&self, message: Option<&Message>) -> HeaderMap {
        let version = if self.modern { Some(MODERN) } else { self.version.as_deref() };
        let mut pairs = vec![("accept", "application/json, text/event-stream")];
        pairs.extend(self.id.as_deref().map(|id| ("mcp-session-id", id)));
        pairs.extend(version.map(|version| ("mcp-protocol-version", version)));
        if let Some(message) = message.filter(|_| self.modern) {
            pairs.push(("mcp-method", message.method));
            if !message.tool.is_empty() {
                pairs.push(("mcp-name", &message.tool));
            }
        }
        headers(pairs)
    }

    /// Sends a message and reads the head of the reply.
    pub(super) async fn post(&self, http: &Http, case: &Case, message: &Message) -> Result<Head, Refusal> {
        let outgoing = Outgoing {
            method: Method::POST,
            address: http.endpoint.clone(),
            headers: self.headers(Some(message)),
            body: message.bytes(self.modern),
            label: message.method,
            tool: &message.tool,
            limit: http.budget.of(usual(message), http.limits.headers),
        };
        let rushed = http.budget.rushes(usual(message), http.limits.headers);
        http.send(&outgoing, case).await.map_err(|failed| silence(failed, rushed, case).into())
    }

    /// Reads the reply to a request from where its head left off: the `result`.
    pub(super) async fn read(
        &self,
        mut head: Head,
        http: &Http,
        case: &Case,
        message: &Message,
    ) -> Result<Value, Refusal> {
        let Some(id) = message.id else { return Ok(Value::Null) };
        let limit = http.budget.of(usual(message), http.limits.idle_body);
        let rushed = http.budget.rushes(usual(message), http.limits.idle_body);
        let host = &case.host;
        let ended = |stopped| silent::stopped(stopped, rushed, host);
        match (head.status, head.kind.as_str()) {
            (202 | 204, _) => self.elsewhere(http, case, id).await,
            (200..=299, "text/event-stream") => {
                let reply = Events::of(head).reply(id, limit).await;
                result(reply.map_err(ended)?, 200, case)
            }
            (200..=299, "application/json") => {
                let body = head.body(limit).await.map_err(ended)?;
                let reply = serde_json::from_slice(&body).ok().and_then(|reply| pick(reply, id));
                result(reply.ok_or_else(|| silent::unreadable(host))?, 200, case)
            }
            (200..=299, kind) => Err(silent::foreign(kind, host).into()),
            _ => Err(self.refusal(head, http, case).await),
        }
    }

    /// A reply that says no, with the server's words.
    pub(super) async fn refusal(&self, mut head: Head, http: &Http, case: &Case) -> Refusal {
        let limit = http.budget.of(budget::AT_ONCE, http.limits.idle_body);
        let body = head.words(limit).await;
        let error = serde_json::from_slice::<Value>(&body).ok().and_then(|body| body.get("error").cloned());
        let words = error.as_ref().and_then(|error| error.get("message")).and_then(Value::as_str);
        let code = error.as_ref().and_then(|error| error.get("code")).and_then(Value::as_i64);
        let no = No {
            status: head.status,
            kind: &head.kind,
            headers: &head.headers,
            code,
            words: words.unwrap_or_default(),
            in_session: self.id.is_some(),
        };
        Refusal { trouble: status::of(&no, case), status: head.status, code }
    }

    /// The answer to a request that was only accepted: it may come on the server's own stream.
    async fn elsewhere(&self, http: &Http, case: &Case, id: u64) -> Result<Value, Refusal> {
        let Ok(head) = listen(http, case, self.headers(None), budget::STREAM).await else {
            return Err(silent::accepted_and_silent(&case.host).into());
        };
        if head.status != 200 || head.kind != "text/event-stream" {
            return Err(silent::accepted_and_silent(&case.host).into());
        }
        let limit = http.budget.of(budget::AT_ONCE, http.limits.idle_body);
        match Events::of(head).reply(id, limit).await {
            Ok(reply) => result(reply, 202, case),
            Err(_) => Err(silent::accepted_and_silent(&case.host).into()),
        }
    }
}

/// A tool may take what is left; everything else answers soon.
pub(super) fn usual(message: &Message) -> std::time::Duration {
    if message.method == "tools/call" { budget::WHOLE } else { budget::REPLY }
}

/// Asks for the server's own stream.
pub(super) async fn listen(
    http: &Http,
    case: &Case,
    mut headers: HeaderMap,
    usual: std::time::Duration,
) -> Result<Head, NoHead> {
    headers.insert(http::header::ACCEPT, http::HeaderValue::from_static("text/event-stream"));
    // A connection that has to be made secure has a limit of its own, so that a slow one is not taken for a silent server.
    let connect = if case.https { budget::TLS } else { std::time::Duration::ZERO };
    let outgoing = Outgoing {
        method: Method::GET,
        address: http.endpoint.clone(),
        headers,
        body: Vec::new(),
        label: "GET",
        tool: "",
        limit: http.budget.of(connect + usual, http.limits.connect.saturating_add(http.limits.headers)),
    };
    http.send(&outgoing, case).await
}

/// Why no head came.
pub(super) fn silence(failed: NoHead, rushed: bool, case: &Case) -> Trouble {
    match failed {
        NoHead::Silent => silent::no_answer(&case.host, rushed),
        NoHead::Failed(trouble) => trouble,
    }
}

/// The result of a reply, or what its error means.
pub(super) fn result(mut reply: Value, status: u16, case: &Case) -> Result<Value, Refusal> {
    if let Some(error) = reply.get("error") {
        let code = error.get("code").and_then(Value::as_i64);
        let words = error.get("message").and_then(Value::as_str).unwrap_or_default();
        let lost = code.is_some_and(|code| forgotten::by_error(code, words));
        let trouble = if lost {
            let headers = HeaderMap::new();
            let no = No { status: 404, kind: "", headers: &headers, code, words: "", in_session: true };
            status::of(&no, case)
        } else {
            silent::refused(error, &case.host)
        };
        return Err(Refusal { trouble, status, code });
    }
    reply.get_mut("result").map(Value::take).ok_or_else(|| silent::unreadable(&case.host).into())
}

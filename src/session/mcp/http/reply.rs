//! The head and, unless it streams, the body of a reply to a POST.

use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use futures::StreamExt as _;
use http::{StatusCode, header};
use reqwest::Response;
use rmcp::model::{RequestId, ServerJsonRpcMessage};
use rmcp::transport::streamable_http_client::StreamableHttpPostResponse;
use serde_json::Value;
use tokio::time::timeout;

use super::{Http, Inflow};
use crate::domain::call::FaultKind;
use crate::session::mcp::failure::{Failure, What};
use crate::session::mcp::stream::{self, Of, Resumption};
use crate::session::mcp::waiting;

/// Bytes of an error's body that are read for its words.
const ERROR_BODY: usize = 16 * 1024;
/// Bytes of a body that is not MCP that are shown.
const SHOWN: usize = 80;

/// What kind of request was refused.
#[derive(Clone, Copy, Default)]
struct Asked {
    /// One of a session of the older eras.
    in_session: bool,
    /// One of the newest era.
    modern: bool,
    /// The first of all, which asks for the era.
    discovery: bool,
}

/// The media type in lower case, without parameters.
pub(super) fn media_type(response: &Response) -> String {
    let value = response.headers().get(header::CONTENT_TYPE);
    let value = value.and_then(|value| value.to_str().ok()).unwrap_or("");
    let kind = value.split(';').next().unwrap_or("");
    kind.trim().to_ascii_lowercase()
}

/// How a body is still encoded that comes in: what was asked for is decoded by now, and its header is gone.
pub(super) fn coding(response: &Response) -> Option<String> {
    let codings = response.headers().get_all(header::CONTENT_ENCODING).iter();
    let codings: Vec<_> = codings.map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    let codings = codings.join(", ").trim().to_ascii_lowercase();
    (!codings.is_empty() && codings != "identity").then_some(codings)
}

/// Reads a reply. `id` names the request that was posted; none for a notification, whose reply is never read.
pub(super) async fn read(
    http: &Http,
    inflow: Inflow,
    id: Option<RequestId>,
    resumption: Resumption,
    discovery: bool,
) -> Result<StreamableHttpPostResponse, Failure> {
    let status = inflow.response.status();
    if !status.is_success() {
        let asked = Asked { in_session: resumption.session.is_some(), modern: resumption.modern, discovery };
        return refused(http, inflow, id, asked).await;
    }
    let Some(id) = id else {
        return Ok(StreamableHttpPostResponse::Accepted);
    };
    if matches!(status, StatusCode::ACCEPTED | StatusCode::NO_CONTENT) {
        return accepted(http, id, &resumption);
    }
    if let Some(coding) = coding(&inflow.response) {
        let mut inflow = inflow;
        let failure = encoded(http, &coding);
        inflow.trouble(failure.fault.sentence.as_str());
        return Err(failure);
    }
    let session = inflow.response.headers().get("mcp-session-id");
    let session = session.and_then(|value| value.to_str().ok()).map(str::to_owned);
    if session.is_some() {
        http.talk.session.store(true, Ordering::Relaxed);
    }
    match media_type(&inflow.response).as_str() {
        "text/event-stream" => {
            let events = stream::events(inflow, http.clone(), Of::Request(id, resumption));
            Ok(StreamableHttpPostResponse::Sse(events, session))
        }
        "application/json" => {
            let mut inflow = inflow;
            let messages = messages(http, &mut inflow, &id, resumption.idle).await;
            let messages = messages.inspect_err(|failure| inflow.trouble(failure.fault.sentence.as_str()))?;
            Ok(posted(messages, session))
        }
        kind => {
            let mut inflow = inflow;
            let failure = foreign(http, kind);
            inflow.trouble(failure.fault.sentence.as_str());
            Err(failure)
        }
    }
}

/// Reads the reply to a message whose answer comes elsewhere: all that counts is whether it was taken.
pub(super) async fn dropped_off(http: &Http, mut inflow: Inflow) -> Result<(), Failure> {
    if !inflow.response.status().is_success() {
        let asked = Asked { in_session: true, ..Asked::default() };
        return refused(http, inflow, None, asked).await.map(drop);
    }
    // A body that is read to its end leaves the connection for the next message.
    let _ = timeout(super::DISCOVERY, body(http, &mut inflow, super::DISCOVERY)).await;
    Ok(())
}

fn posted(mut messages: Vec<ServerJsonRpcMessage>, session: Option<String>) -> StreamableHttpPostResponse {
    if messages.len() == 1
        && let Some(message) = messages.pop()
    {
        return StreamableHttpPostResponse::Json(message, session);
    }
    let events = futures::stream::iter(messages.into_iter().map(|message| Ok(stream::event(&message))));
    StreamableHttpPostResponse::Sse(events.boxed(), session)
}

/// The answer is to come on the server's own stream, if it has one, and within bounded time.
fn accepted(
    http: &Http,
    id: RequestId,
    resumption: &Resumption,
) -> Result<StreamableHttpPostResponse, Failure> {
    if !http.may_have_stream() || resumption.session.is_none() {
        return Err(stream::nowhere_to_answer(http));
    }
    Ok(StreamableHttpPostResponse::Sse(stream::promised(http.clone(), id), None))
}

fn foreign(http: &Http, kind: &str) -> Failure {
    let named = if kind.is_empty() { "something of no type" } else { kind };
    Failure::new(
        What::Unclear,
        FaultKind::Protocol,
        &format!(
            "{} answered with {} instead of MCP.",
            http.endpoint.place.host,
            http.endpoint.place.hide(named)
        ),
        "Check the address; a login page or a proxy may stand between.",
    )
}

fn encoded(http: &Http, coding: &str) -> Failure {
    let place = &http.endpoint.place;
    Failure::new(
        What::Unclear,
        FaultKind::Protocol,
        &format!("{} encoded its answer as {}, which was not asked for.", place.host, place.hide(coding)),
        "Ask whoever runs the server, or the proxy before it, to send answers as they are.",
    )
}

/// The whole body, within size and time.
async fn body(http: &Http, inflow: &mut Inflow, idle: Duration) -> Result<Vec<u8>, Failure> {
    let place = &http.endpoint.place;
    let mut bytes = Vec::new();
    loop {
        match timeout(idle, inflow.chunk()).await {
            Ok(Ok(Some(piece))) => bytes.extend_from_slice(&piece),
            Ok(Ok(None)) => return Ok(bytes),
            Ok(Err(())) => return Err(place.cut()),
            Err(_) => return Err(Failure::of(What::Unclear, place.silent(idle))),
        }
        if bytes.len() > place.limits.max_body {
            return Err(place.too_large());
        }
    }
}

/// The messages of a JSON body, one of which must answer the request.
async fn messages(
    http: &Http,
    inflow: &mut Inflow,
    id: &RequestId,
    idle: Duration,
) -> Result<Vec<ServerJsonRpcMessage>, Failure> {
    let bytes = body(http, inflow, idle).await?;
    let sorted = http.talk.mailbox.sort(&bytes, Some(id));
    if !http.talk.mailbox.expects(id) && !sorted.messages.is_empty() {
        return Ok(sorted.messages);
    }
    let place = &http.endpoint.place;
    let first = String::from_utf8_lossy(&bytes[..bytes.len().min(SHOWN)]);
    let what = if bytes.is_empty() {
        "answered with an empty body".to_owned()
    } else {
        format!("answered with JSON that is not MCP: {}", place.hide(&first))
    };
    Err(place.not_mcp(&what))
}

/// A reply that says no: its status, the words of a JSON-RPC error in it, and how long to wait.
async fn refused(
    http: &Http,
    mut inflow: Inflow,
    id: Option<RequestId>,
    asked: Asked,
) -> Result<StreamableHttpPostResponse, Failure> {
    let status = inflow.response.status();
    let wait = inflow.response.headers().get(header::RETRY_AFTER);
    let wait = wait.and_then(|value| value.to_str().ok()).and_then(|value| waiting::seconds(value, now()));
    let readable = coding(&inflow.response).is_none();
    let bytes = if readable { error_body(http, &mut inflow).await } else { Vec::new() };
    let said: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let said_code = said.pointer("/error/code").and_then(Value::as_i64);
    let code = said_code.filter(|code| is_modern(*code));
    if let Some(id) = id.filter(|_| asked.discovery && code.is_some()) {
        let sorted = http.talk.mailbox.sort(&bytes, Some(&id));
        if !sorted.messages.is_empty() {
            return Ok(posted(sorted.messages, None));
        }
    }
    let place = &http.endpoint.place;
    let words = place.hide(&words(&bytes));
    let code = code.filter(|_| asked.modern && status == StatusCode::BAD_REQUEST);
    let unread = code.and_then(|code| match code {
        -32020 => Some(Failure::outdated(&words, &place.host)),
        code => Failure::lacking(code, said.pointer("/error/data"), place),
    });
    let failure = unread.unwrap_or_else(|| {
        Failure::of_status(status, &words, said_code, asked.in_session, wait, &place.host)
    });
    inflow.trouble(failure.fault.sentence.as_str());
    Err(failure)
}

/// As much of an error's body as is read for its words, within bounded time.
async fn error_body(http: &Http, inflow: &mut Inflow) -> Vec<u8> {
    let mut bytes = Vec::new();
    let reading = async {
        while bytes.len() < ERROR_BODY {
            match inflow.chunk().await {
                Ok(Some(piece)) => bytes.extend_from_slice(&piece),
                Ok(None) | Err(()) => break,
            }
        }
    };
    let limit = http.endpoint.place.limits.idle_body.min(super::DISCOVERY);
    let _ = timeout(limit, reading).await;
    bytes.truncate(ERROR_BODY);
    bytes
}

/// Whether only servers of the modern era use this code of a refusal (MCP 2026-07-28, versioning).
fn is_modern(code: i64) -> bool {
    (-32022..=-32020).contains(&code)
}

/// The message of a JSON-RPC error, or of an OAuth one; nothing for pages and plain text, except that a short plain
/// text may name the session.
fn words(bytes: &[u8]) -> String {
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else {
        let text = String::from_utf8_lossy(bytes);
        let short = text.len() <= 200 && !text.contains('<');
        return if short { text.trim().to_owned() } else { String::new() };
    };
    let message = value
        .pointer("/error/message")
        .or_else(|| value.get("error_description"))
        .or_else(|| value.get("message"))
        .or_else(|| value.get("error"));
    message.and_then(Value::as_str).unwrap_or("").to_owned()
}

/// Unix seconds now, for dates in `Retry-After`.
#[expect(clippy::disallowed_methods, reason = "a date in Retry-After means nothing without the wall clock")]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

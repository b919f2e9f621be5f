//! The head and, unless it streams, the body of a reply to a POST.

use std::time::{SystemTime, UNIX_EPOCH};

use http::{StatusCode, header};
use reqwest::Response;
use rmcp::model::{RequestId, ServerJsonRpcMessage};
use rmcp::transport::streamable_http_client::StreamableHttpPostResponse;
use serde_json::Value;
use std::sync::atomic::Ordering;
use tokio::time::timeout;

use super::Http;
use crate::domain::call::FaultKind;
use crate::domain::text::Clean;
use crate::session::mcp::failure::{Failure, What};
use crate::session::mcp::stream::{self, Of};
use crate::session::mcp::waiting;

/// Bytes of an error's body that are read for its words.
const ERROR_BODY: usize = 16 * 1024;

/// The media type in lower case, without parameters.
pub(super) fn media_type(response: &Response) -> String {
    let value = response.headers().get(header::CONTENT_TYPE);
    let value = value.and_then(|value| value.to_str().ok()).unwrap_or("");
    let kind = value.split(';').next().unwrap_or("");
    kind.trim().to_ascii_lowercase()
}

/// Reads a reply. `id` names the request that was posted; none for a notification, whose reply is never read.
pub(super) async fn read(
    http: &Http,
    response: Response,
    id: Option<RequestId>,
    in_session: bool,
) -> Result<StreamableHttpPostResponse, Failure> {
    let status = response.status();
    if !status.is_success() {
        return Err(refused(http, response, in_session).await);
    }
    let Some(id) = id else {
        return Ok(StreamableHttpPostResponse::Accepted);
    };
    if matches!(status, StatusCode::ACCEPTED | StatusCode::NO_CONTENT) {
        return accepted(http);
    }
    let session = response.headers().get("mcp-session-id");
    let session = session.and_then(|value| value.to_str().ok()).map(str::to_owned);
    match media_type(&response).as_str() {
        "text/event-stream" => {
            let events = stream::events(response, http.clone(), Of::Request(id));
            Ok(StreamableHttpPostResponse::Sse(events, session))
        }
        "application/json" => {
            let bytes = body(http, response).await?;
            let message = message(http, &bytes, &id)?;
            Ok(StreamableHttpPostResponse::Json(message, session))
        }
        kind => Err(foreign(http, kind)),
    }
}

/// The answer is to come on the server's own stream, if it has one.
fn accepted(http: &Http) -> Result<StreamableHttpPostResponse, Failure> {
    if http.state.no_stream.load(Ordering::Relaxed) {
        return Err(Failure::new(
            What::Unclear,
            FaultKind::Protocol,
            &format!("{} took the request but has no stream to answer on.", http.endpoint.host),
            "Check the address; Intercom's ends in /mcp.",
        ));
    }
    Ok(StreamableHttpPostResponse::Accepted)
}

fn foreign(http: &Http, kind: &str) -> Failure {
    let named = if kind.is_empty() { "of no type" } else { kind };
    Failure::new(
        What::Unclear,
        FaultKind::Protocol,
        &format!("{} answered with {named} instead of MCP.", http.endpoint.host),
        "Check the address; a login page or a proxy may stand between.",
    )
}

/// The whole body, within size and time.
async fn body(http: &Http, mut response: Response) -> Result<Vec<u8>, Failure> {
    let limits = &http.endpoint.limits;
    let mut bytes = Vec::new();
    loop {
        match timeout(limits.idle_body, response.chunk()).await {
            Ok(Ok(Some(piece))) => bytes.extend_from_slice(&piece),
            Ok(Ok(None)) => return Ok(bytes),
            Ok(Err(_)) => return Err(http.endpoint.cut()),
            Err(_) => {
                let fault = http.endpoint.silent(limits.idle_body);
                let what = What::Unclear;
                return Err(Failure { what, fault });
            }
        }
        if bytes.len() > limits.max_body {
            return Err(http.endpoint.too_large());
        }
    }
}

fn message(http: &Http, bytes: &[u8], id: &RequestId) -> Result<ServerJsonRpcMessage, Failure> {
    let read = serde_json::from_slice::<ServerJsonRpcMessage>(bytes);
    let nameless = matches!(&read, Ok(ServerJsonRpcMessage::Error(error)) if error.id.is_none());
    match read {
        Ok(message) if !nameless => return Ok(message),
        Ok(_) | Err(_) => {}
    }
    stream::with_id(bytes, id).and_then(|message| serde_json::from_value(message).ok()).ok_or_else(|| {
        let first = String::from_utf8_lossy(&bytes[..bytes.len().min(80)]).into_owned();
        Failure::new(
            What::Unclear,
            FaultKind::Protocol,
            &format!("{} answered with JSON that is not MCP: {}", http.endpoint.host, Clean::line(&first)),
            "Check the address; Intercom's ends in /mcp.",
        )
    })
}

/// A reply that says no: its status, the words of a JSON-RPC error in it, and how long to wait.
async fn refused(http: &Http, mut response: Response, in_session: bool) -> Failure {
    let status = response.status();
    let wait = response.headers().get(header::RETRY_AFTER);
    let wait = wait.and_then(|value| value.to_str().ok()).and_then(|value| waiting::seconds(value, now()));
    let mut bytes = Vec::new();
    while bytes.len() < ERROR_BODY {
        match timeout(http.endpoint.limits.idle_body, response.chunk()).await {
            Ok(Ok(Some(piece))) => bytes.extend_from_slice(&piece),
            _ => break,
        }
    }
    bytes.truncate(ERROR_BODY);
    Failure::of_status(status, &words(&bytes), in_session, wait, &http.endpoint.host)
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
    let message = message.and_then(Value::as_str).unwrap_or("");
    message.chars().take(300).collect()
}

/// Unix seconds now, for dates in `Retry-After`.
#[expect(clippy::disallowed_methods, reason = "a date in Retry-After means nothing without the wall clock")]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

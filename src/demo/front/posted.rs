//! POST: one message or a batch.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::super::server::Server;
use super::super::{rpc, stream};
use super::{Refused, SESSION, accepts, event_stream, live_session, refuse, reply};

/// The largest body.
const MOST_BYTES: usize = 32 * 1024 * 1024;
const INVALID_REQUEST: i64 = -32_600;
const PARSE_ERROR: i64 = -32_700;
const METHOD_NOT_FOUND: i64 = -32_601;

/// Answers a POST.
pub(super) async fn post(server: Arc<Server>, request: Request) -> Response {
    if let Err(refused) = check_headers(request.headers()) {
        return *refused.0;
    }
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MOST_BYTES).await else {
        return *too_large().0;
    };
    let taken = messages(&body).and_then(|messages| {
        let session = session(&server, &head.headers, &messages)?;
        Ok((messages, session))
    });
    match taken {
        Err(refused) => *refused.0,
        Ok((messages, session)) => {
            let requests: Vec<Value> =
                messages.into_iter().filter(|message| rpc::request_method(message).is_some()).collect();
            if requests.is_empty() {
                return StatusCode::ACCEPTED.into_response();
            }
            event_stream(stream::answers(server, requests), &session)
        }
    }
}

fn check_headers(headers: &HeaderMap) -> Result<(), Refused> {
    if !accepts(headers, "application/json") || !accepts(headers, "text/event-stream") {
        return Err(refuse(
            StatusCode::NOT_ACCEPTABLE,
            -32_000,
            "Not Acceptable: Client must accept both application/json and text/event-stream",
        ));
    }
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    if !kind.contains("application/json") {
        return Err(refuse(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            -32_000,
            "Unsupported Media Type: Content-Type must be application/json",
        ));
    }
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > MOST_BYTES) { Err(too_large()) } else { Ok(()) }
}

fn too_large() -> Refused {
    let message = format!("Request body too large. Maximum size is {MOST_BYTES} bytes");
    refuse(StatusCode::PAYLOAD_TOO_LARGE, -32_000, &message)
}

fn messages(body: &[u8]) -> Result<Vec<Value>, Refused> {
    let value: Value = serde_json::from_slice(body)
        .map_err(|_| refuse(StatusCode::BAD_REQUEST, PARSE_ERROR, "Parse error: Invalid JSON"))?;
    let messages = match value {
        Value::Array(messages) => messages,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            vec![value]
        }
    };
    if messages.is_empty() || !messages.iter().all(rpc::is_message) {
        return Err(refuse(StatusCode::BAD_REQUEST, PARSE_ERROR, "Parse error: Invalid JSON-RPC message"));
    }
    Ok(messages)
}

/// The session the messages belong to; a new one for `initialize`.
fn session(server: &Server, headers: &HeaderMap, messages: &[Value]) -> Result<String, Refused> {
    let invalid = |message: &str| Err(refuse(StatusCode::BAD_REQUEST, INVALID_REQUEST, message));
    if messages.iter().any(|message| rpc::request_method(message) == Some("initialize")) {
        if headers.contains_key(SESSION) {
            return invalid("Invalid Request: Initialization requests must not include a sessionId");
        }
        if messages.len() > 1 {
            return invalid("Invalid Request: Only one initialization request is allowed");
        }
        return Ok(server.sessions().open());
    }
    if let ([probe], false) = (messages, headers.contains_key(SESSION)) {
        // The newer protocol's first question comes without a session; "no such method" sends it to `initialize`.
        if rpc::request_method(probe) == Some("server/discover") {
            let id = probe.get("id").cloned().unwrap_or_default();
            let error = rpc::error(&id, METHOD_NOT_FOUND, "Method not found");
            return Err(reply(StatusCode::BAD_REQUEST, &error));
        }
    }
    live_session(server, headers)
}

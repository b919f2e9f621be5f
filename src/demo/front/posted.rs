//! POST: one message or a batch.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::super::fault::Fault;
use super::super::modern::{self, Subscription};
use super::super::server::Server;
use super::super::{rpc, stream};
use super::{
    Refused, SESSION, accepts, event_stream, live_session, lost, name_session, refuse, reply, strike,
};

/// The largest body.
const MOST_BYTES: usize = 32 * 1024 * 1024;
const INVALID_REQUEST: i64 = -32_600;
const PARSE_ERROR: i64 = -32_700;

/// Answers a POST.
pub(super) async fn post(server: Arc<Server>, request: Request) -> Response {
    let checked = strike(&server).and_then(|()| check_headers(&server, request.headers()));
    if let Err(refused) = checked {
        return *refused.0;
    }
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MOST_BYTES).await else {
        return *too_large().0;
    };
    let taken = messages(&body).and_then(|messages| {
        let session = if server.is_modern() {
            check_modern(&head.headers, &messages)?;
            None
        } else {
            Some(session(&server, &head.headers, &messages)?)
        };
        Ok((messages, session))
    });
    match taken {
        Err(refused) => *refused.0,
        Ok((messages, session)) => answer(server, messages, session.as_deref()).await,
    }
}

async fn answer(server: Arc<Server>, messages: Vec<Value>, session: Option<&str>) -> Response {
    let batch = messages.len() > 1;
    let requests: Vec<Value> =
        messages.into_iter().filter(|message| rpc::request_method(message).is_some()).collect();
    if requests.is_empty() {
        return StatusCode::ACCEPTED.into_response();
    }
    if server.is_modern()
        && let Some(subscription) = requests.first().and_then(Subscription::asked)
    {
        return event_stream(stream::subscribed(&server, subscription), None);
    }
    if !server.faults().has(&Fault::JsonReplies) {
        return event_stream(stream::answers(server, requests), session);
    }
    let mut answers = Vec::new();
    for request in requests {
        answers.push(stream::answer(Arc::clone(&server), request).await);
    }
    let body = if batch { Value::Array(answers) } else { answers.pop().unwrap_or_default() };
    let mut response = *reply(StatusCode::OK, &body).0;
    name_session(response.headers_mut(), session);
    response
}

/// One message at a time, and its headers agree with it.
fn check_modern(headers: &HeaderMap, messages: &[Value]) -> Result<(), Refused> {
    let [message] = messages else {
        return Err(refuse(StatusCode::BAD_REQUEST, INVALID_REQUEST, "Invalid Request: no batches"));
    };
    if rpc::request_method(message).is_none() {
        return Ok(());
    }
    modern::check(headers, message).map_err(|(status, error)| reply(status, &error))
}

fn check_headers(server: &Server, headers: &HeaderMap) -> Result<(), Refused> {
    let never = server.faults().has(&Fault::NotAcceptable);
    if never || !accepts(headers, "application/json") || !accepts(headers, "text/event-stream") {
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

/// The messages of a body: one, or a batch.
pub(crate) fn messages(body: &[u8]) -> Result<Vec<Value>, Refused> {
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
            let error = rpc::error(&id, rpc::METHOD_NOT_FOUND, "Method not found");
            return Err(reply(StatusCode::BAD_REQUEST, &error));
        }
    }
    let session = live_session(server, headers)?;
    let most = server
        .faults()
        .find(|fault| if let Fault::ExpireSessionAfter(most) = fault { Some(*most) } else { None });
    let asks = messages.iter().any(|message| rpc::request_method(message).is_some());
    if let Some(most) = most.filter(|_| asks)
        && !server.sessions().spend(&session, most)
    {
        return Err(lost(server));
    }
    Ok(session)
}

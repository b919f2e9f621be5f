//! The HTTP front: who may speak, what a request must carry, and which error each mistake gets.
//!
//! The errors are those of the hosted server as far as they are known; nothing here looks inside a tool.

mod posted;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT, ALLOW, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HOST, ORIGIN, WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use serde_json::{Value, json};
use url::Url;

use super::server::Server;
use super::{rpc, stream};

const SESSION: HeaderName = HeaderName::from_static("mcp-session-id");
const CHALLENGE: &str =
    "Bearer realm=\"OAuth\", error=\"invalid_token\", error_description=\"Missing or invalid access token\"";

/// The routes.
pub(crate) fn router(server: Arc<Server>) -> Router {
    Router::new().route("/mcp", any(mcp)).with_state(server)
}

async fn mcp(State(server): State<Arc<Server>>, request: Request) -> Response {
    if let Err(refused) = admit(&server, request.headers()) {
        return *refused.0;
    }
    let method = request.method().clone();
    if method == Method::POST {
        return posted::post(server, request).await;
    }
    let answered = match method {
        Method::GET => listen(&server, request.headers()),
        Method::DELETE => end(&server, request.headers()),
        _ => Err(refuse(StatusCode::METHOD_NOT_ALLOWED, -32_000, "Method not allowed")
            .with_header(ALLOW, "GET, POST, DELETE")),
    };
    answered.unwrap_or_else(|refused| *refused.0)
}

/// Loopback only, and with the right bearer token if one is set.
fn admit(server: &Server, headers: &HeaderMap) -> Result<(), Refused> {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    let host_fits = text(HOST).is_some_and(|host| is_loopback(&format!("http://{host}")));
    if !host_fits || !text(ORIGIN).is_none_or(is_loopback) {
        return Err(refuse(
            StatusCode::FORBIDDEN,
            -32_000,
            "Forbidden: this server answers to loopback only",
        ));
    }
    let given = text(AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    if server.token().is_none_or(|token| given == Some(token)) {
        return Ok(());
    }
    let body = json!({"error": "invalid_token", "error_description": "Missing or invalid access token"});
    Err(reply(StatusCode::UNAUTHORIZED, &body).with_header(WWW_AUTHENTICATE, CHALLENGE))
}

fn is_loopback(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]")))
}

/// An idle stream for a live session.
fn listen(server: &Server, headers: &HeaderMap) -> Result<Response, Refused> {
    if !accepts(headers, "text/event-stream") {
        return Err(refuse(
            StatusCode::NOT_ACCEPTABLE,
            -32_000,
            "Not Acceptable: Client must accept text/event-stream",
        ));
    }
    let session = live_session(server, headers)?;
    Ok(event_stream(stream::idle(server.stopping()), &session))
}

/// Ends a session.
fn end(server: &Server, headers: &HeaderMap) -> Result<Response, Refused> {
    let session = live_session(server, headers)?;
    server.sessions().close(&session);
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The session a request names, if it is live.
fn live_session(server: &Server, headers: &HeaderMap) -> Result<String, Refused> {
    let Some(session) = headers.get(SESSION) else {
        return Err(refuse(
            StatusCode::BAD_REQUEST,
            -32_000,
            "Bad Request: Mcp-Session-Id header is required",
        ));
    };
    let session = session.to_str().unwrap_or("");
    if !server.sessions().touch(session) {
        return Err(refuse(StatusCode::NOT_FOUND, -32_001, "Session not found"));
    }
    let version = headers.get("mcp-protocol-version").map(|version| version.to_str().unwrap_or(""));
    if version.is_some_and(|version| !rpc::VERSIONS.contains(&version)) {
        return Err(refuse(StatusCode::BAD_REQUEST, -32_000, "Bad Request: Unsupported protocol version"));
    }
    Ok(session.to_owned())
}

fn accepts(headers: &HeaderMap, kind: &str) -> bool {
    headers.get_all(ACCEPT).iter().any(|value| value.to_str().is_ok_and(|value| value.contains(kind)))
}

fn event_stream(body: Body, session: &str) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(session) = session.parse() {
        headers.insert(SESSION, session);
    }
    response
}

/// A JSON-RPC error outside any session's stream.
fn refuse(status: StatusCode, code: i64, message: &str) -> Refused {
    reply(status, &rpc::error(&Value::Null, code, message))
}

fn reply(status: StatusCode, body: &Value) -> Refused {
    let response = (status, [(CONTENT_TYPE, "application/json")], body.to_string());
    Refused(Box::new(response.into_response()))
}

/// An answer that says no, boxed because it is far larger than what it stands in for.
struct Refused(Box<Response>);

impl Refused {
    /// The answer with one more header.
    fn with_header(mut self, name: HeaderName, value: &'static str) -> Self {
        self.0.headers_mut().insert(name, HeaderValue::from_static(value));
        self
    }
}

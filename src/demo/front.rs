//! The HTTP front: who may speak, what a request must carry, and which error each mistake gets.
//!
//! The errors are those of the hosted server as far as they are known; nothing here looks inside a tool.

mod gate;
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
use axum::routing::{any, get};
use serde_json::{Value, json};
use url::Url;

use super::fault::Fault;
use super::server::Server;
use super::{legacy, rpc, sign_in, stream};

pub(super) use gate::strike;
pub(super) use posted::messages;

const SESSION: HeaderName = HeaderName::from_static("mcp-session-id");
const CHALLENGE: &str =
    "Bearer realm=\"OAuth\", error=\"invalid_token\", error_description=\"Missing or invalid access token\"";

/// The routes.
pub(crate) fn router(server: Arc<Server>) -> Router {
    let mut routes = Router::new()
        .route("/mcp", any(mcp))
        .route("/mcp/{*rest}", any(beneath))
        .route("/.well-known/oauth-protected-resource", get(gate::resource))
        .route("/.well-known/oauth-protected-resource/mcp", get(gate::resource));
    if !server.is_modern() {
        routes = routes.route("/sse", any(legacy::stream)).route("/sse/message", any(legacy::message));
    }
    if server.sign_in().is_some() {
        routes = routes.merge(sign_in::routes());
    }
    let around = axum::middleware::from_fn_with_state(Arc::clone(&server), gate::around);
    routes.layer(around).with_state(server)
}

async fn mcp(State(server): State<Arc<Server>>, request: Request) -> Response {
    if server.faults().has(&Fault::NoMcp) {
        return StatusCode::NOT_FOUND.into_response();
    }
    if let Err(refused) = admit(&server, request.headers()) {
        return *refused.0;
    }
    let method = request.method().clone();
    if method == Method::POST {
        return posted::post(server, request).await;
    }
    let streams = !server.is_modern() && !server.faults().has(&Fault::NoGet);
    let answered = match method {
        Method::GET if streams => listen(&server, request.headers()),
        Method::DELETE if !server.is_modern() => end(&server, request.headers()),
        _ => Err(refuse(StatusCode::METHOD_NOT_ALLOWED, -32_000, "Method not allowed")
            .with_header(ALLOW, if server.is_modern() { "POST" } else { "GET, POST, DELETE" })),
    };
    answered.unwrap_or_else(|refused| *refused.0)
}

/// What lies below the endpoint is nothing, but only those who may come in learn that.
async fn beneath(State(server): State<Arc<Server>>, request: Request) -> Response {
    match admit(&server, request.headers()) {
        Ok(()) => StatusCode::NOT_FOUND.into_response(),
        Err(refused) => *refused.0,
    }
}

/// Whoever is on this machine and speaks for nobody else.
fn is_local(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    text(HOST).is_some_and(|host| is_loopback(&format!("http://{host}")))
        && text(ORIGIN).is_none_or(is_loopback)
}

/// The server's own address as the client names it.
pub(super) fn origin(headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1");
    format!("http://{host}")
}

/// With the right bearer token, if one is needed.
pub(super) fn admit(server: &Server, headers: &HeaderMap) -> Result<(), Refused> {
    let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    if server.opens(given.and_then(bearer)) {
        return Ok(());
    }
    let body = json!({"error": "invalid_token", "error_description": "Missing or invalid access token"});
    let challenge = if server.faults().has(&Fault::ResourceMetadata) {
        let document = format!("{}/.well-known/oauth-protected-resource/mcp", origin(headers));
        format!("{CHALLENGE}, resource_metadata=\"{document}\"")
    } else {
        CHALLENGE.to_owned()
    };
    let mut refused = reply(StatusCode::UNAUTHORIZED, &body);
    if let Ok(challenge) = challenge.parse() {
        refused.0.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    Err(refused)
}

/// The token of an `Authorization` header; the scheme's case does not matter.
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
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
    Ok(event_stream(stream::idle(server), Some(&session)))
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
        return Err(lost(server));
    }
    let version = headers.get("mcp-protocol-version").map(|version| version.to_str().unwrap_or(""));
    if version.is_some_and(|version| !rpc::VERSIONS.contains(&version)) {
        return Err(refuse(StatusCode::BAD_REQUEST, -32_000, "Bad Request: Unsupported protocol version"));
    }
    Ok(session.to_owned())
}

/// The answer for a session that is not, or no longer, known.
fn lost(server: &Server) -> Refused {
    if server.faults().has(&Fault::ExpireSession400) {
        return refuse(StatusCode::BAD_REQUEST, -32_000, "Bad Request: No valid session ID provided");
    }
    refuse(StatusCode::NOT_FOUND, -32_001, "Session not found")
}

fn accepts(headers: &HeaderMap, kind: &str) -> bool {
    headers.get_all(ACCEPT).iter().any(|value| value.to_str().is_ok_and(|value| value.contains(kind)))
}

pub(super) fn event_stream(body: Body, session: Option<&str>) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    name_session(headers, session);
    response
}

fn name_session(headers: &mut HeaderMap, session: Option<&str>) {
    if let Some(session) = session.and_then(|session| session.parse().ok()) {
        headers.insert(SESSION, session);
    }
}

/// A JSON-RPC error outside any session's stream.
pub(super) fn refuse(status: StatusCode, code: i64, message: &str) -> Refused {
    reply(status, &rpc::error(&Value::Null, code, message))
}

pub(super) fn reply(status: StatusCode, body: &Value) -> Refused {
    let response = (status, [(CONTENT_TYPE, "application/json")], body.to_string());
    Refused(Box::new(response.into_response()))
}

/// An answer that says no, boxed because it is far larger than what it stands in for.
pub(super) struct Refused(pub(super) Box<Response>);

impl Refused {
    /// The answer with one more header.
    fn with_header(mut self, name: HeaderName, value: &'static str) -> Self {
        self.0.headers_mut().insert(name, HeaderValue::from_static(value));
        self
    }
}

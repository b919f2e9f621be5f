//! What happens around every request: who may come near, what strikes before it is looked at, and the date.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, DATE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::fault::Fault;
use super::super::faults::Strike;
use super::super::server::Server;
use super::{Refused, is_local, origin, refuse, reply};

/// The page of a gate that wants a person first, as hotels and companies have them.
const LOGIN_PAGE: &str = "<!DOCTYPE html><html lang=\"en\"><head><title>Sign in to continue</title></head>\
    <body><h1>Sign in to continue</h1><form method=\"post\" action=\"/login\">\
    <label>User <input name=\"user\"></label> <label>Password <input name=\"password\" type=\"password\"></label>\
    <button>Sign in</button></form></body></html>";

/// Everything passes here: loopback only, a login page in the way if that is switched on, and the server's date.
pub(super) async fn around(State(server): State<Arc<Server>>, request: Request, next: Next) -> Response {
    let mut response = if !is_local(request.headers()) {
        let message = "Forbidden: this server answers to loopback only";
        *refuse(StatusCode::FORBIDDEN, -32_000, message).0
    } else if server.faults().has(&Fault::HtmlLogin) && is_endpoint(request.uri().path()) {
        (StatusCode::OK, [(CONTENT_TYPE, "text/html; charset=utf-8")], LOGIN_PAGE).into_response()
    } else {
        next.run(request).await
    };
    let skew =
        server.faults().find(|fault| if let Fault::ClockSkew(skew) = fault { Some(*skew) } else { None });
    if let Some(date) = skew.and_then(|skew| date(server.now().saturating_add(skew))) {
        response.headers_mut().insert(DATE, date);
    }
    response
}

fn is_endpoint(path: &str) -> bool {
    matches!(path, "/mcp" | "/sse" | "/sse/message")
}

/// A moment as HTTP writes it (RFC 9110, IMF-fixdate).
fn date(at: i64) -> Option<HeaderValue> {
    let moment = Timestamp::from_second(at).ok()?;
    moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string().parse().ok()
}

/// What strikes a POST before anybody looks at it.
pub(crate) fn strike(server: &Server) -> Result<(), Refused> {
    match server.faults().strike(server.now()) {
        Strike::Passes => Ok(()),
        Strike::ServerError => {
            Err(reply(StatusCode::INTERNAL_SERVER_ERROR, &rest("server_error", "Internal Server Error")))
        }
        Strike::RateLimited { limit, wait } => {
            let mut refused = reply(
                StatusCode::TOO_MANY_REQUESTS,
                &rest("rate_limit_exceeded", "Exceeded rate limit for this app"),
            );
            let headers = refused.0.headers_mut();
            headers.insert(RETRY_AFTER, wait.into());
            headers.insert(HeaderName::from_static("x-ratelimit-limit"), limit.into());
            headers.insert(HeaderName::from_static("x-ratelimit-remaining"), 0.into());
            let reset = server.now().saturating_add(wait);
            headers.insert(HeaderName::from_static("x-ratelimit-reset"), reset.into());
            Err(refused)
        }
    }
}

/// The body of Intercom's REST errors.
fn rest(code: &str, message: &str) -> Value {
    json!({"type": "error.list", "request_id": null, "errors": [{"code": code, "message": message}]})
}

/// The protected-resource document (RFC 9728), which Intercom does not have.
pub(super) async fn resource(State(server): State<Arc<Server>>, headers: HeaderMap) -> Response {
    if !server.faults().has(&Fault::ResourceMetadata) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let origin = origin(&headers);
    let document = json!({
        "resource": format!("{origin}/mcp"),
        "authorization_servers": [origin],
        "bearer_methods_supported": ["header"],
    });
    *reply(StatusCode::OK, &document).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_http_wants_them() {
        // The example of RFC 9110, 5.6.7.
        assert_eq!(date(784_111_777).unwrap(), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}

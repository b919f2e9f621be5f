//! The authorization server's metadata (RFC 8414), with the fields the hosted server has and no others.

use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::json;

use super::super::front::origin;
use super::told;

/// The document at the origin.
pub(super) async fn document(headers: HeaderMap) -> Response {
    let origin = origin(&headers);
    told(
        StatusCode::OK,
        &json!({
            "issuer": origin,
            "authorization_endpoint": format!("{origin}/authorize"),
            "token_endpoint": format!("{origin}/token"),
            "registration_endpoint": format!("{origin}/register"),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
            "revocation_endpoint": format!("{origin}/token"),
            "code_challenge_methods_supported": ["S256"],
        }),
    )
}

//! `/token`: codes and refresh tokens in, tokens out; and the same address takes tokens back (RFC 7009).

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State as Shared;
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::super::server::Server;
use super::form::Form;
use super::grants::{Exchange, Tokens};
use super::{Failure, SignIn, State, credentials, told};

/// Answers the token endpoint.
pub(super) async fn token(Shared(server): Shared<Arc<Server>>, headers: HeaderMap, body: Body) -> Response {
    let Some(sign_in) = server.sign_in() else { return StatusCode::NOT_FOUND.into_response() };
    let answered = match Form::posted(&headers, body).await {
        Ok(form) => answer(sign_in, &headers, &form, server.now()),
        Err(failure) => Err(failure),
    };
    match answered {
        Ok(body) => told(StatusCode::OK, &body),
        Err(failure) => {
            let mut response = failure.answer();
            if failure.status == StatusCode::UNAUTHORIZED {
                let challenge = HeaderValue::from_static("Basic realm=\"OAuth\"");
                response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
            }
            response
        }
    }
}

fn answer(sign_in: &SignIn, headers: &HeaderMap, form: &Form, now: i64) -> Result<Value, Failure> {
    let mut state = sign_in.state();
    let client = credentials::client(&state.clients, headers, form)?.id.clone();
    match form.get("grant_type") {
        // Without a grant it is a revocation: both have the same address.
        None if form.get("token").is_some() => revoke(&mut state, form, &client),
        None => Err(Failure::new("invalid_request", "grant_type is missing")),
        Some("authorization_code") => {
            let exchange = Exchange {
                code: form.needed("code")?,
                client: &client,
                redirect: form.get("redirect_uri"),
                verifier: form.needed("code_verifier")?,
            };
            let tokens = state.grants.exchange(&exchange, now, sign_in.token_seconds)?;
            state.tally.exchanged += 1;
            Ok(handed_out(&tokens, sign_in.token_seconds))
        }
        Some("refresh_token") => {
            let given = form.needed("refresh_token")?;
            let tokens = state.grants.refresh(given, &client, now, sign_in.token_seconds)?;
            state.tally.refreshed += 1;
            Ok(handed_out(&tokens, sign_in.token_seconds))
        }
        Some(_) => Err(Failure::new("unsupported_grant_type", "Only authorization_code and refresh_token")),
    }
}

fn revoke(state: &mut State, form: &Form, client: &str) -> Result<Value, Failure> {
    if state.grants.revoke(form.needed("token")?, client)? {
        state.tally.revoked += 1;
    }
    // A token nobody knows is as good as revoked.
    Ok(json!({}))
}

fn handed_out(tokens: &Tokens, seconds: u32) -> Value {
    let mut body = json!({
        "access_token": tokens.access,
        "token_type": "bearer",
        "expires_in": seconds,
        "refresh_token": tokens.refresh,
    });
    if let (Some(scope), Some(body)) = (&tokens.scope, body.as_object_mut()) {
        body.insert("scope".to_owned(), scope.as_str().into());
    }
    body
}

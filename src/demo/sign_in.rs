//! Signing in, as the hosted server offers it: metadata at the origin, registration, consent, tokens.
//!
//! It owns registrations, consents and tokens, all of them in memory, and refuses to know anything about MCP.

mod bounded;
mod consent;
mod credentials;
mod form;
mod grants;
mod metadata;
mod registration;
mod token;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use serde_json::{Value, json};

use super::server::Server;
use bounded::Bounded;
use consent::Asked;
use grants::Grants;
use registration::Client;

/// How long access tokens live unless told otherwise, in seconds.
const TOKEN_SECONDS: u32 = 3_600;
/// The most registrations, consents and sign-ins at a time; the oldest goes first.
const MOST: usize = 1_000;

/// What has been done at the sign-in since the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Registrations made.
    pub registered: u64,
    /// Registrations removed.
    pub unregistered: u64,
    /// Consents given.
    pub approved: u64,
    /// Codes exchanged for tokens.
    pub exchanged: u64,
    /// Refresh tokens exchanged for new ones.
    pub refreshed: u64,
    /// Tokens taken back at their owner's wish.
    pub revoked: u64,
}

/// Where one signs in.
#[derive(Debug)]
pub(crate) struct SignIn {
    at_once: bool,
    token_seconds: u32,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    clients: Bounded<Client>,
    asked: Bounded<Asked>,
    grants: Grants,
    tally: Tally,
}

impl SignIn {
    /// Nobody is registered yet.
    pub(crate) fn new(at_once: bool, token_seconds: Option<u32>) -> Self {
        let state = State {
            clients: Bounded::new(MOST),
            asked: Bounded::new(MOST),
            grants: Grants::new(MOST),
            tally: Tally::default(),
        };
        let token_seconds = token_seconds.unwrap_or(TOKEN_SECONDS);
        Self { at_once, token_seconds, state: Mutex::new(state) }
    }

    /// Whether an access token is good at `now` (Unix seconds).
    pub(crate) fn opens(&self, token: &str, now: i64) -> bool {
        self.state().grants.opens(token, now)
    }

    /// Takes every access token back.
    pub(crate) fn expire(&self) {
        self.state().grants.expire();
    }

    /// Takes every sign-in back.
    pub(crate) fn revoke_all(&self) {
        self.state().grants.clear();
    }

    /// What has been done so far.
    pub(crate) fn tally(&self) -> Tally {
        self.state().tally
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Every change is one insertion or removal; a panic elsewhere leaves whole entries.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The routes.
pub(crate) fn routes() -> Router<Arc<Server>> {
    Router::new()
        .route("/.well-known/oauth-authorization-server", get(metadata::document))
        .route("/register", post(registration::register))
        .route("/register/{client}", delete(registration::unregister))
        .route("/authorize", get(consent::ask).post(consent::decide))
        .route("/token", post(token::token))
}

/// An error as RFC 6749 writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Failure {
    status: StatusCode,
    code: &'static str,
    description: String,
}

impl Failure {
    /// 400.
    fn new(code: &'static str, description: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code, description: description.into() }
    }

    /// 401 `invalid_client`.
    fn client(description: impl Into<String>) -> Self {
        Self { status: StatusCode::UNAUTHORIZED, ..Self::new("invalid_client", description) }
    }

    fn answer(&self) -> Response {
        told(self.status, &json!({"error": self.code, "error_description": self.description}))
    }
}

/// A JSON answer that nobody keeps.
fn told(status: StatusCode, body: &Value) -> Response {
    let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")];
    (status, headers, body.to_string()).into_response()
}

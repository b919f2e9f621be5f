//! Dynamic registration (RFC 7591) and its end (RFC 7592).

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use url::Url;

use super::super::front::origin;
use super::super::secret;
use super::super::server::Server;
use super::{Failure, told};

const MOST_BYTES: usize = 64 * 1024;
const MOST_REDIRECTS: usize = 20;
/// The redirects elsewhere that may be registered; everybody else's must come back to this machine.
const ALLOWED: [&str; 1] = ["https://switchboard.example/oauth/callback"];

/// A registered client.
#[derive(Debug, Clone)]
pub(super) struct Client {
    /// Its id.
    pub(super) id: String,
    /// What it calls itself.
    pub(super) name: Option<String>,
    /// Where consents may go, byte for byte.
    pub(super) redirects: Vec<String>,
    /// Its secret, if it keeps one.
    pub(super) secret: Option<String>,
    /// What lets it remove its registration.
    access: String,
}

/// Registers a client.
pub(super) async fn register(State(server): State<Arc<Server>>, headers: HeaderMap, body: Body) -> Response {
    let Some(sign_in) = server.sign_in() else { return StatusCode::NOT_FOUND.into_response() };
    let invalid = |why: &str| Failure::new("invalid_client_metadata", why).answer();
    let Ok(body) = to_bytes(body, MOST_BYTES).await else { return invalid("The registration is too large") };
    let Ok(asked) = serde_json::from_slice::<Value>(&body) else {
        return invalid("The registration is not JSON");
    };
    match read(&asked) {
        Err(failure) => failure.answer(),
        Ok((client, method)) => {
            let mut described = describe(&client, method, &origin(&headers), server.now());
            keep_grants(&asked, &mut described);
            let mut state = sign_in.state();
            state.clients.insert(client.id.clone(), client);
            state.tally.registered += 1;
            drop(state);
            told(StatusCode::CREATED, &described)
        }
    }
}

/// The client a registration describes, and how it will identify itself.
fn read(asked: &Value) -> Result<(Client, &'static str), Failure> {
    let given = asked.get("redirect_uris").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    if given.is_empty() || given.len() > MOST_REDIRECTS {
        return Err(Failure::new("invalid_redirect_uri", "At least one redirect URI is required"));
    }
    let mut redirects = Vec::new();
    for redirect in given {
        let redirect = redirect
            .as_str()
            .ok_or_else(|| Failure::new("invalid_redirect_uri", "A redirect URI must be a text"))?;
        check_redirect(redirect)?;
        redirects.push(redirect.to_owned());
    }
    let method = match asked.get("token_endpoint_auth_method").and_then(Value::as_str) {
        Some("none") => "none",
        Some("client_secret_post") => "client_secret_post",
        // RFC 7591: what is said when nothing is.
        None | Some("client_secret_basic") => "client_secret_basic",
        Some(other) => {
            let why = format!("token_endpoint_auth_method {other} is not supported");
            return Err(Failure::new("invalid_client_metadata", why));
        }
    };
    let client = Client {
        id: secret::name(),
        name: asked.get("client_name").and_then(Value::as_str).map(str::to_owned),
        redirects,
        secret: (method != "none").then(secret::secret),
        access: secret::secret(),
    };
    Ok((client, method))
}

/// This machine at any port, or one of the addresses on the list.
fn check_redirect(redirect: &str) -> Result<(), Failure> {
    let invalid = |why: String| Failure::new("invalid_redirect_uri", why);
    let url = Url::parse(redirect).map_err(|_| invalid(format!("Redirect URI {redirect} is no address")))?;
    if url.fragment().is_some() {
        return Err(invalid(format!("Redirect URI {redirect} has a fragment")));
    }
    let here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    if (url.scheme() == "http" && here) || ALLOWED.contains(&redirect) {
        return Ok(());
    }
    Err(invalid(format!(
        "Redirect URI {redirect} is not in the allowlist, reach out to Intercom Customer Support"
    )))
}

fn describe(client: &Client, method: &str, origin: &str, now: i64) -> Value {
    let mut described = json!({
        "client_id": client.id,
        "redirect_uris": client.redirects,
        "client_name": client.name,
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": method,
        "registration_client_uri": format!("{origin}/register/{}", client.id),
        // Without it nobody could use the address above (RFC 7592).
        "registration_access_token": client.access,
        "client_id_issued_at": now,
    });
    if let Some(described) = described.as_object_mut() {
        if client.name.is_none() {
            described.remove("client_name");
        }
        if let Some(secret) = &client.secret {
            described.insert("client_secret".to_owned(), secret.as_str().into());
            described.insert("client_secret_expires_at".to_owned(), 0.into());
        }
    }
    described
}

/// What was asked for among what is possible is what was registered.
fn keep_grants(asked: &Value, described: &mut Value) {
    let Some(asked) = asked.get("grant_types").and_then(Value::as_array) else { return };
    if let Some(possible) = described.get_mut("grant_types").and_then(Value::as_array_mut) {
        possible.retain(|grant| grant == "authorization_code" || asked.contains(grant));
    }
}

/// Removes a registration and everything it opened.
pub(super) async fn unregister(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(sign_in) = server.sign_in() else { return StatusCode::NOT_FOUND.into_response() };
    let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.strip_prefix("Bearer "));
    let mut state = sign_in.state();
    // RFC 7592: one answer for a wrong token and for no such client.
    if state.clients.get(&id).is_none_or(|client| given != Some(client.access.as_str())) {
        let why = "The registration access token does not open this registration";
        return Failure { status: StatusCode::UNAUTHORIZED, ..Failure::new("invalid_token", why) }.answer();
    }
    state.clients.remove(&id);
    state.grants.forget_client(&id);
    state.tally.unregistered += 1;
    StatusCode::NO_CONTENT.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_come_back_to_this_machine() {
        for good in [
            "http://localhost:3334/oauth/callback",
            "http://127.0.0.1:1/",
            "http://[::1]:9/x",
            "http://localhost",
            ALLOWED[0],
        ] {
            assert_eq!(check_redirect(good), Ok(()), "{good}");
        }
        for bad in [
            "https://evil.example/callback",
            "http://evil.example/",
            "http://localhost.evil.example/",
            "http://localhost@evil.example/",
            "http://localhost/#x",
            "javascript:alert(1)",
            "https://switchboard.example/oauth/callback/../evil",
            "",
        ] {
            assert_eq!(check_redirect(bad).unwrap_err().code, "invalid_redirect_uri", "{bad}");
        }
    }
}

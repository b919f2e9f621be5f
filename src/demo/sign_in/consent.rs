//! `/authorize`: who asks for what, a page that says so, and the redirect with the answer.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use url::Url;

use super::super::secret;
use super::super::server::Server;
use super::form::Form;
use super::grants::Consent;
use super::{Failure, SignIn};

/// How long the page can be answered, in seconds.
const PAGE_SECONDS: i64 = 900;
const STALE: &str = "Authorization could not be completed";
const WRONG_CLIENT: &str = "Invalid client. The client_id provided is not registered here.";
const WRONG_REDIRECT: &str =
    "Invalid redirect URI. The redirect URI provided does not match any registered URI for this client.";

/// A request for consent that was not answered yet.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    consent: Consent,
    state: Option<String>,
    at: i64,
}

/// Shows the page, or agrees at once.
pub(super) async fn ask(State(server): State<Arc<Server>>, uri: Uri) -> Response {
    let Some(sign_in) = server.sign_in() else { return StatusCode::NOT_FOUND.into_response() };
    let form = match Form::read(uri.query().unwrap_or("").as_bytes()) {
        Ok(form) => form,
        // Nobody to send back to: the redirect itself may be what comes twice.
        Err(failure) => return sorry(&failure.description),
    };
    let (name, asked) = match read(sign_in, &form, server.now()) {
        Ok(read) => read,
        Err(answer) => return *answer,
    };
    if sign_in.at_once {
        return agree(sign_in, asked, server.now());
    }
    let ticket = secret::secret();
    let shown = consent_page(&name, &asked.consent, &ticket);
    sign_in.state().asked.insert(ticket, asked);
    page(StatusCode::OK, &shown)
}

/// The client's name and what it asks; otherwise the answer that says why not.
fn read(sign_in: &SignIn, form: &Form, now: i64) -> Result<(String, Asked), Box<Response>> {
    let client = form.get("client_id").unwrap_or("");
    let Some(client) = sign_in.state().clients.get(client).cloned() else {
        return Err(Box::new(sorry(WRONG_CLIENT)));
    };
    // Byte for byte: another port is another address.
    let redirect = form.get("redirect_uri").unwrap_or("");
    if !client.redirects.iter().any(|registered| registered == redirect) {
        return Err(Box::new(sorry(WRONG_REDIRECT)));
    }
    let state = form.get("state").map(str::to_owned);
    let challenge = challenge(form).map_err(|failure| {
        let fields = [("error", failure.code), ("error_description", failure.description.as_str())];
        Box::new(go(redirect, &fields, state.as_deref()))
    })?;
    let consent = Consent {
        client: client.id,
        redirect: redirect.to_owned(),
        challenge,
        scope: form.get("scope").map(str::to_owned),
    };
    let name = client.name.unwrap_or_else(|| "A client without a name".to_owned());
    Ok((name, Asked { consent, state, at: now }))
}

/// The S256 challenge; nothing else will do.
fn challenge(form: &Form) -> Result<String, Failure> {
    if form.get("response_type") != Some("code") {
        return Err(Failure::new("unsupported_response_type", "response_type must be code"));
    }
    let challenge = form.needed("code_challenge")?;
    if form.get("code_challenge_method") != Some("S256") {
        return Err(Failure::new("invalid_request", "code_challenge_method must be S256"));
    }
    if challenge.len() != 43 {
        return Err(Failure::new("invalid_request", "code_challenge is not an S256 challenge"));
    }
    // RFC 8707 lets a client name the resource; there is only one here, but it has to be an address.
    if form.get("resource").is_some_and(|resource| Url::parse(resource).is_err()) {
        return Err(Failure::new("invalid_target", "resource is no address"));
    }
    Ok(challenge.to_owned())
}

/// Takes the answer of the page.
pub(super) async fn decide(State(server): State<Arc<Server>>, headers: HeaderMap, body: Body) -> Response {
    let Some(sign_in) = server.sign_in() else { return StatusCode::NOT_FOUND.into_response() };
    let form = match Form::posted(&headers, body).await {
        Ok(form) => form,
        Err(failure) => return sorry(&failure.description),
    };
    // A page can be answered once.
    let asked = form.get("ticket").and_then(|ticket| sign_in.state().asked.remove(ticket));
    let Some(asked) = asked.filter(|asked| server.now() < asked.at + PAGE_SECONDS) else {
        return sorry(STALE);
    };
    if form.get("decision") == Some("approve") {
        return agree(sign_in, asked, server.now());
    }
    let fields = [("error", "access_denied"), ("error_description", "The person said no")];
    go(&asked.consent.redirect, &fields, asked.state.as_deref())
}

fn agree(sign_in: &SignIn, asked: Asked, now: i64) -> Response {
    let redirect = asked.consent.redirect.clone();
    let mut state = sign_in.state();
    state.tally.approved += 1;
    let code = state.grants.agree(asked.consent, now);
    drop(state);
    go(&redirect, &[("code", &code)], asked.state.as_deref())
}

/// Sends the browser back to the client.
fn go(redirect: &str, fields: &[(&str, &str)], state: Option<&str>) -> Response {
    let Ok(mut url) = Url::parse(redirect) else { return sorry(WRONG_REDIRECT) };
    url.query_pairs_mut().extend_pairs(fields).extend_pairs(state.map(|state| ("state", state)));
    let headers = [(LOCATION, url.as_str()), (CACHE_CONTROL, "no-store"), (REFERRER_POLICY, "no-referrer")];
    (StatusCode::FOUND, headers).into_response()
}

/// A page that says what is wrong; nothing in `text` is taken for HTML.
fn sorry(text: &str) -> Response {
    page(StatusCode::BAD_REQUEST, &format!("<p>{}</p>", escaped(text)))
}

/// A page; `body` is HTML.
fn page(status: StatusCode, body: &str) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
        // Not `no-referrer`: browsers would then post the form with the origin `null`, which is nobody's.
        (REFERRER_POLICY, "same-origin"),
        (X_FRAME_OPTIONS, "DENY"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    ];
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Demo workspace</title>\
         <style>body{{font:1rem sans-serif;max-width:36rem;margin:4rem auto}}code{{word-break:break-all}}</style>\
         </head><body>{body}</body></html>"
    );
    (status, headers, html).into_response()
}

/// Who asks, where the answer goes, and the two buttons.
fn consent_page(name: &str, consent: &Consent, ticket: &str) -> String {
    let scope = consent
        .scope
        .as_deref()
        .map_or_else(String::new, |scope| format!("<p>It asks for <code>{}</code>.</p>", escaped(scope)));
    format!(
        "<h1>{name} wants to open the demo workspace</h1>\
         <p>This is the demo server on this machine; nothing here is a real account.</p>{scope}\
         <p>The answer goes to <code>{redirect}</code>.</p>\
         <form method=\"post\" action=\"/authorize\"><input type=\"hidden\" name=\"ticket\" value=\"{ticket}\">\
         <button name=\"decision\" value=\"approve\">Approve</button> \
         <button name=\"decision\" value=\"deny\">Deny</button></form>",
        name = escaped(name),
        redirect = escaped(&consent.redirect),
    )
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(character),
        }
    }
    safe
}

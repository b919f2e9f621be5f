//! How an authorization server comes to know this program: an id that was fixed by hand, the address of a document, or
//! dynamic registration (RFC 7591). Owns that a registration is used at its own issuer only.

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use super::discovery::Server;
use super::faults;
use super::net::{As, Net, Reply, fault};
use super::{Client, addresses};
use crate::domain::call::{Fault, FaultKind};

/// How a program proves itself at the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Method {
    /// HTTP Basic.
    #[serde(rename = "client_secret_basic")]
    Basic,
    /// In the form.
    #[serde(rename = "client_secret_post")]
    Post,
    /// Not at all.
    #[serde(rename = "none")]
    None,
}

impl Method {
    fn word(self) -> &'static str {
        match self {
            Self::Basic => "client_secret_basic",
            Self::Post => "client_secret_post",
            Self::None => "none",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Basic, Self::Post, Self::None].into_iter().find(|method| method.word() == word)
    }
}

/// Who this program is to one authorization server. Has no `Debug`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Identity {
    pub(super) id: String,
    pub(super) secret: Option<String>,
    pub(super) method: Method,
}

/// A registration, as it is kept.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Registration {
    /// The issuer it is good for, by plain string.
    pub(super) issuer: String,
    pub(super) client: Identity,
    /// The callback it is for.
    pub(super) redirect: String,
    /// When the secret ends, Unix seconds.
    pub(super) ends: Option<i64>,
    /// Where it can be removed, and the token for that (RFC 7592).
    pub(super) manage: Option<(String, String)>,
    /// A sign-in was begun with it that did not come to its end: perhaps the server has forgotten it, which only the
    /// browser was told.
    pub(super) unfinished: bool,
}

impl Registration {
    /// Whether it can be used again, by its issuer, with one of these callbacks.
    pub(super) fn fits(&self, redirects: &[String], now: i64) -> bool {
        let lasts = self.ends.is_none_or(|end| now < end);
        redirects.contains(&self.redirect) && lasts && !self.unfinished
    }

    /// The port of its callback.
    pub(super) fn port(&self) -> Option<u16> {
        Url::parse(&self.redirect).ok()?.port()
    }

    /// All that must never be shown.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &str> {
        let manage = self.manage.as_ref().map(|(_, token)| token.as_str());
        [self.client.secret.as_deref(), manage].into_iter().flatten()
    }
}

/// Who we are without registering: a fixed id, or the address of a document where the server takes those.
pub(super) fn known(client: &Client, server: &Server) -> Result<Option<Identity>, Fault> {
    if let Some(id) = &client.id {
        let secret = client.secret.as_ref().map(|secret| secret.expose_secret().to_owned());
        let method = method(server, secret.is_some())?;
        return Ok(Some(Identity { id: id.clone(), secret, method }));
    }
    let document = client.document.as_ref().filter(|_| server.takes_documents);
    Ok(document.map(|document| Identity { id: document.to_string(), secret: None, method: Method::None }))
}

/// Registers, with the first of these callbacks that the server takes.
pub(super) async fn register(
    net: &Net,
    server: &Server,
    redirects: &[String],
) -> Result<Registration, Fault> {
    let Some(address) = &server.register else {
        let sentence = format!("{} lets no program register by itself.", server.issuer);
        let hint = "Ask whoever runs it for a client id, and set it in config.toml.";
        return Err(faults::refused_because(&sentence, hint));
    };
    let mut last = None;
    for redirect in redirects {
        let method = wanted(server)?;
        let reply = net.json(address, &application(redirect, method), As::Nobody).await?;
        let body = reply.json();
        if let Some(registration) = registration(&reply, &body, server, redirect, method) {
            return Ok(registration);
        }
        let is_of_redirect = says_redirect(&body);
        last = Some(refused(net, address, &reply, &body));
        if !is_of_redirect {
            break;
        }
    }
    Err(last.unwrap_or_else(|| faults::refused("There is no callback to register.")))
}

/// Removes a registration at its server (RFC 7592). Its token goes to the issuer's own origin or nowhere.
pub(super) async fn remove(net: &Net, registration: &Registration) -> Result<(), Fault> {
    let Some((address, token)) = &registration.manage else { return Ok(()) };
    let (Ok(issuer), Ok(address)) = (Url::parse(&registration.issuer), Url::parse(address)) else {
        return Ok(());
    };
    let here = addresses::is_loopback(&issuer);
    if address.origin() != issuer.origin() || addresses::allowed(address.as_str(), here).is_none() {
        return Ok(());
    }
    let reply = net.delete(&address, As::Bearer(&SecretString::from(token.clone()))).await?;
    // 401 and 404: it is not there any more.
    if reply.is_success() || matches!(reply.status, 401 | 404) {
        return Ok(());
    }
    Err(fault(&address, FaultKind::Server, &format!("did not remove the registration ({})", reply.status)))
}

fn application(redirect: &str, method: Method) -> Value {
    json!({
        "client_name": "Switchboard",
        "application_type": "native",
        "redirect_uris": [redirect],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": method.word(),
    })
}

/// What to register with: no secret where that will do, for no program on a person's machine keeps one well.
fn wanted(server: &Server) -> Result<Method, Fault> {
    let is_offered =
        |word: &str| server.methods.as_ref().is_some_and(|all| all.iter().any(|one| one == word));
    if server.is_guessed || is_offered("none") {
        return Ok(Method::None);
    }
    method(server, true)
}

/// How to prove ourselves. A server that does not say takes Basic (RFC 8414 2).
fn method(server: &Server, has_secret: bool) -> Result<Method, Fault> {
    if !has_secret {
        return Ok(Method::None);
    }
    let Some(offered) = &server.methods else { return Ok(Method::Basic) };
    let known = [Method::Basic, Method::Post, Method::None];
    let found = known.into_iter().find(|method| offered.iter().any(|one| one == method.word()));
    found.ok_or_else(|| {
        let sentence =
            format!("{} wants programs to prove themselves in a way not known here.", server.issuer);
        faults::refused(&sentence)
    })
}

fn registration(
    reply: &Reply,
    body: &Value,
    server: &Server,
    redirect: &str,
    asked: Method,
) -> Option<Registration> {
    let text = |name: &str| body.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let id = text("client_id").filter(|_| reply.is_success())?;
    let secret = text("client_secret");
    let said = text("token_endpoint_auth_method").and_then(|word| Method::of(&word));
    let method = if secret.is_some() { said.unwrap_or(asked) } else { Method::None };
    let ends = body.get("client_secret_expires_at").and_then(Value::as_i64).filter(|end| *end > 0);
    Some(Registration {
        issuer: server.issuer.clone(),
        client: Identity { id, secret, method },
        redirect: redirect.to_owned(),
        ends,
        manage: text("registration_client_uri").zip(text("registration_access_token")),
        unfinished: false,
    })
}

fn says_redirect(body: &Value) -> bool {
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default().to_lowercase();
    text("error") == "invalid_redirect_uri" || text("error_description").contains("redirect")
}

fn refused(net: &Net, address: &Url, reply: &Reply, body: &Value) -> Fault {
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    let words = if text("error_description").is_empty() { text("error") } else { text("error_description") };
    let said = faults::said(words, net.tap().secrets());
    let host = addresses::host(address);
    let (did, hint) = match reply.status {
        404 | 405 => ("has no place for this program to register at", UNWANTED),
        500..=599 => ("failed when this program was to register", "Try again in a moment."),
        _ if !body.is_object() => ("answered with a page instead of a registration", PAGE),
        _ => ("did not let this program register", ASK),
    };
    faults::refused_because(&format!("{host} {did} ({}){said}", reply.status), hint)
}

const ASK: &str =
    "Ask whoever runs it for a client id, and set client_id in the settings file (see `switchboard config`).";
const UNWANTED: &str = "It may want no sign-in at all: `switchboard doctor` tells. Where it does, set client_id in the settings file (see `switchboard config`).";
const PAGE: &str = "A login page or a firewall may stand between: open the address in a browser, or run `switchboard doctor`.";

//! A sign-in with the browser, from the question how to the tokens. Owns the order: the callback listens before the browser
//! opens, and everything an answer must hold to is fixed before it can come.

mod client;
mod probe;

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::callback::{Callback, Expected, Outcome};
use super::challenge::Challenge;
use super::discovery::{self, Found};
use super::kept::Kept;
use super::registration::Identity;
use super::tokens::{Grant, Tokens};
use super::{clock, exchange, faults, pkce, scopes};
use crate::domain::account::Step;
use crate::domain::call::Fault;
use crate::domain::text::Clean;
use client::Prepared;

/// What a sign-in is for.
pub(super) struct Wish {
    /// What the server said; none asks it.
    pub(super) challenge: Option<Challenge>,
    /// Scopes to keep.
    pub(super) prior: Vec<String>,
}

impl Wish {
    /// What the server said it wants, and no more.
    pub(super) fn of(challenge: Challenge) -> Self {
        Self { challenge: Some(challenge), prior: Vec::new() }
    }
}

/// Why an attempt missed.
struct Missed {
    fault: Fault,
    /// A registration that was used before may be the cause.
    is_of_client: bool,
    /// A person said no.
    declined: bool,
}

impl From<Fault> for Missed {
    fn from(fault: Fault) -> Self {
        Self { fault, is_of_client: false, declined: false }
    }
}

/// Signs in and tells each step.
pub(super) async fn sign_in(kept: &Kept, wish: Wish) -> Result<(), Fault> {
    let ended = match tokens(kept, wish).await {
        Ok(tokens) => kept.adopt(tokens).await.map_err(Missed::from),
        Err(missed) => Err(missed),
    };
    let Err(missed) = ended else {
        kept.tell(Step::Done(kept.standing()));
        return Ok(());
    };
    kept.failed(&missed.fault, missed.declined);
    kept.tell(Step::Failed(missed.fault.clone()));
    Err(missed.fault)
}

async fn tokens(kept: &Kept, wish: Wish) -> Result<Tokens, Missed> {
    kept.tell(Step::Discovering);
    let challenge = match wish.challenge {
        Some(challenge) => challenge,
        None => probe::challenge(kept).await?,
    };
    let found = discovery::discover(&kept.net, &kept.options.endpoint, &challenge).await?;
    let prior = if is_same_issuer(kept, &found).await { wish.prior } else { Vec::new() };
    let scopes = scopes::wanted(&challenge, &found, &prior);
    let prepared = client::prepare(kept, &found.server, false).await?;
    let was_used_before = prepared.was_used_before;
    match attempt(kept, &found, &scopes, prepared).await {
        Err(missed) if missed.is_of_client && was_used_before => {
            let prepared = client::prepare(kept, &found.server, true).await?;
            attempt(kept, &found, &scopes, prepared).await
        }
        ended => ended,
    }
}

/// Whether what we have is of the authorization server that is asked now: another one does not know its scopes.
async fn is_same_issuer(kept: &Kept, found: &Found) -> bool {
    let tokens = kept.tokens().await;
    let grant = tokens.as_deref().and_then(|tokens| tokens.grant.as_ref());
    grant.is_none_or(|grant| grant.issuer == found.server.issuer)
}

async fn attempt(
    kept: &Kept,
    found: &Found,
    scopes: &[String],
    prepared: Prepared,
) -> Result<Tokens, Missed> {
    let secrets = kept.options.tap.secrets();
    let (state, verifier) = (pkce::random()?, pkce::random()?);
    secrets.learn(&state);
    secrets.learn(&verifier);
    let address = address(found, scopes, &prepared, &state, &verifier);
    let expected = Expected {
        state,
        issuer: found.server.issuer.clone(),
        must_name: found.server.names_itself,
        secrets: secrets.clone(),
    };
    let Prepared { client, redirect, callback, .. } = prepared;
    let code = code(kept, callback, expected, &address).await?;
    kept.tell(Step::Exchanging);
    let form = form(found, &code, &redirect, &verifier);
    let granted = exchange::spend(&kept.net, &found.server.token, &client, &form).await;
    let granted = granted.map_err(|denied| {
        let is_of_client = denied.is_of_client();
        Missed { fault: denied.fault(), is_of_client, declined: false }
    })?;
    Ok(Tokens::granted(granted, scopes.to_vec(), grant(found, client), clock::now()))
}

/// Listens, opens the browser and waits for what it brings back.
async fn code(
    kept: &Kept,
    callback: Callback,
    expected: Expected,
    address: &Url,
) -> Result<SecretString, Missed> {
    let mut pasted = kept.take_pasted();
    let mut waiting = callback.listen(expected);
    open(kept, address).await;
    match waiting.code(&mut pasted, || kept.tell(Step::Stray(faults::stray()))).await {
        Outcome::Code(code) => Ok(code),
        Outcome::Refused(error, fault) => Err(refused(&error, fault)),
        Outcome::Foreign => Err(faults::refused("The browser came back with something else.").into()),
    }
}

fn grant(found: &Found, client: Identity) -> Grant {
    Grant {
        issuer: found.server.issuer.clone(),
        token: found.server.token.to_string(),
        revoke: found.server.revoke.as_ref().map(Url::to_string),
        resource: found.resource.clone(),
        client,
    }
}

/// Where the browser goes.
fn address(found: &Found, scopes: &[String], prepared: &Prepared, state: &str, verifier: &str) -> Url {
    let mut address = found.server.authorize.clone();
    let mut query = address.query_pairs_mut();
    query
        .append_pair("response_type", "code")
        .append_pair("client_id", &prepared.client.id)
        .append_pair("redirect_uri", &prepared.redirect)
        .append_pair("state", state)
        .append_pair("code_challenge", &pkce::challenge(verifier))
        .append_pair("code_challenge_method", "S256");
    if !scopes.is_empty() {
        query.append_pair("scope", &scopes.join(" "));
    }
    if scopes.iter().any(|scope| scope == scopes::OFFLINE) {
        // Many servers pass over that scope unless the person is asked (section 11 of its specification says so).
        query.append_pair("prompt", "consent");
    }
    if let Some(resource) = &found.resource {
        query.append_pair("resource", resource);
    }
    drop(query);
    address
}

fn form<'a>(
    found: &'a Found,
    code: &'a SecretString,
    redirect: &'a str,
    verifier: &'a str,
) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", code.expose_secret()),
        ("redirect_uri", redirect),
        ("code_verifier", verifier),
    ];
    form.extend(found.resource.as_deref().map(|resource| ("resource", resource)));
    form
}

/// Opens the browser and tells where, for those whose browser cannot be opened from here.
async fn open(kept: &Kept, address: &Url) {
    let browser = std::sync::Arc::clone(&kept.options.browser);
    let text = address.to_string();
    // Starting a program may take a moment.
    let opened = tokio::task::spawn_blocking(move || browser.open(&text)).await.unwrap_or_default();
    kept.tell(Step::Browser { address: Clean::line(address.as_str()), opened });
}

fn refused(error: &str, fault: Fault) -> Missed {
    let is_of_client = matches!(error, "invalid_client" | "unauthorized_client");
    Missed { fault, is_of_client, declined: error == "access_denied" }
}

//! `login`, `logout`, `accounts`. Owns what is told while a person signs in; every secret stays in the session's account.

use std::io::BufRead as _;
use std::sync::Arc;

use secrecy::SecretString;
use serde_json::{Value, json};

use super::arguments::Shared;
use super::asking::Answers;
use super::choice::{self, Choice, Target};
use super::environment;
use super::exit::{Exit, Refusal};
use super::line::Line;
use super::output::{Output, table, tell};
use super::place::{Given, US_ENDPOINT, rows};
use super::{remembered, secret, settings, steps, waiting};
use crate::config::Config;
use crate::domain::account::{Origin, Row, Step};
use crate::domain::time::{Unix, short};
use crate::session::auth::Account;
use crate::session::tap::Tap;

/// Where a sign-in belongs: where a session would go, else Intercom's own in the US.
fn target(given: &Given) -> Result<Box<Target>, Refusal> {
    match choice::or_first(given, choice::choose_stored)? {
        Choice::Server(target) => Ok(target),
        Choice::Demo => Err(Refusal::new(Exit::Usage, "The demo workspace needs no sign-in.")),
        Choice::Nobody => Err(choice::nobody()),
    }
}

/// Signs in with the browser, or keeps a token that was typed.
pub(super) async fn login(
    given: &Given<'_>,
    tap: Tap,
    name: Option<&str>,
    token: bool,
) -> Result<(), Refusal> {
    let shared = named(given.shared, given.config, name)?;
    let target = target(&Given { shared: &shared, ..*given })?;
    let account = target.account(&tap)?;
    if token {
        target.may_have_token()?;
        let token = secret::read("Token (not shown): ")?;
        tap.secrets().learn(secrecy::ExposeSecret::expose_secret(&token));
        let unchecked = try_token(&target, &token, tap).await?;
        account.keep_token(&token).await.map_err(|fault| Refusal::of(&fault))?;
        tell(&token_kept(target.name(), account.standing().origin.words(), unchecked.as_deref()));
    } else {
        target.introduced()?;
        let signed_in = waiting::told(&target.host(), browse(&account)).await;
        signed_in.map_err(|refusal| settings::named_in(refusal, &shared))?;
        tell(&format!("{} is signed in; kept in {}.", target.name(), account.standing().origin.words()));
    }
    if remembered::default().is_none() {
        remembered::remember(target.name())?;
    }
    if environment::token().is_some() {
        tell(&format!(
            "A token in the environment is set too, and goes before this sign-in until it is unset; --account {} passes it over.",
            target.name()
        ));
    }
    Ok(())
}

/// Opens one session with a token before anything is kept, so that a token that is refused costs no sign-in that works. Why it
/// could not be checked, if so.
///
/// # Errors
/// The server refuses it.
async fn try_token(target: &Target, token: &SecretString, tap: Tap) -> Result<Option<String>, Refusal> {
    match Line::open(target.trial(token, tap)?, Answers::unattended(false)).await {
        Ok(line) => {
            line.close().await;
            Ok(None)
        }
        Err(refusal) if refusal.exit == Exit::SignIn => {
            let sentence = format!("{} refuses this token (401), so it was not kept.", target.host());
            Err(Refusal { sentence, hint: "Nothing was changed.".to_owned(), ..refusal })
        }
        Err(refusal) => Ok(Some(refusal.sentence)),
    }
}

fn token_kept(name: &str, place: &str, unchecked: Option<&str>) -> String {
    match unchecked {
        None => format!("{name} is signed in; kept in {place}."),
        Some(why) => format!("The token for {name} is kept, but not checked: {why}"),
    }
}

/// A new name needs an address: the one that was given or configured, else the first one.
fn named(shared: &Shared, config: &Config, name: Option<&str>) -> Result<Shared, Refusal> {
    let mut shared = shared.clone();
    let Some(name) = name else { return Ok(shared) };
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        return Err(Refusal::new(Exit::Usage, "An account's name is a few letters, such as \"support\"."));
    }
    let is_known = rows().iter().any(|row| row.name.as_str() == name);
    if shared.url.is_none() && !is_known {
        let configured = config.url.as_ref().map(ToString::to_string);
        shared.url = Some(configured.unwrap_or_else(|| US_ENDPOINT.to_owned()));
    }
    shared.account = Some(name.to_owned());
    Ok(shared)
}

/// Signs in with the browser; meanwhile an address that is pasted at the terminal is taken too.
async fn browse(account: &Account) -> Result<(), Refusal> {
    account.listen(Arc::new(|step| {
        if !matches!(step, Step::Done(_)) {
            steps::tell(&step);
        }
    }));
    if environment::somebody_is_there() {
        tell("If your browser cannot come back to this machine, paste the address it ends at here.");
        let account = account.clone();
        std::thread::spawn(move || {
            for line in std::io::stdin().lock().lines().map_while(Result::ok) {
                if !line.trim().is_empty() {
                    account.redirected(&line.trim().to_owned().into());
                }
            }
        });
    }
    account.sign_in().await.map_err(|fault| Refusal::of(&fault))
}

/// Forgets a sign-in, at the server too.
pub(super) async fn logout(given: &Given<'_>, tap: Tap) -> Result<(), Refusal> {
    let nothing = |hint: &str| Err(Refusal::new(Exit::SignIn, "There is no sign-in to forget.").hint(hint));
    let target = match choice::choose_stored(given)? {
        Choice::Server(target) if target.is_borrowed() => {
            return nothing("The only one on this machine is mcp-remote's, which is never changed here.");
        }
        Choice::Server(target) => target,
        Choice::Demo | Choice::Nobody => {
            return nothing("`switchboard accounts` lists those there are; name one with --account.");
        }
    };
    let account = target.account(&tap)?;
    account.sign_out().await.map_err(|fault| Refusal::of(&fault))?;
    remembered::forget(target.name());
    tell(&format!("{} is signed out.", target.name()));
    if environment::token().is_some() {
        tell("A token in the environment is still set.");
    }
    Ok(())
}

/// Remembers the account to open when none is named.
pub(super) fn choose(given: &Given<'_>, name: &str) -> Result<(), Refusal> {
    if !rows().iter().any(|row| row.name.as_str() == name) {
        let sentence = format!("No account called \"{name}\" is signed in on this machine.");
        return Err(Refusal::new(Exit::NotFound, sentence).hint("`switchboard accounts` lists them."));
    }
    remembered::remember(name)?;
    tell(&format!("{name} {}", from_now_on(given, name)));
    Ok(())
}

/// What a start without words does from now on; other things may go before what is remembered.
fn from_now_on(given: &Given<'_>, name: &str) -> &'static str {
    let shared = Shared::default();
    match choice::choose(&Given { shared: &shared, ..*given }) {
        Ok(Choice::Server(target)) if target.has_token() => {
            "is remembered, but a token in the environment goes before it until that is unset."
        }
        Ok(Choice::Server(target)) if target.name() == name => {
            "is opened from now on when no account is named."
        }
        _ => "is remembered, but the settings file names another place, which goes before it.",
    }
}

/// Lists the accounts.
pub(super) fn list(json: bool, now: Unix) -> Result<(), Refusal> {
    let (rows, default, output) = (rows(), remembered::default(), Output::standard());
    let is_default = |row: &Row| default.as_deref() == Some(row.name.as_str());
    if json {
        return output.json(&rows.iter().map(|row| value(row, is_default(row))).collect());
    }
    if !output.is_terminal() {
        return rows.iter().try_for_each(|row| output.line(&value(row, is_default(row)).to_string()));
    }
    if rows.is_empty() {
        tell("No account is signed in on this machine; `switchboard login` adds one.");
        return Ok(());
    }
    let shown: Vec<[String; 4]> = rows
        .iter()
        .map(|row| {
            let since = row.since.map(|since| short(now.0.saturating_sub(since.0)));
            let mark = if is_default(row) { "* " } else { "  " };
            let since = since.unwrap_or_default();
            [format!("{mark}{}", row.name), since, place(row.origin).to_owned(), row.endpoint.to_string()]
        })
        .collect();
    let lines = table(["  NAME", "SINCE", "KEPT IN", "ENDPOINT"], &shown, Output::columns());
    lines.iter().try_for_each(|line| output.line(line))
}

fn value(row: &Row, is_default: bool) -> Value {
    json!({
        "name": row.name.as_str(),
        "endpoint": row.endpoint.as_str(),
        "kept": place(row.origin),
        "since": row.since.map(|since| since.0),
        "default": is_default,
    })
}

fn place(origin: Origin) -> &'static str {
    match origin {
        Origin::None => "none",
        Origin::Environment => "environment",
        Origin::Keyring => "keyring",
        Origin::File => "file",
        Origin::McpRemote => "mcp-remote",
    }
}

//! As whom to go where: a token from the environment where it belongs, else the sign-in that is stored for the place. Owns
//! that choice; refuses to connect.

use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::arguments::Shared;
use super::client::{Introduction, introduction};
use super::environment::{self, Token};
use super::exit::{Exit, Refusal};
use super::line;
use super::place::{By, Given, Place, US_ENDPOINT, check_way_for_token, http, place};
use crate::browser::Desktop;
use crate::config::{Config, places};
use crate::session::auth::{self, Account};
use crate::session::secrets::Secrets;
use crate::session::tap::Tap;
use crate::session::{self, Address, Limits, Settings};

/// Where to go.
#[derive(Debug)]
pub enum Choice {
    /// To the embedded workspace.
    Demo,
    /// To a server.
    Server(Box<Target>),
    /// Nobody said, and nobody is signed in anywhere.
    Nobody,
}

/// A server, and how we sign in there.
#[derive(Clone, Debug)]
pub struct Target {
    place: Place,
    /// From the environment; it beats every stored sign-in where it belongs.
    token: Option<Token>,
    introduction: Introduction,
    keyring: bool,
    at_once: bool,
}

/// Finds out where to go and as whom. A sign-in begins by itself only where the command line says so.
///
/// # Errors
/// What was named does not exist or is no endpoint, or a token would go over the network in the clear.
pub fn choose(given: &Given) -> Result<Choice, Refusal> {
    chosen(given, environment::token())
}

/// The same without the environment's token: for signing in and out.
///
/// # Errors
/// What was named does not exist or is no endpoint.
pub(super) fn choose_stored(given: &Given) -> Result<Choice, Refusal> {
    chosen(given, None)
}

/// As `choose` says, and Intercom's own in the US where that leads nowhere: for what needs no sign-in yet.
pub(super) fn or_first(
    given: &Given,
    choose: fn(&Given) -> Result<Choice, Refusal>,
) -> Result<Choice, Refusal> {
    match choose(given)? {
        Choice::Nobody => {
            let shared = Shared { url: Some(US_ENDPOINT.to_owned()), ..given.shared.clone() };
            choose(&Given { shared: &shared, ..*given })
        }
        choice @ (Choice::Demo | Choice::Server(_)) => Ok(choice),
    }
}

fn chosen(given: &Given, token: Option<Token>) -> Result<Choice, Refusal> {
    if given.shared.demo {
        return Ok(Choice::Demo);
    }
    let Some(place) = place(given, token.is_some())? else { return Ok(Choice::Nobody) };
    let token = token.filter(|_| place.takes_tokens());
    if token.is_some() {
        check_way_for_token(&place.address)?;
    }
    let target = stored_only(place, given.config, given.shared.url.is_some());
    let at_once = given.shared.sign_in;
    Ok(Choice::Server(Box::new(Target { token, at_once, ..target })))
}

/// An account by its name and address, with the sign-in that is stored for it, whatever the environment says; a person who
/// wants another one says so. `sign_in` lets it begin a sign-in by itself.
pub fn kept(name: &str, endpoint: Url, config: &Config, sign_in: bool) -> Target {
    let place = http(Some(&name.to_owned()), endpoint, config.transport, By::Account);
    Target { at_once: sign_in, ..stored_only(place, config, false) }
}

fn stored_only(place: Place, config: &Config, named: bool) -> Target {
    let introduction = match &place.address {
        Address::Http { endpoint, .. } => introduction(config, endpoint, named),
        Address::Command(_) => Introduction { client: auth::Client::default(), missing: None },
    };
    Target { place, token: None, introduction, keyring: config.oauth.keyring, at_once: false }
}

impl Target {
    /// The account's name.
    pub fn name(&self) -> &str {
        &self.place.name
    }

    /// What is waited for there.
    pub(super) fn host(&self) -> String {
        line::host(&self.place.address)
    }

    /// Whether a token from the environment is used, so that no account of this machine is.
    pub fn has_token(&self) -> bool {
        self.token.is_some()
    }

    /// Whether only mcp-remote is signed in there.
    pub(super) fn is_borrowed(&self) -> bool {
        self.place.by == By::McpRemote
    }

    /// For a command: a person at the terminal may be sent to the browser at once.
    #[must_use]
    pub(super) fn for_command(self) -> Self {
        Self { at_once: self.at_once || environment::somebody_is_there(), ..self }
    }

    /// Whether the token can be sent and all is there that a sign-in needs.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self) -> Result<(), Refusal> {
        match &self.token {
            Some(token) => token.account(&Secrets::default()).map(drop).map_err(|error| unusable(&error)),
            None => self.introduced(),
        }
    }

    /// Whether all is there that a sign-in needs.
    ///
    /// # Errors
    /// The settings file names a secret that is not there.
    pub(super) fn introduced(&self) -> Result<(), Refusal> {
        self.introduction.missing.clone().map_or(Ok(()), Err)
    }

    /// Whether a token may be sent there.
    ///
    /// # Errors
    /// It would go over the network in the clear.
    pub(super) fn may_have_token(&self) -> Result<(), Refusal> {
        check_way_for_token(&self.place.address)
    }

    /// How to start a session there.
    ///
    /// # Errors
    /// As [`check`](Self::check).
    pub fn settings(&self, tap: Tap) -> Result<Settings, Refusal> {
        let address = self.place.address.clone();
        let account = match (&self.token, &address) {
            (_, Address::Command(_)) => Account::nobody(),
            (Some(token), Address::Http { .. }) => {
                token.account(tap.secrets()).map_err(|error| unusable(&error))?
            }
            (None, Address::Http { .. }) => {
                self.introduced()?;
                self.account(&tap)?
            }
        };
        Ok(Settings { address, account, limits: Limits::default(), tap, memory: places::servers() })
    }

    /// How to try a token there; nothing is remembered of the server.
    ///
    /// # Errors
    /// No header can carry it.
    pub(super) fn trial(&self, token: &SecretString, tap: Tap) -> Result<Settings, Refusal> {
        let account =
            Account::bearer_of("this sign-in", token, tap.secrets()).map_err(|error| unusable(&error))?;
        let address = self.place.address.clone();
        Ok(Settings { address, account, limits: Limits::default(), tap, memory: None })
    }

    /// The account as it is stored on this machine, whatever the environment says.
    ///
    /// # Errors
    /// A bridge signs in by itself.
    pub(super) fn account(&self, tap: &Tap) -> Result<Account, Refusal> {
        let Address::Http { endpoint, .. } = &self.place.address else {
            let sentence = "The settings file names a program to talk to, and that signs in by itself.";
            return Err(Refusal::new(Exit::Usage, sentence).hint("Name an address with --url."));
        };
        let client = self.introduction.client.clone();
        if let Some(secret) = &client.secret {
            tap.secrets().learn(secret.expose_secret());
        }
        let options = auth::Options {
            name: self.place.name.clone(),
            endpoint: endpoint.clone(),
            folder: places::sign_ins(),
            keyring: self.keyring,
            mcp_remote: places::mcp_remote(),
            client,
            browser: Arc::new(Desktop),
            at_once: self.at_once,
            tap: tap.clone(),
            limits: Limits::default(),
        };
        Account::open(options).map_err(|error| unusable(&error))
    }
}

fn unusable(error: &session::StartError) -> Refusal {
    let exit = match error {
        session::StartError::Token => Exit::SignIn,
        session::StartError::Endpoint(_) => Exit::Usage,
        session::StartError::Client(_) | session::StartError::Runtime => Exit::Error,
    };
    let sentence = error.to_string();
    let mut letters = sentence.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    Refusal::new(exit, format!("{first}{}.", letters.as_str()))
}

/// For commands when nobody said where to go.
pub(super) fn nobody() -> Refusal {
    Refusal::new(Exit::SignIn, "There is no account to open yet.")
        .hint("Sign in with `switchboard login`, set INTERCOM_ACCESS_TOKEN to an Intercom access token, or look around with --demo.")
}

//! Which server, and as whom: from the command line, the settings file, what is remembered and the environment, in this order.
//! Owns the order; refuses to connect, and to look for anything that an earlier answer made unnecessary.

use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::arguments::Shared;
use super::environment::{self, Token};
use super::exit::{Exit, Refusal};
use super::remembered;
use crate::browser::Desktop;
use crate::config::{Config, Transport, places};
use crate::session::auth::{self, Account, Client};
use crate::session::tap::Tap;
use crate::session::{self, Address, Limits, Settings};

/// Intercom's own endpoint in the US (intercom-mcp 1).
const US_ENDPOINT: &str = "https://mcp.intercom.com/mcp";

/// Where to go.
#[derive(Debug)]
pub enum Choice {
    /// To the embedded workspace.
    Demo,
    /// To a server.
    Server(Box<Target>),
    /// Nobody said, and nothing is remembered.
    Nobody,
}

/// A server, and how we sign in there.
#[derive(Clone, Debug)]
pub struct Target {
    name: String,
    address: Address,
    /// From the environment; it beats every stored sign-in.
    token: Option<Token>,
    client: Client,
    keyring: bool,
    at_once: bool,
}

/// Finds out where to go.
///
/// # Errors
/// What was named does not exist or is no endpoint.
pub fn choose(shared: &Shared, config: &Config) -> Result<Choice, Refusal> {
    if shared.demo {
        return Ok(Choice::Demo);
    }
    let token = environment::token();
    let Some((name, address)) = place(shared, config, token.is_some())? else { return Ok(Choice::Nobody) };
    let at_once = shared.sign_in || environment::somebody_is_there();
    Ok(Choice::Server(Box::new(Target { token, at_once, ..stored_only(name, address, config)? })))
}

/// An account by its name and address, with the sign-in that is stored for it, whatever the environment says; a person who
/// wants another one says so.
///
/// # Errors
/// The settings file names a client's secret that is not there.
pub fn kept(name: &str, endpoint: Url, config: &Config) -> Result<Target, Refusal> {
    let (_, address) = http(None, endpoint, config.transport);
    stored_only(name.to_owned(), address, config)
}

fn stored_only(name: String, address: Address, config: &Config) -> Result<Target, Refusal> {
    let oauth = &config.oauth;
    let client = Client {
        id: environment::set("SWITCHBOARD_CLIENT_ID").or_else(|| oauth.client_id.clone()),
        secret: client_secret(oauth.client_secret_env.as_deref())?,
        document: oauth.client_document.clone(),
        port: oauth.callback_port,
    };
    Ok(Target { name, address, token: None, client, keyring: oauth.keyring, at_once: false })
}

/// The account's name and its address; none when nobody said anything.
fn place(shared: &Shared, config: &Config, has_token: bool) -> Result<Option<(String, Address)>, Refusal> {
    let how = shared.transport.unwrap_or(config.transport);
    let named = shared.account.as_ref();
    if let Some(url) = &shared.url {
        let endpoint = endpoint(url)?;
        // With a token in the environment nothing that is stored is looked at.
        let known = || if has_token { None } else { known(&endpoint) };
        let name = named.cloned().or_else(known);
        return Ok(Some(http(name.as_ref(), endpoint, how)));
    }
    if let Some(name) = named {
        return stored(name, how).map(Some);
    }
    if let Some(command) = &config.command {
        let name = command.first().cloned().unwrap_or_default();
        return Ok(Some((name, Address::Command(command.clone()))));
    }
    if let Some(url) = &config.url {
        return Ok(Some(http(config.account.as_ref(), url.clone(), how)));
    }
    if let Some(name) = &config.account {
        return stored(name, how).map(Some);
    }
    if let Some(place) = remembered::default().and_then(|name| stored(&name, how).ok()) {
        return Ok(Some(place));
    }
    if !has_token {
        return Ok(None);
    }
    Ok(Some(http(None, endpoint(US_ENDPOINT)?, how)))
}

fn http(name: Option<&String>, endpoint: Url, how: Transport) -> (String, Address) {
    let host = || endpoint.host_str().unwrap_or_default().to_owned();
    let host = || endpoint.port().map_or_else(host, |port| format!("{}:{port}", host()));
    let name = name.cloned().unwrap_or_else(host);
    let transport = match how {
        Transport::Auto => session::Transport::Auto,
        Transport::Streamable => session::Transport::Streamable,
        Transport::Sse => session::Transport::Sse,
    };
    (name, Address::Http { endpoint, transport })
}

/// What the account at an address is called when nobody said: the remembered one of those that are signed in there, else the
/// newest; none when nobody is.
fn known(endpoint: &Url) -> Option<String> {
    let rows = places::sign_ins().map(|folder| auth::accounts(&folder)).unwrap_or_default();
    let here: Vec<_> = rows.iter().filter(|row| row.endpoint.as_str() == endpoint.as_str()).collect();
    let remembered = if here.len() > 1 { remembered::default() } else { None };
    let remembered = here.iter().find(|row| Some(row.name.as_str()) == remembered.as_deref());
    let newest = || here.iter().max_by_key(|row| row.since);
    remembered.or_else(newest).map(|row| row.name.to_string())
}

/// The account of that name that is signed in on this machine.
fn stored(name: &str, how: Transport) -> Result<(String, Address), Refusal> {
    let rows = places::sign_ins().map(|folder| auth::accounts(&folder)).unwrap_or_default();
    let Some(row) = rows.iter().find(|row| row.name.as_str() == name) else {
        let refusal =
            Refusal::new(Exit::SignIn, format!("No account called \"{name}\" is signed in on this machine."));
        return Err(refusal
            .hint("`switchboard accounts` lists them; `switchboard login --name NAME --url URL` adds one."));
    };
    Ok(http(Some(&name.to_owned()), endpoint(&row.endpoint)?, how))
}

/// An endpoint as it was written.
fn endpoint(written: &str) -> Result<Url, Refusal> {
    let wrong = |why: String| Refusal::new(Exit::Usage, format!("\"{written}\" is no MCP endpoint: {why}."));
    let url = Url::parse(written).map_err(|error| wrong(error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("it must begin with http:// or https://".into()));
    }
    if url.password().is_some() {
        let sentence =
            "An address with a password in it is not taken: other people of this machine could read it.";
        return Err(Refusal::new(Exit::Usage, sentence));
    }
    Ok(url)
}

fn client_secret(variable: Option<&str>) -> Result<Option<SecretString>, Refusal> {
    if let Some(secret) = environment::set("SWITCHBOARD_CLIENT_SECRET") {
        return Ok(Some(secret.into()));
    }
    let Some(variable) = variable else { return Ok(None) };
    let missing = || {
        let sentence = format!(
            "The settings file says that the client's secret is in ${variable}, and that is not set."
        );
        Refusal::new(Exit::SignIn, sentence)
    };
    environment::set(variable).map(|secret| Some(secret.into())).ok_or_else(missing)
}

impl Target {
    /// The account's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether a token from the environment is used.
    pub(super) fn has_token(&self) -> bool {
        self.token.is_some()
    }

    /// How to start a session there.
    ///
    /// # Errors
    /// The token has characters that no header can carry.
    pub fn settings(&self, tap: Tap) -> Result<Settings, Refusal> {
        let account = match (&self.token, &self.address) {
            (_, Address::Command(_)) => Account::nobody(),
            (Some(token), Address::Http { .. }) => {
                token.account(tap.secrets()).map_err(|error| unusable(&error))?
            }
            (None, Address::Http { .. }) => self.account(&tap)?,
        };
        let limits = Limits::default();
        Ok(Settings { address: self.address.clone(), account, limits, tap, memory: places::servers() })
    }

    /// The account as it is stored on this machine, whatever the environment says.
    ///
    /// # Errors
    /// A bridge signs in by itself.
    pub(super) fn account(&self, tap: &Tap) -> Result<Account, Refusal> {
        let Address::Http { endpoint, .. } = &self.address else {
            let sentence = "The settings file names a program to talk to, and that signs in by itself.";
            return Err(Refusal::new(Exit::Usage, sentence).hint("Name an address with --url."));
        };
        if let Some(secret) = &self.client.secret {
            tap.secrets().learn(secret.expose_secret());
        }
        let options = auth::Options {
            name: self.name.clone(),
            endpoint: endpoint.clone(),
            folder: places::sign_ins(),
            keyring: self.keyring,
            mcp_remote: places::mcp_remote(),
            client: self.client.clone(),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(url: &str) -> Shared {
        Shared { url: Some(url.to_owned()), ..Shared::default() }
    }

    #[test]
    fn the_command_line_beats_the_file() {
        let config = Config { url: Some(Url::parse("http://file/mcp").unwrap()), ..Config::default() };
        let (name, address) = place(&shared("http://127.0.0.1:99/mcp"), &config, false).unwrap().unwrap();
        assert_eq!(name, "127.0.0.1:99");
        let Address::Http { endpoint, .. } = address else { panic!("{address:?}") };
        assert_eq!(endpoint.as_str(), "http://127.0.0.1:99/mcp");
        let (name, _) = place(&Shared::default(), &config, false).unwrap().unwrap();
        assert_eq!(name, "file");
    }

    #[test]
    fn a_bridge_and_the_way_of_talking_come_from_the_file() {
        let command = Some(vec!["npx".to_owned(), "mcp-remote".to_owned()]);
        let config = Config { command: command.clone(), transport: Transport::Sse, ..Config::default() };
        let (_, address) = place(&Shared::default(), &config, true).unwrap().unwrap();
        assert_eq!(Some(address), command.map(Address::Command));
        let (_, address) = place(&shared("http://x/"), &config, true).unwrap().unwrap();
        assert!(matches!(address, Address::Http { transport: session::Transport::Sse, .. }));
    }

    #[test]
    fn what_is_no_endpoint_is_said() {
        for (written, words) in
            [("ftp://x", "http:// or https://"), ("x", "no MCP endpoint"), ("http://a:b@x", "password")]
        {
            let refusal = place(&shared(written), &Config::default(), false).unwrap_err();
            assert!(refusal.exit == Exit::Usage && refusal.sentence.contains(words), "{}", refusal.sentence);
        }
    }
}

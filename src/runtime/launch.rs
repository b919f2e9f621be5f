//! What the console is started with, and how an account that is chosen inside of it is opened. The command line knows the
//! config and brings [`Doors`]; [`Standard`] stands for no config at all.

use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use url::Url;

use crate::app::Options;
use crate::browser::Desktop;
use crate::config::places;
use crate::domain::account::{Origin, Row};
use crate::session::auth::{self, Account, Client};
use crate::session::secrets::Secrets;
use crate::session::tap::Tap;
use crate::session::{Limits, Settings};

/// Where the desk is.
#[derive(Debug)]
pub enum Source {
    /// Nobody knows yet: the first screen asks.
    None,
    /// The embedded workspace; grown to this many conversations when a number is given.
    Demo(Option<usize>),
    /// An MCP server.
    Server(Box<Server>),
}

/// A server to open: its account's name, and how its settings are made once there is a tap for them.
pub struct Server {
    /// The account's name, as in the list of accounts; empty when it has none.
    pub name: String,
    /// Makes the settings; the error is a sentence.
    pub settings: Maker,
}

/// Makes the settings of a session around a tap.
pub type Maker = Box<dyn FnOnce(Tap) -> Result<Settings, String> + Send>;

impl Server {
    /// A server with its account's name.
    pub fn new(name: &str, settings: impl FnOnce(Tap) -> Result<Settings, String> + Send + 'static) -> Self {
        Self { name: name.to_owned(), settings: Box::new(settings) }
    }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Server({})", self.name)
    }
}

/// What a person chose inside the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// An account of the list, by its name.
    Account(String),
    /// An endpoint, to sign in there anew or with a token.
    Endpoint(Url),
    /// An endpoint with mcp-remote's sign-in.
    McpRemote(Url),
}

impl Wanted {
    /// The name and the endpoint of what was chosen, among the accounts of this machine. What is new is named by its host,
    /// and a number when there is one of that name, which stays as it is.
    ///
    /// # Errors
    /// The account is not there any more, or its endpoint is no address; a sentence.
    pub fn place(&self, accounts: &[Row]) -> Result<(String, Url), String> {
        let name = match self {
            Self::Endpoint(url) => return Ok((free(accounts, &named(url)), url.clone())),
            Self::McpRemote(url) => {
                let is =
                    |row: &&Row| row.origin == Origin::McpRemote && row.endpoint.as_str() == url.as_str();
                let known = accounts.iter().find(is).map(|row| row.name.to_string());
                return Ok((known.unwrap_or_else(|| free(accounts, &named(url))), url.clone()));
            }
            Self::Account(name) => name,
        };
        let row = accounts.iter().find(|row| row.name.as_str() == name);
        let row = row.ok_or_else(|| format!("The account {name} is not on this machine any more."))?;
        let endpoint = Url::parse(&row.endpoint);
        let endpoint =
            endpoint.map_err(|_| format!("The account {name} has an endpoint that is no address."))?;
        Ok((name.clone(), endpoint))
    }
}

/// What an endpoint is called: its host, and its port when that is not the usual one.
pub(super) fn named(endpoint: &Url) -> String {
    let host = endpoint.host_str().unwrap_or("server");
    endpoint.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// The name, or the first one with a number that no account has.
fn free(accounts: &[Row], name: &str) -> String {
    let numbered = (2..=accounts.len() + 1).map(|number| format!("{name} ({number})"));
    let is_free = |name: &String| accounts.iter().all(|row| row.name.as_str() != name);
    std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_else(|| name.to_owned())
}

/// Knows the accounts and how they are opened. Reads files, so it is asked outside of the loop only.
pub trait Doors: Send + Sync {
    /// The accounts of this machine, by name.
    fn accounts(&self) -> Vec<Row>;
    /// The endpoint that mcp-remote is signed in to; none when there is no such sign-in.
    fn mcp_remote(&self) -> Option<Url>;
    /// The server for what was chosen; the error is a sentence.
    fn open(&self, wanted: &Wanted) -> Result<Server, String>;
    /// This account is the one to open when none is named. One that cannot be remembered is asked for again, no more.
    fn remember(&self, name: &str);
}

/// What to start.
pub struct Launch {
    /// Where the desk is.
    pub source: Source,
    /// What does not change while the console runs.
    pub options: Options,
    /// How accounts chosen inside the console are opened.
    pub doors: Arc<dyn Doors>,
    /// The file of a review to open once the server can be asked; none for none.
    pub review: Option<String>,
    /// Where exchanges are written, secrets removed; none writes nothing.
    pub record: Option<Record>,
    /// What must never be shown; of all sessions together, because their traffic goes into one recording.
    pub secrets: Secrets,
}

impl Launch {
    /// A console that opens accounts as if there were no config, and records nothing.
    pub fn new(source: Source, options: Options) -> Self {
        Self {
            source,
            options,
            doors: Arc::new(Standard),
            review: None,
            record: None,
            secrets: Secrets::default(),
        }
    }
}

/// A recording that outlives the sessions it is about. Clones share it.
#[derive(Clone)]
pub struct Record(Arc<Mutex<Box<dyn Write + Send>>>);

impl Record {
    /// Writes there.
    pub fn new(out: Box<dyn Write + Send>) -> Self {
        Self(Arc::new(Mutex::new(out)))
    }
}

impl Write for Record {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }

    /// Whole lines stay whole: the end of one session may be written while the next begins.
    fn write_fmt(&mut self, words: std::fmt::Arguments<'_>) -> std::io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write_fmt(words)
    }
}

/// Accounts in the usual places, and no config.
#[derive(Clone, Copy, Debug)]
pub struct Standard;

/// Intercom's endpoints (intercom-mcp 1) with the prefix of mcp-remote's files for them (intercom-mcp 8.3).
const MCP_REMOTE: [(&str, &str); 2] = [
    ("https://mcp.intercom.com/mcp", "2b6e236cccc0fbb64ea0556af272963f"),
    ("https://mcp.eu.intercom.com/mcp", "ebc6cc25dbb5db741c9c0c35064f102e"),
];

/// Whether any version of mcp-remote keeps tokens for this prefix.
fn has_tokens(folder: &Path, prefix: &str) -> bool {
    let file = format!("{prefix}_tokens.json");
    let versions = std::fs::read_dir(folder).into_iter().flatten().flatten();
    versions.take(1_000).any(|version| version.path().join(&file).is_file())
}

fn server(name: &str, endpoint: Url) -> Server {
    let (name, given) = (name.to_owned(), name);
    Server::new(given, move |tap| {
        let options = auth::Options {
            name,
            endpoint: endpoint.clone(),
            folder: places::sign_ins(),
            keyring: true,
            mcp_remote: places::mcp_remote(),
            client: Client::default(),
            browser: Arc::new(Desktop),
            at_once: false,
            tap: tap.clone(),
            limits: Limits::default(),
        };
        let account = Account::open(options).map_err(|error| error.to_string())?;
        Ok(Settings { tap, memory: places::servers(), ..Settings::new(endpoint, account) })
    })
}

impl Doors for Standard {
    fn accounts(&self) -> Vec<Row> {
        places::sign_ins().map(|folder| auth::accounts(&folder)).unwrap_or_default()
    }

    fn mcp_remote(&self) -> Option<Url> {
        let folder = places::mcp_remote()?;
        let (endpoint, _) = MCP_REMOTE.iter().find(|(_, prefix)| has_tokens(&folder, prefix))?;
        Url::parse(endpoint).ok()
    }

    fn open(&self, wanted: &Wanted) -> Result<Server, String> {
        let (name, endpoint) = wanted.place(&self.accounts())?;
        Ok(server(&name, endpoint))
    }

    /// Without a config nothing is chosen for the next time.
    fn remember(&self, _name: &str) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Clean;

    fn row(name: &str, origin: Origin) -> Row {
        let endpoint = Clean::line("https://mcp.intercom.com/mcp");
        Row { name: Clean::line(name), endpoint, origin, since: None }
    }

    #[test]
    fn another_account_of_the_same_host_does_not_replace_the_first() {
        let url = Url::parse("https://mcp.intercom.com/mcp").unwrap();
        let place = |wanted: Wanted, accounts: &[Row]| wanted.place(accounts).unwrap().0;
        let wanted = || Wanted::Endpoint(url.clone());
        let mut accounts = Vec::new();
        for name in ["mcp.intercom.com", "mcp.intercom.com (2)", "mcp.intercom.com (3)"] {
            assert_eq!(place(wanted(), &accounts), name);
            accounts.push(row(name, Origin::File));
        }
        accounts.remove(1);
        assert_eq!(place(wanted(), &accounts), "mcp.intercom.com (2)");
        assert_eq!(place(Wanted::McpRemote(url.clone()), &accounts), "mcp.intercom.com (2)");
        accounts.push(row("theirs", Origin::McpRemote));
        assert_eq!(place(Wanted::McpRemote(url.clone()), &accounts), "theirs");
    }

    #[test]
    fn mcp_remotes_sign_in_is_found_in_any_version_and_nobody_elses() {
        let home = tempfile::tempdir().unwrap();
        let version = home.path().join("mcp-remote-0.1.38");
        std::fs::create_dir(&version).unwrap();
        std::fs::write(version.join("0123_tokens.json"), "{}").unwrap();
        let [(_, us), (_, eu)] = MCP_REMOTE;
        assert!(!has_tokens(home.path(), us));
        std::fs::write(version.join(format!("{eu}_tokens.json")), "{}").unwrap();
        assert!(has_tokens(home.path(), eu) && !has_tokens(home.path(), us));
        assert!(!has_tokens(&home.path().join("nowhere"), us));
    }
}

//! Setting the scene for one session: its account, its tap, its drafts, and what the console is told when it begins.

use std::sync::Arc;

use secrecy::SecretString;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use url::Url;

use super::clock::unix_now;
use super::drafts::Drafts;
use super::journal::Journal;
use super::launch::{Launch, Server, Source, Wanted, named};
use super::marks::Marks;
use super::names::Names;
use super::stage::{LaunchError, WAITING};
use crate::app::Event;
use crate::app::opening::{Opening, Start, Way};
use crate::demo;
use crate::domain::call::Report;
use crate::domain::text::Clean;
use crate::session::auth::Account;
use crate::session::tap::Tap;
use crate::session::{self, Address, Session, Settings};

/// What one session needs, running.
pub(super) struct Scene {
    /// None on the first screen.
    pub(super) session: Option<Arc<Session>>,
    pub(super) reports: Receiver<Report>,
    pub(super) drafts: Drafts,
    pub(super) journal: Journal,
    pub(super) marks: Marks,
    pub(super) names: Names,
    pub(super) events: Sender<Event>,
    pub(super) own_events: Receiver<Event>,
}

/// A session that has begun, and what the console is told of it.
pub(super) struct Begun {
    pub(super) start: Start,
    /// The embedded server, when it is the demo's.
    pub(super) demo: Option<demo::Running>,
    pub(super) scene: Scene,
}

/// Begins with what the command line gave.
pub(super) async fn begin(launch: &Launch, source: Source) -> Result<Begun, LaunchError> {
    let way = if matches!(source, Source::None) { Way::First } else { Way::Usual };
    begin_with(launch, source, way, None).await
}

/// Begins with what was chosen, while what is open stays as it is.
///
/// # Errors
/// Why it cannot be opened, as a sentence; nothing was begun then.
pub(super) async fn open(launch: &Launch, opening: Opening) -> Result<Begun, String> {
    let (source, way, token) = chosen(launch, opening)?;
    begin_with(launch, source, way, token).await.map_err(|error| error.to_string())
}

type Chosen = (Source, Way, Option<SecretString>);

fn chosen(launch: &Launch, opening: Opening) -> Result<Chosen, String> {
    let url = |endpoint: &Clean| {
        Url::parse(endpoint).map_err(|error| format!("\"{endpoint}\" is no address: {error}."))
    };
    let server = |wanted| launch.doors.open(&wanted).map(|server| Source::Server(Box::new(server)));
    Ok(match opening {
        Opening::Demo => (Source::Demo(None), Way::Usual, None),
        Opening::Account(name) => (server(Wanted::Account(name.into_string()))?, Way::Usual, None),
        Opening::SignIn(endpoint) => (server(Wanted::Endpoint(url(&endpoint)?))?, Way::SigningIn, None),
        Opening::Token(endpoint, token) => {
            (server(Wanted::Endpoint(url(&endpoint)?))?, Way::Usual, Some(token))
        }
        Opening::McpRemote(endpoint) => (server(Wanted::McpRemote(url(&endpoint)?))?, Way::Usual, None),
    })
}

async fn begin_with(
    launch: &Launch,
    source: Source,
    way: Way,
    token: Option<SecretString>,
) -> Result<Begun, LaunchError> {
    let (reporter, reports) = channel(WAITING);
    let (events, own_events) = channel(WAITING);
    let tap = tap(launch, reporter.clone());
    let mut start = known(launch, way);
    let mut account = String::new();
    let (settings, demo) = match source {
        Source::None => return Ok(nowhere(launch)),
        Source::Demo(scale) => {
            let server =
                demo::start(demo::Options { scale, now: unix_now(), ..demo::Options::default() }).await?;
            let endpoint =
                Url::parse(&server.url()).map_err(|_| session::StartError::Endpoint(server.url()))?;
            let settings = Settings { tap, ..Settings::new(endpoint, Account::nobody()) };
            (settings, Some(server))
        }
        Source::Server(server) => {
            start.account = Clean::line(&server.name);
            account.clone_from(&server.name);
            let (settings, unkept) = settings(*server, tap, token).await?;
            if let Some(unkept) = unkept {
                (start.account, start.trouble) = (Clean::default(), unkept);
            }
            (settings, None)
        }
    };
    let workspace_name =
        if demo.is_some() { "demo".to_owned() } else { workspace(&settings.address, &account) };
    let session = Arc::new(session::start(settings, reporter)?);
    let drafts = Drafts::start(super::places::drafts(&workspace_name), events.clone())?;
    let journal =
        Journal::start(super::places::journal(&workspace_name), Arc::downgrade(&session), events.clone())?;
    let marks = Marks::start(super::places::marks(&workspace_name), events.clone())?;
    let names = Names::start(super::places::names(&workspace_name), events.clone())?;
    let session = Some(session);
    let scene = Scene { session, reports, drafts, journal, marks, names, events, own_events };
    Ok(Begun { start, demo, scene })
}

/// The first screen.
fn nowhere(launch: &Launch) -> Begun {
    let (_, reports) = channel(1);
    let (events, own_events) = channel(WAITING);
    let (drafts, journal) = (Drafts::none(), Journal::none());
    let (marks, names) = (Marks::none(), Names::none());
    let scene = Scene { session: None, reports, drafts, journal, marks, names, events, own_events };
    Begun { start: known(launch, Way::First), demo: None, scene }
}

fn known(launch: &Launch, way: Way) -> Start {
    Start {
        accounts: launch.doors.accounts(),
        account: Clean::default(),
        mcp_remote: launch.doors.mcp_remote().map(|url| Clean::line(url.as_str())),
        way,
        review: String::new(),
        trouble: String::new(),
    }
}

/// One tap a session, so that what an old one still says does not reach the new one's screen.
fn tap(launch: &Launch, reporter: Sender<Report>) -> Tap {
    let record = launch.record.clone().map(|record| Box::new(record) as Box<dyn std::io::Write + Send>);
    Tap::new(launch.secrets.clone(), Some(reporter), record)
}

/// The settings, and why a token that was typed could not be kept: it is used all the same, until the console is left.
async fn settings(
    server: Server,
    tap: Tap,
    token: Option<SecretString>,
) -> Result<(Settings, Option<String>), LaunchError> {
    let secrets = tap.secrets().clone();
    let mut settings = (server.settings)(tap).map_err(LaunchError::Account)?;
    let Some(token) = token else { return Ok((settings, None)) };
    let Err(fault) = settings.account.keep_token(&token).await else { return Ok((settings, None)) };
    // One that no header can carry is no token; anything else is a matter of this machine's disk or keyring.
    settings.account = Account::bearer(&token, &secrets)?;
    Ok((settings, Some(format!("The token is used, but it could not be kept. {}", fault.sentence))))
}

/// What drafts are kept apart by: the endpoint's host, its port when that is not the usual one, and the account's name when
/// somebody named it, because two accounts of one host may be two workspaces.
fn workspace(address: &Address, account: &str) -> String {
    match address {
        Address::Http { endpoint, .. } => {
            let port = endpoint.port().map(|port| format!("-{port}")).unwrap_or_default();
            let host = format!("{}{port}", endpoint.host_str().unwrap_or("server"));
            let is_named = !account.is_empty() && account != named(endpoint);
            if is_named { format!("{host}-{}", in_letters(account)) } else { host }
        }
        Address::Command(words) => words.join("-"),
    }
}

/// A name as a part of a folder's name, different for different names: what is no plain letter or digit becomes its number.
fn in_letters(name: &str) -> String {
    let letter =
        |c: char| if c.is_ascii_alphanumeric() { c.to_string() } else { format!("-{:x}", u32::from(c)) };
    name.chars().take(40).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Options;
    use crate::domain::account::Row;
    use crate::runtime::launch::Doors;
    use crate::session::Transport;

    struct Closed;

    impl Doors for Closed {
        fn accounts(&self) -> Vec<Row> {
            Vec::new()
        }

        fn mcp_remote(&self) -> Option<Url> {
            None
        }

        fn open(&self, _wanted: &Wanted) -> Result<Server, String> {
            Err("The door is closed.".to_owned())
        }

        fn remember(&self, _name: &str) {}
    }

    #[tokio::test]
    async fn what_cannot_be_opened_is_a_sentence_and_begins_nothing() {
        let mut launch = Launch::new(Source::None, Options::default());
        launch.doors = Arc::new(Closed);
        let endpoint = || Clean::line("https://mcp.example.com/mcp");
        let token = SecretString::from("t");
        for opening in
            [Opening::Account(endpoint()), Opening::SignIn(endpoint()), Opening::Token(endpoint(), token)]
        {
            assert_eq!(open(&launch, opening).await.err().as_deref(), Some("The door is closed."));
        }
        let nowhere = open(&launch, Opening::SignIn(Clean::line("no address"))).await.err();
        assert!(nowhere.is_some_and(|sentence| sentence.contains("is no address")));
    }

    #[test]
    fn two_accounts_of_one_host_do_not_share_their_drafts() {
        let endpoint = |url| Address::Http { endpoint: Url::parse(url).unwrap(), transport: Transport::Auto };
        let at = |name| workspace(&endpoint("https://mcp.intercom.com/mcp"), name);
        assert_eq!((at(""), at("mcp.intercom.com")), (at(""), "mcp.intercom.com".to_owned()));
        assert_eq!(workspace(&endpoint("http://127.0.0.1:9/mcp"), "127.0.0.1:9"), "127.0.0.1-9");
        let names = ["eu", "mcp.intercom.com (2)", "mcp.intercom.com [2]", "渡し船", "渡し舟", "e-u"];
        let folders: std::collections::HashSet<String> = names.iter().map(|name| at(name)).collect();
        assert!(folders.len() == names.len() && !folders.contains("mcp.intercom.com"), "{folders:?}");
    }
}

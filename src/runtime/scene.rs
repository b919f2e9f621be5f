//! Setting the scene for one session: its account, its tap, its drafts, and what the console is told when it begins.

use secrecy::SecretString;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use url::Url;

use super::clock::unix_now;
use super::drafts::Drafts;
use super::launch::{Launch, Server, Source, Wanted};
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
    pub(super) session: Option<Session>,
    pub(super) reports: Receiver<Report>,
    pub(super) drafts: Drafts,
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

/// Begins with what was chosen; when that cannot be, with the first screen and the reason.
pub(super) async fn open(launch: &Launch, opening: Opening) -> Begun {
    let begun = match chosen(launch, opening) {
        Ok((source, way, token)) => begin_with(launch, source, way, token).await,
        Err(sentence) => Err(LaunchError::Account(sentence)),
    };
    match begun {
        Ok(begun) => begun,
        Err(error) => nowhere(launch, error.to_string()),
    }
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
    let (settings, demo) = match source {
        Source::None => return Ok(nowhere(launch, String::new())),
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
            (settings(*server, tap, token).await?, None)
        }
    };
    let named = if demo.is_some() { "demo".to_owned() } else { workspace(&settings.address) };
    let session = Some(session::start(settings, reporter)?);
    let drafts = Drafts::start(super::places::drafts(&named), events.clone())?;
    Ok(Begun { start, demo, scene: Scene { session, reports, drafts, events, own_events } })
}

/// The first screen with what went wrong.
fn nowhere(launch: &Launch, trouble: String) -> Begun {
    let (_, reports) = channel(1);
    let (events, own_events) = channel(WAITING);
    let start = Start { trouble, ..known(launch, Way::First) };
    let scene = Scene { session: None, reports, drafts: Drafts::none(), events, own_events };
    Begun { start, demo: None, scene }
}

fn known(launch: &Launch, way: Way) -> Start {
    Start {
        accounts: launch.doors.accounts(),
        account: Clean::default(),
        mcp_remote: launch.doors.mcp_remote().map(|url| Clean::line(url.as_str())),
        way,
        trouble: String::new(),
    }
}

/// One tap a session, so that what an old one still says does not reach the new one's screen.
fn tap(launch: &Launch, reporter: Sender<Report>) -> Tap {
    let record = launch.record.clone().map(|record| Box::new(record) as Box<dyn std::io::Write + Send>);
    Tap::new(launch.secrets.clone(), Some(reporter), record)
}

async fn settings(server: Server, tap: Tap, token: Option<SecretString>) -> Result<Settings, LaunchError> {
    let settings = (server.settings)(tap).map_err(LaunchError::Account)?;
    if let Some(token) = token {
        let kept = settings.account.keep_token(&token).await;
        kept.map_err(|fault| LaunchError::Account(format!("{} {}", fault.sentence, fault.hint)))?;
    }
    Ok(settings)
}

/// What drafts are kept apart by: the endpoint's host, and its port when that is not the usual one.
fn workspace(address: &Address) -> String {
    match address {
        Address::Http { endpoint, .. } => {
            let port = endpoint.port().map(|port| format!("-{port}")).unwrap_or_default();
            format!("{}{port}", endpoint.host_str().unwrap_or("server"))
        }
        Address::Command(words) => words.join("-"),
    }
}

//! The background MCP session: one task that owns the connection, carries every call to exactly one end and says how
//! the link stands. Knows `domain`, the wire's JSON and the MCP library (in `mcp` only); refuses to know the screens.
//!
//! Rules it keeps (the session contract):
//! 1. Every call gets exactly one [`End`](crate::domain::call::End).
//! 2. When the link is lost, reads end not sent; a write ends unknown once its bytes were handed to the wire.
//! 3. While down, calls are refused at once; the link is dialled again by back-off.
//! 4. Every call and every dial has a time limit; a write that runs out of it is unknown.
//! 5. A session that the server forgot is opened anew at once and reads are repeated once.
//! 6. A write is never repeated, neither here nor below.
//! 7. A cancelled read is cancelled on the wire too.
//! 8. A server that asks for a pause (429) gets it: calls wait, a read that was put off is tried once more.
//! 9. Tools that write articles or notes are never called by hand; of all others, only those known to be reads are sent
//!    again after anything but a refusal unread.
//! 10. A tool that is new or not as it was accepted is called by nobody.
//! 11. A sign-in, the doctor and the server's questions run beside the calls; of their reports none is lost.
//! 12. A line in doubt (the computer slept, a call got no answer) is asked before the next call leaves.
//! 13. However the session ends, the server is told, also when nobody reads the reports any more.

pub mod auth;
pub(crate) mod client;
mod decode;
pub mod doctor;
mod flight;
pub(crate) mod forgotten;
mod mcp;
mod memory;
mod patience;
mod proxy;
mod retry;
pub mod secrets;
pub mod tap;
mod task;
mod tools;
pub mod wire;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::{Notify, mpsc};
use url::Url;

use crate::domain::call::{Call, CallId, Report};
use crate::domain::change::Approved;
use crate::domain::link::Tool;
use crate::domain::question::{QuestionId, Reply};
use auth::Account;
use tap::Tap;
use wire::Wire;

/// Requests that may wait for the task to take them; one more is handed back by [`Session::try_send`].
const REQUESTS: usize = 64;

/// For opening a session through a program: bridges are fetched first, and have their own sign-in in a browser.
const BRIDGED: Duration = Duration::from_secs(180);

/// Where to connect and as whom.
#[derive(Debug)]
pub struct Settings {
    /// Where, and by which way of talking.
    pub address: Address,
    /// As whom. Its token goes to the endpoint's own origin and nowhere else.
    pub account: Account,
    /// Time and size limits.
    pub limits: Limits,
    /// Overhears the wire.
    pub tap: Tap,
    /// Where what is learnt of servers is remembered (their era, the tools that were accepted); none remembers nothing.
    pub memory: Option<PathBuf>,
}

impl Settings {
    /// Settings for an endpoint with everything else as usual, and nothing remembered.
    pub fn new(endpoint: Url, account: Account) -> Self {
        Self {
            address: Address::Http { endpoint, transport: Transport::Auto },
            account,
            limits: Limits::default(),
            tap: Tap::default(),
            memory: None,
        }
    }
}

/// Where a server is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// An endpoint, http or https.
    Http {
        /// Its address.
        endpoint: Url,
        /// The way of talking.
        transport: Transport,
    },
    /// A program that talks MCP over its standard input and output, such as a bridge: the program and its arguments.
    Command(Vec<String>),
}

/// The ways of talking over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Transport {
    /// Streamable HTTP; HTTP+SSE where that is truly absent.
    #[default]
    Auto,
    /// Streamable HTTP only.
    Streamable,
    /// HTTP+SSE only (deprecated, MCP 2024-11-05).
    Sse,
}

/// How long and how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For one TCP and TLS connection.
    pub connect: Duration,
    /// From a request's last byte to the head of its reply.
    pub headers: Duration,
    /// Between two pieces of a reply's body; servers keep alive every 15 s or so.
    pub idle_body: Duration,
    /// For one read from start to end.
    pub read_call: Duration,
    /// For one write, counted from when it is sent.
    pub write_call: Duration,
    /// For opening a session: connection, greeting and list of tools.
    pub dial: Duration,
    /// For the polite end of a session.
    pub close: Duration,
    /// Bytes of one reply; more is [`TooLarge`](crate::domain::call::FaultKind::TooLarge).
    pub max_body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            headers: Duration::from_secs(90),
            idle_body: Duration::from_secs(60),
            read_call: Duration::from_secs(90),
            write_call: Duration::from_secs(90),
            dial: Duration::from_secs(20),
            close: Duration::from_secs(1),
            max_body: 64 * 1024 * 1024,
        }
    }
}

/// What the session can be asked to do.
#[derive(Debug)]
pub enum Request {
    /// Carry a read. An id that is still under way is ignored.
    Ask {
        /// Names the call in its end.
        id: CallId,
        /// What to read.
        call: Call,
    },
    /// Carry a write, once.
    Write {
        /// Names the write in its end.
        id: CallId,
        /// What was confirmed.
        approved: Approved,
    },
    /// Call a tool by hand. What is not known to be a read is sent once, and never the tools that write articles or notes:
    /// those travel only as an `Approved`.
    ByHand {
        /// Names the call in its end.
        id: CallId,
        /// The tool.
        tool: String,
        /// Its arguments: the text of a JSON object.
        arguments: String,
    },
    /// Sign in with the browser, told by `Report::SignIn`, then dial.
    SignIn,
    /// The address that the browser ended at, pasted by a person; for machines whose browser cannot reach this one.
    Redirected(SecretString),
    /// Nobody waits for the sign-in under way any more.
    GiveUpSignIn,
    /// Forget the sign-in, at the server too.
    SignOut,
    /// Answer a question of the server's.
    Answer(QuestionId, Reply),
    /// Accept these tools, as they were shown to a person. One that the server does not offer just so any more stays as it is.
    /// When some are still not accepted, the link is told anew.
    AcceptTools(Vec<Tool>),
    /// Let the doctor look, told by `Report::Finding`.
    Examine,
    /// Say what a call would send, by the tools of the line that is up; told by `Report::Explained` with the number. Nothing
    /// is sent.
    Explain(u64, Call),
    /// End a read, or a write of which nothing was sent yet. Other ids are ignored.
    Cancel(CallId),
    /// Dial now instead of at the next try. On a working link: open a new session, unless a write is under way.
    Reconnect,
    /// End everything, the server's session too, and stop. Taken even when the queue is full; all that waits ends not
    /// sent. `Link::Closed` is reported when it is done.
    Close,
}

/// A request that could not be taken: the queue is full or the task has ended. Holds it unharmed.
#[derive(Debug, thiserror::Error)]
#[error("the session takes no more requests")]
pub struct Unsent(pub Box<Request>);

/// Why a session could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Not http or https, or without a host.
    #[error("the endpoint must be an http or https address with a host, not {0}")]
    Endpoint(String),
    /// The token has characters that no header can carry.
    #[error("the token contains characters that cannot be sent")]
    Token,
    /// The HTTP client could not be built.
    #[error("the HTTP client could not be set up: {0}")]
    Client(String),
    /// There is no tokio runtime here.
    #[error("no runtime to start the session on")]
    Runtime,
}

/// The way to the task. Dropping it closes the session as [`Request::Close`] does.
#[derive(Debug)]
pub struct Session {
    requests: mpsc::Sender<Request>,
    closing: Arc<Notify>,
}

impl Drop for Session {
    fn drop(&mut self) {
        self.closing.notify_one();
    }
}

impl Session {
    /// Hands a request over without waiting.
    ///
    /// # Errors
    /// The request comes back when the queue is full or the session has ended; nothing of it was sent.
    pub fn try_send(&self, request: Request) -> Result<(), Unsent> {
        use mpsc::error::TrySendError::{Closed, Full};
        if matches!(request, Request::Close) && !self.requests.is_closed() {
            self.closing.notify_one();
            return Ok(());
        }
        let sent = self.requests.try_send(request);
        sent.map_err(|(Full(request) | Closed(request))| Unsent(Box::new(request)))
    }
}

/// Starts the task on the current tokio runtime; it dials at once. Reports arrive on `reports`, which somebody must
/// drain: the session then waits, and takes no more requests, but forgets nothing.
pub fn start(settings: Settings, reports: mpsc::Sender<Report>) -> Result<Session, StartError> {
    let mut settings = settings;
    if matches!(settings.address, Address::Command(_)) {
        settings.limits.dial = settings.limits.dial.max(BRIDGED);
    }
    let Settings { address, account, tap, limits, memory } = &settings;
    let wire = mcp::Mcp::new(address.clone(), account.clone(), tap.clone(), limits, memory.as_deref())?;
    start_with(wire, settings, reports)
}

/// Starts the task over any [`Wire`]: the seam where tests put a scripted server.
pub fn start_on<W: Wire>(
    wire: W,
    limits: Limits,
    reports: mpsc::Sender<Report>,
) -> Result<Session, StartError> {
    let address = Address::Command(Vec::new());
    let (account, tap) = (Account::nobody(), Tap::default());
    start_with(wire, Settings { address, account, limits, tap, memory: None }, reports)
}

/// As [`start_on`], with all settings; the wire was made from its own.
pub fn start_with<W: Wire>(
    wire: W,
    settings: Settings,
    reports: mpsc::Sender<Report>,
) -> Result<Session, StartError> {
    let runtime = tokio::runtime::Handle::try_current().map_err(|_| StartError::Runtime)?;
    let (requests, inbox) = mpsc::channel(REQUESTS);
    let closing = Arc::new(Notify::new());
    runtime.spawn(task::run(wire, settings, inbox, Arc::clone(&closing), reports));
    Ok(Session { requests, closing })
}

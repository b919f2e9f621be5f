//! Starting and stopping, and what all requests share.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use axum::serve::ListenerExt as _;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::clock::Clock;
use super::front;
use super::sessions::Sessions;
use super::workspace::{self, LoadError, Workspace};

/// The largest workspace that can be asked for.
const MOST_CONVERSATIONS: usize = 1_000_000;
/// How long connections get to finish when the server stops.
const GRACE: Duration = Duration::from_secs(2);

/// How the demo server starts.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The port on 127.0.0.1; 0 for any free one.
    pub port: u16,
    /// How many conversations the workspace has, 1 to 1,000,000; `None` for those that ship.
    pub scale: Option<usize>,
    /// What the server takes as now, in Unix seconds; its clock runs on from there.
    pub now: i64,
    /// The bearer token every request must carry; `None` when any or none will do.
    pub token: Option<String>,
}

/// Why the demo server did not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// Another program listens on the port.
    #[error(
        "Port {port} on 127.0.0.1 is taken by another program; name another with --port, or 0 for any free one."
    )]
    PortTaken {
        /// The port asked for.
        port: u16,
    },
    /// The port could not be opened for another reason.
    #[error("The demo server cannot listen on 127.0.0.1: {0}")]
    Bind(#[source] io::Error),
    /// No workspace of that size can be made.
    #[error("The demo workspace can have 1 to {MOST_CONVERSATIONS} conversations, not {0}.")]
    Workspace(usize),
}

/// What all requests share.
#[derive(Debug)]
pub(crate) struct Server {
    clock: Clock,
    scale: Option<usize>,
    token: Option<String>,
    sessions: Sessions,
    /// Built by whoever needs it first; the rest wait.
    workspace: OnceLock<Result<Mutex<Workspace>, LoadError>>,
    writes: AtomicU64,
    stopping: watch::Receiver<bool>,
}

impl Server {
    /// The bearer token requests must carry.
    pub(crate) fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The live sessions.
    pub(crate) fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    /// Turns true when the server stops.
    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.clone()
    }

    /// Counts a call of a tool that writes.
    pub(crate) fn count_write(&self) {
        self.writes.fetch_add(1, Ordering::Relaxed);
    }

    /// Does something with the workspace, alone; waits until it is built.
    ///
    /// # Errors
    /// What is wrong with the shipped files.
    pub(crate) fn with_workspace<T>(&self, act: impl FnOnce(&mut Workspace) -> T) -> Result<T, String> {
        let built = self.workspace.get_or_init(|| workspace::load(self.clock, self.scale).map(Mutex::new));
        match built {
            // A tool that panicked has replied with an error; what it left is still a workspace.
            Ok(workspace) => Ok(act(&mut workspace.lock().unwrap_or_else(PoisonError::into_inner))),
            Err(error) => Err(error.to_string()),
        }
    }
}

#[cfg(test)]
impl Server {
    /// A server nobody can reach.
    pub(crate) fn unserved() -> Arc<Self> {
        let (_, stopping) = watch::channel(false);
        let clock = Clock::starting_at(1_790_000_000);
        let (sessions, workspace, writes) = (Sessions::default(), OnceLock::new(), AtomicU64::new(0));
        Arc::new(Self { clock, scale: None, token: None, sessions, workspace, writes, stopping })
    }
}

/// A demo server that listens. Dropping it stops the server without waiting.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    server: Arc<Server>,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
}

impl Running {
    /// The address of the MCP endpoint.
    pub fn url(&self) -> String {
        format!("http://{}/mcp", self.address)
    }

    /// How many calls of tools that write have arrived, refused ones included.
    pub fn writes(&self) -> u64 {
        self.server.writes.load(Ordering::Relaxed)
    }

    /// The stored HTML of an article; `None` when there is no such article or it has no body.
    /// Waits for the workspace if it is still being built.
    pub fn article_body(&self, id: &str) -> Option<String> {
        self.server.with_workspace(|workspace| workspace.article(id)?.body.clone()).ok().flatten()
    }

    /// Stops listening, ends idle streams, and gives running calls up to two seconds.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        if tokio::time::timeout(GRACE, &mut self.serving).await.is_err() {
            self.serving.abort();
        }
    }
}

/// Starts the demo server on 127.0.0.1. It listens on return; the workspace is built in the background.
pub async fn start(options: Options) -> Result<Running, StartError> {
    if let Some(scale) = options.scale.filter(|scale| !(1..=MOST_CONVERSATIONS).contains(scale)) {
        return Err(StartError::Workspace(scale));
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await.map_err(|error| {
        if error.kind() == io::ErrorKind::AddrInUse {
            StartError::PortTaken { port: options.port }
        } else {
            StartError::Bind(error)
        }
    })?;
    let address = listener.local_addr().map_err(StartError::Bind)?;
    let (stop, stopping) = watch::channel(false);
    let server = Arc::new(Server {
        clock: Clock::starting_at(options.now),
        scale: options.scale,
        token: options.token,
        sessions: Sessions::default(),
        workspace: OnceLock::new(),
        writes: AtomicU64::new(0),
        stopping: stopping.clone(),
    });
    let building = Arc::clone(&server);
    drop(tokio::task::spawn_blocking(move || building.with_workspace(|_| ())));
    let serving = tokio::spawn(serve(listener, Arc::clone(&server), stopping));
    Ok(Running { address, server, stop, serving })
}

async fn serve(listener: TcpListener, server: Arc<Server>, mut stopping: watch::Receiver<bool>) {
    let listener = listener.tap_io(|connection| {
        // Without it every reply waits some 40 ms for the peer's acknowledgement; failing to set it is only slow.
        drop(connection.set_nodelay(true));
    });
    let stopped = async move {
        // A vanished sender means the same as a stop.
        drop(stopping.wait_for(|stop| *stop).await);
    };
    // Accept errors are retried inside; there is nobody to tell about the rest.
    drop(axum::serve(listener, front::router(server)).with_graceful_shutdown(stopped).await);
}

//! Starting and stopping, and what one can do to a server that runs.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::fault::Fault;
use super::front;
use super::options::{MOST_CONVERSATIONS, Options, StartError};
use super::server::Server;
use super::sign_in::{SignIn, Tally};

/// How long connections get to finish when the server stops.
const GRACE: Duration = Duration::from_secs(2);

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

    /// The address of the endpoint of the older transport (HTTP with server-sent events).
    pub fn sse_url(&self) -> String {
        format!("http://{}/sse", self.address)
    }

    /// How many calls of tools that write have arrived, refused ones included.
    pub fn writes(&self) -> u64 {
        self.server.writes()
    }

    /// The stored HTML of an article; `None` when there is no such article or it has no body.
    /// Waits for the workspace if it is still being built.
    pub fn article_body(&self, id: &str) -> Option<String> {
        self.server.with_workspace(|workspace| workspace.article(id)?.body.clone()).ok().flatten()
    }

    /// Switches a fault on or off from the next request on; off means every fault of its name, for
    /// [`Fault::Forbids`] that scope only. When it changes the list of tools, those who listen are told.
    pub fn switch(&self, fault: Fault, on: bool) {
        self.server.switch(fault, on);
    }

    /// Lets so many seconds pass for sign-ins, rate limits and the `Date` header; the workspace does not notice.
    pub fn pass(&self, seconds: u32) {
        self.server.pass(seconds);
    }

    /// Forgets every session, as a restart does.
    pub fn forget_sessions(&self) {
        self.server.sessions().clear();
    }

    /// Takes every access token back, as an owner of the workspace can; refresh tokens stay.
    pub fn expire_tokens(&self) {
        if let Some(sign_in) = self.server.sign_in() {
            sign_in.expire();
        }
    }

    /// Takes every sign-in back, refresh tokens too; registrations stay.
    pub fn revoke_sign_ins(&self) {
        if let Some(sign_in) = self.server.sign_in() {
            sign_in.revoke_all();
        }
    }

    /// What has been done at the sign-in so far; nothing when there is none.
    pub fn tally(&self) -> Tally {
        self.server.sign_in().map(SignIn::tally).unwrap_or_default()
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
    let server = Arc::new(Server::new(options, stopping.clone()));
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

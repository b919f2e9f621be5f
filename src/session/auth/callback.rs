//! The callback on this machine: bound before the browser opens, answered once. Owns the listening; what an answer must be
//! like is [`answer`]'s.

mod answer;
mod page;

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc, watch};

pub(super) use answer::{Expected, Outcome};

use super::faults;
use crate::domain::call::Fault;

/// The path of the callback.
const PATH: &str = "/oauth/callback";
/// How long a person has in the browser; consent pages of authorization servers last about as long.
const PATIENCE: Duration = Duration::from_secs(15 * 60);
/// Ports that are tried until one is free for both kinds of `localhost`.
const TRIES: u32 = 16;

/// A callback that is bound.
pub(super) struct Callback {
    listeners: Vec<TcpListener>,
    port: u16,
}

impl Callback {
    /// Binds this port, or any free one.
    pub(super) async fn bind(port: Option<u16>) -> io::Result<Self> {
        if let Some(port) = port {
            return Self::at(port).await;
        }
        let mut last = io::Error::from(io::ErrorKind::AddrInUse);
        for _ in 0..TRIES {
            match Self::at(0).await {
                Ok(bound) => return Ok(bound),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// `localhost` is both `127.0.0.1` and `::1` to browsers: a port that another program has on either is not ours. Machines
    /// without the second are fine.
    async fn at(port: u16) -> io::Result<Self> {
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let port = first.local_addr()?.port();
        let mut listeners = vec![first];
        match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
            Ok(second) => listeners.push(second),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
            Err(_) => {}
        }
        Ok(Self { listeners, port })
    }

    /// The addresses it may be registered under, the usual one first.
    pub(super) fn redirects(&self) -> Vec<String> {
        ["localhost", "127.0.0.1"].map(|host| format!("http://{host}:{}{PATH}", self.port)).to_vec()
    }

    /// Starts to listen for this answer.
    pub(super) fn listen(self, expected: Expected) -> Waiting {
        let (outcomes, inbox) = mpsc::channel(1);
        let (ended, ending) = watch::channel(());
        let expected = Arc::new(expected);
        let stray = Arc::<Notify>::default();
        let state = Desk { expected: Arc::clone(&expected), outcomes, stray: Arc::clone(&stray) };
        let router = Router::new().route(PATH, get(called)).with_state(state);
        for listener in self.listeners {
            let mut ending = ending.clone();
            let until = async move {
                // Ends when the sender is dropped; the answer under way is still written.
                let _ = ending.changed().await;
            };
            let serving = axum::serve(listener, router.clone()).with_graceful_shutdown(until);
            tokio::spawn(serving.into_future());
        }
        Waiting { expected, inbox, stray, _ended: ended }
    }
}

/// A callback that listens until it is dropped.
pub(super) struct Waiting {
    expected: Arc<Expected>,
    inbox: mpsc::Receiver<Outcome>,
    /// Told when something came that does not belong here.
    stray: Arc<Notify>,
    _ended: watch::Sender<()>,
}

impl Waiting {
    /// Waits for the browser, or for a person who pastes the address it ended at. `told` is called once, when the first
    /// answer came that does not belong to this sign-in: any page may send more of them.
    pub(super) async fn code(
        &mut self,
        pasted: &mut mpsc::Receiver<SecretString>,
        told: impl Fn(),
    ) -> Outcome {
        let mut is_told = false;
        let answered = async {
            loop {
                tokio::select! {
                    outcome = self.inbox.recv() => return outcome,
                    Some(address) = pasted.recv() => return Some(self.expected.pasted(address.expose_secret())),
                    () = self.stray.notified(), if !is_told => {
                        is_told = true;
                        told();
                    }
                }
            }
        };
        let outcome = tokio::time::timeout(PATIENCE, answered).await.ok().flatten();
        outcome.unwrap_or_else(|| Outcome::Refused(String::new(), nobody_came()))
    }
}

#[derive(Clone)]
struct Desk {
    expected: Arc<Expected>,
    outcomes: mpsc::Sender<Outcome>,
    stray: Arc<Notify>,
}

/// A browser calls. What does not belong to this sign-in changes nothing and is told: an old tab, or a page that guesses.
async fn called(State(desk): State<Desk>, RawQuery(query): RawQuery) -> Response {
    let outcome = desk.expected.judge(query.as_deref().unwrap_or_default());
    let (status, words) = match &outcome {
        Outcome::Foreign => (StatusCode::BAD_REQUEST, page::FOREIGN),
        Outcome::Refused(..) => (StatusCode::BAD_REQUEST, page::REFUSED),
        Outcome::Code(_) => (StatusCode::OK, page::TAKEN),
    };
    if matches!(outcome, Outcome::Foreign) {
        desk.stray.notify_one();
        return (status, page::of(words)).into_response();
    }
    match desk.outcomes.try_send(outcome) {
        Ok(()) => (status, page::of(words)).into_response(),
        Err(_) => (StatusCode::CONFLICT, page::of(page::OVER)).into_response(),
    }
}

fn nobody_came() -> Fault {
    faults::refused("Nobody came back from the browser within 15 minutes.")
}

//! What all requests share: the clock, the sessions, the sign-ins, the faults and the workspace.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use tokio::sync::watch;

use super::clock::Clock;
use super::fault::Fault;
use super::faults::Faults;
use super::legacy::Streams;
use super::options::Options;
use super::sessions::Sessions;
use super::sign_in::SignIn;
use super::workspace::{self, LoadError, Workspace};

/// What all requests share.
#[derive(Debug)]
pub(crate) struct Server {
    clock: Clock,
    /// Seconds the clock is ahead of the workspace's, for tests that let sign-ins age.
    ahead: AtomicI64,
    scale: Option<usize>,
    token: Option<String>,
    modern: bool,
    sessions: Sessions,
    sign_in: Option<SignIn>,
    faults: Faults,
    streams: Streams,
    /// Built by whoever needs it first; the rest wait.
    workspace: OnceLock<Result<Mutex<Workspace>, LoadError>>,
    /// The one of another region, where nothing is.
    elsewhere: OnceLock<Result<Mutex<Workspace>, LoadError>>,
    writes: AtomicU64,
    /// How often the list of tools has changed.
    listed: watch::Sender<u64>,
    stopping: watch::Receiver<bool>,
}

impl Server {
    /// A server that nobody has spoken to yet.
    pub(crate) fn new(options: Options, stopping: watch::Receiver<bool>) -> Self {
        let sign_in = options.sign_in.then(|| SignIn::new(options.approve_at_once, options.token_seconds));
        Self {
            clock: Clock::starting_at(options.now),
            ahead: AtomicI64::new(0),
            scale: options.scale,
            token: options.token,
            modern: options.modern,
            sessions: Sessions::default(),
            sign_in,
            faults: Faults::new(options.faults),
            streams: Streams::default(),
            workspace: OnceLock::new(),
            elsewhere: OnceLock::new(),
            writes: AtomicU64::new(0),
            listed: watch::Sender::new(0),
            stopping,
        }
    }

    /// Whether a token opens the server; any does, and none, when it asks for none.
    pub(crate) fn opens(&self, given: Option<&str>) -> bool {
        if self.token.is_none() && self.sign_in.is_none() {
            return true;
        }
        let Some(given) = given else { return false };
        self.token.as_deref() == Some(given)
            || self.sign_in.as_ref().is_some_and(|sign_in| sign_in.opens(given, self.now()))
    }

    /// Where one signs in, if one can.
    pub(crate) fn sign_in(&self) -> Option<&SignIn> {
        self.sign_in.as_ref()
    }

    /// Whether it speaks 2026-07-28 and nothing older.
    pub(crate) fn is_modern(&self) -> bool {
        self.modern
    }

    /// Unix seconds now, as sign-ins, limits and the `Date` header count them.
    pub(crate) fn now(&self) -> i64 {
        self.clock.now().saturating_add(self.ahead.load(Ordering::Relaxed))
    }

    /// Lets seconds pass.
    pub(crate) fn pass(&self, seconds: u32) {
        self.ahead.fetch_add(i64::from(seconds), Ordering::Relaxed);
    }

    /// The live sessions.
    pub(crate) fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    /// What goes wrong now.
    pub(crate) fn faults(&self) -> &Faults {
        &self.faults
    }

    /// The open streams of the older transport.
    pub(crate) fn streams(&self) -> &Streams {
        &self.streams
    }

    /// Switches a fault; who listens hears of it when the list of tools is another one now.
    pub(crate) fn switch(&self, fault: Fault, on: bool) {
        let changes = fault.changes_tools();
        self.faults.switch(fault, on);
        if changes {
            self.listed.send_modify(|times| *times += 1);
        }
    }

    /// Changes when the list of tools does.
    pub(crate) fn listed(&self) -> watch::Receiver<u64> {
        self.listed.subscribe()
    }

    /// Turns true when the server stops.
    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.clone()
    }

    /// Counts a call of a tool that writes.
    pub(crate) fn count_write(&self) {
        self.writes.fetch_add(1, Ordering::Relaxed);
    }

    /// How many calls of tools that write have arrived.
    pub(crate) fn writes(&self) -> u64 {
        self.writes.load(Ordering::Relaxed)
    }

    /// Does something with the workspace, alone; waits until it is built.
    ///
    /// # Errors
    /// What is wrong with the shipped files.
    pub(crate) fn with_workspace<T>(&self, act: impl FnOnce(&mut Workspace) -> T) -> Result<T, String> {
        let built = if self.faults.has(&Fault::WrongRegion) {
            self.elsewhere.get_or_init(|| workspace::load_empty(self.clock).map(Mutex::new))
        } else {
            self.workspace.get_or_init(|| workspace::load(self.clock, self.scale).map(Mutex::new))
        };
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
    pub(crate) fn unserved() -> std::sync::Arc<Self> {
        Self::unserved_with(Vec::new())
    }

    /// A server nobody can reach, with faults.
    pub(crate) fn unserved_with(faults: Vec<Fault>) -> std::sync::Arc<Self> {
        let (_, stopping) = watch::channel(false);
        std::sync::Arc::new(Self::new(Options { now: 1_790_000_000, faults, ..Options::default() }, stopping))
    }
}

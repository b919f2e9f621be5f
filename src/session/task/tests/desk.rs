//! A scripted account and server on a paused clock, and what they heard.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use futures::future::BoxFuture;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value, json};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

use super::super::checking::Clocks;
use super::super::signing::Keeper;
use super::super::{Task, Ways};
use crate::domain::account::{Standing, Step};
use crate::domain::call::{CallId, End, Fault, FaultKind, Report};
use crate::domain::link::Link;
use crate::session::auth::{Account, Listener};
use crate::session::tap::Tap;
use crate::session::wire::{Handover, Line, News, Offer, Reply, Trouble, Wire};
use crate::session::{Address, Limits, Request, Settings};

/// What account and server share.
#[derive(Default)]
pub(super) struct World {
    pub(super) signed_in: AtomicBool,
    pub(super) listener: Mutex<Option<Listener>>,
    /// What happened, in order.
    pub(super) log: Mutex<Vec<String>>,
    /// The next sign-ins fail so, without telling a step.
    pub(super) fails: AtomicBool,
    /// Steps that a sign-in tells at once.
    pub(super) burst: AtomicUsize,
    /// Dialling signs in by itself.
    pub(super) at_once: AtomicBool,
    /// How far the wall clock ran ahead, in seconds.
    pub(super) slept: AtomicU64,
    /// For so long, in seconds, a token is being renewed.
    pub(super) renews: AtomicU64,
    /// What the next checks of the line bring.
    pub(super) checks: Mutex<VecDeque<Option<News>>>,
}

impl World {
    fn note(&self, what: &str) {
        self.log.lock().unwrap().push(what.to_owned());
    }

    fn tell(&self, step: Step) {
        let listener = self.listener.lock().unwrap().clone().unwrap();
        listener(step);
    }
}

pub(super) fn fault() -> Fault {
    Fault::new(FaultKind::SignIn, "Refused.", "Sign in.")
}

struct Script(Arc<World>);

impl Keeper for Script {
    fn listen(&self, listener: Listener) {
        *self.0.listener.lock().unwrap() = Some(listener);
    }

    fn sign_in(&self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(async {
            self.0.note("in");
            if self.0.fails.load(Ordering::SeqCst) {
                return Err(fault());
            }
            for _ in 0..=self.0.burst.load(Ordering::SeqCst) {
                self.0.tell(Step::Discovering);
            }
            sleep(Duration::from_secs(200)).await;
            self.0.signed_in.store(true, Ordering::SeqCst);
            self.0.tell(Step::Exchanging);
            self.0.tell(Step::Done(Standing::default()));
            Ok(())
        })
    }

    fn sign_out(&self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(async {
            sleep(Duration::from_secs(3)).await;
            self.0.signed_in.store(false, Ordering::SeqCst);
            self.0.note("out");
            if self.0.fails.load(Ordering::SeqCst) { Err(fault()) } else { Ok(()) }
        })
    }

    fn redirected(&self, address: &SecretString) {
        self.0.note(address.expose_secret());
    }

    fn standing(&self) -> Standing {
        Standing::default()
    }

    fn settled(&self) -> BoxFuture<'_, ()> {
        Box::pin(sleep(Duration::from_secs(self.0.renews.load(Ordering::SeqCst))))
    }
}

struct Server(Arc<World>);

impl Wire for Server {
    type Line = Self;

    async fn dial(&self) -> Result<Self, Fault> {
        self.0.note("dial");
        if self.0.at_once.load(Ordering::SeqCst) {
            Script(Arc::clone(&self.0)).sign_in().await?;
        }
        let signed_in = self.0.signed_in.load(Ordering::SeqCst);
        if signed_in { Ok(Self(Arc::clone(&self.0))) } else { Err(fault()) }
    }

    fn host(&self) -> &'static str {
        "server"
    }
}

impl Line for Server {
    fn offer(&self) -> Arc<Offer> {
        let schemas = ["touch", "search"].map(|tool| (tool.to_owned(), json!({})));
        Arc::new(Offer { schemas: schemas.into(), ..Offer::default() })
    }

    async fn call(
        &self,
        tool: &str,
        _: Map<String, Value>,
        handover: Option<Arc<Handover>>,
    ) -> Result<Reply, Trouble> {
        assert!(handover.unwrap().begin());
        self.0.note(tool);
        if tool == "touch" {
            return std::future::pending().await;
        }
        let signed_in = self.0.signed_in.load(Ordering::SeqCst);
        if signed_in { Ok(Reply::default()) } else { Err(Trouble::SignIn(fault())) }
    }

    async fn news(&self) -> News {
        std::future::pending().await
    }

    async fn check(&self) -> Option<News> {
        self.0.note("check");
        sleep(Duration::from_secs(1)).await;
        self.0.checks.lock().unwrap().pop_front().flatten()
    }

    async fn close(&self) {
        self.0.note("close");
    }
}

pub(super) struct Desk {
    pub(super) world: Arc<World>,
    pub(super) requests: mpsc::Sender<Request>,
    pub(super) reports: mpsc::Receiver<Report>,
    pub(super) begun: Instant,
}

impl Desk {
    pub(super) async fn open(world: World, room: usize) -> Self {
        let world = Arc::new(world);
        let (requests, inbox) = mpsc::channel(64);
        let (sender, reports) = mpsc::channel(room);
        let ways = Ways { requests: inbox, closing: Arc::default(), reports: sender };
        let settings = Settings {
            address: Address::Command(Vec::new()),
            account: Account::nobody(),
            limits: Limits::default(),
            tap: Tap::default(),
            memory: None,
        };
        let account: Arc<dyn Keeper> = Arc::new(Script(Arc::clone(&world)));
        let mut task = Task::new(Server(Arc::clone(&world)), Some(account), &settings, ways);
        let shown = Arc::clone(&world);
        let begun = Instant::now();
        task.clocks = Clocks::new(Box::new(move || {
            SystemTime::UNIX_EPOCH + begun.elapsed() + Duration::from_secs(shown.slept.load(Ordering::SeqCst))
        }));
        tokio::spawn(task.drive());
        sleep(Duration::from_millis(1)).await;
        Self { world, requests, reports, begun: Instant::now() }
    }

    pub(super) async fn signed_in() -> Self {
        Self::open(World { signed_in: true.into(), ..World::default() }, 1_000).await
    }

    pub(super) async fn ask(&self, request: Request) {
        self.requests.try_send(request).unwrap();
        sleep(Duration::from_millis(1)).await;
    }

    pub(super) async fn by_hand(&self, id: u64, tool: &str) {
        self.ask(Request::ByHand { id: CallId(id), tool: tool.into(), arguments: String::new() }).await;
    }

    /// What was reported so far, in a word each.
    pub(super) fn heard(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.reports.try_recv().ok()).map(|report| word(&report)).collect()
    }

    pub(super) fn log(&self) -> Vec<String> {
        std::mem::take(&mut *self.world.log.lock().unwrap())
    }
}

pub(super) fn word(report: &Report) -> String {
    #[expect(clippy::wildcard_enum_match_arm, reason = "nothing else is expected, and all else is shown")]
    match report {
        Report::SignIn(Step::Done(_)) => "Done".into(),
        Report::SignIn(Step::Failed(fault)) => format!("Failed {}", fault.sentence),
        Report::SignIn(step) => format!("{step:?}"),
        Report::Link(Link::Up(_)) => "Up".into(),
        Report::Link(Link::Down { fault, retry_in: None }) => format!("Down {}", fault.sentence),
        Report::Link(Link::Connecting { .. }) => "Connecting".into(),
        Report::Link(Link::Closed) => "Closed".into(),
        Report::Ended { id, end: End::Answer(_) } => format!("{} answered", id.0),
        Report::Ended { id, end: End::Unknown(_) } => format!("{} unknown", id.0),
        Report::Message(level, words) => format!("{level}: {words}"),
        other => format!("{other:?}"),
    }
}

pub(super) async fn seconds(seconds: u64) {
    sleep(Duration::from_secs(seconds)).await;
}

//! Signing in and out against a scripted account and server on a paused clock.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use secrecy::ExposeSecret as _;
use serde_json::{Map, Value, json};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

use super::super::Ways;
use super::*;
use crate::domain::call::{CallId, End, FaultKind};
use crate::domain::link::Link;
use crate::session::tap::Tap;
use crate::session::wire::{Handover, Line, News, Offer, Reply, Trouble};
use crate::session::{Address, Limits, Request, Settings};

/// What account and server share.
#[derive(Default)]
struct World {
    signed_in: AtomicBool,
    listener: Mutex<Option<Listener>>,
    /// What happened, in order.
    log: Mutex<Vec<String>>,
    /// The next sign-ins fail so, without telling a step.
    fails: AtomicBool,
    /// Steps that a sign-in tells at once.
    burst: AtomicUsize,
    /// Dialling signs in by itself.
    at_once: AtomicBool,
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

fn fault() -> Fault {
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

    async fn close(&self) {
        self.0.note("close");
    }
}

struct Desk {
    world: Arc<World>,
    requests: mpsc::Sender<Request>,
    reports: mpsc::Receiver<Report>,
    begun: Instant,
}

impl Desk {
    async fn open(world: World, room: usize) -> Self {
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
        let task = Task::new(Server(Arc::clone(&world)), Some(account), settings, ways);
        tokio::spawn(task.drive());
        sleep(Duration::from_millis(1)).await;
        Self { world, requests, reports, begun: Instant::now() }
    }

    async fn signed_in() -> Self {
        Self::open(World { signed_in: true.into(), ..World::default() }, 1_000).await
    }

    async fn ask(&self, request: Request) {
        self.requests.try_send(request).unwrap();
        sleep(Duration::from_millis(1)).await;
    }

    async fn by_hand(&self, id: u64, tool: &str) {
        self.ask(Request::ByHand { id: CallId(id), tool: tool.into(), arguments: String::new() }).await;
    }

    /// What was reported so far, in a word each.
    fn heard(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.reports.try_recv().ok()).map(|report| word(&report)).collect()
    }

    fn log(&self) -> Vec<String> {
        std::mem::take(&mut *self.world.log.lock().unwrap())
    }
}

fn word(report: &Report) -> String {
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

async fn seconds(seconds: u64) {
    sleep(Duration::from_secs(seconds)).await;
}

#[tokio::test(start_paused = true)]
async fn a_sign_in_is_told_step_by_step_and_the_link_goes_up() {
    let mut desk = Desk::open(World::default(), 1_000).await;
    seconds(1_000).await;
    assert_eq!(desk.heard(), ["Connecting", "Down Refused."]);
    desk.ask(Request::SignIn).await;
    desk.ask(Request::Redirected("http://127.0.0.1/?code=1".into())).await;
    seconds(300).await;
    assert_eq!(desk.heard(), ["Discovering", "Exchanging", "Done", "Connecting", "Up"]);
    assert_eq!(desk.log(), ["dial", "in", "http://127.0.0.1/?code=1", "dial"]);
}

#[tokio::test(start_paused = true)]
async fn calls_go_on_meanwhile_and_a_working_link_is_dialled_anew() {
    let mut desk = Desk::signed_in().await;
    desk.ask(Request::SignIn).await;
    seconds(5).await;
    desk.by_hand(1, "search").await;
    assert_eq!(desk.heard(), ["Connecting", "Up", "Discovering", "1 answered"]);
    seconds(300).await;
    assert_eq!(desk.heard(), ["Exchanging", "Done", "Connecting", "Up"]);
    assert_eq!(desk.log(), ["dial", "in", "search", "close", "dial"]);
}

#[tokio::test(start_paused = true)]
async fn what_may_change_something_ends_before_the_link_is_dialled_anew() {
    let mut desk = Desk::signed_in().await;
    desk.ask(Request::SignIn).await;
    seconds(190).await;
    desk.by_hand(1, "touch").await;
    seconds(20).await;
    desk.by_hand(2, "search").await;
    assert_eq!(desk.heard(), ["Connecting", "Up", "Discovering", "Exchanging", "Done"]);
    seconds(100).await;
    assert_eq!(desk.heard(), ["1 unknown", "Connecting", "Up", "2 answered"]);
    assert_eq!(desk.log(), ["dial", "in", "touch", "close", "dial", "search"]);
}

#[tokio::test(start_paused = true)]
async fn a_sign_in_that_fails_is_told_once() {
    let mut desk = Desk::open(World { fails: true.into(), ..World::default() }, 1_000).await;
    seconds(1).await;
    desk.heard();
    desk.ask(Request::SignIn).await;
    assert_eq!(desk.heard(), ["Failed Refused."]);
    seconds(100).await;
    assert_eq!(desk.heard(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn a_second_sign_in_takes_the_place_of_the_first() {
    let mut desk = Desk::open(World::default(), 1_000).await;
    desk.ask(Request::SignIn).await;
    seconds(150).await;
    desk.ask(Request::SignIn).await;
    seconds(150).await;
    let heard = desk.heard();
    assert_eq!(heard, ["Connecting", "Down Refused.", "Discovering", "Discovering"], "the first one is gone");
    seconds(100).await;
    assert_eq!(desk.heard(), ["Exchanging", "Done", "Connecting", "Up"]);
}

#[tokio::test(start_paused = true)]
async fn closing_gives_a_sign_in_up_at_once() {
    let mut desk = Desk::open(World::default(), 1_000).await;
    desk.ask(Request::SignIn).await;
    desk.ask(Request::Close).await;
    let heard = desk.heard();
    assert_eq!(heard[2..], ["Discovering", "Failed The sign-in was given up.", "Closed"]);
    assert!(desk.begun.elapsed() < Duration::from_secs(1));
    seconds(300).await;
    assert!(!desk.world.signed_in.load(Ordering::SeqCst));
}

#[tokio::test(start_paused = true)]
async fn signing_out_ends_the_servers_session_first_and_nothing_is_dialled_before_it_is_done() {
    let mut desk = Desk::signed_in().await;
    seconds(1).await;
    desk.ask(Request::SignOut).await;
    desk.ask(Request::Reconnect).await;
    assert_eq!(desk.heard(), ["Connecting", "Up", "Down You are signed out."]);
    seconds(10).await;
    assert_eq!(desk.log(), ["dial", "close", "out", "dial"]);
    assert_eq!(desk.heard(), ["Connecting", "Down Refused."]);
}

#[tokio::test(start_paused = true)]
async fn signing_out_takes_the_place_of_a_sign_in_and_tells_what_did_not_work() {
    let mut desk = Desk::open(World::default(), 1_000).await;
    desk.ask(Request::SignIn).await;
    desk.world.fails.store(true, Ordering::SeqCst);
    desk.ask(Request::SignOut).await;
    seconds(10).await;
    let heard = desk.heard();
    let told =
        ["Discovering", "Failed The sign-in was given up.", "Down You are signed out.", "warning: Refused."];
    assert_eq!(heard[2..], told);
}

#[tokio::test(start_paused = true)]
async fn a_sign_in_that_dialling_began_by_itself_has_the_time_a_person_needs() {
    let mut desk = Desk::open(World { at_once: true.into(), ..World::default() }, 1_000).await;
    seconds(300).await;
    assert_eq!(desk.heard(), ["Connecting", "Discovering", "Exchanging", "Done", "Up"]);
}

#[tokio::test(start_paused = true)]
async fn no_step_is_lost_on_a_reader_who_sleeps() {
    let mut desk = Desk::open(World { burst: 500.into(), ..World::default() }, 1).await;
    desk.ask(Request::SignIn).await;
    seconds(300).await;
    let mut heard = Vec::new();
    loop {
        let report = desk.reports.recv().await.unwrap();
        heard.push(word(&report));
        if heard.ends_with(&["Up".to_owned()]) {
            break;
        }
    }
    assert_eq!(heard.iter().filter(|word| *word == "Discovering").count(), 501);
    assert_eq!(heard[heard.len() - 4..], ["Discovering", "Exchanging", "Done", "Up"]);
}

#[tokio::test(start_paused = true)]
async fn a_refused_call_takes_the_link_down_until_somebody_signs_in() {
    let mut desk = Desk::signed_in().await;
    seconds(1).await;
    desk.world.signed_in.store(false, Ordering::SeqCst);
    desk.by_hand(1, "search").await;
    seconds(1_000).await;
    let heard = desk.heard();
    assert_eq!(heard.last().unwrap(), "Down Refused.");
    assert!(heard.iter().any(|word| word.contains("Refused(Fault { kind: SignIn")), "{heard:?}");
    desk.world.signed_in.store(true, Ordering::SeqCst);
    desk.ask(Request::Reconnect).await;
    assert_eq!(desk.heard(), ["Connecting", "Up"]);
}

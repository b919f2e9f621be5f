//! The session contract against a scripted server on a paused clock: thousands of random scripts of failing dials,
//! losses, slow answers, forgotten sessions, cancels, writes and full queues, and always the same few promises.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test says what it finds by failing"
)]

#[path = "session_contract/by_hand.rs"]
mod by_hand;
#[path = "session_contract/closing.rs"]
mod closing;
#[path = "session_contract/making.rs"]
mod making;
#[path = "session_contract/permits.rs"]
mod permits;
#[path = "session_contract/planned.rs"]
mod planned;
#[path = "session_contract/questions.rs"]
mod questions;
#[path = "session_contract/slowing.rs"]
mod slowing;
#[path = "session_contract/writing.rs"]
mod writing;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use switchboard::domain::account::Step;
use switchboard::domain::article::{Article, ArticleRow, ArticleState};
use switchboard::domain::call::{Answer, Call, CallId, End, Fault, FaultKind, Report};
use switchboard::domain::change::{Approved, Compared, Confirmation, Draft, Review};
use switchboard::domain::id::ArticleId;
use switchboard::domain::link::{Link, Server, Tool};
use switchboard::domain::question::{Question, QuestionId, Wants};
use switchboard::domain::text::Clean;
use switchboard::domain::time::Moment;
use switchboard::session::auth::Account;
use switchboard::session::wire::{Handover, Line, News, Offer, Reply, Trouble, Wire};
use switchboard::session::{Limits, Request, Session, Settings, start_on, start_with};
use tokio::sync::mpsc;
use tokio::time::sleep;

/// What became of one write at the server.
#[derive(Clone, Copy, Debug, Default)]
struct Trace {
    /// Times its bytes were handed over for good.
    handed: usize,
    /// Times the server acted on it.
    acted: usize,
    /// It is known to change nothing.
    reads: bool,
    /// It came by hand, and may be handed over again when it was turned away unread.
    by_hand: bool,
}

/// The scripted world: every decision is the next of a list of drawn bytes.
struct World {
    draws: Vec<u8>,
    at: AtomicUsize,
    writes: Mutex<HashMap<String, Trace>>,
    in_flight: AtomicUsize,
    most_in_flight: AtomicUsize,
    /// Questions asked so far.
    asked: AtomicU64,
    /// Answers other than that the line was left.
    answers: Mutex<Vec<QuestionId>>,
    /// Counts the changes of the tools.
    version: AtomicUsize,
}

impl World {
    fn new(draws: Vec<u8>) -> Arc<Self> {
        Arc::new(Self {
            draws,
            at: AtomicUsize::new(0),
            writes: Mutex::default(),
            in_flight: AtomicUsize::new(0),
            most_in_flight: AtomicUsize::new(0),
            asked: AtomicU64::new(0),
            answers: Mutex::default(),
            version: AtomicUsize::new(0),
        })
    }

    fn draw(&self, choices: u8) -> u8 {
        let at = self.at.fetch_add(1, Ordering::Relaxed);
        let drawn = self.draws.get(at % self.draws.len().max(1));
        drawn.copied().unwrap_or(0).wrapping_add(u8::try_from(at / 97 % 7).unwrap()) % choices
    }

    async fn pause(&self) {
        let seconds = [0, 0, 0, 0, 1, 3, 15, 120][usize::from(self.draw(8))];
        sleep(Duration::from_secs(seconds)).await;
    }

    fn trace(&self, title: &str, change: impl FnOnce(&mut Trace)) {
        change(self.writes.lock().unwrap().entry(title.to_owned()).or_default());
    }
}

fn fault(kind: FaultKind) -> Fault {
    Fault::new(kind, "It went wrong.", "Try again.")
}

struct Script(Arc<World>);

struct Scripted {
    world: Arc<World>,
}

fn offer() -> Arc<Offer> {
    offer_of("{}")
}

/// The tools, those that may change something in this version.
fn offer_of(version: &str) -> Arc<Offer> {
    let tools = ["get_article", "update_article", "get_contact", "touch", "search"];
    let listed =
        tools.map(|tool| Tool { name: Clean::line(tool), whole: version.to_owned(), ..Tool::default() });
    Arc::new(Offer {
        server: Server { tools: listed.into(), ..Server::default() },
        schemas: tools.map(|tool| (tool.to_owned(), json!({}))).into(),
    })
}

impl Wire for Script {
    type Line = Scripted;

    async fn dial(&self) -> Result<Scripted, Fault> {
        self.0.pause().await;
        match self.0.draw(8) {
            0 | 1 => Err(fault(FaultKind::Unreachable)),
            2 => Err(fault(FaultKind::SignIn)),
            3 => std::future::pending().await,
            _ => Ok(Scripted { world: Arc::clone(&self.0) }),
        }
    }

    fn host(&self) -> &'static str {
        "scripted"
    }
}

/// Counts calls in flight, also those that are dropped.
struct InFlight<'a>(&'a World);

impl<'a> InFlight<'a> {
    fn new(world: &'a World) -> Self {
        let now = world.in_flight.fetch_add(1, Ordering::Relaxed) + 1;
        world.most_in_flight.fetch_max(now, Ordering::Relaxed);
        Self(world)
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Line for Scripted {
    fn offer(&self) -> Arc<Offer> {
        offer_of(&self.world.version.load(Ordering::Relaxed).to_string())
    }

    async fn call(
        &self,
        tool: &str,
        arguments: Map<String, Value>,
        handover: Option<Arc<Handover>>,
    ) -> Result<Reply, Trouble> {
        let _counted = InFlight::new(&self.world);
        match handover {
            None => {
                assert_eq!(tool, "get_article", "a read without a handover");
                self.read().await
            }
            Some(handover) if handover.is_by_hand() => {
                assert!(["touch", "search"].contains(&tool), "{tool} by hand");
                assert_eq!(handover.stops(), tool == "search", "only a read is cancelled on the wire");
                let name = arguments["name"].as_str().unwrap().to_owned();
                self.world.trace(&name, |trace| {
                    trace.by_hand = true;
                    trace.reads = tool == "search";
                });
                self.write(&name, &handover).await
            }
            Some(handover) => {
                assert_eq!(tool, "update_article");
                let title = arguments["title"].as_str().unwrap().to_owned();
                self.write(&title, &handover).await
            }
        }
    }

    async fn news(&self) -> News {
        sleep(Duration::from_secs(u64::from(self.world.draw(200)))).await;
        match self.world.draw(20) {
            0 | 1 => News::Lost(fault(FaultKind::Unreachable)),
            2 => News::SessionGone(fault(FaultKind::Protocol)),
            3 | 4 => {
                self.world.version.fetch_add(usize::from(self.world.draw(2)), Ordering::Relaxed);
                News::Tools
            }
            5 | 6 => News::Question(Box::new(Question {
                id: QuestionId(self.world.asked.fetch_add(1, Ordering::Relaxed)),
                message: Clean::line("Which?"),
                wants: Wants::Form(Vec::new()),
            })),
            7 => News::Unasked(QuestionId(self.world.asked.load(Ordering::Relaxed).saturating_sub(1))),
            8 => News::Message(Clean::line("info"), Clean::line("Working.")),
            _ => std::future::pending().await,
        }
    }

    fn answer(&self, id: QuestionId, reply: switchboard::domain::question::Reply) {
        if reply == switchboard::domain::question::Reply::Declined {
            self.world.answers.lock().unwrap().push(id);
        }
    }

    async fn check(&self) -> Option<News> {
        self.world.pause().await;
        match self.world.draw(4) {
            0 => Some(News::Lost(fault(FaultKind::Unreachable))),
            1 => Some(News::SessionGone(fault(FaultKind::Protocol))),
            _ => None,
        }
    }

    async fn close(&self) {
        self.world.pause().await;
    }
}

impl Scripted {
    async fn read(&self) -> Result<Reply, Trouble> {
        self.world.pause().await;
        match self.world.draw(18) {
            0 => Err(Trouble::Refused(fault(FaultKind::Tool))),
            8 | 9 => Err(Trouble::Refused(self.slower())),
            1 => Err(Trouble::Unclear(fault(FaultKind::Server))),
            2 => Err(Trouble::Lost(fault(FaultKind::Unreachable))),
            3 | 4 => Err(Trouble::SessionGone(fault(FaultKind::Protocol))),
            5 => Err(Trouble::SignIn(fault(FaultKind::SignIn))),
            6 => Ok(echo("moved")),
            7 => Ok(Reply::default()),
            _ => Ok(echo("T")),
        }
    }

    async fn write(&self, title: &str, handover: &Handover) -> Result<Reply, Trouble> {
        self.world.pause().await;
        if self.world.draw(8) == 0 {
            return Err(Trouble::Lost(fault(FaultKind::Unreachable)));
        }
        if !handover.begin() {
            return Err(Trouble::Unclear(fault(FaultKind::Protocol)));
        }
        if self.world.draw(8) == 0 {
            handover.never_left();
            return Err(Trouble::Lost(fault(FaultKind::Unreachable)));
        }
        self.world.trace(title, |trace| trace.handed += 1);
        self.world.pause().await;
        match self.world.draw(14) {
            0 => return Err(Trouble::SessionGone(fault(FaultKind::Protocol))),
            1 => return Err(Trouble::Refused(fault(FaultKind::Invalid))),
            2 => return Err(Trouble::SignIn(fault(FaultKind::SignIn))),
            3 => return Err(Trouble::Lost(fault(FaultKind::Unreachable))),
            4 => return Err(Trouble::Refused(self.slower())),
            5 => return Ok(listed("parameter_invalid")),
            6 | 7 => return self.failed(),
            _ => {}
        }
        self.world.trace(title, |trace| trace.acted += 1);
        self.world.pause().await;
        match self.world.draw(8) {
            0 => Err(Trouble::Lost(fault(FaultKind::Unreachable))),
            1 | 2 => self.failed(),
            _ => Ok(echo(title)),
        }
    }

    /// What a server says whether or not it acted.
    fn failed(&self) -> Result<Reply, Trouble> {
        match self.world.draw(9) {
            0 => Err(Trouble::Unclear(fault(FaultKind::Server))),
            1 => Err(Trouble::Refused(fault(FaultKind::Tool))),
            2 => Err(Trouble::Refused(fault(FaultKind::Protocol))),
            3 => Ok(words("Failed to update the article: locked")),
            4 => Ok(listed("server_error")),
            5 => Ok(Reply { is_error: true, ..listed("request_timeout") }),
            6 => Ok(Reply { is_error: true, ..words("it broke") }),
            7 => Ok(words("{\"ok\": true}")),
            _ => Ok(Reply::default()),
        }
    }

    /// A wish to be asked more slowly, with and without a time.
    fn slower(&self) -> Fault {
        let wait = [None, Some(0), Some(7), Some(30), Some(31), Some(3_600), Some(u64::MAX)];
        Fault { wait: wait[usize::from(self.world.draw(7))], ..fault(FaultKind::RateLimited) }
    }
}

fn words(said: &str) -> Reply {
    Reply { texts: vec![said.to_owned()], ..Reply::default() }
}

/// A REST error as the tools pass it on.
fn listed(code: &str) -> Reply {
    words(&json!({"type": "error.list", "errors": [{"code": code, "message": "Because."}]}).to_string())
}

fn echo(title: &str) -> Reply {
    let article = json!({"id": "1", "title": title, "description": "", "body": "<p>x</p>", "state": "draft"});
    Reply { texts: vec![article.to_string()], ..Reply::default() }
}

fn base() -> Article {
    let id = ArticleId::read("1").unwrap();
    let title = "T";
    Article {
        row: ArticleRow {
            id,
            title: Clean::line(title),
            description: Clean::default(),
            state: Some(ArticleState::Draft),
            parent: None,
            author: None,
            created_at: None,
            updated_at: None,
            address: Clean::default(),
            highlights: Vec::new(),
        },
        title: title.into(),
        description: "".into(),
        description_said: true,
        body: "<p>x</p>".into(),
    }
}

/// An approval by the only road there is: draft, review, confirmation.
fn approved(title: &str) -> Approved {
    let mut draft = Draft::of(Arc::new(base()));
    title.clone_into(&mut draft.title);
    let Compared::Ready(review) = Review::compare(&draft, base()) else {
        panic!("no review");
    };
    let mut confirmation = Confirmation::of(review);
    let at = |millis| Moment { millis, ..Moment::default() };
    confirmation.painted(at(0));
    confirmation.press('y', at(5_000));
    let Some((approved, _)) = confirmation.settled(at(6_000)) else {
        panic!("not confirmed");
    };
    approved
}

#[derive(Clone, Debug)]
enum Act {
    Ask,
    Burst(u8),
    Write,
    Cancel(u8),
    Reconnect,
    ByHand(u8),
    Answer(u8),
    AcceptTools,
    SignIn,
    SignOut,
    Wait(u16),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        6 => Just(Act::Ask),
        1 => (20..150_u8).prop_map(Act::Burst),
        5 => Just(Act::Write),
        3 => any::<u8>().prop_map(Act::Cancel),
        1 => Just(Act::Reconnect),
        5 => any::<u8>().prop_map(Act::ByHand),
        3 => any::<u8>().prop_map(Act::Answer),
        1 => Just(Act::AcceptTools),
        1 => Just(Act::SignIn),
        1 => Just(Act::SignOut),
        6 => (0..20_000_u16).prop_map(Act::Wait),
    ];
    prop::collection::vec(act, 1..25)
}

/// Everything that was reported, in order.
#[derive(Default)]
struct Heard {
    ends: BTreeMap<CallId, Vec<End>>,
    /// With whether the server had asked for a pause then.
    links: Vec<(Link, bool)>,
    pause: bool,
    asked: Vec<QuestionId>,
    unasked: Vec<QuestionId>,
    failed_sign_ins: usize,
}

struct Run {
    session: Session,
    heard: Arc<Mutex<Heard>>,
    sent: Vec<CallId>,
    titles: HashMap<CallId, String>,
    /// What must not leave at all.
    forbidden: BTreeSet<CallId>,
    sign_ins: usize,
    next: u64,
}

impl Run {
    fn request(&mut self, make: impl FnOnce(CallId) -> Request) {
        self.next += 1;
        let id = CallId(self.next);
        match self.session.try_send(make(id)) {
            Ok(()) => self.sent.push(id),
            Err(unsent) => match *unsent.0 {
                Request::Ask { id: back, .. }
                | Request::Write { id: back, .. }
                | Request::ByHand { id: back, .. } => {
                    assert_eq!(back, id, "the request comes back unharmed");
                }
                other => panic!("another one: {other:?}"),
            },
        }
    }

    fn ask(&mut self) {
        let call = Call::Article(ArticleId::read("1").unwrap());
        self.request(|id| Request::Ask { id, call });
    }

    /// A read, another tool, one that is never called by hand, or nonsense.
    fn by_hand(&mut self, draw: u8) {
        let next = CallId(self.next + 1);
        let name = format!("h{}", next.0);
        let arguments = json!({ "name": name }).to_string();
        let (tool, arguments) = match draw % 8 {
            0 | 1 => ("search", arguments),
            2 => ("update_article", json!({"id": 1, "title": "x"}).to_string()),
            3 => ("Add-Internal-Note", arguments),
            4 => ("touch", "{".to_owned()),
            _ => ("touch", arguments),
        };
        if matches!(draw % 8, 2..=4) {
            self.forbidden.insert(next);
        }
        self.titles.insert(next, name);
        let tool = tool.to_owned();
        self.request(|id| Request::ByHand { id, tool, arguments });
    }

    async fn act(&mut self, act: &Act) {
        match act {
            Act::Ask => self.ask(),
            Act::Burst(count) => (0..*count).for_each(|_| self.ask()),
            Act::Write => {
                let title = format!("w{}", self.next + 1);
                self.titles.insert(CallId(self.next + 1), title.clone());
                self.request(|id| Request::Write { id, approved: approved(&title) });
            }
            Act::Cancel(back) => {
                let id = CallId(self.next.saturating_sub(u64::from(back % 8)));
                let _ = self.session.try_send(Request::Cancel(id));
            }
            Act::Reconnect => {
                let _ = self.session.try_send(Request::Reconnect);
            }
            Act::ByHand(draw) => self.by_hand(*draw),
            Act::Answer(back) => {
                let asked = self.heard.lock().unwrap().asked.last().map_or(0, |id| id.0);
                let id = QuestionId(asked.saturating_sub(u64::from(back % 3)));
                let reply = switchboard::domain::question::Reply::Declined;
                let _ = self.session.try_send(Request::Answer(id, reply));
            }
            Act::AcceptTools => {
                let _ = self.session.try_send(Request::AcceptTools(vec![Tool::default()]));
            }
            Act::SignIn => self.sign_ins += usize::from(self.session.try_send(Request::SignIn).is_ok()),
            Act::SignOut => {
                let _ = self.session.try_send(Request::SignOut);
            }
            Act::Wait(millis) => sleep(Duration::from_millis(u64::from(*millis))).await,
        }
    }
}

async fn listen(mut reports: mpsc::Receiver<Report>, heard: Arc<Mutex<Heard>>, world: Arc<World>) {
    while let Some(report) = reports.recv().await {
        if world.draw(40) == 0 {
            sleep(Duration::from_secs(20)).await;
        }
        let mut heard = heard.lock().unwrap();
        match report {
            Report::Ended { id, end } => heard.ends.entry(id).or_default().push(end),
            Report::Link(link) => {
                let pause = heard.pause;
                heard.links.push((link, pause));
            }
            Report::Question(question) => heard.asked.push(question.id),
            Report::Unasked(id) => heard.unasked.push(id),
            Report::SignIn(step) => {
                assert!(matches!(step, Step::Failed(_)), "nobody can sign in here: {step:?}");
                heard.failed_sign_ins += 1;
            }
            Report::Message(..) => {}
            Report::Pause(pause) => heard.pause = pause.is_some(),
            other => panic!("not expected here: {other:?}"),
        }
    }
}

async fn play(draws: Vec<u8>, acts: Vec<Act>, close_early: bool, memory: Option<&Path>) {
    let world = World::new(draws);
    let (sender, receiver) = mpsc::channel(3);
    let mut settings = Settings::new("http://scripted/mcp".parse().unwrap(), Account::nobody());
    settings.memory = memory.map(Path::to_owned);
    let session = start_with(Script(Arc::clone(&world)), settings, sender).unwrap();
    let heard = Arc::new(Mutex::new(Heard::default()));
    let reader = tokio::spawn(listen(receiver, Arc::clone(&heard), Arc::clone(&world)));
    let mut run = Run {
        session,
        heard,
        sent: Vec::new(),
        titles: HashMap::new(),
        forbidden: BTreeSet::new(),
        sign_ins: 0,
        next: 0,
    };
    for act in &acts {
        run.act(act).await;
    }
    if !close_early {
        sleep(Duration::from_secs(20_000)).await;
        let ended = run.heard.lock().unwrap().ends.len();
        assert_eq!(ended, run.sent.len(), "everything ends by itself");
        assert_eq!(run.heard.lock().unwrap().failed_sign_ins, run.sign_ins, "every sign-in has one end");
    }
    drop(run.session);
    reader.await.unwrap();
    let heard = run.heard.lock().unwrap();
    let sent: Vec<CallId> = run.sent.clone();
    judge_ends(&heard, &sent, &run.titles, &world);
    judge_forbidden(&heard, &run.forbidden);
    judge_questions(&heard, &world);
    judge_links(&heard.links);
    assert!(world.most_in_flight.load(Ordering::Relaxed) <= 6 + 6, "few calls in flight");
}

fn judge_ends(heard: &Heard, sent: &[CallId], titles: &HashMap<CallId, String>, world: &World) {
    let ended: Vec<CallId> = heard.ends.keys().copied().collect();
    assert_eq!(ended, sent, "exactly those that were taken end");
    let writes = world.writes.lock().unwrap();
    for (id, ends) in &heard.ends {
        assert_eq!(ends.len(), 1, "one end for {id:?}: {ends:?}");
        let trace = titles.get(id).map(|title| writes.get(title).copied().unwrap_or_default());
        match trace {
            None => judge_read(&ends[0]),
            Some(trace) => judge_write(&ends[0], trace),
        }
    }
}

fn judge_read(end: &End) {
    let fits = matches!(
        end,
        End::Answer(Answer::Article(_))
            | End::Refused(_)
            | End::TimedOut(_)
            | End::Cancelled
            | End::NotSent(_)
    );
    assert!(fits, "no end for a read: {end:?}");
}

fn judge_forbidden(heard: &Heard, forbidden: &BTreeSet<CallId>) {
    for (id, ends) in heard.ends.iter().filter(|(id, _)| forbidden.contains(id)) {
        assert!(matches!(ends[0], End::Refused(_) | End::NotSent(_)), "{id:?}: {ends:?}");
    }
}

/// Each question is asked once, and answered or withdrawn once.
fn judge_questions(heard: &Heard, world: &World) {
    let answers = world.answers.lock().unwrap();
    let mut settled: Vec<QuestionId> = answers.iter().chain(&heard.unasked).copied().collect();
    settled.sort_unstable();
    assert_eq!(settled, heard.asked, "answered {answers:?}, withdrawn {:?}", heard.unasked);
}

fn judge_write(end: &End, trace: Trace) {
    // A read by hand may be put off once (429, 503) and turned away unread once (session, tools); what may write, only the latter.
    let most = match (trace.by_hand, trace.reads) {
        (false, _) => 1,
        (true, false) => 2,
        (true, true) => 3,
    };
    assert!(trace.handed <= most, "sent once: {trace:?}");
    assert!(trace.acted <= 1, "done once: {trace:?}");
    match end {
        // What the server says of a call by hand is not judged, but passed on.
        End::Answer(Answer::Said(_)) => assert!(trace.by_hand, "{end:?}"),
        End::Unknown(_) if trace.by_hand => assert!(trace.handed >= 1, "{end:?}"),
        // It may have been turned away unread once before.
        End::Cancelled if trace.by_hand && !trace.reads => assert_eq!(trace.acted, 0, "{end:?}"),
        // A read that is broken off may have been acted on.
        _ if trace.reads => {}
        End::Answer(Answer::Written(_)) => assert_eq!(trace.acted, 1, "{end:?}"),
        End::Refused(_) | End::NotSent(_) => assert_eq!(trace.acted, 0, "{end:?}"),
        End::Cancelled | End::Moved(_) => assert_eq!(trace.handed, 0, "{end:?}"),
        End::Unknown(_) => assert_eq!(trace.handed, 1, "{end:?}"),
        End::Answer(_) | End::TimedOut(_) => panic!("no end for a write: {end:?}"),
    }
}

fn judge_links(links: &[(Link, bool)]) {
    let (last, _) = links.last().expect("at least one");
    assert_eq!(*last, Link::Closed);
    for (link, pause) in &links[..links.len() - 1] {
        let longest = if *pause { 3_600_000 } else { 30_000 };
        match link {
            Link::Connecting { attempt } => assert!(*attempt >= 1),
            Link::Up(_) => {}
            Link::Down { fault, retry_in } => {
                assert_eq!(retry_in.is_none(), fault.kind == FaultKind::SignIn, "{link:?}");
                assert!(retry_in.is_none_or(|millis| (700..=longest).contains(&millis)));
            }
            Link::Closed => panic!("closed before the end"),
        }
    }
}

fn on_a_paused_clock(future: impl Future<Output = ()>) {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(future);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_200, ..ProptestConfig::default() })]

    #[test]
    fn every_script_keeps_the_contract(
        draws in prop::collection::vec(any::<u8>(), 20..120),
        acts in acts(),
        close_early in any::<bool>(),
        remembers in prop::bool::weighted(0.1),
    ) {
        let folder = remembers.then(|| tempfile::tempdir().unwrap());
        let folder = folder.as_ref().map(tempfile::TempDir::path);
        on_a_paused_clock(play(draws, acts, close_early, folder));
    }
}

/// A server that is not there.
struct Dead(FaultKind);

impl Wire for Dead {
    type Line = Mute;

    async fn dial(&self) -> Result<Mute, Fault> {
        Err(fault(self.0))
    }

    fn host(&self) -> &'static str {
        "dead"
    }
}

/// A server that never answers a call.
struct Mute;

impl Wire for Mute {
    type Line = Self;

    async fn dial(&self) -> Result<Self, Fault> {
        Ok(Self)
    }

    fn host(&self) -> &'static str {
        "mute"
    }
}

impl Line for Mute {
    fn offer(&self) -> Arc<Offer> {
        offer()
    }

    async fn call(
        &self,
        _: &str,
        _: Map<String, Value>,
        handover: Option<Arc<Handover>>,
    ) -> Result<Reply, Trouble> {
        assert!(handover.is_none(), "no write comes so far");
        std::future::pending().await
    }

    async fn news(&self) -> News {
        std::future::pending().await
    }

    async fn close(&self) {}
}

fn article() -> Call {
    Call::Article(ArticleId::read("1").unwrap())
}

fn ask(session: &Session, id: u64) -> Result<(), switchboard::session::Unsent> {
    let (id, call) = (CallId(id), article());
    session.try_send(Request::Ask { id, call })
}

#[test]
fn a_dead_server_is_dialled_more_and_more_seldom() {
    on_a_paused_clock(async {
        let (sender, mut reports) = mpsc::channel(16);
        let session = start_on(Dead(FaultKind::Unreachable), Limits::default(), sender).unwrap();
        for (try_number, seconds) in [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 30), (7, 30)] {
            let mut attempts = Vec::new();
            let retry_in = loop {
                let Report::Link(link) = reports.recv().await.unwrap() else {
                    panic!("nothing was asked");
                };
                if let Link::Connecting { attempt } = link {
                    attempts.push(attempt);
                } else if let Link::Down { retry_in, .. } = link {
                    break retry_in.unwrap();
                }
            };
            assert_eq!(attempts, [try_number]);
            assert!((750 * seconds..=1_000 * seconds).contains(&retry_in), "{retry_in}");
        }
        ask(&session, 1).unwrap();
        let Some(Report::Ended { end: End::NotSent(fault), .. }) = reports.recv().await else {
            panic!("not refused at once");
        };
        assert_eq!(fault.kind, FaultKind::Offline);
        assert_eq!(fault.sentence.as_str(), "It went wrong.");
        let seconds = fault.hint.strip_prefix("Try again; trying again in ");
        let seconds = seconds.and_then(|rest| rest.strip_suffix(" s.")?.parse().ok());
        assert!(seconds.is_some_and(|seconds: u64| (22..=30).contains(&seconds)), "{}", fault.hint);
    });
}

#[test]
fn a_refused_sign_in_waits_for_the_user() {
    on_a_paused_clock(async {
        let (sender, mut reports) = mpsc::channel(16);
        let session = start_on(Dead(FaultKind::SignIn), Limits::default(), sender).unwrap();
        sleep(Duration::from_secs(10_000)).await;
        let connecting = Report::Link(Link::Connecting { attempt: 1 });
        let fault = fault(FaultKind::SignIn);
        let down = Report::Link(Link::Down { fault, retry_in: None });
        for _ in 0..2 {
            let mut told = reports.recv().await.unwrap();
            if told == connecting {
                told = reports.recv().await.unwrap();
            }
            assert_eq!(told, down);
            assert!(reports.try_recv().is_err(), "and no further try");
            session.try_send(Request::Reconnect).unwrap();
        }
    });
}

#[test]
fn more_than_can_wait_is_refused_as_busy() {
    on_a_paused_clock(async {
        let (sender, mut reports) = mpsc::channel(1_000);
        let session = start_on(Mute, Limits::default(), sender).unwrap();
        for id in 0..100 {
            ask(&session, id).unwrap();
            sleep(Duration::from_millis(1)).await;
        }
        let mut busy = Vec::new();
        while let Ok(report) = reports.try_recv() {
            if let Report::Ended { id, end: End::NotSent(fault) } = report {
                assert_eq!(fault.kind, FaultKind::Busy);
                busy.push(id.0);
            }
        }
        assert_eq!(busy, (70..100).collect::<Vec<_>>(), "6 in flight, 64 waiting");
    });
}

#[test]
fn a_reader_who_sleeps_loses_nothing_and_stops_the_intake() {
    on_a_paused_clock(async {
        let (sender, mut reports) = mpsc::channel(1);
        let session = start_on(Dead(FaultKind::SignIn), Limits::default(), sender).unwrap();
        sleep(Duration::from_secs(1)).await;
        let mut taken = 0;
        for id in 0..1_000 {
            taken += u64::from(ask(&session, id).is_ok());
            tokio::task::yield_now().await;
        }
        assert!(taken < 200, "bounded, but {taken} were taken");
        drop(session);
        let mut ended = 0;
        while let Some(report) = reports.recv().await {
            ended += u64::from(matches!(report, Report::Ended { .. }));
        }
        assert_eq!(ended, taken);
    });
}

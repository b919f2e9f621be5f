//! The scripted server: every decision is the next of a list of drawn bytes, and what became of each write is remembered.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Map, Value, json};
use switchboard::domain::call::{Fault, FaultKind};
use switchboard::domain::link::{Server, Tool};
use switchboard::domain::question::{Question, QuestionId, Wants};
use switchboard::domain::text::Clean;
use switchboard::session::wire::{Handover, Line, News, Offer, Reply, Trouble, Wire};
use tokio::time::sleep;

/// What became of one write at the server.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Trace {
    /// Times its bytes were handed over for good.
    pub(crate) handed: usize,
    /// Times the server acted on it.
    pub(crate) acted: usize,
    /// It is known to change nothing.
    pub(crate) reads: bool,
    /// It came by hand, and may be handed over again when it was turned away unread.
    pub(crate) by_hand: bool,
}

/// The scripted world: every decision is the next of a list of drawn bytes.
pub(crate) struct World {
    pub(crate) draws: Vec<u8>,
    pub(crate) at: AtomicUsize,
    pub(crate) writes: Mutex<HashMap<String, Trace>>,
    pub(crate) in_flight: AtomicUsize,
    pub(crate) most_in_flight: AtomicUsize,
    /// Questions asked so far.
    pub(crate) asked: AtomicU64,
    /// Answers other than that the line was left.
    pub(crate) answers: Mutex<Vec<QuestionId>>,
    /// Counts the changes of the tools.
    pub(crate) version: AtomicUsize,
}

impl World {
    pub(crate) fn new(draws: Vec<u8>) -> Arc<Self> {
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

    pub(crate) fn draw(&self, choices: u8) -> u8 {
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

pub(crate) fn fault(kind: FaultKind) -> Fault {
    Fault::new(kind, "It went wrong.", "Try again.")
}

pub(crate) struct Script(pub(crate) Arc<World>);

pub(crate) struct Scripted {
    world: Arc<World>,
}

pub(crate) fn offer() -> Arc<Offer> {
    offer_of("{}")
}

/// The tools, those that may change something in this version.
pub(crate) fn offer_of(version: &str) -> Arc<Offer> {
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

pub(crate) fn words(said: &str) -> Reply {
    Reply { texts: vec![said.to_owned()], ..Reply::default() }
}

/// A REST error as the tools pass it on.
pub(crate) fn listed(code: &str) -> Reply {
    words(&json!({"type": "error.list", "errors": [{"code": code, "message": "Because."}]}).to_string())
}

pub(crate) fn echo(title: &str) -> Reply {
    let article = json!({"id": "1", "title": title, "description": "", "body": "<p>x</p>", "state": "draft"});
    Reply { texts: vec![article.to_string()], ..Reply::default() }
}

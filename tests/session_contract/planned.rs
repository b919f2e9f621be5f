//! A server that answers tool calls from a list and remembers when each came; its session takes its time to close.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Map, Value};
use switchboard::domain::call::{CallId, End, Fault, FaultKind, Report};
use switchboard::domain::question::{self, QuestionId};
use switchboard::session::auth::Account;
use switchboard::session::wire::{Handover, Line, News, Offer, Reply, Trouble, Wire};
use switchboard::session::{Limits, Request, Session, Settings, start_on, start_with};
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, sleep};

use super::limits::ask;
use super::{approved, echo, offer};

/// How long the polite end takes.
pub(crate) const FAREWELL: Duration = Duration::from_millis(700);

#[derive(Default)]
pub(crate) struct Plan {
    /// What the next calls bring; the article when there is nothing left.
    pub(crate) replies: Mutex<VecDeque<Result<Reply, Trouble>>>,
    /// Tool and time of every call.
    pub(crate) calls: Mutex<Vec<(String, Instant)>>,
    /// What is offered; the usual when there is nothing.
    pub(crate) offer: Mutex<Option<Arc<Offer>>>,
    /// What happens to the line by itself.
    pub(crate) news: Mutex<VecDeque<News>>,
    pub(crate) happens: Notify,
    /// Answers to questions.
    pub(crate) answers: Mutex<Vec<(u64, question::Reply)>>,
    /// The session was ended to its end.
    pub(crate) closed: AtomicBool,
}

impl Plan {
    pub(crate) fn of(replies: impl IntoIterator<Item = Result<Reply, Trouble>>) -> Arc<Self> {
        let plan = Arc::new(Self::default());
        plan.replies.lock().unwrap().extend(replies);
        plan
    }

    pub(crate) fn closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }
}

/// The call found no connection.
pub(crate) fn never_left() -> Trouble {
    Trouble::Lost(Fault::new(FaultKind::Unreachable, "No connection.", ""))
}

/// No answer comes.
pub(crate) fn never_answered() -> Trouble {
    Trouble::Unclear(Fault::new(FaultKind::TimedOut, "Never.", ""))
}

pub(crate) struct Planned(pub(crate) Arc<Plan>);

impl Wire for Planned {
    type Line = Self;

    async fn dial(&self) -> Result<Self, Fault> {
        Ok(Self(Arc::clone(&self.0)))
    }

    fn host(&self) -> &'static str {
        "planned"
    }
}

impl Line for Planned {
    fn offer(&self) -> Arc<Offer> {
        self.0.offer.lock().unwrap().clone().unwrap_or_else(offer)
    }

    fn answer(&self, id: QuestionId, reply: question::Reply) {
        self.0.answers.lock().unwrap().push((id.0, reply));
    }

    async fn call(
        &self,
        tool: &str,
        _: Map<String, Value>,
        handover: Option<Arc<Handover>>,
    ) -> Result<Reply, Trouble> {
        let handover = handover.inspect(|handover| assert!(handover.begin()));
        self.0.calls.lock().unwrap().push((tool.to_owned(), Instant::now()));
        let planned = self.0.replies.lock().unwrap().pop_front();
        match planned {
            Some(Err(trouble)) if trouble == never_left() => {
                handover.unwrap().never_left();
                Err(trouble)
            }
            Some(Err(trouble)) if trouble == never_answered() => std::future::pending().await,
            Some(planned) => planned,
            None => Ok(echo("T")),
        }
    }

    async fn news(&self) -> News {
        loop {
            let news = self.0.news.lock().unwrap().pop_front();
            match news {
                Some(news) => return news,
                None => self.0.happens.notified().await,
            }
        }
    }

    async fn check(&self) -> Option<News> {
        None
    }

    async fn close(&self) {
        sleep(FAREWELL).await;
        self.0.closed.store(true, Ordering::SeqCst);
    }
}

/// A session with a planned server.
pub(crate) struct Desk {
    pub(crate) plan: Arc<Plan>,
    pub(crate) session: Session,
    pub(crate) reports: mpsc::Receiver<Report>,
    started: Instant,
}

impl Desk {
    pub(crate) fn of(replies: impl IntoIterator<Item = Result<Reply, Trouble>>) -> Self {
        Self::with_room(replies, 1_000)
    }

    pub(crate) fn with_room(replies: impl IntoIterator<Item = Result<Reply, Trouble>>, room: usize) -> Self {
        let (sender, reports) = mpsc::channel(room);
        let plan = Plan::of(replies);
        let session = start_on(Planned(Arc::clone(&plan)), Limits::default(), sender).unwrap();
        Self { plan, session, reports, started: Instant::now() }
    }

    /// With a memory in this folder.
    pub(crate) fn remembering(plan: Arc<Plan>, folder: &Path) -> Self {
        let (sender, reports) = mpsc::channel(1_000);
        let mut settings = Settings::new("http://planned/mcp".parse().unwrap(), Account::nobody());
        settings.memory = Some(folder.to_owned());
        let session = start_with(Planned(Arc::clone(&plan)), settings, sender).unwrap();
        Self { plan, session, reports, started: Instant::now() }
    }

    /// Something happens to the line by itself.
    pub(crate) async fn happens(&self, news: News) {
        self.plan.news.lock().unwrap().push_back(news);
        self.plan.happens.notify_one();
        sleep(Duration::from_millis(1)).await;
    }

    pub(crate) async fn send(&self, request: Request) {
        self.session.try_send(request).unwrap();
        sleep(Duration::from_millis(1)).await;
    }

    /// Everything that was reported so far and not read yet.
    pub(crate) fn heard(&mut self) -> Vec<Report> {
        std::iter::from_fn(|| self.reports.try_recv().ok()).collect()
    }

    pub(crate) fn ask(&self, id: u64) {
        ask(&self.session, id).unwrap();
    }

    pub(crate) fn write(&self, id: u64) {
        let request = Request::Write { id: CallId(id), approved: approved("new") };
        self.session.try_send(request).unwrap();
    }

    /// A call by hand.
    pub(crate) fn by_hand(&self, id: u64, tool: &str, arguments: &str) {
        let (tool, arguments) = (tool.to_owned(), arguments.to_owned());
        self.session.try_send(Request::ByHand { id: CallId(id), tool, arguments }).unwrap();
    }

    /// The next end, with the second it came in.
    pub(crate) async fn end(&mut self) -> (u64, End, u64) {
        loop {
            if let Report::Ended { id, end } = self.reports.recv().await.unwrap() {
                return (id.0, end, self.started.elapsed().as_secs());
            }
        }
    }

    /// Tool and second of every call so far.
    pub(crate) fn calls(&self) -> Vec<(String, u64)> {
        let calls = self.plan.calls.lock().unwrap();
        calls.iter().map(|(tool, at)| (tool.clone(), (*at - self.started).as_secs())).collect()
    }
}

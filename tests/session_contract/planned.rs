//! A server that answers tool calls from a list and remembers when each came; its session takes its time to close.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Map, Value};
use switchboard::domain::call::{CallId, End, Fault, FaultKind, Report};
use switchboard::session::wire::{Handover, Line, News, Offer, Reply, Trouble, Wire};
use switchboard::session::{Limits, Request, Session, start_on};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

use super::{approved, echo, offer};

/// How long the polite end takes.
pub(crate) const FAREWELL: Duration = Duration::from_millis(700);

#[derive(Default)]
pub(crate) struct Plan {
    /// What the next calls bring; the article when there is nothing left.
    pub(crate) replies: Mutex<VecDeque<Result<Reply, Trouble>>>,
    /// Tool and time of every call.
    pub(crate) calls: Mutex<Vec<(String, Instant)>>,
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
        offer()
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
        std::future::pending().await
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
        let plan = Plan::of(replies);
        let (sender, reports) = mpsc::channel(room);
        let session = start_on(Planned(Arc::clone(&plan)), Limits::default(), sender).unwrap();
        Self { plan, session, reports, started: Instant::now() }
    }

    pub(crate) fn ask(&self, id: u64) {
        super::ask(&self.session, id).unwrap();
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

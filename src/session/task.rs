//! The loop that owns the link: takes requests, keeps at most six calls in flight, ends every call exactly once, dials
//! again after a loss. Owns all of the session's state; refuses to know how anything is carried.

mod calls;
mod ending;
mod linking;

use std::collections::{BTreeMap, VecDeque};
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::Arc;

use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinError, JoinSet};
use tokio::time::{Instant, sleep_until};

use super::flight::{Job, Landing};
use super::wire::{Handover, News, Wire};
use super::{Limits, Request};
use crate::domain::call::{Call, CallId, End, Fault, Report};
use crate::domain::link::Link;

/// Tool calls in flight at once; Intercom asks for "a few" (intercom-mcp section 12, rule 9).
const IN_FLIGHT: usize = 6;
/// Calls that wait for one of those places; one more is refused as busy.
const WAITING: usize = 64;
/// Reports that may wait for the reader before no more requests are taken.
const UNREAD: usize = 64;

/// A call without a place yet.
struct Waiting {
    id: CallId,
    job: Job,
    /// It was sent to a session that the server had forgotten; it is not repeated a second time.
    repeated: bool,
}

/// A call under way.
struct Flight {
    task: AbortHandle,
    /// The line it travels on.
    generation: u64,
    repeated: bool,
    kind: Kind,
}

enum Kind {
    /// A read, kept for asking again.
    Read(Call),
    /// A write and whether it has left.
    Write(Arc<Handover>),
}

/// Where the link stands.
enum State<L> {
    Dialling { task: AbortHandle },
    Up { line: Arc<L>, watch: AbortHandle, since: Instant },
    Down { fault: Fault, next: Option<Instant> },
    Closed,
}

/// What a spawned task brought back.
enum Done<L> {
    Dialled(Result<L, Fault>),
    News(News),
    Flew(CallId, Box<Landing>),
    Closed,
}

type Joined<L> = Result<(tokio::task::Id, Done<L>), JoinError>;

/// What one turn of the loop found.
enum Step<L> {
    Done(Joined<L>),
    /// None when the other end was dropped.
    Take(Option<Request>),
    Dial,
}

struct Task<W: Wire> {
    wire: Arc<W>,
    limits: Limits,
    requests: mpsc::Receiver<Request>,
    reports: mpsc::Sender<Report>,
    outbox: VecDeque<Report>,
    state: State<W::Line>,
    /// Counts lines, so that what an old one says is told apart.
    generation: u64,
    /// Dials since the last line that lasted.
    attempt: u32,
    /// New sessions in a row because the server forgot the old one.
    renewals: u32,
    seed: u64,
    flights: BTreeMap<CallId, Flight>,
    queue: VecDeque<Waiting>,
    tasks: JoinSet<Done<W::Line>>,
}

/// Runs until the session is closed and everything has been reported, or nobody listens any more.
pub(super) async fn run<W: Wire>(
    wire: W,
    limits: Limits,
    requests: mpsc::Receiver<Request>,
    reports: mpsc::Sender<Report>,
) {
    let mut task = Task {
        wire: Arc::new(wire),
        limits,
        requests,
        reports,
        outbox: VecDeque::new(),
        state: State::Closed,
        generation: 0,
        attempt: 0,
        renewals: 0,
        seed: std::collections::hash_map::RandomState::new().build_hasher().finish(),
        flights: BTreeMap::new(),
        queue: VecDeque::new(),
        tasks: JoinSet::new(),
    };
    task.dial();
    while task.turn().await {}
}

impl<W: Wire> Task<W> {
    /// Waits for one thing and deals with it. False when there is nothing left to do.
    async fn turn(&mut self) -> bool {
        let closed = matches!(self.state, State::Closed);
        if closed && self.outbox.is_empty() && self.tasks.is_empty() {
            return false;
        }
        let next = match &self.state {
            State::Down { next, .. } => *next,
            State::Dialling { .. } | State::Up { .. } | State::Closed => None,
        };
        let taking = !closed && self.outbox.len() < UNREAD;
        let step = tokio::select! {
            biased;
            permit = self.reports.reserve(), if !self.outbox.is_empty() => {
                let (Ok(permit), Some(report)) = (permit, self.outbox.pop_front()) else {
                    return false;
                };
                permit.send(report);
                return true;
            }
            Some(done) = self.tasks.join_next_with_id(), if !self.tasks.is_empty() => {
                Step::Done(done)
            }
            request = self.requests.recv(), if taking => Step::Take(request),
            () = wake(next), if next.is_some() => Step::Dial,
        };
        match step {
            Step::Done(done) => self.done(done),
            Step::Take(Some(request)) => self.take(request),
            Step::Take(None) => self.close(),
            Step::Dial => self.dial(),
        }
        true
    }

    fn take(&mut self, request: Request) {
        match request {
            Request::Ask { id, call } => self.enqueue(id, Job::Read(call)),
            Request::Write { id, approved } => self.enqueue(id, Job::Write(approved)),
            Request::Cancel(id) => self.cancel(id),
            Request::Reconnect => self.reconnect(),
            Request::Close => self.close(),
        }
    }

    fn done(&mut self, done: Joined<W::Line>) {
        match done {
            Ok((_, Done::Dialled(result))) => self.dialled(result),
            Ok((task, Done::News(news))) => self.news(task, news),
            Ok((task, Done::Flew(id, landing))) => self.landed(task, id, *landing),
            Err(error) if error.is_panic() => self.broke(error.id()),
            Ok((_, Done::Closed)) | Err(_) => {}
        }
    }

    fn end(&mut self, id: CallId, end: End) {
        self.outbox.push_back(Report::Ended { id, end });
    }

    /// Reports how the link stands. Of two that nobody has read yet and nothing stands between, the newer is enough.
    fn tell(&mut self, link: Link) {
        if let Some(Report::Link(last)) = self.outbox.back_mut() {
            *last = link;
        } else {
            self.outbox.push_back(Report::Link(link));
        }
    }
}

async fn wake(next: Option<Instant>) {
    if let Some(at) = next {
        sleep_until(at).await;
    }
}

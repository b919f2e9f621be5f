//! The loop that owns the link: takes requests, keeps at most six calls in flight, ends every call exactly once, dials
//! again after a loss. Owns all of the session's state; refuses to know how anything is carried.

mod aside;
mod asking;
mod calls;
mod checking;
mod ending;
mod examining;
mod linking;
mod permits;
mod signing;
mod slowing;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::Arc;

use tokio::sync::{Notify, mpsc};
use tokio::task::{AbortHandle, JoinError, JoinSet};
use tokio::time::{Instant, sleep_until};

use super::flight::by_hand::ByHand;
use super::flight::{Flown, Job};
use super::memory::Pins;
use super::patience::Patience;
use super::secrets::Secrets;
use super::wire::{Handover, News, Wire};
use super::{Limits, Request, Settings};
use crate::domain::call::{Call, CallId, End, Fault, Report};
use crate::domain::link::Link;
use crate::domain::question::QuestionId;
use crate::domain::text::Clean;
use checking::{Clocks, Trust};
use examining::Examining;
use permits::Accepted;
use signing::{Keeper, Signing, Work};
use slowing::Chances;

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
    chances: Chances,
}

/// A call under way.
struct Flight {
    task: AbortHandle,
    /// The line it travels on.
    generation: u64,
    since: Instant,
    chances: Chances,
    kind: Kind,
}

enum Kind {
    /// A read, kept for asking again.
    Read(Call),
    /// A write and whether it has left.
    Write(Arc<Handover>),
    /// A call by hand and whether it has left.
    ByHand { call: ByHand, reads: bool, handover: Arc<Handover> },
}

/// Where the link stands.
enum State<L> {
    Dialling {
        task: AbortHandle,
        since: Instant,
    },
    /// `watch` listens to the line; none while nobody reads what it said.
    Up {
        line: Arc<L>,
        watch: Option<AbortHandle>,
        since: Instant,
    },
    Down {
        fault: Fault,
        next: Option<Instant>,
    },
    Closed,
}

/// What a spawned task brought back.
enum Done<L> {
    Dialled(Result<L, Fault>, Result<Option<Pins>, String>),
    News(News),
    Checked(Option<News>),
    Flew(CallId, Box<Flown>),
    Saved(Result<(), String>),
    Examined,
    Signed(Work, Result<(), Fault>),
    Closed,
}

/// What waits until no write is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    /// A new session as somebody else than before.
    Redial,
    /// No sign-in.
    SignOut,
}

type Joined<L> = Result<(tokio::task::Id, Done<L>), JoinError>;

/// What one turn of the loop found.
enum Step<L> {
    Done(Joined<L>),
    Take(Request),
    /// The time came for the next dial, or for the calls that were held back.
    Wake,
    Close,
    /// A sign-in went on.
    Signing,
    /// The doctor found something.
    Finding,
    /// Nobody reads the reports any more.
    Unheard,
}

struct Task<W: Wire> {
    wire: Arc<W>,
    limits: Limits,
    requests: mpsc::Receiver<Request>,
    /// Told when the session is to be closed. Apart from the requests, so that it is heard while none are taken.
    closing: Arc<Notify>,
    reports: mpsc::Sender<Report>,
    /// Nobody reads them: what is left is only to end the server's session.
    unheard: bool,
    outbox: VecDeque<Report>,
    /// The last report is made.
    done: bool,
    state: State<W::Line>,
    /// Counts lines, so that what an old one says is told apart.
    generation: u64,
    /// Dials since the last line that lasted.
    attempt: u32,
    /// New sessions in a row because the server forgot the old one.
    renewals: u32,
    seed: u64,
    /// Until when the server asked for no more calls.
    held: Option<Instant>,
    /// What was told of that.
    told_held: Option<Instant>,
    flights: BTreeMap<CallId, Flight>,
    queue: VecDeque<Waiting>,
    tasks: JoinSet<Done<W::Line>>,
    patience: Arc<Patience>,
    signing: Signing,
    examining: Examining,
    wish: Option<Wish>,
    trust: Trust,
    clocks: Clocks,
    /// Questions that wait for an answer.
    questions: BTreeSet<QuestionId>,
    secrets: Secrets,
    accepted: Accepted,
    /// Tools that the server refused, with its words.
    refused: BTreeMap<String, Clean>,
}

/// The ways between the task and the rest of the program.
struct Ways {
    requests: mpsc::Receiver<Request>,
    closing: Arc<Notify>,
    reports: mpsc::Sender<Report>,
}

/// Runs until the session is closed, on the server too, and everything has been reported that somebody still reads.
pub(super) async fn run<W: Wire>(
    wire: W,
    settings: Settings,
    requests: mpsc::Receiver<Request>,
    closing: Arc<Notify>,
    reports: mpsc::Sender<Report>,
) {
    let account = wire.account().map(|account| Arc::new(account) as Arc<dyn Keeper>);
    let ways = Ways { requests, closing, reports };
    Task::new(wire, account, &settings, ways).drive().await;
}

impl<W: Wire> Task<W> {
    fn new(wire: W, account: Option<Arc<dyn Keeper>>, settings: &Settings, ways: Ways) -> Self {
        let Ways { requests, closing, reports } = ways;
        let patience = Arc::default();
        Self {
            wire: Arc::new(wire),
            limits: settings.limits.clone(),
            requests,
            closing,
            reports,
            unheard: false,
            outbox: VecDeque::new(),
            done: false,
            state: State::Closed,
            generation: 0,
            attempt: 0,
            renewals: 0,
            seed: std::collections::hash_map::RandomState::new().build_hasher().finish(),
            held: None,
            told_held: None,
            flights: BTreeMap::new(),
            queue: VecDeque::new(),
            tasks: JoinSet::new(),
            examining: Examining::new(settings),
            signing: Signing::new(account, &patience),
            patience,
            wish: None,
            trust: Trust::Full,
            clocks: Clocks::real(),
            questions: BTreeSet::new(),
            secrets: settings.tap.secrets().clone(),
            accepted: Accepted::new(settings),
            refused: BTreeMap::new(),
        }
    }

    async fn drive(mut self) {
        self.dial();
        while self.turn().await {}
    }

    /// Waits for one thing and deals with it. False when there is nothing left to do.
    async fn turn(&mut self) -> bool {
        self.listen();
        let closed = matches!(self.state, State::Closed);
        if self.finished(closed) {
            return false;
        }
        let wake = self.next_wake();
        let taking = !closed && self.outbox.len() < UNREAD;
        let step = tokio::select! {
            biased;
            permit = self.reports.reserve(), if !self.outbox.is_empty() => match permit {
                Ok(permit) => {
                    if let Some(report) = self.outbox.pop_front() {
                        permit.send(report);
                    }
                    return true;
                }
                Err(_) => Step::Unheard,
            },
            () = self.reports.closed(), if !self.unheard => Step::Unheard,
            () = self.closing.notified(), if !closed => Step::Close,
            () = self.signing.arrived() => Step::Signing,
            () = self.examining.arrived() => Step::Finding,
            Some(done) = self.tasks.join_next_with_id(), if !self.tasks.is_empty() => {
                Step::Done(done)
            }
            Some(request) = self.requests.recv(), if taking => Step::Take(request),
            () = sleep_until(wake.unwrap_or_else(Instant::now)), if wake.is_some() => Step::Wake,
        };
        self.step(step);
        self.fulfil();
        true
    }

    /// Whether all is over. When the last task is, the server's session is ended, and that is said.
    fn finished(&mut self, closed: bool) -> bool {
        if closed && self.tasks.is_empty() && !self.done {
            self.done = true;
            self.tell(Link::Closed);
        }
        if self.unheard {
            self.outbox.clear();
        }
        self.done && self.outbox.is_empty()
    }

    fn next_wake(&self) -> Option<Instant> {
        match &self.state {
            State::Down { next, .. } => earlier(*next, self.pause_ends()),
            State::Up { .. } | State::Dialling { .. } => self.pause_ends(),
            State::Closed => None,
        }
    }

    fn step(&mut self, step: Step<W::Line>) {
        match step {
            Step::Done(done) => self.done(done),
            Step::Take(request) => self.take(request),
            Step::Wake => self.wake(),
            Step::Signing => self.steps(),
            Step::Finding => self.findings(),
            Step::Close => self.close(),
            Step::Unheard => {
                self.unheard = true;
                self.close();
            }
        }
    }

    /// A time came: for the next dial, or for the end of a pause.
    fn wake(&mut self) {
        self.tell_pause();
        match &self.state {
            State::Down { next: Some(next), .. } if *next <= Instant::now() => self.dial(),
            State::Down { .. } | State::Up { .. } | State::Dialling { .. } | State::Closed => self.pump(),
        }
    }

    fn take(&mut self, request: Request) {
        if matches!(request, Request::Ask { .. } | Request::Write { .. } | Request::ByHand { .. }) {
            self.wake_up();
        }
        match request {
            Request::Ask { id, call } => self.enqueue(id, Job::Read(call)),
            Request::Write { id, approved } => self.enqueue(id, Job::Write(approved)),
            Request::Cancel(id) => self.cancel(id),
            Request::Reconnect => {
                self.forgive();
                self.reconnect();
            }
            Request::Close => self.close(),
            Request::ByHand { id, tool, arguments } => self.by_hand(id, tool, &arguments),
            Request::SignIn => self.sign_in(),
            Request::Redirected(address) => self.redirected(&address),
            Request::SignOut => self.sign_out(),
            Request::Answer(id, reply) => self.answer(id, reply),
            Request::Examine => self.examine(),
            Request::AcceptTools => self.accept_tools(),
        }
    }

    fn done(&mut self, done: Joined<W::Line>) {
        match done {
            Ok((task, Done::Dialled(result, loaded))) => self.dialled(task, result, loaded),
            Ok((task, Done::Checked(news))) => self.checked(task, news),
            Ok((task, Done::News(news))) => self.news(task, news),
            Ok((task, Done::Flew(id, flown))) => self.landed(task, id, *flown),
            Ok((_, Done::Saved(result))) => self.saved(result),
            Err(error) if error.is_panic() => self.broke(error.id()),
            Ok((_, Done::Examined)) => self.examined(),
            Ok((_, Done::Signed(work, result))) => self.signed(work, result),
            Ok((_, Done::Closed)) => {}
            Err(error) => {
                let _ = self.signing_broke(error.id(), None) || self.examining_broke(error.id());
            }
        }
    }

    fn end(&mut self, id: CallId, mut end: End) {
        if let End::Refused(fault) | End::TimedOut(fault) | End::NotSent(fault) | End::Unknown(fault) =
            &mut end
        {
            self.hide(fault);
        }
        self.outbox.push_back(Report::Ended { id, end });
    }

    /// A fault may carry the server's own words, and those a secret.
    fn hide(&self, fault: &mut Fault) {
        for words in [&mut fault.sentence, &mut fault.hint] {
            if let std::borrow::Cow::Owned(hidden) = self.secrets.hide(words) {
                *words = Clean::line(&hidden);
            }
        }
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

/// The earlier of two moments that there are.
fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    one.into_iter().chain(other).min()
}

#[cfg(test)]
mod tests;

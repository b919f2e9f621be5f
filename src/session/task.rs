//! The loop that owns the link: takes requests, keeps at most six calls in flight, ends every call exactly once, dials
//! again after a loss. Owns all of the session's state; refuses to know how anything is carried.

mod aside;
mod asking;
mod calls;
mod checking;
mod ending;
mod examining;
mod explaining;
mod linking;
mod permits;
mod signing;
mod slowing;
mod turning;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::Arc;

use tokio::sync::{Notify, mpsc};
use tokio::task::{AbortHandle, JoinError, JoinSet};
use tokio::time::Instant;

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

#[cfg(test)]
mod tests;

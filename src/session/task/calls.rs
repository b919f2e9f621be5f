//! The calls' life: taken, waiting, in flight, landed, cancelled. Every way out of here is one end.

use std::sync::Arc;

use tokio::time::Instant;

use super::slowing::Chances;
use super::{Done, Flight, IN_FLIGHT, Kind, State, Task, WAITING, Waiting, ending};
use crate::domain::call::{CallId, End, Fault, FaultKind};
use crate::session::flight::by_hand::ByHand;
use crate::session::flight::{self, Flown, Job, Landing, Terms};
use crate::session::wire::{Handover, Line, News, Wire};

impl<W: Wire> Task<W> {
    pub(super) fn enqueue(&mut self, id: CallId, job: Job) {
        if self.is_under_way(id) {
            return;
        }
        match &self.state {
            State::Down { fault, next } => {
                let refused = ending::offline(fault, *next);
                self.end(id, End::NotSent(refused));
            }
            State::Closed => self.end(id, End::NotSent(ending::closed())),
            State::Dialling { .. } | State::Up { .. } if self.queue.len() >= WAITING => {
                self.end(id, End::NotSent(ending::busy()));
            }
            State::Dialling { .. } | State::Up { .. } => {
                self.queue.push_back(Waiting { id, job, chances: Chances::default() });
                self.dismiss();
                self.pump();
            }
        }
    }

    fn is_under_way(&self, id: CallId) -> bool {
        self.flights.contains_key(&id) || self.queue.iter().any(|waiting| waiting.id == id)
    }

    /// Takes a call by hand, or says what is wrong with it.
    pub(super) fn by_hand(&mut self, id: CallId, tool: String, arguments: &str) {
        match ByHand::read(tool, arguments) {
            Ok(call) => self.enqueue(id, Job::ByHand(call)),
            Err(_) if self.is_under_way(id) => {}
            Err(fault) => self.end(id, End::Refused(fault)),
        }
    }

    /// Gives free places to those who wait, unless the server asked for a pause.
    pub(super) fn pump(&mut self) {
        if self.queue.is_empty() || self.is_held() || self.wish.is_some() || !self.is_trusted() {
            return;
        }
        while let State::Up { line, .. } = &self.state {
            if self.flights.len() >= IN_FLIGHT {
                return;
            }
            let line = Arc::clone(line);
            let Some(waiting) = self.queue.pop_front() else {
                return;
            };
            self.depart(line, waiting);
        }
    }

    fn depart(&mut self, line: Arc<W::Line>, waiting: Waiting) {
        let Waiting { id, job, chances } = waiting;
        let (kind, handover) = kind_of(&job, &*line);
        let since = Instant::now();
        let read = chances.limit(since, self.limits.read_call);
        let terms = Terms {
            read,
            write: self.limits.write_call,
            patience: Arc::clone(&self.patience),
            pins: self.accepted.pins.clone(),
        };
        let flight = flight::fly(line, job, terms, handover);
        let task = self.tasks.spawn(async move { Done::Flew(id, Box::new(flight.await)) });
        let generation = self.generation;
        self.flights.insert(id, Flight { task, generation, since, chances, kind });
    }

    pub(super) fn landed(&mut self, task: tokio::task::Id, id: CallId, flown: Flown) {
        let current = self.flights.get(&id).map(|flight| flight.task.id());
        if current != Some(task) {
            return;
        }
        let Some(flight) = self.flights.remove(&id) else {
            return;
        };
        let here = flight.generation == self.generation;
        match flown.landing {
            Landing::End(end) => {
                if here {
                    self.doubt_after(&end);
                }
                self.ended(id, flight, end);
            }
            Landing::Again(job, fault) => {
                self.again(id, flight.chances, job, &fault);
                self.renew_if(here, fault);
            }
            Landing::Outdated(job, fault) => self.again(id, flight.chances, job, &fault),
            Landing::Gone(end, fault) => {
                self.end(id, end);
                self.renew_if(here, fault);
            }
            Landing::Lost(end, fault) | Landing::SignIn(end, fault) => {
                self.end(id, end);
                if here && matches!(self.state, State::Up { .. }) {
                    self.lose(fault);
                }
            }
        }
        self.learn(flown.tried);
        self.pump();
    }

    fn again(&mut self, id: CallId, chances: Chances, job: Job, fault: &Fault) {
        match (chances.repeated, &self.state, job) {
            (false, State::Up { .. } | State::Dialling { .. }, job) => {
                let chances = Chances { repeated: true, ..chances };
                self.queue.push_front(Waiting { id, job, chances });
            }
            (true, _, Job::Read(_)) => self.end(id, End::Refused(fault.clone())),
            (_, _, Job::Read(_) | Job::Write(_) | Job::ByHand(_)) => {
                self.end(id, End::NotSent(fault.clone()));
            }
        }
    }

    pub(super) fn cancel(&mut self, id: CallId) {
        if let Some(at) = self.queue.iter().position(|waiting| waiting.id == id) {
            self.queue.remove(at);
            self.end(id, End::Cancelled);
            return;
        }
        let stoppable = self.flights.get(&id).is_some_and(|flight| flight.kind.stops());
        if stoppable {
            if let Some(flight) = self.flights.remove(&id) {
                flight.task.abort();
            }
            self.end(id, End::Cancelled);
            self.pump();
        }
    }

    /// A task of ours panicked: whatever it carried gets its end.
    pub(super) fn broke(&mut self, task: tokio::task::Id) {
        let fault = Fault::new(
            FaultKind::Protocol,
            "The reply could not be dealt with.",
            "Please report this with what was asked for.",
        );
        let carried = self.flights.iter().find(|(_, flight)| flight.task.id() == task).map(|(id, _)| *id);
        match (&self.state, carried) {
            (_, Some(id)) => {
                if let Some(flight) = self.flights.remove(&id) {
                    let end = flight.kind.broken_off(fault, End::Refused);
                    self.end(id, end);
                }
                self.pump();
            }
            (State::Dialling { task: dial, .. }, None) if dial.id() == task => {
                self.dialled(task, Err(fault), Ok(None));
            }
            (State::Up { watch: Some(watch), .. }, None) if watch.id() == task => self.lose(fault),
            _ => {
                if !self.signing_broke(task, Some(fault.clone())) && !self.examining_broke(task) {
                    self.checked(task, Some(News::Lost(fault)));
                }
            }
        }
    }
}

/// What a job is under way, and what says whether it has left.
fn kind_of<L: Line>(job: &Job, line: &L) -> (Kind, Arc<Handover>) {
    match job {
        Job::Read(call) => (Kind::Read(call.clone()), Arc::default()),
        Job::Write(_) => {
            let handover = Arc::new(Handover::default());
            (Kind::Write(Arc::clone(&handover)), handover)
        }
        Job::ByHand(call) => {
            let reads = call.reads(&line.offer());
            let handover = Arc::new(if reads { Handover::reading() } else { Handover::by_hand() });
            (Kind::ByHand { call: call.clone(), reads, handover: Arc::clone(&handover) }, handover)
        }
    }
}

impl Kind {
    /// Whether it is known to change nothing.
    pub(super) fn reads(&self) -> bool {
        match self {
            Self::Read(_) => true,
            Self::Write(_) => false,
            Self::ByHand { reads, .. } => *reads,
        }
    }

    /// What carries it once more, when it is known to change nothing.
    pub(super) fn read_again(self) -> Option<Job> {
        match self {
            Self::Read(call) => Some(Job::Read(call)),
            Self::ByHand { call, reads: true, .. } => Some(Job::ByHand(call)),
            Self::ByHand { .. } | Self::Write(_) => None,
        }
    }

    /// Whether it can be stopped so that nothing has happened. What can be is withdrawn by asking.
    fn stops(&self) -> bool {
        match self {
            Self::Write(handover) | Self::ByHand { reads: false, handover, .. } => handover.withdraw(),
            Self::Read(_) | Self::ByHand { .. } => true,
        }
    }

    /// How it ends when it is broken off: a read as `read` says, all others by whether they left.
    pub(super) fn broken_off(&self, fault: Fault, read: fn(Fault) -> End) -> End {
        match self {
            Self::Write(handover) | Self::ByHand { reads: false, handover, .. } => {
                flight::given_up(handover, fault)
            }
            Self::Read(_) | Self::ByHand { .. } => read(fault),
        }
    }
}

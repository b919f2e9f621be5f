//! The link's own life: dialling, going up, being lost, being renewed, closing.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::checking::Trust;
use super::{Done, State, Task, Waiting, Wish, ending};
use crate::domain::call::{End, Fault, FaultKind};
use crate::domain::link::Link;
use crate::session::memory::Pins;
use crate::session::wire::{Line as _, Wire};
use crate::session::{Request, retry};

/// A line that lasted this long was a good one: after its loss the back-off starts from the beginning.
const LASTED: Duration = Duration::from_secs(10);
/// A dial that lasts this long may hang: asking for a connection begins a new one.
const HANGS: Duration = Duration::from_secs(2);
/// New sessions in a row, on lines that did not last, before a forgotten session counts as a loss.
const RENEWALS: u32 = 3;

impl<W: Wire> Task<W> {
    /// Dials now.
    pub(super) fn dial(&mut self) {
        self.attempt = self.attempt.saturating_add(1);
        let wire = Arc::clone(&self.wire);
        let limit = self.limits.dial;
        let (patience, memory) = (Arc::clone(&self.patience), self.accepted.memory.clone());
        let task = self.tasks.spawn(async move {
            let (dialled, loaded) = tokio::join!(patience.within(limit, wire.dial()), memory.load());
            let dialled = dialled.unwrap_or_else(|| Err(ending::no_session(wire.host(), limit)));
            Done::Dialled(dialled, loaded)
        });
        self.state = State::Dialling { task, since: Instant::now() };
        self.tell(Link::Connecting { attempt: self.attempt });
    }

    /// A dial ended: `task` says which. What another than the present one brought is let go.
    pub(super) fn dialled(
        &mut self,
        task: tokio::task::Id,
        result: Result<W::Line, Fault>,
        loaded: Result<Option<Pins>, String>,
    ) {
        let present = matches!(&self.state, State::Dialling { task: dial, .. } if dial.id() == task);
        match result {
            Ok(line) if !present => self.hang_up(Arc::new(line)),
            Err(_) if !present => {}
            Ok(line) => {
                let line = Arc::new(line);
                self.generation += 1;
                self.state = State::Up { watch: None, line, since: Instant::now() };
                self.trust = Trust::Full;
                self.listen();
                self.remembered(loaded);
                self.first_sight();
                self.tell_up();
                self.pump();
            }
            Err(fault) => self.down(fault),
        }
    }

    /// The connection is gone: everything under way ends, and the next dial is planned.
    pub(super) fn lose(&mut self, fault: Fault) {
        self.forget_line();
        self.end_flights(&fault);
        self.down(fault);
    }

    /// Ends everything under way: reads as not sent, writes by whether they left.
    pub(super) fn end_flights(&mut self, fault: &Fault) {
        for (id, flight) in std::mem::take(&mut self.flights) {
            flight.task.abort();
            let end = flight.kind.broken_off(fault.clone(), End::NotSent);
            self.end(id, end);
        }
    }

    /// Stops watching the present line and judges by its age whether the back-off goes on from where it was.
    pub(super) fn forget_line(&mut self) {
        self.withdraw_questions();
        if let Trust::Asking(asking) = std::mem::replace(&mut self.trust, Trust::Full) {
            asking.abort();
        }
        if let State::Up { watch, since, .. } = &self.state {
            if let Some(watch) = watch {
                watch.abort();
            }
            if since.elapsed() >= LASTED {
                self.attempt = 0;
                self.renewals = 0;
            }
        }
    }

    pub(super) fn down(&mut self, mut fault: Fault) {
        self.hide(&mut fault);
        let hopeless = matches!(fault.kind, FaultKind::SignIn | FaultKind::Forbidden | FaultKind::Version);
        let left = self.held.map(|until| until.saturating_duration_since(Instant::now()));
        let pause = retry::pause(self.attempt, self.seed, fault.wait).max(left.unwrap_or_default());
        let pause = (!hopeless).then_some(pause);
        let next = pause.map(|pause| Instant::now() + pause);
        for waiting in std::mem::take(&mut self.queue) {
            let refused = ending::offline(&fault, next);
            self.end(waiting.id, End::NotSent(refused));
        }
        self.state = State::Down { fault: fault.clone(), next };
        self.tell(Link::Down {
            fault,
            retry_in: pause.map(|pause| u64::try_from(pause.as_millis()).unwrap_or(u64::MAX)),
        });
    }

    /// The server forgot the session: a new one is opened at once. Calls still under way keep the old line until they
    /// end by themselves. A server that forgets again and again is treated as lost.
    pub(super) fn renew_if(&mut self, here: bool, fault: Fault) {
        if !here || !matches!(self.state, State::Up { .. }) {
            return;
        }
        self.forget_line();
        self.renewals += 1;
        if self.renewals > RENEWALS {
            self.lose(fault);
        } else {
            self.dial();
        }
    }

    /// The user wants a connection now.
    pub(super) fn reconnect(&mut self) {
        match &self.state {
            State::Down { .. } if self.is_signing_out() => self.wish = Some(Wish::Redial),
            State::Up { .. } if self.writing() => {}
            State::Dialling { since, .. } if since.elapsed() < HANGS => {}
            State::Up { .. } | State::Down { .. } | State::Dialling { .. } | State::Closed => self.redial(),
        }
    }

    /// Opens a new session now, whatever there was. No write is under way.
    pub(super) fn redial(&mut self) {
        match &self.state {
            State::Down { .. } => {
                self.attempt = 0;
                self.renewals = 0;
                self.dial();
            }
            State::Dialling { task, .. } => {
                task.abort();
                self.attempt = 0;
                self.dial();
            }
            State::Up { line, .. } => {
                let line = Arc::clone(line);
                self.forget_line();
                self.recall_reads();
                self.hang_up(line);
                self.attempt = 0;
                self.dial();
            }
            State::Closed => {}
        }
    }

    pub(super) fn writing(&self) -> bool {
        self.flights.values().any(|flight| !flight.kind.reads())
    }

    /// Puts the reads under way back to the front of the queue, in their order.
    fn recall_reads(&mut self) {
        for (id, flight) in std::mem::take(&mut self.flights).into_iter().rev() {
            flight.task.abort();
            if let Some(job) = flight.kind.read_again() {
                self.queue.push_front(Waiting { id, job, chances: flight.chances });
            }
        }
    }

    fn hang_up(&mut self, line: Arc<W::Line>) {
        let limit = self.limits.close;
        self.tasks.spawn(async move {
            let _ = timeout(limit, line.close()).await;
            Done::Closed
        });
    }

    /// Ends everything, politely to the server. That it is closed is said when that is done.
    pub(super) fn close(&mut self) {
        if matches!(self.state, State::Closed) {
            return;
        }
        let fault = ending::closed();
        self.forget_line();
        let before = std::mem::replace(&mut self.state, State::Closed);
        self.end_flights(&fault);
        for waiting in std::mem::take(&mut self.queue) {
            self.end(waiting.id, End::NotSent(fault.clone()));
        }
        self.give_up_signing();
        self.settle();
        self.send_doctor_away();
        self.requests.close();
        while let Ok(request) = self.requests.try_recv() {
            self.take_closed(&request);
        }
        match before {
            State::Up { line, .. } => self.hang_up(line),
            State::Dialling { task, .. } => task.abort(),
            State::Down { .. } | State::Closed => {}
        }
    }

    fn take_closed(&mut self, request: &Request) {
        match request {
            Request::Ask { id, .. } | Request::Write { id, .. } | Request::ByHand { id, .. } => {
                self.end(*id, End::NotSent(ending::closed()));
            }
            Request::Cancel(_)
            | Request::Reconnect
            | Request::Close
            | Request::SignIn
            | Request::Redirected(_)
            | Request::GiveUpSignIn
            | Request::SignOut
            | Request::Answer(..)
            | Request::AcceptTools(_)
            | Request::Explain(..)
            | Request::Examine => {}
        }
    }
}

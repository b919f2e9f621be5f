//! One turn of the loop: what happens next, and who deals with it. Owns the order in which things are heard.

use tokio::time::{Instant, sleep_until};

use super::{Done, Joined, State, Task, UNREAD};
use crate::domain::link::Link;
use crate::session::Request;
use crate::session::flight::Job;
use crate::session::wire::Wire;

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

impl<W: Wire> Task<W> {
    /// Waits for one thing and deals with it. False when there is nothing left to do.
    pub(super) async fn turn(&mut self) -> bool {
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
            Request::GiveUpSignIn => self.give_up_sign_in(),
            Request::SignOut => self.sign_out(),
            Request::Answer(id, reply) => self.answer(id, reply),
            Request::Examine => self.examine(),
            Request::Explain(number, call) => self.explain(number, &call),
            Request::AcceptTools(shown) => self.accept_tools(&shown),
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
}

/// The earlier of two moments that there are.
fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    one.into_iter().chain(other).min()
}

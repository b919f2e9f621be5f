//! A sign-in or sign-out under way beside the calls: its steps become reports, in order and none lost; at its end the link
//! follows. Refuses to know how anybody signs in.

use std::sync::Arc;

use futures::future::BoxFuture;
use secrecy::SecretString;
use tokio::task::AbortHandle;
use tokio::time::timeout;

use super::aside::Aside;
use super::{Done, State, Task, Wish, ending};
use crate::domain::account::{Standing, Step};
use crate::domain::call::{Fault, Report};
use crate::domain::text::Clean;
use crate::session::auth::{Account, Listener};
use crate::session::patience::Patience;
use crate::session::wire::{Line as _, Wire};

/// As whom the session's wire goes; a script in tests.
pub(super) trait Keeper: Send + Sync + 'static {
    fn listen(&self, listener: Listener);
    fn sign_in(&self) -> BoxFuture<'_, Result<(), Fault>>;
    fn sign_out(&self) -> BoxFuture<'_, Result<(), Fault>>;
    fn redirected(&self, address: &SecretString);
    fn standing(&self) -> Standing;
}

impl Keeper for Account {
    fn listen(&self, listener: Listener) {
        self.listen(listener);
    }

    fn sign_in(&self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(self.sign_in())
    }

    fn sign_out(&self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(self.sign_out())
    }

    fn redirected(&self, address: &SecretString) {
        self.redirected(address);
    }

    fn standing(&self) -> Standing {
        self.standing()
    }
}

/// What is under way with the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    In,
    Out,
}

/// The account, and what is under way with it.
pub(super) struct Signing {
    account: Option<Arc<dyn Keeper>>,
    steps: Arc<Aside<Step>>,
    under_way: Option<(Work, AbortHandle)>,
    /// What begins when that has ended.
    next: Option<Work>,
    /// The end of the sign-in under way was told.
    told: bool,
}

impl Signing {
    /// Listens to the account from now on.
    pub(super) fn new(account: Option<Arc<dyn Keeper>>, patience: &Arc<Patience>) -> Self {
        let steps = Arc::<Aside<Step>>::default();
        if let Some(account) = &account {
            account.listen(listener(&steps, Arc::clone(patience)));
        }
        Self { account, steps, under_way: None, next: None, told: false }
    }

    /// Waits for a step.
    pub(super) async fn arrived(&self) {
        self.steps.arrived().await;
    }

    fn is_under_way(&self, task: tokio::task::Id) -> bool {
        self.under_way.as_ref().is_some_and(|(_, work)| work.id() == task)
    }
}

/// Puts steps aside for the task; holds nothing of it once it is gone.
fn listener(steps: &Arc<Aside<Step>>, patience: Arc<Patience>) -> Listener {
    let steps = Arc::downgrade(steps);
    Arc::new(move |step| {
        let Some(steps) = steps.upgrade() else { return };
        patience.signing(!is_last(&step));
        steps.put(step);
    })
}

fn is_last(step: &Step) -> bool {
    match step {
        Step::Done(_) | Step::Failed(_) => true,
        Step::Discovering | Step::Registering | Step::Browser { .. } | Step::Stray(_) | Step::Exchanging => {
            false
        }
    }
}

impl<W: Wire> Task<W> {
    /// Signs in with the browser. One that is under way is given up for the new one.
    pub(super) fn sign_in(&mut self) {
        match &self.signing.under_way {
            Some((work, task)) => {
                if *work == Work::In {
                    task.abort();
                }
                self.signing.next = Some(Work::In);
            }
            None => self.begin(),
        }
    }

    /// Nobody waits for the sign-in any more.
    pub(super) fn give_up_sign_in(&mut self) {
        self.signing.next.take_if(|next| *next == Work::In);
        if let Some((Work::In, task)) = &self.signing.under_way {
            task.abort();
        }
    }

    /// Forgets the sign-in, once no write is under way.
    pub(super) fn sign_out(&mut self) {
        match &self.signing.under_way {
            Some((Work::In, task)) => {
                task.abort();
                self.signing.next = Some(Work::Out);
            }
            Some((Work::Out, _)) => self.signing.next = None,
            None => self.wish = Some(Wish::SignOut),
        }
    }

    pub(super) fn redirected(&self, address: &SecretString) {
        if let Some(account) = &self.signing.account {
            account.redirected(address);
        }
    }

    fn begin(&mut self) {
        let Some(account) = self.signing.account.clone() else {
            self.outbox.push_back(Report::SignIn(Step::Failed(ending::no_account())));
            return;
        };
        self.signing.told = false;
        let task = self.tasks.spawn(async move { Done::Signed(Work::In, account.sign_in().await) });
        self.signing.under_way = Some((Work::In, task));
    }

    /// Steps became reports.
    pub(super) fn steps(&mut self) {
        for step in self.signing.steps.take() {
            self.signing.told |= is_last(&step);
            self.outbox.push_back(Report::SignIn(step));
        }
    }

    pub(super) fn signed(&mut self, work: Work, result: Result<(), Fault>) {
        self.steps();
        self.signing.under_way = None;
        match (work, result) {
            (Work::In, Ok(())) => {
                let standing = self.signing.account.as_ref().map(|account| account.standing());
                self.last_step(Step::Done(standing.unwrap_or_default()));
                self.forgive();
                self.wish = Some(Wish::Redial);
            }
            (Work::In, Err(fault)) => self.last_step(Step::Failed(fault)),
            (Work::Out, result) => self.signed_out(result),
        }
        self.go_on();
    }

    fn last_step(&mut self, step: Step) {
        if !std::mem::replace(&mut self.signing.told, true) {
            self.patience.signing(false);
            self.outbox.push_back(Report::SignIn(step));
        }
    }

    fn go_on(&mut self) {
        if let Some(next) = self.signing.next.take().filter(|_| !matches!(self.state, State::Closed)) {
            match next {
                Work::In => self.begin(),
                Work::Out => self.wish = Some(Wish::SignOut),
            }
        }
    }

    /// The task of a sign-in was given up, or broke: `fault` says how. False when it was none.
    pub(super) fn signing_broke(&mut self, task: tokio::task::Id, fault: Option<Fault>) -> bool {
        if !self.signing.is_under_way(task) {
            return false;
        }
        self.steps();
        self.patience.signing(false);
        let begins_anew = self.signing.next == Some(Work::In);
        match (&self.signing.under_way, fault) {
            (Some((Work::In, _)), None) if begins_anew => {}
            (Some((Work::In, _)), fault) => {
                self.last_step(Step::Failed(fault.unwrap_or_else(ending::given_up)));
            }
            (Some((Work::Out, _)) | None, _) => {}
        }
        self.signing.under_way = None;
        self.go_on();
        true
    }

    /// Ends the link, and the server's session while it still knows us, then forgets the sign-in. No write is under way.
    fn sign_out_now(&mut self) {
        let Some(account) = self.signing.account.clone() else {
            let words = ending::no_account().sentence;
            self.outbox.push_back(Report::Message(Clean::line("warning"), words));
            self.pump();
            return;
        };
        self.forget_line();
        let before = std::mem::replace(&mut self.state, State::Closed);
        let fault = ending::signed_out();
        self.end_flights(&fault);
        self.attempt = 0;
        self.down(fault);
        let line = match before {
            State::Up { line, .. } => Some(line),
            State::Dialling { task, .. } => {
                task.abort();
                None
            }
            State::Down { .. } | State::Closed => None,
        };
        let (polite, limit) = (self.limits.close, self.limits.dial);
        let task = self.tasks.spawn(async move {
            if let Some(line) = line {
                let _ = timeout(polite, line.close()).await;
            }
            let result = timeout(limit, account.sign_out()).await;
            Done::Signed(Work::Out, result.unwrap_or_else(|_| Err(ending::not_revoked())))
        });
        self.signing.under_way = Some((Work::Out, task));
    }

    fn signed_out(&mut self, result: Result<(), Fault>) {
        if let Err(mut fault) = result {
            self.hide(&mut fault);
            self.outbox.push_back(Report::Message(Clean::line("warning"), fault.sentence));
        }
    }

    /// Does what had to wait until no write was under way.
    pub(super) fn fulfil(&mut self) {
        if self.wish.is_none() || self.is_signing_out() || self.writing() {
            return;
        }
        match (self.wish.take(), &self.state) {
            (None, _) | (_, State::Closed) => {}
            (Some(Wish::SignOut), _) => self.sign_out_now(),
            (Some(Wish::Redial), _) => self.redial(),
        }
    }

    /// Whether a sign-in is being forgotten: nothing is dialled until then.
    pub(super) fn is_signing_out(&self) -> bool {
        matches!(self.signing.under_way, Some((Work::Out, _)))
    }

    /// Nobody waits for a sign-in any more; a sign-out has as long as the polite end of a session.
    pub(super) fn give_up_signing(&mut self) {
        self.signing.next = None;
        let Some((work, task)) = &self.signing.under_way else { return };
        if *work == Work::In {
            task.abort();
            return;
        }
        let (task, limit) = (task.clone(), self.limits.close);
        self.tasks.spawn(async move {
            tokio::time::sleep(limit).await;
            task.abort();
            Done::Closed
        });
    }
}

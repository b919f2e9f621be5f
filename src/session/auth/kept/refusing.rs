//! What to do when the server refuses: use what changed meanwhile, renew, sign in, or say what a person can do. Owns the
//! limits that keep any of it from going round in circles.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::Kept;
use crate::domain::account::Origin;
use crate::domain::call::Fault;
use crate::session::auth::challenge::{self, Challenge};
use crate::session::auth::signing::{self, Wish};
use crate::session::auth::tokens::Tokens;
use crate::session::auth::{Authorization, faults, renewing, scopes};

/// Sign-ins in a row that a refusal may start by itself.
const MOST_ATTEMPTS: u32 = 3;
/// After so long a sign-in is not "in a row" any more.
const ROW: Duration = Duration::from_secs(10 * 60);
/// A token refused so soon after it was renewed may have been ended meanwhile, and is renewed once more; the one that comes
/// of that is not.
const FRESH: Duration = Duration::from_secs(30);

impl Kept {
    /// The server refused what was sent.
    pub(in crate::session::auth) async fn challenged(
        self: &Arc<Self>,
        status: u16,
        headers: &HeaderMap,
        sent: Option<&Authorization>,
    ) -> Result<(), Fault> {
        let challenge = challenge::read(headers).unwrap_or_default();
        self.state().heard = Some((challenge.clone(), status == 403));
        let current = self.tokens().await;
        if differs(current.as_deref(), sent) {
            return Ok(());
        }
        let current = self.reread(current.as_deref()).await;
        if differs(current.as_deref(), sent) {
            return Ok(());
        }
        match current {
            Some(tokens) if status == 403 => self.step_up(challenge, &tokens, sent).await,
            Some(tokens) => self.renew_or_sign_in(challenge, &tokens, sent).await,
            None => self.sign_in_at_once(Wish::of(challenge), sent, faults::wanted(&self.host())).await,
        }
    }

    async fn renew_or_sign_in(
        self: &Arc<Self>,
        challenge: Challenge,
        tokens: &Arc<Tokens>,
        sent: Option<&Authorization>,
    ) -> Result<(), Fault> {
        if tokens.renews() && self.may_renew(tokens) && self.renewed_again(tokens).await? {
            return Ok(());
        }
        self.give_up_remote(tokens);
        self.sign_in_at_once(Wish::of(challenge), sent, faults::ended(&self.host())).await
    }

    /// More scopes are wanted. What was asked for once and not granted is not asked for again.
    async fn step_up(
        self: &Arc<Self>,
        challenge: Challenge,
        tokens: &Tokens,
        sent: Option<&Authorization>,
    ) -> Result<(), Fault> {
        let fault = faults::scope(&self.host(), &challenge.scopes);
        let prior = scopes::union(&tokens.asked, &tokens.scopes);
        let is_new = challenge.scopes.iter().any(|scope| !prior.contains(scope));
        if !is_new || !(challenge.wants_scope() || challenge.error.is_none()) {
            return Err(fault);
        }
        self.sign_in_at_once(Wish { challenge: Some(challenge), prior }, sent, fault).await
    }

    /// Signs in where that was allowed; one for all who want it. Goes on when the caller does not wait any more.
    async fn sign_in_at_once(
        self: &Arc<Self>,
        wish: Wish,
        sent: Option<&Authorization>,
        fault: Fault,
    ) -> Result<(), Fault> {
        if !self.options.at_once {
            return Err(fault);
        }
        let (kept, sent) = (Arc::clone(self), sent.cloned());
        let failures = self.state().failures;
        let (pass, passed) = oneshot::channel();
        let signing = tokio::spawn(async move {
            let _turn = kept.signing.lock().await;
            kept.state().by_itself = passed.await.ok();
            let ended = kept.sign_in_in_turn(wish, sent.as_ref(), failures).await;
            kept.state().by_itself = None;
            ended
        });
        let _ = pass.send(signing.abort_handle());
        signing.await.unwrap_or_else(|_| Err(faults::local("This sign-in gave way to a newer one.")))
    }

    /// Of several processes one opens a browser; the others wait and use what came of it.
    async fn sign_in_in_turn(
        &self,
        wish: Wish,
        sent: Option<&Authorization>,
        failures: u64,
    ) -> Result<(), Fault> {
        let is_done = || differs(self.state().tokens.as_deref(), sent);
        if is_done() {
            return Ok(());
        }
        let _turn = self.store.browser_turn().await?;
        let seen = self.tokens().await;
        self.reread(seen.as_deref()).await;
        if is_done() {
            return Ok(());
        }
        self.begin(failures)?;
        let ended = signing::sign_in(self, wish).await;
        // Signed in but not kept on disk is signed in.
        if is_done() { Ok(()) } else { ended }
    }

    /// Whether one more sign-in may start by itself. Who waited for one that failed shares its failure.
    fn begin(&self, failures: u64) -> Result<(), Fault> {
        let mut state = self.state();
        if let Some(fault) = state.failure.clone().filter(|_| state.failures != failures) {
            return Err(fault);
        }
        if state.last_attempt.is_none_or(|last| last.elapsed() > ROW) {
            state.attempts = 0;
        }
        if state.attempts >= MOST_ATTEMPTS {
            return Err(faults::useless(&self.host()));
        }
        state.attempts += 1;
        state.last_attempt = Some(Instant::now());
        Ok(())
    }

    /// A sign-in failed. After a person declined it none starts by itself for a while.
    pub(in crate::session::auth) fn failed(&self, fault: &Fault, declined: bool) {
        let mut state = self.state();
        state.failures += 1;
        state.failure = Some(fault.clone());
        if declined {
            state.attempts = MOST_ATTEMPTS;
            state.last_attempt = Some(Instant::now());
        }
    }

    /// Whether renewing these may help. Callers that were refused at once all may: one renews for all of them.
    fn may_renew(&self, tokens: &Tokens) -> bool {
        !self.is_fresh(tokens) || self.state().hurried.is_none_or(|at| at.elapsed() >= FRESH)
    }

    /// Renews what was refused; true when there is something new. A hurry that came to nothing, for the server could not be
    /// asked, does not count.
    async fn renewed_again(self: &Arc<Self>, tokens: &Arc<Tokens>) -> Result<bool, Fault> {
        let hurries = self.is_fresh(tokens);
        let renewed = renewing::renewed(self, tokens).await?;
        if hurries {
            self.state().hurried = Some(Instant::now());
        }
        Ok(renewed.is_some())
    }

    fn is_fresh(&self, tokens: &Tokens) -> bool {
        let renewed = &self.state().renewed;
        renewed.as_ref().is_some_and(|(access, at)| *access == tokens.access && at.elapsed() < FRESH)
    }

    /// A refused token of mcp-remote's is not tried again.
    fn give_up_remote(&self, tokens: &Tokens) {
        let mut state = self.state();
        if state.origin == Origin::McpRemote {
            state.refused = Some(tokens.access.clone());
            state.tokens = None;
            state.origin = Origin::None;
        }
    }
}

/// Whether there is something else to send than what was sent.
fn differs(tokens: Option<&Tokens>, sent: Option<&Authorization>) -> bool {
    let now = tokens.and_then(Tokens::authorization);
    now.is_some() && now.as_ref() != sent
}

//! A sign-in that is kept on this machine: the tokens in hand, what was heard of the server, and what to do when it refuses.
//! Owns that state; how tokens are renewed, fetched and given up stands in the files beside it.

mod refusing;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::challenge::Challenge;
use super::net::Net;
use super::signing::{self, Wish};
use super::store::Store;
use super::tokens::Tokens;
use super::{Authorization, Listener, Options, addresses, clock, faults, remote, renewing, scopes};
use crate::domain::account::{Origin, Standing, Step};
use crate::domain::call::Fault;
use crate::domain::text::Clean;
use crate::domain::time::Unix;

/// An account with its state.
pub(super) struct Kept {
    pub(super) options: Options,
    pub(super) net: Net,
    pub(super) store: Store,
    /// Held by the one who renews.
    pub(super) renewing: tokio::sync::Mutex<()>,
    /// Held by the one who signs in.
    pub(super) signing: tokio::sync::Mutex<()>,
    loading: tokio::sync::Mutex<()>,
    state: Mutex<State>,
    listener: Mutex<Option<Listener>>,
    pasting: Mutex<Option<mpsc::Sender<SecretString>>>,
}

#[derive(Default)]
struct State {
    is_loaded: bool,
    tokens: Option<Arc<Tokens>>,
    origin: Origin,
    /// What the server last said it wants, and whether that is more than we have.
    heard: Option<(Challenge, bool)>,
    /// A token of mcp-remote's that was refused.
    refused: Option<String>,
    /// mcp-remote's sign-in is not used any more.
    ignores_remote: bool,
    renewed: Option<(String, Instant)>,
    /// When a token that had just come by renewing was refused and renewed once more.
    hurried: Option<Instant>,
    attempts: u32,
    last_attempt: Option<Instant>,
    /// Sign-ins that failed, and how the last one did.
    failures: u64,
    failure: Option<Fault>,
    /// The sign-in that a refusal began and that waits for a person.
    by_itself: Option<AbortHandle>,
}

impl Kept {
    pub(super) fn new(options: Options) -> Self {
        let secrets = options.tap.secrets().clone();
        let store =
            Store::new(&options.name, &options.endpoint, options.folder.clone(), options.keyring, secrets);
        Self {
            net: Net::new(options.tap.clone(), options.limits.clone()),
            store,
            renewing: tokio::sync::Mutex::default(),
            signing: tokio::sync::Mutex::default(),
            loading: tokio::sync::Mutex::default(),
            state: Mutex::default(),
            listener: Mutex::default(),
            pasting: Mutex::default(),
            options,
        }
    }

    /// Host and port of the endpoint, for sentences.
    pub(super) fn host(&self) -> String {
        addresses::host(&self.options.endpoint)
    }

    /// What to send now. With a token that lasts nothing is asked of anybody.
    pub(super) async fn authorization(self: &Arc<Self>) -> Result<Option<Authorization>, Fault> {
        let Some(tokens) = self.tokens().await else { return Ok(None) };
        if !tokens.is_due(clock::now()) || !tokens.renews() {
            return Ok(tokens.authorization());
        }
        match renewing::renewed(self, &tokens).await {
            Ok(Some(renewed)) => Ok(renewed.authorization()),
            Ok(None) => Ok(self.tokens().await.and_then(|tokens| tokens.authorization())),
            // It can be used for a little longer, and the next call tries again.
            Err(_) if !tokens.is_over(clock::now()) => Ok(tokens.authorization()),
            Err(fault) => Err(fault),
        }
    }

    /// Signs in because a person asked for it.
    pub(super) async fn sign_in(self: &Arc<Self>) -> Result<(), Fault> {
        let tokens = self.tokens().await;
        // Whoever asks now does not want to wait for a page that was lost or closed.
        if let Some(earlier) = self.state().by_itself.take() {
            earlier.abort();
        }
        let _turn = self.signing.lock().await;
        let heard = {
            let mut state = self.state();
            state.attempts = 0;
            state.heard.clone()
        };
        let wants_more = heard.as_ref().is_some_and(|(_, wants_more)| *wants_more);
        let prior = tokens.filter(|_| wants_more);
        let prior = prior.map(|tokens| scopes::union(&tokens.asked, &tokens.scopes)).unwrap_or_default();
        signing::sign_in(self, Wish { challenge: heard.map(|(challenge, _)| challenge), prior }).await
    }

    /// Keeps a token that a person typed.
    pub(super) async fn keep_token(&self, token: &SecretString) -> Result<(), Fault> {
        let token = token.expose_secret().trim();
        self.options.tap.secrets().learn(token);
        let tokens = Tokens::plain(token.to_owned(), clock::now(), None);
        if token.is_empty() || tokens.authorization().is_none() {
            let hint = "Copy it again, without line breaks.";
            return Err(faults::refused_because("This is no token: it cannot be sent.", hint));
        }
        self.adopt(tokens).await
    }

    /// Keeps new tokens and uses them from now on.
    pub(super) async fn adopt(&self, tokens: Tokens) -> Result<(), Fault> {
        let _turn = self.renewing.lock().await;
        let copy = tokens.clone();
        let saved = self.store.change(move |record| {
            let issuer = copy.grant.as_ref().map(|grant| grant.issuer.clone()).unwrap_or_default();
            for one in record.registrations.iter_mut().filter(|one| one.issuer == issuer) {
                one.unfinished = false;
            }
            record.tokens = Some(copy);
        });
        let saved = saved.await;
        self.set(Some(tokens), saved.as_ref().copied().unwrap_or_default());
        self.state().heard = None;
        saved.map(|_| ())
    }

    /// The tokens in hand; read from where they are kept the first time.
    pub(super) async fn tokens(&self) -> Option<Arc<Tokens>> {
        let _turn = self.loading.lock().await;
        if self.state().is_loaded {
            return self.state().tokens.clone();
        }
        self.load().await
    }

    /// The tokens as another process may have left them, unless they changed here since `seen`.
    pub(super) async fn reread(&self, seen: Option<&Tokens>) -> Option<Arc<Tokens>> {
        let _turn = self.loading.lock().await;
        let now = self.state().tokens.clone();
        if now.as_deref().map(|tokens| &tokens.access) != seen.map(|tokens| &tokens.access) {
            return now;
        }
        self.load().await
    }

    async fn load(&self) -> Option<Arc<Tokens>> {
        let (record, origin) = self.store.load().await;
        if record.tokens.is_some() {
            return self.set(record.tokens, origin);
        }
        let tokens = self.of_remote().await;
        let origin = if tokens.is_some() { Origin::McpRemote } else { Origin::None };
        self.set(tokens, origin)
    }

    async fn of_remote(&self) -> Option<Tokens> {
        let folder = self.options.mcp_remote.clone().filter(|_| !self.state().ignores_remote)?;
        let endpoint = self.options.endpoint.clone();
        let found = tokio::task::spawn_blocking(move || remote::find(&folder, &endpoint, clock::now()));
        let tokens = found.await.ok().flatten()?;
        self.options.tap.secrets().learn(&tokens.access);
        (self.state().refused.as_ref() != Some(&tokens.access)).then_some(tokens)
    }

    /// Uses these from now on.
    pub(super) fn set(&self, tokens: Option<Tokens>, origin: Origin) -> Option<Arc<Tokens>> {
        let mut state = self.state();
        state.is_loaded = true;
        state.tokens = tokens.map(Arc::new);
        state.origin = if state.tokens.is_some() { origin } else { Origin::None };
        state.tokens.clone()
    }

    /// Notes that these came by renewing just now.
    pub(super) fn note_renewed(&self, access: &str) {
        self.state().renewed = Some((access.to_owned(), Instant::now()));
    }

    /// Nothing is kept any more, and mcp-remote's sign-in does not step in.
    pub(super) fn forget(&self) {
        let mut state = self.state();
        *state = State { is_loaded: true, ignores_remote: true, ..State::default() };
    }

    /// How we stand; before anything was read, by the index.
    pub(super) fn standing(&self) -> Standing {
        let state = self.state();
        if !state.is_loaded {
            drop(state);
            return self.store.standing();
        }
        let Some(tokens) = &state.tokens else { return Standing::default() };
        Standing {
            origin: state.origin,
            since: Some(Unix(tokens.since)),
            until: tokens.expires.map(Unix),
            renews: tokens.renews(),
            scopes: tokens.scopes.iter().map(|scope| Clean::line(scope)).collect(),
            issuer: tokens.grant.as_ref().map(|grant| Clean::line(&grant.issuer)).unwrap_or_default(),
        }
    }

    /// Tells a step.
    pub(super) fn tell(&self, step: Step) {
        let listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(listener) = listener {
            listener(step);
        }
    }

    /// Steps go to this listener from now on.
    pub(super) fn listen(&self, listener: Listener) {
        *self.listener.lock().unwrap_or_else(PoisonError::into_inner) = Some(listener);
    }

    /// A sign-in waits for a pasted address.
    pub(super) fn take_pasted(&self) -> mpsc::Receiver<SecretString> {
        let (sender, receiver) = mpsc::channel(1);
        *self.pasting.lock().unwrap_or_else(PoisonError::into_inner) = Some(sender);
        receiver
    }

    /// A person pasted an address. When no sign-in waits for one, nothing happens.
    pub(super) fn redirected(&self, address: &SecretString) {
        if let Some(sender) = &*self.pasting.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = sender.try_send(address.clone());
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

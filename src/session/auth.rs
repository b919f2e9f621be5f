//! Who we are to one server: where the token comes from, how it is renewed, and how a person signs in. Owns every secret of
//! a sign-in; refuses to know which calls need it. A token goes to the origin of its endpoint and to nobody else.

use std::sync::Arc;

use http::{HeaderMap, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

use super::StartError;
use super::secrets::Secrets;
use crate::domain::account::{Origin, Standing, Step};
use crate::domain::call::{Fault, FaultKind};

/// Opens addresses for a person. The runtime and the command line bring their own.
pub trait Browser: Send + Sync {
    /// Starts the browser without waiting for it; false when there is none.
    fn open(&self, address: &str) -> bool;
}

/// What goes into `Authorization`. Its value is never shown; two are equal when their values are.
#[derive(Clone, PartialEq, Eq)]
pub struct Authorization(HeaderValue);

impl std::fmt::Debug for Authorization {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Authorization")
    }
}

impl Authorization {
    /// The header's value, marked as sensitive.
    pub(crate) fn value(&self) -> HeaderValue {
        self.0.clone()
    }
}

/// Who we are to one server. Clones share everything.
#[derive(Clone)]
pub struct Account(Arc<Inner>);

struct Inner {
    fixed: Option<Authorization>,
    standing: Standing,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Account")
    }
}

impl Account {
    /// Nobody: no `Authorization` is sent.
    pub fn nobody() -> Self {
        Self(Arc::new(Inner { fixed: None, standing: Standing::default() }))
    }

    /// A bearer token that is never renewed.
    ///
    /// # Errors
    /// When it has characters that no header can carry.
    pub fn bearer(token: &SecretString, secrets: &Secrets) -> Result<Self, StartError> {
        secrets.learn(token.expose_secret());
        let value = format!("Bearer {}", token.expose_secret().trim());
        let mut value = HeaderValue::from_str(&value).map_err(|_| StartError::Token)?;
        value.set_sensitive(true);
        let standing = Standing { origin: Origin::Environment, ..Standing::default() };
        Ok(Self(Arc::new(Inner { fixed: Some(Authorization(value)), standing })))
    }

    /// What to send now; renewed first when it is about to end.
    pub(crate) async fn authorization(&self) -> Result<Option<Authorization>, Fault> {
        std::future::ready(Ok(self.0.fixed.clone())).await
    }

    /// The server answered 401, or 403 for want of scope, to what was sent. When this succeeds, sending once more is worth
    /// it; the fault says what the person can do.
    pub(crate) async fn challenged(
        &self,
        _status: u16,
        _headers: &HeaderMap,
        _sent: Option<&Authorization>,
    ) -> Result<(), Fault> {
        let fault = Fault::new(FaultKind::SignIn, "The sign-in was refused.", "Sign in again.");
        std::future::ready(Err(fault)).await
    }

    /// Signs in with the browser.
    pub async fn sign_in(&self, _tell: &(dyn Fn(Step) + Send + Sync)) -> Result<(), Fault> {
        let fault = Fault::new(FaultKind::SignIn, "There is no way to sign in here.", "");
        std::future::ready(Err(fault)).await
    }

    /// How we stand.
    pub fn standing(&self) -> Standing {
        self.0.standing.clone()
    }
}

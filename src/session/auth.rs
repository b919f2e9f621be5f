//! Who we are to one server: where the token comes from, how it is renewed, and how a person signs in. Owns every secret of
//! a sign-in; refuses to know which calls need it. A token goes to the origin of its endpoint and to nobody else.

mod addresses;
mod callback;
mod challenge;
mod clock;
mod discovery;
mod exchange;
mod faults;
mod kept;
mod leaving;
mod net;
mod pkce;
mod registration;
mod remote;
mod renewing;
mod scopes;
mod signing;
mod store;
#[cfg(test)]
mod tests;
mod tokens;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use http::{HeaderMap, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::secrets::Secrets;
use super::tap::Tap;
use super::{Limits, StartError};
use crate::domain::account::{Origin, Row, Standing, Step};
use crate::domain::call::Fault;
use kept::Kept;

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
pub struct Account(Way);

/// Where what is sent comes from.
#[derive(Clone)]
enum Way {
    /// Nothing is sent.
    Nobody,
    /// A value that is never renewed, and the variable it stands in.
    Fixed(Authorization, Arc<str>),
    /// A sign-in of this machine.
    Kept(Arc<Kept>),
}

/// The variables that a token may stand in.
const VARIABLES: &str = "INTERCOM_ACCESS_TOKEN or SWITCHBOARD_TOKEN";
/// The variable that holds the whole header, as the bridge has it.
const HEADER: &str = "INTERCOM_AUTH_HEADER";

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Account")
    }
}

impl Account {
    /// Nobody: no `Authorization` is sent.
    pub fn nobody() -> Self {
        Self(Way::Nobody)
    }

    /// A bearer token that is never renewed.
    ///
    /// # Errors
    /// When it has characters that no header can carry.
    pub fn bearer(token: &SecretString, secrets: &Secrets) -> Result<Self, StartError> {
        Self::bearer_of(VARIABLES, token, secrets)
    }

    /// A bearer token out of this variable, which a refusal then names.
    ///
    /// # Errors
    /// When it has characters that no header can carry.
    pub fn bearer_of(variable: &str, token: &SecretString, secrets: &Secrets) -> Result<Self, StartError> {
        secrets.learn(token.expose_secret().trim());
        let value = format!("Bearer {}", token.expose_secret().trim());
        Self::fixed(variable, &value)
    }

    /// The whole value of `Authorization`, such as `Bearer x`, out of `INTERCOM_AUTH_HEADER`.
    ///
    /// # Errors
    /// When it has characters that no header can carry.
    pub fn header(value: &SecretString, secrets: &Secrets) -> Result<Self, StartError> {
        let value = value.expose_secret().trim();
        secrets.learn(value);
        // What stands behind the scheme is the secret, also where it is shown alone.
        let credentials = value.split_once(' ').map_or(value, |(_, credentials)| credentials.trim());
        secrets.learn(credentials);
        Self::fixed(HEADER, value)
    }

    fn fixed(variable: &str, value: &str) -> Result<Self, StartError> {
        let mut value = HeaderValue::from_str(value).map_err(|_| StartError::Token)?;
        value.set_sensitive(true);
        Ok(Self(Way::Fixed(Authorization(value), Arc::from(variable))))
    }

    /// What to send now; renewed first when it is about to end.
    pub(crate) async fn authorization(&self) -> Result<Option<Authorization>, Fault> {
        match &self.0 {
            Way::Nobody => Ok(None),
            Way::Fixed(value, _) => Ok(Some(value.clone())),
            Way::Kept(kept) => kept.authorization().await,
        }
    }

    /// The server answered 401, or 403 for want of scope, to what was sent. When this succeeds, sending once more is worth
    /// it; the fault says what the person can do.
    pub(crate) async fn challenged(
        &self,
        status: u16,
        headers: &HeaderMap,
        sent: Option<&Authorization>,
    ) -> Result<(), Fault> {
        match &self.0 {
            Way::Nobody => Err(faults::wanted("The server")),
            Way::Fixed(_, variable) => Err(faults::fixed(variable, status)),
            Way::Kept(kept) => kept.challenged(status, headers, sent).await,
        }
    }

    /// The account with these options. Reads nothing yet.
    ///
    /// # Errors
    /// When the endpoint is no http or https address with a host.
    pub fn open(mut options: Options) -> Result<Self, StartError> {
        let endpoint = &mut options.endpoint;
        if !matches!(endpoint.scheme(), "http" | "https") || !endpoint.has_host() {
            return Err(StartError::Endpoint(endpoint.scheme().to_owned()));
        }
        let _ = endpoint.set_username("");
        let _ = endpoint.set_password(None);
        endpoint.set_fragment(None);
        if let Some(secret) = &options.client.secret {
            options.tap.secrets().learn(secret.expose_secret());
        }
        Ok(Self(Way::Kept(Arc::new(Kept::new(options)))))
    }

    /// Steps of a sign-in are told to this listener from now on.
    pub fn listen(&self, listener: Listener) {
        if let Way::Kept(kept) = &self.0 {
            kept.listen(listener);
        }
    }

    /// Signs in with the browser, whatever there was before. Steps are told to the listener. Dropping the future gives up.
    ///
    /// # Errors
    /// What went wrong, with what to do next. What there was before stays then.
    pub async fn sign_in(&self) -> Result<(), Fault> {
        match &self.0 {
            Way::Kept(kept) => kept.sign_in().await,
            Way::Fixed(_, variable) => Err(set_by(variable)),
            Way::Nobody => Err(faults::refused_because("There is no account to sign in to here.", "")),
        }
    }

    /// The address that the browser ended at, pasted by a person while a sign-in waits for it.
    pub fn redirected(&self, address: &SecretString) {
        if let Way::Kept(kept) = &self.0 {
            kept.redirected(address);
        }
    }

    /// Removes what is stored, the registration too, then revokes the tokens at the server as far as it can. Dropping the
    /// future stops only the telling.
    ///
    /// # Errors
    /// When the server could not be told; here nothing is left all the same. When something could not be removed here. When the token is set from outside.
    pub async fn sign_out(&self) -> Result<(), Fault> {
        match &self.0 {
            Way::Kept(kept) => leaving::sign_out(kept).await,
            Way::Fixed(_, variable) => Err(set_by(variable)),
            Way::Nobody => Ok(()),
        }
    }

    /// Waits until no token is being renewed, at most as long as one request may take: a refresh token is spent at the
    /// server, and what came for it must be kept before the program ends.
    pub(crate) async fn settled(&self) {
        if let Way::Kept(kept) = &self.0 {
            let _ = tokio::time::timeout(kept.net.limit(), kept.renewing.lock()).await;
        }
    }

    /// Keeps a token that a person typed, in the keyring or a private file, and uses it from now on.
    ///
    /// # Errors
    /// When no header can carry it, or when it could not be kept (it is used all the same then).
    pub async fn keep_token(&self, token: &SecretString) -> Result<(), Fault> {
        match &self.0 {
            Way::Kept(kept) => kept.keep_token(token).await,
            Way::Fixed(_, variable) => Err(set_by(variable)),
            Way::Nobody => Err(faults::refused_because("There is no account to keep a token for here.", "")),
        }
    }

    /// How we stand. Before the first use this is read from the index of accounts: one small file.
    pub fn standing(&self) -> Standing {
        match &self.0 {
            Way::Kept(kept) => kept.standing(),
            Way::Fixed(..) => Standing { origin: Origin::Environment, ..Standing::default() },
            Way::Nobody => Standing::default(),
        }
    }
}

fn set_by(variable: &str) -> Fault {
    let sentence = format!("The token comes from {variable} and goes before every sign-in.");
    faults::refused_because(&sentence, "Remove it there, then start again.")
}

/// The accounts that are signed in on this machine, by name; of one name, the newest first.
pub fn accounts(folder: &Path) -> Vec<Row> {
    store::rows(folder)
}

//! How the console begins, and what may be opened instead of what is open.

use secrecy::SecretString;

use crate::domain::account::Row;
use crate::domain::text::Clean;

/// Intercom's endpoint in the United States (intercom-mcp 1).
pub const US: &str = "https://mcp.intercom.com/mcp";
/// Intercom's endpoint in Europe (intercom-mcp 1).
pub const EU: &str = "https://mcp.eu.intercom.com/mcp";

/// Something to be opened in place of what is open.
#[derive(Clone, Debug)]
pub enum Opening {
    /// An account of the list, by its name.
    Account(Clean),
    /// An endpoint, signing in there with the browser.
    SignIn(Clean),
    /// An endpoint with a token, which is kept.
    Token(Clean, SecretString),
    /// An endpoint with mcp-remote's sign-in.
    McpRemote(Clean),
    /// The embedded workspace.
    Demo,
}

impl Opening {
    /// What to call it: the account's name, or the host.
    pub fn name(&self) -> &str {
        match self {
            Self::Account(name) => name,
            Self::SignIn(endpoint) | Self::Token(endpoint, _) | Self::McpRemote(endpoint) => host(endpoint),
            Self::Demo => "the demo",
        }
    }
}

/// The host of an address, and its port.
pub(super) fn host(endpoint: &str) -> &str {
    let rest = endpoint.split_once("://").map_or(endpoint, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

/// How the console begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Way {
    /// With what is there.
    #[default]
    Usual,
    /// There is no account: with the first screen.
    First,
    /// With a sign-in in the browser, which the session was asked for.
    SigningIn,
}

/// What is known when the console begins.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The accounts of this machine.
    pub accounts: Vec<Row>,
    /// The name of the one that is opened; empty for none.
    pub account: Clean,
    /// The endpoint that mcp-remote is signed in to.
    pub mcp_remote: Option<Clean>,
    /// How it begins.
    pub way: Way,
    /// The file of a review to open once the server can be asked; empty for none.
    pub review: String,
    /// What went wrong before, as a sentence; empty for nothing.
    pub trouble: String,
}

//! Signing in, as people see it: the ways, the steps, the accounts there are. Never holds a secret.

use super::call::Fault;
use super::text::Clean;
use super::time::Unix;

/// Where a sign-in came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Origin {
    /// There is none.
    #[default]
    None,
    /// A token in the environment.
    Environment,
    /// The system keyring.
    Keyring,
    /// A file only its owner can read.
    File,
    /// The sign-in of mcp-remote, read and never written.
    McpRemote,
}

impl Origin {
    /// In words, after "signed in by".
    pub fn words(self) -> &'static str {
        match self {
            Self::None => "nothing",
            Self::Environment => "a token from the environment",
            Self::Keyring => "the system keyring",
            Self::File => "a private file",
            Self::McpRemote => "mcp-remote's sign-in",
        }
    }
}

/// How we stand with a server.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Standing {
    /// Where the sign-in came from.
    pub origin: Origin,
    /// Since when, when that is known.
    pub since: Option<Unix>,
    /// Until when the access token lasts, when that is known.
    pub until: Option<Unix>,
    /// Whether it is renewed by itself.
    pub renews: bool,
    /// What it permits, in the server's words; empty when it did not say.
    pub scopes: Vec<Clean>,
    /// Which authorization server gave it; empty for plain tokens.
    pub issuer: Clean,
}

/// A step of a sign-in that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Asking the server how to sign in.
    Discovering,
    /// Registering this program there.
    Registering,
    /// The browser was opened at this address; where there is none, a person opens it and pastes back the address they
    /// end at.
    Browser {
        /// The address, complete; http or https.
        address: Clean,
        /// Whether a browser could be started.
        opened: bool,
    },
    /// The browser came back with what belongs to no sign-in of now; the right answer is still waited for.
    Stray(Fault),
    /// The browser came back; asking for the token.
    Exchanging,
    /// Signed in.
    Done(Standing),
    /// Not signed in.
    Failed(Fault),
}

/// An account that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name, unique: the host unless somebody named it.
    pub name: Clean,
    /// The MCP endpoint.
    pub endpoint: Clean,
    /// Where its sign-in is.
    pub origin: Origin,
    /// When it was signed in, when that is known.
    pub since: Option<Unix>,
}

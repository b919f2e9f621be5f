//! How the demo server starts, and why it did not.

use std::io;

use thiserror::Error;

use super::fault::Fault;

/// The largest workspace that can be asked for.
pub(crate) const MOST_CONVERSATIONS: usize = 1_000_000;

/// How the demo server starts. The default asks nobody to sign in and has no faults.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The port on 127.0.0.1; 0 for any free one.
    pub port: u16,
    /// How many conversations the workspace has, 1 to 1,000,000; `None` for those that ship.
    pub scale: Option<usize>,
    /// What the server takes as now, in Unix seconds; its clock runs on from there.
    pub now: i64,
    /// The bearer token every request must carry; `None` when any or none will do. With `sign_in`, the token of a
    /// sign-in does as well.
    pub token: Option<String>,
    /// Whether requests need a token, and one can sign in for it as with Intercom: RFC 8414 metadata at the origin,
    /// registration, a consent page, PKCE, refresh with rotation, revocation.
    pub sign_in: bool,
    /// Whether `/authorize` agrees at once, without its page.
    pub approve_at_once: bool,
    /// How many seconds the access tokens of a sign-in live; `None` for an hour.
    pub token_seconds: Option<u32>,
    /// Whether the server speaks 2026-07-28, without sessions, and nothing older.
    pub modern: bool,
    /// What goes wrong from the start.
    pub faults: Vec<Fault>,
}

/// Why the demo server did not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// Another program listens on the port.
    #[error(
        "Port {port} on 127.0.0.1 is taken by another program; name another with --port, or 0 for any free one."
    )]
    PortTaken {
        /// The port asked for.
        port: u16,
    },
    /// The port could not be opened for another reason.
    #[error("The demo server cannot listen on 127.0.0.1: {0}")]
    Bind(#[source] io::Error),
    /// No workspace of that size can be made.
    #[error("The demo workspace can have 1 to {MOST_CONVERSATIONS} conversations, not {0}.")]
    Workspace(usize),
}

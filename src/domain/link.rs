//! The state of the connection as everybody outside the session sees it.

use super::call::Fault;
use super::text::Clean;

/// A tool the server offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tool {
    /// Its name.
    pub name: Clean,
    /// The server's own words for it.
    pub description: Clean,
}

/// What is known of the server once connected.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Server {
    /// Host and port of the endpoint, never a path, query or secret.
    pub host: Clean,
    /// Name the server gave itself; empty when it gave none.
    pub name: Clean,
    /// Its version; empty when it gave none.
    pub version: Clean,
    /// The protocol revision agreed on.
    pub protocol: Clean,
    /// What it offers, in its order.
    pub tools: Vec<Tool>,
}

impl Server {
    /// Whether a tool of that name is offered.
    pub fn offers(&self, tool: &str) -> bool {
        self.tools.iter().any(|t| t.name.as_str() == tool)
    }
}

/// How the connection stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// Dialling; `attempt` counts from 1.
    Connecting {
        /// Which try this is.
        attempt: u32,
    },
    /// Working.
    Up(Server),
    /// Lost or never made.
    Down {
        /// Why.
        fault: Fault,
        /// Milliseconds until the next try from when this was reported; none when only the user can help.
        retry_in: Option<u64>,
    },
    /// Closed on purpose.
    Closed,
}

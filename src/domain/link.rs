//! The state of the connection as everybody outside the session sees it.

use super::account;
use super::call::Fault;
use super::text::Clean;

/// A tool the server offers.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Tool {
    /// Its name.
    pub name: Clean,
    /// The server's own words for it.
    pub description: Clean,
    /// Its whole definition, schemas too: JSON text as it came.
    pub whole: String,
    /// What calling it may do.
    pub kind: Kind,
    /// Whether it can be called.
    pub permit: Permit,
}

/// What calling a tool may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Kind {
    /// Change nothing: it is on our list of reads, or the server marks it so.
    Read,
    /// Write an article or a note: only from a review.
    Write,
    /// Unknown: sent once like a write, and only by hand.
    #[default]
    Unknown,
}

/// Whether a tool can be called. Listed is not permitted (intercom-mcp 8.2).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Permit {
    /// As far as is known.
    #[default]
    Yes,
    /// The server refused it; its words.
    Refused(Clean),
    /// Not called until accepted: it was not there when the tools of this server were accepted last.
    New,
    /// Not called until accepted: its words or its schema are not those that were accepted last.
    Changed,
}

/// Where a server stands, by its host (intercom-mcp 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Region {
    /// Intercom's in the United States.
    Us,
    /// Intercom's in Europe.
    Eu,
    /// Not one of Intercom's hosts.
    #[default]
    Other,
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
    /// The way of talking: `Streamable HTTP`, `HTTP+SSE`, `stdio`.
    pub transport: Clean,
    /// Whether the server keeps a session for us.
    pub session: bool,
    /// Where it stands.
    pub region: Region,
    /// How we are signed in.
    pub standing: account::Standing,
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

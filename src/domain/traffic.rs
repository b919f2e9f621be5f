//! What went over the wire, as it may be shown and kept: secrets are gone before an exchange is made, long bodies are cut.
//! Owns the values; refuses to know how they were overheard.

use super::text::Clean;
use super::time::Unix;

/// Which way of talking an exchange belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// A POST of one JSON-RPC message.
    Post,
    /// The server's own stream, or one that resumes.
    Stream,
    /// The end of a session.
    Delete,
    /// Something asked of an authorization server: discovery, registration, tokens.
    SignIn,
    /// A line to or from a bridge.
    Bridge,
}

/// A body as it is kept: UTF-8 text with secrets replaced, at most `KEPT` bytes of it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Body {
    /// The text, not cleaned for a screen: pretty-printing comes first.
    pub text: String,
    /// Bytes there were on the wire after decompression.
    pub size: usize,
}

/// Bytes of one body that are kept.
pub const KEPT: usize = 32 * 1024;

impl Body {
    /// Whether the end was left out.
    pub fn is_cut(&self) -> bool {
        self.size > self.text.len()
    }
}

/// One request and what came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Counts from 1 for as long as the program runs.
    pub number: u64,
    /// When the request was begun.
    pub at: Unix,
    /// The way of talking.
    pub channel: Channel,
    /// The JSON-RPC method, or method and path for a sign-in: `tools/call`, `POST /token`.
    pub method: Clean,
    /// The tool that was called; empty for all else.
    pub tool: Clean,
    /// What was sent.
    pub sent: Body,
    /// The HTTP status; none when there was no reply, and for bridges.
    pub status: Option<u16>,
    /// What came back; events of a stream joined by line feeds.
    pub received: Body,
    /// Milliseconds from the request to the end of the reply, to a tenth: 12 is 1.2 ms.
    pub tenths: u64,
    /// How it failed, in a few words; empty when it did not.
    pub trouble: Clean,
}

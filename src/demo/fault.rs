//! The faults a demo server can have: their names, what each does, and how they are written.
//!
//! It owns the words; what a fault does is done where the thing that goes wrong is done.

mod written;

use thiserror::Error;

/// Something that goes wrong on purpose, or a variant of the server that clients must live with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Answers come as one JSON body instead of an event stream.
    JsonReplies,
    /// GET is answered 405.
    NoGet,
    /// `/mcp` is answered 404; only `/sse` is there.
    NoMcp,
    /// A session is forgotten after this many requests that follow `initialize`.
    ExpireSessionAfter(u64),
    /// A session that is not known is answered 400 instead of 404.
    ExpireSession400,
    /// Milliseconds every answer waits.
    Slow(u64),
    /// Bytes after which the stream of an answer breaks.
    CutStreamAfter(usize),
    /// The stream of a tool's answer opens and stays silent until the server stops.
    SilentStream,
    /// Every stream begins with a comment, and comments fill every wait.
    Keepalive,
    /// More than `calls` POSTs within `seconds` are answered 429.
    RateLimit {
        /// How many may pass.
        calls: u64,
        /// How long the window is, from its first POST on.
        seconds: u32,
    },
    /// Every so many-th POST is answered 500.
    ServerErrorEvery(u64),
    /// The first POST after it is switched on is answered 500, all others as usual.
    ServerErrorOnce,
    /// Everything works and every list is empty, as for a workspace in another region.
    WrongRegion,
    /// How many tools are offered: 6, 13 or 14.
    Tools(u8),
    /// Only tools that read are offered.
    ReadOnly,
    /// One tool more than documented is offered.
    ExtraTool,
    /// The text of a result is JSON on one line.
    CompactJson,
    /// Results also come as `structuredContent`.
    Structured,
    /// The text of a result comes in two blocks.
    SplitText,
    /// `/mcp` and `/sse` answer 200 with the HTML of a login page.
    HtmlLogin,
    /// POST is answered 406 whatever it accepts.
    NotAcceptable,
    /// Seconds the `Date` header is ahead (negative: behind).
    ClockSkew(i64),
    /// How many parts every conversation that is read has.
    LargeThread(usize),
    /// The sign-in lacks a scope: its tools are listed and refuse.
    Forbids(Scope),
    /// Protected-resource documents exist, and the challenge names them.
    ResourceMetadata,
    /// Every cursor is refused as expired.
    CursorExpires,
    /// The cursor of the next page is the one that was given: an endless list.
    CursorRepeats,
    /// Lists carry neither `total_count` nor `total_pages`.
    NoTotals,
    /// `fetch` gives a document with title, text and metadata instead of the object.
    DocumentFetch,
    /// Objects have the values of REST version 2.16.
    Rest216,
    /// Ids made of digits are numbers.
    NumericIds,
    /// Every tool claims to require every argument it knows.
    OverEagerSchemas,
    /// On `/sse`, messages are accepted and never answered.
    SseSilent,
    /// On `/sse`, the stream ends right after its first event.
    SseCloses,
}

/// What a sign-in may be allowed to do, in the groups of Intercom's permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Read and list users and companies.
    People,
    /// Read conversations.
    Conversations,
    /// Read and write articles.
    Articles,
    /// Write conversations: internal notes.
    Notes,
}

impl Scope {
    const ALL: [(&'static str, Self); 4] = [
        ("people", Self::People),
        ("conversations", Self::Conversations),
        ("articles", Self::Articles),
        ("notes", Self::Notes),
    ];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, scope)| *scope == self).map_or("", |(word, _)| word)
    }
}

/// Why a text names no fault.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FaultError {
    /// No fault has this name.
    #[error("there is no fault called \"{0}\"; `switchboard demo-server --help` lists them")]
    Unknown(String),
    /// The argument is missing, not of its kind, or not wanted.
    #[error("\"{given}\" is not how this fault is written; write it as {form}")]
    Argument {
        /// What was given.
        given: String,
        /// How it is written.
        form: &'static str,
    },
}

impl Fault {
    /// Every fault: how it is written, and what it does in one line.
    pub const NAMES: [(&'static str, &'static str); 34] = [
        ("json-replies", "Answer with one JSON body instead of an event stream"),
        ("no-get", "Answer GET with 405: no stream for server messages"),
        ("no-mcp", "Answer 404 at /mcp: only the legacy /sse is there"),
        ("expire-session-after=N", "Forget a session after N requests (404 from then on)"),
        ("expire-session-400", "Answer a forgotten session with 400 instead of 404"),
        ("slow=MS", "Wait MS milliseconds before every answer"),
        ("cut-stream-after=BYTES", "Break the stream of an answer after BYTES bytes"),
        ("silent-stream", "Open the stream of a tool's answer and never say anything on it"),
        ("keepalive", "Begin every stream with a comment and fill every wait with more"),
        ("rate-limit=N/SECONDS", "Let N requests pass in SECONDS, answer 429 with Retry-After to the rest"),
        ("server-error-every=N", "Answer every Nth request with 500"),
        ("server-error-once", "Answer one request with 500, then be fine"),
        ("wrong-region", "Be healthy and empty, as for a workspace in another region"),
        ("tools=6|13|14", "Offer the tools of 2025 (6), of early 2026 (13) or of today (14)"),
        ("read-only", "Offer no tool that writes"),
        ("extra-tool", "Offer submit_mcp_feedback, which no documentation describes"),
        ("compact-json", "Print results on one line"),
        ("structured", "Give results as structuredContent too"),
        ("split-text", "Give the text of a result in two blocks"),
        ("html-login", "Answer 200 with the HTML of a login page"),
        ("not-acceptable", "Answer 406 whatever the request accepts"),
        ("clock-skew=SECONDS", "Set the Date header SECONDS ahead (negative: behind)"),
        ("large-thread=PARTS", "Give every conversation that is read PARTS parts"),
        (
            "forbids=people|conversations|articles|notes",
            "List the tools of a scope and refuse them (token_unauthorized)",
        ),
        ("resource-metadata", "Publish protected-resource documents and name them in the challenge"),
        ("cursor-expires", "Refuse every cursor: only first pages can be read"),
        ("cursor-repeats", "Name the cursor that was given as the next one: a list without end"),
        ("no-totals", "Give lists without total_count and total_pages"),
        ("document-fetch", "Let fetch give a document (title, text, metadata) instead of the object"),
        ("rest-2.16", "Give objects as REST 2.16 has them: five priorities, assignee 0, parent_ids only"),
        ("numeric-ids", "Give ids made of digits as numbers"),
        ("over-eager-schemas", "Claim that every tool requires every argument it knows"),
        ("sse-silent", "On /sse, accept messages and never answer: \"202 and silence\""),
        ("sse-closes", "On /sse, end the stream right after the endpoint event"),
    ];

    /// The fault's name without its argument.
    pub fn name(&self) -> &'static str {
        match self {
            Self::JsonReplies => "json-replies",
            Self::NoGet => "no-get",
            Self::NoMcp => "no-mcp",
            Self::ExpireSessionAfter(_) => "expire-session-after",
            Self::ExpireSession400 => "expire-session-400",
            Self::Slow(_) => "slow",
            Self::CutStreamAfter(_) => "cut-stream-after",
            Self::SilentStream => "silent-stream",
            Self::Keepalive => "keepalive",
            Self::RateLimit { .. } => "rate-limit",
            Self::ServerErrorEvery(_) => "server-error-every",
            Self::ServerErrorOnce => "server-error-once",
            Self::WrongRegion => "wrong-region",
            Self::Tools(_) => "tools",
            Self::ReadOnly => "read-only",
            Self::ExtraTool => "extra-tool",
            Self::CompactJson => "compact-json",
            Self::Structured => "structured",
            Self::SplitText => "split-text",
            Self::HtmlLogin => "html-login",
            Self::NotAcceptable => "not-acceptable",
            Self::ClockSkew(_) => "clock-skew",
            Self::LargeThread(_) => "large-thread",
            Self::Forbids(_) => "forbids",
            Self::ResourceMetadata => "resource-metadata",
            Self::CursorExpires => "cursor-expires",
            Self::CursorRepeats => "cursor-repeats",
            Self::NoTotals => "no-totals",
            Self::DocumentFetch => "document-fetch",
            Self::Rest216 => "rest-2.16",
            Self::NumericIds => "numeric-ids",
            Self::OverEagerSchemas => "over-eager-schemas",
            Self::SseSilent => "sse-silent",
            Self::SseCloses => "sse-closes",
        }
    }

    /// Whether the list of tools differs with and without it.
    pub(crate) fn changes_tools(&self) -> bool {
        matches!(self, Self::Tools(_) | Self::ReadOnly | Self::ExtraTool | Self::OverEagerSchemas)
    }

    /// Whether switching `other` on takes the place of this one.
    pub(crate) fn is_replaced_by(&self, other: &Self) -> bool {
        self == other || (self.name() == other.name() && !matches!(self, Self::Forbids(_)))
    }
}

#[cfg(test)]
mod tests;

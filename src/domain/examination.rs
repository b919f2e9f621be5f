//! The doctor's ladder: what was tried from the name to one read, and what to do about the first rung that broke. Owns the
//! values; refuses to try anything.

use super::text::Clean;

/// The rungs, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rung {
    /// The name is looked up (or goes to a proxy).
    Name,
    /// A connection is made.
    Tcp,
    /// It is made secure.
    Tls,
    /// The server answers HTTP.
    Http,
    /// It knows us.
    SignIn,
    /// It is the right region.
    Region,
    /// Which protocol it speaks.
    Protocol,
    /// A session can be opened.
    Session,
    /// Which tools it offers.
    Tools,
    /// What we are permitted.
    Scopes,
    /// One read works.
    Read,
}

impl Rung {
    /// Every rung, bottom first.
    pub const ALL: [Self; 11] = [
        Self::Name,
        Self::Tcp,
        Self::Tls,
        Self::Http,
        Self::SignIn,
        Self::Region,
        Self::Protocol,
        Self::Session,
        Self::Tools,
        Self::Scopes,
        Self::Read,
    ];

    /// What it is called on the screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Tcp => "connection",
            Self::Tls => "TLS",
            Self::Http => "HTTP",
            Self::SignIn => "sign-in",
            Self::Region => "region",
            Self::Protocol => "protocol",
            Self::Session => "session",
            Self::Tools => "tools",
            Self::Scopes => "scopes",
            Self::Read => "one read",
        }
    }
}

/// How a rung held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Good,
    /// It holds, but something is to be known.
    Notice,
    /// It broke; nothing after it was tried.
    Bad,
    /// It does not apply here, or was not tried.
    Skipped,
}

/// One rung with what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which.
    pub rung: Rung,
    /// How it held.
    pub verdict: Verdict,
    /// One sentence: what was found, or what is wrong.
    pub sentence: Clean,
    /// What to do next; empty when there is nothing to do.
    pub hint: Clean,
    /// A short name of the cause for scripts, such as `wrong-region`; empty when it holds.
    pub cause: &'static str,
    /// Tenths of a millisecond it took.
    pub tenths: u64,
}

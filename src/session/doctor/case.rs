//! What is known about the patient so far, and what the rungs that hold are told as. Owns the good findings' words.

use std::fmt::Write as _;

use url::Url;

use super::trouble::Trouble;
use crate::domain::account::{Origin, Standing};
use crate::domain::call::Fault;
use crate::domain::examination::{Rung, Verdict};
use crate::domain::link::Region;
use crate::domain::text::Clean;
use crate::domain::time::long;
use crate::session::client::is_loopback;

/// Seconds by which clocks may differ.
const SKEW: i64 = 60;

/// How the server answered a plain GET.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum OwnStream {
    /// Not asked, or nothing that says so.
    #[default]
    Unknown,
    /// There is one.
    Open,
    /// 405: there is none.
    None,
}

/// What a rung that holds is told as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) verdict: Verdict,
    pub(super) cause: &'static str,
    pub(super) sentence: String,
    pub(super) hint: String,
}

impl Told {
    pub(super) fn good(sentence: impl Into<String>) -> Self {
        Self { verdict: Verdict::Good, cause: "", sentence: sentence.into(), hint: String::new() }
    }

    pub(super) fn notice(cause: &'static str, sentence: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { verdict: Verdict::Notice, cause, sentence: sentence.into(), hint: hint.into() }
    }

    pub(super) fn skipped(sentence: impl Into<String>) -> Self {
        Self { verdict: Verdict::Skipped, cause: "", sentence: sentence.into(), hint: String::new() }
    }
}

/// The patient's file.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent facts about one patient, no states of a machine"
)]
pub(super) struct Case {
    /// Host, and port where one is given.
    pub(super) host: String,
    pub(super) https: bool,
    pub(super) loopback: bool,
    /// A program and not an address.
    pub(super) command: bool,
    /// Host and port of the proxy in use.
    pub(super) proxy: Option<String>,
    pub(super) region: Region,
    pub(super) standing: Standing,
    /// Whether a sign-in was sent.
    pub(super) signed: bool,
    /// Why there is nothing to send.
    pub(super) account: Option<Fault>,
    /// Seconds by which the server's clock is ahead of ours.
    pub(super) skew: Option<i64>,
    /// The status of the first reply.
    pub(super) status: u16,
    pub(super) own_stream: OwnStream,
    /// How the protocol stands, once it is known.
    pub(super) protocol: Option<Told>,
    /// How the session stands, once it is known.
    pub(super) session: Option<Told>,
}

impl Case {
    /// Of an address.
    pub(super) fn of(endpoint: &Url) -> Self {
        let host = endpoint.host_str().unwrap_or_default().to_owned();
        let host = endpoint.port().map_or_else(|| host.clone(), |port| format!("{host}:{port}"));
        Self {
            host,
            https: endpoint.scheme() == "https",
            loopback: is_loopback(endpoint),
            region: region(endpoint),
            ..Self::default()
        }
    }

    /// Whether the clocks differ by more than they may.
    pub(super) fn skewed(&self) -> Option<i64> {
        self.skew.filter(|skew| skew.abs() > SKEW)
    }

    /// `This computer's clock is 5 min behind that of HOST`.
    pub(super) fn clock(&self) -> Option<String> {
        let skew = self.skewed()?;
        let side = if skew > 0 { "behind" } else { "ahead of" };
        Some(format!("This computer's clock is {} {side} that of {}", long(skew.saturating_abs()), self.host))
    }

    /// The connection ended before a reply came.
    pub(super) fn cut_before_answer(&self) -> Trouble {
        Trouble::new(
            Rung::Http,
            "connection-cut",
            format!("{} took the request and closed the connection without an answer.", self.host),
            "Check that it is the right port and that the server is not just restarting; a proxy or firewall may cut \
             connections.",
        )
    }

    /// What a rung is told as when what is above it was reached.
    pub(super) fn holds(&self, rung: Rung) -> Told {
        if self.command && rung < Rung::Protocol {
            return of_command(rung);
        }
        match rung {
            Rung::Tls => self.tls(),
            Rung::Http => self.http(),
            Rung::SignIn => self.sign_in(),
            Rung::Region => self.in_region(),
            Rung::Protocol => self.protocol.clone().unwrap_or_else(|| {
                Told::good("It speaks MCP, the language this console talks with servers.")
            }),
            Rung::Session => self.session.clone().unwrap_or_else(|| Told::good("A session is open.")),
            Rung::Name | Rung::Tcp | Rung::Tools | Rung::Scopes | Rung::Read => Told::good("It holds."),
        }
    }

    fn tls(&self) -> Told {
        match (self.https, self.loopback) {
            (true, _) => Told::good("The connection is encrypted and the certificate is trusted."),
            (false, true) => Told::skipped("Plain http, which never leaves this machine."),
            (false, false) => Told::notice(
                "plain-http",
                "The address is plain http: everybody on the way can read along, the sign-in too.",
                "Use the https address of the server if it has one.",
            ),
        }
    }

    fn http(&self) -> Told {
        let mut sentence = format!("{} answers (HTTP {}).", self.host, self.status);
        if self.own_stream == OwnStream::None {
            sentence.push_str(
                " It answers a plain GET with 405, which is normal: it only says it sends nothing unasked.",
            );
        }
        match self.clock() {
            None => Told::good(sentence),
            Some(clock) => {
                let _ = write!(sentence, " {clock}.");
                Told::notice(
                    "clock-skew",
                    sentence,
                    "Set this computer's clock: sign-ins are checked by the time and may be refused.",
                )
            }
        }
    }

    fn sign_in(&self) -> Told {
        if !self.signed {
            return Told::good("The server asks for no sign-in.");
        }
        let by = match self.standing.origin {
            Origin::None => "the sign-in of this account",
            origin @ (Origin::Environment | Origin::Keyring | Origin::File | Origin::McpRemote) => {
                origin.words()
            }
        };
        Told::good(format!("Signed in by {by}."))
    }

    fn in_region(&self) -> Told {
        match self.region {
            Region::Us => Told::good("Intercom's server in the United States."),
            Region::Eu => Told::good("Intercom's server in Europe."),
            Region::Other => Told::skipped("Not an address of Intercom's own, so its region cannot be told."),
        }
    }
}

/// The rungs that a program on this machine has not.
fn of_command(rung: Rung) -> Told {
    Told::skipped(if rung == Rung::SignIn {
        "The program signs in by itself."
    } else if rung == Rung::Region {
        "The program knows which server it goes to; this console does not."
    } else {
        "Not asked here: a program on this machine is started instead of going to an address."
    })
}

/// Where an endpoint stands (intercom-mcp 1).
pub(super) fn region(endpoint: &Url) -> Region {
    match endpoint.host_str() {
        Some("mcp.intercom.com") => Region::Us,
        Some("mcp.eu.intercom.com") => Region::Eu,
        _ => Region::Other,
    }
}

/// The address to try when the workspace is not in this region.
pub(super) fn elsewhere(region: Region) -> &'static str {
    match region {
        Region::Us => "EU: https://mcp.eu.intercom.com/mcp",
        Region::Eu => "US: https://mcp.intercom.com/mcp",
        Region::Other => "EU: https://mcp.eu.intercom.com/mcp, US: https://mcp.intercom.com/mcp",
    }
}

/// A fault's two sentences as a trouble.
pub(super) fn of_fault(rung: Rung, cause: &'static str, fault: &Fault) -> Trouble {
    let words = |text: &Clean| text.as_str().to_owned();
    Trouble::new(rung, cause, words(&fault.sentence), words(&fault.hint))
}

//! What is said of one server: its name, its limits and the sentences for how a connection to it fails. Everything that
//! holds the server's own words goes through [`Place::hide`].

use std::time::Duration;

use super::failure::{Failure, What};
use crate::domain::call::{Fault, FaultKind};
use crate::domain::text::Clean;
use crate::domain::time::long;
use crate::session::Limits;
use crate::session::tap::Tap;

/// Characters of a server's words that are shown.
const WORDS: usize = 300;

/// One server as sentences name it.
pub(super) struct Place {
    /// Host, and port where one is given; for a bridge the program's name.
    pub(super) host: String,
    pub(super) limits: Limits,
    pub(super) tap: Tap,
}

impl Place {
    /// The server's words, shortened, cleaned and without secrets.
    pub(super) fn hide(&self, words: &str) -> String {
        let hidden = self.tap.secrets().hide(words);
        let short: String = hidden.chars().take(WORDS).collect();
        Clean::line(&short).as_str().to_owned()
    }

    /// The connection is gone.
    pub(super) fn gone(&self) -> Fault {
        Fault::new(
            FaultKind::Unreachable,
            &format!("The connection to {} is gone.", self.host),
            "Check that the server is running.",
        )
    }

    /// An answer that broke off.
    pub(super) fn cut(&self) -> Failure {
        Failure::new(
            What::Cut,
            FaultKind::Unreachable,
            &format!("{} broke off in the middle of its answer.", self.host),
            "Try again; check that the server is running.",
        )
    }

    /// An answer that is too large.
    pub(super) fn too_large(&self) -> Failure {
        let most = self.limits.max_body / 1024;
        Failure::new(
            What::Unclear,
            FaultKind::TooLarge,
            &format!("The answer of {} is larger than {most} KiB and was not read.", self.host),
            "Ask for fewer rows.",
        )
    }

    /// Nothing came for so long.
    pub(super) fn silent(&self, limit: Duration) -> Fault {
        let spent = long(i64::try_from(limit.as_secs().max(1)).unwrap_or(i64::MAX));
        Fault::new(
            FaultKind::TimedOut,
            &format!("{} has been silent for {spent}.", self.host),
            "Check the network and that the server is running.",
        )
    }

    /// Something that no MCP server says.
    pub(super) fn not_mcp(&self, what: &str) -> Failure {
        Failure::new(
            What::Unclear,
            FaultKind::Protocol,
            &format!("{} {what}.", self.host),
            "Check the address; Intercom's ends in /mcp.",
        )
    }
}

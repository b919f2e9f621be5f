//! The sentences for calls that the session itself ends.

use std::time::Duration;

use tokio::time::Instant;

use crate::domain::call::{Fault, FaultKind};
use crate::domain::time::long;

/// A call while the link is down: the link's own reason, and when the next try is.
pub(super) fn offline(cause: &Fault, next: Option<Instant>) -> Fault {
    let hint = match next {
        None => cause.hint.to_string(),
        Some(at) => {
            let millis = at.saturating_duration_since(Instant::now()).as_millis();
            let seconds = i64::try_from(millis.div_ceil(1_000)).unwrap_or(i64::MAX);
            let advice = cause.hint.trim_end_matches('.');
            let gap = if advice.is_empty() { "" } else { "; " };
            let trying = if advice.is_empty() { "Trying" } else { "trying" };
            format!("{advice}{gap}{trying} again in {}.", long(seconds))
        }
    };
    Fault::new(FaultKind::Offline, &cause.sentence, &hint)
}

/// A call or link after the session was closed.
pub(super) fn closed() -> Fault {
    Fault::new(FaultKind::Offline, "The session is closed.", "")
}

/// A call beyond what may wait.
pub(super) fn busy() -> Fault {
    Fault::new(
        FaultKind::Busy,
        "Too many requests are waiting for the server, so this one was not sent.",
        "Wait for some to come back and try again.",
    )
}

/// A call while the server wants a pause longer than the call may wait.
pub(super) fn slowed(left: Duration) -> Fault {
    let seconds = left.as_millis().div_ceil(1_000);
    let spent = long(i64::try_from(seconds).unwrap_or(i64::MAX));
    let fault = Fault::new(
        FaultKind::RateLimited,
        &format!("The server wants no more requests for {spent}, so this one was not sent."),
        "Try again after that.",
    );
    Fault { wait: u64::try_from(seconds).ok(), ..fault }
}

/// A dial that ran out of time.
pub(super) fn no_session(host: &str, limit: Duration) -> Fault {
    let spent = long(i64::try_from(limit.as_secs()).unwrap_or(i64::MAX));
    Fault::new(
        FaultKind::TimedOut,
        &format!("{host} did not open a session within {spent}."),
        "Check the address and that an MCP server answers there",
    )
}

/// A sign-in where nobody can sign in.
pub(super) fn no_account() -> Fault {
    Fault::new(
        FaultKind::SignIn,
        "There is no way to sign in to this server from here.",
        "A bridge signs in by itself; see its own messages.",
    )
}

/// The link after the sign-in was forgotten on purpose.
pub(super) fn signed_out() -> Fault {
    Fault::new(
        FaultKind::SignIn,
        "You are signed out.",
        "Sign in on the Session screen or with `switchboard login`.",
    )
}

/// A sign-in that was given up.
pub(super) fn given_up() -> Fault {
    Fault::new(FaultKind::SignIn, "The sign-in was given up.", "Sign in again when you are ready.")
}

/// A sign-out that the server did not answer in time.
pub(super) fn not_revoked() -> Fault {
    Fault::new(
        FaultKind::TimedOut,
        "The server did not confirm the sign-out in time, so its tokens may last a while longer.",
        "Sign out again, or remove the app in Intercom's settings.",
    )
}

/// A line whose other side does not answer any more.
pub(super) fn silent() -> Fault {
    Fault::new(
        FaultKind::Unreachable,
        "The server does not answer on this connection any more.",
        "A new connection is made by itself.",
    )
}

//! The sentences of sign-ins. Each says what happened and what to do next; a server's own words come in hidden and short.

use super::Secrets;
use crate::domain::call::{Fault, FaultKind};

/// What to do when a sign-in is wanted.
pub(super) const SIGN_IN: &str = "Sign in with `switchboard login`, or press s on the Session screen.";
const AGAIN: &str = "Try to sign in again; the traffic on the Session screen shows what was said.";

/// A sign-in is wanted and nobody asked for one.
pub(super) fn wanted(host: &str) -> Fault {
    Fault::new(FaultKind::SignIn, &format!("{host} wants a sign-in."), SIGN_IN)
}

/// The sign-in that there was is refused, and nobody asked for a new one.
pub(super) fn ended(host: &str) -> Fault {
    Fault::new(FaultKind::SignIn, &format!("{host} no longer takes the sign-in."), SIGN_IN)
}

/// A token of the environment is refused.
pub(super) fn fixed(variable: &str, status: u16) -> Fault {
    let (kind, what) = match status {
        403 => (FaultKind::Forbidden, "lacks a permission"),
        _ => (FaultKind::SignIn, "was refused"),
    };
    Fault::new(
        kind,
        &format!("The token in {variable} {what} ({status})."),
        &format!("Set {variable} to another token, or unset it and sign in with `switchboard login`."),
    )
}

/// The sign-in lacks scopes.
pub(super) fn scope(host: &str, scopes: &[String]) -> Fault {
    let named = match scopes {
        [] => "another permission".to_owned(),
        [one] => format!("the permission {one}"),
        many => format!("the permissions {}", many.join(", ")),
    };
    let sentence = format!("{host} wants {named} for this, which the sign-in does not have.");
    Fault::new(FaultKind::Forbidden, &sentence, "Sign in again with `switchboard login` to ask for it.")
}

/// Signing in did not help.
pub(super) fn useless(host: &str) -> Fault {
    Fault::new(
        FaultKind::SignIn,
        &format!("{host} still refuses after several sign-ins in a row."),
        "Check with whoever runs the server what your account may do.",
    )
}

/// The authorization server or the MCP server did something that a sign-in must not go on with.
pub(super) fn refused(sentence: &str) -> Fault {
    Fault::new(FaultKind::SignIn, sentence, AGAIN)
}

/// As [`refused`], with a hint of its own.
pub(super) fn refused_because(sentence: &str, hint: &str) -> Fault {
    Fault::new(FaultKind::SignIn, sentence, hint)
}

/// The browser came back with the answer to another sign-in than the one that waits.
pub(super) fn stray() -> Fault {
    refused_because(
        "The browser came back with an answer that does not belong to this sign-in; still waiting.",
        "Go on in the page that was opened last, or begin the sign-in again.",
    )
}

/// Something of this machine's own failed.
pub(super) fn local(sentence: &str) -> Fault {
    Fault::new(FaultKind::SignIn, sentence, "Try again.")
}

/// A server's words for a sentence: no secrets, short; with a colon before them when there are any.
pub(super) fn said(words: &str, secrets: &Secrets) -> String {
    let short: String = secrets.hide(words).chars().take(300).collect();
    if short.trim().is_empty() { ".".to_owned() } else { format!(": {}", short.trim()) }
}

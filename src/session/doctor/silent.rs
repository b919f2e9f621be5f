//! Replies that are none: silence, streams that end or stand still, answers of another kind. Owns these words.

use serde_json::Value;

use super::exchange::Stopped;
use super::status::said;
use super::trouble::Trouble;
use crate::domain::examination::Rung;

/// A web page where MCP was expected.
pub(super) fn portal(host: &str) -> Trouble {
    Trouble::new(
        Rung::Http,
        "captive-portal",
        format!("A web page came instead of the answer of {host}."),
        "On a guest network (hotel, train), open a web page in the browser and sign in to the network, then try again. \
         Otherwise check the address: Intercom's ends in /mcp.",
    )
}

/// An answer of another kind than MCP's.
pub(super) fn foreign(kind: &str, host: &str) -> Trouble {
    if kind == "text/html" {
        return portal(host);
    }
    let named = if kind.is_empty() { "something of no stated type" } else { kind };
    Trouble::new(
        Rung::Http,
        "not-mcp",
        format!("{host} answered with {named} instead of MCP, the language this console talks with servers."),
        "Check the address; Intercom's ends in /mcp.",
    )
}

/// An answer that is JSON and yet no reply.
pub(super) fn unreadable(host: &str) -> Trouble {
    Trouble::new(
        Rung::Protocol,
        "not-mcp",
        format!(
            "{host} answered with something that is not MCP, the language this console talks with servers."
        ),
        "Check the address; Intercom's ends in /mcp.",
    )
}

/// 202 and then nothing.
pub(super) fn accepted_and_silent(host: &str) -> Trouble {
    Trouble::new(
        Rung::Protocol,
        "accepted-and-silent",
        format!("{host} said that it accepted the request (202), and never answered it."),
        "Use the server's address that ends in /mcp, not the one in /sse. If it does already, the server or a proxy \
         drops the answers: tell its owner that requests end with 202 and no reply.",
    )
}

/// A body that ended without an answer; `rushed` as with [`no_answer`].
pub(super) fn stopped(stopped: Stopped, rushed: bool, host: &str) -> Trouble {
    match stopped {
        Stopped::Silent { .. } if rushed => no_answer(host, true),
        Stopped::Cut => Trouble::new(
            Rung::Protocol,
            "cut-stream",
            format!("{host} broke off in the middle of its answer."),
            "Try again. If it stays so, the server fails on its side, or a proxy in between cuts long answers.",
        ),
        Stopped::Silent { quiet: true } => Trouble::new(
            Rung::Protocol,
            "silent-stream",
            format!("{host} began an answer and then sent nothing."),
            "A proxy may hold back answers that come piece by piece: have text/event-stream passed on at once. Or the \
             server hangs: try again.",
        ),
        Stopped::Silent { quiet: false } => Trouble::new(
            Rung::Protocol,
            "slow-answer",
            format!("{host} keeps the line alive, but its answer did not come in time."),
            "The server is slow or overloaded: try again in a minute.",
        ),
        Stopped::TooLarge => Trouble::new(
            Rung::Protocol,
            "too-large",
            format!("The answer of {host} is larger than 8 MiB."),
            "Check the address: no MCP server answers a greeting with that much.",
        ),
    }
}

/// No head of a reply came; `rushed`: what went before left too little time to say whether one would.
pub(super) fn no_answer(host: &str, rushed: bool) -> Trouble {
    if rushed {
        return Trouble::new(
            Rung::Http,
            "slow",
            format!("The time for this examination ran out while waiting for {host}."),
            "Network or server are very slow at the moment: try again, or from another network.",
        );
    }
    Trouble::new(
        Rung::Http,
        "no-answer",
        format!("{host} took the request and sent no answer."),
        "The server hangs, or a firewall swallows the traffic: try again, then ask the server's owner.",
    )
}

/// A JSON-RPC error in reply to a request.
pub(super) fn refused(error: &Value, host: &str) -> Trouble {
    let words = error.get("message").and_then(Value::as_str).unwrap_or_default();
    Trouble::new(
        Rung::Protocol,
        "refused-by-server",
        format!("{host} refused the request{}", said(words)),
        "The server and this console do not agree on the protocol: update this program, or ask the server's owner.",
    )
}

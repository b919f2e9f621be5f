//! What a reply means that says no by its status, or is none. Owns these words; the server's own are put in where it has any.

use http::HeaderMap;
use serde_json::Value;

use super::case::{Case, elsewhere, of_fault};
use super::exchange::Stopped;
use super::tls;
use super::trouble::Trouble;
use crate::domain::account::Origin;
use crate::domain::examination::Rung;
use crate::domain::link::Region;
use crate::domain::time::{Unix, long};

/// Characters of the server's own words that are told.
const MOST_WORDS: usize = 200;
/// Intercom's names for the permissions a token needs (intercom-mcp 8.2).
pub(super) const PERMISSIONS: &str =
    "\"Read and list users and companies\", \"Read conversations\", \"Read and Write Articles\"";

/// A reply that says no.
pub(super) struct No<'a> {
    pub(super) status: u16,
    /// The media type.
    pub(super) kind: &'a str,
    pub(super) headers: &'a HeaderMap,
    /// The server's own words; empty when it has none.
    pub(super) words: &'a str,
    /// Whether the request named a session.
    pub(super) in_session: bool,
}

/// What it means.
pub(super) fn of(no: &No<'_>, case: &Case) -> Trouble {
    let host = &case.host;
    let said = said(no.words);
    let names_session = no.words.to_lowercase().contains("session");
    match no.status {
        401 => unauthorized(case),
        403 => forbidden(no, case),
        404 if no.in_session => lost("session-lost-404", host, "404"),
        400 if no.in_session && names_session => lost("session-lost-400", host, "400"),
        404 | 405 => Trouble::new(
            Rung::Http,
            "wrong-path",
            format!("{host} answers, but there is no MCP server at this path ({}).", no.status),
            "Correct the path of the address; Intercom's is https://mcp.intercom.com/mcp.",
        ),
        406 => Trouble::new(
            Rung::Http,
            "not-acceptable",
            format!(
                "{host} says it cannot answer in a form we accept (406), although we accept both that exist."
            ),
            "A proxy in between may strip the Accept header: have it passed on unchanged, or go around the proxy.",
        ),
        407 => tls::wants_sign_in(Rung::Http, case.proxy.as_deref().unwrap_or(host)),
        415 => Trouble::new(
            Rung::Http,
            "type-refused",
            format!("{host} does not take requests written in JSON (415){said}"),
            "Check the address; a proxy in between may change the Content-Type header.",
        ),
        429 => rate_limited(no, host),
        511 => portal(host),
        502..=504 => Trouble::new(
            Rung::Http,
            "gateway",
            format!("What stands before {host} cannot reach the server behind it ({}){said}", no.status),
            gateway_hint(no, case),
        ),
        500.. => Trouble::new(
            Rung::Http,
            "server-error",
            format!("{host} failed by itself ({}){said}", no.status),
            "Nothing is wrong on this side. Try again in a few minutes; see also https://www.intercomstatus.com.",
        ),
        status => Trouble::new(
            Rung::Http,
            "refused-request",
            format!("{host} refused the request ({status}){said}"),
            "Check the address; Intercom's ends in /mcp.",
        ),
    }
}

/// `: the server's words`, or a full stop.
pub(super) fn said(words: &str) -> String {
    let short: String = words.trim().chars().take(MOST_WORDS).collect();
    if short.is_empty() { ".".to_owned() } else { format!(": {short}") }
}

fn lost(cause: &'static str, host: &str, code: &str) -> Trouble {
    Trouble::new(
        Rung::Session,
        cause,
        format!("{host} no longer knows the session it has just opened ({code})."),
        "Several servers may share this address without sharing their sessions, or it has just restarted. Try again; if \
         it stays so, its owner must keep a session on one server.",
    )
}

fn unauthorized(case: &Case) -> Trouble {
    let host = &case.host;
    let refused = |cause, sentence: String, hint: String| Trouble::new(Rung::SignIn, cause, sentence, hint);
    if !case.signed {
        if let Some(fault) = &case.account {
            return of_fault(Rung::SignIn, "sign-in-failed", fault);
        }
        return refused(
            "no-sign-in",
            format!("{host} wants a sign-in and there is none."),
            "Run `switchboard login`, or put an Intercom access token into INTERCOM_ACCESS_TOKEN.".to_owned(),
        );
    }
    let ended = case.standing.until.is_some_and(|until| until <= now());
    if case.standing.origin == Origin::McpRemote {
        return refused(
            "mcp-remote-expired",
            format!("{host} no longer takes the sign-in that mcp-remote has stored (401)."),
            "It is only read here, never renewed. Run `switchboard login` for a sign-in of this program's own, or start \
             mcp-remote once so that it renews its own."
                .to_owned(),
        );
    }
    if ended {
        return refused(
            "sign-in-expired",
            format!("The sign-in for {host} has run out (401)."),
            with_clock("Run `switchboard login` to sign in again.".to_owned(), case),
        );
    }
    let by = case.standing.origin.words();
    let hint = match case.standing.origin {
        Origin::Environment => {
            "Check the token in INTERCOM_ACCESS_TOKEN: it may be mistyped, deleted or made for \
                                another workspace."
                .to_owned()
        }
        _ => "Run `switchboard login` to sign in again.".to_owned(),
    };
    let hint = match case.region {
        Region::Other => hint,
        region => {
            format!("{hint} A workspace in the other region is not known here ({}).", elsewhere(region))
        }
    };
    refused(
        "sign-in-refused",
        format!("{host} refused the sign-in that came from {by} (401)."),
        with_clock(hint, case),
    )
}

fn with_clock(hint: String, case: &Case) -> String {
    match case.clock() {
        Some(clock) => format!("{clock}: set it first. {hint}"),
        None => hint,
    }
}

fn forbidden(no: &No<'_>, case: &Case) -> Trouble {
    let host = &case.host;
    let challenge = no.headers.get_all(http::header::WWW_AUTHENTICATE);
    let challenge: String = challenge.iter().filter_map(|value| value.to_str().ok()).collect();
    if challenge.contains("insufficient_scope") {
        let scope = challenge.split("scope=\"").nth(1).and_then(|rest| rest.split('"').next());
        let named = scope.map(|scope| format!(" ({scope})")).unwrap_or_default();
        return Trouble::new(
            Rung::SignIn,
            "missing-scope",
            format!("{host} knows us, but the sign-in lacks a permission{named}."),
            format!(
                "Sign in again with `switchboard login`, or give the token in Intercom's Developer Hub: {PERMISSIONS}."
            ),
        );
    }
    if no.kind == "text/html" {
        return Trouble::new(
            Rung::Http,
            "blocked",
            format!("A web page instead of {host}'s MCP server refused access (403)."),
            "A firewall, proxy or bot filter stands between: ask the network's administrator, or try another network.",
        );
    }
    let region = match case.region {
        Region::Other => String::new(),
        region => {
            format!(" A workspace in the other region must use the other address ({}).", elsewhere(region))
        }
    };
    Trouble::new(
        Rung::SignIn,
        "forbidden",
        format!("{host} refused access (403){}", said(no.words)),
        format!(
            "The sign-in lacks a permission, or this network is not allowed in: check the token's permissions.{region}"
        ),
    )
}

fn rate_limited(no: &No<'_>, host: &str) -> Trouble {
    let hint = match wait(no.headers) {
        Some(seconds) => format!("Wait {} and try again.", long(seconds)),
        None => "Wait a minute and try again; stop other programs that use the same token.".to_owned(),
    };
    Trouble::new(
        Rung::Http,
        "rate-limited",
        format!("{host} asks us to slow down (429): too many requests."),
        hint,
    )
}

fn gateway_hint(no: &No<'_>, case: &Case) -> String {
    let wait = wait(no.headers).map(|seconds| format!(" It asks to wait {}.", long(seconds)));
    let proxy = case.proxy.as_ref().map(|proxy| format!(" The proxy {proxy} may be the one that says so."));
    format!(
        "The server may be down or restarting: try again in a few minutes.{}{}",
        wait.unwrap_or_default(),
        proxy.unwrap_or_default()
    )
}

/// Seconds the server asks us to wait.
fn wait(headers: &HeaderMap) -> Option<i64> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let after = text("retry-after")
        .and_then(|value| value.parse::<i64>().ok().or_else(|| Some(date(value)?.saturating_sub(now().0))));
    let reset = || Some(text("x-ratelimit-reset")?.parse::<i64>().ok()?.saturating_sub(now().0));
    after.or_else(reset).map(|seconds| seconds.max(1))
}

/// Unix seconds of a date in a header.
pub(super) fn date(value: &str) -> Option<i64> {
    let parser = jiff::fmt::rfc2822::DateTimeParser::new();
    parser.parse_timestamp(value).ok().map(jiff::Timestamp::as_second)
}

/// The wall clock.
#[expect(clippy::disallowed_methods, reason = "a server's date means nothing without the wall clock")]
pub(super) fn now() -> Unix {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Unix(since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX)))
}

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

/// A body that ended without an answer.
pub(super) fn stopped(stopped: Stopped, host: &str) -> Trouble {
    match stopped {
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

/// No head of a reply came.
pub(super) fn no_answer(host: &str, out_of_time: bool) -> Trouble {
    if out_of_time {
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

//! What a reply means that says no by its status. Owns these words; the server's own are put in where it has any.

use http::HeaderMap;

use super::case::Case;
use super::trouble::Trouble;
use super::{denied, silent, tls};
use crate::domain::examination::Rung;
use crate::domain::link::Region;
use crate::domain::time::{Unix, long};
use crate::session::forgotten;

/// Characters of the server's own words that are told.
const MOST_WORDS: usize = 200;

/// A reply that says no.
pub(super) struct No<'a> {
    pub(super) status: u16,
    /// The media type.
    pub(super) kind: &'a str,
    pub(super) headers: &'a HeaderMap,
    /// The code of a JSON-RPC error in it.
    pub(super) code: Option<i64>,
    /// The server's own words; empty when it has none.
    pub(super) words: &'a str,
    /// Whether the request named a session.
    pub(super) in_session: bool,
}

/// What it means.
pub(super) fn of(no: &No<'_>, case: &Case) -> Trouble {
    let host = &case.host;
    let said = said(no.words);
    match no.status {
        401 => denied::unauthorized(case),
        403 => denied::forbidden(no, case),
        404 if no.in_session => lost("session-lost-404", host, "404"),
        400 if no.in_session && forgotten::by_bad_request(no.code, no.words) => {
            lost("session-lost-400", host, "400")
        }
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
                "{host} says it cannot answer in any form this program reads (406), although it was asked for both that exist."
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
        511 => silent::portal(host),
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
            server_error_hint(case),
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
    match short.chars().last() {
        None => ".".to_owned(),
        Some('.' | '!' | '?') => format!(": {short}"),
        Some(_) => format!(": {short}."),
    }
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

fn server_error_hint(case: &Case) -> &'static str {
    if case.region != Region::Other {
        return "Nothing is wrong on this side. Try again in a few minutes; https://www.intercomstatus.com says how \
                Intercom is.";
    }
    if case.signed {
        return "Try again in a few minutes. Some servers answer so to a sign-in they cannot read: `switchboard login` \
                gets a new one.";
    }
    "Nothing is wrong on this side. Try again in a few minutes, then ask the server's owner."
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

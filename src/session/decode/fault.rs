//! Errors that a tool reports in its result: a REST `error.list`, or words.

use serde_json::Value;

use super::fields::text;
use crate::domain::call::{Fault, FaultKind};
use crate::session::wire::Reply;

/// Characters of the server's own words that are kept.
const MOST_WORDS: usize = 300;
/// Bytes of a REST error at most; longer texts are answers.
const LONGEST_ERROR: usize = 16 * 1024;

/// The fault that an error result stands for.
pub(super) fn of_tool(reply: &Reply) -> Fault {
    let structured = reply.structured.as_ref();
    let parsed: Vec<Value> = reply.texts.iter().filter_map(|text| embedded(text)).collect();
    let listed = structured.into_iter().chain(&parsed).find_map(of_rest);
    listed.unwrap_or_else(|| of_words(&reply.texts.join(" ")))
}

/// The fault that a result stands for, when it stands for one. A success is looked at only where it may be short enough
/// for an error.
pub(super) fn of_result(reply: &Reply) -> Option<Fault> {
    if reply.is_error {
        return Some(of_tool(reply));
    }
    let short = |text: &&String| text.len() <= LONGEST_ERROR && text.contains("error");
    let parsed = reply.texts.iter().filter(short).filter_map(|text| embedded(text));
    reply.structured.iter().find_map(of_rest).or_else(|| parsed.into_iter().find_map(|value| of_rest(&value)))
}

/// Whether a result holds a REST error with a code that is known to refuse. Words alone, however clear, may be about the
/// answer and not about the request: servers check their own results after they have acted.
pub(super) fn is_coded(reply: &Reply) -> bool {
    let parsed: Vec<Value> = reply.texts.iter().filter_map(|text| embedded(text)).collect();
    let errors = reply.structured.iter().chain(&parsed).filter_map(|value| value.get("errors")?.get(0));
    errors.into_iter().any(|error| FaultKind::of_code(text(error, "code")).is_some())
        || reply.is_error && names_code(reply)
}

fn names_code(reply: &Reply) -> bool {
    reply.texts.iter().any(|text| code_in(text).is_some())
}

/// The kind of a code that stands in words as it is, such as `token_unauthorized` (section 5); no English word looks so.
fn code_in(words: &str) -> Option<FaultKind> {
    let apart = |c: char| !(c.is_ascii_lowercase() || c == '_');
    words.split(apart).filter(|word| word.contains('_')).find_map(FaultKind::of_code)
}

/// The JSON object inside words such as `API error 404: {…}`.
fn embedded(words: &str) -> Option<Value> {
    let (start, end) = (words.find('{')?, words.rfind('}')?);
    serde_json::from_str(words.get(start..=end)?).ok()
}

/// The fault of a REST error body (section 9), when it is one.
pub(super) fn of_rest(value: &Value) -> Option<Fault> {
    let listed = text(value, "type") == "error.list";
    let first = value.get("errors").and_then(|errors| errors.get(0));
    if !listed && (first.is_none() || value.get("id").is_some()) {
        return None;
    }
    let (code, message) = first.map_or(("", ""), |error| (text(error, "code"), text(error, "message")));
    let kind = FaultKind::of_code(code).unwrap_or_else(|| kind_of_words(message));
    let words = match (message, code) {
        ("", "") => "no reason given".to_owned(),
        ("", code) => code.to_owned(),
        (message, "") => message.to_owned(),
        (message, code) => format!("{message} ({code})"),
    };
    Some(told(kind, &words))
}

fn of_words(words: &str) -> Fault {
    if words.trim().is_empty() {
        return told(FaultKind::Tool, "no reason given");
    }
    told(code_in(words).unwrap_or_else(|| kind_of_words(words)), words)
}

/// The kind by words that are known to stand in errors. None of this is documented, so an unknown text stays a tool's
/// own error.
fn kind_of_words(words: &str) -> FaultKind {
    let lower = words.to_lowercase();
    let has = |needle: &str| lower.contains(needle);
    // What broke on the way comes first: such words may well speak of an "invalid response", which refuses nothing.
    if has("request_timeout") || has("timed out") || has("timeout") {
        FaultKind::TimedOut
    } else if has("server_error")
        || has("server error")
        || has("internal error")
        || has("service_unavailable")
        || has("unavailable")
        || has("gateway")
        || has("upstream")
    {
        FaultKind::Server
    } else if has("token_unauthorized") || has("not authorized") || has("forbidden") {
        FaultKind::Forbidden
    } else if has("unauthorized") || has("access token") {
        FaultKind::SignIn
    } else if has("rate limit") || has("rate_limit") || has("too many requests") {
        FaultKind::RateLimited
    } else if has("not found") || has("not_found") || has("contact_merged") {
        FaultKind::NotFound
    } else if has("at least one search parameter")
        || has("invalid")
        || has("unknown field")
        || has("unknown operator")
        || has("object_type")
        || has("required")
    {
        FaultKind::Invalid
    } else {
        FaultKind::Tool
    }
}

fn told(kind: FaultKind, words: &str) -> Fault {
    let words: String = words.trim().chars().take(MOST_WORDS).collect();
    let hint = match kind {
        FaultKind::SignIn => "Sign in again, or check the token.",
        FaultKind::Forbidden => "The token lacks a permission for this; add it in Intercom and reconnect.",
        FaultKind::NotFound => "It may have been deleted or merged; refresh the list.",
        FaultKind::RateLimited => "Wait a little and try again.",
        FaultKind::Server | FaultKind::TimedOut => "Try again in a moment.",
        FaultKind::Invalid => "Change the query or the text and try again.",
        FaultKind::Unreachable
        | FaultKind::Tls
        | FaultKind::Protocol
        | FaultKind::Version
        | FaultKind::TooLarge
        | FaultKind::Offline
        | FaultKind::Busy
        | FaultKind::NoTool
        | FaultKind::Tool => "",
    };
    Fault::new(kind, &format!("Intercom says: {words}"), hint)
}

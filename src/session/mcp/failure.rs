//! What went wrong below the protocol, and the sentence for it. Names host and cause, never the token, nor queries.

use http::StatusCode;
use rmcp::ServiceError;
use rmcp::model::{ErrorData, RequestId};
use rmcp::service::ClientInitializeError;
use rmcp::transport::DynamicTransportError;
use rmcp::transport::streamable_http_client::StreamableHttpError;
use serde_json::Value;

use super::place::Place;
use super::talk::Talk;
use crate::domain::call::{Fault, FaultKind};
use crate::session::client::causes;
use crate::session::forgotten;

/// What a failure means for the one who called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// The server said no, or nothing left for another reason than the connection.
    Refused,
    /// Whether the server acted is open; the connection works.
    Unclear,
    /// There is no connection.
    Lost,
    /// A connection broke; whether the server is still there must be asked.
    Broken,
    /// An answer broke off; whether the server is still there must be asked.
    Cut,
    /// The server does not know the session.
    SessionGone,
    /// The same, told by words only: whether it acted on the request is not certain.
    SessionDoubted,
    /// The server wants another sign-in.
    SignIn,
    /// The headers of a call were not what its tool wants now (-32020), and the server did not act. Only where the server is
    /// of the newest era (MCP 2026-07-28): elsewhere the code is a refusal like others.
    Outdated,
}

/// A failure with its sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", fault.sentence)]
pub(super) struct Failure {
    pub(super) what: What,
    pub(super) fault: Fault,
    /// The HTTP status that said it, where one did.
    pub(super) status: Option<u16>,
}

/// Names of one list that are told.
const MOST_NAMES: usize = 8;
const ASK_DOCTOR: &str =
    "The doctor tells which of the two is at fault: press D, or run `switchboard doctor`.";
const CHECK_SERVER: &str = "Check that the server is running and the address is right.";
const CHECK_ADDRESS: &str = "Check the address; Intercom's ends in /mcp.";

impl Failure {
    pub(super) fn new(what: What, kind: FaultKind, sentence: &str, hint: &str) -> Self {
        Self::of(what, Fault::new(kind, sentence, hint))
    }

    /// A failure that is told by a fault from elsewhere.
    pub(super) fn of(what: What, fault: Fault) -> Self {
        Self { what, fault, status: None }
    }

    /// A request that never got as far as a reply's head. The second value: nothing can have left.
    /// `through` names the proxy that was to make the connection.
    pub(super) fn of_request(error: &reqwest::Error, host: &str, through: Option<&str>) -> (Self, bool) {
        let causes = causes(error);
        if let Some(through) = through.filter(|_| error.is_connect()) {
            let sentence = format!("No connection to {host} could be made {through}.");
            return (Self::new(What::Lost, FaultKind::Unreachable, &sentence, ASK_DOCTOR), true);
        }
        if !error.is_connect() {
            let what = if error.is_timeout() { What::Unclear } else { What::Broken };
            let sentence = format!("The connection to {host} broke before the answer came.");
            return (Self::new(what, FaultKind::Unreachable, &sentence, CHECK_SERVER), false);
        }
        let has = |words: &[&str]| words.iter().any(|word| causes.contains(word));
        let (kind, sentence, hint) = if error.is_timeout() || has(&["timed out"]) {
            (FaultKind::Unreachable, format!("{host} did not take the connection in time."), CHECK_SERVER)
        } else if has(&["dns", "lookup", "resolve"]) {
            (
                FaultKind::Unreachable,
                format!("The name {host} could not be looked up."),
                "Check the address and the network.",
            )
        } else if has(&["certificate", "tls", "handshake", "invalidmessage", "corrupt message"]) {
            (
                FaultKind::Tls,
                format!("No secure connection to {host} could be made: its certificate or TLS was refused."),
                "Check the address, the clock, and whether a proxy stands between.",
            )
        } else if has(&["refused"]) {
            (FaultKind::Unreachable, format!("{host} refused the connection."), CHECK_SERVER)
        } else {
            (FaultKind::Unreachable, format!("No connection to {host} could be made."), CHECK_SERVER)
        };
        (Self::new(What::Lost, kind, &sentence, hint), true)
    }

    /// A reply that says no by its status. `words` are the server's own, `said` the code of a JSON-RPC error in the body.
    pub(super) fn of_status(
        status: StatusCode,
        words: &str,
        said: Option<i64>,
        in_session: bool,
        wait: Option<u64>,
        host: &str,
    ) -> Self {
        let code = status.as_u16();
        let forgot = in_session && forgotten::by_bad_request(said, words);
        let gone = if said.is_some() { What::SessionGone } else { What::SessionDoubted };
        let said = if words.is_empty() { String::new() } else { format!(": {words}") };
        let mut failure = match code {
            401 => Self::new(
                What::SignIn,
                FaultKind::SignIn,
                &format!("{host} refused the sign-in (401)."),
                "Check the token, or sign in again, then reconnect.",
            ),
            403 => Self::new(
                What::Refused,
                FaultKind::Forbidden,
                &format!("{host} refused access (403){said}"),
                "The token lacks a permission, or belongs to another region.",
            ),
            404 if in_session => Self::forgotten(What::SessionGone, host),
            400 if forgot => Self::forgotten(gone, host),
            404 | 405 => Self::new(
                What::Refused,
                FaultKind::Protocol,
                &format!("{host} has no MCP server at this path ({code})."),
                CHECK_ADDRESS,
            ),
            429 => Self::new(
                What::Refused,
                FaultKind::RateLimited,
                &format!("{host} asks us to slow down (429)."),
                "Wait a little and try again.",
            ),
            500..=599 => Self::new(
                What::Unclear,
                FaultKind::Server,
                &format!("{host} failed ({code}){said}"),
                "Try again in a moment.",
            ),
            _ => Self::new(
                What::Refused,
                FaultKind::Protocol,
                &format!("{host} refused the request ({code}){said}"),
                CHECK_ADDRESS,
            ),
        };
        failure.fault.wait = wait;
        failure.status = Some(code);
        failure
    }

    /// The server does not know the session any more.
    fn forgotten(what: What, host: &str) -> Self {
        Self::new(
            what,
            FaultKind::Protocol,
            &format!("{host} no longer knows this session."),
            "A new one is opened by itself.",
        )
    }

    /// The headers of a call did not fit what the server knows of its tool.
    pub(super) fn outdated(words: &str, host: &str) -> Self {
        let said = if words.is_empty() { String::new() } else { format!(": {words}") };
        let sentence = format!("{host} turned the call away unread, for its tools have changed{said}");
        Self::new(What::Outdated, FaultKind::Invalid, &sentence, "Try again.")
    }

    /// The server requires what we did not offer (-32021, MCP 2026-07-28), and did not act. None: it is another refusal.
    pub(super) fn lacking(code: i64, data: Option<&Value>, place: &Place) -> Option<Self> {
        let named = required(data.filter(|_| code == -32021)?)?;
        let sentence = format!(
            "{} requires something of this program that it does not offer: {}.",
            place.host,
            place.hide(&named)
        );
        let hint = "Update this program, or do this with another one.";
        Some(Self::new(What::Refused, FaultKind::Invalid, &sentence, hint))
    }

    /// A JSON-RPC error. Only those that say why nothing was done are a refusal; an internal one (-32603) or an unknown
    /// one may have come up after the server acted.
    fn of_error(error: &ErrorData, place: &Place) -> Self {
        let host = &place.host;
        if let Some(lacking) = Self::lacking(error.code.0.into(), error.data.as_ref(), place) {
            return lacking;
        }
        let words = place.hide(&error.message);
        let lower = words.to_lowercase();
        if forgotten::by_error(error.code.0.into(), &words) {
            return Self::forgotten(What::SessionDoubted, host);
        }
        let kind = match error.code.0 {
            -32602 | -32600 | -32022..=-32020 => FaultKind::Invalid,
            -32601 => FaultKind::NoTool,
            _ if lower.contains("rate") && lower.contains("limit") => FaultKind::RateLimited,
            _ if lower.contains("unknown tool") => FaultKind::NoTool,
            _ => FaultKind::Tool,
        };
        // Servers check their own results, too, and after they have acted.
        let about_answer =
            ["output", "structured content", "structuredcontent"].iter().any(|words| lower.contains(words));
        let open = kind == FaultKind::Tool || about_answer;
        let what = match error.code.0 {
            _ if open => What::Unclear,
            -32020 => What::Outdated,
            _ => What::Refused,
        };
        Self::new(what, kind, &format!("{host} says: {words}"), "")
    }
}

/// The capabilities that `requiredCapabilities` names, with what it wants of them in brackets.
fn required(data: &Value) -> Option<String> {
    let all = data.get("requiredCapabilities")?;
    if let Some(names) = all.as_array() {
        let names: Vec<&str> = names.iter().filter_map(Value::as_str).take(MOST_NAMES).collect();
        return (!names.is_empty()).then(|| names.join(", "));
    }
    let all = all.as_object().filter(|all| !all.is_empty())?;
    let one = |(name, parts): (&String, &Value)| {
        let parts = parts.as_object().filter(|parts| !parts.is_empty())?;
        let parts: Vec<&str> = parts.keys().map(String::as_str).take(MOST_NAMES).collect();
        Some(format!("{name} ({})", parts.join(", ")))
    };
    let named = all.iter().take(MOST_NAMES).map(|entry| one(entry).unwrap_or_else(|| entry.0.clone()));
    Some(named.collect::<Vec<_>>().join(", "))
}

/// Our own failure inside the library's error.
pub(super) fn inside(error: &DynamicTransportError) -> Option<Failure> {
    if let Some(failure) = error.error.downcast_ref::<Failure>() {
        return Some(failure.clone());
    }
    let error = error.error.downcast_ref::<StreamableHttpError<Failure>>()?;
    if let StreamableHttpError::Client(failure) = error {
        return Some(failure.clone());
    }
    None
}

/// What a request's error means. `id` names the request, for what its stream recorded.
pub(super) fn of_service(error: ServiceError, talk: &Talk, id: Option<&RequestId>) -> Failure {
    let place = &talk.place;
    let recorded = || id.and_then(|id| talk.recorded(id));
    #[expect(clippy::wildcard_enum_match_arm, reason = "the library's list of errors is open")]
    match error {
        ServiceError::McpError(error) => match recorded() {
            Some(failure) if error.message.contains("stream closed before") => failure,
            _ => Failure::of_error(&error, place),
        },
        ServiceError::TransportSend(error) => inside(&error)
            .or_else(recorded)
            .unwrap_or_else(|| place.not_mcp("sent something that is not MCP")),
        ServiceError::TransportClosed => {
            recorded().unwrap_or_else(|| Failure::of(What::Broken, place.gone()))
        }
        _ => place.not_mcp("answered in a way that cannot be read"),
    }
}

/// What a failed greeting means.
pub(super) fn of_greeting(error: &ClientInitializeError, talk: &Talk) -> Failure {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the library's list of errors is open")]
    let known = match error {
        ClientInitializeError::TransportError { error, .. } => inside(error),
        ClientInitializeError::JsonRpcError(error) => Some(Failure::of_error(error, &talk.place)),
        _ => None,
    };
    known
        .or_else(|| talk.last())
        .unwrap_or_else(|| talk.place.not_mcp("does not answer as an MCP server does"))
}

/// The two sides have no protocol version in common.
pub(super) fn no_version(host: &str, theirs: &str, ours: &str) -> Fault {
    Fault::new(
        FaultKind::Version,
        &format!("{host} speaks MCP {theirs}; this program speaks {ours}."),
        "Update this program, or ask for the server to be updated.",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_capability_that_is_required_is_named() {
        let rows = [
            (json!({"requiredCapabilities": {"elicitation": {}}}), Some("elicitation")),
            (
                json!({"requiredCapabilities": {"elicitation": {"url": {}, "form": {}}, "sampling": 7}}),
                Some("elicitation (url, form), sampling"),
            ),
            (json!({"requiredCapabilities": {}}), None),
            (json!({"requiredCapabilities": ["elicitation"]}), Some("elicitation")),
            (json!({"requiredCapabilities": "elicitation"}), None),
            (json!(null), None),
        ];
        for (data, named) in rows {
            assert_eq!(required(&data).as_deref(), named, "{data}");
        }
    }
}

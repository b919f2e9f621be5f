//! What every way of talking shares within one session: the mailbox, what went wrong, and the suspicion that the
//! connection is gone. Bounded.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use rmcp::model::{ClientJsonRpcMessage, ClientRequest, GetExtensions as _, RequestId};
use tokio::sync::Notify;

use super::failure::{Failure, What};
use super::mailbox::Mailbox;
use super::parameters::Mirrored;
use super::place::Place;
use crate::domain::call::FaultKind;
use crate::session::tools;
use crate::session::wire::Handover;

/// Failures that are remembered.
const RECORDS: usize = 32;

/// What one session's transport and its line share.
pub(super) struct Talk {
    pub(super) place: Arc<Place>,
    pub(super) mailbox: Mailbox,
    /// Told when the connection may be gone.
    pub(super) suspect: Notify,
    /// Told when the tools changed.
    pub(super) changed: Notify,
    /// Whether the server keeps a session for us.
    pub(super) session: AtomicBool,
    failures: Mutex<VecDeque<(Option<RequestId>, Failure)>>,
    /// Arguments that are mirrored in headers, by tool.
    pub(super) mirrored: RwLock<HashMap<String, Vec<Mirrored>>>,
}

impl Talk {
    pub(super) fn new(place: Arc<Place>) -> Self {
        Self {
            place,
            mailbox: Mailbox::default(),
            suspect: Notify::default(),
            changed: Notify::default(),
            session: AtomicBool::new(false),
            failures: Mutex::default(),
            mirrored: RwLock::default(),
        }
    }

    /// Remembers what went wrong, and with which request when that is known.
    pub(super) fn note(&self, id: Option<RequestId>, failure: Failure) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= RECORDS {
            failures.pop_front();
        }
        failures.push_back((id, failure));
    }

    /// How the answer to a request broke off.
    pub(super) fn recorded(&self, id: &RequestId) -> Option<Failure> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let found = failures.iter().rev().find(|(of, _)| of.as_ref() == Some(id));
        found.map(|(_, failure)| failure.clone())
    }

    /// The last thing that went wrong.
    pub(super) fn last(&self) -> Option<Failure> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.back().map(|(_, failure)| failure.clone())
    }
}

/// Leave to send: a write's bytes go out once, with a handover that has not been used; all else must be a read. What
/// writes articles and notes never goes by hand.
pub(super) fn leave(message: &ClientJsonRpcMessage) -> Result<Option<Arc<Handover>>, Failure> {
    let ClientJsonRpcMessage::Request(request) = message else {
        return Ok(None);
    };
    let ClientRequest::CallToolRequest(call) = &request.request else {
        return Ok(None);
    };
    let handover = request.request.extensions().get::<Arc<Handover>>().cloned();
    let allowed = match &handover {
        Some(handover) if handover.is_by_hand() && tools::only_by_review(&call.params.name).is_err() => false,
        Some(handover) => handover.begin(),
        None => tools::is_read(&call.params.name),
    };
    allowed.then_some(handover).ok_or_else(unsendable)
}

/// A write without leave, or one that has left before.
pub(super) fn unsendable() -> Failure {
    Failure::new(
        What::Unclear,
        FaultKind::Protocol,
        "The request was held back: a write is sent only once.",
        "",
    )
}

/// The request's id, when a message is a request.
pub(super) fn request_id(message: &ClientJsonRpcMessage) -> Option<RequestId> {
    match message {
        ClientJsonRpcMessage::Request(request) => Some(request.id.clone()),
        ClientJsonRpcMessage::Response(_)
        | ClientJsonRpcMessage::Notification(_)
        | ClientJsonRpcMessage::Error(_) => None,
    }
}

/// The method and the tool of a message, for whoever overhears.
pub(super) fn names(message: &ClientJsonRpcMessage) -> (String, String) {
    let value = serde_json::to_value(message).unwrap_or_default();
    let word = |path: &str| value.pointer(path).and_then(serde_json::Value::as_str).unwrap_or("").to_owned();
    let method = word("/method");
    let tool = if method == "tools/call" { word("/params/name") } else { String::new() };
    (if method.is_empty() { "answer".to_owned() } else { method }, tool)
}

#[cfg(test)]
mod tests {
    use rmcp::model::{CallToolRequest, CallToolRequestParams};

    use super::*;

    fn call(tool: &'static str, handover: Option<Arc<Handover>>) -> ClientJsonRpcMessage {
        let mut request = CallToolRequest::new(CallToolRequestParams::new(tool));
        if let Some(handover) = handover {
            request.extensions.insert(handover);
        }
        let request = ClientRequest::CallToolRequest(request);
        ClientJsonRpcMessage::request(request, RequestId::Number(1))
    }

    #[test]
    fn a_write_leaves_once_and_only_with_leave() {
        assert!(leave(&call("get_article", None)).is_ok());
        assert!(leave(&call("add_internal_note", None)).is_err());
        assert!(leave(&call("get_everything", None)).is_err());
        let message = call("add_internal_note", Some(Arc::default()));
        assert!(leave(&message).is_ok());
        assert!(leave(&message.clone()).is_err(), "the library may repeat a message");
        let withdrawn = Arc::new(Handover::default());
        assert!(withdrawn.withdraw());
        assert!(leave(&call("add_internal_note", Some(withdrawn))).is_err());
    }

    #[test]
    fn what_writes_articles_never_goes_by_hand() {
        for tool in ["add_internal_note", "bridge__Create_Article"] {
            assert!(leave(&call(tool, Some(Arc::new(Handover::by_hand())))).is_err(), "{tool}");
        }
        assert!(leave(&call("add_numbers", Some(Arc::new(Handover::by_hand())))).is_ok());
    }

    #[test]
    fn names_are_the_methods_and_the_tools() {
        assert_eq!(names(&call("get_article", None)), ("tools/call".to_owned(), "get_article".to_owned()));
    }
}

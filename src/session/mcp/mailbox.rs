//! What comes in, sorted by what was asked: batches are split, ids are matched leniently where they are unique, the first
//! of two replies counts, errors without an id find their request. Results of tools are kept here whole, and the library
//! is told only that there is one: its closed types would lose fields and whole lists over one odd tool.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rmcp::model::{ClientJsonRpcMessage, ClientRequest, ProtocolVersion, RequestId, ServerJsonRpcMessage};
use serde_json::{Map, Value, json};

/// Questions of the server whose words are kept for when the library hands them over.
const ASKED: usize = 32;
/// Messages of one batch that are read.
const MOST: usize = 1_000;

/// What of a result the library gets to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Only that there is one; it is kept here.
    Kept,
    /// What a greeting needs; the rest is kept here.
    Greeting,
    /// What `server/discover` needs; the rest is kept here.
    Discovery,
    /// All of it.
    Whole,
}

#[derive(Default)]
struct Inner {
    open: HashMap<RequestId, Shape>,
    results: HashMap<RequestId, Value>,
    /// What the server said of itself.
    greeting: Value,
    asked: VecDeque<(Value, Value)>,
}

/// One session's mailbox.
#[derive(Default)]
pub(super) struct Mailbox(Mutex<Inner>);

/// What a piece of incoming JSON turned out to be.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    /// For the library, in order.
    pub(super) messages: Vec<ServerJsonRpcMessage>,
    /// Why something was left out, in a few words; empty when nothing was.
    pub(super) odd: &'static str,
}

impl Mailbox {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A message is about to leave; when it is a request, its reply is waited for from now on.
    pub(super) fn expect(&self, message: &ClientJsonRpcMessage) {
        if let ClientJsonRpcMessage::Request(request) = message {
            let shape = shape(&request.request);
            self.inner().open.insert(request.id.clone(), shape);
        }
    }

    /// Whether the reply to a request is still waited for.
    pub(super) fn expects(&self, id: &RequestId) -> bool {
        self.inner().open.contains_key(id)
    }

    /// Nobody waits for this reply any more.
    pub(super) fn forget(&self, id: &RequestId) {
        let mut inner = self.inner();
        inner.open.remove(id);
        inner.results.remove(id);
    }

    /// The kept result of a request.
    pub(super) fn result(&self, id: &RequestId) -> Option<Value> {
        self.inner().results.remove(id)
    }

    /// The server's greeting as it came; null before.
    pub(super) fn greeting(&self) -> Value {
        self.inner().greeting.clone()
    }

    /// The version that the server greeted in, when this program does not know it.
    pub(super) fn unknown_version(&self) -> Option<String> {
        unknown(&self.inner().greeting).map(str::to_owned)
    }

    /// The parameters of a request of the server's, as they came.
    pub(super) fn asked(&self, id: &RequestId) -> Option<Value> {
        let id = serde_json::to_value(id).ok()?;
        let mut inner = self.inner();
        let at = inner.asked.iter().position(|(of, _)| *of == id)?;
        inner.asked.remove(at).map(|(_, params)| params)
    }

    /// Sorts one body, event or line. `of` names the request that it answers, where that is known from where it came.
    pub(super) fn sort(&self, bytes: &[u8], of: Option<&RequestId>) -> Sorted {
        let mut sorted = Sorted::default();
        match serde_json::from_slice::<Value>(bytes) {
            Ok(Value::Array(batch)) => {
                for message in batch.into_iter().take(MOST) {
                    self.one(message, of, &mut sorted);
                }
            }
            Ok(message) => self.one(message, of, &mut sorted),
            Err(_) => sorted.odd = "not JSON",
        }
        sorted
    }

    fn one(&self, message: Value, of: Option<&RequestId>, sorted: &mut Sorted) {
        let Value::Object(mut message) = message else {
            sorted.odd = "not a message";
            return;
        };
        message.insert("jsonrpc".to_owned(), Value::from("2.0"));
        if message.contains_key("method") {
            self.remember_question(&message);
        } else if let Err(odd) = self.reply(&mut message, of) {
            sorted.odd = odd;
            return;
        }
        match serde_json::from_value(Value::Object(message)) {
            Ok(message) => sorted.messages.push(message),
            Err(_) => sorted.odd = "not a message",
        }
    }

    fn remember_question(&self, message: &Map<String, Value>) {
        let is_question = message.get("method").and_then(Value::as_str) == Some("elicitation/create");
        let (Some(id), Some(params)) = (message.get("id"), message.get("params")) else {
            return;
        };
        if is_question {
            let mut inner = self.inner();
            if inner.asked.len() >= ASKED {
                inner.asked.pop_front();
            }
            inner.asked.push_back((id.clone(), params.clone()));
        }
    }

    /// Puts the right id into a reply and keeps its result. The error says why the reply counts for nothing.
    fn reply(&self, message: &mut Map<String, Value>, of: Option<&RequestId>) -> Result<(), &'static str> {
        let mut inner = self.inner();
        let id = inner.addressee(message.get("id"), of)?;
        if let Some(error) = message.get_mut("error").filter(|error| !error.is_null()) {
            mend(error);
            message.remove("result");
            inner.open.remove(&id);
        } else {
            let result = message.get_mut("result").map(Value::take).ok_or("neither result nor error")?;
            message.remove("error");
            let shape = inner.open.remove(&id).unwrap_or(Shape::Whole);
            match inner.shown(shape, &id, result) {
                Ok(shown) => message.insert("result".to_owned(), shown),
                Err(stop) => message.insert("error".to_owned(), stop),
            };
        }
        let id = serde_json::to_value(&id).map_err(|_| "not a message")?;
        message.insert("id".to_owned(), id);
        Ok(())
    }
}

impl Inner {
    /// The request that a reply with this id answers.
    fn addressee(&self, id: Option<&Value>, of: Option<&RequestId>) -> Result<RequestId, &'static str> {
        let id = match id {
            None | Some(Value::Null) => {
                let mut open = self.open.keys();
                let only = open.next().filter(|_| self.open.len() == 1);
                return of.or(only).filter(|id| self.open.contains_key(id)).cloned().ok_or("nobody's reply");
            }
            Some(Value::String(text)) => match text.trim().parse() {
                Ok(number) if !self.open.contains_key(&RequestId::String(text.as_str().into())) => {
                    RequestId::Number(number)
                }
                Ok(_) | Err(_) => RequestId::String(text.as_str().into()),
            },
            Some(Value::Number(number)) => RequestId::Number(number.as_i64().ok_or("nobody's reply")?),
            Some(Value::Bool(_) | Value::Array(_) | Value::Object(_)) => return Err("nobody's reply"),
        };
        self.open.contains_key(&id).then_some(id).ok_or("a reply that nobody waits for")
    }

    /// What the library gets to see of a result. The error ends a greeting there, before anything more is sent: it would
    /// go on in a version that nobody here knows.
    fn shown(&mut self, shape: Shape, id: &RequestId, result: Value) -> Result<Value, Value> {
        match shape {
            Shape::Whole => Ok(result),
            Shape::Kept => {
                self.results.insert(id.clone(), result);
                Ok(json!({}))
            }
            Shape::Greeting | Shape::Discovery => {
                let least = if shape == Shape::Greeting { greeting(&result) } else { discovery(&result) };
                self.greeting = result;
                match unknown(&self.greeting) {
                    Some(_) => Err(json!({ "code": -32022, "message": "a version that is not known here" })),
                    None => Ok(least),
                }
            }
        }
    }
}

fn shape(request: &ClientRequest) -> Shape {
    match request.method() {
        "tools/call" | "tools/list" => Shape::Kept,
        "initialize" => Shape::Greeting,
        "server/discover" => Shape::Discovery,
        _ => Shape::Whole,
    }
}

/// The least the library needs of a greeting; a result without a version is left for it to refuse.
fn greeting(result: &Value) -> Value {
    let Some(version) = result.get("protocolVersion").and_then(Value::as_str) else {
        return result.clone();
    };
    json!({ "protocolVersion": version, "capabilities": {}, "serverInfo": { "name": "", "version": "" } })
}

/// The version of a greeting that this program does not know.
fn unknown(greeting: &Value) -> Option<&str> {
    let version = greeting.get("protocolVersion").and_then(Value::as_str)?;
    let known = ProtocolVersion::KNOWN_VERSIONS.iter().any(|known| known.as_str() == version);
    (!known).then_some(version)
}

fn discovery(result: &Value) -> Value {
    let Some(versions) = result.get("supportedVersions").and_then(Value::as_array) else {
        return result.clone();
    };
    let versions: Vec<&Value> = versions.iter().filter(|version| version.is_string()).collect();
    json!({ "resultType": "complete", "supportedVersions": versions, "capabilities": {}, "ttlMs": 0,
        "cacheScope": "private" })
}

/// Makes an error one that the library reads: a whole code, and words.
fn mend(error: &mut Value) {
    if let Value::String(words) = error {
        *error = json!({ "code": -32603, "message": words });
    }
    let Value::Object(fields) = error else {
        *error = json!({ "code": -32603, "message": "no reason given" });
        return;
    };
    let fits = |code: &Value| code.as_i64().is_some_and(|code| i32::try_from(code).is_ok());
    if !fields.get("code").is_some_and(fits) {
        fields.insert("code".to_owned(), Value::from(-32603));
    }
    if !fields.get("message").is_some_and(Value::is_string) {
        fields.insert("message".to_owned(), Value::from("no reason given"));
    }
}

#[cfg(test)]
mod tests {
    use rmcp::model::{CallToolRequest, CallToolRequestParams};

    use super::*;

    fn waiting(ids: &[i64]) -> Mailbox {
        let mailbox = Mailbox::default();
        for id in ids {
            let request = CallToolRequest::new(CallToolRequestParams::new("get_article"));
            let request = ClientRequest::CallToolRequest(request);
            mailbox.expect(&ClientJsonRpcMessage::request(request, RequestId::Number(*id)));
        }
        mailbox
    }

    #[test]
    fn a_result_is_kept_whole_and_the_first_of_two_counts() {
        let mailbox = waiting(&[1, 2]);
        let first = json!({"jsonrpc": "2.0", "id": 1, "result": {"odd": [1.5, null], "content": 7}});
        assert_eq!(mailbox.sort(first.to_string().as_bytes(), None).messages.len(), 1);
        let second = json!({"jsonrpc": "2.0", "id": 1, "result": {}});
        let sorted = mailbox.sort(second.to_string().as_bytes(), None);
        assert_eq!((sorted.messages.len(), sorted.odd), (0, "a reply that nobody waits for"));
        let kept = mailbox.result(&RequestId::Number(1));
        assert_eq!(kept, Some(json!({"odd": [1.5, null], "content": 7})));
    }

    #[test]
    fn ids_are_matched_leniently_where_they_are_unique() {
        let table = [
            (json!({"id": "2", "result": {}}), None, true),
            (json!({"id": null, "error": {"code": "E", "message": 4}}), Some(2), true),
            (json!({"error": "broke"}), Some(2), true),
            (json!({"id": null, "error": {}}), None, false),
            (json!({"id": 99, "result": {}}), Some(2), false),
            (json!({"id": "two", "result": {}}), Some(2), false),
            (json!({"id": [2], "result": {}}), Some(2), false),
            (json!({"id": 2}), Some(2), false),
            (json!(7), Some(2), false),
        ];
        for (message, of, counts) in table {
            let mailbox = waiting(&[1, 2]);
            let of = of.map(RequestId::Number);
            let sorted = mailbox.sort(message.to_string().as_bytes(), of.as_ref());
            assert_eq!(sorted.messages.len(), usize::from(counts), "{message}");
            assert_eq!(mailbox.expects(&RequestId::Number(2)), !counts, "{message}");
            assert_eq!(sorted.odd.is_empty(), counts, "{message}");
        }
    }

    #[test]
    fn a_batch_is_taken_apart() {
        let mailbox = waiting(&[1, 2]);
        let batch = json!([
            {"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info", "data": "hi"}},
            {"jsonrpc": "2.0", "id": 2, "result": {"a": 1}}, 5,
            {"jsonrpc": "2.0", "id": 1, "error": {"code": -32602, "message": "no"}}]);
        let sorted = mailbox.sort(batch.to_string().as_bytes(), None);
        assert_eq!((sorted.messages.len(), sorted.odd), (3, "not a message"));
        assert!(!mailbox.expects(&RequestId::Number(1)) && !mailbox.expects(&RequestId::Number(2)));
    }

    #[test]
    fn a_forgotten_request_leaves_nothing_behind() {
        let mailbox = waiting(&[1]);
        mailbox.sort(b"{\"id\": 1, \"result\": {}}", None);
        mailbox.forget(&RequestId::Number(1));
        assert_eq!(mailbox.result(&RequestId::Number(1)), None);
        assert!(mailbox.sort(b"{", None).messages.is_empty());
    }
}

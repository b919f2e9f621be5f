//! A client that knows as little as possible.

use futures::StreamExt as _;
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use switchboard::demo::{Options, Running, start};

/// What the servers of these tests take as now.
pub(crate) const NOW: i64 = 1_790_000_000;
const BOTH: &str = "application/json, text/event-stream";

/// A server and one session on it.
pub(crate) struct Wire {
    pub(crate) running: Running,
    pub(crate) http: reqwest::Client,
    pub(crate) session: String,
}

pub(crate) fn options() -> Options {
    Options { now: NOW, ..Options::default() }
}

pub(crate) fn initialize(version: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
        "protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "test", "version": "1"},
    }})
}

impl Wire {
    pub(crate) async fn open() -> Self {
        Self::with(options()).await
    }

    pub(crate) async fn grown(conversations: usize) -> Self {
        Self::with(Options { scale: Some(conversations), ..options() }).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let running = start(options).await.unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut wire = Self { running, http, session: String::new() };
        wire.session = wire.new_session().await;
        wire
    }

    pub(crate) async fn new_session(&self) -> String {
        let reply = self.bare().body(initialize("2025-11-25").to_string()).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::OK);
        reply.headers().get("mcp-session-id").unwrap().to_str().unwrap().to_owned()
    }

    /// A POST with the right headers, without a session.
    pub(crate) fn bare(&self) -> RequestBuilder {
        let post = self.http.post(self.running.url());
        post.header("accept", BOTH).header("content-type", "application/json")
    }

    pub(crate) fn post(&self, body: &Value) -> RequestBuilder {
        self.bare().header("mcp-session-id", &self.session).body(body.to_string())
    }

    /// The reply to one request.
    pub(crate) async fn ask(&self, method: &str, params: Value) -> Value {
        let body = json!({"jsonrpc": "2.0", "id": 7, "method": method, "params": params});
        let replies = events(self.post(&body).send().await.unwrap()).await;
        assert_eq!(replies.len(), 1);
        assert_eq!(replies[0]["id"], 7);
        replies[0].clone()
    }

    /// A tool's result, or the text of its error.
    pub(crate) async fn call(&self, tool: &str, arguments: Value) -> Result<Value, String> {
        let reply = self.ask("tools/call", json!({"name": tool, "arguments": arguments})).await;
        let content = reply["result"]["content"].as_array().unwrap_or_else(|| panic!("{reply}"));
        assert_eq!(content.len(), 1);
        let text = content[0]["text"].as_str().unwrap();
        if reply["result"]["isError"] == json!(true) {
            return Err(text.to_owned());
        }
        let value = serde_json::from_str(text).unwrap();
        assert!(text.contains("\n  \""), "the text is printed over many lines");
        Ok(value)
    }

    pub(crate) async fn ok(&self, tool: &str, arguments: Value) -> Value {
        self.call(tool, arguments).await.unwrap()
    }

    pub(crate) async fn refused(&self, tool: &str, arguments: Value) -> String {
        self.call(tool, arguments).await.unwrap_err()
    }

    /// Every conversation, as lists carry it.
    pub(crate) async fn conversations(&self) -> Vec<Value> {
        self.walk("search_conversations", "conversations", json!({"per_page": 150})).await
    }

    /// Every contact.
    pub(crate) async fn contacts(&self) -> Vec<Value> {
        let found = self.walk("search", "results", json!({"query": "object_type:contacts limit:150"})).await;
        let mut contacts = Vec::new();
        for item in found {
            contacts.push(self.ok("get_contact", json!({"id": item["id"]})).await);
        }
        contacts
    }

    /// All pages of a search.
    pub(crate) async fn walk(&self, tool: &str, key: &str, arguments: Value) -> Vec<Value> {
        let (mut found, mut next) = (Vec::new(), arguments.clone());
        loop {
            let page = self.ok(tool, next.clone()).await;
            let items = page[key].as_array().unwrap().clone();
            assert_eq!(page["total_in_page"], items.len());
            found.extend(items);
            let Some(cursor) = page["pages"]["next"]["starting_after"].as_str() else {
                assert!(page.get("_note").is_none());
                return found;
            };
            assert!(page["_note"].as_str().unwrap().ends_with(cursor));
            if let Some(query) = arguments["query"].as_str() {
                next["query"] = format!("{query} starting_after:{cursor}").into();
            } else {
                next["starting_after"] = cursor.into();
            }
        }
    }
}

/// The messages of an event stream.
pub(crate) async fn events(reply: Response) -> Vec<Value> {
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(reply.headers().get("content-type").unwrap(), "text/event-stream");
    let text = reply.text().await.unwrap();
    let mut messages = Vec::new();
    for event in text.split("\n\n").filter(|event| !event.is_empty() && !event.starts_with(':')) {
        let data = event.strip_prefix("event: message\ndata: ").unwrap();
        assert!(!data.contains('\n'));
        messages.push(serde_json::from_str(data).unwrap());
    }
    messages
}

/// The events of a stream that stays open, one by one, whatever pieces they arrive in.
pub(crate) struct Heard {
    chunks: futures::stream::BoxStream<'static, reqwest::Result<bytes::Bytes>>,
    waiting: String,
}

impl Heard {
    pub(crate) fn from(reply: Response) -> Self {
        assert_eq!(reply.status(), StatusCode::OK);
        assert_eq!(reply.headers().get("content-type").unwrap(), "text/event-stream");
        Self { chunks: reply.bytes_stream().boxed(), waiting: String::new() }
    }

    /// The next event with its blank line; `None` when the stream has ended well.
    pub(crate) async fn next(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.waiting.find("\n\n") {
                let rest = self.waiting.split_off(end + 2);
                return Some(std::mem::replace(&mut self.waiting, rest));
            }
            let Some(chunk) = self.chunks.next().await else {
                assert_eq!(self.waiting, "");
                return None;
            };
            self.waiting.push_str(std::str::from_utf8(&chunk.unwrap()).unwrap());
        }
    }

    /// The next message.
    pub(crate) async fn message(&mut self) -> Value {
        let event = self.next().await.unwrap();
        let data = event.strip_prefix("event: message\ndata: ").unwrap_or_else(|| panic!("{event}"));
        serde_json::from_str(data).unwrap()
    }
}

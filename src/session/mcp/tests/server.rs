//! A small MCP server that plays a list of faults, one per tool call, and remembers what it saw.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use futures::StreamExt as _;
use serde_json::{Value, json};
use tokio::sync::Notify;

/// How a tool call is answered.
#[derive(Clone, Copy, Debug)]
pub(super) enum Play {
    Json,
    Sse,
    SseWithoutLastBlankLine,
    Gone404,
    Gone400,
    GoneEvent,
    NullIdError,
    NullIdEvent,
    Html,
    Broken,
    Cut,
    CutAfterAnEvent,
    Silence,
    /// Not even a head.
    Never,
    Accepted,
    Redirect,
    RedirectHere,
    HugeJson,
    HugeSse,
    Status(u16),
    /// 429 with this many seconds to wait.
    Slower(u64),
    /// A JSON-RPC error with this code.
    Error(i32),
    /// A tool's own error, in these words.
    Failure(&'static str),
    /// A result of plain words.
    Words(&'static str),
    /// A status, a type and a body, in which `<ID>`, `<ANSWER>`, `<RESULT>` and `<OTHER>` are filled in.
    Raw(u16, &'static str, &'static str),
    /// A stream that ends, and what comes when the rest is asked for.
    Rest(&'static str, &'static str),
    /// 202, and this on the server's own stream.
    OnStream(&'static str),
}

/// How `server/discover` is answered.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Discovery {
    /// As what is unknown: accepted, and never answered.
    #[default]
    Accepted,
    /// By a status, a type and a body.
    Raw(u16, &'static str, &'static str),
    /// As a server of the newest era does.
    Modern,
    /// Refused once for its version, then as [`Discovery::Modern`].
    RefusedOnce,
    /// Not at all.
    Silent,
}

/// A request as it came: its method, its headers, its body.
#[derive(Clone, Debug)]
pub(super) struct Came {
    pub(super) method: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Value,
}

/// What the server says by itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Stream {
    /// Nothing, for ever.
    #[default]
    Open,
    /// That its tools changed, then nothing.
    ToolsChanged,
    /// Nothing, and it ends at once.
    Short,
    /// What is fed to it.
    Feed,
    /// It is refused so.
    Status(u16),
    /// There is none, which is said only after a tool was called.
    LateNone,
    /// There is none.
    None,
}

#[derive(Default)]
struct Seen {
    plays: Mutex<VecDeque<Play>>,
    log: Mutex<Vec<String>>,
    authorizations: Mutex<Vec<String>>,
    updates: Mutex<Vec<Value>>,
    refuse: AtomicU16,
    stream: Mutex<Stream>,
    changed: Notify,
    came: Mutex<Vec<Came>>,
    discovery: Mutex<Discovery>,
    rest: Mutex<Option<String>>,
    feed: Mutex<Option<tokio::sync::mpsc::Sender<String>>>,
    version: Mutex<Option<&'static str>>,
    greets_not: std::sync::atomic::AtomicBool,
    tools: Mutex<Option<Value>>,
}

impl Seen {
    fn count(&self, method: &str) -> usize {
        self.log.lock().unwrap().iter().filter(|seen| *seen == method).count()
    }

    async fn wait_for(&self, method: &str) {
        loop {
            let changed = self.changed.notified();
            if self.count(method) > 0 {
                return;
            }
            changed.await;
        }
    }
}

pub(super) struct Server {
    port: u16,
    seen: Arc<Seen>,
    task: tokio::task::JoinHandle<()>,
    runtime: Mutex<Option<tokio::runtime::Runtime>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
        let runtime = self.runtime.lock().unwrap().take();
        runtime.into_iter().for_each(tokio::runtime::Runtime::shutdown_background);
    }
}

impl Server {
    /// Runs on a runtime of its own, so that stopping it cuts every connection.
    pub(super) async fn start(plays: impl IntoIterator<Item = Play>) -> Self {
        let seen = Arc::new(Seen::default());
        seen.plays.lock().unwrap().extend(plays);
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let app = Router::new().fallback(serve).with_state(Arc::clone(&seen));
        let (sender, receiver) = tokio::sync::oneshot::channel();
        let task = runtime.spawn(async move {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            sender.send(listener.local_addr().unwrap().port()).unwrap();
            axum::serve(listener, app).await.unwrap();
        });
        Self { port: receiver.await.unwrap(), seen, task, runtime: Mutex::new(Some(runtime)) }
    }

    pub(super) fn address(&self) -> url::Url {
        format!("http://127.0.0.1:{}/mcp", self.port).parse().unwrap()
    }

    pub(super) fn stream(&self, stream: Stream) {
        *self.seen.stream.lock().unwrap() = stream;
    }

    pub(super) fn discovery(&self, discovery: Discovery) {
        *self.seen.discovery.lock().unwrap() = discovery;
    }

    /// The revision that the greeting is answered with.
    pub(super) fn version(&self, version: &'static str) {
        *self.seen.version.lock().unwrap() = Some(version);
    }

    pub(super) fn refuse_greetings(&self) {
        self.seen.greets_not.store(true, Ordering::SeqCst);
    }

    pub(super) fn greet_again(&self) {
        *self.seen.version.lock().unwrap() = None;
        self.seen.greets_not.store(false, Ordering::SeqCst);
    }

    pub(super) fn tools(&self, tools: Value) {
        *self.seen.tools.lock().unwrap() = Some(tools);
    }

    /// Everything of one method that came.
    pub(super) fn came(&self, method: &str) -> Vec<Came> {
        let came = self.seen.came.lock().unwrap();
        came.iter().filter(|came| came.method == method).cloned().collect()
    }

    pub(super) fn refuse_everything(&self, status: u16) {
        self.seen.refuse.store(status, Ordering::SeqCst);
    }

    pub(super) fn authorizations(&self) -> Vec<String> {
        let mut all = self.seen.authorizations.lock().unwrap().clone();
        all.dedup();
        all
    }

    /// The arguments of every write that arrived.
    pub(super) fn updates(&self) -> Vec<Value> {
        self.seen.updates.lock().unwrap().clone()
    }

    pub(super) fn count(&self, method: &str) -> usize {
        self.seen.count(method)
    }

    /// Waits until a method was seen.
    pub(super) async fn seen(&self, method: &str) {
        let wait = self.seen.wait_for(method);
        let limit = std::time::Duration::from_secs(20);
        tokio::time::timeout(limit, wait).await.expect(method);
    }

    pub(super) async fn stream_open(&self) {
        self.seen("GET").await;
    }

    pub(super) async fn stop(&self) {
        self.task.abort();
        let runtime = self.runtime.lock().unwrap().take();
        let stop = tokio::task::spawn_blocking(move || drop(runtime));
        stop.await.unwrap();
    }
}

async fn serve(State(seen): State<Arc<Seen>>, method: Method, headers: HeaderMap, body: Bytes) -> Response {
    let token = headers.get("authorization").map(|v| v.to_str().unwrap().to_owned());
    seen.authorizations.lock().unwrap().extend(token);
    let message: Value = serde_json::from_slice(&body).unwrap_or_default();
    let name = message["method"].as_str().unwrap_or(method.as_str()).to_owned();
    seen.log.lock().unwrap().push(name.clone());
    let came = Came { method: name.clone(), headers: headers.clone(), body: message.clone() };
    seen.came.lock().unwrap().push(came);
    seen.changed.notify_waiters();
    let refuse = seen.refuse.load(Ordering::SeqCst);
    if refuse != 0 {
        return StatusCode::from_u16(refuse).unwrap().into_response();
    }
    let id = &message["id"];
    let result = |result: Value| {
        let body = json!({"jsonrpc": "2.0", "id": id, "result": result}).to_string();
        reply(200, "application/json", body)
    };
    match name.as_str() {
        "GET" if headers.contains_key("last-event-id") && seen.rest.lock().unwrap().is_some() => {
            reply(200, "text/event-stream", seen.rest.lock().unwrap().take().unwrap())
        }
        "GET" if headers.contains_key("last-event-id") => {
            reply(200, "text/event-stream", "id: 7\nretry: 10\ndata:\n\n")
        }
        "GET" => {
            let stream = *seen.stream.lock().unwrap();
            if matches!(stream, Stream::LateNone) {
                seen.wait_for("tools/call").await;
            }
            if matches!(stream, Stream::Feed) { fed(&seen) } else { own_stream(stream) }
        }
        "server/discover" => discover(&seen, id),
        "initialize" if seen.greets_not.load(Ordering::SeqCst) => StatusCode::BAD_REQUEST.into_response(),
        "initialize" => greeting(&seen, id),
        "tools/list" => {
            let tools = seen.tools.lock().unwrap().clone();
            result(json!({"tools": tools.unwrap_or_else(usual_tools)}))
        }
        "tools/call" => called(&seen, &message).await,
        "ping" => result(json!({})),
        _ => StatusCode::ACCEPTED.into_response(),
    }
}

fn greeting(seen: &Seen, id: &Value) -> Response {
    let version = seen.version.lock().unwrap().unwrap_or("2025-06-18");
    let result = json!({"protocolVersion": version, "capabilities": {},
        "serverInfo": {"name": "fixture", "version": "1"}});
    let body = json!({"jsonrpc": "2.0", "id": id, "result": result}).to_string();
    let mut response = reply(200, "application/json", body);
    response.headers_mut().insert("mcp-session-id", "s".parse().unwrap());
    response
}

async fn called(seen: &Seen, message: &Value) -> Response {
    let id = &message["id"];
    if ["update_article", "create_article"].iter().any(|write| message["params"]["name"] == *write) {
        let arguments = message["params"]["arguments"].clone();
        seen.updates.lock().unwrap().push(arguments);
        seen.log.lock().unwrap().push("update".to_owned());
        seen.changed.notify_waiters();
    }
    let play = seen.plays.lock().unwrap().pop_front().unwrap_or(Play::Json);
    match play {
        Play::Rest(_, rest) => *seen.rest.lock().unwrap() = Some(filled(rest, id)),
        Play::OnStream(text) => {
            let feed = seen.feed.lock().unwrap().clone().expect("a stream");
            feed.send(filled(text, id)).await.unwrap();
        }
        Play::Never => std::future::pending().await,
        _ => {}
    }
    act(play, id)
}

fn usual_tools() -> Value {
    json!([
        {"name": "get_article", "inputSchema": {"type": "object"}},
        {"name": "update_article", "inputSchema": {"type": "object"}},
        {"name": "create_article", "inputSchema": {"type": "object"}},
        {"name": "odd"}, {"name": "odder", "inputSchema": 7, "annotations": "no"}, {}])
}

fn fed(seen: &Seen) -> Response {
    let (sender, receiver) = tokio::sync::mpsc::channel(8);
    *seen.feed.lock().unwrap() = Some(sender);
    seen.log.lock().unwrap().push("fed".to_owned());
    seen.changed.notify_waiters();
    let pieces = futures::stream::unfold(receiver, |mut receiver| async move {
        let piece = receiver.recv().await?;
        Some((Ok::<_, std::io::Error>(piece), receiver))
    });
    reply(200, "text/event-stream", Body::from_stream(pieces))
}

fn discover(seen: &Seen, id: &Value) -> Response {
    let modern = json!({"jsonrpc": "2.0", "id": id, "result": {"supportedVersions": ["2026-07-28"],
        "capabilities": {"tools": "odd"}, "_meta": {"io.modelcontextprotocol/serverInfo":
        {"name": "modern", "version": "2"}}}});
    let mut discovery = seen.discovery.lock().unwrap();
    match *discovery {
        Discovery::Accepted => StatusCode::ACCEPTED.into_response(),
        Discovery::Raw(status, kind, body) => reply(status, kind, filled(body, id)),
        Discovery::Modern => reply(200, "application/json", modern.to_string()),
        Discovery::RefusedOnce => {
            *discovery = Discovery::Modern;
            let refusal = json!({"jsonrpc": "2.0", "id": null, "error": {"code": -32022, "message": "no",
                "data": {"supported": ["2026-07-28"], "requested": "2026-07-28"}}});
            reply(400, "application/json", refusal.to_string())
        }
        Discovery::Silent => act(Play::Silence, id),
    }
}

fn fine(id: &Value) -> Value {
    let article = json!({"id": 1, "title": "T", "body": "<p>x</p>", "state": "draft"}).to_string();
    json!({"jsonrpc": "2.0", "id": id, "result": {"content": [{"type": "text", "text": article}]}})
}

fn filled(text: &str, id: &Value) -> String {
    let fine = fine(id);
    let number = id.as_i64().unwrap_or(0);
    text.replace("<ANSWER>", &fine.to_string())
        .replace("<RESULT>", &fine["result"].to_string())
        .replace("<ID>", &id.to_string())
        .replace("<OTHER>", &(number + 1_000).to_string())
}

fn own_stream(stream: Stream) -> Response {
    let first = match stream {
        Stream::Open => ": hello\n\n",
        Stream::ToolsChanged => {
            "data: {\"jsonrpc\": \"2.0\", \"method\": \"notifications/tools/list_changed\"}\n\n"
        }
        Stream::Short => return reply(200, "text/event-stream", "retry: 1\n\n"),
        Stream::Status(status) => return StatusCode::from_u16(status).unwrap().into_response(),
        Stream::None | Stream::LateNone | Stream::Feed => {
            return StatusCode::METHOD_NOT_ALLOWED.into_response();
        }
    };
    let first = futures::stream::once(async move { Ok::<_, std::io::Error>(first) });
    let body = Body::from_stream(first.chain(futures::stream::pending()));
    reply(200, "text/event-stream", body)
}

fn reply(status: u16, kind: &str, body: impl Into<Body>) -> Response {
    Response::builder().status(status).header("content-type", kind).body(body.into()).unwrap()
}

fn act(play: Play, id: &Value) -> Response {
    let fine = fine(id);
    let nameless = |message: &str| {
        json!({"jsonrpc": "2.0", "id": null, "error": {"code": -32000, "message": message}}).to_string()
    };
    let (json, sse) = ("application/json", "text/event-stream");
    let huge = || "x".repeat(300_000);
    match play {
        Play::Json => reply(200, "Application/JSON; charset=utf-8", fine.to_string()),
        Play::Sse => reply(200, sse, format!(": hi\n\nid: 1\ndata:\n\ndata: {fine}\n\n")),
        Play::SseWithoutLastBlankLine => reply(200, sse, format!("event: message\r\ndata:{fine}")),
        Play::Gone404 => reply(404, json, nameless("Session not found")),
        Play::Gone400 => reply(400, json, nameless("Bad Request: No valid session ID provided")),
        Play::GoneEvent => reply(200, sse, format!("data: {}\n\n", nameless("Session not found"))),
        Play::NullIdError => reply(200, json, nameless("boom")),
        Play::NullIdEvent => reply(200, sse, format!("data: {}\n\n", nameless("boom"))),
        Play::Html => reply(200, "text/html", "<html>log in"),
        Play::Broken => reply(200, json, "{\"jsonrpc\": "),
        Play::Cut => {
            let start = futures::stream::iter([Ok("data: {\"jsonrpc\""), Err(std::io::Error::other("cut"))]);
            reply(200, sse, Body::from_stream(start))
        }
        Play::CutAfterAnEvent => reply(200, sse, "id: 7\nretry: 10\ndata:\n\n"),
        Play::Silence | Play::Never => {
            let start = futures::stream::once(async { Ok::<_, std::io::Error>(": wait\n\n") });
            reply(200, sse, Body::from_stream(start.chain(futures::stream::pending())))
        }
        Play::Accepted | Play::OnStream(_) => StatusCode::ACCEPTED.into_response(),
        Play::Raw(status, kind, body) => reply(status, kind, filled(body, id)),
        Play::Rest(first, _) => reply(200, sse, filled(first, id)),
        Play::Redirect => {
            let target = "https://elsewhere.example/mcp?key=secret";
            (StatusCode::TEMPORARY_REDIRECT, [("location", target)]).into_response()
        }
        Play::RedirectHere => (StatusCode::PERMANENT_REDIRECT, [("location", "/mcp/?x=1")]).into_response(),
        Play::HugeJson => reply(200, json, huge()),
        Play::HugeSse => reply(200, sse, format!("data: {}", huge())),
        Play::Slower(seconds) => {
            (StatusCode::TOO_MANY_REQUESTS, [("retry-after", seconds.to_string())]).into_response()
        }
        Play::Error(code) => {
            let error = json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": "boom"}});
            reply(200, json, error.to_string())
        }
        Play::Failure(words) | Play::Words(words) => {
            let failed = matches!(play, Play::Failure(_));
            let content = json!([{"type": "text", "text": words}]);
            let said = json!({"jsonrpc": "2.0", "id": id, "result": {"content": content, "isError": failed}});
            reply(200, json, said.to_string())
        }
        Play::Status(code) => {
            let mut response = StatusCode::from_u16(code).unwrap().into_response();
            response.headers_mut().insert("retry-after", "7".parse().unwrap());
            response
        }
    }
}

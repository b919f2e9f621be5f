//! A go-between before the demo server: lets everything pass but the one call that is to go wrong.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, Method, Response, StatusCode};
use axum::routing::any;
use serde_json::{Value, json};

/// What goes wrong with a call.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Harm {
    /// It does not reach the server, and is answered so.
    Answered(u16),
    /// It does not reach the server, and the tool says no with this code.
    Refused(&'static str),
    /// It does not reach the server, and its answer breaks off.
    Lost,
    /// It does not reach the server, and is never answered.
    Held,
    /// The server does it, and it is answered so.
    DoneAnswered(u16),
    /// The server does it, and its answer breaks off.
    DoneLost,
    /// The server does it, and it is never answered.
    DoneHeld,
}

/// Which call, and what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) tool: &'static str,
    /// From 1, counted for each tool.
    pub(crate) call: usize,
    pub(crate) harm: Harm,
}

pub(crate) struct Between {
    pub(crate) url: String,
    state: Arc<Passing>,
    /// Hears of calls that are held.
    pub(crate) held: Receiver<()>,
}

struct Passing {
    server: String,
    client: reqwest::Client,
    rule: Mutex<Option<Rule>>,
    called: Mutex<Vec<String>>,
    holds: SyncSender<()>,
}

impl Between {
    pub(crate) async fn start(server: String, rule: Option<Rule>) -> Self {
        let (holds, held) = sync_channel(16);
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let state = Arc::new(Passing {
            server,
            client,
            rule: Mutex::new(rule),
            called: Mutex::new(Vec::new()),
            holds,
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/mcp", listener.local_addr().unwrap());
        let router = Router::new().route("/mcp", any(pass)).with_state(Arc::clone(&state));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, state, held }
    }

    /// No harm from here on.
    pub(crate) fn heal(&self) {
        *self.state.rule.lock().unwrap() = None;
    }
}

impl Passing {
    /// The harm that this call is to take.
    fn harm(&self, message: &Value) -> Option<Harm> {
        let tool = message["params"]["name"].as_str().filter(|_| message["method"] == "tools/call")?;
        let mut called = self.called.lock().unwrap();
        called.push(tool.to_owned());
        let times = called.iter().filter(|one| *one == tool).count();
        let rule = (*self.rule.lock().unwrap())?;
        (rule.tool == tool && rule.call == times).then_some(rule.harm)
    }
}

fn status(code: u16) -> Response<Body> {
    let body = json!({"jsonrpc": "2.0", "id": null, "error": {"code": -32000, "message": "No."}});
    Response::builder()
        .status(code)
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap()
}

/// An answer that begins and breaks off.
fn broken() -> Response<Body> {
    let first = Ok::<Bytes, std::io::Error>(Bytes::from_static(b"event: mess"));
    let cut = Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset));
    let body = Body::from_stream(futures::stream::iter([first, cut]));
    Response::builder().header("content-type", "text/event-stream").body(body).unwrap()
}

fn refused(message: &Value, code: &str) -> Response<Body> {
    let error = json!({"type": "error.list", "errors": [{"code": code, "message": "It says no."}]});
    let result = json!({"isError": true, "content": [{"type": "text", "text": error.to_string()}]});
    let body = json!({"jsonrpc": "2.0", "id": message["id"], "result": result});
    Response::builder().header("content-type", "application/json").body(Body::from(body.to_string())).unwrap()
}

async fn pass(State(state): State<Arc<Passing>>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    if head.method == Method::GET {
        return status(StatusCode::METHOD_NOT_ALLOWED.as_u16());
    }
    let message: Value = serde_json::from_slice(&body).unwrap_or_default();
    match state.harm(&message) {
        None => forward(&state, head.method, &head.headers, body).await,
        Some(Harm::Answered(code)) => status(code),
        Some(Harm::Refused(code)) => refused(&message, code),
        Some(Harm::Lost) => broken(),
        Some(Harm::Held) => hold(&state).await,
        Some(Harm::DoneAnswered(code)) => {
            forward(&state, head.method, &head.headers, body).await;
            status(code)
        }
        Some(Harm::DoneLost) => {
            forward(&state, head.method, &head.headers, body).await;
            broken()
        }
        Some(Harm::DoneHeld) => {
            forward(&state, head.method, &head.headers, body).await;
            hold(&state).await
        }
    }
}

async fn hold(state: &Passing) -> Response<Body> {
    state.holds.send(()).unwrap();
    std::future::pending().await
}

/// Asks the server and waits for its whole answer.
async fn forward(state: &Passing, method: Method, headers: &HeaderMap, body: Bytes) -> Response<Body> {
    let between = ["host", "content-length", "connection", "transfer-encoding", "accept-encoding"];
    let passes = |name: &HeaderName| !between.contains(&name.as_str());
    let mut request = state.client.request(method, &state.server).body(body);
    for (name, value) in headers.iter().filter(|(name, _)| passes(name)) {
        request = request.header(name, value);
    }
    let Ok(answer) = request.send().await else { return status(502) };
    let mut response = Response::builder().status(answer.status());
    for (name, value) in answer.headers().iter().filter(|(name, _)| passes(name)) {
        response = response.header(name, value);
    }
    let body = answer.bytes().await.unwrap_or_default();
    response.body(Body::from(body)).unwrap()
}

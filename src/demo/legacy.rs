//! The older transport (2024-11-05): answers come on the stream of a GET, messages go to the address it names.
//!
//! It owns which stream belongs to which session, and refuses to answer anywhere else.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CONTENT_TYPE};
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::stream;
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};

use super::fault::Fault;
use super::front::{admit, event_stream, messages, strike};
use super::rpc;
use super::server::Server;
use super::sessions::random_id;
use super::stream::{COMMENT, answer, event};

const KEEPALIVE: Duration = Duration::from_secs(25);
const RESTLESS: Duration = Duration::from_millis(100);
/// Answers that wait for a slow reader; beyond it those who answer wait too.
const MOST_WAITING: usize = 64;
/// Streams at a time.
const MOST_STREAMS: usize = 1_000;
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// The open streams, by session.
#[derive(Debug, Default)]
pub(crate) struct Streams {
    open: Mutex<HashMap<String, mpsc::Sender<Bytes>>>,
}

impl Streams {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, mpsc::Sender<Bytes>>> {
        // A panic elsewhere cannot leave the map half changed.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens a stream under a new session; `None` when there are too many.
    fn open(&self) -> Option<(String, mpsc::Receiver<Bytes>)> {
        let mut open = self.lock();
        if open.len() >= MOST_STREAMS {
            return None;
        }
        // 64 characters, as the hosted server has them.
        let session = random_id();
        let (sender, receiver) = mpsc::channel(MOST_WAITING);
        open.insert(session.clone(), sender);
        Some((session, receiver))
    }

    fn sender(&self, session: &str) -> Option<mpsc::Sender<Bytes>> {
        self.lock().get(session).cloned()
    }
}

/// Opens a stream; its first event says where messages go.
pub(crate) async fn stream(State(server): State<Arc<Server>>, request: Request) -> Response {
    if let Err(refused) = admit(&server, request.headers()) {
        return *refused.0;
    }
    if request.method() != Method::GET {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET")]).into_response();
    }
    let Some((session, receiver)) = server.streams().open() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let first = Bytes::from(format!("event: endpoint\ndata: /sse/message?sessionId={session}\n\n"));
    if server.faults().has(&Fault::SseCloses) {
        server.streams().lock().remove(&session);
        return event_stream(Body::from(first), None);
    }
    event_stream(Reading::open(server, session, receiver, first).body(), None)
}

/// An open stream. Dropping it closes the session.
struct Reading {
    server: Arc<Server>,
    session: String,
    receiver: mpsc::Receiver<Bytes>,
    listed: watch::Receiver<u64>,
    stopping: watch::Receiver<bool>,
    pause: Duration,
    first: Option<Bytes>,
}

impl Reading {
    fn open(server: Arc<Server>, session: String, receiver: mpsc::Receiver<Bytes>, first: Bytes) -> Self {
        let pause = if server.faults().has(&Fault::Keepalive) { RESTLESS } else { KEEPALIVE };
        let (listed, stopping) = (server.listed(), server.stopping());
        Self { server, session, receiver, listed, stopping, pause, first: Some(first) }
    }

    fn body(self) -> Body {
        Body::from_stream(stream::unfold(self, |mut reading| async move {
            let chunk = reading.next().await?;
            Some((Ok::<_, Infallible>(chunk), reading))
        }))
    }

    async fn next(&mut self) -> Option<Bytes> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        tokio::select! {
            biased;
            _ = self.stopping.wait_for(|stop| *stop) => None,
            answer = self.receiver.recv() => answer,
            Ok(()) = self.listed.changed() => {
                Some(event(&json!({"jsonrpc": "2.0", "method": "notifications/tools/list_changed"})))
            }
            () = tokio::time::sleep(self.pause) => Some(Bytes::from_static(COMMENT)),
        }
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.server.streams().lock().remove(&self.session);
    }
}

/// Takes a message; its answer goes to the stream of the session it names.
pub(crate) async fn message(State(server): State<Arc<Server>>, request: Request) -> Response {
    if let Err(refused) = admit(&server, request.headers()) {
        return *refused.0;
    }
    if request.method() != Method::POST {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "POST")]).into_response();
    }
    if let Err(refused) = strike(&server) {
        return *refused.0;
    }
    let (head, body) = request.into_parts();
    let bad = |why: &'static str| (StatusCode::BAD_REQUEST, why).into_response();
    let Some(session) = session(&head.uri) else { return bad("Missing sessionId") };
    let kind = head.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    if !kind.contains("application/json") {
        return bad("Content-Type must be application/json");
    }
    let Some(sender) = server.streams().sender(&session) else {
        return (StatusCode::NOT_FOUND, "Session not found").into_response();
    };
    let Ok(body) = to_bytes(body, MOST_BYTES).await else { return bad("The message is too large") };
    let Ok(messages) = messages(&body) else { return bad("Invalid message") };
    if !server.faults().has(&Fault::SseSilent) {
        tokio::spawn(answer_all(server, messages, sender));
    }
    (StatusCode::ACCEPTED, "Accepted").into_response()
}

async fn answer_all(server: Arc<Server>, messages: Vec<Value>, sender: mpsc::Sender<Bytes>) {
    for request in messages.into_iter().filter(|message| rpc::request_method(message).is_some()) {
        let answer = answer(Arc::clone(&server), request).await;
        if sender.send(event(&answer)).await.is_err() {
            // The reader has left.
            return;
        }
    }
}

fn session(uri: &Uri) -> Option<String> {
    let query = uri.query()?.as_bytes();
    url::form_urlencoded::parse(query)
        .find(|(name, _)| name == "sessionId")
        .map(|(_, value)| value.into_owned())
}

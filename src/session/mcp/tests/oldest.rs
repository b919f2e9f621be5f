//! HTTP+SSE (2024-11-05) against a small server of that time.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;

use super::*;
use crate::domain::call::Fault;
use crate::session::mcp::open::Open;
use crate::session::wire::{Line as _, News, Wire as _};
use crate::session::{Address, Transport};

#[derive(Clone)]
struct Old {
    path: &'static str,
    first: String,
    feed: Arc<Mutex<Option<mpsc::Sender<String>>>>,
    log: Arc<Mutex<Vec<String>>>,
}

impl Old {
    /// A server whose stream is at `path` and begins with `first`.
    async fn start(path: &'static str, first: &str) -> (Self, u16) {
        let old = Self { path, first: first.to_owned(), feed: Arc::default(), log: Arc::default() };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let app = Router::new().fallback(serve).with_state(old.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        (old, port)
    }

    fn stream(&self) -> Response {
        let (sender, receiver) = mpsc::channel(8);
        sender.try_send(self.first.clone()).unwrap();
        *self.feed.lock().unwrap() = Some(sender);
        let pieces = futures::stream::unfold(receiver, |mut receiver| async move {
            let piece = receiver.recv().await?;
            Some((Ok::<_, std::io::Error>(piece), receiver))
        });
        let body = Body::from_stream(pieces);
        Response::builder().header("content-type", "text/event-stream").body(body).unwrap()
    }
}

async fn serve(State(old): State<Old>, method: Method, uri: Uri, body: Bytes) -> Response {
    old.log.lock().unwrap().push(format!("{method} {uri}"));
    if method == Method::GET && uri.path() == old.path {
        return old.stream();
    }
    if method != Method::POST || uri.path() != "/messages" {
        return StatusCode::NOT_FOUND.into_response();
    }
    let message: Value = serde_json::from_slice(&body).unwrap();
    let result = match message["method"].as_str().unwrap_or("") {
        "initialize" => {
            json!({"protocolVersion": "2024-11-05", "capabilities": {}, "serverInfo": {"name": "old", "version": "0"}})
        }
        "tools/list" => json!({"tools": [{"name": "get_article", "inputSchema": {}}]}),
        "tools/call" => json!({"content": [{"type": "text", "text": "hi"}]}),
        "ping" => json!({}),
        _ => return StatusCode::ACCEPTED.into_response(),
    };
    let answer = json!({"jsonrpc": "2.0", "id": message["id"], "result": result});
    let feed = old.feed.lock().unwrap().clone().unwrap();
    feed.send(format!("event: message\ndata: {answer}\n\n")).await.unwrap();
    (StatusCode::ACCEPTED, "Accepted").into_response()
}

async fn dial(port: u16, path: &str, transport: Transport) -> Result<Open, Fault> {
    let endpoint = format!("http://127.0.0.1:{port}{path}").parse().unwrap();
    let address = Address::Http { endpoint, transport };
    let limits = Limits { connect: Duration::from_secs(2), ..Limits::default() };
    let mcp = super::super::Mcp::new(address, account("s3cret-token"), Tap::default(), &limits, None);
    mcp.unwrap().dial().await
}

#[tokio::test]
async fn the_oldest_servers_are_found_where_they_are() {
    let rows = [
        ("/sse", "/sse", Transport::Sse, "HTTP+SSE"),
        ("/sse", "/sse", Transport::Auto, "HTTP+SSE"),
        ("/mcp", "/mcp", Transport::Auto, "HTTP+SSE"),
        ("/sse", "/mcp", Transport::Auto, "HTTP+SSE at /sse"),
    ];
    for (at, asked, transport, told) in rows {
        for first in
            ["event: endpoint\ndata: /messages?s=1\n\n", ": hi\n\nevent: endpoint\ndata: messages?s=1\n\n"]
        {
            let (old, port) = Old::start(at, first).await;
            let open = dial(port, asked, transport).await.unwrap();
            let server = open.offer().server.clone();
            assert_eq!((server.transport.as_str(), server.protocol.as_str()), (told, "2024-11-05"));
            let reply = open.call("get_article", serde_json::Map::new(), None).await.unwrap();
            assert_eq!(reply.texts, ["hi"]);
            assert!(old.log.lock().unwrap().contains(&"POST /messages?s=1".to_owned()));
        }
    }
    let (_, port) = Old::start("/sse", "event: endpoint\ndata: /messages\n\n").await;
    let fault = dial(port, "/mcp", Transport::Streamable).await.err().unwrap();
    assert!(fault.sentence.contains("no MCP server at this path (404)"), "{fault:?}");
}

#[tokio::test]
async fn another_origin_is_never_posted_to() {
    for target in ["http://evil.example/messages", "//evil.example/x", "http://127.0.0.1:1/messages"] {
        let (old, port) = Old::start("/sse", &format!("event: endpoint\ndata: {target}\n\n")).await;
        let fault = dial(port, "/sse", Transport::Sse).await.err().unwrap();
        assert!(fault.sentence.contains("posted elsewhere"), "{fault:?}");
        assert_eq!(*old.log.lock().unwrap(), ["GET /sse"]);
    }
}

#[tokio::test]
async fn a_stream_that_ends_is_a_lost_session() {
    let (old, port) = Old::start("/sse", "event: endpoint\ndata: /messages\n\n").await;
    let open = dial(port, "/sse", Transport::Sse).await.unwrap();
    *old.feed.lock().unwrap() = None;
    assert!(matches!(open.news().await, News::Lost(_)));
}

#[tokio::test]
async fn a_stream_that_names_no_place_to_post_is_given_up() {
    let (_, port) = Old::start("/sse", "data: {}\n\n").await;
    tokio::time::pause();
    let fault = dial(port, "/sse", Transport::Sse).await.err().unwrap();
    assert!(fault.sentence.contains("did not say where to post"), "{fault:?}");
}

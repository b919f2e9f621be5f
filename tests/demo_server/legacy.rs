//! The older transport as the hosted server has it at `/sse`.

use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use switchboard::demo::{Fault, Options, Running, start};

use crate::wire::{Heard, initialize, options};

struct Old {
    running: Running,
    http: reqwest::Client,
}

impl Old {
    async fn with(faults: Vec<Fault>) -> Self {
        let running = start(Options { faults, ..options() }).await.unwrap();
        Self { running, http: reqwest::Client::builder().no_proxy().build().unwrap() }
    }

    async fn get(&self) -> Response {
        let get = self.http.get(self.running.sse_url()).header("accept", "text/event-stream");
        get.send().await.unwrap()
    }

    /// A stream, and the address its first event names.
    async fn open(&self) -> (Heard, String) {
        let mut stream = Heard::from(self.get().await);
        let first = stream.next().await.unwrap();
        let path = first.strip_prefix("event: endpoint\ndata: ").unwrap().strip_suffix("\n\n").unwrap();
        let session = path.strip_prefix("/sse/message?sessionId=").unwrap();
        assert!(session.len() == 64 && session.chars().all(|c| c.is_ascii_hexdigit()));
        (stream, format!("http://{}{path}", self.running.address))
    }

    fn post(&self, address: &str, body: &Value) -> RequestBuilder {
        self.http.post(address).header("content-type", "application/json").body(body.to_string())
    }
}

async fn accepted(request: RequestBuilder) {
    let reply = request.send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::ACCEPTED);
    assert_eq!(reply.text().await.unwrap(), "Accepted");
}

#[tokio::test]
async fn answers_come_on_the_stream_of_their_session() {
    let old = Old::with(Vec::new()).await;
    let (mut stream, address) = old.open().await;
    let (mut other, _) = old.open().await;
    accepted(old.post(&address, &initialize("2024-11-05"))).await;
    let answer = stream.message().await;
    assert_eq!(answer["result"]["protocolVersion"], "2024-11-05");
    accepted(old.post(&address, &json!({"jsonrpc": "2.0", "method": "notifications/initialized"}))).await;
    accepted(old.post(&address, &json!({"jsonrpc": "2.0", "id": "x", "method": "tools/list"}))).await;
    let answer = stream.message().await;
    assert_eq!((&answer["id"], answer["result"]["tools"].as_array().unwrap().len()), (&json!("x"), 14));
    old.running.switch(Fault::Tools(6), true);
    for stream in [&mut stream, &mut other] {
        assert_eq!(stream.message().await["method"], "notifications/tools/list_changed");
    }
    old.running.stop().await;
    assert!(stream.next().await.is_none() && other.next().await.is_none());
}

#[tokio::test]
async fn wrong_posts_are_told_in_plain_text() {
    let old = Old::with(Vec::new()).await;
    let (_stream, address) = old.open().await;
    let bare = format!("{}/message", old.running.sse_url());
    let ping = json!({"jsonrpc": "2.0", "id": 1, "method": "ping"});
    let text = old.http.post(&address).header("content-type", "text/plain").body(ping.to_string());
    for (request, status, why) in [
        (old.post(&bare, &ping), 400, "Missing sessionId"),
        (text, 400, "Content-Type must be application/json"),
        (old.post(&format!("{bare}?sessionId=0"), &ping), 404, "Session not found"),
        (old.post(&address, &json!({})), 400, "Invalid message"),
        (old.http.post(old.running.sse_url()).body("{}"), 405, ""),
        (old.http.get(&address), 405, ""),
    ] {
        let reply = request.send().await.unwrap();
        assert_eq!((reply.status().as_u16(), reply.text().await.unwrap().as_str()), (status, why));
    }
}

#[tokio::test]
async fn a_session_ends_with_its_stream() {
    let old = Old::with(Vec::new()).await;
    let (stream, address) = old.open().await;
    drop(stream);
    let ping = json!({"jsonrpc": "2.0", "id": 1, "method": "ping"});
    // The server learns that the reader left only when the connection closes.
    for _ in 0..10_000 {
        if old.post(&address, &ping).send().await.unwrap().status() == StatusCode::NOT_FOUND {
            return;
        }
    }
    panic!("the session outlives its stream");
}

#[tokio::test]
async fn silence_after_accepted_can_be_had() {
    let old = Old::with(vec![Fault::SseSilent]).await;
    let (mut stream, address) = old.open().await;
    accepted(old.post(&address, &initialize("2024-11-05"))).await;
    old.running.stop().await;
    assert!(stream.next().await.is_none(), "nothing was ever said");
}

#[tokio::test]
async fn a_stream_can_end_after_its_first_event() {
    let old = Old::with(vec![Fault::SseCloses]).await;
    let (mut stream, address) = old.open().await;
    assert!(stream.next().await.is_none());
    let lost = old.post(&address, &initialize("2024-11-05")).send().await.unwrap();
    assert_eq!(lost.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_token_is_needed_here_too() {
    let running = start(Options { token: Some("right".to_owned()), ..options() }).await.unwrap();
    let old = Old { running, http: reqwest::Client::builder().no_proxy().build().unwrap() };
    assert_eq!(old.get().await.status(), StatusCode::UNAUTHORIZED);
    let bare = format!("{}/message?sessionId=0", old.running.sse_url());
    let post = old.post(&bare, &json!({})).send().await.unwrap();
    assert_eq!(post.status(), StatusCode::UNAUTHORIZED);
    let right = old.http.get(old.running.sse_url()).bearer_auth("right").send().await.unwrap();
    assert_eq!(right.status(), StatusCode::OK);
}

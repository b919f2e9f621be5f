//! Revision 2026-07-28: no sessions, and every request says what it speaks.

use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};
use switchboard::demo::{Fault, Options, Running, start};

use crate::wire::{Heard, events, initialize, options};

const VERSION: &str = "2026-07-28";

struct Modern {
    running: Running,
    http: reqwest::Client,
}

fn meta(version: &str) -> Value {
    json!({
        "io.modelcontextprotocol/protocolVersion": version,
        "io.modelcontextprotocol/clientCapabilities": {},
    })
}

fn body(method: &str, mut params: Value) -> Value {
    params["_meta"] = meta(VERSION);
    json!({"jsonrpc": "2.0", "id": 7, "method": method, "params": params})
}

impl Modern {
    async fn open() -> Self {
        let running = start(Options { modern: true, ..options() }).await.unwrap();
        Self { running, http: reqwest::Client::builder().no_proxy().build().unwrap() }
    }

    fn bare(&self, body: &Value) -> RequestBuilder {
        let post = self.http.post(self.running.url()).header("accept", "application/json, text/event-stream");
        post.header("content-type", "application/json").body(body.to_string())
    }

    fn post(&self, body: &Value) -> RequestBuilder {
        let post = self.bare(body).header("mcp-protocol-version", VERSION);
        let post = post.header("mcp-method", body["method"].as_str().unwrap());
        match body["params"]["name"].as_str() {
            Some(name) => post.header("mcp-name", name),
            None => post,
        }
    }

    async fn ask(&self, method: &str, params: Value) -> Value {
        events(self.post(&body(method, params)).send().await.unwrap()).await.remove(0)
    }
}

async fn refused(request: RequestBuilder, status: u16, code: i64) -> Value {
    let reply = request.send().await.unwrap();
    assert_eq!(reply.status().as_u16(), status);
    assert!(reply.headers().get("mcp-session-id").is_none());
    let body: Value = reply.json().await.unwrap();
    assert_eq!((&body["error"]["code"], &body["id"]), (&json!(code), &json!(7)), "{body}");
    body
}

#[tokio::test]
async fn the_server_says_what_it_is_and_needs_no_session() {
    let modern = Modern::open().await;
    let found = modern.ask("server/discover", json!({})).await["result"].clone();
    assert_eq!(found["supportedVersions"], json!([VERSION]));
    assert_eq!(found["capabilities"], json!({"tools": {"listChanged": true}}));
    assert_eq!(found["_meta"]["io.modelcontextprotocol/serverInfo"]["name"], "intercom-demo");
    let list = modern.ask("tools/list", json!({})).await["result"].clone();
    assert_eq!(list["tools"].as_array().unwrap().len(), 14);
    for result in [&found, &list] {
        assert_eq!(result["resultType"], "complete");
        assert_eq!((&result["ttlMs"], &result["cacheScope"]), (&json!(0), &json!("private")));
    }
    let params = json!({"name": "list_articles", "arguments": {"per_page": 1}});
    let called = modern.ask("tools/call", params).await["result"].clone();
    assert_eq!(called["resultType"], "complete");
    assert!(called["content"][0]["text"].as_str().unwrap().contains("\"total_count\""));
    assert!(called.get("ttlMs").is_none());
}

#[tokio::test]
async fn headers_and_body_must_agree() {
    let modern = Modern::open().await;
    let list = body("tools/list", json!({}));
    let with = |version: &str, method: &str| {
        let post = modern.bare(&list).header("mcp-protocol-version", version);
        post.header("mcp-method", method)
    };
    refused(modern.bare(&list), 400, -32020).await;
    refused(with("2025-11-25", "tools/list"), 400, -32020).await;
    refused(with(VERSION, "tools/call"), 400, -32020).await;
    refused(modern.bare(&list).header("mcp-protocol-version", VERSION), 400, -32020).await;

    let mut bare = list.clone();
    bare["params"] = json!({});
    refused(modern.post(&bare), 400, -32602).await;
    bare["params"]["_meta"] = json!({"io.modelcontextprotocol/protocolVersion": VERSION});
    refused(modern.post(&bare), 400, -32602).await;

    let mut old = list.clone();
    old["params"]["_meta"] = meta("2031-01-01");
    let other =
        modern.bare(&old).header("mcp-protocol-version", "2031-01-01").header("mcp-method", "tools/list");
    let error = refused(other, 400, -32022).await["error"].clone();
    assert_eq!(error["data"], json!({"supported": [VERSION], "requested": "2031-01-01"}));

    let call = body("tools/call", json!({"name": "list_articles", "arguments": {}}));
    let named = |name: Option<&str>| {
        let post =
            modern.bare(&call).header("mcp-protocol-version", VERSION).header("mcp-method", "tools/call");
        name.into_iter().fold(post, |post, name| post.header("mcp-name", name))
    };
    refused(named(None), 400, -32020).await;
    refused(named(Some("search")), 400, -32020).await;
    let encoded = named(Some("=?base64?bGlzdF9hcnRpY2xlcw==?=")).send().await.unwrap();
    assert_eq!(encoded.status(), StatusCode::OK);
}

#[tokio::test]
async fn what_older_revisions_had_is_gone() {
    let modern = Modern::open().await;
    for method in ["initialize", "ping", "logging/setLevel", "resources/subscribe", "no/such"] {
        refused(modern.post(&body(method, json!({}))), 404, -32601).await;
    }
    let mut classic = initialize("2025-11-25");
    classic["id"] = json!(7);
    let error = refused(modern.bare(&classic), 400, -32022).await["error"].clone();
    assert_eq!(error["data"], json!({"supported": [VERSION], "requested": "2025-11-25"}));
    let list = body("tools/list", json!({}));
    let batch = modern.post(&list).body(json!([list, list]).to_string());
    assert_eq!(batch.send().await.unwrap().status(), StatusCode::BAD_REQUEST);
    for request in [modern.http.get(modern.running.url()), modern.http.delete(modern.running.url())] {
        let reply = request.header("accept", "text/event-stream").send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(reply.headers().get("allow").unwrap(), "POST");
    }
    let sse = modern.http.get(modern.running.sse_url()).send().await.unwrap();
    assert_eq!(sse.status(), StatusCode::NOT_FOUND);
    let cancelled =
        json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 7}});
    assert_eq!(modern.bare(&cancelled).send().await.unwrap().status(), StatusCode::ACCEPTED);
}

#[tokio::test]
async fn who_subscribes_hears_what_was_asked_for() {
    let modern = Modern::open().await;
    let listen =
        body("subscriptions/listen", json!({"notifications": {"toolsListChanged": true, "x": true}}));
    let quiet = body("subscriptions/listen", json!({"notifications": {}}));
    let mut stream = Heard::from(modern.post(&listen).send().await.unwrap());
    let mut silent = Heard::from(modern.post(&quiet).send().await.unwrap());
    let first = stream.message().await;
    assert_eq!(first["method"], "notifications/subscriptions/acknowledged");
    assert_eq!(first["params"]["notifications"], json!({"toolsListChanged": true}));
    assert_eq!(first["params"]["_meta"]["io.modelcontextprotocol/subscriptionId"], 7);
    assert_eq!(silent.message().await["params"]["notifications"], json!({}));
    modern.running.switch(Fault::ExtraTool, true);
    let told = stream.message().await;
    assert_eq!(told["method"], "notifications/tools/list_changed");
    assert_eq!(told["params"]["_meta"]["io.modelcontextprotocol/subscriptionId"], 7);
    modern.running.stop().await;
    for stream in [&mut stream, &mut silent] {
        let last = stream.message().await;
        assert_eq!((&last["id"], &last["result"]["resultType"]), (&json!(7), &json!("complete")));
        assert!(stream.next().await.is_none());
    }
}

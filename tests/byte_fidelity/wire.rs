//! A client that calls tools over HTTP and knows nothing else.

use serde_json::{Value, json};
use switchboard::demo::{Options, Running, start};

/// What the server takes as now.
const NOW: i64 = 1_790_000_000;

/// A demo server and one session on it.
pub(crate) struct Wire {
    running: Running,
    http: reqwest::Client,
    session: String,
}

impl Wire {
    pub(crate) async fn open() -> Self {
        let running = start(Options { now: NOW, ..Options::default() }).await.unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut wire = Self { running, http, session: String::new() };
        let hello = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
            "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"},
        }});
        let reply = wire.post(&hello).await;
        wire.session = reply.headers()["mcp-session-id"].to_str().unwrap().to_owned();
        wire
    }

    async fn post(&self, body: &Value) -> reqwest::Response {
        let mut post = self.http.post(self.running.url());
        if !self.session.is_empty() {
            post = post.header("mcp-session-id", &self.session);
        }
        post.header("accept", "application/json, text/event-stream")
            .header("content-type", "application/json")
            .body(body.to_string())
            .send()
            .await
            .unwrap()
    }

    /// A tool's result.
    pub(crate) async fn ok(&self, tool: &str, arguments: Value) -> Value {
        let params = json!({"name": tool, "arguments": arguments});
        let body = json!({"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": params});
        let reply = self.post(&body).await.text().await.unwrap();
        let told = reply.lines().find_map(|line| line.strip_prefix("data: ")).unwrap_or(&reply);
        let result = serde_json::from_str::<Value>(told).unwrap()["result"].take();
        let text = result["content"][0]["text"].as_str().unwrap();
        assert!(result["isError"] != json!(true), "{text}\n{body}");
        serde_json::from_str(text).unwrap()
    }

    /// The stored body of an article.
    pub(crate) async fn body(&self, id: &str) -> String {
        self.ok("get_article", json!({"id": id})).await["body"].as_str().unwrap_or_default().to_owned()
    }

    /// The ids of all articles.
    pub(crate) async fn articles(&self) -> Vec<String> {
        let list = self.ok("list_articles", json!({"per_page": 150})).await;
        let all = list["data"].as_array().unwrap();
        all.iter().map(|article| article["id"].as_str().unwrap().to_owned()).collect()
    }

    /// Somebody who writes articles.
    pub(crate) async fn author(&self) -> Value {
        self.ok("list_articles", json!({"per_page": 1})).await["data"][0]["author_id"].clone()
    }
}

//! What is overheard of a session, from its first request to its end.

use std::io::Write;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use super::*;
use crate::session::wire::{Line as _, Wire as _};

/// What was recorded.
#[derive(Clone, Default)]
pub(super) struct Record {
    paper: Paper,
    taps: Arc<Mutex<Vec<Tap>>>,
}

#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Record {
    /// A tap that is recorded here.
    pub(super) fn tap(&self, secrets: Secrets) -> Tap {
        let tap = Tap::new(secrets, None, Some(Box::new(self.paper.clone())));
        self.taps.lock().unwrap().push(tap.clone());
        tap
    }

    pub(super) fn text(&self) -> String {
        assert!(self.taps.lock().unwrap().iter().all(Tap::finish), "not written in time");
        String::from_utf8(self.paper.0.lock().unwrap().clone()).unwrap()
    }

    fn exchanges(&self) -> Vec<Value> {
        self.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

const SAYS: &str = "id: 3\ndata: {\"jsonrpc\":\"2.0\",\"id\":<ID>,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"your s3cret-token\"}]}}\n\n";

#[tokio::test]
async fn every_request_is_overheard_with_its_reply_and_without_secrets() {
    let server = Server::start([
        Play::Raw(200, "text/event-stream", SAYS),
        Play::Raw(500, "text/plain", "s3cret-token is odd"),
        Play::Html,
    ])
    .await;
    let (record, secrets) = (Record::default(), Secrets::default());
    let account = Account::bearer(&SecretString::from("s3cret-token".to_owned()), &secrets).unwrap();
    let tap = record.tap(secrets);
    let settings = Settings::new(server.address(), Account::nobody());
    let mcp =
        crate::session::mcp::Mcp::new(settings.address, account, tap, &Limits::default(), None).unwrap();
    let open = mcp.dial().await.unwrap();
    server.stream_open().await;
    let call = |open| crate::session::wire::Line::call(open, "get_article", serde_json::Map::new(), None);
    assert_eq!(call(&open).await.unwrap().texts, ["your s3cret-token"]);
    let told = format!("{:?} {:?}", call(&open).await, call(&open).await);
    assert!(told.contains("‹hidden› is odd") && !told.contains("s3cret"), "{told}");
    open.close().await;
    drop((open, mcp));
    let wanted = [
        ("Post", "server/discover", ""),
        ("Post", "initialize", ""),
        ("Post", "notifications/initialized", ""),
        ("Post", "tools/list", ""),
        ("Post", "tools/call", "get_article"),
        ("Delete", "DELETE", ""),
    ];
    let exchanges = record.exchanges();
    for (channel, method, tool) in wanted {
        let found = exchanges.iter().find(|exchange| exchange["method"] == method);
        let found = found.unwrap_or_else(|| panic!("{method}: {exchanges:?}"));
        assert_eq!(
            (found["channel"].as_str(), found["tool"].as_str()),
            (Some(channel), Some(tool)),
            "{method}"
        );
        assert!(found["status"].is_u64() || method == "server/discover", "{found}");
    }
    let calls: Vec<_> = exchanges.iter().filter(|exchange| exchange["method"] == "tools/call").collect();
    assert!(calls.iter().any(|call| call["received"]["text"].as_str().unwrap().contains("your ‹hidden›")));
    assert!(calls.iter().any(|call| call["trouble"].as_str().unwrap().contains("text/html")));
    assert!(!record.text().contains("s3cret"), "{}", record.text());
}

//! A server on a raw socket that misbehaves in one way at a time.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::broadcast;

/// What the server does to a request.
pub(super) enum Act {
    /// Answers, and keeps the connection.
    Reply(String),
    /// Sends this and closes.
    Close(String),
    /// Sends this and then nothing.
    Hold(String),
    /// Sends this, and later whatever is said on the stream.
    Stream(String),
    /// Says this on the stream, and answers.
    Say(String, String),
}

/// A request as the server saw it.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) head: String,
    pub(super) rpc: Value,
}

impl Asked {
    /// The JSON-RPC method, or else the HTTP method.
    pub(super) fn name(&self) -> &str {
        self.rpc["method"].as_str().unwrap_or(&self.method)
    }

    /// A header, by its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }
}

pub(super) type Play = Arc<dyn Fn(&Asked, usize) -> Act + Send + Sync>;

pub(super) struct Server {
    pub(super) port: u16,
    pub(super) asked: Arc<Mutex<Vec<Asked>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    pub(super) async fn start(play: Play) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let seen = Arc::clone(&asked);
        let (said, _) = broadcast::channel(16);
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let said = said.clone();
                connections.spawn(serve(stream, Arc::clone(&play), Arc::clone(&seen), said));
            }
        });
        Self { port, asked, task }
    }

    /// The names of what was asked, in order.
    pub(super) fn names(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|asked| asked.name().to_owned()).collect()
    }

    pub(super) fn seen(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

async fn serve(
    mut stream: TcpStream,
    play: Play,
    seen: Arc<Mutex<Vec<Asked>>>,
    said: broadcast::Sender<String>,
) {
    while let Some(asked) = read(&mut stream).await {
        let count = {
            let mut seen = seen.lock().unwrap();
            seen.push(asked.clone());
            seen.iter().filter(|one| one.name() == asked.name()).count()
        };
        // A stream that opens must not miss what is said right after.
        let mut listening = said.subscribe();
        match play(&asked, count) {
            Act::Reply(reply) => stream.write_all(reply.as_bytes()).await.unwrap_or(()),
            Act::Close(reply) => {
                let _ = stream.write_all(reply.as_bytes()).await;
                return;
            }
            Act::Hold(reply) => {
                let _ = stream.write_all(reply.as_bytes()).await;
                std::future::pending::<()>().await;
            }
            Act::Stream(first) => {
                let _ = stream.write_all(first.as_bytes()).await;
                while let Ok(words) = listening.recv().await {
                    if stream.write_all(words.as_bytes()).await.is_err() {
                        return;
                    }
                }
            }
            Act::Say(words, reply) => {
                let _ = said.send(words);
                let _ = stream.write_all(reply.as_bytes()).await;
            }
        }
    }
}

async fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let mut piece = [0_u8; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let mut words = head.split(' ');
            let mut asked = Asked {
                method: words.next()?.to_owned(),
                path: words.next()?.to_owned(),
                head: head.to_owned(),
                rpc: Value::Null,
            };
            let length = asked.header("content-length").map_or(0, |length| length.parse().unwrap());
            if body.len() >= length {
                asked.rpc = serde_json::from_str(body).unwrap_or_default();
                return Some(asked);
            }
        }
        match stream.read(&mut piece).await {
            Ok(length) if length > 0 => bytes.extend_from_slice(&piece[..length]),
            _ => return None,
        }
    }
}

/// A whole reply.
pub(super) fn reply(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len())
}

pub(super) fn empty(status: &str) -> Act {
    Act::Reply(reply(status, "", ""))
}

/// The head of a reply that comes piece by piece.
pub(super) const SSE: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
pub(super) const JSON: &str = "content-type: application/json\r\n";

/// A result in JSON, for the request's id.
pub(super) fn result(asked: &Asked, headers: &str, result: &Value) -> Act {
    let body = json!({ "jsonrpc": "2.0", "id": asked.rpc["id"], "result": result }).to_string();
    Act::Reply(reply("200 OK", &format!("{JSON}{headers}"), &body))
}

/// An error in JSON.
pub(super) fn error(asked: &Asked, status: &str, code: i64, message: &str) -> Act {
    let error = json!({ "code": code, "message": message });
    let body = json!({ "jsonrpc": "2.0", "id": asked.rpc["id"], "error": error }).to_string();
    Act::Reply(reply(status, JSON, &body))
}

/// What a tool says, in text.
pub(super) fn says(asked: &Asked, text: &str, is_error: bool) -> Act {
    result(asked, "", &json!({ "content": [{ "type": "text", "text": text }], "isError": is_error }))
}

/// The tools of Intercom's server.
pub(super) const TOOLS: [&str; 14] = [
    "search",
    "fetch",
    "search_conversations",
    "get_conversation",
    "search_contacts",
    "get_contact",
    "list_companies",
    "get_company",
    "list_articles",
    "search_articles",
    "get_article",
    "create_article",
    "update_article",
    "add_internal_note",
];

pub(super) fn listed(asked: &Asked, names: &[&str]) -> Act {
    let tools: Vec<Value> =
        names.iter().map(|name| json!({ "name": name, "inputSchema": { "type": "object" } })).collect();
    result(asked, "", &json!({ "tools": tools }))
}

pub(super) fn greets(asked: &Asked, headers: &str, version: &str) -> Act {
    let info = json!({ "name": "fixture", "version": "1" });
    result(asked, headers, &json!({ "protocolVersion": version, "capabilities": {}, "serverInfo": info }))
}

/// A server in good health.
pub(super) fn healthy(asked: &Asked) -> Act {
    match asked.name() {
        "GET" => empty("405 Method Not Allowed"),
        "DELETE" => empty("204 No Content"),
        "initialize" => greets(asked, "mcp-session-id: s1\r\n", "2025-11-25"),
        "tools/list" => listed(asked, &TOOLS),
        "tools/call" => says(asked, "{\"data\": [{\"id\": \"1\"}], \"total_count\": 7}", false),
        _ => empty("202 Accepted"),
    }
}

//! One request as it arrived. Owns reading it off the socket; knows only what this client sends.

use serde_json::Value;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;
use tokio::time::Instant;

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// The HTTP method.
    pub(crate) http: String,
    /// Path and query.
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) text: String,
    /// The body, when it is JSON.
    pub(crate) json: Value,
    /// The JSON-RPC method; `answer` for an answer of the client's; empty for all else.
    pub(crate) rpc: String,
    /// The tool of a call.
    pub(crate) tool: String,
    /// The how manieth request for the row's tool this is, from 1; 0 for all others.
    pub(crate) turn: usize,
    /// It came to the origin that nobody should come to.
    pub(crate) elsewhere: bool,
    pub(crate) at: Instant,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// A value of a form in the body.
    pub(crate) fn form(&self, name: &str) -> Option<String> {
        let pairs = url::form_urlencoded::parse(self.text.as_bytes());
        pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// A value of the query.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        let query = self.path.split_once('?')?.1;
        let pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    pub(crate) fn bare_path(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }

    pub(crate) fn bearer(&self) -> &str {
        self.header("authorization").and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default()
    }
}

/// The next request on a connection; none when the client ended it.
pub(crate) async fn read(socket: &mut TcpStream, read: &mut Vec<u8>) -> Option<Seen> {
    let end = loop {
        if let Some(at) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        more(socket, read).await?;
    };
    let head = String::from_utf8_lossy(&read[..end]).into_owned();
    read.drain(..end + 4);
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (http, path) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
    while read.len() < length {
        more(socket, read).await?;
    }
    let body: Vec<u8> = read.drain(..length).collect();
    Some(seen(http, path, headers, &body))
}

async fn more(socket: &mut TcpStream, read: &mut Vec<u8>) -> Option<()> {
    let count = socket.read_buf(read).await.ok()?;
    (count > 0).then_some(())
}

fn seen(http: String, path: String, headers: Vec<(String, String)>, body: &[u8]) -> Seen {
    let json: Value = serde_json::from_slice(body).unwrap_or_default();
    let answers = json.get("result").is_some() || json.get("error").is_some();
    let rpc = json["method"].as_str().unwrap_or(if answers { "answer" } else { "" }).to_owned();
    let tool = if rpc == "tools/call" { json["params"]["name"].as_str().unwrap_or_default() } else { "" };
    Seen {
        tool: tool.to_owned(),
        text: String::from_utf8_lossy(body).into_owned(),
        http,
        path,
        headers,
        json,
        rpc,
        turn: 0,
        elsewhere: false,
        at: Instant::now(),
    }
}

/// A line that a program read.
pub(crate) fn line(text: &str) -> Seen {
    seen("LINE".to_owned(), String::new(), Vec::new(), text.as_bytes())
}

//! One request in the hands of a play: what it can answer, well and badly.

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::request::Seen;
use super::server::World;

/// JSON as it should be announced.
pub(crate) const JSON: &str = "application/json";
/// A stream of events as it should be announced.
pub(crate) const EVENTS: &str = "text/event-stream";

/// One request.
pub(crate) struct Visit {
    pub(crate) seen: Seen,
    pub(crate) world: Arc<World>,
    pub(crate) socket: TcpStream,
    /// Another request may follow on this connection.
    pub(crate) stays: bool,
}

impl Visit {
    pub(crate) fn new(seen: Seen, world: Arc<World>, socket: TcpStream) -> Self {
        Self { seen, world, socket, stays: true }
    }

    /// Whether this is the first request for the row's tool.
    pub(crate) fn first(&self) -> bool {
        self.seen.turn == 1
    }

    /// Whether this is a request for the row's tool.
    pub(crate) fn hit(&self) -> bool {
        self.seen.turn > 0
    }

    pub(crate) fn rpc(&self, method: &str) -> bool {
        self.seen.rpc == method
    }

    pub(crate) fn http(&self, method: &str) -> bool {
        self.seen.http == method && self.seen.bare_path() == "/mcp"
    }

    pub(crate) fn id(&self) -> Value {
        self.seen.json["id"].clone()
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.world.port)
    }

    pub(crate) fn elsewhere(&self) -> String {
        format!("http://127.0.0.1:{}", self.world.other)
    }

    pub(crate) async fn raw(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.socket.write_all(bytes.as_ref()).await?;
        self.socket.flush().await
    }

    /// A whole reply.
    pub(crate) async fn reply(
        &mut self,
        status: u16,
        kind: &str,
        headers: &str,
        body: impl AsRef<[u8]>,
    ) -> io::Result<()> {
        let body = body.as_ref();
        let kind = if kind.is_empty() { String::new() } else { format!("content-type: {kind}\r\n") };
        let length = body.len();
        let head = format!("HTTP/1.1 {status} So\r\n{kind}{headers}content-length: {length}\r\n\r\n");
        self.raw([head.as_bytes(), body].concat()).await
    }

    pub(crate) async fn status(&mut self, status: u16, headers: &str) -> io::Result<()> {
        self.reply(status, "", headers, "").await
    }

    pub(crate) async fn json(&mut self, status: u16, body: &Value) -> io::Result<()> {
        self.reply(status, JSON, "", body.to_string()).await
    }

    pub(crate) async fn result(&mut self, result: Value) -> io::Result<()> {
        let body = json!({"jsonrpc": "2.0", "id": self.id(), "result": result});
        self.json(200, &body).await
    }

    /// The head of a stream whose pieces follow.
    pub(crate) async fn stream(&mut self, kind: &str, headers: &str) -> io::Result<()> {
        let head =
            format!("HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\n{headers}transfer-encoding: chunked\r\n\r\n");
        self.raw(head).await
    }

    /// One piece of a stream, a packet of its own.
    pub(crate) async fn piece(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        let bytes = bytes.as_ref();
        let size = format!("{:x}\r\n", bytes.len());
        self.raw([size.as_bytes(), bytes, b"\r\n"].concat()).await
    }

    /// Lets what was sent arrive by itself, so that the next piece is another read for the client.
    pub(crate) async fn breath(&mut self) {
        tokio::time::sleep(Duration::from_millis(15)).await;
    }

    pub(crate) async fn event(&mut self, message: &Value) -> io::Result<()> {
        self.piece(format!("data: {message}\n\n")).await
    }

    /// The proper end of a stream.
    pub(crate) async fn end(&mut self) -> io::Result<()> {
        self.raw("0\r\n\r\n").await
    }

    /// A whole stream of these bytes.
    pub(crate) async fn events(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.stream(EVENTS, "").await?;
        self.piece(bytes).await?;
        self.end().await
    }

    /// Ends the connection without a word.
    pub(crate) fn cut(&mut self) {
        self.stays = false;
    }

    /// Ends the connection by a reset.
    pub(crate) fn reset(&mut self) -> io::Result<()> {
        self.stays = false;
        self.socket.set_zero_linger()
    }

    /// Says nothing more until the client ends the connection.
    pub(crate) async fn hold(&mut self) -> io::Result<()> {
        self.stays = false;
        let mut nothing = [0; 1024];
        while self.socket.read(&mut nothing).await.is_ok_and(|count| count > 0) {}
        self.world.left.fetch_add(1, Ordering::SeqCst);
        self.world.tell();
        Ok(())
    }
}

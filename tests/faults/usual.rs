//! What a server that behaves does: the legacy era over Streamable HTTP, with sessions and without a stream of its own.

use std::io;

use serde_json::{Value, json};

use super::visit::Visit;

impl Visit {
    /// Behaves.
    pub(crate) async fn usual(&mut self) -> io::Result<()> {
        self.usual_in("2025-11-25").await
    }

    /// Behaves by an older revision.
    pub(crate) async fn usual_in(&mut self, revision: &str) -> io::Result<()> {
        match (self.seen.http.as_str(), self.seen.rpc.as_str()) {
            ("GET", _) => self.status(405, "").await,
            ("DELETE", _) => self.status(200, "").await,
            (_, "initialize") => {
                let session = format!("mcp-session-id: {}\r\n", self.world.next_session());
                let body = self.answer_of_revision(revision).to_string();
                self.reply(200, super::visit::JSON, &session, body).await
            }
            (_, "server/discover") => self.json(400, &nameless("Bad Request: Server not initialized")).await,
            (_, "ping" | "tools/list" | "tools/call") => {
                let answer = self.answer();
                self.json(200, &answer).await
            }
            _ => self.status(202, "").await,
        }
    }

    /// The right answer to this request.
    pub(crate) fn answer(&self) -> Value {
        self.answer_of_revision("2025-11-25")
    }

    pub(crate) fn answer_of_revision(&self, revision: &str) -> Value {
        let result = match self.seen.rpc.as_str() {
            "initialize" => greeting(revision),
            "tools/list" => tools(),
            "tools/call" => return self.answer_of("<p>x</p>"),
            _ => json!({}),
        };
        json!({"jsonrpc": "2.0", "id": self.id(), "result": result})
    }

    /// The answer to a call with this body in its article.
    pub(crate) fn answer_of(&self, body: &str) -> Value {
        let arguments = &self.seen.json["params"]["arguments"];
        let title = arguments["title"].as_str().unwrap_or("T");
        let id = arguments["id"].as_str().unwrap_or("1");
        let result = json!({"content": [{"type": "text", "text": article(id, title, body).to_string()}]});
        json!({"jsonrpc": "2.0", "id": self.id(), "result": result})
    }
}

pub(crate) fn article(id: &str, title: &str, body: &str) -> Value {
    json!({"id": id, "title": title, "description": "", "body": body, "state": "draft"})
}

pub(crate) fn greeting(revision: &str) -> Value {
    json!({"protocolVersion": revision, "capabilities": {"tools": {"listChanged": true}},
        "serverInfo": {"name": "misbehaving", "version": "1"}})
}

pub(crate) fn tools() -> Value {
    json!({"tools": [
        {"name": "get_article", "inputSchema": {"type": "object"}, "annotations": {"readOnlyHint": true}},
        {"name": "update_article", "inputSchema": {"type": "object"}}]})
}

/// An error that names no request.
pub(crate) fn nameless(message: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": null, "error": {"code": -32000, "message": message}})
}

//! JSON-RPC messages of the doctor's, and the revisions of the protocol it knows (mcp-client-duties 1).

use serde_json::{Map, Value, json};

/// Revisions with a greeting, newest first.
pub(super) const GREETED: [&str; 4] = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];
/// The revision without one.
pub(super) const MODERN: &str = "2026-07-28";
/// Errors that only a server of the modern era gives.
pub(super) const MODERN_ERRORS: [i64; 3] = [-32_022, -32_021, -32_020];

/// One request or notification.
#[derive(Clone, Debug)]
pub(super) struct Message {
    /// None for a notification.
    pub(super) id: Option<u64>,
    pub(super) method: &'static str,
    /// The tool of a call; empty for all else.
    pub(super) tool: String,
    pub(super) params: Map<String, Value>,
}

impl Message {
    pub(super) fn request(id: u64, method: &'static str, params: Value) -> Self {
        let params = if let Value::Object(params) = params { params } else { Map::new() };
        Self { id: Some(id), method, tool: String::new(), params }
    }

    /// The greeting.
    pub(super) fn initialize(id: u64) -> Self {
        let params = json!({ "protocolVersion": GREETED[0], "capabilities": {}, "clientInfo": client() });
        Self::request(id, "initialize", params)
    }

    /// Its second half.
    pub(super) fn initialized() -> Self {
        Self { id: None, method: "notifications/initialized", tool: String::new(), params: Map::new() }
    }

    /// A tool is called.
    pub(super) fn call(id: u64, tool: &str, arguments: &Map<String, Value>) -> Self {
        let request = Self::request(id, "tools/call", json!({ "name": tool, "arguments": arguments }));
        Self { tool: tool.to_owned(), ..request }
    }

    /// As it is sent. `modern`: with what every request of that era carries.
    pub(super) fn bytes(&self, modern: bool) -> Vec<u8> {
        let mut params = self.params.clone();
        if modern {
            let meta = json!({
                "io.modelcontextprotocol/protocolVersion": MODERN,
                "io.modelcontextprotocol/clientInfo": client(),
                "io.modelcontextprotocol/clientCapabilities": {},
            });
            params.insert("_meta".to_owned(), meta);
        }
        let mut message = json!({ "jsonrpc": "2.0", "method": self.method });
        if let Some(id) = self.id {
            message["id"] = json!(id);
        }
        if !params.is_empty() {
            message["params"] = Value::Object(params);
        }
        message.to_string().into_bytes()
    }
}

fn client() -> Value {
    json!({ "name": "switchboard-doctor", "version": env!("CARGO_PKG_VERSION") })
}

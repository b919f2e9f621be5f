//! Revision 2026-07-28: no sessions, every request says what it speaks, lists say how long they hold.
//!
//! It owns the checks of headers against bodies and the dress of results; the tools behind it are the same.

use axum::http::{HeaderMap, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::rpc::{self, INVALID_PARAMS, METHOD_NOT_FOUND};
use super::server::Server;

/// The only revision it speaks.
const VERSION: &str = "2026-07-28";
const HEADER_MISMATCH: i64 = -32_020;
const UNSUPPORTED_VERSION: i64 = -32_022;

const META_VERSION: &str = "io.modelcontextprotocol/protocolVersion";
const META_CAPABILITIES: &str = "io.modelcontextprotocol/clientCapabilities";
const META_SERVER: &str = "io.modelcontextprotocol/serverInfo";
const META_SUBSCRIPTION: &str = "io.modelcontextprotocol/subscriptionId";

/// Why a request is not answered: the status and the whole JSON-RPC error.
pub(crate) type Refused = (StatusCode, Value);

/// Checks a request before it is answered.
///
/// # Errors
/// 400 with -32020 (headers and body differ), -32602 (`_meta` incomplete) or -32022 (another version); 404 with
/// -32601 for a method that revision does not have.
pub(crate) fn check(headers: &HeaderMap, request: &Value) -> Result<(), Refused> {
    let id = request.get("id").unwrap_or(&Value::Null);
    let bad = |code: i64, message: &str| (StatusCode::BAD_REQUEST, rpc::error(id, code, message));
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let no_params = json!({});
    let params = request.get("params").unwrap_or(&no_params);
    let method = request.get("method").and_then(Value::as_str).unwrap_or("");
    let meta = |key: &str| params.get("_meta").and_then(|meta| meta.get(key));
    if method == "initialize" && meta(META_VERSION).is_none() {
        // An older client's greeting: it learns what is spoken here.
        let requested = params.get("protocolVersion").and_then(Value::as_str).unwrap_or("");
        return Err(unsupported(id, requested));
    }
    let Some(version) = header("mcp-protocol-version") else {
        return Err(bad(HEADER_MISMATCH, "Missing MCP-Protocol-Version header"));
    };
    let (Some(said), true) = (meta(META_VERSION), meta(META_CAPABILITIES).is_some_and(Value::is_object))
    else {
        let message = format!("Invalid params: _meta needs {META_VERSION} and {META_CAPABILITIES}");
        return Err(bad(INVALID_PARAMS, &message));
    };
    if said.as_str() != Some(version) {
        return Err(bad(HEADER_MISMATCH, "MCP-Protocol-Version header does not match _meta"));
    }
    if version != VERSION {
        return Err(unsupported(id, version));
    }
    if header("mcp-method") != Some(method) {
        return Err(bad(HEADER_MISMATCH, "Mcp-Method header does not match the method"));
    }
    let name = params.get("name").and_then(Value::as_str);
    if method == "tools/call" && header("mcp-name").map(plain).as_deref() != name {
        return Err(bad(HEADER_MISMATCH, "Mcp-Name header does not match the name"));
    }
    if matches!(method, "server/discover" | "tools/list" | "tools/call" | "subscriptions/listen") {
        return Ok(());
    }
    Err((StatusCode::NOT_FOUND, rpc::error(id, METHOD_NOT_FOUND, "Method not found")))
}

fn unsupported(id: &Value, requested: &str) -> Refused {
    let mut error = rpc::error(id, UNSUPPORTED_VERSION, "Unsupported protocol version");
    error["error"]["data"] = json!({"supported": [VERSION], "requested": requested});
    (StatusCode::BAD_REQUEST, error)
}

/// A header's value with what was encoded decoded: `=?base64?…?=` stands for text that is not plain ASCII.
fn plain(value: &str) -> String {
    let encoded = value.strip_prefix("=?base64?").and_then(|rest| rest.strip_suffix("?="));
    let decoded = encoded.and_then(|encoded| String::from_utf8(STANDARD.decode(encoded).ok()?).ok());
    decoded.unwrap_or_else(|| value.to_owned())
}

/// The answer to a request that was checked. It may take long: tools wait for the workspace.
pub(crate) fn answer(server: &Server, request: &Value) -> Value {
    let method = request.get("method").and_then(Value::as_str).unwrap_or("");
    let mut answer = if method == "server/discover" {
        json!({"jsonrpc": "2.0", "id": request.get("id"), "result": {
            "supportedVersions": [VERSION],
            "capabilities": {"tools": {"listChanged": true}},
        }})
    } else {
        rpc::answer(server, request)
    };
    if let Some(result) = answer.get_mut("result").and_then(Value::as_object_mut) {
        dress(result, method);
    }
    answer
}

fn dress(result: &mut Map<String, Value>, method: &str) {
    result.insert("resultType".to_owned(), "complete".into());
    if matches!(method, "server/discover" | "tools/list") {
        result.insert("ttlMs".to_owned(), 0.into());
        result.insert("cacheScope".to_owned(), "private".into());
    }
    result.insert("_meta".to_owned(), json!({META_SERVER: rpc::server_info()}));
}

/// A subscription somebody listens on.
#[derive(Debug)]
pub(crate) struct Subscription {
    id: Value,
    tools: bool,
}

impl Subscription {
    /// What a `subscriptions/listen` asks for; `None` for any other request.
    pub(crate) fn asked(request: &Value) -> Option<Self> {
        let listens = request.get("method").and_then(Value::as_str) == Some("subscriptions/listen");
        let tools = request.pointer("/params/notifications/toolsListChanged") == Some(&Value::Bool(true));
        listens.then(|| Self { id: request.get("id").cloned().unwrap_or_default(), tools })
    }

    /// Whether it wants to hear of another list of tools.
    pub(crate) fn wants_tools(&self) -> bool {
        self.tools
    }

    /// The first message: what it will hear of.
    pub(crate) fn acknowledged(&self) -> Value {
        let agreed = if self.tools { json!({"toolsListChanged": true}) } else { json!({}) };
        self.notification("notifications/subscriptions/acknowledged", Some(agreed))
    }

    /// The list of tools is another one.
    pub(crate) fn tools_changed(&self) -> Value {
        self.notification("notifications/tools/list_changed", None)
    }

    /// The last message, when the server stops.
    pub(crate) fn ended(&self) -> Value {
        let meta = json!({META_SUBSCRIPTION: self.id, META_SERVER: rpc::server_info()});
        json!({"jsonrpc": "2.0", "id": self.id, "result": {"resultType": "complete", "_meta": meta}})
    }

    fn notification(&self, method: &str, agreed: Option<Value>) -> Value {
        let mut params = json!({"_meta": {META_SUBSCRIPTION: self.id}});
        if let Some(agreed) = agreed {
            params["notifications"] = agreed;
        }
        json!({"jsonrpc": "2.0", "method": method, "params": params})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_headers_are_read() {
        assert_eq!(plain("search"), "search");
        assert_eq!(plain("=?base64?w6U=?="), "å");
        assert_eq!(plain("=?base64?!?="), "=?base64?!?=");
    }
}

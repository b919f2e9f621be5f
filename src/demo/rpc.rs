//! JSON-RPC: what is a message, and the answer to each method.

use serde_json::{Map, Value, json};

use super::fault::Fault;
use super::refusal::Refusal;
use super::server::Server;
use super::{tools, variants};

/// Protocol versions the server speaks, oldest first.
pub(crate) const VERSIONS: [&str; 4] = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];

/// No such method.
pub(crate) const METHOD_NOT_FOUND: i64 = -32_601;
/// Parameters that do not fit the method.
pub(crate) const INVALID_PARAMS: i64 = -32_602;
/// The server's own mistake.
pub(crate) const INTERNAL_ERROR: i64 = -32_603;

/// An error reply.
pub(crate) fn error(id: &Value, code: i64, message: &str) -> Value {
    json!({"jsonrpc": "2.0", "error": {"code": code, "message": message}, "id": id})
}

/// Whether a value is a JSON-RPC 2.0 request, notification or response.
pub(crate) fn is_message(value: &Value) -> bool {
    if value.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
        return false;
    }
    let id = value.get("id");
    let named = id.is_some_and(|id| id.is_string() || id.is_i64() || id.is_u64());
    if value.get("method").is_some_and(Value::is_string) {
        let fits = value.get("params").is_none_or(|params| params.is_object() || params.is_array());
        return fits && (id.is_none() || named);
    }
    // An answer to a message nobody could read has no id.
    let failed = value.get("error").is_some_and(Value::is_object);
    (value.get("result").is_some() && named) || (failed && (named || id.is_none_or(Value::is_null)))
}

/// The method of a request, `None` for notifications and responses.
pub(crate) fn request_method(value: &Value) -> Option<&str> {
    value.get("id")?;
    value.get("method")?.as_str()
}

/// The answer to a request. It may take long: tools wait for the workspace.
pub(crate) fn answer(server: &Server, request: &Value) -> Value {
    let id = request.get("id").cloned().unwrap_or_default();
    let no_params = Map::new();
    let params = request.get("params").and_then(Value::as_object).unwrap_or(&no_params);
    let outcome = match request_method(request).unwrap_or("") {
        "initialize" => initialize(params),
        "ping" => Ok(json!({})),
        "tools/list" => Ok(json!({"tools": tools::listed(server.faults())})),
        "tools/call" => call(server, params),
        _ => Err((METHOD_NOT_FOUND, "Method not found".to_owned())),
    };
    match outcome {
        Ok(result) => json!({"jsonrpc": "2.0", "id": id, "result": result}),
        Err((code, message)) => error(&id, code, &message),
    }
}

type Outcome = Result<Value, (i64, String)>;

fn initialize(params: &Map<String, Value>) -> Outcome {
    let text = |key: &str| params.get(key).and_then(Value::as_str);
    let object = |key: &str| params.get(key).is_some_and(Value::is_object);
    let Some(asked) = text("protocolVersion").filter(|_| object("capabilities") && object("clientInfo"))
    else {
        let message = "Invalid params: initialize needs protocolVersion, capabilities and clientInfo";
        return Err((INVALID_PARAMS, message.to_owned()));
    };
    let [.., latest] = VERSIONS;
    let version = VERSIONS.iter().copied().find(|version| *version == asked).unwrap_or(latest);
    Ok(json!({
        "protocolVersion": version,
        "capabilities": {"tools": {"listChanged": true}},
        "serverInfo": server_info(),
    }))
}

/// What the server says it is.
pub(crate) fn server_info() -> Value {
    json!({
        "name": "intercom-demo",
        "title": "Intercom demo workspace",
        "version": env!("CARGO_PKG_VERSION"),
    })
}

fn call(server: &Server, params: &Map<String, Value>) -> Outcome {
    let Some(name) = params.get("name").and_then(Value::as_str) else {
        return Err((INVALID_PARAMS, "Invalid params: tools/call needs the name of a tool".to_owned()));
    };
    let no_arguments = Map::new();
    let given = match params.get("arguments") {
        None | Some(Value::Null) => &no_arguments,
        Some(Value::Object(given)) => given,
        Some(_) => {
            return Err((INVALID_PARAMS, "Invalid params: arguments must be an object".to_owned()));
        }
    };
    let Some(schema) = tools::schema(server.faults(), name) else {
        return Err((INVALID_PARAMS, format!("Tool {name} not found")));
    };
    if tools::is_write(name) {
        server.count_write();
    }
    let faults = server.faults();
    if tools::scope(name, given).is_some_and(|scope| faults.forbids(scope)) {
        return Ok(refused(&Refusal::rest("token_unauthorized", "Not authorized to access resource")));
    }
    if faults.has(&Fault::CursorExpires) && variants::cursor(given).is_some() {
        return Ok(refused(&Refusal::invalid("starting_after has expired")));
    }
    let result = server
        .with_workspace(|workspace| tools::call(workspace, name, schema, given))
        .map_err(|failure| (INTERNAL_ERROR, failure))?;
    Ok(match result {
        Ok(value) => variants::result(faults, name, given, value),
        Err(refusal) => refused(&refusal),
    })
}

fn refused(refusal: &Refusal) -> Value {
    json!({"content": [{"type": "text", "text": refusal.text()}], "isError": true})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_told_from_other_json() {
        for good in [
            json!({"jsonrpc": "2.0", "id": 1, "method": "ping"}),
            json!({"jsonrpc": "2.0", "id": "a", "method": "ping", "params": {}}),
            json!({"jsonrpc": "2.0", "method": "notifications/initialized"}),
            json!({"jsonrpc": "2.0", "id": 1, "result": {}}),
            json!({"jsonrpc": "2.0", "id": null, "error": {"code": 1, "message": ""}}),
        ] {
            assert!(is_message(&good), "{good}");
        }
        for bad in [
            json!(1),
            json!({}),
            json!({"jsonrpc": "1.0", "id": 1, "method": "ping"}),
            json!({"jsonrpc": "2.0", "id": null, "method": "ping"}),
            json!({"jsonrpc": "2.0", "id": 1.5, "method": "ping"}),
            json!({"jsonrpc": "2.0", "id": 1}),
            json!({"jsonrpc": "2.0", "id": 1, "method": "ping", "params": 3}),
        ] {
            assert!(!is_message(&bad), "{bad}");
        }
    }
}

//! The HTTP front: each documented error, sessions, versions, streams, starting and stopping.

use futures::StreamExt as _;
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};
use switchboard::demo::{Options, StartError, start};

use crate::wire::{Wire, events, initialize, options};

async fn expect(request: RequestBuilder, status: u16, code: i64, message: &str) {
    let reply = request.send().await.unwrap();
    assert_eq!(reply.status().as_u16(), status, "{message}");
    assert_eq!(reply.headers().get("content-type").unwrap(), "application/json");
    let body: Value = reply.json().await.unwrap();
    assert_eq!(body, json!({"jsonrpc": "2.0", "error": {"code": code, "message": message}, "id": null}));
}

fn ping() -> Value {
    json!({"jsonrpc": "2.0", "id": 1, "method": "ping"})
}

#[tokio::test]
async fn headers_are_checked() {
    let wire = Wire::open().await;
    let post = || wire.http.post(wire.running.url()).body(ping().to_string());
    let wants_both = "Not Acceptable: Client must accept both application/json and text/event-stream";
    for accept in ["application/json", "text/event-stream", "*/*"] {
        expect(
            post().header("accept", accept).header("content-type", "application/json"),
            406,
            -32000,
            wants_both,
        )
        .await;
    }
    expect(
        post().header("accept", "application/json, text/event-stream").header("content-type", "text/plain"),
        415,
        -32000,
        "Unsupported Media Type: Content-Type must be application/json",
    )
    .await;
    expect(
        wire.http.get(wire.running.url()).header("accept", "application/json"),
        406,
        -32000,
        "Not Acceptable: Client must accept text/event-stream",
    )
    .await;
}

#[tokio::test]
async fn bodies_are_checked() {
    let wire = Wire::open().await;
    expect(wire.bare().body("{"), 400, -32700, "Parse error: Invalid JSON").await;
    for body in [json!({}), json!([]), json!(5), json!([ping(), 5]), json!({"jsonrpc": "2.0", "id": 1})] {
        expect(wire.post(&body), 400, -32700, "Parse error: Invalid JSON-RPC message").await;
    }
}

#[tokio::test]
async fn sessions_are_checked() {
    let wire = Wire::open().await;
    expect(
        wire.post(&initialize("2025-11-25")),
        400,
        -32600,
        "Invalid Request: Initialization requests must not include a sessionId",
    )
    .await;
    expect(
        wire.bare().body(json!([initialize("2025-11-25"), ping()]).to_string()),
        400,
        -32600,
        "Invalid Request: Only one initialization request is allowed",
    )
    .await;
    let missing = "Bad Request: Mcp-Session-Id header is required";
    expect(wire.bare().body(ping().to_string()), 400, -32000, missing).await;
    expect(wire.http.get(wire.running.url()).header("accept", "text/event-stream"), 400, -32000, missing)
        .await;
    expect(wire.http.delete(wire.running.url()), 400, -32000, missing).await;
    let wrong = wire.bare().header("mcp-session-id", "0".repeat(64)).body(ping().to_string());
    expect(wrong, 404, -32001, "Session not found").await;
}

#[tokio::test]
async fn a_deleted_session_is_gone_and_the_others_stay() {
    let wire = Wire::open().await;
    let other = wire.new_session().await;
    let delete = || wire.http.delete(wire.running.url()).header("mcp-session-id", &other);
    let reply = delete().send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::NO_CONTENT);
    assert!(reply.bytes().await.unwrap().is_empty());
    expect(delete(), 404, -32001, "Session not found").await;
    assert_eq!(wire.ask("ping", json!({})).await["result"], json!({}));
}

#[tokio::test]
async fn other_methods_and_foreign_callers_are_refused() {
    let wire = Wire::open().await;
    expect(wire.http.put(wire.running.url()), 405, -32000, "Method not allowed").await;
    let forbidden = "Forbidden: this server answers to loopback only";
    expect(wire.post(&ping()).header("origin", "https://evil.example"), 403, -32000, forbidden).await;
    expect(wire.post(&ping()).header("origin", "null"), 403, -32000, forbidden).await;
    expect(wire.post(&ping()).header("host", "evil.example"), 403, -32000, forbidden).await;
    let local = wire.post(&ping()).header("origin", "http://localhost:9").send().await.unwrap();
    assert_eq!(local.status(), StatusCode::OK);
    let version = wire.post(&ping()).header("mcp-protocol-version", "1999-01-01");
    expect(version, 400, -32000, "Bad Request: Unsupported protocol version").await;
}

#[tokio::test]
async fn a_bearer_token_can_be_required() {
    let wire = Wire::open().await;
    assert_eq!(wire.post(&ping()).bearer_auth("anything").send().await.unwrap().status(), StatusCode::OK);
    let strict = start(Options { token: Some("right".to_owned()), ..options() }).await.unwrap();
    let post = || wire.bare().body(initialize("2025-11-25").to_string());
    let to = |request: RequestBuilder| {
        let mut request = request.build().unwrap();
        *request.url_mut() = strict.url().parse().unwrap();
        wire.http.execute(request)
    };
    for request in [post(), post().bearer_auth("wrong"), post().header("authorization", "right")] {
        let reply = to(request).await.unwrap();
        assert_eq!(reply.status(), StatusCode::UNAUTHORIZED);
        assert_eq!(
            reply.headers().get("www-authenticate").unwrap(),
            "Bearer realm=\"OAuth\", error=\"invalid_token\", error_description=\"Missing or invalid access token\""
        );
        let body: Value = reply.json().await.unwrap();
        assert_eq!(
            body,
            json!({"error": "invalid_token", "error_description": "Missing or invalid access token"})
        );
    }
    assert_eq!(to(post().bearer_auth("right")).await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn versions_are_negotiated() {
    let wire = Wire::open().await;
    for (asked, given) in [
        ("2024-11-05", "2024-11-05"),
        ("2025-03-26", "2025-03-26"),
        ("2025-06-18", "2025-06-18"),
        ("2025-11-25", "2025-11-25"),
        ("2031-01-01", "2025-11-25"),
    ] {
        let reply = wire.bare().body(initialize(asked).to_string()).send().await.unwrap();
        let session = reply.headers().get("mcp-session-id").unwrap().to_str().unwrap().to_owned();
        assert!(session.len() == 64 && session.chars().all(|c| c.is_ascii_hexdigit()));
        let result = events(reply).await[0]["result"].clone();
        assert_eq!(result["protocolVersion"], given);
        assert_eq!(result["capabilities"], json!({"tools": {"listChanged": true}}));
        assert_eq!(result["serverInfo"]["name"], "intercom-demo");
    }
}

#[tokio::test]
async fn notifications_are_accepted_and_batches_answered_in_order() {
    let wire = Wire::open().await;
    let initialized = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    let reply = wire.post(&initialized).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::ACCEPTED);
    assert!(reply.bytes().await.unwrap().is_empty());
    let second = json!({"jsonrpc": "2.0", "id": "b", "method": "tools/list"});
    let replies = events(wire.post(&json!([ping(), initialized, second])).send().await.unwrap()).await;
    assert_eq!(replies.iter().map(|reply| &reply["id"]).collect::<Vec<_>>(), [&json!(1), &json!("b")]);
}

#[tokio::test]
async fn methods_and_parameters_are_checked() {
    let wire = Wire::open().await;
    for method in ["prompts/list", "resources/list", "server/discover", "no/such"] {
        assert_eq!(wire.ask(method, json!({})).await["error"]["code"], -32601, "{method}");
    }
    for params in [json!({}), json!({"name": "no_such_tool"}), json!({"name": "search", "arguments": [1]})] {
        assert_eq!(wire.ask("tools/call", params).await["error"]["code"], -32602);
    }
    let probe = json!({"jsonrpc": "2.0", "id": 3, "method": "server/discover"}).to_string();
    let reply = wire.bare().header("mcp-protocol-version", "2026-07-28").body(probe).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::BAD_REQUEST);
    let body: Value = reply.json().await.unwrap();
    assert_eq!((&body["error"]["code"], &body["id"]), (&json!(-32601), &json!(3)));
}

#[tokio::test]
async fn fourteen_tools_are_listed() {
    let wire = Wire::open().await;
    let tools = wire.ask("tools/list", json!({})).await["result"]["tools"].clone();
    let tools = tools.as_array().unwrap();
    assert_eq!(tools.len(), 14);
    for tool in tools {
        assert_eq!(tool["inputSchema"]["type"], "object", "{tool}");
        assert!(tool["description"].as_str().unwrap().len() > 10);
    }
    let filters = tools.iter().find(|tool| tool["name"] == "search_conversations").unwrap();
    assert!(filters["inputSchema"]["properties"].as_object().unwrap().len() >= 45);
}

#[tokio::test]
async fn an_idle_stream_opens_at_once_and_ends_with_the_server() {
    let wire = Wire::open().await;
    let get = wire.http.get(wire.running.url()).header("accept", "text/event-stream");
    let reply = get.header("mcp-session-id", &wire.session).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(reply.headers().get("content-type").unwrap(), "text/event-stream");
    let mut stream = reply.bytes_stream();
    assert_eq!(stream.next().await.unwrap().unwrap(), ": keepalive\n\n");
    let url = wire.running.url();
    wire.running.stop().await;
    assert!(stream.next().await.is_none());
    assert!(wire.http.get(url).send().await.is_err());
}

#[tokio::test]
async fn starting_says_what_is_wrong() {
    let running = start(options()).await.unwrap();
    let port = running.address.port();
    assert!(running.address.ip().is_loopback());
    let error = start(Options { port, ..options() }).await.unwrap_err();
    assert!(matches!(error, StartError::PortTaken { port: taken } if taken == port));
    assert!(error.to_string().starts_with(&format!("Port {port} on 127.0.0.1 is taken by another program;")));
    let error = start(Options { scale: Some(0), ..options() }).await.unwrap_err();
    assert!(matches!(error, StartError::Workspace(0)), "{error}");
    running.stop().await;
    let again = start(Options { port, ..options() }).await.unwrap();
    assert_eq!(again.address.port(), port);
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused() {
    let wire = Wire::open().await;
    let reply = wire.bare().body(vec![b' '; 32 * 1024 * 1024 + 1]).send().await;
    // The server may close the connection before the whole body is sent.
    if let Ok(reply) = reply {
        assert_eq!(reply.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
    assert_eq!(wire.ask("ping", json!({})).await["result"], json!({}));
}

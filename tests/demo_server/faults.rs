//! Each fault as a client meets it.

use futures::StreamExt as _;
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use switchboard::demo::{Fault, Options, Running, Scope, start};

use crate::wire::{Heard, NOW, Wire, events, options};

async fn with(fault: Fault) -> Wire {
    Wire::with(Options { faults: vec![fault], ..options() }).await
}

fn ping() -> Value {
    json!({"jsonrpc": "2.0", "id": 7, "method": "ping"})
}

fn tool(name: &str, arguments: &Value) -> Value {
    json!({"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": name, "arguments": arguments}})
}

async fn status(wire: &Wire) -> StatusCode {
    wire.post(&ping()).send().await.unwrap().status()
}

async fn listen(wire: &Wire) -> Response {
    let get = wire.http.get(wire.running.url()).header("accept", "text/event-stream");
    get.header("mcp-session-id", &wire.session).send().await.unwrap()
}

async fn names(wire: &Wire) -> Vec<String> {
    let tools = wire.ask("tools/list", json!({})).await["result"]["tools"].clone();
    tools.as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn json_replies_come_in_one_body() {
    let wire = with(Fault::JsonReplies).await;
    let reply = wire.post(&ping()).send().await.unwrap();
    assert_eq!(reply.headers().get("content-type").unwrap(), "application/json");
    assert_eq!(reply.headers().get("mcp-session-id").unwrap(), wire.session.as_str());
    let body: Value = reply.json().await.unwrap();
    assert_eq!(body, json!({"jsonrpc": "2.0", "id": 7, "result": {}}));
    let second = json!({"jsonrpc": "2.0", "id": 8, "method": "ping"});
    let body: Value = wire.post(&json!([ping(), second])).send().await.unwrap().json().await.unwrap();
    assert_eq!((&body[0]["id"], &body[1]["id"]), (&json!(7), &json!(8)));
}

#[tokio::test]
async fn there_need_be_no_stream_and_no_endpoint() {
    let wire = with(Fault::NoGet).await;
    let reply = listen(&wire).await;
    assert_eq!(reply.status(), StatusCode::METHOD_NOT_ALLOWED);
    let body: Value = reply.json().await.unwrap();
    assert_eq!(body["error"]["message"], "Method not allowed");
    wire.running.switch(Fault::NoMcp, true);
    assert_eq!(status(&wire).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_session_is_lost_after_its_requests() {
    let wire = with(Fault::ExpireSessionAfter(2)).await;
    let initialized = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    assert_eq!(wire.post(&initialized).send().await.unwrap().status(), StatusCode::ACCEPTED);
    assert_eq!(status(&wire).await, StatusCode::OK);
    assert_eq!(status(&wire).await, StatusCode::OK);
    for _ in 0..2 {
        let reply = wire.post(&ping()).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::NOT_FOUND);
        let body: Value = reply.json().await.unwrap();
        assert_eq!(
            (&body["error"]["code"], &body["error"]["message"]),
            (&json!(-32001), &json!("Session not found"))
        );
    }
    assert_eq!(wire.new_session().await.len(), 64);
}

#[tokio::test]
async fn a_lost_session_may_be_a_bad_request() {
    let wire = with(Fault::ExpireSession400).await;
    assert_eq!(status(&wire).await, StatusCode::OK);
    wire.running.forget_sessions();
    let reply = wire.post(&ping()).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::BAD_REQUEST);
    let body: Value = reply.json().await.unwrap();
    assert_eq!(body["error"]["message"], "Bad Request: No valid session ID provided");
}

#[tokio::test]
async fn a_slow_answer_does_not_hold_up_the_door() {
    let wire = Wire::open().await;
    wire.running.switch(Fault::Slow(3_600_000), true);
    // The answer takes an hour; its headers and everybody else's do not.
    let slow = wire.post(&ping()).send().await.unwrap();
    assert_eq!(slow.status(), StatusCode::OK);
    let other = wire.http.put(wire.running.url()).send().await.unwrap();
    assert_eq!(other.status(), StatusCode::METHOD_NOT_ALLOWED);
    wire.running.switch(Fault::Slow(0), false);
    assert_eq!(wire.ask("ping", json!({})).await["result"], json!({}));
}

#[tokio::test]
async fn a_stream_breaks_after_its_bytes() {
    let wire = Wire::open().await;
    wire.running.switch(Fault::CutStreamAfter(100), true);
    let list = json!({"jsonrpc": "2.0", "id": 7, "method": "tools/list"});
    let mut stream = wire.post(&list).send().await.unwrap().bytes_stream();
    let mut heard = Vec::new();
    let error = loop {
        match stream.next().await.expect("a broken stream does not end well") {
            Ok(chunk) => heard.extend_from_slice(&chunk),
            Err(error) => break error,
        }
    };
    assert!(error.is_body() || error.is_decode(), "{error:?}");
    assert_eq!(heard.len(), 100);
    assert!(heard.starts_with(b"event: message\ndata: {"));
    assert_eq!(wire.ask("ping", json!({})).await["result"], json!({}), "a short answer fits");
}

#[tokio::test]
async fn a_silent_stream_says_nothing_until_the_end() {
    let wire = with(Fault::SilentStream).await;
    assert_eq!(status(&wire).await, StatusCode::OK);
    let reply = wire.post(&tool("list_articles", &json!({}))).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(reply.headers().get("content-type").unwrap(), "text/event-stream");
    let stopping = tokio::spawn(wire.running.stop());
    assert_eq!(reply.bytes().await.unwrap(), "");
    stopping.await.unwrap();
}

#[tokio::test]
async fn comments_open_every_stream() {
    let wire = with(Fault::Keepalive).await;
    let text = wire.post(&ping()).send().await.unwrap().text().await.unwrap();
    assert!(text.starts_with(": keepalive\n\nevent: message\n"), "{text}");
    let reply = wire.post(&tool("list_articles", &json!({}))).send().await.unwrap();
    assert_eq!(events(reply).await[0]["id"], 7);
}

#[tokio::test]
async fn too_many_calls_are_told_when_to_come_back() {
    // Opening the session is the first.
    let wire = with(Fault::RateLimit { calls: 2, seconds: 1_000 }).await;
    assert_eq!(status(&wire).await, StatusCode::OK);
    let reply = wire.post(&ping()).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::TOO_MANY_REQUESTS);
    let number =
        |name: &str| -> i64 { reply.headers().get(name).unwrap().to_str().unwrap().parse().unwrap() };
    assert!((900..=1_000).contains(&number("retry-after")));
    assert_eq!((number("x-ratelimit-limit"), number("x-ratelimit-remaining")), (2, 0));
    assert!(((NOW + 1_000)..(NOW + 1_100)).contains(&number("x-ratelimit-reset")));
    let body: Value = reply.json().await.unwrap();
    assert_eq!(
        (&body["type"], &body["errors"][0]["code"]),
        (&json!("error.list"), &json!("rate_limit_exceeded"))
    );
    wire.running.pass(1_000);
    assert_eq!(status(&wire).await, StatusCode::OK);
}

#[tokio::test]
async fn server_errors_come_every_so_often_or_once() {
    let wire = with(Fault::ServerErrorEvery(3)).await;
    let mut met = Vec::new();
    for _ in 0..5 {
        met.push(status(&wire).await.as_u16());
    }
    assert_eq!(met, [200, 500, 200, 200, 500]);
    wire.running.switch(Fault::ServerErrorEvery(1), false);
    wire.running.switch(Fault::ServerErrorOnce, true);
    let reply = wire.post(&ping()).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let body: Value = reply.json().await.unwrap();
    assert_eq!(body["errors"][0]["code"], "server_error");
    assert_eq!(status(&wire).await, StatusCode::OK);
}

#[tokio::test]
async fn another_region_is_healthy_and_empty() {
    let wire = with(Fault::WrongRegion).await;
    assert_eq!(names(&wire).await.len(), 14);
    for (name, arguments, list) in [
        ("search", json!({"query": "object_type:conversations"}), "/results"),
        ("search", json!({"query": "object_type:contacts"}), "/results"),
        ("search_conversations", json!({}), "/conversations"),
        ("search_contacts", json!({"email": "nobody@example.com"}), "/data"),
        ("list_companies", json!({}), "/data"),
        ("list_articles", json!({}), "/data"),
        ("search_articles", json!({"phrase": "a"}), "/data/articles"),
    ] {
        let found = wire.ok(name, arguments).await;
        assert_eq!(found.pointer(list), Some(&json!([])), "{name}: {found}");
    }
    wire.running.switch(Fault::WrongRegion, false);
    assert!(!wire.ok("list_articles", json!({})).await["data"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn tools_come_and_go() {
    let wire = with(Fault::Tools(6)).await;
    assert_eq!(names(&wire).await.len(), 6);
    let params = json!({"name": "list_articles", "arguments": {}});
    assert_eq!(
        wire.ask("tools/call", params.clone()).await["error"]["message"],
        "Tool list_articles not found"
    );
    wire.running.switch(Fault::Tools(13), true);
    assert!(!names(&wire).await.contains(&"add_internal_note".to_owned()));
    assert!(wire.ask("tools/call", params).await["result"].is_object());
    wire.running.switch(Fault::ReadOnly, true);
    assert!(!names(&wire).await.contains(&"create_article".to_owned()));
    wire.running.switch(Fault::ReadOnly, false);
    wire.running.switch(Fault::Tools(14), true);
    wire.running.switch(Fault::ExtraTool, true);
    assert_eq!(names(&wire).await.len(), 15);
    assert_eq!(wire.ok("submit_mcp_feedback", json!({"feedback": "x\ny"})).await, json!({"received": true}));
    assert_eq!(wire.running.writes(), 1);
}

#[tokio::test]
async fn who_listens_hears_of_other_tools() {
    let wire = Wire::open().await;
    let mut stream = Heard::from(listen(&wire).await);
    assert_eq!(stream.next().await.unwrap(), ": keepalive\n\n");
    wire.running.switch(Fault::Slow(0), true);
    wire.running.switch(Fault::ExtraTool, true);
    let told = json!({"jsonrpc": "2.0", "method": "notifications/tools/list_changed"});
    assert_eq!(stream.message().await, told);
}

#[tokio::test]
async fn results_come_in_other_forms() {
    let wire = Wire::open().await;
    let content = async || {
        let reply = wire.post(&tool("list_articles", &json!({"per_page": 1}))).send().await.unwrap();
        events(reply).await[0]["result"].clone()
    };
    let plain = content().await;
    let plain_text = plain["content"][0]["text"].as_str().unwrap();
    let meant: Value = serde_json::from_str(plain_text).unwrap();
    assert!(plain.get("structuredContent").is_none());

    wire.running.switch(Fault::SplitText, true);
    let split = content().await;
    let blocks = split["content"].as_array().unwrap();
    let joined: String = blocks.iter().map(|block| block["text"].as_str().unwrap()).collect();
    assert_eq!((blocks.len(), joined.as_str()), (2, plain_text));
    wire.running.switch(Fault::SplitText, false);

    wire.running.switch(Fault::CompactJson, true);
    wire.running.switch(Fault::Structured, true);
    let other = content().await;
    let text = other["content"][0]["text"].as_str().unwrap();
    assert!(!text.contains('\n'));
    assert_eq!(serde_json::from_str::<Value>(text).unwrap(), meant);
    assert_eq!(other["structuredContent"], meant);
}

#[tokio::test]
async fn a_login_page_can_be_in_the_way() {
    let wire = Wire::open().await;
    wire.running.switch(Fault::HtmlLogin, true);
    for reply in [wire.post(&ping()).send().await.unwrap(), listen(&wire).await] {
        assert_eq!(reply.status(), StatusCode::OK);
        assert_eq!(reply.headers().get("content-type").unwrap(), "text/html; charset=utf-8");
        assert!(reply.text().await.unwrap().starts_with("<!DOCTYPE html>"));
    }
}

#[tokio::test]
async fn nothing_may_be_acceptable() {
    let wire = Wire::open().await;
    wire.running.switch(Fault::NotAcceptable, true);
    let reply = wire.post(&ping()).send().await.unwrap();
    assert_eq!(reply.status(), StatusCode::NOT_ACCEPTABLE);
    let body: Value = reply.json().await.unwrap();
    assert_eq!(
        body["error"]["message"],
        "Not Acceptable: Client must accept both application/json and text/event-stream"
    );
}

#[tokio::test]
async fn the_date_can_be_wrong() {
    let running: Running =
        start(Options { now: 784_111_777, faults: vec![Fault::ClockSkew(-86_400 * 365)], ..options() })
            .await
            .unwrap();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let reply = http.get(running.url()).send().await.unwrap();
    let date = reply.headers().get("date").unwrap().to_str().unwrap().to_owned();
    assert!(date.starts_with("Sat, 06 Nov 1993 08:49:") && date.ends_with(" GMT"), "{date}");
    assert_eq!(reply.headers().get_all("date").iter().count(), 1);
}

#[tokio::test]
async fn a_thread_can_be_large() {
    let wire = with(Fault::LargeThread(2_000)).await;
    let found = wire.ok("search_conversations", json!({"per_page": 1})).await;
    let id = found["conversations"][0]["id"].clone();
    assert!(found["conversations"][0].get("conversation_parts").is_none());
    let fetched = format!("conversation_{}", id.as_str().unwrap());
    for (name, id) in [("get_conversation", id), ("fetch", fetched.into())] {
        let conversation = wire.ok(name, json!({"id": id})).await;
        assert_eq!(conversation["conversation_parts"]["total_count"], 2_000);
        let parts = conversation["conversation_parts"]["conversation_parts"].as_array().unwrap();
        let ids: std::collections::HashSet<&str> =
            parts.iter().map(|part| part["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), 2_000);
    }
}

#[tokio::test]
async fn listed_is_not_permitted() {
    let wire = with(Fault::Forbids(Scope::Articles)).await;
    assert_eq!(names(&wire).await.len(), 14);
    for (name, arguments) in [
        ("list_articles", json!({})),
        ("get_article", json!({"id": "1"})),
        ("create_article", json!({"title": "x", "author_id": 1})),
    ] {
        let error: Value = serde_json::from_str(&wire.refused(name, arguments).await).unwrap();
        assert_eq!(
            error,
            json!({"type": "error.list", "request_id": null, "errors": [
                {"code": "token_unauthorized", "message": "Not authorized to access resource"},
            ]})
        );
    }
    assert_eq!(wire.running.writes(), 1);
    wire.ok("search_conversations", json!({})).await;
    wire.running.switch(Fault::Forbids(Scope::People), true);
    assert!(
        wire.refused("search", json!({"query": "object_type:contacts"})).await.contains("token_unauthorized")
    );
    wire.ok("search", json!({"query": "object_type:conversations"})).await;
}

#[tokio::test]
async fn cursors_expire_or_never_end() {
    let wire = with(Fault::CursorRepeats).await;
    let first = wire.ok("search_conversations", json!({"per_page": 2})).await;
    let cursor = first["pages"]["next"]["starting_after"].as_str().unwrap().to_owned();
    let second = wire.ok("search_conversations", json!({"per_page": 2, "starting_after": cursor})).await;
    assert_ne!(second["conversations"], first["conversations"]);
    assert_eq!(second["pages"]["next"]["starting_after"], cursor);
    assert!(second["_note"].as_str().unwrap().ends_with(&cursor));
    wire.running.switch(Fault::CursorRepeats, false);
    wire.running.switch(Fault::CursorExpires, true);
    let refused =
        wire.refused("search_conversations", json!({"per_page": 2, "starting_after": cursor})).await;
    assert!(refused.contains("starting_after has expired"), "{refused}");
    let query = format!("object_type:contacts starting_after:{cursor}");
    assert!(wire.refused("search", json!({"query": query})).await.contains("has expired"));
    wire.ok("search_conversations", json!({"per_page": 2})).await;
}

#[tokio::test]
async fn lists_may_not_say_how_long_they_are() {
    let wire = with(Fault::NoTotals).await;
    for name in ["search_conversations", "list_articles", "list_companies"] {
        let list = wire.ok(name, json!({"per_page": 1})).await;
        assert!(list.get("total_count").is_none() && list["pages"].get("total_pages").is_none(), "{list}");
        assert!(list["pages"]["next"].is_object());
    }
}

#[tokio::test]
async fn objects_come_from_another_version() {
    let wire = with(Fault::Rest216).await;
    wire.running.switch(Fault::NumericIds, true);
    let list = wire.ok("search_conversations", json!({"per_page": 150})).await;
    let found = list["conversations"].as_array().unwrap();
    assert!(
        found.iter().any(|one| one["priority"] == "high")
            && found.iter().any(|one| one["priority"] == "none")
    );
    assert!(found.iter().any(|one| one["admin_assignee_id"] == 0));
    for one in found {
        assert!(one["id"].is_u64() && one["admin_assignee_id"].is_u64(), "{one}");
        assert!(one["priority"] == "high" || one["priority"] == "none");
    }
    let one = wire.ok("get_conversation", json!({"id": found[0]["id"].to_string()})).await;
    assert_eq!(one["id"], found[0]["id"]);
    for article in wire.ok("list_articles", json!({})).await["data"].as_array().unwrap() {
        assert!(article["parent_ids"].is_array() && article.get("parent_id").is_none(), "{article}");
    }
}

#[tokio::test]
async fn fetch_may_give_a_document() {
    let wire = with(Fault::DocumentFetch).await;
    let found = wire.ok("search", json!({"query": "object_type:conversations limit:1"})).await;
    let id = found["results"][0]["id"].clone();
    let document = wire.ok("fetch", json!({"id": id})).await;
    assert_eq!((&document["id"], &document["metadata"]["type"]), (&id, &json!("conversation")));
    for text in ["title", "text", "url"] {
        assert!(document[text].is_string(), "{document}");
    }
    let contacts = wire.ok("search", json!({"query": "object_type:contacts limit:1"})).await;
    let id = contacts["results"][0]["id"].clone();
    assert_eq!(wire.ok("fetch", json!({"id": id})).await["id"], id);
}

#[tokio::test]
async fn schemas_may_ask_for_everything() {
    let wire = with(Fault::OverEagerSchemas).await;
    let tools = wire.ask("tools/list", json!({})).await["result"]["tools"].clone();
    for tool in tools.as_array().unwrap() {
        let known = tool["inputSchema"]["properties"].as_object().unwrap().len();
        assert_eq!(tool["inputSchema"]["required"].as_array().unwrap().len(), known, "{tool}");
    }
    wire.ok("search_conversations", json!({"per_page": 1})).await;
}

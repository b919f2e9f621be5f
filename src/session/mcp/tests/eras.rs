//! Both eras: how they are told apart, what is remembered, and what a server of the newest one is owed.

use super::*;
use crate::domain::question::Reply;
use crate::session::wire::{Handover, Line as _, News, Wire as _};
use server::Discovery;
use std::sync::Arc;

async fn up(
    server: &Server,
    memory: Option<&std::path::Path>,
) -> Result<super::super::open::Open, crate::domain::call::Fault> {
    let settings = Settings::new(server.address(), account("s3cret-token"));
    let mcp = super::super::Mcp::new(
        settings.address,
        settings.account,
        Tap::default(),
        &Limits::default(),
        memory,
    );
    mcp.unwrap().dial().await
}

#[tokio::test]
async fn whatever_is_no_answer_of_the_newest_era_means_the_older_one() {
    let rows = [
        Discovery::Accepted,
        Discovery::Raw(404, "text/html", "<html>not here"),
        Discovery::Raw(
            404,
            "application/json",
            "{\"jsonrpc\":\"2.0\",\"id\":<ID>,\"error\":{\"code\":-32601,\"message\":\"no\"}}",
        ),
        Discovery::Raw(400, "", ""),
        Discovery::Raw(
            400,
            "application/json",
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"no\"}}",
        ),
        Discovery::Raw(
            200,
            "application/json",
            "{\"jsonrpc\":\"2.0\",\"id\":<ID>,\"error\":{\"code\":-32602,\"message\":\"no\"}}",
        ),
        Discovery::Raw(200, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":<ID>,\"result\":{\"odd\":1}}"),
        Discovery::Raw(200, "text/html", "<html>"),
        Discovery::Raw(
            200,
            "application/json",
            "{\"jsonrpc\":\"2.0\",\"id\":<ID>,\"result\":{\"supportedVersions\":[\"2025-11-25\"]}}",
        ),
        Discovery::Raw(
            400,
            "application/json",
            "{\"error\":{\"code\":-32022,\"message\":\"no\",\"data\":{\"supported\":[\"2025-06-18\"]}}}",
        ),
        Discovery::Raw(500, "", ""),
    ];
    for row in rows {
        let server = Server::start([]).await;
        server.discovery(row);
        let open = up(&server, None).await.unwrap_or_else(|fault| panic!("{row:?}: {fault:?}"));
        assert_eq!(open.offer().server.protocol.as_str(), "2025-06-18", "{row:?}");
        assert_eq!((server.count("server/discover"), server.count("initialize")), (1, 1), "{row:?}");
        assert!(open.offer().server.session, "{row:?}");
    }
}

#[tokio::test]
async fn a_server_that_is_silent_about_its_era_is_not_waited_for_long() {
    let server = Server::start([]).await;
    server.discovery(Discovery::Silent);
    assert!(up(&server, None).await.is_ok());
}

#[tokio::test]
async fn the_newest_era_has_no_greeting_no_session_and_says_what_it_owes() {
    for discovery in [Discovery::Modern, Discovery::RefusedOnce] {
        let server = Server::start([]).await;
        server.discovery(discovery);
        let open = up(&server, None).await.unwrap();
        let offer = open.offer();
        assert_eq!((offer.server.protocol.as_str(), offer.server.session), ("2026-07-28", false));
        assert_eq!((offer.server.name.as_str(), offer.server.version.as_str()), ("modern", "2"));
        let call = open.call("get_article", json!({"id": "1"}).as_object().unwrap().clone(), None).await;
        assert_eq!(call.unwrap().texts.len(), 1);
        let came = &server.came("tools/call")[0];
        let header = |name: &str| came.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(header("mcp-method").as_deref(), Some("tools/call"));
        assert_eq!(header("mcp-name").as_deref(), Some("get_article"));
        assert_eq!(header("mcp-protocol-version").as_deref(), Some("2026-07-28"));
        let meta = &came.body["params"]["_meta"];
        assert_eq!(meta["io.modelcontextprotocol/protocolVersion"], "2026-07-28");
        assert!(meta["io.modelcontextprotocol/clientCapabilities"]["elicitation"].is_object());
        open.close().await;
        let never = ["initialize", "notifications/initialized", "GET", "DELETE", "ping"];
        assert!(never.iter().all(|method| server.count(method) == 0));
    }
}

#[tokio::test]
async fn what_was_found_is_remembered_until_it_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start([]).await;
    for discoveries in [1, 1] {
        assert!(up(&server, Some(folder.path())).await.is_ok());
        assert_eq!(server.count("server/discover"), discoveries);
    }
    server.discovery(Discovery::Modern);
    server.version("1999-01-01");
    let fault = up(&server, Some(folder.path())).await.err().unwrap();
    assert!(fault.sentence.contains("1999-01-01") && fault.sentence.contains("2026-07-28"), "{fault:?}");
    server.refuse_greetings();
    assert!(up(&server, Some(folder.path())).await.is_ok());
    let greetings = server.count("initialize");
    assert!(up(&server, Some(folder.path())).await.is_ok());
    assert_eq!(server.count("initialize"), greetings, "it is known to be modern now");
    server.discovery(Discovery::Accepted);
    server.greet_again();
    assert!(up(&server, Some(folder.path())).await.is_ok(), "and known no more");
}

#[tokio::test]
async fn every_older_revision_is_spoken_and_no_other() {
    for version in ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"] {
        let server = Server::start([]).await;
        server.version(version);
        let open = up(&server, None).await.unwrap();
        assert_eq!(open.offer().server.protocol.as_str(), version);
        open.close().await;
        assert_eq!(server.came("tools/list")[0].headers["mcp-protocol-version"], version);
        assert_eq!(server.came("DELETE")[0].headers["mcp-session-id"], "s");
    }
    let server = Server::start([]).await;
    server.version("2031-01-01");
    let fault = up(&server, None).await.err().unwrap();
    assert_eq!(fault.kind, FaultKind::Version);
    for never in ["notifications/initialized", "tools/list", "GET", "DELETE"] {
        assert_eq!(server.count(never), 0, "{never}");
    }
    let said = "speaks MCP 2031-01-01; this program speaks 2024-11-05 to 2026-07-28";
    assert!(fault.sentence.contains(said), "{fault:?}");
}

#[tokio::test]
async fn a_refused_sign_in_is_no_answer_about_the_era() {
    let server = Server::start([]).await;
    server.refuse_everything(401);
    let fault = up(&server, None).await.err().unwrap();
    assert_eq!(fault.kind, FaultKind::SignIn);
    assert_eq!((server.count("server/discover"), server.count("initialize")), (1, 0));
}

#[tokio::test]
async fn marked_arguments_stand_in_headers_and_tools_marked_wrongly_are_left_out() {
    let server = Server::start([]).await;
    server.discovery(Discovery::Modern);
    let marked = |name: &str| json!({"type": "object", "properties": {"region": {"type": "string", "x-mcp-header": name}}});
    server.tools(json!([{"name": "get_article", "inputSchema": marked("Region")},
        {"name": "wrong", "inputSchema": marked("a b")}]));
    let open = up(&server, None).await.unwrap();
    assert!(!open.offer().server.offers("wrong"));
    assert!(matches!(open.news().await, News::Message(_, words) if words.contains("wrong was left out")));
    let arguments = json!({"region": "Zürich"}).as_object().unwrap().clone();
    open.call("get_article", arguments, None).await.unwrap();
    assert_eq!(server.came("tools/call")[0].headers["mcp-param-region"], "=?base64?WsO8cmljaA==?=");
}

const MISFIT: &str = r#"{"jsonrpc":"2.0","id":<ID>,"error":{"code":-32020,"message":"no such header"}}"#;

#[tokio::test]
async fn headers_that_do_not_fit_any_more_have_the_tools_learnt_anew() {
    use crate::session::wire::Trouble;
    let refused = Play::Raw(400, "application/json", MISFIT);
    let server = Server::start([refused; 4]).await;
    server.discovery(Discovery::Modern);
    let open = up(&server, None).await.unwrap();
    let call = |tool: &'static str, handover: Option<&Arc<Handover>>| {
        open.call(tool, serde_json::Map::new(), handover.cloned())
    };
    assert!(matches!(call("get_article", None).await, Err(Trouble::Outdated(_))));
    assert_eq!(server.count("tools/list"), 2);
    assert_eq!(open.news().await, News::Tools);
    // By hand it may begin again; a write never does.
    let by_hand = Arc::new(Handover::by_hand());
    assert!(matches!(call("get_ticket", Some(&by_hand)).await, Err(Trouble::Outdated(_))));
    assert!(by_hand.begin());
    assert_eq!((server.count("tools/list"), open.news().await), (3, News::Tools));
    let write = Arc::new(Handover::default());
    assert!(matches!(call("update_article", Some(&write)).await, Err(Trouble::Refused(_))));
    assert!(!write.begin() && !write.withdraw());
    assert_eq!((open.news().await, server.count("tools/list")), (News::Tools, 4));
    // In the older eras that code means nothing.
    let server = Server::start([refused]).await;
    let open = up(&server, None).await.unwrap();
    let trouble = open.call("get_article", serde_json::Map::new(), None).await;
    assert!(matches!(trouble, Err(Trouble::Refused(_))), "{trouble:?}");
    assert_eq!(server.count("tools/list"), 1);
}

const ASKS: &str = r#"{"jsonrpc":"2.0","id":<ID>,"result":{"resultType":"input_required","requestState":"s t=",
    "inputRequests":{"who":{"method":"elicitation/create","params":{"message":"Who?",
    "requestedSchema":{"type":"object","properties":{"name":{"type":"string"}}}}}}}}"#;

#[tokio::test]
async fn a_call_that_needs_answers_is_asked_again_with_them() {
    let server = Server::start([Play::Raw(200, "application/json", ASKS), Play::Json]).await;
    server.discovery(Discovery::Modern);
    let open = Arc::new(up(&server, None).await.unwrap());
    let calling = Arc::clone(&open);
    let call = tokio::spawn(async move {
        calling.call("get_ticket", serde_json::Map::new(), Some(Arc::new(Handover::by_hand()))).await
    });
    let News::Question(question) = open.news().await else { panic!("no question") };
    open.answer(question.id, Reply::Filled(vec![("name".to_owned(), "Ada".to_owned())]));
    let reply = call.await.unwrap().unwrap();
    assert!(reply.whole["content"].is_array());
    let calls = server.came("tools/call");
    assert_ne!(calls[0].body["id"], calls[1].body["id"]);
    let params = &calls[1].body["params"];
    assert_eq!(params["requestState"], "s t=");
    assert_eq!(params["inputResponses"], json!({"who": {"action": "accept", "content": {"name": "Ada"}}}));
}

#[tokio::test]
async fn rounds_of_questions_are_bounded_and_what_is_not_offered_is_said() {
    let again = r#"{"jsonrpc":"2.0","id":<ID>,"result":{"resultType":"input_required","requestState":"x"}}"#;
    let server = Server::start([Play::Raw(200, "application/json", again); 20]).await;
    server.discovery(Discovery::Modern);
    let open = up(&server, None).await.unwrap();
    let trouble = open.call("get_article", serde_json::Map::new(), None).await.unwrap_err();
    assert!(format!("{trouble:?}").contains("again and again"), "{trouble:?}");
    assert_eq!(server.count("tools/call"), 10);
    let roots = r#"{"jsonrpc":"2.0","id":<ID>,"result":{"resultType":"input_required","inputRequests":{"a":{"method":"roots/list"}}}}"#;
    let server = Server::start([Play::Raw(200, "application/json", roots)]).await;
    server.discovery(Discovery::Modern);
    let open = up(&server, None).await.unwrap();
    let trouble = open.call("get_article", serde_json::Map::new(), None).await.unwrap_err();
    assert!(format!("{trouble:?}").contains("roots/list"), "{trouble:?}");
}

#[tokio::test]
async fn a_question_in_the_older_era_is_answered_on_the_wire() {
    let asks = "data: {\"jsonrpc\":\"2.0\",\"id\":\"q1\",\"method\":\"elicitation/create\",\"params\":{\"message\":\"Sure?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{\"on\":{\"type\":\"boolean\",\"default\":true,\"odd\":{}}}}}}\n\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"warning\",\"data\":\"s3cret-token is old\"}}\n\ndata: <ANSWER>\n\n";
    let server = Server::start([Play::Raw(200, "text/event-stream", asks)]).await;
    let settings = Settings::new(server.address(), account("s3cret-token"));
    let secrets = Secrets::default();
    secrets.learn("s3cret-token");
    let tap = Tap::new(secrets, None, None);
    let mcp =
        super::super::Mcp::new(settings.address, settings.account, tap, &Limits::default(), None).unwrap();
    let open = mcp.dial().await.unwrap();
    open.call("get_article", serde_json::Map::new(), None).await.unwrap();
    let mut news = vec![open.news().await, open.news().await];
    news.sort_by_key(|news| matches!(news, News::Message(..)));
    let News::Message(level, words) = news.pop().unwrap() else { panic!("no message") };
    assert!(
        level.as_str() == "warning" && words.contains("is old") && !words.contains("s3cret"),
        "{words:?}"
    );
    let News::Question(question) = news.pop().unwrap() else { panic!("no question") };
    open.answer(question.id, Reply::Filled(Vec::new()));
    server.seen("POST").await;
    let answer = server.came("POST").pop().unwrap().body;
    assert_eq!(
        (&answer["id"], &answer["result"]),
        (&json!("q1"), &json!({"action": "accept", "content": {"on": true}}))
    );
}

#[tokio::test]
async fn a_call_by_hand_brings_the_whole_result_and_a_tool_its_whole_definition() {
    let odd = r#"{"jsonrpc":"2.0","id":<ID>,"result":{"content":[{"type":"hologram","z":1,"a":[null]}],"structuredContent":{"$schema":"x"},"_meta":{"k":1.5},"extra":{"b":1,"a":2}}}"#;
    let server = Server::start([Play::Raw(200, "application/json", odd)]).await;
    let tool = json!({"name": "echo", "inputSchema": {"$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {"a": {"$anchor": "b"}}, "additionalProperties": false}, "annotations": {"readOnlyHint": 7}, "new": [1]});
    server.tools(json!([tool.clone(), 7, {"name": ""}, {"name": "echo"}]));
    let open = up(&server, None).await.unwrap();
    assert_eq!(open.offer().server.tools[0].whole, tool.to_string());
    assert_eq!(open.offer().server.tools.len(), 1);
    let by_hand = Some(Arc::new(Handover::by_hand()));
    let reply = open.call("echo", serde_json::Map::new(), by_hand).await.unwrap();
    let whole = r#"{"content":[{"type":"hologram","z":1,"a":[null]}],"structuredContent":{"$schema":"x"},"_meta":{"k":1.5},"extra":{"b":1,"a":2}}"#;
    assert_eq!(reply.whole.to_string(), whole);
}

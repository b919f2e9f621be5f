//! Odd replies, row by row: what an article can still be read from, and what is told of the rest.

use super::*;

const SSE: &str = "text/event-stream";
const JSON: &str = "application/json";

/// Oddities that mean no harm.
const HARMLESS: [(&str, Play); 24] = [
    ("a priming event", Play::Raw(200, SSE, "id: 1\nretry: 5\ndata:\n\ndata: <ANSWER>\n\n")),
    ("lone CR", Play::Raw(200, SSE, "event: message\rdata: <ANSWER>\r\r")),
    ("CRLF", Play::Raw(200, SSE, ": x\r\n\r\ndata: <ANSWER>\r\n\r\n")),
    ("a BOM", Play::Raw(200, SSE, "\u{feff}data: <ANSWER>\n\n")),
    ("comments and pings", Play::Raw(200, SSE, ":\n\n: keep\n\nevent: ping\ndata: {}\n\ndata: <ANSWER>\n\n")),
    ("no blank line at the end", Play::Raw(200, SSE, "data: <ANSWER>")),
    ("one line end at the end", Play::Raw(200, SSE, "data:<ANSWER>\n")),
    (
        "several data lines",
        Play::Raw(
            200,
            SSE,
            "data: {\"jsonrpc\":\"2.0\",\ndata: \"id\":<ID>,\ndata: \"result\":<RESULT>}\n\n",
        ),
    ),
    ("invalid JSON first", Play::Raw(200, SSE, "data: {oops\n\ndata: <ANSWER>\n\n")),
    (
        "a reply to nothing first",
        Play::Raw(200, SSE, "data: {\"jsonrpc\":\"2.0\",\"id\":<OTHER>,\"result\":{}}\n\ndata: <ANSWER>\n\n"),
    ),
    (
        "a foreign id first",
        Play::Raw(200, SSE, "data: {\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":{}}\n\ndata: <ANSWER>\n\n"),
    ),
    (
        "two replies",
        Play::Raw(
            200,
            SSE,
            "data: <ANSWER>\n\ndata: {\"jsonrpc\":\"2.0\",\"id\":<ID>,\"error\":{\"code\":1,\"message\":\"late\"}}\n\n",
        ),
    ),
    ("a string id", Play::Raw(200, JSON, "{\"jsonrpc\":\"2.0\",\"id\":\"<ID>\",\"result\":<RESULT>}")),
    ("no id", Play::Raw(200, JSON, "{\"jsonrpc\":\"2.0\",\"result\":<RESULT>}")),
    ("no version", Play::Raw(200, JSON, "{\"id\":<ID>,\"result\":<RESULT>}")),
    (
        "error null",
        Play::Raw(200, JSON, "{\"jsonrpc\":\"2.0\",\"id\":<ID>,\"error\":null,\"result\":<RESULT>}"),
    ),
    ("a batch", Play::Raw(200, JSON, "[<ANSWER>]")),
    (
        "a batch with news",
        Play::Raw(200, JSON, "[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"},<ANSWER>]"),
    ),
    ("a batch in an event", Play::Raw(200, SSE, "data: [7,<ANSWER>]\n\n")),
    ("a type in capitals", Play::Raw(200, "APPLICATION/JSON;charset=UTF-8", "<ANSWER>")),
    (
        "requests between",
        Play::Raw(
            200,
            SSE,
            "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n\ndata: {\"jsonrpc\":\"2.0\",\"id\":\"r\",\"method\":\"roots/list\"}\n\ndata: {\"jsonrpc\":\"2.0\",\"id\":\"s\",\"method\":\"sampling/createMessage\",\"params\":{}}\n\ndata: <ANSWER>\n\n",
        ),
    ),
    ("the rest by resumption", Play::Rest("id: 7\nretry: 1\ndata:\n\n", "data: <ANSWER>\n\n")),
    (
        "the rest after a torn event",
        Play::Rest("id: 7\nretry: 1\ndata:\n\ndata: {\"jsonrpc\": ", "data: <ANSWER>\n\n"),
    ),
    ("a created status", Play::Raw(201, JSON, "<ANSWER>")),
];

#[tokio::test]
async fn an_article_is_read_through_every_oddity_that_means_no_harm() {
    for (row, play) in HARMLESS {
        let server = Server::start([play, Play::Json]).await;
        let mut desk = Desk::at(&server);
        let end = desk.ask().await;
        assert!(is_article(&end), "{row}: {end:?}");
        assert!(is_article(&desk.ask().await), "{row}: the link lives on");
        assert_eq!((server.count("tools/call"), server.count("initialize")), (2, 1), "{row}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_one_clear_fault_and_asked_once() {
    let rows = [
        (
            "HTML",
            Play::Raw(200, "text/html; charset=utf-8", "<html>"),
            "answered with text/html instead of MCP",
        ),
        ("no type", Play::Raw(200, "", ""), "something of no type"),
        ("nothing", Play::Raw(200, JSON, ""), "an empty body"),
        ("no message", Play::Raw(200, JSON, "{}"), "JSON that is not MCP: {}"),
        (
            "another's reply",
            Play::Raw(200, JSON, "{\"jsonrpc\":\"2.0\",\"id\":<OTHER>,\"result\":{}}"),
            "not MCP",
        ),
        ("only a notification", Play::Raw(200, JSON, "{\"jsonrpc\":\"2.0\",\"method\":\"x\"}"), "not MCP"),
        ("an empty batch", Play::Raw(200, JSON, "[]"), "not MCP"),
        ("an end without ids", Play::Raw(200, SSE, ": hello\n\n"), "broke off in the middle"),
        (
            "an end in an event",
            Play::Raw(200, SSE, "data: {\"jsonrpc\": \"2.0\","),
            "broke off in the middle",
        ),
        (
            "an error without id",
            Play::Raw(
                200,
                SSE,
                "data: {\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32602,\"message\":\"boom\"}}\n\n",
            ),
            "boom",
        ),
        ("an error of words", Play::Raw(200, JSON, "{\"error\": \"boom\"}"), "boom"),
        ("an error of nothing", Play::Raw(200, JSON, "{\"error\": 7}"), "no reason given"),
        ("301", Play::Raw(301, "text/html", ""), "cannot be read; that is not followed"),
        ("400", Play::Raw(400, JSON, "{\"error\":{\"message\":\"odd call\"}}"), "(400): odd call"),
        ("405", Play::Raw(405, "", ""), "no MCP server at this path (405)"),
        ("500 with a page", Play::Raw(500, "text/html", "<html>oops"), "failed (500)"),
        ("502", Play::Raw(502, "text/plain", "upstream gone"), "failed (502): upstream gone"),
    ];
    for (row, play, words) in rows {
        let server = Server::start([play, Play::Json]).await;
        let mut desk = Desk::at(&server);
        let fault = refusal(desk.ask().await);
        assert!(fault.sentence.contains(words), "{row}: {fault:?}");
        assert!(is_article(&desk.ask().await), "{row}: the link lives on");
        assert_eq!((server.count("tools/call"), server.count("initialize")), (2, 1), "{row}");
    }
}

#[tokio::test]
async fn an_answer_after_202_comes_on_the_servers_own_stream() {
    let server = Server::start([Play::OnStream("data: <ANSWER>\n\n"), Play::Json]).await;
    server.stream(Stream::Feed);
    let mut desk = Desk::at(&server);
    server.seen("fed").await;
    assert!(is_article(&desk.ask().await));
    assert!(is_article(&desk.ask().await));
}

#[tokio::test]
async fn a_stream_that_turns_out_to_be_none_ends_the_wait_for_its_answer() {
    let server = Server::start([Play::Accepted, Play::Json]).await;
    server.stream(Stream::LateNone);
    let mut desk = Desk::at(&server);
    let fault = refusal(desk.ask().await);
    assert!(fault.sentence.contains("no stream to answer on"), "{fault:?}");
    assert!(is_article(&desk.ask().await));
}

#[tokio::test]
async fn a_resumption_names_the_last_event_and_ends_when_nothing_comes() {
    let server =
        Server::start([Play::Rest("id: e-1\nretry: 1\ndata:\n\nid: e-2\ndata:\n\n", "data: <ANSWER>\n\n")])
            .await;
    let mut desk = Desk::at(&server);
    assert!(is_article(&desk.ask().await));
    let resumed = server.came("GET").into_iter().find_map(|came| came.headers.get("last-event-id").cloned());
    assert_eq!(resumed.unwrap(), "e-2");
    let server = Server::start([Play::CutAfterAnEvent, Play::Json]).await;
    let mut desk = Desk::at(&server);
    let fault = refusal(desk.ask().await);
    assert!(fault.sentence.contains("broke off"), "{fault:?}");
    let resumed = server.came("GET").into_iter().filter(|came| came.headers.contains_key("last-event-id"));
    assert_eq!(resumed.count(), 5);
}

#[tokio::test]
async fn a_large_answer_is_read_and_its_event_is_one() {
    let text = "x".repeat(10 * 1024 * 1024);
    let answer = json!({"id": "1", "title": text, "body": "<p>x</p>", "state": "draft"}).to_string();
    let body = json!([{"type": "text", "text": answer}]).to_string();
    let body: &'static str = Box::leak(
        format!("data: {{\"jsonrpc\":\"2.0\",\"id\":<ID>,\"result\":{{\"content\":{body}}}}}\n\n")
            .into_boxed_str(),
    );
    let server = Server::start([Play::Raw(200, SSE, body)]).await;
    let end = Desk::at(&server).ask().await;
    assert!(matches!(&end, End::Answer(Answer::Article(_)) | End::Refused(_)), "an end");
    assert!(!matches!(&end, End::Refused(fault) if fault.kind == FaultKind::TooLarge));
}

#[tokio::test]
async fn a_silent_stream_and_a_head_that_never_comes_end_at_their_limits() {
    let limits = Limits {
        idle_body: Duration::from_millis(200),
        headers: Duration::from_millis(200),
        ..Limits::default()
    };
    for play in [Play::Silence, Play::Never] {
        let server = Server::start([play, Play::Json]).await;
        let mut desk = Desk::with(&server, limits.clone());
        let fault = refusal(desk.ask().await);
        assert_eq!(fault.kind, FaultKind::TimedOut, "{play:?}");
        assert!(fault.sentence.contains("has been silent for"), "{play:?}: {fault:?}");
        assert!(is_article(&desk.ask().await), "{play:?}");
        assert_eq!(server.count("tools/call"), 2, "{play:?}");
    }
}

#[tokio::test]
async fn a_server_without_a_stream_is_asked_for_one_once() {
    for status in [405, 404, 400, 401, 501] {
        let server = Server::start([]).await;
        server.stream(if status == 405 { Stream::None } else { Stream::Status(status) });
        let mut desk = Desk::at(&server);
        server.seen("GET").await;
        for _ in 0..3 {
            assert!(is_article(&desk.ask().await), "{status}");
        }
        assert_eq!((server.count("GET"), server.count("initialize")), (1, 1), "{status}");
    }
}

#[tokio::test]
async fn a_refused_sign_in_is_sent_once_and_nothing_changed_is_said_of_a_write() {
    let server = Server::start([Play::Json, Play::Json, Play::Status(401)]).await;
    let end = Desk::at(&server).written().await;
    let End::Refused(fault) = end else { panic!("{end:?}") };
    assert!(fault.sentence.contains("nothing changed"), "{fault:?}");
    assert_eq!(server.updates().len(), 1);
}

#[tokio::test]
async fn an_event_whose_id_no_header_can_carry_is_no_place_to_resume_from() {
    let resumes = |stream: &'static str| async move {
        let plays = [Play::Raw(200, "text/event-stream", stream), Play::Json];
        let server = Server::start(plays).await;
        let mut desk = Desk::at(&server);
        assert!(matches!(desk.link().await, Link::Up(_)));
        server.seen("GET").await;
        desk.ask().await;
        server.came("GET").len()
    };
    assert!(resumes("id: caf\u{e9}\ndata:\n\n").await > 1, "an id that a header can carry");
    assert_eq!(resumes("id: a\u{1}b\ndata:\n\n").await, 1);
}

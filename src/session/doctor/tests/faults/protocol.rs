//! Greetings that go wrong, over both ways of HTTP.

use super::super::server::{Act, Asked, JSON, SSE, empty, error, greets, healthy, reply, result};
use super::*;

/// The older way of talking; `act` answers what is posted.
fn legacy(
    act: impl Fn(&Asked) -> Act + Send + Sync + 'static,
) -> impl Fn(&Asked, usize) -> Act + Send + Sync + 'static {
    move |asked, _| match (asked.method.as_str(), asked.path.as_str()) {
        ("GET", _) => Act::Stream(format!("{SSE}event: endpoint\ndata: /sse/message?sessionId=abc\n\n")),
        (_, "/sse/message?sessionId=abc") => act(asked),
        _ => empty("404 Not Found"),
    }
}

/// Answers on the stream as a healthy server would.
fn on_stream(asked: &Asked) -> Act {
    let Act::Reply(whole) = healthy(asked) else { return empty("500 Oops") };
    let body = whole.split_once("\r\n\r\n").unwrap().1;
    let accepted = reply("202 Accepted", "", "Accepted");
    if body.is_empty() { Act::Reply(accepted) } else { Act::Say(format!("data: {body}\n\n"), accepted) }
}

pub(super) fn silences() -> Vec<Row> {
    let protocol = |cause, remedy| (Rung::Protocol, Bad, cause, remedy);
    let sse = |rest: &str| format!("{SSE}{rest}");
    vec![
        row(
            "202 and silence",
            protocol("accepted-and-silent", "ends in /mcp"),
            greeting(|_| empty("202 Accepted")),
        ),
        Row {
            limits: short(),
            ..row("202, a stream and silence", protocol("accepted-and-silent", "ends in /mcp"), |asked, _| {
                match asked.name() {
                    "GET" => Act::Hold(format!("{SSE}: hello\n\n")),
                    "initialize" => empty("202 Accepted"),
                    _ => healthy(asked),
                }
            })
        },
        Row {
            limits: short(),
            ..row(
                "silent stream",
                protocol("silent-stream", "passed on at once"),
                greeting(|_| Act::Hold(SSE.into())),
            )
        },
        Row {
            limits: short(),
            ..row(
                "silent body",
                protocol("silent-stream", "passed on at once"),
                greeting(|_| Act::Hold(format!("HTTP/1.1 200 OK\r\n{JSON}content-length: 9\r\n\r\n"))),
            )
        },
        Row {
            limits: short(),
            ..row(
                "only signs of life",
                protocol("slow-answer", "try again"),
                greeting(move |_| Act::Hold(sse(": ping\n\n: ping\n\n"))),
            )
        },
        row(
            "cut stream",
            protocol("cut-stream", "cuts long answers"),
            greeting(move |_| Act::Close(sse("data: {"))),
        ),
        row(
            "cut body",
            protocol("cut-stream", "cuts long answers"),
            greeting(|_| Act::Close(format!("HTTP/1.1 200 OK\r\n{JSON}content-length: 900\r\n\r\n{{"))),
        ),
    ]
}

pub(super) fn strange_answers() -> Vec<Row> {
    let protocol = |cause, remedy| (Rung::Protocol, Bad, cause, remedy);
    vec![
        row(
            "not JSON-RPC",
            protocol("not-mcp", "Check the address"),
            greeting(|_| Act::Reply(reply("200 OK", JSON, "{\"hello\": 1}"))),
        ),
        row(
            "a version of the future",
            protocol("unknown-version", "2031-01-01; this program knows 2025-11-25"),
            greeting(|asked| greets(asked, "", "2031-01-01")),
        ),
        row(
            "no version",
            protocol("unknown-version", "does not say"),
            greeting(|asked| result(asked, "", &serde_json::json!({}))),
        ),
        row(
            "refused by JSON-RPC",
            protocol("refused-by-server", "no thanks"),
            greeting(|asked| error(asked, "200 OK", -32_602, "no thanks")),
        ),
    ]
}

pub(super) fn older() -> Vec<Row> {
    let protocol = |cause, remedy| (Rung::Protocol, Bad, cause, remedy);
    vec![
        Row {
            path: "/sse",
            ..row("SSE only", (Rung::Protocol, Notice, "sse-only", "ends in /mcp"), legacy(on_stream))
        },
        Row {
            path: "/sse",
            ..row(
                "SSE closes after endpoint",
                protocol("sse-closed-after-endpoint", "ends in /mcp"),
                |asked, _| match asked.method.as_str() {
                    "GET" => Act::Close(format!("{SSE}event: endpoint\ndata: /sse/message?sessionId=a\n\n")),
                    _ if asked.path == "/sse" => empty("404 Not Found"),
                    _ => empty("202 Accepted"),
                },
            )
        },
        Row {
            path: "/sse",
            ..row(
                "SSE closes after endpoint, and forgets",
                protocol("sse-closed-after-endpoint", "ends in /mcp"),
                |asked, _| match asked.method.as_str() {
                    "GET" => Act::Close(format!("{SSE}event: endpoint\ndata: /sse/message?sessionId=a\n\n")),
                    _ => empty("404 Not Found"),
                },
            )
        },
        Row {
            path: "/sse",
            ..row("SSE closes before endpoint", protocol("sse-closed", "ends in /mcp"), |asked, _| {
                if asked.method == "GET" { Act::Close(SSE.to_owned()) } else { empty("405 Not Allowed") }
            })
        },
        Row {
            path: "/sse",
            limits: short(),
            ..row(
                "SSE, 202 and silence",
                protocol("accepted-and-silent", "not the one in /sse"),
                legacy(|_| empty("202 Accepted")),
            )
        },
        Row {
            path: "/sse",
            ..row("SSE that posts elsewhere", protocol("endpoint-elsewhere", "sign-in"), |asked, _| {
                if asked.method == "GET" {
                    Act::Stream(format!("{SSE}event: endpoint\ndata: http://evil.example/post\n\n"))
                } else {
                    empty("404 Not Found")
                }
            })
        },
    ]
}

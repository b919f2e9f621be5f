//! What breaks once a session is open.

use super::super::server::{Act, Asked, SSE, TOOLS, empty, error, healthy, listed, says};
use super::*;

pub(super) fn lost_sessions() -> Vec<Row> {
    let gone = |asked: &Asked, status: &str| error(asked, status, -32_001, "Session not found");
    vec![
        row(
            "session lost by 404, again and again",
            (Rung::Tools, Bad, "session-lost-404", "keep a session on one server"),
            only("tools/list", move |asked, _| gone(asked, "404 Not Found")),
        ),
        row(
            "session lost by 400, again and again",
            (Rung::Tools, Bad, "session-lost-400", "keep a session on one server"),
            only("tools/list", move |asked, _| gone(asked, "400 Bad Request")),
        ),
        row(
            "session lost by 404 once",
            (Rung::Tools, Notice, "session-lost-404", "a new one worked"),
            only("tools/list", move |asked, count| match count {
                1 => gone(asked, "404 Not Found"),
                _ => healthy(asked),
            }),
        ),
        row(
            "session lost by 400 once",
            (Rung::Tools, Notice, "session-lost-400", "a new one worked"),
            only("tools/list", move |asked, count| match count {
                1 => gone(asked, "400 Bad Request"),
                _ => healthy(asked),
            }),
        ),
        row(
            "session lost at once",
            (Rung::Session, Bad, "session-lost-404", "keep a session on one server"),
            only("notifications/initialized", |_, _| empty("404 Not Found")),
        ),
    ]
}

pub(super) fn tools() -> Vec<Row> {
    vec![
        row(
            "no tools",
            (Rung::Tools, Bad, "no-tools", "switchboard logout"),
            only("tools/list", |asked, _| listed(asked, &[])),
        ),
        row(
            "six tools",
            (Rung::Tools, Notice, "tools-missing", "editing articles"),
            only("tools/list", |asked, _| listed(asked, &TOOLS[..6])),
        ),
        row(
            "other tools",
            (Rung::Tools, Notice, "tools-unknown", "by hand"),
            only("tools/list", |asked, _| listed(asked, &["echo"])),
        ),
    ]
}

pub(super) fn scopes() -> Vec<Row> {
    vec![
        row(
            "missing scope",
            (Rung::Scopes, Bad, "missing-scope", "\"Read and Write Articles\""),
            only("tools/call", |asked, _| match asked.rpc["params"]["name"].as_str() {
                Some("list_articles") => says(
                    asked,
                    "{\"type\": \"error.list\", \"errors\": [{\"code\": \
                    \"token_unauthorized\", \"message\": \"Not authorized to access resource\"}]}",
                    true,
                ),
                _ => healthy(asked),
            }),
        ),
        row(
            "missing every scope",
            (Rung::Scopes, Bad, "missing-scope", "\"Read conversations\" and"),
            only("tools/call", |asked, _| says(asked, "API error 401: token_unauthorized", true)),
        ),
        row(
            "missing scope by JSON-RPC",
            (Rung::Scopes, Bad, "missing-scope", "users and companies"),
            only("tools/call", |asked, _| error(asked, "200 OK", -32_000, "token_unauthorized")),
        ),
    ]
}

pub(super) fn reads() -> Vec<Row> {
    vec![
        row(
            "no data",
            (Rung::Read, Notice, "no-data", "A new workspace is empty"),
            only("tools/call", |asked, _| says(asked, "{\"data\": [], \"total_count\": 0}", false)),
        ),
        row(
            "reads fail",
            (Rung::Read, Bad, "read-failed", "kaputt"),
            only("tools/call", |asked, _| says(asked, "kaputt", true)),
        ),
        row(
            "one read fails",
            (Rung::Read, Notice, "read-failed", "kaputt"),
            only("tools/call", |asked, _| match asked.rpc["params"]["name"].as_str() {
                Some("list_articles") => says(asked, "kaputt", true),
                _ => healthy(asked),
            }),
        ),
        row(
            "reads are too many",
            (Rung::Read, Bad, "rate-limited", "Wait a minute"),
            only("tools/call", |asked, _| says(asked, "rate_limit_exceeded", true)),
        ),
        row(
            "a cut read",
            (Rung::Read, Bad, "cut-stream", "cuts long answers"),
            only("tools/call", |_, _| Act::Close(format!("{SSE}data: {{"))),
        ),
        Row {
            limits: short(),
            ..row(
                "a silent read",
                (Rung::Read, Bad, "silent-stream", "passed on at once"),
                only("tools/call", |_, _| Act::Hold(SSE.to_owned())),
            )
        },
    ]
}

//! The table: a fault, the rung it breaks, its cause, and a remedy that is named.

use super::server::{
    Act, Asked, JSON, SSE, TOOLS, empty, error, greets, healthy, listed, reply, result, says,
};
use super::*;

use Verdict::{Bad, Notice};

/// A fault with what must be told of it.
struct Row {
    name: &'static str,
    path: &'static str,
    token: bool,
    limits: Limits,
    play: Play,
    rung: Rung,
    verdict: Verdict,
    cause: &'static str,
    /// Stands in the sentence or in the hint.
    remedy: &'static str,
}

fn row(
    name: &'static str,
    (rung, verdict, cause, remedy): (Rung, Verdict, &'static str, &'static str),
    play: impl Fn(&Asked, usize) -> Act + Send + Sync + 'static,
) -> Row {
    let play = Arc::new(play);
    Row { name, path: "/mcp", token: true, limits: limits(), play, rung, verdict, cause, remedy }
}

/// Misbehaves on one JSON-RPC method (or HTTP method) and is healthy otherwise.
fn only(
    method: &'static str,
    act: impl Fn(&Asked, usize) -> Act + Send + Sync + 'static,
) -> impl Fn(&Asked, usize) -> Act + Send + Sync + 'static {
    move |asked, count| if asked.name() == method { act(asked, count) } else { healthy(asked) }
}

/// Misbehaves on the greeting.
fn greeting(
    act: impl Fn(&Asked) -> Act + Send + Sync + 'static,
) -> impl Fn(&Asked, usize) -> Act + Send + Sync + 'static {
    only("initialize", move |asked, _| act(asked))
}

fn html(status: &str) -> Act {
    Act::Reply(reply(status, "content-type: text/html\r\n", "<html>Log in here</html>"))
}

/// The older way of talking; `act` answers what is posted.
fn legacy(
    act: impl Fn(&Asked) -> Act + Send + Sync + 'static,
) -> impl Fn(&Asked, usize) -> Act + Send + Sync + 'static {
    move |asked, _| match (asked.method.as_str(), asked.path.as_str()) {
        ("GET", _) => Act::Stream(format!("{SSE}event: endpoint\ndata: /sse/message?sessionId=abc\n\n")),
        (_, "/sse/message?sessionId=abc") => act(asked),
        _ => html("404 Not Found"),
    }
}

/// Answers on the stream as a healthy server would.
fn on_stream(asked: &Asked) -> Act {
    let Act::Reply(whole) = healthy(asked) else { return empty("500 Oops") };
    let body = whole.split_once("\r\n\r\n").unwrap().1;
    let accepted = reply("202 Accepted", "", "Accepted");
    if body.is_empty() { Act::Reply(accepted) } else { Act::Say(format!("data: {body}\n\n"), accepted) }
}

fn http_rows() -> Vec<Row> {
    let http = |cause, remedy| (Rung::Http, Bad, cause, remedy);
    vec![
        row(
            "406",
            http("not-acceptable", "strip the Accept header"),
            greeting(|_| empty("406 Not Acceptable")),
        ),
        row("415", http("type-refused", "Content-Type"), greeting(|_| empty("415 Unsupported"))),
        row("404", http("wrong-path", "Correct the path"), greeting(|_| empty("404 Not Found"))),
        row("405 on POST", http("wrong-path", "Correct the path"), greeting(|_| empty("405 Not Allowed"))),
        row(
            "429 with seconds",
            http("rate-limited", "Wait 2 min"),
            greeting(|_| Act::Reply(reply("429 Slow", "retry-after: 120\r\n", ""))),
        ),
        row(
            "429 with a date",
            http("rate-limited", "Wait 1 s"),
            greeting(|_| Act::Reply(reply("429 Slow", "retry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n", ""))),
        ),
        row("429 without", http("rate-limited", "Wait a minute"), greeting(|_| empty("429 Slow"))),
        row(
            "500",
            http("server-error", "oops"),
            greeting(|asked| error(asked, "500 Internal", -32_603, "oops \u{1b}[31mtok-secret-0123456789")),
        ),
        row(
            "503 with a wait",
            http("gateway", "wait 30 s"),
            greeting(|_| Act::Reply(reply("503 Unavailable", "retry-after: 30\r\n", ""))),
        ),
        row("web page with 200", http("captive-portal", "sign in to the network"), |_, _| html("200 OK")),
        row("redirect to another host", http("captive-portal", "http://portal.example/login,"), |_, _| {
            Act::Reply(reply("302 Found", "location: http://portal.example/login?key=1\r\n", ""))
        }),
        row("511", http("captive-portal", "sign in to the network"), |_, _| html("511 Network Sign-in")),
        row(
            "redirect that would change the request",
            http("moved", "/other"),
            greeting(|_| Act::Reply(reply("301 Moved", "location: /other\r\n", ""))),
        ),
        row(
            "plain text",
            http("not-mcp", "Check the address"),
            greeting(|_| Act::Reply(reply("200 OK", "content-type: text/plain\r\n", "hello"))),
        ),
        row("403 with a web page", http("blocked", "firewall"), |_, _| html("403 Forbidden")),
        row("407", http("proxy-sign-in", "user:password"), |_, _| empty("407 Proxy Sign-in")),
        row("closed without an answer", http("connection-cut", "right port"), |_, _| {
            Act::Close(String::new())
        }),
        Row {
            limits: short(),
            ..row("no head", http("no-answer", "hangs"), |_, _| Act::Hold(String::new()))
        },
        row(
            "clocks",
            (Rung::Http, Notice, "clock-skew", "Set this computer's clock"),
            greeting(|asked| greets(asked, "date: Sun, 06 Nov 1994 08:49:37 GMT\r\n", "2025-06-18")),
        ),
    ]
}

fn sign_in_rows() -> Vec<Row> {
    let sign_in = |cause, remedy| (Rung::SignIn, Bad, cause, remedy);
    let challenge = "www-authenticate: Bearer error=\"insufficient_scope\", scope=\"mcp:write\"\r\n";
    vec![
        row("401 with a token", sign_in("sign-in-refused", "INTERCOM_ACCESS_TOKEN"), |_, _| {
            empty("401 Unauthorized")
        }),
        Row {
            token: false,
            ..row("401 without", sign_in("no-sign-in", "switchboard login"), |_, _| empty("401 Unauthorized"))
        },
        row("401 and clocks", sign_in("sign-in-refused", "clock is"), |_, _| {
            Act::Reply(reply("401 No", "date: Sun, 06 Nov 1994 08:49:37 GMT\r\n", ""))
        }),
        row("403", sign_in("forbidden", "token's permissions"), |_, _| empty("403 Forbidden")),
        row("403 for want of scope", sign_in("missing-scope", "mcp:write"), move |_, _| {
            Act::Reply(reply("403 Forbidden", challenge, ""))
        }),
    ]
}

fn protocol_rows() -> Vec<Row> {
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
                    _ if asked.path == "/sse" => html("404 Not Found"),
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
                if asked.method == "GET" { Act::Close(sse_head()) } else { empty("405 Not Allowed") }
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

fn sse_head() -> String {
    SSE.to_owned()
}

fn upper_rows() -> Vec<Row> {
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
        row(
            "no data",
            (Rung::Read, Notice, "wrong-region", "https://mcp.eu.intercom.com/mcp"),
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
                only("tools/call", |_, _| Act::Hold(sse_head())),
            )
        },
    ]
}

/// Runs rows side by side; what was told of each, for reading.
async fn run(rows: Vec<Row>) -> String {
    let runs = rows.into_iter().map(|row| async move {
        let server = Server::start(row.play).await;
        let address = format!("http://127.0.0.1:{}{}", server.port, row.path);
        let told = findings(patient(&address, row.token.then_some(TOKEN), row.limits), &no_environment).await;
        let name = row.name;
        let Some(finding) = caused(&told, row.cause) else { panic!("{name}: not told: {told:#?}") };
        assert_eq!((finding.rung, finding.verdict), (row.rung, row.verdict), "{name}: {told:#?}");
        let words = format!("{} {}", finding.sentence, finding.hint);
        assert!(words.contains(row.remedy), "{name}: {words}");
        let worse = told.iter().find(|finding| finding.verdict == Bad && finding.cause != row.cause);
        assert!(worse.is_none(), "{name}: {worse:?}");
        for asked in server.seen().iter().filter(|asked| asked.name() == "tools/call") {
            let tool = asked.rpc["params"]["name"].as_str().unwrap();
            assert!(crate::session::tools::is_read(tool), "{name}: {tool} was called");
        }
        format!("{name}\n{}", lines(&told, server.port))
    });
    futures::future::join_all(runs).await.concat()
}

#[tokio::test]
async fn what_answers_is_told() {
    insta::assert_snapshot!("http", run(http_rows()).await);
}

#[tokio::test]
async fn a_refused_sign_in_is_told() {
    insta::assert_snapshot!("sign_in", run(sign_in_rows()).await);
}

#[tokio::test]
async fn a_protocol_that_breaks_is_told() {
    insta::assert_snapshot!("protocol", run(protocol_rows()).await);
}

#[tokio::test]
async fn what_breaks_in_a_session_is_told() {
    insta::assert_snapshot!("session", run(upper_rows()).await);
}

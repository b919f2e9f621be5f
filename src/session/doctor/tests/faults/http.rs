//! What answers over HTTP, and sign-ins that are refused.

use super::super::server::{Act, empty, error, greets, reply};
use super::*;

fn html(status: &str) -> Act {
    Act::Reply(reply(status, "content-type: text/html\r\n", "<html>Log in here</html>"))
}

pub(super) fn statuses() -> Vec<Row> {
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
        row("407", http("proxy-sign-in", "user:password"), |_, _| empty("407 Proxy Sign-in")),
    ]
}

pub(super) fn strangers() -> Vec<Row> {
    let http = |cause, remedy| (Rung::Http, Bad, cause, remedy);
    vec![
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

pub(super) fn sign_ins() -> Vec<Row> {
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

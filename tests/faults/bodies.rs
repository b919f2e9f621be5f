//! Bodies that are not what was asked for.

use super::planted::TOKEN;
use super::row::{Row, row};
use super::server::{on, once};
use super::usual::nameless;
use super::visit::JSON;

pub(crate) fn rows() -> Vec<Row> {
    const INVALID: &str = "invalid JSON in one event";
    const HTML: &str = "HTML page with 200";
    const PAGE: &str = "<!doctype html><html><body>Log in to the network</body></html>";
    let page = |v: &mut super::visit::Visit| v.answer().to_string();
    vec![
        row(
            INVALID,
            "then the right one",
            once(move |v| {
                let text = format!("data: {{\"jsonrpc\": oops\n\ndata: {}\n\n", page(v));
                Box::pin(async move { v.events(text).await })
            }),
        )
        .write("Written"),
        row(INVALID, "a body", once(|v| Box::pin(v.reply(200, JSON, "", "{\"jsonrpc\": oops"))))
            .read("Refused Protocol: {\"jsonrpc\": oops")
            .write("Unknown Protocol: {\"jsonrpc\": oops"),
        row(INVALID, "an empty body", once(|v| Box::pin(v.reply(200, JSON, "", ""))))
            .read("Refused Protocol")
            .write("Unknown Protocol"),
        row(HTML, "to a call", once(|v| Box::pin(v.reply(200, "text/html", "", PAGE))))
            .read("Refused Protocol: text/html")
            .write("Unknown Protocol: text/html"),
        row(
            HTML,
            "to the greeting",
            on("initialize", |v| Box::pin(v.reply(200, "text/html; charset=utf-8", "", PAGE))),
        )
        .down("text/html"),
        row(
            "secrets repeated by the server",
            "in the words of a refusal",
            once(|v| {
                let words = nameless(&format!("the token {TOKEN} is not for this"));
                Box::pin(async move { v.json(403, &words).await })
            }),
        )
        .read("Refused Forbidden: 403")
        .write("Refused Forbidden: 403"),
        row(
            "secrets repeated by the server",
            "in an error and a log message",
            once(|v| {
                let words = nameless(&format!("bad header: Bearer {TOKEN}"));
                let log = serde_json::json!({"jsonrpc": "2.0", "method": "notifications/message",
                "params": {"level": "error", "data": format!("authorization={TOKEN}")}});
                Box::pin(async move { v.events(format!("data: {log}\n\ndata: {words}\n\n")).await })
            }),
        )
        .read("Refused Tool: bad header")
        .write("Unknown Tool: bad header"),
        row(
            "secrets repeated by the server",
            "in JSON that is not MCP",
            once(|v| Box::pin(v.reply(200, JSON, "", format!("{{\"echo\": \"{TOKEN}\"}}")))),
        )
        .read("Refused Protocol")
        .write("Unknown Protocol"),
    ]
}

//! Servers that ask to be asked more slowly, or fail.

use std::time::Duration;

use switchboard::session::Limits;

use super::row::{Row, row};
use super::server::{Play, always, once};

const FAULT: &str = "429/503 with Retry-After in seconds or HTTP-date";
const PAST: &str = "retry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n";

fn status(status: u16, headers: &'static str) -> Play {
    once(move |v| Box::pin(v.status(status, headers)))
}

fn for_ever(status: u16, headers: &'static str) -> Play {
    always(move |v| Box::pin(v.status(status, headers)))
}

pub(crate) fn rows() -> Vec<Row> {
    [slowed(), failing()].concat()
}

fn waited(row: Row) -> Row {
    row.check("not asked again sooner", |o| o.calls() < 2 || o.gap() >= 1_000)
}

fn slowed() -> Vec<Row> {
    let short = |limits: &mut Limits, limit: Duration| limits.read_call = limit;
    vec![
        waited(row(FAULT, "429, 1 second", status(429, "retry-after: 1\r\n")))
            .write("Refused RateLimited: slow down"),
        row(FAULT, "429, 0 seconds", status(429, "retry-after: 0\r\n"))
            .write("Refused RateLimited: slow down"),
        row(FAULT, "429, a date in the past", status(429, PAST)).write("Refused RateLimited: slow down"),
        row(FAULT, "429, an hour", status(429, "retry-after: 3600\r\n"))
            .read("Refused RateLimited: slow down")
            .write("Refused RateLimited: slow down")
            .then("NotSent RateLimited")
            .check("nothing more is sent", |o| o.calls() == 1),
        row(FAULT, "429, nothing said, little patience", status(429, ""))
            .limits(short, 1500)
            .read("Refused RateLimited: slow down")
            .write("Refused RateLimited: slow down")
            .then("NotSent RateLimited")
            .check("nothing more is sent", |o| o.calls() == 1),
        row(FAULT, "429 for ever", for_ever(429, "retry-after: 0\r\n"))
            .read("Refused RateLimited: slow down")
            .then("Refused RateLimited: slow down")
            .check("bounded tries", |o| o.calls() <= 8),
        row(FAULT, "429, others wait too", status(429, "retry-after: 1\r\n")).asks(3).check(
            "the next call leaves only after the pause",
            |o| {
                let at: Vec<_> = o.seen.iter().filter(|seen| seen.turn > 0).map(|seen| seen.at).collect();
                at.get(3).is_some_and(|again| (*again - at[0]).as_millis() >= 1_000)
            },
        ),
    ]
}

fn failing() -> Vec<Row> {
    vec![
        waited(row(FAULT, "503, 1 second", status(503, "retry-after: 1\r\n")))
            .read("Answer")
            .write("Unknown Server: 503"),
        row(FAULT, "503, a date in the past", status(503, PAST)).write("Unknown Server: 503"),
        row(FAULT, "503, an hour", status(503, "retry-after: 3600\r\n"))
            .read("Refused Server: 503")
            .write("Unknown Server: 503")
            .then("NotSent RateLimited")
            .check("nothing more is sent", |o| o.calls() == 1),
        row(FAULT, "503 for ever", for_ever(503, "retry-after: 0\r\n"))
            .read("Refused Server: 503")
            .then("Refused Server: 503")
            .check("bounded tries", |o| o.calls() <= 4),
        row(FAULT, "503, nothing said", status(503, ""))
            .read("Answer | Refused Server: 503")
            .write("Unknown Server: 503"),
        row(
            FAULT,
            "500 with an error in the body",
            once(|v| {
                let words = super::usual::nameless("out of order");
                Box::pin(async move { v.json(500, &words).await })
            }),
        )
        .read("Answer | Refused Server: out of order")
        .write("Unknown Server: out of order"),
        row(
            FAULT,
            "502 with a page",
            once(|v| Box::pin(v.reply(502, "text/html", "", "<html>Bad Gateway</html>"))),
        )
        .read("Answer | Refused Server: 502")
        .write("Unknown Server: 502"),
    ]
}

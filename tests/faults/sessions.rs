//! Sessions that are forgotten, notifications, answers promised elsewhere, and the requests beside the calls: GET and DELETE.

use std::time::Duration;

use switchboard::session::Limits;

use super::row::{Row, row};
use super::server::{Play, always, on, once, play};
use super::usual::nameless;
use super::visit::{EVENTS, JSON};

pub(crate) fn rows() -> Vec<Row> {
    [forgotten(), notifications(), promised(), beside()].concat()
}

const GONE: &str = "404 on a request with a session id";
const UNKNOWN: &str = "unknown session answered 400, or 200 with an error event";

fn refusing(status: u16, words: &'static str) -> Play {
    once(move |v| Box::pin(async move { v.json(status, &nameless(words)).await }))
}

fn refusing_always(status: u16, words: &'static str) -> Play {
    always(move |v| Box::pin(async move { v.json(status, &nameless(words)).await }))
}

fn forgotten() -> Vec<Row> {
    let no_session = "Bad Request: No valid session ID provided";
    let event = || {
        once(|v| {
            Box::pin(async move { v.events(format!("data: {}\n\n", nameless("Session not found"))).await })
        })
    };
    let anew = |row: Row| {
        row.write("NotSent Protocol: nothing changed")
            .check("a new session, once", |o| o.count("initialize") == 2)
    };
    vec![
        anew(row(GONE, "once", refusing(404, "Session not found"))),
        row(GONE, "for ever", refusing_always(404, "Session not found"))
            .read("Refused Protocol: no longer knows")
            .write("NotSent Protocol: nothing changed")
            .then("Refused Protocol: no longer knows | Answer")
            .check("never more than twice for one call", |o| o.calls() <= 4),
        anew(row(UNKNOWN, "400", refusing(400, no_session))),
        anew(row(UNKNOWN, "200 with an error event", event())),
        row(UNKNOWN, "400 for ever", refusing_always(400, no_session))
            .read("Refused Protocol: no longer knows")
            .write("NotSent Protocol: nothing changed")
            .then("Refused Protocol: no longer knows | Answer")
            .check("never loops", |o| o.calls() <= 4 && o.count("initialize") <= 5),
    ]
}

fn notifications() -> Vec<Row> {
    const FAULT: &str = "notification answered 200 empty, 204, 202 with text/plain";
    let answered = |status: u16, kind: &'static str, body: &'static str| {
        on("notifications/initialized", move |v| Box::pin(v.reply(status, kind, "", body)))
    };
    vec![
        row(FAULT, "200 empty", answered(200, "", "")).write("Written"),
        row(FAULT, "200 empty, as JSON", answered(200, JSON, "")).write("Written"),
        row(FAULT, "204", answered(204, "", "")).write("Written"),
        row(FAULT, "202 with text/plain", answered(202, "text/plain", "Accepted")).write("Written"),
    ]
}

fn promised() -> Vec<Row> {
    const FAULT: &str = "request answered 202 with no body";
    let accepted = || once(|v| Box::pin(v.status(202, "")));
    let short = |limits: &mut Limits, limit: Duration| {
        limits.read_call = limit;
        limits.write_call = limit;
    };
    vec![
        row(FAULT, "the answer comes on the stream", on_the_stream()).write("Written"),
        row(FAULT, "there is no stream", accepted())
            .limits(short, 1500)
            .read("Refused Protocol")
            .write("Unknown Protocol"),
        row(FAULT, "the stream stays silent", silent_stream())
            .limits(short, 400)
            .cancels()
            .read("TimedOut TimedOut")
            .write("Unknown TimedOut"),
    ]
}

/// The stream of its own brings the answer to the first call.
fn on_the_stream() -> Play {
    play(|v| {
        Box::pin(async move {
            if v.http("GET") {
                v.stream(EVENTS, "").await?;
                v.piece(": here\n\n").await?;
                let limit = Duration::from_secs(10);
                let world = std::sync::Arc::clone(&v.world);
                world.until(limit, |world| world.count(|seen| seen.turn == 1) > 0).await;
                let call = world.seen().into_iter().find(|seen| seen.turn == 1);
                if let Some(call) = call {
                    v.seen = call;
                    let answer = v.answer();
                    v.event(&answer).await?;
                }
                v.hold().await
            } else if v.first() {
                v.status(202, "").await
            } else {
                v.usual().await
            }
        })
    })
}

fn silent_stream() -> Play {
    play(|v| {
        Box::pin(async move {
            if v.http("GET") {
                v.stream(EVENTS, "").await?;
                v.piece(": here\n\n").await?;
                v.hold().await
            } else if v.first() {
                v.status(202, "").await
            } else {
                v.usual().await
            }
        })
    })
}

fn beside() -> Vec<Row> {
    const GET: &str = "405 on GET";
    const OTHERS: &str = "400/401/404 on GET or DELETE";
    let method = |method: &'static str, status: u16| {
        play(move |v| {
            Box::pin(async move { if v.http(method) { v.status(status, "").await } else { v.usual().await } })
        })
    };
    let silent =
        play(|v| Box::pin(async move { if v.http("DELETE") { v.hold().await } else { v.usual().await } }));
    let once = |o: &super::outcome::Outcome| o.gets() <= 1;
    vec![
        row(GET, "no stream of its own", method("GET", 405))
            .write("Written")
            .check("never asked for again", once),
        row(OTHERS, "GET 400", method("GET", 400)).write("Written").check("never asked for again", once),
        row(OTHERS, "GET 401", method("GET", 401)).write("Written"),
        row(OTHERS, "GET 404", method("GET", 404)).write("Written"),
        row(OTHERS, "DELETE 400", method("DELETE", 400)),
        row(OTHERS, "DELETE 401", method("DELETE", 401)),
        row(OTHERS, "DELETE 404", method("DELETE", 404)),
        row(OTHERS, "DELETE 405", method("DELETE", 405)),
        row(OTHERS, "DELETE never answered", silent)
            .limits(|limits, limit| limits.close = limit, 500)
            .check("the server was told", |o| o.seen.iter().any(|seen| seen.http == "DELETE")),
    ]
}

//! HTTP+SSE (2024-11-05): the answers come on a stream that is opened first, and it says where to post.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use switchboard::session::Transport;

use super::request::Seen;
use super::row::{Row, row};
use super::server::{Play, play};
use super::visit::{EVENTS, Visit};

const FAULT: &str = "HTTP+SSE: relative endpoint, prefix, other origin, no endpoint event";

pub(crate) fn rows() -> Vec<Row> {
    let short = |limits: &mut switchboard::session::Limits, limit| {
        limits.dial = limit;
        limits.headers = limit;
    };
    let whole = |v: &Visit| format!("{}/messages?s=1", v.origin());
    let foreign = |v: &Visit| format!("{}/messages", v.elsewhere());
    vec![
        row(FAULT, "a relative endpoint", speaks(|_| "messages?s=1".to_owned()))
            .over(Transport::Sse)
            .write("Written"),
        row(FAULT, "an absolute path", speaks(|_| "/proxy/messages?s=1".to_owned()))
            .over(Transport::Sse)
            .write("Written")
            .check("posted there", |o| o.paths("/proxy/messages") >= 3),
        row(FAULT, "a whole address", speaks(whole)).over(Transport::Sse).write("Written"),
        row(FAULT, "another origin", speaks(foreign))
            .over(Transport::Sse)
            .down("OTHER")
            .check("nobody came to the other origin", |o| o.elsewhere() == 0),
        row(FAULT, "no endpoint event", play(|v| Box::pin(no_endpoint(v))))
            .over(Transport::Sse)
            .limits(short, 700)
            .down(""),
        row("SSE ends before the reply, no ids, or modern era", "HTTP+SSE", play(|v| Box::pin(ending(v))))
            .over(Transport::Sse)
            .read("NotSent Unreachable | Refused Unreachable")
            .write("Unknown Unreachable")
            .then("NotSent Offline, Answer || Answer"),
        row(FAULT, "found by itself where POST is 405", speaks(|_| "/messages".to_owned())).write("Written"),
        row(FAULT, "neither way is there", play(|v| Box::pin(v.status(404, "")))).down("404"),
    ]
}

/// The first stream ends when the first call comes.
async fn ending(v: &mut Visit) -> io::Result<()> {
    let streams = v.world.count(|seen| seen.http == "GET");
    if v.seen.http == "GET" && streams == 1 {
        let ended = answering(v, "/messages", |seen| seen.turn == 1).await;
        v.cut();
        return ended;
    }
    spoken(v, "/messages").await
}

async fn no_endpoint(v: &mut Visit) -> io::Result<()> {
    v.stream(EVENTS, "").await?;
    v.piece(": here\n\n").await?;
    v.hold().await
}

fn speaks(endpoint: impl Fn(&Visit) -> String + Send + Sync + 'static) -> Play {
    play(move |v| {
        let endpoint = endpoint(v);
        Box::pin(async move { spoken(v, &endpoint).await })
    })
}

/// Answers each POST on the one stream.
async fn spoken(v: &mut Visit, endpoint: &str) -> io::Result<()> {
    let path = v.seen.bare_path().to_owned();
    match (v.seen.http.as_str(), path.ends_with("/messages")) {
        ("GET", false) => answering(v, endpoint, |_| false).await,
        ("POST", true) => v.reply(202, "text/plain", "", "Accepted").await,
        _ => v.status(405, "").await,
    }
}

/// Answers what is posted, until something is.
async fn answering(v: &mut Visit, endpoint: &str, last: fn(&Seen) -> bool) -> io::Result<()> {
    let world = Arc::clone(&v.world);
    let mut answered = world.seen().len();
    v.stream(EVENTS, "").await?;
    v.piece(format!("event: endpoint\ndata: {endpoint}\n\n")).await?;
    loop {
        let before = answered;
        world.until(Duration::from_secs(20), |world| world.seen().len() > before).await;
        for seen in world.seen().into_iter().skip(answered) {
            answered += 1;
            if last(&seen) {
                return Ok(());
            }
            let waits =
                !seen.json["id"].is_null() && seen.rpc != "answer" && seen.bare_path().ends_with("/messages");
            if waits {
                v.seen = seen;
                let answer =
                    if v.rpc("server/discover") { unknown(v) } else { v.answer_of_revision("2024-11-05") };
                v.piece(format!("event: message\ndata: {answer}\n\n")).await?;
            }
        }
        if before == answered {
            return Ok(());
        }
    }
}

fn unknown(v: &Visit) -> serde_json::Value {
    serde_json::json!({"jsonrpc": "2.0", "id": v.id(), "error": {"code": -32601, "message": "Method not found"}})
}

//! Streams that end before the answer, and answers that come twice, late, nameless or out of order.

use std::time::Duration;

use serde_json::{Value, json};

use super::row::{Row, row};
use super::server::{Play, on, once, play};
use super::usual::nameless;
use super::visit::{EVENTS, Visit};

pub(crate) fn rows() -> Vec<Row> {
    [broken(), answers(), between()].concat()
}

fn broken() -> Vec<Row> {
    const IDS: &str = "SSE ends before the reply, event ids seen";
    const NONE: &str = "SSE ends before the reply, no ids, or modern era";
    const LAST: &str = "last event without the final blank line";
    vec![
        row(IDS, "the answer comes after resuming", resuming("id: 7\nretry: 30\ndata:\n\n"))
            .write("Written")
            .check("resumed after the last id", |o| o.resumed() == ["7"])
            .check("called once", |o| o.calls() <= 2),
        row(IDS, "it never comes", never_resuming())
            .limits(|limits, limit| (limits.read_call, limits.write_call) = (limit, limit), 3000)
            .read("Refused Unreachable | Refused Protocol | TimedOut TimedOut")
            .write("Unknown Unreachable | Unknown Protocol | Unknown TimedOut")
            .check("bounded tries", |o| !o.resumed().is_empty() && o.resumed().len() <= 12),
        row(NONE, "closed properly, once", once(|v| Box::pin(v.events(": nothing\n\n"))))
            .read("Answer | Refused Unreachable: broke off")
            .write("Unknown Unreachable: broke off"),
        row(NONE, "closed properly, always", ending(|v| Box::pin(v.events(": nothing\n\n"))))
            .read("Refused Unreachable: broke off")
            .then("Refused Unreachable: broke off | Answer")
            .check("bounded tries", |o| o.calls() <= 4),
        row(NONE, "cut in the middle of an event", once(|v| Box::pin(cut_short(v))))
            .read("Answer | Refused Unreachable: broke off")
            .write("Unknown Unreachable: broke off"),
        row(NONE, "reset before the head", once(|v| Box::pin(async move { v.reset() })))
            .read("Answer")
            .write("Unknown Unreachable"),
        row(NONE, "half-open: not one byte", once(|v| Box::pin(v.hold())))
            .limits(|limits, limit| limits.headers = limit, 700)
            .read("Refused TimedOut | TimedOut TimedOut | Answer")
            .write("Unknown TimedOut"),
        row(NONE, "half-open: silent after the head", once(|v| Box::pin(silent(v))))
            .limits(|limits, limit| limits.idle_body = limit, 700)
            .read("Refused TimedOut | TimedOut TimedOut | Answer")
            .write("Unknown TimedOut")
            .hangs_up(),
        row(NONE, "the server dies, and nobody is there", dying())
            .read("NotSent Unreachable")
            .write("Unknown Unreachable")
            .then("NotSent Offline, NotSent Offline"),
        row(LAST, "complete", once(|v| Box::pin(unended(v, true)))).write("Written"),
        row(LAST, "torn", once(|v| Box::pin(unended(v, false))))
            .read("Answer | Refused Unreachable: broke off")
            .write("Unknown Unreachable: broke off"),
    ]
}

fn ending(act: impl for<'a> Fn(&'a mut Visit) -> super::server::Acted<'a> + Send + Sync + 'static) -> Play {
    super::server::always(act)
}

/// From the first call on, every connection is reset.
fn dying() -> Play {
    play(|v| {
        Box::pin(
            async move { if v.world.count(|seen| seen.turn > 0) > 0 { v.reset() } else { v.usual().await } },
        )
    })
}

/// The first call's stream ends after these bytes; a GET that resumes brings its answer.
fn resuming(before: &'static str) -> Play {
    play(move |v| {
        Box::pin(async move {
            if v.http("GET") && v.seen.header("last-event-id").is_some() {
                let world = std::sync::Arc::clone(&v.world);
                if let Some(call) = world.seen().into_iter().find(|seen| seen.turn == 1) {
                    v.seen = call;
                }
                let answer = v.answer();
                v.events(format!("id: 8\ndata: {answer}\n\n")).await
            } else if v.first() {
                v.events(before).await
            } else {
                v.usual().await
            }
        })
    })
}

fn never_resuming() -> Play {
    play(|v| {
        Box::pin(async move {
            let resumes = v.http("GET") && v.seen.header("last-event-id").is_some();
            if resumes || v.first() { v.events("id: 7\nretry: 10\ndata:\n\n").await } else { v.usual().await }
        })
    })
}

async fn cut_short(v: &mut Visit) -> std::io::Result<()> {
    v.stream(EVENTS, "").await?;
    v.piece("data: {\"jsonrpc\": \"2.0\", ").await?;
    v.breath().await;
    v.cut();
    Ok(())
}

async fn silent(v: &mut Visit) -> std::io::Result<()> {
    v.stream(EVENTS, "").await?;
    v.hold().await
}

async fn unended(v: &mut Visit, whole: bool) -> std::io::Result<()> {
    let answer = v.answer().to_string();
    let length = if whole { answer.len() } else { answer.len() / 2 };
    v.events(format!("data: {}", &answer[..length])).await
}

fn answers() -> Vec<Row> {
    const TWICE: &str = "two replies with one id";
    const ODD: &str = "reply id as string for a number, unknown id, late reply";
    const NAMELESS: &str = "error with `id: null` on a POST";
    let refused = nameless("no such luck");
    let event = format!("data: {refused}\n\n");
    let alone = || {
        once(|v| {
            Box::pin(async move {
                let answer = with_id(v.answer(), json!("nobody's"));
                v.events(format!("data: {answer}\n\n")).await
            })
        })
    };
    vec![
        row(TWICE, "in one stream", once(|v| Box::pin(twice(v))))
            .write("Written")
            .check("the first one wins", |o| !o.body().contains("second")),
        row(ODD, "a string, in a stream", once(|v| Box::pin(as_string(v, true)))).write("Written"),
        row(ODD, "a string, in a body", once(|v| Box::pin(as_string(v, false)))).write("Written"),
        row(ODD, "unknown before the right one", once(|v| Box::pin(unknown_first(v)))).write("Written"),
        row(ODD, "unknown and nothing else", alone())
            .limits(|limits, limit| (limits.read_call, limits.write_call) = (limit, limit), 1500)
            .read("Answer | Refused Unreachable | Refused Protocol | TimedOut TimedOut")
            .write("Unknown Unreachable | Unknown Protocol | Unknown TimedOut"),
        row(ODD, "late, on the next call's stream", late())
            .limits(|limits, limit| limits.read_call = limit, 700)
            .cancels()
            .read("TimedOut TimedOut"),
        row(
            NAMELESS,
            "in a body",
            once(move |v| {
                let refused = refused.clone();
                Box::pin(async move { v.json(200, &refused).await })
            }),
        )
        .read("Refused Tool: no such luck")
        .write("Unknown Tool: no such luck"),
        row(
            NAMELESS,
            "in a stream",
            once(move |v| {
                let event = event.clone();
                Box::pin(async move { v.events(event).await })
            }),
        )
        .read("Refused Tool: no such luck")
        .write("Unknown Tool: no such luck"),
    ]
}

fn with_id(mut message: Value, id: Value) -> Value {
    message["id"] = id;
    message
}

async fn twice(v: &mut Visit) -> std::io::Result<()> {
    let (first, second) = (v.answer(), v.answer_of("<p>second</p>"));
    v.events(format!("data: {first}\n\ndata: {second}\n\n")).await
}

async fn as_string(v: &mut Visit, stream: bool) -> std::io::Result<()> {
    let id = v.id();
    let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    let answer = with_id(v.answer(), json!(id));
    if stream { v.events(format!("data: {answer}\n\n")).await } else { v.json(200, &answer).await }
}

async fn unknown_first(v: &mut Visit) -> std::io::Result<()> {
    let (right, wrong) = (v.answer(), with_id(v.answer_of("<p>wrong</p>"), json!(987_654)));
    v.events(format!("data: {wrong}\n\ndata: {right}\n\n")).await
}

/// The first call stays without an answer; it comes on the stream of the second one.
fn late() -> Play {
    play(|v| {
        Box::pin(async move {
            if v.first() {
                v.stream(EVENTS, "").await?;
                return v.hold().await;
            }
            if v.seen.turn != 2 {
                return v.usual().await;
            }
            let first = v.world.seen().into_iter().find(|seen| seen.turn == 1);
            let late = with_id(
                v.answer_of("<p>late</p>"),
                first.map(|seen| seen.json["id"].clone()).unwrap_or_default(),
            );
            let right = v.answer();
            v.events(format!("data: {late}\n\ndata: {right}\n\n")).await
        })
    })
}

fn between() -> Vec<Row> {
    const BATCH: &str = "batch array in a body or event";
    const ORDER: &str = "replies out of order, parallel requests";
    const WOVEN: &str = "notifications and server requests interleaved before the reply";
    const EARLY: &str = "list_changed before the initialize reply";
    vec![
        row(BATCH, "in a body, 2025-03-26", batches("2025-03-26", false)).write("Written"),
        row(BATCH, "in an event, 2025-03-26", batches("2025-03-26", true)).write("Written"),
        row(BATCH, "in a body, 2025-11-25", batches("2025-11-25", false))
            .read("Answer | Refused Protocol")
            .write("Written | Unknown Protocol"),
        row(ORDER, "three at once, the last is answered first", backwards()).asks(3).unordered(),
        row(WOVEN, "progress, ping, sampling, roots, elicitation", once(|v| Box::pin(woven(v))))
            .write("Written")
            .check("each request was answered", |o| {
                let answers = |name: &str| {
                    o.seen.iter().filter(|seen| seen.rpc == "answer" && seen.json["id"] == name).count()
                };
                ["of-ping", "of-sampling", "of-roots", "of-elicitation"].iter().all(|name| answers(name) == 1)
            })
            .check("ping by a result, sampling by an error", |o| {
                let answer =
                    |name: &str| o.seen.iter().find(|seen| seen.rpc == "answer" && seen.json["id"] == name);
                answer("of-ping").is_some_and(|seen| seen.json["result"].is_object())
                    && answer("of-sampling").is_some_and(|seen| seen.json["error"].is_object())
            }),
        row(EARLY, "in the stream of the greeting", on("initialize", |v| Box::pin(early(v))))
            .write("Written"),
    ]
}

fn batches(revision: &'static str, event: bool) -> Play {
    play(move |v| {
        Box::pin(async move {
            if !v.first() {
                return v.usual_in(revision).await;
            }
            let note = json!({"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info", "data": "x"}});
            let batch = json!([note, v.answer()]);
            if event { v.events(format!("data: {batch}\n\n")).await } else { v.json(200, &batch).await }
        })
    })
}

/// Answers the third of three calls first, then the second, then the first.
fn backwards() -> Play {
    play(|v| {
        Box::pin(async move {
            let turn = v.seen.turn;
            if (1..=3).contains(&turn) {
                let world = std::sync::Arc::clone(&v.world);
                world.until(Duration::from_secs(5), |world| world.count(|seen| seen.turn == 3) > 0).await;
                tokio::time::sleep(Duration::from_millis(30 * (3 - turn as u64))).await;
            }
            v.usual().await
        })
    })
}

async fn woven(v: &mut Visit) -> std::io::Result<()> {
    let answer = v.answer();
    v.stream(EVENTS, "").await?;
    let progress = json!({"jsonrpc": "2.0", "method": "notifications/progress",
        "params": {"progressToken": "unknown", "progress": 1}});
    v.event(&progress).await?;
    let form = json!({"type": "object", "properties": {"name": {"type": "string"}}});
    let requests = [
        ("of-ping", "ping", json!({})),
        ("of-sampling", "sampling/createMessage", json!({"messages": [], "maxTokens": 1})),
        ("of-roots", "roots/list", json!({})),
        ("of-elicitation", "elicitation/create", json!({"message": "Who?", "requestedSchema": form})),
    ];
    for (id, method, params) in requests {
        v.event(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})).await?;
        let answered = move |seen: &super::request::Seen| seen.rpc == "answer" && seen.json["id"] == id;
        let world = std::sync::Arc::clone(&v.world);
        if !world.until(Duration::from_secs(1), |world| world.count(answered) > 0).await {
            v.cut();
            return Ok(());
        }
    }
    v.event(&answer).await?;
    v.end().await
}

async fn early(v: &mut Visit) -> std::io::Result<()> {
    let changed = json!({"jsonrpc": "2.0", "method": "notifications/tools/list_changed"});
    let answer = v.answer();
    let session = format!("mcp-session-id: {}\r\n", v.world.next_session());
    v.stream(EVENTS, &session).await?;
    v.event(&changed).await?;
    v.event(&answer).await?;
    v.end().await
}

//! Which protocol a server speaks, and those that say it badly.

use std::io;

use serde_json::{Value, json};
use switchboard::session::{Limits, Transport};

use super::outcome::Outcome;
use super::row::{Row, Way, row};
use super::server::{Play, on, play};
use super::visit::{JSON, Visit};

const MODERN: &str = "2026-07-28";

pub(crate) fn rows() -> Vec<Row> {
    [asked(), coded(), broken(), versions()].concat()
}

/// A modern server: no session, no stream, no greeting.
async fn modern(v: &mut Visit) -> io::Result<()> {
    match (v.seen.http.as_str(), v.seen.rpc.as_str()) {
        ("POST", "server/discover") => {
            v.result(
                json!({"resultType": "complete", "supportedVersions": [MODERN], "capabilities": {"tools": {}},
                "serverInfo": {"name": "misbehaving", "version": "2"}, "ttlMs": 0, "cacheScope": "private",
                "_meta": {"io.modelcontextprotocol/serverInfo": {"name": "misbehaving", "version": "2"}}}),
            )
            .await
        }
        ("POST", "tools/list" | "tools/call") => {
            let mut answer = v.answer();
            answer["result"]["resultType"] = json!("complete");
            if v.rpc("tools/list") {
                answer["result"]["ttlMs"] = json!(0);
                answer["result"]["cacheScope"] = json!("private");
            }
            v.json(200, &answer).await
        }
        ("POST", "subscriptions/listen") => {
            v.stream(super::visit::EVENTS, "").await?;
            v.hold().await
        }
        ("POST", "initialize") => v.json(400, &error(-32022, &json!({"supported": [MODERN]}))).await,
        ("POST", _) => v.status(202, "").await,
        _ => v.status(405, "").await,
    }
}

fn error(code: i32, data: &Value) -> Value {
    json!({"jsonrpc": "2.0", "id": null, "error": {"code": code, "message": "Not so", "data": data}})
}

fn asked() -> Vec<Row> {
    const FAULT: &str = "server silent on `server/discover`, 401/403 to it, malformed reply";
    let discover = |act: fn(&mut Visit) -> super::server::Acted<'_>| on("server/discover", act);
    let legacy = |row: Row| {
        row.write("Written")
            .check("spoke the legacy era in the end", |o: &Outcome| o.count("initialize") == 1)
    };
    let refused = |status: u16| {
        play(move |v| {
            Box::pin(async move {
                if v.seen.http == "POST" { v.status(status, "").await } else { v.usual().await }
            })
        })
    };
    vec![
        legacy(row(FAULT, "silent", discover(|v| Box::pin(v.hold()))))
            .limits(|limits: &mut Limits, limit| limits.headers = limit, 4000),
        legacy(row(FAULT, "not JSON", discover(|v| Box::pin(v.reply(200, JSON, "", "{\"jsonrpc\": oops"))))),
        legacy(row(
            FAULT,
            "a page",
            discover(|v| Box::pin(v.reply(404, "text/html", "", "<html>Not found</html>"))),
        )),
        legacy(row(
            FAULT,
            "404 and -32601",
            discover(|v| {
                let words = json!({"jsonrpc": "2.0", "id": v.id(), "error": {"code": -32601, "message": "Method not found"}});
                Box::pin(async move { v.json(404, &words).await })
            }),
        )),
        legacy(row(FAULT, "an empty 400", discover(|v| Box::pin(v.status(400, ""))))),
        legacy(row(FAULT, "a reset", discover(|v| Box::pin(async move { v.reset() })))),
        row(FAULT, "401 to everything", refused(401))
            .down("401")
            .check("the status is said once", |o| o.link.matches("401").count() == 1),
        row(FAULT, "403 to everything", refused(403)).down("403"),
    ]
}

fn coded() -> Vec<Row> {
    const FAULT: &str = "400 with -32022/-32020/-32021";
    vec![
        row(FAULT, "-32022 to the first request", first_refused(-32022))
            .write("Written")
            .check("no greeting", |o| o.count("initialize") == 0),
        row(
            FAULT,
            "-32022 without our version",
            play(|v| {
                Box::pin(async move {
                    if v.seen.http == "POST" {
                        v.json(400, &error(-32022, &json!({"supported": ["2099-01-01"]}))).await
                    } else {
                        v.status(405, "").await
                    }
                })
            }),
        )
        .down("2099-01-01"),
        row(FAULT, "-32020 to a call", play(|v| Box::pin(marked(v, 1))))
            .write("Refused Invalid: Header mismatch")
            .varies()
            .check("the tools were listed again, then it was sent with the new header", |o| {
                let told: Vec<_> = o.seen.iter().skip_while(|seen| seen.turn == 0).skip(1).collect();
                let again = told.iter().position(|seen| seen.rpc == "tools/list");
                let with = told.iter().position(|seen| seen.header("mcp-param-article") == Some("1"));
                o.way == Way::Write || (again.is_some() && again < with && o.calls() == 3)
            }),
        row(FAULT, "-32020 for ever", play(|v| Box::pin(marked(v, usize::MAX))))
            .read("Refused Invalid: Header mismatch")
            .then("Refused Invalid: Header mismatch")
            .check("bounded tries", |o| o.calls() <= 4),
        row(FAULT, "-32021 to a call", call_refused(-32021))
            .read("Refused Invalid: elicitation")
            .write("Refused Invalid: elicitation"),
    ]
}

fn broken() -> Vec<Row> {
    const FAULT: &str = "SSE ends before the reply, no ids, or modern era";
    vec![
        row(
            FAULT,
            "modern era",
            play(|v| {
                Box::pin(async move {
                    if v.first() { v.events("id: 3\ndata:\n\n").await } else { modern(v).await }
                })
            }),
        )
        .write("Unknown Unreachable: broke off")
        .check("never resumed", |o| o.resumed().is_empty() && o.gets() == 0)
        .check("asked anew with a new id", |o| {
            let mut ids: Vec<_> =
                o.seen.iter().filter(|seen| seen.turn > 0).map(|seen| seen.json["id"].to_string()).collect();
            let all = ids.len();
            ids.dedup();
            ids.len() == all
        }),
        row(
            FAULT,
            "modern era, always",
            play(|v| {
                Box::pin(
                    async move { if v.hit() { v.events("id: 3\ndata:\n\n").await } else { modern(v).await } },
                )
            }),
        )
        .read("Refused Unreachable: broke off")
        .then("Refused Unreachable: broke off")
        .check("asked anew once", |o| o.calls() == 4 && o.gets() == 0),
    ]
}

/// A modern server that refuses the first request once.
fn first_refused(code: i32) -> Play {
    play(move |v| {
        Box::pin(async move {
            if v.world.seen().len() == 1 {
                let data = json!({"supported": [MODERN], "requested": "x"});
                v.json(400, &error(code, &data)).await
            } else {
                modern(v).await
            }
        })
    })
}

fn call_refused(code: i32) -> Play {
    play(move |v| {
        Box::pin(async move {
            if v.first() {
                let mut error = error(code, &json!({"requiredCapabilities": {"elicitation": {}}}));
                error["id"] = v.id();
                let message =
                    if code == -32021 { "Missing required client capability" } else { "Header mismatch" };
                error["error"]["message"] = json!(message);
                v.json(400, &error).await
            } else {
                modern(v).await
            }
        })
    })
}

/// A modern server whose tools change with the first call of the row: from then on one wants an argument in a header, and
/// so many calls are refused for want of it.
async fn marked(v: &mut Visit, most: usize) -> io::Result<()> {
    if v.hit() && v.seen.turn <= most {
        let message = "Header mismatch";
        let error = json!({"jsonrpc": "2.0", "id": v.id(), "error": {"code": -32020, "message": message}});
        return v.json(400, &error).await;
    }
    if v.rpc("tools/list") && v.world.count(|seen| seen.turn > 0) > 0 {
        let id = json!({"type": "string", "x-mcp-header": "Article"});
        let mut answer = v.answer();
        answer["result"]["resultType"] = json!("complete");
        answer["result"]["ttlMs"] = json!(0);
        answer["result"]["cacheScope"] = json!("private");
        answer["result"]["tools"][0]["inputSchema"]["properties"] = json!({"id": id});
        return v.json(200, &answer).await;
    }
    modern(v).await
}

fn versions() -> Vec<Row> {
    const FAULT: &str = "negotiated version the client does not know";
    let odd = |version: &'static str| play(move |v| Box::pin(v.usual_in(version)));
    vec![
        row(FAULT, "a later one", odd("2099-01-01"))
            .down("2099-01-01")
            .check("both sides' versions are named", |o| o.link.contains("this program speaks"))
            .check("it is not dialled again by itself", |o| o.then.len() == 1)
            .check("nothing is sent in that version", |o| {
                let silent = |rpc: &str| o.count(rpc) == 0;
                silent("notifications/initialized") && !o.seen.iter().any(|seen| seen.http == "DELETE")
            }),
        row(FAULT, "an older one that is known", odd("2025-03-26")).write("Written"),
        row(FAULT, "2024-11-05 over Streamable HTTP", odd("2024-11-05"))
            .write("Written")
            .over(Transport::Streamable),
    ]
}

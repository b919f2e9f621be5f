//! Sign-in: tokens that end, and answers of authorization servers that must not be believed.

use std::io;
use std::net::TcpListener;
use std::sync::OnceLock;

use serde_json::{Value, json};
use switchboard::session::auth::Client;

use super::authority::Grant;
use super::row::{Row, row};
use super::server::{Acted, Play, play};
use super::visit::Visit;

pub(crate) fn rows() -> Vec<Row> {
    [renewing(), renewed_badly(), lasting(), callback(), challenge(), documents(), slowed(), repeated()]
        .concat()
}

/// A guarded server whose row does something first; true when that was all.
fn guarded(before: impl for<'a> Fn(&'a mut Visit) -> Acted<'a> + Send + Sync + 'static) -> Play {
    granting(Grant::default(), before)
}

fn granting(
    grant: Grant,
    before: impl for<'a> Fn(&'a mut Visit) -> Acted<'a> + Send + Sync + 'static,
) -> Play {
    let before = std::sync::Arc::new(before);
    play(move |v| {
        let (grant, before) = (grant.clone(), std::sync::Arc::clone(&before));
        Box::pin(async move {
            before(v).await?;
            if v.authorized(&grant).await? {
                return Ok(());
            }
            if v.signed() { v.usual().await } else { v.unsigned().await }
        })
    })
}

/// The first call finds its token ended.
fn ends_once(v: &mut Visit) -> Acted<'_> {
    Box::pin(async move {
        if v.first() {
            v.revoke();
        }
        Ok(())
    })
}

fn nothing(_: &mut Visit) -> Acted<'_> {
    Box::pin(async { Ok(()) })
}

fn renewing() -> Vec<Row> {
    const PARALLEL: &str = "401 mid-session, parallel requests";
    const RACE: &str = "refresh race between processes, rotating tokens";
    let renewed = |o: &super::outcome::Outcome| o.refreshed.len() == 1;
    vec![
        row(PARALLEL, "three at once", guarded(ends_once))
            .signs_in()
            .asks(3)
            .unordered()
            .write("NotSent SignIn | Refused SignIn")
            .check("renewed once", renewed),
        row(
            PARALLEL,
            "for ever",
            guarded(|v| {
                Box::pin(async move {
                    if v.hit() {
                        v.revoke();
                    }
                    Ok(())
                })
            }),
        )
        .signs_in()
        .read("Refused SignIn")
        .then("NotSent Offline || Refused SignIn")
        .check("bounded tries", |o| o.calls() <= 4 && o.refreshed.len() <= 3),
        row(
            PARALLEL,
            "and the new token is ended at once, too",
            guarded(|v| {
                Box::pin(async move {
                    if (1..=2).contains(&v.seen.turn) {
                        v.revoke();
                    }
                    Ok(())
                })
            }),
        )
        .signs_in()
        .check("each refresh token once", |o| {
            let mut used = o.refreshed.clone();
            used.dedup();
            used.len() == 2 && o.refreshed.len() == 2
        }),
        row(RACE, "two processes", guarded(ends_once))
            .signs_in()
            .processes(2)
            .unordered()
            .check("renewed once", renewed),
        row(RACE, "four processes, two calls each", guarded(ends_once))
            .signs_in()
            .processes(4)
            .asks(2)
            .unordered()
            .check("renewed once", renewed),
    ]
}

fn renewed_badly() -> Vec<Row> {
    const INVALID: &str = "`invalid_grant` on refresh";
    const KEPT: &str = "refresh reply without refresh_token";
    vec![
        row(
            INVALID,
            "the refresh token does not count any more",
            guarded(|v| {
                Box::pin(async move {
                    if v.first() {
                        v.revoke();
                        v.world.authority.lock().unwrap().refresh.clear();
                    }
                    Ok(())
                })
            }),
        )
        .signs_in()
        .read("Refused SignIn")
        .write("Refused SignIn | NotSent SignIn")
        .then("NotSent Offline || Refused SignIn")
        .varies()
        .check("tried once", |o| o.refreshed.len() == 1),
        row(KEPT, "and what came lasts no time", play(|v| Box::pin(keeping(v))))
            .signs_in()
            .check("one renewal serves for a while", |o| o.refreshed.len() == 1),
    ]
}

/// Renews without a new refresh token, for no time at all; the first call finds its token ended.
async fn keeping(v: &mut Visit) -> io::Result<()> {
    let renews = v.seen.form("refresh_token").is_some();
    let nothing = Grant { expires_in: json!(0), with_refresh: false };
    let grant = if renews { nothing } else { Grant::default() };
    if v.first() {
        v.revoke();
    }
    if v.authorized(&grant).await? {
        return Ok(());
    }
    if v.signed() { v.usual().await } else { v.unsigned().await }
}

fn lasting() -> Vec<Row> {
    const FAULT: &str = "expires_in missing, 0, a string";
    let lasts = |expires_in: Value| {
        let first = Grant { expires_in, ..Grant::default() };
        play(move |v| {
            let renews = v.seen.form("refresh_token").is_some();
            let grant = if renews { Grant::default() } else { first.clone() };
            Box::pin(async move {
                if v.authorized(&grant).await? {
                    return Ok(());
                }
                if v.signed() { v.usual().await } else { v.unsigned().await }
            })
        })
    };
    let never = |row: Row| row.signs_in().write("Written").check("never renewed", |o| o.refreshed.is_empty());
    vec![
        never(row(FAULT, "missing", lasts(Value::Null))),
        never(row(FAULT, "digits in a string", lasts(json!("3600")))),
        row(FAULT, "0", lasts(json!(0)))
            .signs_in()
            .write("Written")
            .check("renewed ahead of time, once", |o| o.refreshed.len() == 1),
    ]
}

/// A port of this machine that somebody listens at for as long as the tests run.
pub(crate) fn taken() -> u16 {
    static TAKEN: OnceLock<TcpListener> = OnceLock::new();
    let listener = TAKEN.get_or_init(|| TcpListener::bind("127.0.0.1:0").unwrap());
    listener.local_addr().unwrap().port()
}

fn callback() -> Vec<Row> {
    const AT_ONCE: &str = "AS approves at once (no page)";
    const TAKEN: &str = "callback port taken, several instances, stale lock";
    const WRONG: &str = "callback with wrong state, wrong or missing iss, error=";
    let back = |more: &'static str| {
        guarded(move |v| {
            Box::pin(async move {
                if v.seen.bare_path() == "/authorize" { done(v.approve(more).await) } else { Ok(()) }
            })
        })
    };
    let fixed = Client { id: Some("client-1".to_owned()), port: Some(taken()), ..Client::default() };
    vec![
        row(AT_ONCE, "the callback is open before the browser is", guarded(nothing))
            .signs_in()
            .write("Written")
            .check("the browser found it", |o| o.visited == ["opened"]),
        row(TAKEN, "a fixed port", guarded(nothing)).signs_in_as(fixed).unsigned(": port"),
        row(TAKEN, "two instances sign in at once", guarded(nothing))
            .signs_in()
            .processes(2)
            .everybody_signs_in()
            .varies()
            .check("each found its own callback", |o| o.visited == ["opened"; 2]),
        row(WRONG, "wrong state", back("&state=wrong"))
            .signs_in()
            .gives_up()
            .unsigned("still waiting")
            .check("the person was told", |o| o.strayed && o.visited == ["opened"])
            .check("and the page says so", |o| o.pages.iter().any(|page| page.contains("still waiting"))),
        row(WRONG, "wrong iss", back("&iss=https%3A%2F%2Felsewhere.example")).signs_in().unsigned("SignIn: "),
        row(
            WRONG,
            "wrong iss and an error",
            back("&iss=https%3A%2F%2Felsewhere.example&error=access_denied&error_description=Pay+us"),
        )
        .signs_in()
        .unsigned("SignIn: ")
        .check("nothing of it is shown", |o| !o.signing.contains("Pay us")),
        row(WRONG, "missing iss that was announced", play(|v| Box::pin(announcing_iss(v))))
            .signs_in()
            .unsigned("SignIn: "),
        row(WRONG, "error=access_denied", guarded(|v| Box::pin(declined(v)))).signs_in().unsigned("SignIn: "),
    ]
}

/// The person says no.
async fn declined(v: &mut Visit) -> io::Result<()> {
    if v.seen.bare_path() != "/authorize" {
        return Ok(());
    }
    let back = v.seen.query("redirect_uri").unwrap_or_default();
    let state = v.seen.query("state").unwrap_or_default();
    let location =
        format!("location: {back}?error=access_denied&error_description=Not+today&state={state}\r\n");
    done(v.status(302, &location).await)
}

/// An answer was given: nothing follows.
fn done(answered: io::Result<()>) -> io::Result<()> {
    answered.and(Err(io::ErrorKind::Other.into()))
}

async fn announcing_iss(v: &mut Visit) -> io::Result<()> {
    if v.seen.bare_path() == "/.well-known/oauth-authorization-server" {
        let mut document = v.metadata();
        document["authorization_response_iss_parameter_supported"] = json!(true);
        return v.json(200, &document).await;
    }
    v.guarded().await
}

fn challenge() -> Vec<Row> {
    const FAULT: &str = "WWW-Authenticate: several schemes, spaces, token or quoted values";
    let told = |header: &'static str| play(move |v| Box::pin(challenging(v, header)));
    let found = |row: Row| row.signs_in().check("found the document", |o| o.paths("/custom/document") >= 1);
    vec![
        found(row(
            FAULT,
            "two schemes in one header",
            told("www-authenticate: Basic realm=\"a, Bearer b\", Bearer realm=\"x\", resource_metadata=\"HERE\"\r\n"),
        )),
        found(row(
            FAULT,
            "two headers, spaces round the sign",
            told("www-authenticate: Negotiate abc==\r\nwww-authenticate: Bearer error = \"invalid_token\" , resource_metadata = \"HERE\"\r\n"),
        )),
        found(row(
            FAULT,
            "a token, quotes in quotes, upper case",
            told("WWW-Authenticate: bearer scope=read,realm=\"say \\\"hi\\\", you\", Resource_Metadata=\"HERE\"\r\n"),
        ))
        .check("its scope was asked for", |o| {
            o.at("/authorize").and_then(|seen| seen.query("scope")).as_deref() == Some("read")
        }),
    ]
}

/// The document is where only the challenge says.
async fn challenging(v: &mut Visit, header: &str) -> io::Result<()> {
    let origin = v.origin();
    let path = v.seen.bare_path().to_owned();
    if path == "/custom/document" {
        let resource = format!("{origin}/mcp");
        return v.json(200, &json!({"resource": resource, "authorization_servers": [origin]})).await;
    }
    if path.starts_with("/.well-known/oauth-protected-resource") {
        return v.status(404, "").await;
    }
    if v.authorized(&Grant::default()).await? {
        return Ok(());
    }
    if v.signed() {
        return v.usual().await;
    }
    let header = header.replace("HERE", &format!("{origin}/custom/document"));
    v.status(401, &header).await
}

fn documents() -> Vec<Row> {
    const RESOURCE: &str = "PRM `resource` differs by path or slash from the URL";
    const NONE: &str = "no PRM, no AS metadata";
    let named = |resource: fn(&Visit) -> String| {
        play(move |v| {
            let resource = resource(v);
            Box::pin(async move { naming(v, &resource).await })
        })
    };
    let without = |all: bool| {
        play(move |v| {
            Box::pin(async move {
                let path = v.seen.bare_path();
                let gone = path.starts_with("/.well-known/oauth-protected-resource")
                    || (all && path.starts_with("/.well-known/"));
                if gone {
                    return v.status(404, "").await;
                }
                if v.authorized(&Grant::default()).await? {
                    return Ok(());
                }
                if v.signed() { v.usual().await } else { v.status(401, "www-authenticate: Bearer\r\n").await }
            })
        })
    };
    vec![
        row(RESOURCE, "another origin", named(|_| "https://elsewhere.example/mcp".to_owned()))
            .signs_in()
            .unsigned(": elsewhere.example")
            .check("nobody was sent to sign in", |o| o.paths("/authorize") == 0),
        row(RESOURCE, "the origin without a slash", named(Visit::origin)).signs_in().write("Written").check(
            "byte for byte",
            |o| {
                let resource = format!("http://127.0.0.1:{}", o.ports.0);
                let asked = o.at("/authorize").and_then(|seen| seen.query("resource"));
                let given = o.at("/token").and_then(|seen| seen.form("resource"));
                asked.as_ref() == Some(&resource) && given == Some(resource)
            },
        ),
        row(NONE, "neither", without(true)).signs_in().write("Written"),
        row(NONE, "metadata only", without(false)).signs_in().write("Written"),
    ]
}

async fn naming(v: &mut Visit, resource: &str) -> io::Result<()> {
    if v.seen.bare_path().starts_with("/.well-known/oauth-protected-resource") {
        let origin = v.origin();
        return v.json(200, &json!({"resource": resource, "authorization_servers": [origin]})).await;
    }
    v.guarded().await
}

fn slowed() -> Vec<Row> {
    const FAULT: &str = "429/503 with Retry-After from the token endpoint";
    let slow = |status: u16, with: &'static str, wait: &'static str| {
        guarded(move |v| {
            Box::pin(async move {
                if v.first() {
                    v.revoke();
                }
                let asks = v.seen.bare_path() == "/token" && v.seen.form(with).is_some();
                let mut before = v.world.seen().into_iter().filter(|seen| seen.form(with).is_some());
                if asks && before.nth(1).is_none() { done(v.status(status, wait).await) } else { Ok(()) }
            })
        })
    };
    let once = |row: Row| row.signs_in().then("NotSent Offline, Answer").varies();
    vec![
        row(FAULT, "429 to a code", slow(429, "code", "retry-after: 3600\r\n"))
            .signs_in()
            .signing("RateLimited: (wait 3600 s)")
            .down(""),
        once(row(FAULT, "429 to a renewal", slow(429, "refresh_token", "retry-after: 120\r\n")))
            .read("Refused RateLimited: (wait 120 s)"),
        once(row(FAULT, "503 to a renewal", slow(503, "refresh_token", "retry-after: 120\r\n")))
            .read("Refused Server: (wait 120 s)"),
    ]
}

fn repeated() -> Vec<Row> {
    const FAULT: &str = "secrets repeated by the server";
    vec![
        row(
            FAULT,
            "by the one that signs in, in its refusal of a code",
            guarded(|v| Box::pin(repeating(v, "code"))),
        )
        .signs_in()
        .signing(": ")
        .down("")
        .check("not signed in", |o| o.signing != "signed in" && o.paths("/token") >= 1),
        row(
            FAULT,
            "by the one that signs in, in its refusal to renew",
            guarded(|v| {
                Box::pin(async move {
                    if v.first() {
                        v.revoke();
                    }
                    repeating(v, "refresh_token").await
                })
            }),
        )
        .signs_in()
        .read("Refused SignIn | NotSent SignIn | Refused Server | Refused Protocol")
        .then("NotSent Offline || Refused SignIn")
        .varies(),
    ]
}

/// Refuses the requests for a token that hold this, in words that repeat every secret in them.
async fn repeating(v: &mut Visit, with: &str) -> io::Result<()> {
    if v.seen.bare_path() != "/token" || v.seen.form(with).is_none() {
        return Ok(());
    }
    let names = ["code", "code_verifier", "client_secret", "refresh_token"];
    let values: Vec<String> = names.iter().filter_map(|name| v.seen.form(name)).collect();
    let all = values.join(" and ");
    v.world.authority.lock().unwrap().planted.extend(values);
    let error = json!({"error": "invalid_request", "error_description": format!("not these: {all}")});
    done(v.json(400, &error).await)
}

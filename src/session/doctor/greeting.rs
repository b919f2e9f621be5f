//! The first words with a server: which way of talking it knows, of which era it is, and whether it opens a session.

use http::HeaderMap;
use serde_json::{Value, json};

use super::budget;
use super::case::{Case, OwnStream, Told};
use super::exchange::{Head, Http, NoHead};
use super::ladder::Ladder;
use super::legacy::Legacy;
use super::message::{GREETED, MODERN, MODERN_ERRORS, Message};
use super::silent;
use super::status;
use super::streamable::{Refusal, Session, listen, silence};
use super::talk::Way;
use super::trouble::Trouble;
use crate::domain::examination::Rung;
use crate::session::Transport;

/// Greets a server at an address; what holds is told as it turns out.
pub(super) async fn greet(
    http: Http,
    case: &mut Case,
    transport: Transport,
    ladder: &mut Ladder<'_>,
) -> Result<Way, Trouble> {
    let stream = own_stream(&http, case, transport).await;
    let stream = match stream {
        Err(NoHead::Failed(trouble)) if trouble.rung == Rung::Tls => return Err(trouble),
        stream => stream,
    };
    ladder.climb(Rung::Http, case);
    if transport == Transport::Sse {
        return older(stream, http, case, ladder).await;
    }
    let refusal = match initialize(&http, case, Some(ladder)).await {
        Ok(session) => return Ok(Way::Streamable(Box::new(http), session)),
        Err(refusal) => refusal,
    };
    let knows_no_greeting = refusal.code.is_some_and(|code| code == -32_601 || MODERN_ERRORS.contains(&code));
    if knows_no_greeting && let Ok(session) = discover(&http, case).await {
        return Ok(Way::Streamable(Box::new(http), session));
    }
    match stream {
        Ok(head) if streams(&head) && matches!(refusal.status, 400 | 404 | 405) => {
            older_instead(head, http, case, transport, ladder).await
        }
        _ => Err(refusal.trouble),
    }
}

/// A plain GET: 405 is normal; a stream may be the server's own, or the whole of the older way of talking.
async fn own_stream(http: &Http, case: &mut Case, transport: Transport) -> Result<Head, NoHead> {
    let usual = if transport == Transport::Sse { budget::REPLY } else { budget::STREAM };
    let head = listen(http, case, HeaderMap::new(), usual).await?;
    note(&head, case);
    if head.status == 405 {
        case.own_stream = OwnStream::None;
    } else if streams(&head) {
        case.own_stream = OwnStream::Open;
    }
    Ok(head)
}

fn streams(head: &Head) -> bool {
    head.status == 200 && head.kind == "text/event-stream"
}

fn note(head: &Head, case: &mut Case) {
    case.status = head.status;
    if let Some(date) = head.header("date").and_then(status::date) {
        case.skew = Some(date.saturating_sub(status::now().0));
    }
}

/// Opens a session; also the second one when the first was lost, when nothing of it is told any more.
pub(super) async fn initialize(
    http: &Http,
    case: &mut Case,
    mut ladder: Option<&mut Ladder<'_>>,
) -> Result<Session, Refusal> {
    let mut holds = |rung: Rung, case: &Case| {
        if let Some(ladder) = &mut ladder {
            ladder.climb(rung, case);
        }
    };
    let message = Message::initialize(1);
    let head = Session::default().post(http, case, &message).await?;
    note(&head, case);
    if answers(&head) {
        holds(Rung::Protocol, case);
    }
    let id = head.header("mcp-session-id").filter(|_| head.status < 300).map(str::to_owned);
    let mut session = Session { id, ..Session::default() };
    let result = session.read(head, http, case, &message).await?;
    session.version = Some(agree(&result, "Streamable HTTP", case)?);
    holds(Rung::Session, case);
    case.session = Some(match session.id {
        Some(_) => Told::good("A session is open."),
        None => Told::good("The server keeps no session: each request stands for itself, which is fine."),
    });
    let message = Message::initialized();
    let head = session.post(http, case, &message).await.map_err(on_session)?;
    if head.status >= 300 {
        return Err(on_session(session.refusal(head, http, case).await));
    }
    Ok(session)
}

/// Whether a reply is one of a server that knows us, whatever will come in it.
fn answers(head: &Head) -> bool {
    let known = matches!(head.kind.as_str(), "application/json" | "text/event-stream");
    matches!(head.status, 202 | 204) || (200..=299).contains(&head.status) && known
}

/// The greeting was answered; what fails after it belongs to the session.
fn on_session(mut refusal: Refusal) -> Refusal {
    refusal.trouble.rung = refusal.trouble.rung.max(Rung::Session);
    refusal
}

/// The revision agreed on.
pub(super) fn agree(result: &Value, way: &str, case: &mut Case) -> Result<String, Trouble> {
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or("").to_owned();
    let version = text(result, "protocolVersion");
    if !GREETED.contains(&version.as_str()) && version != MODERN {
        return Err(unknown_version(&version, case));
    }
    let named =
        result.get("serverInfo").map(|info| format!("{} {}", text(info, "name"), text(info, "version")));
    case.protocol = Some(speaks(&version, way, named));
    Ok(version)
}

fn speaks(version: &str, way: &str, named: Option<String>) -> Told {
    let named: Option<String> = named.map(|named| named.trim().chars().take(80).collect());
    let named = named.filter(|named| !named.is_empty());
    let named = named.map(|named| format!("; the server calls itself {named}")).unwrap_or_default();
    Told::good(format!("It speaks MCP {version} over {way}{named}."))
}

fn unknown_version(theirs: &str, case: &Case) -> Trouble {
    let theirs: String = theirs.chars().take(40).collect();
    let theirs = if theirs.is_empty() {
        "does not say which MCP version it speaks".to_owned()
    } else {
        format!("speaks MCP version {theirs}")
    };
    Trouble::new(
        Rung::Protocol,
        "unknown-version",
        format!("{} {theirs}; this program knows {} and {MODERN}.", case.host, GREETED.join(", ")),
        "Update this program, or the server, so that both know one version.",
    )
}

/// A server of the era without greetings and sessions.
async fn discover(http: &Http, case: &mut Case) -> Result<Session, Refusal> {
    let session = Session { modern: true, ..Session::default() };
    let message = Message::request(2, "server/discover", json!({}));
    let head = session.post(http, case, &message).await?;
    note(&head, case);
    let result = session.read(head, http, case, &message).await?;
    let versions = result.get("supportedVersions").and_then(Value::as_array);
    let versions: Vec<&str> = versions.into_iter().flatten().filter_map(Value::as_str).collect();
    if !versions.contains(&MODERN) {
        return Err(unknown_version(&versions.join(", "), case).into());
    }
    let info = result.get("_meta").and_then(|meta| meta.get("io.modelcontextprotocol/serverInfo"));
    let name = info.and_then(|info| info.get("name")).and_then(Value::as_str).map(str::to_owned);
    case.protocol = Some(speaks(MODERN, "Streamable HTTP", name));
    case.session = Some(Told::good("This version of the protocol needs no session."));
    Ok(session)
}

/// The older way of talking, because it was asked for.
async fn older(
    stream: Result<Head, NoHead>,
    http: Http,
    case: &mut Case,
    ladder: &mut Ladder<'_>,
) -> Result<Way, Trouble> {
    let head = stream.map_err(|failed| silence(failed, false, case))?;
    if head.status >= 300 {
        return Err(Session::default().refusal(head, &http, case).await.trouble);
    }
    if head.kind != "text/event-stream" {
        return Err(silent::foreign(&head.kind, &case.host));
    }
    let line = begin(head, &http, case, ladder).await?;
    Ok(Way::Legacy(Box::new(http), Box::new(line)))
}

/// The older way of talking, because the server has no other.
async fn older_instead(
    head: Head,
    http: Http,
    case: &mut Case,
    transport: Transport,
    ladder: &mut Ladder<'_>,
) -> Result<Way, Trouble> {
    case.status = head.status;
    if transport == Transport::Streamable {
        return Err(Trouble::new(
            Rung::Protocol,
            "sse-only",
            format!(
                "{} speaks only the older way of MCP (HTTP+SSE), and Streamable HTTP was asked for.",
                case.host
            ),
            "Set the transport of this account to auto or sse; or use the server's address that ends in /mcp.",
        ));
    }
    let line = begin(head, &http, case, ladder).await?;
    if let Some(told) = &mut case.protocol {
        *told = Told::notice(
            "sse-only",
            format!("{} It is the older way, which breaks more easily.", told.sentence),
            "It works. Where the server also has an address that ends in /mcp, use that one.",
        );
    }
    Ok(Way::Legacy(Box::new(http), Box::new(line)))
}

async fn begin(head: Head, http: &Http, case: &mut Case, ladder: &mut Ladder<'_>) -> Result<Legacy, Trouble> {
    ladder.climb(Rung::Protocol, case);
    let mut line = Legacy::open(head, http, case).await?;
    let asked = line.ask(http, case, &Message::initialize(1)).await;
    agree(&asked.map_err(|refusal| refusal.trouble)?, "HTTP+SSE", case)?;
    case.session = Some(Told::good("A session is open: it lives as long as its stream."));
    let told = line.ask(http, case, &Message::initialized()).await;
    told.map_err(|refusal| on_session(refusal).trouble)?;
    Ok(line)
}

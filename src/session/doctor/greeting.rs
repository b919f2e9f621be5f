//! The first words with a server: which way of talking it knows, of which era it is, and whether it opens a session.

use http::HeaderMap;

use super::budget;
use super::case::{Case, OwnStream, Told};
use super::era::{Seen, agree, discover, modern_at_once, note};
use super::exchange::{Head, Http, NoHead};
use super::ladder::Ladder;
use super::legacy::Legacy;
use super::message::{MODERN_ERRORS, Message};
use super::silent;
use super::streamable::{Refusal, Session, listen, silence};
use super::talk::Way;
use super::trouble::Trouble;
use crate::domain::examination::Rung;
use crate::session::{Transport, client};

/// Greets a server at an address; what holds is told as it turns out.
pub(super) async fn greet(
    http: Http,
    case: &mut Case,
    transport: Transport,
    ladder: &mut Ladder<'_>,
) -> Result<Way, Trouble> {
    let (stream, modern) =
        tokio::join!(own_stream(&http, case, transport), modern_at_once(&http, case, transport));
    let stream = match stream {
        Err(NoHead::Failed(trouble)) if trouble.rung == Rung::Tls => return Err(trouble),
        Err(none) => Err(none),
        Ok(head) => {
            of_stream(&head, case);
            Ok(head)
        }
    };
    ladder.climb(Rung::Http, case);
    if transport == Transport::Sse {
        return older(stream, http, case, ladder).await;
    }
    if let Some(modern) = modern {
        return Ok(Way::Streamable(Box::new(http), modern.take(case)));
    }
    let refusal = match initialize(&http, case, Some(ladder)).await {
        Ok(session) => return Ok(Way::Streamable(Box::new(http), session)),
        Err(refusal) => refusal,
    };
    let knows_no_greeting = refusal.code.is_some_and(|code| code == -32_601 || MODERN_ERRORS.contains(&code));
    if knows_no_greeting && let Ok(modern) = discover(&http, case).await {
        return Ok(Way::Streamable(Box::new(http), modern.take(case)));
    }
    match stream {
        Ok(head) if streams(&head) && matches!(refusal.status, 400 | 404 | 405) => {
            older_instead(head, http, case, transport, ladder).await
        }
        _ if transport == Transport::Auto && matches!(refusal.status, 404 | 405) => {
            let Some((head, http)) = stream_beside(http, case).await else { return Err(refusal.trouble) };
            older_instead(head, http, case, transport, ladder).await
        }
        _ => Err(refusal.trouble),
    }
}

/// The stream at `/sse` beside an address that ends in `/mcp`, where the console looks too; none when there is none.
async fn stream_beside(http: Http, case: &Case) -> Option<(Head, Http)> {
    let endpoint = client::beside(&http.endpoint)?;
    let http = Http { endpoint, ..http };
    let head = own_stream(&http, case, Transport::Sse).await.ok().filter(streams)?;
    Some((head, http))
}

/// A plain GET: 405 is normal; a stream may be the server's own, or the whole of the older way of talking.
async fn own_stream(http: &Http, case: &Case, transport: Transport) -> Result<Head, NoHead> {
    let usual = if transport == Transport::Sse { budget::REPLY } else { budget::STREAM };
    listen(http, case, HeaderMap::new(), usual).await
}

fn of_stream(head: &Head, case: &mut Case) {
    note(&Seen::of(head), case);
    if head.status == 405 {
        case.own_stream = OwnStream::None;
    } else if streams(head) {
        case.own_stream = OwnStream::Open;
    }
}

fn streams(head: &Head) -> bool {
    head.status == 200 && head.kind == "text/event-stream"
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
    note(&Seen::of(&head), case);
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

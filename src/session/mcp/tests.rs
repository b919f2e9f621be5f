//! The client against a small HTTP server that plays what real ones do wrong.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a test that waits for one report passes over all others"
)]

mod bridge;
mod eras;
mod odd;
mod oldest;
mod overheard;
mod server;
mod writes;

use std::time::Duration;

use secrecy::SecretString;
use serde_json::json;
use server::{Play, Server, Stream};
use tokio::sync::mpsc;

use crate::domain::call::{Answer, Call, CallId, End, FaultKind, Report};
use crate::domain::id::ArticleId;
use crate::domain::link::Link;
use crate::session::auth::Account;
use crate::session::secrets::Secrets;
use crate::session::tap::Tap;
use crate::session::{Limits, Request, Session, Settings, start};

fn account(token: &str) -> Account {
    Account::bearer(&SecretString::from(token.to_owned()), &Secrets::default()).expect("a token")
}

struct Desk {
    session: Session,
    reports: mpsc::Receiver<Report>,
    next: u64,
}

impl Desk {
    fn at(server: &Server) -> Self {
        Self::with(server, Limits::default())
    }

    fn with(server: &Server, limits: Limits) -> Self {
        let (sender, reports) = mpsc::channel(16);
        let settings = Settings { limits, ..Settings::new(server.address(), account("s3cret-token")) };
        Self { session: start(settings, sender).unwrap(), reports, next: 0 }
    }

    async fn report(&mut self) -> Report {
        let report = tokio::time::timeout(Duration::from_secs(20), self.reports.recv());
        report.await.expect("a report in time").expect("a session")
    }

    async fn link(&mut self) -> Link {
        loop {
            match self.report().await {
                Report::Link(Link::Connecting { .. }) => {}
                Report::Link(link) => return link,
                _ => {}
            }
        }
    }

    fn send(&mut self, call: Call) -> CallId {
        self.next += 1;
        let id = CallId(self.next);
        self.session.try_send(Request::Ask { id, call }).unwrap();
        id
    }

    async fn end(&mut self, id: CallId) -> End {
        loop {
            if let Report::Ended { id: ended, end } = self.report().await
                && ended == id
            {
                return end;
            }
        }
    }

    async fn ask(&mut self) -> End {
        let id = self.send(article());
        self.end(id).await
    }
}

fn article() -> Call {
    Call::Article(ArticleId::read("1").unwrap())
}

fn is_article(end: &End) -> bool {
    matches!(end, End::Answer(Answer::Article(article)) if article.body.as_str() == "<p>x</p>")
}

fn refusal(end: End) -> crate::domain::call::Fault {
    let End::Refused(fault) = end else {
        panic!("not refused: {end:?}");
    };
    fault
}

#[tokio::test]
async fn connects_learns_the_tools_and_reads() {
    for play in [Play::Json, Play::Sse, Play::SseWithoutLastBlankLine] {
        let server = Server::start([play]).await;
        let mut desk = Desk::at(&server);
        let Link::Up(up) = desk.link().await else {
            panic!("not up");
        };
        assert_eq!(up.name.as_str(), "fixture");
        assert!(up.offers("get_article") && up.offers("odd") && up.offers("odder"));
        let end = desk.ask().await;
        assert!(is_article(&end), "{play:?}: {end:?}");
        assert_eq!(server.authorizations(), ["Bearer s3cret-token"]);
    }
}

#[tokio::test]
async fn a_forgotten_session_is_renewed_and_the_read_repeated_once() {
    for play in [Play::Gone404, Play::Gone400, Play::GoneEvent] {
        let server = Server::start([play, Play::Json]).await;
        let mut desk = Desk::at(&server);
        let end = desk.ask().await;
        assert!(is_article(&end), "{play:?}: {end:?}");
        assert_eq!(server.count("initialize"), 2, "{play:?}");
        assert_eq!(server.count("tools/call"), 2, "{play:?}");
    }
    let server = Server::start([Play::Gone404, Play::Gone404]).await;
    let mut desk = Desk::at(&server);
    let fault = refusal(desk.ask().await);
    assert!(fault.sentence.contains("no longer knows"), "{fault:?}");
    assert_eq!(server.count("tools/call"), 2);
}

#[tokio::test]
async fn every_odd_reply_is_one_clear_fault() {
    let table = [
        (Play::NullIdError, FaultKind::Tool, "boom"),
        (Play::NullIdEvent, FaultKind::Tool, "boom"),
        (Play::Html, FaultKind::Protocol, "text/html"),
        (Play::Broken, FaultKind::Protocol, "not MCP"),
        (Play::Cut, FaultKind::Unreachable, "broke"),
        (Play::Status(403), FaultKind::Forbidden, "403"),
        (Play::Error(-32602), FaultKind::Invalid, "boom"),
        (Play::Error(-32601), FaultKind::NoTool, "boom"),
        (Play::Error(-32603), FaultKind::Tool, "boom"),
        (Play::Failure("boom"), FaultKind::Tool, "boom"),
        (Play::Raw(503, "", ""), FaultKind::Server, "503"),
        (Play::Redirect, FaultKind::Protocol, "https://elsewhere.example/mcp;"),
    ];
    for (play, kind, words) in table {
        let again = matches!(play, Play::Cut).then_some(play);
        let plays = [Some(play), again, Some(Play::Json)];
        let server = Server::start(plays.into_iter().flatten()).await;
        let mut desk = Desk::at(&server);
        let fault = refusal(desk.ask().await);
        assert_eq!(fault.kind, kind, "{play:?}: {fault:?}");
        assert!(fault.sentence.contains(words), "{play:?}: {fault:?}");
        let wait = matches!(play, Play::Status(_)).then_some(7);
        assert_eq!(fault.wait, wait, "{play:?}");
        assert!(!format!("{fault:?}").contains("secret"), "{fault:?}");
        assert!(is_article(&desk.ask().await), "{play:?}: the link lives on");
        assert_eq!(server.count("initialize"), 1, "{play:?}");
    }
}

#[tokio::test]
async fn a_wrong_token_stops_the_dialling() {
    let server = Server::start([]).await;
    server.refuse_everything(401);
    let mut desk = Desk::at(&server);
    let Link::Down { fault, retry_in } = desk.link().await else {
        panic!("not down");
    };
    assert_eq!((fault.kind, retry_in), (FaultKind::SignIn, None));
    assert!(fault.sentence.contains("127.0.0.1:"), "{fault:?}");
    let End::NotSent(fault) = desk.ask().await else {
        panic!("sent");
    };
    assert_eq!(fault.kind, FaultKind::Offline);
    server.refuse_everything(0);
    desk.session.try_send(Request::Reconnect).unwrap();
    assert!(matches!(desk.link().await, Link::Up(_)));
}

#[tokio::test]
async fn a_token_that_expires_takes_the_link_down() {
    let server = Server::start([Play::Status(401)]).await;
    let mut desk = Desk::at(&server);
    let fault = refusal(desk.ask().await);
    assert_eq!(fault.kind, FaultKind::SignIn);
    assert!(matches!(desk.link().await, Link::Down { retry_in: None, .. }));
}

#[tokio::test]
async fn nobody_there_is_said_with_host_and_port() {
    let server = Server::start([]).await;
    server.stop().await;
    let mut desk = Desk::at(&server);
    let Link::Down { fault, retry_in } = desk.link().await else {
        panic!("not down");
    };
    assert_eq!(fault.kind, FaultKind::Unreachable);
    assert!(fault.sentence.contains("refused the connection"), "{fault:?}");
    assert!(retry_in.is_some_and(|millis| (700..=1_000).contains(&millis)));
}

#[tokio::test]
async fn a_server_that_dies_is_noticed_by_its_open_stream() {
    let server = Server::start([]).await;
    let mut desk = Desk::at(&server);
    assert!(matches!(desk.link().await, Link::Up(_)));
    server.stream_open().await;
    server.stop().await;
    let Link::Down { fault, .. } = desk.link().await else {
        panic!("not down");
    };
    assert_eq!(fault.kind, FaultKind::Unreachable, "{fault:?}");
}

#[tokio::test]
async fn a_server_that_dies_in_a_call_takes_the_link_down() {
    let server = Server::start([Play::Silence]).await;
    let mut desk = Desk::at(&server);
    let id = desk.send(article());
    server.seen("tools/call").await;
    server.stop().await;
    let end = desk.end(id).await;
    assert!(matches!(end, End::NotSent(_)), "{end:?}");
}

#[tokio::test]
async fn silence_after_202_ends_at_the_limit_and_is_cancelled_on_the_wire() {
    let server = Server::start([Play::Accepted, Play::Json]).await;
    let limits = Limits { read_call: Duration::from_millis(300), ..Limits::default() };
    let mut desk = Desk::with(&server, limits);
    let end = desk.ask().await;
    assert!(matches!(end, End::TimedOut(_)), "{end:?}");
    server.seen("notifications/cancelled").await;
    assert!(is_article(&desk.ask().await));
}

#[tokio::test]
async fn a_cancelled_read_is_cancelled_on_the_wire() {
    let server = Server::start([Play::Silence]).await;
    let mut desk = Desk::at(&server);
    let id = desk.send(article());
    server.seen("tools/call").await;
    desk.session.try_send(Request::Cancel(id)).unwrap();
    assert_eq!(desk.end(id).await, End::Cancelled);
    server.seen("notifications/cancelled").await;
}

#[tokio::test]
async fn an_answer_beyond_the_cap_is_refused() {
    for play in [Play::HugeJson, Play::HugeSse] {
        let server = Server::start([play, Play::Json]).await;
        let limits = Limits { max_body: 100_000, ..Limits::default() };
        let mut desk = Desk::with(&server, limits);
        let fault = refusal(desk.ask().await);
        assert_eq!(fault.kind, FaultKind::TooLarge, "{play:?}: {fault:?}");
        assert!(is_article(&desk.ask().await));
    }
}

#[tokio::test]
async fn closing_ends_the_session_on_the_server() {
    let server = Server::start([]).await;
    let mut desk = Desk::at(&server);
    assert!(matches!(desk.link().await, Link::Up(_)));
    desk.session.try_send(Request::Close).unwrap();
    assert_eq!(desk.link().await, Link::Closed);
    server.seen("DELETE").await;
}

#[tokio::test]
async fn the_session_is_ended_on_the_server_before_closed_is_said_and_when_nobody_reads() {
    let server = Server::start([]).await;
    let mut desk = Desk::at(&server);
    assert!(matches!(desk.link().await, Link::Up(_)));
    drop(desk.session);
    while let Some(report) = desk.reports.recv().await {
        let closed = report == Report::Link(Link::Closed);
        assert_eq!(server.count("DELETE"), usize::from(closed), "{report:?}");
    }
    assert_eq!(server.count("DELETE"), 1);
    for asks in [false, true] {
        let server = Server::start([Play::Silence]).await;
        let mut desk = Desk::at(&server);
        assert!(matches!(desk.link().await, Link::Up(_)));
        if asks {
            desk.send(article());
            server.seen("tools/call").await;
        }
        drop(desk);
        server.seen("DELETE").await;
        assert_eq!(server.count("DELETE"), 1);
    }
}

#[tokio::test]
async fn a_server_that_wants_a_pause_gets_it() {
    let server = Server::start([Play::Slower(0), Play::Json, Play::Slower(3_600)]).await;
    let mut desk = Desk::at(&server);
    assert!(is_article(&desk.ask().await));
    assert_eq!(server.count("tools/call"), 2);
    let fault = refusal(desk.ask().await);
    assert_eq!((fault.kind, fault.wait), (FaultKind::RateLimited, Some(3_600)));
    assert!(fault.sentence.contains("slow down"), "{fault:?}");
    let End::NotSent(fault) = desk.ask().await else {
        panic!("sent");
    };
    assert_eq!(fault.kind, FaultKind::RateLimited);
    assert_eq!(server.count("tools/call"), 3);
}

#[test]
fn bad_settings_are_refused() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let _inside = runtime.enter();
    let limits = Limits::default();
    let attempt = |address: &str, token: Option<&str>| {
        let token = token.map(|token| secrecy::SecretString::from(token.to_owned()));
        let account = match token {
            Some(token) => Account::bearer(&token, &Secrets::default()),
            None => Ok(Account::nobody()),
        };
        let settings = Settings::new(address.parse().unwrap(), account.ok()?);
        super::Mcp::new(settings.address, settings.account, Tap::default(), &limits, None).ok()
    };
    assert!(attempt("ftp://x/mcp", None).is_none());
    assert!(attempt("http://x/mcp", Some("a\nb")).is_none());
    assert!(attempt("http://x/mcp", Some(" fine ")).is_some());
    // Without a store of certificates this may be refused, but never with a panic.
    let _ = attempt("https://x/mcp", None);
}

#[tokio::test]
async fn a_read_on_a_connection_that_broke_is_sent_once_more() {
    let server = Server::start([Play::Cut, Play::Json]).await;
    assert!(is_article(&Desk::at(&server).ask().await));
    assert_eq!(server.count("tools/call"), 2);
}

#[tokio::test]
async fn changed_tools_are_learnt_again() {
    let server = Server::start([]).await;
    server.stream(Stream::ToolsChanged);
    let mut desk = Desk::at(&server);
    for _ in 0..2 {
        assert!(matches!(desk.link().await, Link::Up(_)));
    }
    assert!(server.count("tools/list") >= 2);
}

#[tokio::test]
async fn a_stream_that_dies_young_twice_is_not_asked_for_again() {
    let server = Server::start([]).await;
    server.stream(Stream::Short);
    let mut desk = Desk::at(&server);
    for _ in 0..60 {
        assert!(is_article(&desk.ask().await));
    }
    assert!((1..=2).contains(&server.count("GET")));
    assert_eq!(server.count("initialize"), 1);
}

#[tokio::test]
async fn an_answer_promised_where_no_stream_is_fails_at_once() {
    let server = Server::start([Play::Json, Play::Json, Play::Json, Play::Accepted]).await;
    server.stream(Stream::None);
    let mut desk = Desk::at(&server);
    server.seen("GET").await;
    for _ in 0..3 {
        assert!(is_article(&desk.ask().await));
    }
    let fault = refusal(desk.ask().await);
    assert!(fault.sentence.contains("no stream to answer on"), "{fault:?}");
    assert!(is_article(&desk.ask().await));
}

#[tokio::test]
async fn a_redirect_on_the_same_origin_is_followed() {
    let server = Server::start([Play::RedirectHere, Play::Json]).await;
    let mut desk = Desk::at(&server);
    assert!(is_article(&desk.ask().await));
    let server = Server::start([Play::RedirectHere; 9]).await;
    let mut desk = Desk::at(&server);
    let fault = refusal(desk.ask().await);
    assert!(fault.sentence.contains("again and again"), "{fault:?}");
    assert_eq!(server.count("tools/call"), 4);
}

#[tokio::test]
async fn credentials_and_queries_in_an_address_are_never_shown() {
    let server = Server::start([]).await;
    let port = server.address().port().unwrap();
    server.stop().await;
    let address = format!("http://user:pass-secret@127.0.0.1:{port}/mcp?key=secret");
    let (sender, mut reports) = mpsc::channel(16);
    let settings = Settings::new(address.parse().unwrap(), account("s3cret-token"));
    let _session = start(settings, sender).unwrap();
    for _ in 0..2 {
        let report = format!("{:?}", reports.recv().await.unwrap());
        assert!(!report.contains("secret"), "{report}");
    }
}

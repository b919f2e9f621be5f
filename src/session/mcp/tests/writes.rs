//! Writes over real HTTP: sent once, whatever the server does, and never said to be less than they may be.

use std::sync::Arc;

use super::*;
use crate::domain::change::{Approved, Compared, Confirmation, Draft, Review};
use crate::domain::id::AdminId;
use crate::domain::time::Moment;

impl Desk {
    /// Reads the article, changes its title and confirms that.
    async fn approved(&mut self) -> Approved {
        let End::Answer(Answer::Article(article)) = self.ask().await else {
            panic!("no article");
        };
        let mut draft = Draft::of(Arc::new((*article).clone()));
        draft.title = "New \u{1b}".to_owned();
        let Compared::Ready(review) = Review::compare(&draft, *article) else {
            panic!("no review");
        };
        let mut confirmation = Confirmation::of(review);
        let at = |millis| Moment { millis, ..Moment::default() };
        confirmation.painted(at(0));
        confirmation.press('y', at(5_000));
        let Some((approved, _)) = confirmation.settled(at(6_000)) else {
            panic!("not confirmed");
        };
        approved
    }

    /// Confirms a new article; the server's usual answer has this title.
    fn approved_new() -> Approved {
        let mut draft = Draft::new_article(1);
        "T".clone_into(&mut draft.title);
        draft.author = AdminId::read("11");
        let mut confirmation = Confirmation::of(Review::create(&draft).unwrap());
        let at = |millis| Moment { millis, ..Moment::default() };
        confirmation.painted(at(0));
        confirmation.press('y', at(5_000));
        confirmation.settled(at(6_000)).expect("confirmed").0
    }

    fn write(&mut self, approved: Approved) -> CallId {
        self.next += 1;
        let id = CallId(self.next);
        let request = Request::Write { id, approved };
        self.session.try_send(request).unwrap();
        id
    }

    pub(super) async fn written(&mut self) -> End {
        let approved = self.approved().await;
        let id = self.write(approved);
        self.end(id).await
    }
}

/// A server that answers the read for the review and the one before the write, then the write as told.
async fn server(play: Play) -> Server {
    Server::start([Play::Json, Play::Sse, play]).await
}

#[tokio::test]
async fn a_write_sends_the_id_and_the_approved_fields_only() {
    for play in [Play::Json, Play::Sse] {
        let server = server(play).await;
        let end = Desk::at(&server).written().await;
        assert!(matches!(end, End::Answer(Answer::Written(_))), "{end:?}");
        assert_eq!(server.updates(), [json!({"id": "1", "title": "New \u{1b}"})]);
    }
}

#[tokio::test]
async fn a_write_with_a_lost_answer_is_unknown_and_never_repeated() {
    let plays = [
        Play::Cut,
        Play::CutAfterAnEvent,
        Play::Raw(503, "", ""),
        Play::Raw(502, "", ""),
        Play::Html,
        Play::Broken,
        Play::NullIdError,
        Play::Error(-32603),
        Play::Error(-1),
        Play::Failure("server_error"),
        Play::Failure("it broke"),
        Play::Words("Failed to update the article: locked"),
        Play::Words("{\"type\": \"error.list\", \"errors\": [{\"code\": \"service_unavailable\"}]}"),
    ];
    for play in plays {
        let server = server(play).await;
        let mut desk = Desk::at(&server);
        let end = desk.written().await;
        assert!(matches!(end, End::Unknown(_)), "{play:?}: {end:?}");
        assert!(is_article(&desk.ask().await), "{play:?}: the link lives on");
        assert_eq!(server.updates().len(), 1, "{play:?}");
    }
}

#[tokio::test]
async fn a_write_that_the_server_turned_away_is_not_sent_or_refused() {
    let gone = [Play::Gone404, Play::Gone400, Play::GoneEvent];
    for play in gone {
        let server = server(play).await;
        let mut desk = Desk::at(&server);
        let end = desk.written().await;
        assert!(matches!(end, End::NotSent(_)), "{play:?}: {end:?}");
        assert!(is_article(&desk.ask().await), "{play:?}: in a new session");
        assert_eq!((server.updates().len(), server.count("initialize")), (1, 2), "{play:?}");
    }
    let refusals = [
        Play::Status(429),
        Play::Status(403),
        Play::Status(401),
        Play::Error(-32602),
        Play::Error(-32601),
        Play::Failure("token_unauthorized"),
        Play::Words("{\"type\": \"error.list\", \"errors\": [{\"code\": \"parameter_invalid\"}]}"),
    ];
    for play in refusals {
        let server = server(play).await;
        let end = Desk::at(&server).written().await;
        assert!(matches!(end, End::Refused(_)), "{play:?}: {end:?}");
        assert_eq!(server.updates().len(), 1, "{play:?}");
    }
}

#[tokio::test]
async fn a_server_that_dies_in_a_write_leaves_it_unknown() {
    let server = server(Play::Silence).await;
    let mut desk = Desk::at(&server);
    let approved = desk.approved().await;
    let id = desk.write(approved);
    server.seen("update").await;
    server.stop().await;
    let end = desk.end(id).await;
    assert!(matches!(end, End::Unknown(_)), "{end:?}");
}

#[tokio::test]
async fn a_write_that_times_out_is_unknown_and_not_cancelled_on_the_wire() {
    let server = server(Play::Silence).await;
    let limits = Limits { write_call: Duration::from_millis(300), ..Limits::default() };
    let mut desk = Desk::with(&server, limits);
    let end = desk.written().await;
    assert!(matches!(end, End::Unknown(_)), "{end:?}");
    assert!(is_article(&desk.ask().await));
    assert_eq!((server.updates().len(), server.count("notifications/cancelled")), (1, 0));
}

#[tokio::test]
async fn a_call_by_hand_that_may_change_something_is_repeated_only_when_it_was_surely_unread() {
    let error = |code: &str, words: &str| {
        let body = format!(r#"{{"jsonrpc":"2.0","id":<ID>,"error":{{"code":{code},"message":"{words}"}}}}"#);
        &*body.leak()
    };
    let json = "application/json";
    let table = [
        (Play::Raw(200, json, error("-32603", "Training session not found")), 1, 1),
        (Play::Raw(200, json, error("-32000", "Session not found")), 1, 1),
        (Play::Raw(400, "text/plain", "Session not found"), 1, 1),
        (Play::Raw(400, json, error("-32602", "Session not found")), 1, 1),
        (Play::Gone404, 2, 2),
        (Play::Gone400, 2, 2),
    ];
    for (play, sent, sessions) in table {
        let server = Server::start([play, Play::Json]).await;
        server.tools(
            json!([{"name": "add_tag", "inputSchema": {}}, {"name": "get_article", "inputSchema": {}}]),
        );
        let mut desk = Desk::at(&server);
        assert!(matches!(desk.link().await, Link::Up(_)));
        let id = CallId(77);
        let (tool, arguments) = ("add_tag".to_owned(), String::new());
        desk.session.try_send(Request::ByHand { id, tool, arguments }).unwrap();
        let end = desk.end(id).await;
        assert_eq!(matches!(end, End::Answer(_)), sent == 2, "{play:?}: {end:?}");
        assert_eq!(server.count("tools/call"), sent, "{play:?}");
        assert_eq!(server.count("initialize"), sessions, "{play:?}");
        assert_eq!(matches!(end, End::Unknown(_)), sent == 1, "{play:?}: {end:?}");
    }
}

#[tokio::test]
async fn a_new_article_is_sent_once_and_nothing_is_read_before() {
    let table = [
        (Play::Json, "taken"),
        (Play::Sse, "taken"),
        (Play::Cut, "unknown"),
        (Play::CutAfterAnEvent, "unknown"),
        (Play::Raw(502, "", ""), "unknown"),
        (Play::Failure("server_error"), "unknown"),
        (Play::Words("Created."), "unknown"),
        (Play::Gone404, "not sent"),
        (Play::GoneEvent, "not sent"),
        (Play::Status(401), "refused"),
        (Play::Status(429), "refused"),
        (Play::Error(-32602), "refused"),
        (Play::Failure("token_unauthorized"), "refused"),
    ];
    for (play, told) in table {
        let server = Server::start([play]).await;
        let mut desk = Desk::at(&server);
        assert!(matches!(desk.link().await, Link::Up(_)));
        let id = desk.write(Desk::approved_new());
        let end = desk.end(id).await;
        let is = match &end {
            End::Answer(Answer::Written(_)) => "taken",
            End::Unknown(_) => "unknown",
            End::NotSent(_) => "not sent",
            End::Refused(_) => "refused",
            _ => "something else",
        };
        assert_eq!(is, told, "{play:?}: {end:?}");
        let fields = json!({"title": "T", "state": "draft", "author_id": "11"});
        assert_eq!(server.updates(), [fields], "{play:?}");
    }
}

//! New articles and notes: sent once with nothing read before, and only a readable answer says that they were taken.

use std::sync::Arc;

use serde_json::{Value, json};
use switchboard::domain::article::ArticleState;
use switchboard::domain::call::{Answer, CallId, End, FaultKind, Report};
use switchboard::domain::change::{Approved, Confirmation, Draft, Fate, Note, Review};
use switchboard::domain::conversation::{Author, Conversation, ConversationRow, Part, PartKind};
use switchboard::domain::id::{AdminId, ConversationId};
use switchboard::domain::link::{Link, Permit, Server, Tool};
use switchboard::domain::text::Clean;
use switchboard::domain::time::Moment;
use switchboard::session::Request;
use switchboard::session::wire::{Offer, Reply, Trouble};

use super::planned::{Desk, never_answered};
use super::{echo, fault, listed, on_a_paused_clock, words};

fn moment(millis: u64) -> Moment {
    Moment { millis, ..Moment::default() }
}

fn typed(confirmation: &mut Confirmation, word: &str) {
    confirmation.painted(moment(0));
    for (at, letter) in (0..).zip(word.chars()) {
        confirmation.press(letter, moment(5_000 + 100 * at));
    }
}

fn new_article() -> Approved {
    let mut draft = Draft::new_article(7);
    "New".clone_into(&mut draft.title);
    "<p>x</p>".clone_into(&mut draft.body);
    (draft.author, draft.state) = (AdminId::read("11"), ArticleState::Published);
    let mut confirmation = Confirmation::of(Review::create(&draft).unwrap());
    typed(&mut confirmation, "publish");
    confirmation.settled(moment(9_000)).unwrap().0
}

fn thread() -> Conversation {
    Conversation::of(ConversationRow::bare(ConversationId::read("215").unwrap()), Vec::new())
}

fn note() -> Approved {
    let note = Note::of(&thread(), "Do not refund <twice>\nask Mo").unwrap();
    let mut confirmation = Confirmation::of_note(Box::new(note));
    typed(&mut confirmation, "y");
    assert!(confirmation.settled(moment(9_000)).is_none(), "a note is no article");
    confirmation.settled_note(moment(9_000)).unwrap().0
}

const TOOLS: [&str; 4] = ["get_article", "update_article", "create_article", "add_internal_note"];

fn desk(answer: Result<Reply, Trouble>) -> Desk {
    let desk = Desk::of([answer]);
    let tool = |name: &str| Tool { name: Clean::line(name), ..Tool::default() };
    let server = Server { tools: TOOLS.map(tool).into(), ..Server::default() };
    let schemas = TOOLS.map(|tool| (tool.to_owned(), json!({}))).into();
    *desk.plan.offer.lock().unwrap() = Some(Arc::new(Offer { server, schemas }));
    desk
}

async fn ended(approved: Approved, answer: Result<Reply, Trouble>, tool: &str) -> End {
    let mut desk = desk(answer);
    desk.session.try_send(Request::Write { id: CallId(1), approved }).unwrap();
    let (_, end, _) = desk.end().await;
    let tools: Vec<String> = desk.calls().into_iter().map(|(tool, _)| tool).collect();
    assert_eq!(tools, [tool], "sent once, nothing else");
    end
}

async fn made(answer: Result<Reply, Trouble>) -> End {
    ended(new_article(), answer, "create_article").await
}

async fn noted(answer: Result<Reply, Trouble>) -> End {
    ended(note(), answer, "add_internal_note").await
}

fn said(value: &Value) -> Reply {
    words(&value.to_string())
}

fn part(part_type: &str) -> Value {
    json!({"type": "conversation_part", "id": "44001", "part_type": part_type, "body": "<p>x</p>",
        "created_at": 9, "author": {"type": "admin", "id": "11", "name": "Ida"}})
}

#[test]
fn what_is_sent_is_every_field_that_was_confirmed() {
    let deed = new_article();
    let changes = &deed.deed().article().unwrap().changes;
    assert_eq!(changes.title.as_deref(), Some("New"));
    assert_eq!((changes.state, &changes.description), (Some(ArticleState::Published), &None));
    let note = format!("{:?}", note().deed());
    assert!(note.contains("<p>Do not refund &lt;twice&gt;<br>ask Mo</p>"), "{note}");
}

#[test]
fn only_a_readable_new_article_says_written() {
    on_a_paused_clock(async {
        let End::Answer(Answer::Written(article)) = made(Ok(echo("New"))).await else { panic!() };
        assert_eq!(article.row.id.as_str(), "1");
        for open in [
            json!({"ok": true}),
            json!({"id": "1", "title": "New"}),
            json!({"id": "new-7", "title": "New", "body": ""}),
            json!({"id": "1", "title": "Another", "body": "<p>x</p>"}),
            json!({"title": "New", "body": "<p>x</p>"}),
        ] {
            let end = made(Ok(said(&open))).await;
            assert!(matches!(end, End::Unknown(_)), "{open}: {end:?}");
        }
        for open in ["Created.", "", "Failed: it exists already"] {
            let end = made(Ok(words(open))).await;
            assert!(matches!(end, End::Unknown(_)), "{open}: {end:?}");
        }
    });
}

#[test]
fn only_a_readable_note_says_noted() {
    on_a_paused_clock(async {
        for (taken, kind) in [("note", "note"), ("note_and_unsnooze", "note_and_unsnooze")] {
            for answer in
                [part(taken), json!({"conversation_part": part(taken)}), json!({"data": part(taken)})]
            {
                let End::Answer(Answer::Noted(part)) = noted(Ok(said(&answer))).await else {
                    panic!("{answer}")
                };
                assert_eq!((part.kind, part.part_type.as_str()), (PartKind::Note, kind));
            }
        }
        for open in [part("comment"), json!({"ok": true}), json!({"part_type": "note"}), json!(["note"])] {
            let end = noted(Ok(said(&open))).await;
            assert!(matches!(end, End::Unknown(_)), "{open}: {end:?}");
        }
        assert!(matches!(noted(Ok(words("Noted."))).await, End::Unknown(_)));
    });
}

#[test]
fn refusals_and_lost_answers_are_told_apart() {
    on_a_paused_clock(async {
        for code in
            ["parameter_invalid", "not_found", "token_unauthorized", "unauthorized", "rate_limit_exceeded"]
        {
            for end in [made(Ok(listed(code))).await, noted(Ok(listed(code))).await] {
                assert!(matches!(end, End::Refused(_)), "{code}: {end:?}");
            }
        }
        for code in ["server_error", "service_unavailable", "brand_new"] {
            for end in [made(Ok(listed(code))).await, noted(Ok(listed(code))).await] {
                assert!(matches!(end, End::Unknown(_)), "{code}: {end:?}");
            }
        }
        for end in [made(Err(never_answered())).await, noted(Err(never_answered())).await] {
            assert!(matches!(end, End::Unknown(_)), "{end:?}");
        }
        let lost = || Trouble::Lost(fault(FaultKind::Unreachable));
        for end in [made(Err(lost())).await, noted(Err(lost())).await] {
            assert!(matches!(end, End::Unknown(_)), "{end:?}");
        }
        let gone = || Trouble::SessionGone(fault(FaultKind::Protocol));
        for end in [made(Err(gone())).await, noted(Err(gone())).await] {
            assert!(matches!(end, End::NotSent(_)), "{end:?}");
        }
    });
}

#[test]
fn a_refused_note_says_what_is_known_of_the_reason() {
    on_a_paused_clock(async {
        let End::Refused(ticket) = noted(Ok(listed("token_unauthorized"))).await else { panic!() };
        assert!(ticket.hint.contains("tickets"), "{ticket:?}");
        for answer in [Ok(listed("unauthorized")), Err(Trouble::SignIn(fault(FaultKind::SignIn)))] {
            let End::Refused(old) = noted(answer).await else { panic!() };
            assert!(old.hint.contains("older than the permission to write notes"), "{old:?}");
        }
        let End::Refused(article) = made(Ok(listed("token_unauthorized"))).await else { panic!() };
        assert!(!article.hint.contains("tickets"), "{article:?}");
    });
}

/// A ticket takes no notes; other conversations do, so that the tool stays what it is.
#[test]
fn a_note_refused_on_a_ticket_says_nothing_of_the_tool() {
    on_a_paused_clock(async {
        let mut desk = desk(Ok(Reply { is_error: true, ..listed("token_unauthorized") }));
        desk.session.try_send(Request::Write { id: CallId(1), approved: note() }).unwrap();
        desk.end().await;
        let permits = desk.heard().into_iter().filter_map(|report| match report {
            Report::Link(Link::Up(server)) => Some(server.tools),
            _ => None,
        });
        assert!(permits.flatten().all(|tool| tool.permit == Permit::Yes));
    });
}

#[test]
fn a_server_without_the_tool_is_sent_nothing() {
    on_a_paused_clock(async {
        for approved in [new_article(), note()] {
            let mut desk = Desk::of([]);
            desk.session.try_send(Request::Write { id: CallId(1), approved }).unwrap();
            let (_, end, _) = desk.end().await;
            let End::NotSent(fault) = end else { panic!("{end:?}") };
            assert_eq!((fault.kind, desk.calls().len()), (FaultKind::NoTool, 0));
        }
    });
}

#[test]
fn a_note_that_was_not_there_before_settles_a_lost_answer() {
    let mut before = thread();
    let there = |id: &str, body: &str, at: i64| Part {
        id: id.into(),
        kind: PartKind::Note,
        part_type: Clean::fixed("note"),
        author: Author::default(),
        body: body.into(),
        attachments: Vec::new(),
        created_at: Some(switchboard::domain::time::Unix(at)),
        assigned_to: None,
        redacted: false,
        detail: Clean::default(),
    };
    before.parts = vec![there("1", "<p>Call back</p>", 9_000)];
    let mut confirmation = Confirmation::of_note(Box::new(Note::of(&before, "Call back").unwrap()));
    typed(&mut confirmation, "y");
    let at = Moment { unix: switchboard::domain::time::Unix(10_000), ..moment(9_000) };
    let intent = confirmation.settled_note(at).unwrap().1;
    for (parts, fate) in [
        (vec![], Fate::NotLanded),
        (vec![there("1", "<p>Call back</p>", 9_000)], Fate::NotLanded),
        (vec![there("2", "<p>Call back</p>", 10_001)], Fate::Landed),
        (vec![there("2", "<p class=\"no-margin\">Call back</p>", 9_950)], Fate::Altered),
        (vec![there("2", "<p>Call back</p>", 9_000)], Fate::CannotTell),
        (vec![there("2", "<p>Call back tomorrow</p>", 10_001)], Fate::NotLanded),
    ] {
        let thread = Conversation { parts, ..thread() };
        assert_eq!(intent.settle(&thread), fate, "{:?}", thread.parts);
    }
}

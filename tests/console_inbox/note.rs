//! Internal notes: written below the thread, looked at, confirmed, sent once, read back; and an article from a conversation.

use insta::assert_snapshot;
use switchboard::app::key::{Key, script};
use switchboard::app::place::Place;
use switchboard::app::{Effect, Event, Timer};
use switchboard::domain::call::{Answer, Call, CallId, End, Fault, FaultKind, Report};
use switchboard::domain::change::{Approved, Deed};
use switchboard::domain::conversation::{Author, AuthorKind, Conversation, Part, PartKind, State};
use switchboard::domain::journal::Outcome;
use switchboard::domain::link::{Link, Server, Tool};
use switchboard::domain::text::Clean;
use switchboard::domain::time::Unix;

use crate::desk::Desk;
use crate::dice::Dice;
use crate::world::{self, NOW};

fn tools(names: &[&str]) -> Event {
    let tool = |name: &&str| Tool { name: Clean::line(name), ..Tool::default() };
    let tools = names.iter().map(tool).collect();
    let server = Server { host: Clean::fixed("mcp.intercom.com"), tools, ..Server::default() };
    Event::Report(Report::Link(Link::Up(server)))
}

/// A console with the first conversation open, on a server that takes notes and articles.
fn open(cols: u16, rows: u16) -> Desk {
    let mut desk = Desk::open(cols, rows);
    desk.event(tools(&["add_internal_note", "create_article", "update_article"]));
    desk.serve();
    desk.keys("<enter>").serve();
    assert_eq!(desk.model.place(), Place::Thread);
    desk
}

fn writing(cols: u16, rows: u16) -> Desk {
    let mut desk = open(cols, rows);
    desk.keys("iRefund goes out <lt>tonight>.<enter><enter>Ask Mo first.");
    assert_eq!(desk.model.place(), Place::Note);
    desk
}

fn slowly(desk: &mut Desk, keys: &str) {
    for key in script(keys).unwrap() {
        desk.wait(90);
        desk.event(Event::Key(key));
    }
}

fn armed(cols: u16, rows: u16) -> Desk {
    let mut desk = writing(cols, rows);
    desk.keys("<ctrl-s>s");
    assert_eq!(desk.model.place(), Place::Confirmation);
    desk.event(Event::Painted);
    desk.wait(800);
    desk
}

/// Writes that left so far.
fn written(desk: &Desk) -> Vec<(CallId, &Approved)> {
    let write =
        |effect| if let &Effect::Write { id, ref approved } = effect { Some((id, approved)) } else { None };
    desk.effects.iter().filter_map(write).collect()
}

fn sent() -> Desk {
    let mut desk = armed(80, 24);
    slowly(&mut desk, "y");
    desk.wait(300);
    desk.event(Event::Timer(Timer::Arm));
    assert_eq!(written(&desk).len(), 1);
    desk
}

fn end(desk: &mut Desk, end: End) {
    let (id, _) = written(desk)[0];
    desk.end(id, end);
}

fn note(id: &str, body: &str, ago: i64) -> Part {
    Part {
        id: id.into(),
        kind: PartKind::Note,
        part_type: Clean::fixed("note"),
        author: Author {
            kind: AuthorKind::Admin,
            id: "7001".into(),
            name: Clean::fixed("Ida Berg"),
            ..Author::default()
        },
        body: body.into(),
        attachments: Vec::new(),
        created_at: Some(Unix(NOW - ago)),
        assigned_to: None,
        redacted: false,
        detail: Clean::default(),
    }
}

const BODY: &str = "<p>Refund goes out &lt;tonight&gt;.</p><p>Ask Mo first.</p>";

fn thread(desk: &Desk, more: Option<Part>) -> Conversation {
    let id = desk.model.inbox.reader.open.clone().unwrap();
    let number = (0..world::ALL).find(|number| world::conversation_id(*number) == id).unwrap();
    let mut thread = world::thread(number);
    thread.parts.extend(more);
    thread
}

fn read(desk: &mut Desk, more: Option<Part>) {
    let thread = thread(desk, more);
    assert!(matches!(&desk.asked[0].1, Call::Conversation(id) if *id == thread.row.id), "{:?}", desk.asked);
    desk.next(End::Answer(Answer::Conversation(Box::new(thread))));
}

fn notice(desk: &Desk) -> String {
    desk.model.shell.notice.as_ref().map(|notice| notice.sentence.to_string()).unwrap_or_default()
}

fn lost(kind: FaultKind) -> Fault {
    Fault::new(kind, "No answer came.", "")
}

#[test]
fn written_below_the_thread() {
    assert_snapshot!("note_80", writing(80, 24).text());
    assert_snapshot!("note_200", writing(200, 60).text());
}

#[test]
fn looked_at_and_asked_about() {
    let mut desk = writing(80, 24);
    desk.keys("<ctrl-s>");
    assert_eq!(desk.model.place(), Place::Review);
    assert_snapshot!("note_review_80", desk.text());
    let mut desk = writing(200, 60);
    desk.keys("<ctrl-s>");
    assert_snapshot!("note_review_200", desk.text());
    assert_snapshot!("note_confirmation_80", armed(80, 24).text());
    assert_snapshot!("note_confirmation_200", armed(200, 60).text());
}

#[test]
fn warnings_are_said_where_they_apply() {
    let mut desk = open(80, 24);
    let mut ticket = thread(&desk, None);
    (ticket.ticket, ticket.row.state) = (true, State::Snoozed);
    desk.keys("r");
    desk.next(End::Answer(Answer::Conversation(Box::new(ticket))));
    desk.keys("iSo<ctrl-s>");
    assert_snapshot!("note_warnings_80", desk.text());
    desk.keys("s");
    assert_snapshot!("note_confirmation_warnings_80", desk.text());
}

#[test]
fn why_none_can_be_written() {
    let mut desk = open(80, 24);
    desk.model.shell.options.read_only = true;
    desk.keys("i");
    assert_eq!(notice(&desk), "Read-only: nothing is sent from here, notes neither.");
    desk.keys("A");
    assert_eq!(notice(&desk), "Read-only: no article can be made from here.");
    desk.model.shell.options.read_only = false;
    desk.event(tools(&["search"]));
    desk.keys("i");
    assert_eq!(notice(&desk), "This server does not offer add_internal_note, so no note can be added.");
    let mut desk = open(80, 24);
    desk.down();
    desk.keys("i");
    assert_eq!(notice(&desk), "Not connected; no note can be sent now.");
    assert_eq!(desk.model.place(), Place::Thread);
    let mut desk = open(80, 24);
    desk.keys("i  <ctrl-s>");
    assert_eq!(notice(&desk), "There are no words to send.");
}

#[test]
fn one_letter_typed_by_fingers_sends_it_once() {
    let mut desk = writing(80, 24);
    desk.keys("<ctrl-s>s");
    slowly(&mut desk, "yyy");
    desk.wait(2_000);
    desk.event(Event::Timer(Timer::Arm));
    assert_eq!(written(&desk).len(), 0, "not painted yet");
    let mut desk = armed(80, 24);
    desk.event(Event::Paste("y".into()));
    desk.wait(2_000);
    desk.event(Event::Timer(Timer::Arm));
    slowly(&mut desk, "yes");
    desk.wait(2_000);
    desk.event(Event::Timer(Timer::Arm));
    desk.event(Event::Key(Key::plain(switchboard::app::key::Code::Enter)));
    assert_eq!(written(&desk).len(), 0);
    let desk = sent();
    let (_, approved) = written(&desk)[0];
    let Deed::Note { conversation, body } = approved.deed() else { panic!() };
    assert_eq!((Some(conversation), body.as_str()), (desk.model.inbox.reader.open.as_ref(), BODY));
}

#[test]
fn taken_and_read_back() {
    let mut desk = sent();
    desk.keys("<esc>");
    assert_eq!(notice(&desk), "It may be on its way already; waiting for the answer.");
    end(&mut desk, End::Answer(Answer::Noted(Box::new(note("77", BODY, 0)))));
    read(&mut desk, Some(note("77", BODY, 0)));
    assert_eq!(notice(&desk), "Noted. The conversation shows it; only teammates see it.");
    assert_eq!(desk.model.place(), Place::Thread);
    assert!(desk.text().contains("Ask Mo first."), "{}", desk.text());
    desk.keys("i");
    assert!(!desk.text().contains("Refund goes out <tonight>.\n"), "a new one begins empty");
    assert_snapshot!("note_taken_80", desk.keys("<esc>").text());
}

#[test]
fn refused_or_not_sent_is_said_and_kept() {
    let mut desk = sent();
    let fault = Fault::new(FaultKind::Forbidden, "Intercom says: no.", "Intercom takes no notes on tickets.");
    end(&mut desk, End::Refused(fault));
    assert_eq!(notice(&desk), "The server refused the note; it is kept.");
    assert_eq!(desk.model.place(), Place::Note);
    assert!(desk.text().contains("Ask Mo first."));
    let mut desk = sent();
    end(&mut desk, End::NotSent(lost(FaultKind::Offline)));
    assert_eq!(
        (notice(&desk).as_str(), desk.model.place()),
        ("The note was not sent; it is kept.", Place::Note)
    );
}

#[test]
fn a_lost_answer_is_settled_by_reading() {
    let mut desk = sent();
    end(&mut desk, End::Unknown(lost(FaultKind::TimedOut)));
    assert!(notice(&desk).starts_with("It is not known yet whether the note arrived"));
    desk.keys("<ctrl-s>");
    assert!(notice(&desk).starts_with("First it is found out"), "{}", notice(&desk));
    read(&mut desk, None);
    assert_eq!(notice(&desk), "The note is not there so far.");
    desk.event(Event::Timer(Timer::Settle));
    assert!(desk.asked.is_empty(), "not before its time");
    desk.wait(3_100);
    desk.event(Event::Timer(Timer::Settle));
    read(&mut desk, Some(note("78", BODY, 0)));
    assert_eq!(notice(&desk), "Noted. The conversation shows it; only teammates see it.");
    assert_eq!((written(&desk).len(), desk.model.place()), (1, Place::Thread));
}

#[test]
fn one_that_never_came_is_told_and_may_be_sent_again() {
    let mut desk = sent();
    end(&mut desk, End::Unknown(lost(FaultKind::TimedOut)));
    read(&mut desk, None);
    for after in [3_100, 10_100] {
        desk.wait(after);
        desk.event(Event::Timer(Timer::Settle));
        read(&mut desk, None);
    }
    assert_eq!(notice(&desk), "The note has not arrived; it is kept.");
    desk.keys("<ctrl-s>");
    assert_eq!(desk.model.place(), Place::Review);
}

#[test]
fn the_fate_is_found_out_when_the_link_is_back() {
    let mut desk = sent();
    desk.down();
    end(&mut desk, End::Unknown(lost(FaultKind::Unreachable)));
    assert!(desk.asked.is_empty());
    desk.event(tools(&["add_internal_note"]));
    let at = desk.asked.iter().position(|(_, call)| matches!(call, Call::Conversation(_))).unwrap();
    let (id, _) = desk.asked[at];
    let thread = thread(&desk, Some(note("79", BODY, 0)));
    desk.end(id, End::Answer(Answer::Conversation(Box::new(thread))));
    assert_eq!(notice(&desk), "Noted. The conversation shows it; only teammates see it.");
}

#[test]
fn words_are_kept_and_leaving_asks() {
    let mut desk = writing(80, 24);
    desk.keys("<esc>");
    assert_eq!((notice(&desk).as_str(), desk.model.place()), ("Your note is not sent.", Place::Thread));
    assert!(desk.model.hold().is_some());
    desk.keys("<esc>j<enter>").serve();
    desk.keys("i");
    assert!(!desk.text().contains("Ask Mo first."), "another conversation");
    desk.keys("<esc><esc>k<enter>").serve();
    desk.keys("i");
    assert!(desk.text().contains("Ask Mo first."));
    desk.keys("<alt-4>1");
    assert_eq!(desk.model.place(), Place::Thread);
    desk.keys("q");
    assert!(notice(&desk).starts_with("Your note is not sent and would be lost."), "{}", notice(&desk));
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::Quit)));
}

#[test]
fn every_line_break_of_a_note_is_its_own() {
    let mut desk = open(80, 24);
    desk.keys("i");
    desk.event(Event::Paste("<p>one</p>\n<p>two</p>".into()));
    desk.keys("<ctrl-s>");
    let page = desk.text();
    assert!(page.contains("▎ <p>one</p>") && page.contains("▎ <p>two</p>"), "{page}");
}

#[test]
fn typing_is_undone_where_a_note_is_written() {
    let mut desk = writing(80, 24);
    desk.keys("<alt-z>");
    assert!(!desk.text().contains("first."), "{}", desk.text());
    desk.keys("<alt-y>");
    assert!(desk.text().contains("Ask Mo first."), "{}", desk.text());
    desk.keys("<ctrl-s>");
    assert_eq!(desk.model.place(), Place::Review);
    assert!(!desk.text().contains("undo"), "{}", desk.text());
    desk.keys("<alt-z>");
    assert_eq!(notice(&desk), "Undo works where the note is written; go back for that.");
}

#[test]
fn an_article_begins_from_what_was_said() {
    let mut desk = open(80, 24);
    desk.keys("A");
    assert_eq!(desk.model.place(), Place::Editor);
    let article = desk.model.articles.desk.as_ref().unwrap();
    assert!(article.base.row.id.is_local());
    let body = article.body.source();
    assert!(
        body.contains("two charges") && body.contains("Hi [customer], we are looking into it."),
        "{body}"
    );
    for name in ["Ana", "Souza", "Ida", "refund twice", "gateway"] {
        assert!(!body.contains(name), "{name}: {body}");
    }
    assert_snapshot!("article_from_80", desk.text());
}

#[test]
fn ten_thousand_keys_without_a_pause_send_nothing() {
    let keys = [
        "y",
        "y",
        "s",
        "<esc>",
        "<enter>",
        "x",
        "<ctrl-s>",
        "<left>",
        "n",
        "v",
        "?",
        "<backspace>",
        "j",
        "<tab>",
    ];
    let mut dice = Dice(0x5eed_cafe);
    let (mut desk, mut asked) = (armed(80, 24), 0);
    for _ in 0..10_000 {
        desk.wait(*dice.pick(&[0, 9, 40, 90, 250, 400, 650]));
        asked += usize::from(desk.model.place() == Place::Confirmation);
        let at = usize::try_from(dice.roll(keys.len() as u64 + 2)).unwrap();
        match keys.get(at) {
            Some(keys) => {
                desk.keys(keys);
            }
            None if dice.roll(2) == 0 => desk.event(Event::Paste("y".into())),
            None => desk.event(Event::Painted),
        }
        desk.event(Event::Timer(Timer::Arm));
        if desk.model.place() == Place::Thread {
            desk.keys("iwords<ctrl-s>s");
        }
        desk.effects.retain(|effect| matches!(effect, Effect::Write { .. }));
    }
    assert!(asked > 100, "the question was open {asked} times: the test tests nothing");
    assert!(written(&desk).is_empty());
}

fn settle_after(desk: &mut Desk, millis: u64) {
    desk.wait(millis);
    desk.event(Event::Timer(Timer::Settle));
}

/// What the journal was told of the note.
fn outcomes(desk: &Desk) -> Vec<&Outcome> {
    let mut outcomes = Vec::new();
    for effect in &desk.effects {
        if let Effect::Outcome(_, outcome, _) = effect {
            outcomes.push(outcome);
        }
    }
    outcomes
}

#[test]
fn one_that_was_taken_and_is_not_shown_is_never_said_not_to_have_arrived() {
    let mut desk = sent();
    end(&mut desk, End::Answer(Answer::Noted(Box::new(note("77", BODY, 0)))));
    read(&mut desk, None);
    for after in [3_100, 10_100] {
        settle_after(&mut desk, after);
        read(&mut desk, None);
    }
    assert_eq!(
        notice(&desk),
        "The server answered that it took the note; the conversation does not show it."
    );
    assert_eq!(outcomes(&desk), [&Outcome::CannotTell]);
    assert!(!desk.text().contains("reviews it again"), "{}", desk.text());
}

#[test]
fn one_that_was_taken_is_known_by_the_id_that_the_server_gave_it() {
    let mut desk = sent();
    end(&mut desk, End::Answer(Answer::Noted(Box::new(note("77", BODY, 0)))));
    // In words of the server's own, by a clock of its own.
    read(&mut desk, Some(note("77", "<p>Refund goes out.</p>", 9_000)));
    assert_eq!(notice(&desk), "Noted. The conversation shows it; only teammates see it.");
    assert_eq!(outcomes(&desk), [&Outcome::Altered]);
}

#[test]
fn one_whose_conversation_is_gone_is_told_once_and_for_all() {
    for kind in [FaultKind::NotFound, FaultKind::Forbidden] {
        let mut desk = sent();
        end(&mut desk, End::Unknown(lost(FaultKind::TimedOut)));
        desk.next(End::Refused(Fault::new(kind, "It is gone.", "")));
        assert_eq!(notice(&desk), "It cannot be told whether the note arrived: It is gone.");
        assert_eq!(outcomes(&desk), [&Outcome::CannotTell]);
        assert!(desk.asked.is_empty());
        desk.keys("<ctrl-s>");
        assert_eq!(desk.model.place(), Place::Review, "another note can be sent");
    }
}

#[test]
fn one_that_was_given_up_is_looked_for_when_somebody_goes_on() {
    let mut desk = sent();
    end(&mut desk, End::Unknown(lost(FaultKind::TimedOut)));
    let fail = |desk: &mut Desk| desk.next(End::TimedOut(Fault::new(FaultKind::TimedOut, "Slow.", "")));
    fail(&mut desk);
    for after in [3_100, 10_100] {
        settle_after(&mut desk, after);
        fail(&mut desk);
    }
    assert_eq!(notice(&desk), "It is still not known whether the note arrived: Slow.");
    assert!(desk.asked.is_empty());
    desk.keys("<ctrl-s>");
    assert_eq!(
        notice(&desk),
        "First it is found out whether your last note arrived; the conversation is being read."
    );
    read(&mut desk, Some(note("78", BODY, 0)));
    assert_eq!(notice(&desk), "Noted. The conversation shows it; only teammates see it.");
}

#[test]
fn one_that_arrives_closes_no_note_of_another_conversation() {
    let mut desk = sent();
    end(&mut desk, End::Unknown(lost(FaultKind::TimedOut)));
    read(&mut desk, None);
    let found = thread(&desk, Some(note("78", BODY, 0)));
    desk.keys("<esc><esc>j<enter>").serve();
    desk.keys("i");
    settle_after(&mut desk, 3_100);
    let at =
        desk.asked.iter().position(|(_, call)| *call == Call::Conversation(found.row.id.clone())).unwrap();
    let (id, _) = desk.asked[at];
    desk.end(id, End::Answer(Answer::Conversation(Box::new(found))));
    assert!(notice(&desk).starts_with("Noted."), "{}", notice(&desk));
    assert_eq!(desk.model.place(), Place::Note, "keys are text here");
}

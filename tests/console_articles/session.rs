//! An edit and the session around it: the server's questions wait behind the confirmation, and nothing is opened in place of
//! this session while something would be lost.

use switchboard::app::event::Event;
use switchboard::app::opening::Start;
use switchboard::app::place::Place;
use switchboard::domain::account::{Origin, Row};
use switchboard::domain::call::{End, FaultKind, Report};
use switchboard::domain::question::{Question, QuestionId, Wants};
use switchboard::domain::text::Clean;

use crate::desk::{Console, fault};
use crate::saving::{armed, review, sent};

fn ask(console: &mut Console) {
    let message = Clean::fixed("Type the word publish to go on.");
    let question = Question { id: QuestionId(1), message, wants: Wants::Form(Vec::new()) };
    console.event(Event::Report(Report::Question(Box::new(question))));
}

fn with_accounts(console: &mut Console) {
    let row = |name| Row {
        name: Clean::fixed(name),
        endpoint: Clean::fixed("https://mcp.eu.intercom.com/mcp"),
        origin: Origin::File,
        since: None,
    };
    let accounts = vec![row("here"), row("there")];
    console.model.begin(Start { accounts, account: Clean::fixed("here"), ..Start::default() });
}

#[test]
fn a_question_waits_behind_the_confirmation() {
    let mut console = armed();
    ask(&mut console);
    assert_eq!(console.model.place(), Place::Confirmation);
    assert!(!console.shows("asks"));
    console.confirm("publish");
    assert_eq!((console.writes, console.model.place()), (1, Place::Question));
    let mut console = armed();
    ask(&mut console);
    console.keys("<esc>");
    assert_eq!(console.model.place(), Place::Question);
    // What was still typed for the confirmation answers nothing and confirms nothing.
    console.keys("publish<enter>");
    assert_eq!((console.writes, console.model.place()), (0, Place::Question));
    console.wait(600);
    console.keys("<esc>");
    assert_eq!(console.model.place(), Place::Review);
}

#[test]
fn a_question_over_the_review_does_not_let_its_keys_through() {
    let mut console = review(80, 24);
    ask(&mut console);
    console.wait(600);
    console.keys("s");
    assert_eq!(console.model.place(), Place::Question);
}

#[test]
fn nothing_else_is_opened_while_a_save_is_under_way_or_its_fate_unknown() {
    let mut console = sent();
    with_accounts(&mut console);
    console.keys("5aj<enter>");
    assert_eq!(console.notice(), "A save is under way; switch when it has ended.");
    console.answers = false;
    console.end_write(End::Unknown(fault(FaultKind::TimedOut, "No answer came.", "")));
    console.keys("<enter>");
    assert!(console.notice().contains("not known yet"), "{}", console.notice());
    assert_eq!(console.opened, Vec::<String>::new());
}

#[test]
fn an_edit_is_on_disk_before_something_else_is_opened() {
    let mut console = Console::open(80, 24);
    with_accounts(&mut console);
    console.keys("<enter>e");
    console.slow = true;
    console.keys("<home>X<alt-5>aj<enter>");
    assert_eq!((console.notice(), console.opened.len()), ("Your edit is being put on disk…", 0));
    console.disk_answers();
    assert_eq!(console.opened, ["Account(\"there\")"]);
    let mut console = Console::open(80, 24);
    with_accounts(&mut console);
    console.full = true;
    console.keys("<enter>e<home>X<alt-5>aj<enter>");
    assert!(console.notice().contains("not on disk"), "{}", console.notice());
    assert_eq!(console.opened, Vec::<String>::new());
}

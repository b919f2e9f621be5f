//! How the Inbox begins: with which view, for whom, and what it says until there is something to show.

use insta::assert_snapshot;
use switchboard::app::event::Book;
use switchboard::app::{Event, Options};
use switchboard::domain::call::{Answer, End, Fault, FaultKind, Report};
use switchboard::domain::id::AdminId;
use switchboard::domain::link::Link;
use switchboard::domain::page::Page;
use switchboard::domain::roster::Said;

use super::counting::tick;
use super::desk::Desk;
use super::views::{ida, started};

#[test]
fn who_one_is_80() {
    let mut desk = started(80, 24);
    desk.keys("<enter>").serve().keys("<esc>vm");
    assert_snapshot!(desk.screen());
}

#[test]
fn teammates_without_a_name_do_not_say_their_number_twice() {
    let mut desk = started(80, 24);
    let text = desk.keys("vm").text();
    assert!(text.contains("teammate 7001"), "{text}");
    assert!(text.contains("no name yet · has ") && !text.contains("id 7001"), "{text}");
    assert!(text.contains("names come with threads that one opens"), "{text}");
}

#[test]
fn somebody_is_asked_who_they_are_once() {
    let mut desk = started(80, 24);
    desk.keys("vg");
    assert!(desk.text().contains("Say who you are: m"), "{}", desk.text());
    desk.keys("<enter>7001<enter>");
    assert_eq!(desk.model.shell.roster.me, AdminId::read("7001"));
    assert_eq!(desk.calls().len(), 1, "the view that waited for it opens: {:?}", desk.calls());
    assert!(desk.text().contains("You are teammate 7001."), "{}", desk.text());
    desk.serve();
    assert!(desk.text().contains("Needs me"), "{}", desk.text());
    assert!(!desk.keys("v").text().contains("Say who"));
    desk.keys("m99<esc>");
    assert_eq!(desk.model.shell.roster.me, AdminId::read("7001"), "Esc changes nothing");
    desk.keys("mxyz<enter>");
    assert!(desk.text().contains("Nobody seen so far"), "{}", desk.text());
    assert_eq!(desk.model.shell.roster.me, AdminId::read("7001"));
}

#[test]
fn somebody_who_is_known_begins_with_what_needs_them() {
    let mut desk = Desk::with(ida(), 80, 24);
    desk.up();
    assert_eq!(desk.calls().len(), 1);
    desk.serve();
    assert!(desk.text().contains("Needs me"), "{}", desk.text());
    // Where nothing does, the first screen is not empty.
    let mut desk = Desk::with(ida(), 80, 24);
    desk.up();
    let none = Page { items: Vec::new(), next: None, total: Some(0), skipped: 0 };
    desk.next(End::Answer(Answer::Conversations(none.clone())));
    assert_eq!(desk.calls(), ["search state:open by 150"]);
    assert!(desk.text().contains("Nothing needs you."));
    desk.serve();
    // Who chose the view sees that it is empty.
    desk.keys("vg<enter>");
    desk.next(End::Answer(Answer::Conversations(none)));
    assert_eq!(desk.calls().len(), 0);
    assert!(desk.text().contains("Nothing needs you."), "{}", desk.text());
}

#[test]
fn the_view_to_begin_with_takes_nothing_from_somebody_who_types_or_waits() {
    let mut desk = Desk::with(ida(), 80, 24);
    desk.keys("/<ctrl-u>refund");
    desk.up();
    desk.serve();
    assert!(desk.text().contains("› refund"), "{}", desk.text());
    let mut desk = Desk::with(ida(), 80, 24);
    desk.up();
    desk.keys("/<ctrl-u>refund<enter>");
    desk.down();
    desk.up();
    assert_eq!(desk.calls(), ["search q:refund by 150"]);
}

#[test]
fn ones_own_search_that_finds_nothing_stays() {
    let mut desk = Desk::with(ida(), 80, 24);
    desk.up();
    desk.keys("/<ctrl-u>refund2024<enter>");
    let none = Page { items: Vec::new(), next: None, total: Some(0), skipped: 0 };
    desk.next(End::Answer(Answer::Conversations(none)));
    assert_eq!(desk.calls(), [""; 0]);
    assert!(
        desk.text().contains("/ refund2024") && !desk.text().contains("Nothing needs you"),
        "{}",
        desk.text()
    );
}

/// The disk tells who one is.
fn disk_tells(desk: &mut Desk, id: &str) {
    let lines = vec![Said::Me(AdminId::read(id))];
    desk.event(Event::Names(Book::Read { whole: false, lines }));
}

#[test]
fn the_names_may_come_before_the_link_and_after_it() {
    let needs_me = |desk: &Desk| desk.model.inbox.listing.results.query.to_string().contains("assignee:me");
    let mut before = Desk::with(Options::default(), 80, 24);
    disk_tells(&mut before, "7001");
    before.up();
    assert_eq!(before.calls().len(), 1);
    assert!(needs_me(before.serve()));
    let mut meanwhile = Desk::with(Options::default(), 80, 24);
    meanwhile.up();
    disk_tells(&mut meanwhile, "7001");
    assert_eq!(meanwhile.calls().len(), 1, "the first search is given up: {:?}", meanwhile.calls());
    assert!(needs_me(meanwhile.serve()));
    let mut after = started(80, 24);
    disk_tells(&mut after, "7001");
    assert!(needs_me(after.serve()), "{}", after.text());
    // Who did something of their own stays where they are.
    let mut busy = started(80, 24);
    busy.keys("s");
    disk_tells(&mut busy, "7001");
    assert!(!needs_me(busy.serve()));
}

#[test]
fn another_person_has_numbers_and_rows_of_their_own() {
    let mut desk = Desk::with(Options::default(), 80, 24);
    disk_tells(&mut desk, "7001");
    desk.up();
    desk.serve();
    while !desk.calls().iter().any(|call| call.starts_with("count") && call.contains("7001")) {
        desk.serve();
        tick(&mut desk).expect("a timer");
    }
    let asked = desk.asked.len();
    disk_tells(&mut desk, "7002");
    assert_eq!(desk.cancelled.len(), asked, "the count of the other person is given up");
    let calls = desk.calls();
    assert!(calls.len() == 1 && calls[0].contains("7002"), "the list is asked for anew: {calls:?}");
}

#[test]
fn who_one_is_can_be_said_from_the_list_and_is_never_chosen_by_a_stray_enter() {
    let mut desk = started(80, 24);
    assert!(desk.text().contains("m says who you are"), "{}", desk.text());
    desk.keys("m<enter>");
    assert_eq!(desk.model.shell.roster.me, None);
    assert!(desk.text().contains("Go to yourself first"), "{}", desk.text());
    desk.keys("7001<enter>").serve();
    assert_eq!(desk.model.shell.roster.me, AdminId::read("7001"));
    assert!(desk.text().contains("Needs me"), "{}", desk.text());
}

#[test]
fn a_slow_start_says_that_it_loads_and_the_tabs_stay_offline() {
    let mut desk = Desk::with(Options::default(), 80, 24);
    desk.event(Event::Report(Report::Link(Link::Connecting { attempt: 1 })));
    assert!(!desk.text().contains("Loading"));
    desk.wait(200);
    assert!(desk.text().contains("Loading…"), "{}", desk.text());
    assert!(!desk.text().contains("article?"), "{}", desk.text());
    desk.down();
    let top = desk.text().lines().next().unwrap().to_owned();
    assert!(top.contains("4 Articles") && top.contains("○ offline 4 s"), "{top}");
    let busy = Fault::new(FaultKind::RateLimited, "Too many requests.", "Wait a little.");
    desk.event(Event::Report(Report::Link(Link::Down { fault: busy, retry_in: Some(14_000) })));
    let text = desk.text();
    assert!(text.contains("◐ paused 14 s") && !text.contains("offline"), "{text}");
}

//! Views: how they look, opening them, and what a view says of its rows.

use insta::assert_snapshot;
use switchboard::app::pane::inbox::views::tally::Sureness;
use switchboard::app::{Event, Options, Timer};
use switchboard::domain::call::{Answer, End};
use switchboard::domain::id::AdminId;
use switchboard::domain::page::Page;
use switchboard::domain::sort::Order;
use switchboard::domain::text::Clean;
use switchboard::domain::view::{Column, Unusable, View};

use super::counting::count;
use super::desk::{Desk, offline, refused};
use super::world::{self, row};

/// The search of the view of what nobody has.
const OPEN_OF_NOBODY: &str = "search state:open by 150";

/// A console as it starts where nothing is configured.
pub(crate) fn started(cols: u16, rows: u16) -> Desk {
    let mut desk = Desk::with(Options::default(), cols, rows);
    desk.up();
    desk.serve();
    desk
}

pub(crate) fn ida() -> Options {
    Options { me: AdminId::read("7001"), ..Options::default() }
}

#[test]
fn what_is_open_comes_first_and_the_longest_wait_on_top() {
    let desk = started(80, 24);
    let text = desk.text();
    assert!(text.contains("/ state:open") && text.contains("Open by waiting"), "{text}");
    let waits = desk.model.inbox.listing.results.shown().map(|row| row.waiting_since);
    let waits: Vec<_> = waits.take_while(Option::is_some).collect();
    assert!(waits.len() > 50 && waits.is_sorted(), "{waits:?}");
}

#[test]
fn the_column_200() {
    let mut desk = started(200, 60);
    count(&mut desk);
    assert_snapshot!(desk.keys("v").screen());
}

#[test]
fn the_column_beside_a_thread_200() {
    let mut desk = started(200, 60);
    count(&mut desk);
    assert_snapshot!(desk.keys("<enter>").serve().screen());
}

#[test]
fn the_page_80() {
    let mut desk = Desk::with(ida(), 80, 24);
    desk.up();
    desk.serve();
    count(&mut desk);
    assert_snapshot!(desk.keys("v").screen());
}

#[test]
fn nothing_needs_me_80() {
    let mut desk = Desk::with(ida(), 80, 24);
    desk.up();
    let mine = Page { items: vec![row(0), row(4)], next: None, total: Some(2), skipped: 0 };
    desk.next(End::Answer(Answer::Conversations(mine)));
    for number in [0, 4] {
        let id = world::conversation_id(number);
        let (triage, now) = (&mut desk.model.shell.triage, desk.model.shell.now.unix);
        let known = switchboard::domain::triage::Known::of(&row(number));
        assert!(triage.decide(&id, switchboard::domain::triage::Decision::Done(true), known, now));
    }
    desk.event(Event::Minute);
    assert_snapshot!(desk.screen());
}

#[test]
fn keys_open_views_and_come_back() {
    let mut desk = started(80, 24);
    desk.keys("vjj");
    assert!(desk.text().contains("Unassigned"), "{}", desk.text());
    desk.keys("<enter>");
    assert_eq!(desk.calls(), [OPEN_OF_NOBODY]);
    desk.serve();
    assert!(desk.text().contains("Unassigned"), "{}", desk.text());
    assert!(!desk.text().contains("Low ratings"), "the page closes");
    desk.keys("]");
    desk.serve();
    assert_eq!(desk.model.inbox.listing.results.query.to_string(), "state:open sla:in:risk,missed");
    desk.keys("[").serve().keys("[");
    assert_eq!(
        desk.serve().model.inbox.listing.results.query.to_string(),
        "state:open",
        "views that wait for a name are left out"
    );
    desk.keys("v<esc>");
    assert!(desk.text().contains("/ state:open"));
    desk.keys("v/");
    assert!(desk.text().contains("› state:open"), "{}", desk.text());
}

#[test]
fn the_column_is_a_pane_among_others() {
    let mut desk = started(200, 60);
    let place = |desk: &Desk| format!("{:?}", desk.model.place());
    desk.keys("<tab>");
    assert_eq!(place(&desk), "Views");
    desk.keys("<tab>");
    assert_eq!(place(&desk), "Inbox");
    desk.keys("<enter>").serve();
    let places: Vec<String> = (0..4)
        .map(|_| {
            desk.keys("<tab>").serve();
            place(&desk)
        })
        .collect();
    assert_eq!(places, ["Contact", "Views", "Inbox", "Thread"]);
    let mut desk = started(80, 24);
    assert!(desk.keys("v<tab>").text().contains("There is no other pane here"));
}

#[test]
fn ones_own_view_comes_last_and_may_be_the_first_one() {
    let view = View {
        name: Clean::fixed("Urgent"),
        query: "priority:urgent".into(),
        order: Order::default(),
        columns: vec![Column::Sla, Column::Who],
    };
    let options = Options {
        views: vec![view],
        first_view: Some("Urgent".into()),
        me: AdminId::read("7001"),
        ..Options::default()
    };
    let mut desk = Desk::with(options, 80, 24);
    desk.up();
    assert_eq!(desk.calls(), ["search priority:urgent by 150"]);
    desk.serve();
    assert_eq!(desk.model.inbox.views.columns(&desk.model.inbox.listing), [Column::Sla, Column::Who]);
    assert!(desk.keys("vG").cursor_line().contains("Urgent"));
}

#[test]
fn who_steps_on_and_on_asks_only_for_the_last_view() {
    let mut desk = started(80, 24);
    desk.keys("]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]");
    assert_eq!(desk.calls(), [""; 0], "the first was given up for those that follow");
    assert!(desk.cancelled.len() <= 1, "{}", desk.cancelled.len());
    desk.event(Event::Timer(Timer::View));
    assert_eq!(desk.calls().len(), 1);
    let line = desk.model.inbox.search.field.text().to_owned();
    desk.serve();
    assert_eq!(desk.model.inbox.listing.results.query.to_string(), line);
    // Esc gives it up, and nothing is asked for later.
    desk.keys("]]<esc>");
    desk.event(Event::Timer(Timer::View));
    assert_eq!(desk.calls(), [""; 0]);
}

#[test]
fn old_rows_below_a_new_search_say_what_they_are() {
    let mut desk = started(80, 24);
    desk.keys("]");
    assert!(!desk.text().contains("Searching"), "an answer that comes soon needs no word");
    desk.wait(250);
    assert!(desk.text().contains("Searching…"), "{}", desk.text());
    assert_snapshot!(desk.screen());
    desk.serve();
    assert!(!desk.text().contains("Searching"), "{}", desk.text());
    desk.keys("[").serve();
    desk.down();
    desk.keys("]");
    desk.next(End::NotSent(offline()));
    desk.pass(180_000);
    desk.event(Event::Minute);
    assert!(desk.text().contains("below: Open by waiting, as of 3 min ago"), "{}", desk.text());
}

#[test]
fn what_is_done_here_is_taken_off_the_numbers_200() {
    let mut desk = Desk::with(ida(), 200, 60);
    desk.up();
    let mine = Page { items: vec![row(0), row(4)], next: None, total: Some(2), skipped: 0 };
    desk.next(End::Answer(Answer::Conversations(mine)));
    desk.keys("dd");
    let text = desk.text();
    assert!(text.contains("Nothing needs you") && text.contains("2 done here 0"), "{text}");
}

#[test]
fn the_view_whose_rows_are_shown_stays_marked_until_the_next_ones_are_here() {
    let shown = |desk: &Desk| {
        let inbox = &desk.model.inbox;
        inbox.views.shown(&inbox.listing).map(|at| inbox.views.entries[at].view.name.to_string())
    };
    let mut desk = started(80, 24);
    desk.keys("]");
    assert_eq!(
        (desk.calls(), shown(&desk).as_deref()),
        (vec![OPEN_OF_NOBODY.to_owned()], Some("Open by waiting"))
    );
    desk.keys("<esc>]");
    assert_eq!(desk.calls(), [OPEN_OF_NOBODY], "what was given up is the next one again");
    desk.next(refused());
    assert_eq!(shown(&desk).as_deref(), Some("Open by waiting"));
    desk.keys("]").serve();
    assert_eq!(shown(&desk).as_deref(), Some("SLA at risk"), "one that fails does not stop anybody");
}

#[test]
fn rows_that_the_server_did_not_give_are_counted() {
    let mut desk = Desk::with(ida(), 80, 24);
    desk.up();
    let some = Page { items: vec![row(0), row(4)], next: None, total: Some(40), skipped: 0 };
    desk.next(End::Answer(Answer::Conversations(some)));
    let count = desk.model.inbox.views.entries[0].tally.count.unwrap();
    assert_eq!((count.number, count.sureness), (40, Sureness::AtMost));
}

#[test]
fn a_part_of_a_view_that_is_empty_is_not_said_to_be_the_view() {
    let mut desk = started(80, 24);
    desk.keys("r");
    let three = Page { items: (0..3).map(row).collect(), next: None, total: Some(3), skipped: 0 };
    desk.next(End::Answer(Answer::Conversations(three)));
    desk.keys("I");
    while desk.model.inbox.insight.open {
        desk.keys("<enter>j");
    }
    let part = desk.model.inbox.listing.results.shown_len();
    assert!((1..3).contains(&part), "{part}");
    desk.keys("Xd");
    let text = desk.text();
    assert!(text.contains("None of these rows is here any more") && !text.contains("this view"), "{text}");
}

#[test]
fn a_view_that_cannot_be_used_says_where_and_why_80() {
    let unusable = Unusable {
        name: Clean::fixed("Broken"),
        why: Clean::fixed("config.toml, line 7: \"size\" is no order."),
    };
    let mut desk = Desk::with(Options { unusable: vec![unusable], ..Options::default() }, 80, 24);
    desk.up();
    desk.serve();
    desk.keys("vG");
    assert!(desk.cursor_line().contains("Broken"), "{}", desk.cursor_line());
    assert_snapshot!(desk.screen());
    desk.keys("<enter>");
    assert_eq!((desk.calls().len(), desk.model.inbox.views.focused), (0, true));
    let notice = desk.model.shell.notice.as_ref().unwrap();
    assert_eq!(notice.sentence.as_str(), "config.toml, line 7: \"size\" is no order.");
    desk.keys("<esc>[").serve();
    assert_eq!(desk.model.inbox.views.columns(&desk.model.inbox.listing), []);
}

//! The search form: from the line and back, and what it searches for.

use insta::assert_snapshot;
use switchboard::app::place::Place;
use switchboard::domain::roster::Kind;
use switchboard::domain::text::Clean;

use super::desk::Desk;
use super::helping::{explain, rest};

fn typed(desk: &Desk) -> &str {
    desk.model.inbox.search.field.text()
}

/// The form with the keys in the box of this title.
fn at(desk: &mut Desk, title: &str) {
    for _ in 0..40 {
        let form = desk.model.inbox.form.as_ref().expect("an open form");
        if form.here().unwrap().title == title {
            return;
        }
        desk.keys("<tab>");
    }
    panic!("no box is called {title}");
}

fn value(desk: &Desk) -> &str {
    &desk.model.inbox.form.as_ref().unwrap().here().unwrap().value
}

fn titles(desk: &Desk) -> Vec<&'static str> {
    desk.model.inbox.form.as_ref().unwrap().boxes.entries().iter().map(|entry| entry.title).collect()
}

#[test]
fn form_80() {
    let mut desk = Desk::open(80, 24);
    desk.keys("F").keys("<tab>");
    assert_snapshot!(desk.screen());
}

#[test]
fn form_filled_200() {
    let mut desk = Desk::open(200, 60);
    desk.keys("/<ctrl-u>state:open waiting:>4h created_at:gt:-3d tag:none source_url:x refund card<f2>");
    rest(&mut desk, 300);
    explain(&mut desk);
    assert_snapshot!(desk.screen());
}

#[test]
fn form_with_names_80() {
    let mut desk = Desk::open(80, 24);
    desk.keys("<enter>").serve().keys("<esc>");
    desk.keys("F<down>a");
    assert_snapshot!(desk.screen());
}

#[test]
fn a_form_is_filled_in_and_searched_for() {
    let mut desk = Desk::open(80, 24);
    desk.keys("F");
    at(&mut desk, "Priority");
    desk.keys("<right>");
    assert_eq!(value(&desk), "urgent");
    desk.keys("h");
    assert_eq!(value(&desk), "high");
    desk.keys("<enter>");
    assert_eq!((typed(&desk), desk.model.place()), ("state:open priority:high", Place::Inbox));
    desk.keys("F");
    at(&mut desk, "State");
    desk.keys("<backspace>");
    assert_eq!(value(&desk), "");
    desk.keys("<f2>");
    assert_eq!((typed(&desk), desk.model.place()), ("priority:high", Place::SearchLine));
}

#[test]
fn esc_leaves_everything_as_it_was() {
    let mut desk = Desk::open(80, 24);
    desk.keys("F <tab>x<esc>");
    assert_eq!((typed(&desk), desk.model.place(), desk.calls().len()), ("state:open", Place::Inbox, 0));
    desk.keys("/ half<f2><down>x<esc>");
    assert_eq!((typed(&desk), desk.model.place()), ("state:open half", Place::SearchLine));
}

#[test]
fn what_nobody_changed_comes_back_letter_for_letter() {
    let mut desk = Desk::open(80, 24);
    let odd = "  refund   state:eq:open q:\"two words\"  source_url:contains:x";
    desk.keys("/<ctrl-u>").keys(odd).keys("<ctrl-t><tab><tab><shift-tab><ctrl-t>");
    assert_eq!((typed(&desk), desk.model.place()), (odd, Place::SearchLine));
}

#[test]
fn what_no_box_holds_stays() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>source_url:contains:pay state:open<f2>");
    at(&mut desk, "State");
    desk.keys("s<f2>");
    assert!(typed(&desk).contains("source_url:contains:pay") && typed(&desk).contains("state:snoozed"));
}

#[test]
fn a_query_that_cannot_be_read_has_no_form_yet() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/ created_at:gt:someday<f2>");
    assert_eq!(desk.model.place(), Place::SearchLine);
    assert!(desk.text().contains("^^^") && desk.text().contains("Mend the marked word first"));
}

#[test]
fn what_is_wrong_in_a_box_is_said_when_one_leaves_it_or_searches() {
    let mut desk = Desk::open(80, 24);
    desk.keys("F");
    at(&mut desk, "Opened since");
    desk.keys("someday");
    assert!(!desk.text().contains('!'));
    desk.keys("<enter>");
    assert_eq!((desk.model.place(), desk.calls().len()), (Place::SearchForm, 0));
    assert!(desk.text().contains("! Opened since"), "{}", desk.text());
    desk.keys("<ctrl-u>-3d");
    assert!(!desk.text().contains("! "), "{}", desk.text());
    desk.keys("<ctrl-u>2026-13<tab>");
    assert!(desk.text().contains("! Opened since"), "{}", desk.text());
}

#[test]
fn what_is_wrong_in_a_box_stays_said_while_it_is_so() {
    let mut desk = Desk::open(80, 24);
    desk.keys("F");
    at(&mut desk, "Opened since");
    desk.keys("some<enter>");
    assert!(desk.text().contains("! Opened since"), "{}", desk.text());
    desk.keys("day");
    assert!(desk.text().contains("! Opened since"), "{}", desk.text());
    desk.keys("<ctrl-u>");
    assert!(!desk.text().contains("! Opened since"), "{}", desk.text());
    desk.keys("some");
    assert!(!desk.text().contains("! Opened since"), "what is typed anew waits for a rest: {}", desk.text());
}

#[test]
fn names_are_completed() {
    let mut desk = Desk::open(80, 24);
    desk.keys("<enter>").serve().keys("<esc>");
    desk.keys("F");
    at(&mut desk, "Assignee");
    desk.keys("ber");
    let offers = &desk.model.inbox.form.as_ref().unwrap().offers;
    assert!(offers.rows()[0].insert.contains("Ida Berg"), "{:?}", offers.rows());
    desk.keys("<tab>");
    assert_eq!(value(&desk), "Ida Berg");
    desk.keys("<enter>");
    assert_eq!(typed(&desk), "state:open assignee:\"Ida Berg\"");
}

#[test]
fn a_name_with_quotes_stands_in_a_box_as_it_is() {
    let mut desk = Desk::open(80, 24);
    desk.model.shell.roster.learn_name(Kind::Admin, "7009", &Clean::fixed("Rob \"Bob\" Hale"));
    desk.keys("/<ctrl-u><f2>");
    at(&mut desk, "Assignee");
    desk.keys("rob<tab>");
    assert_eq!(value(&desk), "Rob \"Bob\" Hale");
    desk.keys("<f2>");
    assert_eq!(typed(&desk), r#"assignee:"Rob \"Bob\" Hale""#);
}

#[test]
fn boxes_go_round() {
    let mut desk = Desk::open(80, 24);
    desk.keys("F");
    let first = titles(&desk)[0];
    let last = titles(&desk)[titles(&desk).len() - 1];
    let here =
        |desk: &Desk| -> &'static str { desk.model.inbox.form.as_ref().unwrap().here().unwrap().title };
    assert_eq!(here(&desk), first);
    desk.keys("<shift-tab>");
    assert_eq!(here(&desk), last);
    desk.keys("<tab>");
    assert_eq!(here(&desk), first);
    desk.keys("<pagedown><up><pageup><up>");
    assert_eq!(here(&desk), last);
}

#[test]
fn a_small_window_scrolls_to_the_box_with_the_keys() {
    let mut desk = Desk::open(60, 12);
    desk.keys("F<shift-tab>船");
    assert!(desk.text().contains('船'), "{}", desk.text());
}

#[test]
fn help_of_the_form_80() {
    let mut desk = Desk::open(80, 24);
    assert_snapshot!(desk.keys("F<f1>").screen());
}

#[test]
fn what_is_wrong_elsewhere_is_not_blamed_on_a_box_of_the_same_field() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>assignee:7001 assignee:neq:zork<f2><enter>");
    let complaint = |desk: &Desk| desk.model.inbox.form.as_ref().unwrap().wrong.clone().unwrap();
    assert_eq!(complaint(&desk).at, None, "{:?}", complaint(&desk));
    at(&mut desk, "Assignee");
    desk.keys("<ctrl-u>zork<enter>");
    assert_eq!(complaint(&desk).at, titles(&desk).iter().position(|title| *title == "Assignee"));
}

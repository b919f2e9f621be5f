//! The search line and what happens to a search.

use switchboard::app::place::Place;

use super::desk::{Desk, refused};

fn typed(desk: &Desk) -> &str {
    desk.model.inbox.search.field.text()
}

#[test]
fn the_first_search_is_asked_when_the_link_comes_up() {
    let mut desk = Desk::new(80, 24);
    assert_eq!(desk.calls(), [""; 0]);
    desk.up();
    assert_eq!(desk.calls(), ["search state:open by 150"]);
}

#[test]
fn a_newer_search_cancels_the_one_it_replaces() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>priority:urgent<enter>");
    desk.keys("/<ctrl-u>state:closed<enter>");
    assert_eq!(desk.calls(), ["search state:closed by 150"]);
    assert_eq!(desk.cancelled.len(), 1);
    desk.serve();
    assert!(desk.text().contains("150 of 434 loaded · state:closed"));
}

#[test]
fn what_cannot_be_read_is_not_sent() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/ priority:<enter>");
    assert_eq!((desk.calls().len(), desk.model.place()), (0, Place::SearchLine));
    assert!(desk.text().contains("^^^^^^^^^"));
    desk.keys("high<enter>");
    assert_eq!(desk.calls(), ["search state:open priority:high by 150"]);
}

#[test]
fn esc_restores_the_last_query() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>half<esc>");
    assert_eq!((typed(&desk), desk.model.place()), ("state:open", Place::Inbox));
}

#[test]
fn the_history_of_this_run() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:closed<enter>/<ctrl-u>priority:high<enter>/<ctrl-u>x<up><up>");
    assert_eq!(typed(&desk), "state:closed");
    desk.keys("<down><down>");
    assert_eq!(typed(&desk), "x");
}

#[test]
fn a_failed_search_leaves_the_rows() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:closed<enter>");
    desk.next(refused());
    assert_eq!(desk.model.inbox.listing.results.rows().len(), 150);
    assert!(desk.text().contains("may not read conversations"));
}

#[test]
fn esc_cancels_a_slow_search_first() {
    let mut desk = Desk::open(80, 24);
    desk.keys("r");
    desk.wait(300);
    desk.keys("<esc>");
    assert_eq!((desk.calls().len(), desk.cancelled.len()), (0, 1));
    desk.keys("<esc><esc>");
    assert!(!desk.effects.iter().any(|effect| matches!(effect, switchboard::app::Effect::Quit)));
}

#[test]
fn a_lost_link_asks_again_for_what_is_on_the_screen() {
    let mut desk = Desk::new(80, 24);
    desk.up();
    desk.down();
    desk.up();
    assert_eq!(desk.calls(), ["search state:open by 150"]);
    desk.serve().keys("<enter>");
    desk.down();
    desk.up();
    assert_eq!(desk.calls(), ["thread 900000000000"]);
}

#[test]
fn pasted_text_goes_into_the_line_only_when_it_has_the_cursor() {
    let mut desk = Desk::open(80, 24);
    desk.event(switchboard::app::Event::Paste("x\ny".into()));
    assert_eq!(typed(&desk), "state:open");
    desk.keys("/");
    desk.event(switchboard::app::Event::Paste(" a\nb".into()));
    assert_eq!(typed(&desk), "state:open a b");
}

#[test]
fn a_search_that_is_too_long_says_so() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>");
    desk.event(switchboard::app::Event::Paste("a".repeat(4_096)));
    assert!(!desk.text().contains("too long"));
    desk.keys("b");
    assert!(desk.text().contains("The search is too long: cut at 4,096 bytes."));
}

#[test]
fn a_search_that_was_not_sent_is_asked_when_the_link_is_back() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:closed<enter>");
    desk.down();
    assert!(desk.model.inbox.listing.words() == "state:open");
    desk.up();
    assert_eq!(desk.calls(), ["search state:closed by 150"]);
}

#[test]
fn a_line_longer_than_the_screen_keeps_its_cursor_in_view() {
    let mut desk = Desk::open(40, 12);
    desk.keys("/<ctrl-u>").keys(&"船 word ".repeat(20)).keys("END");
    assert!(desk.text().contains("word END"));
}

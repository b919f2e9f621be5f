//! Pages: when they are asked for, and what ends them.

use switchboard::domain::call::{Answer, End};
use switchboard::domain::page::{Cursor, Next, Page};

use super::desk::{Desk, refused};
use super::world;

fn loaded(desk: &Desk) -> usize {
    desk.model.inbox.listing.results.rows().len()
}

fn cursor(desk: &Desk) -> String {
    desk.model.inbox.listing.results.current().unwrap().id.to_string()
}

#[test]
fn the_next_page_comes_before_the_end() {
    let mut desk = Desk::open(80, 24);
    assert_eq!(loaded(&desk), 150);
    assert_eq!(desk.calls(), [""; 0]);
    desk.keys("G");
    assert_eq!(desk.calls(), ["search state:open from 150 by 150"]);
    desk.keys("kjk");
    assert_eq!(desk.calls().len(), 1);
    desk.serve_one();
    assert_eq!((loaded(&desk), desk.calls().len()), (300, 0));
    desk.keys("G");
    desk.serve().keys("G");
    assert_eq!((loaded(&desk), desk.calls().len()), (434, 0));
    assert!(desk.text().contains("434 of 434 loaded · state:open"));
}

#[test]
fn the_end_moves_with_the_page_that_was_asked_for() {
    let mut desk = Desk::open(80, 24);
    desk.keys("G").serve();
    assert_eq!((loaded(&desk), cursor(&desk)), (300, world::conversation_id(299).to_string()));
    assert!(desk.text().contains("300 of 434 loaded, G loads more"), "{}", desk.text());
    desk.keys("G").keys("k").serve();
    assert_eq!((loaded(&desk), cursor(&desk)), (434, world::conversation_id(298).to_string()));
    let mut desk = Desk::open(80, 24);
    desk.keys("G<enter>").serve().keys("<esc>");
    assert_eq!(cursor(&desk), world::conversation_id(149).to_string());
}

#[test]
fn all_pages_and_stopping() {
    let mut desk = Desk::open(80, 24);
    desk.keys("L");
    desk.serve_one();
    assert!(desk.text().contains("loading all… 300 of 434, Esc stops"));
    desk.keys("<esc>");
    assert_eq!((loaded(&desk), desk.calls().len(), desk.cancelled.len()), (300, 0, 1));
    desk.keys("L").serve();
    assert_eq!(loaded(&desk), 434);
    desk.keys("L");
    assert!(desk.text().contains("Every page is loaded."));
}

#[test]
fn a_failed_page_is_asked_for_by_the_next_movement_only() {
    let mut desk = Desk::open(80, 24);
    desk.keys("G");
    desk.next(refused());
    assert_eq!((loaded(&desk), desk.calls().len()), (150, 0));
    assert!(desk.text().contains("may not read conversations"));
    desk.keys("k");
    assert_eq!(desk.calls().len(), 1);
}

#[test]
fn a_refresh_keeps_the_conversation_under_the_cursor() {
    let mut desk = Desk::open(80, 24);
    desk.keys("G").serve().keys("j");
    let before = cursor(&desk);
    desk.keys("r");
    assert_eq!(desk.calls(), ["search state:open by 150"]);
    let mut page: Vec<_> = (0..150).map(world::row).collect();
    page.insert(0, world::row(433));
    let next = Some(Next::Cursor(Cursor("150".into())));
    desk.next(End::Answer(Answer::Conversations(Page { items: page, next, total: Some(434), skipped: 0 })));
    assert_eq!(loaded(&desk), 300, "the old rows stay until the new ones reach the cursor");
    desk.serve_one();
    assert_eq!(cursor(&desk), before);
    assert_eq!(loaded(&desk), 301);
}

#[test]
fn free_text_hits_become_whole_rows_in_place() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>refund<enter>");
    desk.serve_one();
    assert_eq!(desk.calls(), ["whole 4"]);
    desk.keys("jj");
    let before = cursor(&desk);
    desk.serve();
    assert_eq!(cursor(&desk), before);
    assert!(desk.model.inbox.listing.results.rows().iter().all(|row| !row.thin));
}

#[test]
fn ten_thousand_rows_are_not_touched_by_a_movement() {
    let mut desk = Desk::open(80, 24);
    let items = (0..10_000).map(world::row).collect();
    desk.keys("r");
    desk.next(End::Answer(Answer::Conversations(Page { items, next: None, total: None, skipped: 0 })));
    let before = desk.model.inbox.listing.results.rows().as_ptr();
    desk.keys("GgjGk");
    assert_eq!(desk.model.inbox.listing.results.rows().as_ptr(), before);
    assert_eq!(cursor(&desk), world::conversation_id(9_998).to_string());
    assert!(desk.text().contains("10,000 loaded"));
}

#[test]
fn loading_all_counts_for_the_search_that_is_on_its_way() {
    let mut desk = Desk::open(80, 24);
    desk.keys("rL").serve();
    assert!(!desk.model.inbox.listing.all && desk.model.inbox.listing.results.next().is_none());
    desk.keys("rL");
    desk.next(refused());
    assert!(!desk.model.inbox.listing.all && desk.asked.is_empty());
}

//! People: how the list and the pages look, what can be searched for, and the ways from there.

use insta::assert_snapshot;
use switchboard::app::place::Place;
use switchboard::domain::call::{End, Fault, FaultKind};

use super::desk::{Desk, refused};
use super::lists::asked;

fn open(cols: u16, rows: u16) -> Desk {
    let mut desk = Desk::open(cols, rows);
    desk.keys("2").serve();
    desk
}

#[test]
fn list_80() {
    assert_snapshot!(open(80, 24).screen());
}

#[test]
fn list_200() {
    assert_snapshot!(open(200, 60).screen());
}

#[test]
fn thin_rows_are_there_before_whole_ones() {
    let mut desk = Desk::open(80, 24);
    desk.keys("2");
    assert_eq!(asked(&desk), [" by 150"]);
    desk.serve_one();
    assert_eq!(asked(&desk), ["150 ids by 150"]);
    assert_snapshot!(desk.screen());
}

#[test]
fn person_80() {
    assert_snapshot!(open(80, 24).keys("<enter>").serve().screen());
}

#[test]
fn person_200() {
    assert_snapshot!(open(200, 60).keys("jj<enter>").serve().screen());
}

#[test]
fn searching() {
    let mut desk = open(80, 24);
    desk.keys("/ana @lumen.example<enter>");
    assert_eq!(asked(&desk), ["domain:lumen.example name:ana by 150"]);
    desk.serve();
    assert_snapshot!(desk.screen());
    // Esc goes back to everybody without asking again.
    desk.keys("<esc>");
    assert!(desk.asked.is_empty() && desk.text().contains("150 of 400 loaded"));
}

#[test]
fn a_wrong_word_is_pointed_at() {
    let mut desk = open(80, 24);
    desk.keys("/ana company:Lumen<enter>");
    assert_eq!(desk.model.place(), Place::SearchLine);
    assert!(desk.asked.is_empty());
    assert_snapshot!(desk.screen());
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::People);
}

#[test]
fn nobody_matches() {
    assert_snapshot!(open(80, 24).keys("/nobody<enter>").serve().screen());
}

#[test]
fn what_the_server_refuses_leaves_the_list() {
    let mut desk = open(80, 24);
    desk.keys("/plan:Pro<enter>");
    desk.next(End::Refused(Fault::new(
        FaultKind::Invalid,
        "The search of mcp.intercom.com cannot filter by the attribute plan.",
        "Leave that condition out.",
    )));
    assert_snapshot!(desk.screen());
    desk.keys("<esc>");
    assert!(!desk.text().contains("plan:Pro"));
}

#[test]
fn refused_at_first() {
    let mut desk = Desk::open(80, 24);
    desk.keys("2");
    desk.next(refused());
    assert_snapshot!(desk.screen());
    desk.keys("r");
    assert_eq!(asked(&desk).len(), 1);
}

#[test]
fn conversations_open_in_the_inbox() {
    let mut desk = open(80, 24);
    desk.keys("<enter>").serve();
    let line = desk.model.people.cards.page().view().count();
    assert!(line > 5);
    desk.keys("Gk");
    // The first conversation stands above the attributes.
    while !desk.cursor_line().contains('●') {
        desk.keys("k");
    }
    desk.keys("<enter>");
    assert_eq!(desk.model.place(), Place::Thread);
    assert_eq!(desk.calls()[0].split(' ').next(), Some("thread"));
    desk.serve();
    desk.keys("2");
    assert_eq!(desk.model.place(), Place::Contact);
}

#[test]
fn their_conversations_are_a_search_in_the_inbox() {
    let mut desk = open(80, 24);
    desk.keys("jv");
    assert_eq!(desk.model.place(), Place::Inbox);
    assert_eq!(desk.calls(), ["search contact_ids:c1 by 150"]);
    desk.serve();
    assert!(desk.text().contains("/ contact_ids:c1"));
}

#[test]
fn company_and_back() {
    let mut desk = open(80, 24);
    desk.keys("<enter>").serve();
    desk.keys("C").serve();
    assert_eq!(desk.model.place(), Place::Company);
    assert_snapshot!(desk.screen());
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::Contact);
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::People);
}

#[test]
fn help_says_what_can_be_typed() {
    assert_snapshot!(open(80, 30).keys("/<f1>").screen());
}

#[test]
fn conversations_of_a_person_and_the_way_back() {
    let mut desk = Desk::open(120, 30);
    desk.serve();
    let before = desk.model.inbox.search.field.text().to_owned();
    desk.keys("2").serve();
    desk.keys("<enter>").serve();
    desk.keys("v").serve();
    assert_eq!(desk.model.place(), Place::Inbox);
    let whose = desk.model.inbox.whose().unwrap().to_owned();
    assert!(desk.text().contains(&whose), "{}", desk.text());
    desk.keys("<esc>").serve();
    assert_eq!(desk.model.place(), Place::Contact);
    desk.keys("1");
    assert_eq!((desk.model.inbox.search.field.text(), desk.model.inbox.whose()), (before.as_str(), None));
}

#[test]
fn an_owner_by_name() {
    let mut desk = Desk::open(80, 24);
    desk.serve();
    desk.keys("2").serve();
    desk.keys("/owner:nobody<enter>");
    assert!(desk.text().contains("No teammate called nobody"), "{}", desk.text());
    desk.keys("<ctrl-u>owner:own<enter>");
    let mark = desk.text().lines().find(|line| line.contains('^')).map(|line| line.matches('^').count());
    assert_eq!(mark, Some("owner:own".len()), "{}", desk.text());
    let clean = switchboard::domain::text::Clean::fixed("Leila Haddad");
    desk.model.shell.roster.learn_name(switchboard::domain::roster::Kind::Admin, "7001", &clean);
    desk.keys("<ctrl-u>owner:leila<enter>");
    assert_eq!(asked(&desk), ["owner:7001 by 150"]);
}

#[test]
fn a_page_that_comes_late_moves_no_cursor_under_an_open_page() {
    let mut desk = open(200, 60);
    desk.keys("G");
    assert_eq!(asked(&desk), [" from 150 by 150"]);
    desk.keys("<enter>");
    let (current, card) = (desk.model.people.current().cloned(), desk.model.people.cards.top().cloned());
    desk.serve();
    assert_eq!(desk.model.people.current().cloned(), current);
    assert_eq!(desk.model.people.cards.top().cloned(), card);
    desk.keys("<esc>G").serve();
    assert!(desk.model.people.current() != current.as_ref(), "who waits at the end goes on");
}

#[test]
fn esc_takes_back_a_search_at_once() {
    let mut desk = open(80, 24);
    desk.keys("/ana<enter>");
    assert_eq!(asked(&desk), ["name:ana by 150"]);
    desk.keys("<esc>");
    assert!(desk.asked.is_empty(), "{:?}", desk.calls());
    assert!(desk.text().contains("150 of 400 loaded"));
}

#[test]
fn loading_all_counts_for_the_search_that_is_on_its_way() {
    let mut desk = open(80, 24);
    desk.keys("rL").serve();
    assert_eq!(desk.model.people.listing.rows.len(), 400);
    assert!(!desk.model.people.listing.all);
    desk.keys("rL");
    desk.next(refused());
    assert!(!desk.model.people.listing.all && desk.asked.is_empty());
}

#[test]
fn what_cannot_be_filled_in_is_nobodys_trouble() {
    let mut desk = Desk::open(80, 24);
    desk.keys("2");
    desk.serve_one();
    assert_eq!(asked(&desk), ["150 ids by 150"]);
    let sentence = "The search of mcp.intercom.com cannot filter by id.";
    desk.next(End::Refused(Fault::new(FaultKind::Invalid, sentence, "Leave that condition out.")));
    assert!(!desk.text().contains("cannot filter"), "{}", desk.text());
}

#[test]
fn going_to_the_list_asks_for_nothing_of_the_pages_on_the_way() {
    let mut desk = open(80, 24);
    desk.keys("<enter>");
    assert_eq!(desk.calls()[..2], ["contact c0", "of c0"]);
    desk.serve_one();
    // Their conversations do not come, and would be asked for again on the way past.
    desk.next(refused());
    desk.serve();
    desk.keys("C").serve();
    let cancelled = desk.cancelled.len();
    desk.keys("2");
    assert_eq!((desk.calls(), desk.cancelled.len(), desk.model.place()), (vec![], cancelled, Place::People));
}

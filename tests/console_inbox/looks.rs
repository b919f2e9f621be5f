//! Whole screens.

use insta::assert_snapshot;
use switchboard::domain::call::{End, Fault, FaultKind};

use super::desk::{Desk, offline, refused};

#[test]
fn list_80() {
    assert_snapshot!(Desk::open(80, 24).screen());
}

#[test]
fn list_120() {
    assert_snapshot!(Desk::open(120, 40).screen());
}

#[test]
fn list_200() {
    assert_snapshot!(Desk::open(200, 60).screen());
}

#[test]
fn thread_80() {
    assert_snapshot!(Desk::open(80, 24).keys("<enter>").serve().screen());
}

#[test]
fn thread_80_top() {
    assert_snapshot!(Desk::open(80, 24).keys("<enter>").serve().keys("g").screen());
}

#[test]
fn thread_80_unfolded_without_events() {
    assert_snapshot!(Desk::open(80, 24).keys("<enter>").serve().keys("ez").screen());
}

#[test]
fn thread_120() {
    assert_snapshot!(Desk::open(120, 40).keys("j<enter>").serve().screen());
}

#[test]
fn thread_200() {
    assert_snapshot!(Desk::open(200, 60).keys("<enter>").serve().screen());
}

#[test]
fn contact_80() {
    assert_snapshot!(Desk::open(80, 24).keys("c").serve().screen());
}

#[test]
fn contact_without_company_80() {
    assert_snapshot!(Desk::open(80, 24).keys("j<enter>").serve().keys("c").serve().screen());
}

#[test]
fn contact_blocks_by_themselves() {
    let mut desk = Desk::open(80, 32);
    desk.keys("c");
    desk.serve_one();
    desk.next(refused());
    desk.wait(300);
    assert_snapshot!(desk.screen());
}

#[test]
fn company_80() {
    assert_snapshot!(Desk::open(80, 24).keys("c").serve().keys("C").serve().screen());
}

#[test]
fn company_200() {
    assert_snapshot!(Desk::open(200, 60).keys("<enter>").serve().keys("<tab>C").serve().screen());
}

#[test]
fn searching_first() {
    let mut desk = Desk::new(80, 24);
    desk.up();
    desk.wait(250);
    assert_snapshot!(desk.screen());
}

#[test]
fn nothing_found() {
    assert_snapshot!(Desk::open(80, 24).keys("/<ctrl-u>state:snoozed<enter>").serve().screen());
}

#[test]
fn refused_at_first() {
    let mut desk = Desk::new(80, 24);
    desk.up();
    desk.next(refused());
    assert_snapshot!(desk.screen());
}

#[test]
fn offline_at_first() {
    let mut desk = Desk::new(80, 24);
    desk.down();
    assert_snapshot!(desk.screen());
}

#[test]
fn offline_with_a_thread() {
    let mut desk = Desk::open(120, 40);
    desk.keys("<enter>");
    desk.down();
    assert_snapshot!(desk.screen());
}

#[test]
fn wrong_query() {
    assert_snapshot!(Desk::open(80, 24).keys("/ 船 priority: x<enter>").screen());
}

/// The server cannot read the search.
fn invalid() -> End {
    let sentence = "Invalid arguments for tool search_conversations: the field \"foo\" is not one that can be searched; \
                    use one of state, priority, source_type or assignee.";
    End::Refused(Fault::new(FaultKind::Invalid, sentence, "Change the search and press Enter."))
}

#[test]
fn search_the_server_cannot_read() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>source_foo:bar<enter>");
    desk.next(invalid());
    assert_snapshot!(desk.screen());
}

#[test]
fn search_without_a_link() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>state:closed<enter>");
    desk.down();
    assert_snapshot!(desk.screen());
}

#[test]
fn thin_rows() {
    let mut desk = Desk::open(80, 24);
    desk.keys("/<ctrl-u>refund<enter>");
    desk.serve_one();
    assert_snapshot!(desk.screen());
}

#[test]
fn loading_all() {
    let mut desk = Desk::open(80, 24);
    desk.keys("L");
    desk.serve_one();
    assert_snapshot!(desk.screen());
}

#[test]
fn thread_slow_and_small() {
    let mut desk = Desk::open(60, 12);
    desk.keys("<enter>");
    desk.wait(2_500);
    assert_snapshot!(desk.screen());
}

#[test]
fn small_list() {
    assert_snapshot!(Desk::open(40, 12).screen());
}

#[test]
fn small_thread() {
    assert_snapshot!(Desk::open(40, 12).keys("<enter>").serve().keys("gjjjjj").screen());
}

#[test]
fn small_contact() {
    assert_snapshot!(Desk::open(40, 12).keys("c").serve().screen());
}

#[test]
fn every_size_draws() {
    for keys in ["", "/abc state:<enter>", "<enter>", "c", "<enter>c", "cC", "<enter>ez"] {
        let mut desk = Desk::open(200, 60);
        desk.keys(keys).serve();
        for (cols, rows) in (0..=40).flat_map(|cols| (0..=12).map(move |rows| (cols, rows))) {
            desk.resize(cols, rows);
            desk.screen();
            desk.keys("jG");
            desk.screen();
        }
    }
    let mut desk = Desk::new(0, 0);
    desk.up();
    desk.next(End::NotSent(offline()));
    desk.resize(3, 3);
    desk.text();
}

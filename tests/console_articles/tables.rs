//! Tables that are wider than the text.

use insta::assert_snapshot;

use crate::outline::{EVERYTHING, FARES, reading};

#[test]
fn a_wide_table_moves_sideways_and_the_text_does_not() {
    let mut console = reading(80, 24, FARES);
    assert_snapshot!("table_80", console.screen());
    console.keys(">>");
    assert_snapshot!("table_moved_80", console.screen());
    console.keys(">>>>>>>>");
    assert_snapshot!("table_end_80", console.screen());
    console.keys("<lt>");
    assert!(console.shows("The table goes on to both sides: < >"));
    console.keys("<lt><lt><lt><lt><lt><lt><lt>");
    assert!(console.shows("The table goes on to the right: >"));
    let mut wide = reading(200, 60, FARES);
    assert!(!wide.shows("The table goes on"), "it fits");
    wide.keys(">");
    assert_eq!(wide.notice(), "No table in sight is wider than the text.");
}

#[test]
fn only_the_tables_in_sight_move() {
    let mut console = reading(80, 24, &format!("{FARES}{EVERYTHING}{FARES}"));
    console.keys("G>");
    assert!(console.shows("The table goes on to both sides: < >"));
    console.keys("g");
    assert!(console.shows("The table goes on to the right: >"));
    console.keys("<pagedown><pagedown>>");
    assert_eq!(console.notice(), "No table in sight is wider than the text.");
}

#[test]
fn a_table_stays_moved_when_the_window_changes() {
    let mut console = reading(80, 24, FARES);
    console.keys(">");
    console.resize(70, 24);
    assert!(console.shows("The table goes on to both sides: < >"));
    console.resize(400, 24);
    assert!(!console.shows("The table goes on"));
    console.resize(24, 60);
    console.screen();
    console.keys(">>>>>>>>>>>>>>");
    assert!(console.shows("運休"));
}

#[test]
fn a_table_inside_a_quotation_keeps_its_bar() {
    let mut console = reading(80, 24, &format!("<blockquote>{FARES}</blockquote>"));
    console.keys(">");
    assert_snapshot!("table_quoted_80", console.screen());
}

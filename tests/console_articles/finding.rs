//! Words found in the text.

use insta::assert_snapshot;
use switchboard::app::place::Place;

use crate::desk::{Console, REFUNDS};
use crate::modes::markdown;

/// An editor over HTML source, with the cursor at its first letter.
fn source(cols: u16, rows: u16) -> Console {
    let mut console = Console::open(cols, rows);
    console.keys("<enter>e<ctrl-home>");
    console
}

fn position(console: &Console) -> (usize, usize) {
    console.model.articles.desk.as_ref().unwrap().body.editor().unwrap().position()
}

#[test]
fn finds_as_one_types_and_goes_on() {
    let mut console = source(80, 24);
    console.keys("<alt-f>");
    assert_eq!(console.model.place(), Place::Form);
    console.keys("INV<backspace><backspace><backspace>inv");
    assert_eq!(position(&console), (4, 37));
    assert_snapshot!("finding_80", console.screen());
    console.keys("<enter>");
    assert_eq!(position(&console).0, 7);
    console.keys("<f3>");
    assert_eq!(position(&console), (4, 37));
    assert!(console.shows("went round the end"));
    console.keys("<up>");
    assert_eq!(position(&console).0, 7);
    console.keys("<alt-N><alt-N>");
    assert_eq!(position(&console).0, 7);
    console.keys("x");
    assert!(console.shows("not found"), "{}", console.screen());
    console.keys("<esc>");
    assert_eq!((console.model.place(), position(&console).0), (Place::Editor, 7));
}

#[test]
fn the_words_before_are_found_again() {
    let mut console = source(80, 24);
    console.keys("<f3>refund<esc><ctrl-home><f3>");
    assert!(console.shows("Enter finds \"refund\" again"), "{}", console.screen());
    console.keys("<enter>");
    assert_eq!(position(&console), (1, 40));
    console.keys("<esc>X");
    let body = console.model.articles.desk.as_ref().unwrap().body.source();
    assert_eq!(body, REFUNDS.replacen("refund", "Xrefund", 1));
}

#[test]
fn a_capital_matters_and_nothing_is_typed_into_the_text() {
    let mut console = source(80, 24);
    console.keys("<alt-f>Refund");
    assert_eq!(position(&console).0, 4);
    console.keys("<alt-f><ctrl-u>no such words<enter>");
    assert!(console.shows("not found"));
    console.paste(" at\r\nall");
    assert!(console.shows("no such words at  all"), "{}", console.screen());
    console.keys("<esc>");
    assert_eq!(console.model.articles.desk.as_ref().unwrap().body.source(), REFUNDS);
    assert!(console.disk.is_empty());
}

#[test]
fn in_markdown_beside_the_preview() {
    let mut console = markdown(200, 60);
    console.keys("<alt-f>money");
    assert_snapshot!("finding_200", console.screen());
    console.keys("<esc>");
    assert!(!console.shows("Find "));
}

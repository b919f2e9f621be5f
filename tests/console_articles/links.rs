//! Following a link by its number.

use insta::assert_snapshot;
use switchboard::app::place::Place;

use crate::outline::{EVERYTHING, reading};

const LINKS: &str = "<p>See <a href=\"https://example.com/board?x=1&amp;y=2\">the board</a>, write to <a href=\"mailto:desk@example.com\">the desk</a>, \
    <a href=\"javascript:alert(1)\">never run</a> or <a href=\"https://safe.example@evil.example/\u{202e}x\">look here</a>.</p>";

#[test]
fn a_number_opens_its_link() {
    let mut console = reading(80, 24, EVERYTHING);
    console.keys("f");
    assert_eq!(console.model.place(), Place::Form);
    assert_snapshot!("link_empty_80", console.screen());
    console.keys("4");
    assert_snapshot!("link_typed_80", console.screen());
    console.keys("<backspace>1<enter>");
    assert_eq!(console.browsed, ["https://example.com/board?x=1&y=2"]);
    assert_eq!(console.model.place(), Place::Article);
    let mut wide = reading(200, 60, EVERYTHING);
    wide.keys("f4");
    assert_snapshot!("link_typed_200", wide.screen());
}

#[test]
fn a_number_and_y_copy_its_address() {
    let mut console = reading(80, 24, LINKS);
    console.keys("f1y");
    assert_eq!(console.copied, ["https://example.com/board?x=1&y=2"]);
    assert_eq!(console.notice(), "The link's address is on the clipboard.");
    console.keys("f2<ctrl-y>");
    assert_eq!(console.copied[1..], ["mailto:desk@example.com"]);
    assert!(console.browsed.is_empty());
}

#[test]
fn only_web_addresses_are_opened() {
    let mut console = reading(80, 24, LINKS);
    for number in ["2", "3", "4"] {
        console.keys(&format!("f{number}"));
        assert!(console.shows("can only be copied"), "{number}");
        console.keys("<enter>");
        assert_eq!(console.notice(), "Only http and https addresses are opened.");
        assert_eq!(console.model.place(), Place::Form);
        console.keys("<esc>");
    }
    assert!(console.browsed.is_empty());
    console.keys("f2");
    assert_snapshot!("link_mail_80", console.screen());
}

#[test]
fn wrong_numbers_say_how_many_there_are() {
    let mut console = reading(80, 24, LINKS);
    console.keys("f<enter>");
    assert_eq!(console.notice(), "Type the number that stands after the link's words.");
    for wrong in ["0", "5", "99999"] {
        console.keys(wrong);
        assert!(console.shows("no such link"), "{wrong}");
        console.keys("<enter>");
        assert_eq!(console.notice(), format!("There is no link {wrong}."));
        assert!(console.shows("This article has 4 links, numbered 1 to 4."));
        console.keys("<ctrl-u>");
    }
    console.paste("x2y");
    assert!(console.shows("Link number: 2▏  the desk"));
    console.keys("q");
    assert!(!console.quit && console.model.place() == Place::Form);
    console.keys("<esc>");
    assert_eq!(console.model.place(), Place::Article);
    let mut bare = reading(80, 24, "<p>No links.</p>");
    bare.keys("f");
    assert_eq!((bare.notice(), bare.model.place()), ("This article has no links.", Place::Article));
}

#[test]
fn the_line_hides_no_text() {
    let mut console = reading(80, 24, EVERYTHING);
    console.keys("Gf");
    assert!(console.shows("[7] javascript:alert(1)"), "the last line is behind the line for the number");
    for (cols, rows) in (0..30).flat_map(|cols| (0..9).map(move |rows| (cols, rows))) {
        console.resize(cols, rows);
        console.screen();
    }
}

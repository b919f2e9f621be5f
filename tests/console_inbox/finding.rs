//! Words found in a thread: as one types, from place to place, in what is folded, and in portions where it is long.

use insta::assert_snapshot;
use switchboard::app::place::Place;

use super::threads::{full, long, portions, reading, status};

#[test]
fn finding_80() {
    assert_snapshot!(reading(80, 24, full()).keys("g/the ").screen());
}

#[test]
fn finding_200() {
    assert_snapshot!(reading(200, 60, full()).keys("g/board<enter>nn").screen());
}

#[test]
fn words_are_found_as_one_types_and_the_search_goes_round() {
    let mut desk = reading(80, 24, long(40));
    desk.keys("g/message 1");
    assert!(desk.text().contains("1 of 11"), "{}", desk.text());
    desk.keys("7");
    assert!(desk.text().contains("1 of 1 ") && desk.text().contains("message 17 of"), "{}", desk.text());
    desk.keys("<enter>");
    assert_eq!((desk.model.place(), desk.model.inbox.reader.window.mark), (Place::Thread, 17));
    desk.keys("n");
    assert!(status(&desk).contains("1 of 1, went round “message 17”"), "{}", status(&desk));
    desk.keys("/message 2<enter>nnNN");
    assert!(status(&desk).starts_with("2 of 11 “"), "{}", status(&desk));
    desk.keys("N");
    assert!(status(&desk).starts_with("1 of 11 “"), "{}", status(&desk));
    desk.keys("N");
    assert!(status(&desk).starts_with("11 of 11, went round"), "{}", status(&desk));
    desk.keys("n");
    assert!(status(&desk).starts_with("1 of 11, went round"), "{}", status(&desk));
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::Thread);
    assert!(status(&desk).starts_with("part"), "{}", status(&desk));
    desk.keys("n");
    assert!(desk.text().contains("Nothing was searched for"));
}

#[test]
fn leaving_the_field_goes_back_to_where_one_was() {
    let mut desk = reading(80, 24, long(40));
    desk.keys("gjjj");
    let before = desk.model.inbox.reader.window.top;
    desk.keys("/message 33");
    assert_ne!(desk.model.inbox.reader.window.top, before);
    desk.keys("<esc>");
    assert_eq!((desk.model.inbox.reader.window.top, desk.model.place()), (before, Place::Thread));
    desk.keys("/zzz");
    assert!(desk.text().contains("not found"), "{}", desk.text());
    desk.keys("<esc>/<enter>");
    assert!(desk.model.inbox.reader.find.is_none());
}

#[test]
fn folded_words_are_found_and_unfolded() {
    let mut desk = reading(80, 24, full());
    assert!(!desk.text().contains("shall we send it again"));
    desk.keys("/send it again");
    assert!(
        desk.text().contains("1 of 1") && desk.text().contains("shall we send it again"),
        "{}",
        desk.text()
    );
    desk.keys("<enter><esc>e");
    assert!(desk.text().contains("2 events hidden"));
    desk.keys("/tier 2");
    assert!(desk.text().contains("Ida Berg assigned this to Tier 2"), "{}", desk.text());
}

#[test]
fn places_are_marked_and_the_one_gone_to_stands_out() {
    let mut desk = reading(80, 24, long(4));
    desk.keys("g/message<enter>n");
    let screen = desk.screen();
    let yellow = |x: u16, y: u16| screen.buffer()[(x, y)].bg == ratatui::style::Color::Yellow;
    let rows: Vec<u16> = (0..24).filter(|&y| yellow(3, y)).collect();
    assert_eq!(rows.len(), 4, "{}", desk.text());
    let here = rows
        .iter()
        .filter(|&&y| screen.buffer()[(3, y)].modifier.contains(ratatui::style::Modifier::REVERSED));
    assert_eq!(here.collect::<Vec<_>>(), [&rows[1]]);
    assert!(!yellow(10, rows[0]), "the blank after the word is not part of it");
}

#[test]
fn a_step_to_the_next_place_searches_in_portions_and_is_given_up_with_esc() {
    let mut desk = reading(80, 24, long(5_000));
    desk.keys("g/message 1999<enter>n");
    assert!(
        status(&desk).contains("searching…") && status(&desk).contains("of 5,000 parts"),
        "{}",
        status(&desk)
    );
    assert!(portions(&mut desk) > 2);
    assert_eq!(desk.model.inbox.reader.window.mark, 1_999);
    assert!(status(&desk).starts_with("1 of 1"), "{}", status(&desk));
    desk.keys("<esc>g/message 0 <enter>");
    desk.keys("N");
    assert!(status(&desk).contains("searching…"), "{}", status(&desk));
    assert!(portions(&mut desk) > 2);
    assert!(status(&desk).starts_with("1 of 1, went round"), "{}", status(&desk));
    desk.keys("<esc>g/message 4999<enter>n<esc>");
    assert!(desk.model.inbox.reader.find.is_none());
    assert_eq!((portions(&mut desk), desk.model.place()), (1, Place::Thread));
    assert!(!status(&desk).contains("searching"), "{}", status(&desk));
    desk.keys("/qqqq<enter>");
    portions(&mut desk);
    let mut short = reading(80, 24, long(5));
    short.keys("/qqqq<enter>");
    assert!(short.text().contains("“qqqq” is not in this conversation."), "{}", short.text());
    short.keys("<esc>/message 4<enter>");
    assert!(short.text().contains("“message 4”: 1 of 1."), "{}", short.text());
}

//! The thread reader by keys: how it looks, jumps, what comes while one reads, and threads of any length.

use insta::assert_snapshot;
use switchboard::app::{Event, Timer};
use switchboard::domain::conversation::{Author, AuthorKind};
use switchboard::domain::text::Raw;

use super::desk::Desk;
use super::threads::{came, full, long, marked, reading, status};
use super::world;

#[test]
fn everything_80() {
    assert_snapshot!(reading(80, 24, full()).keys("g}}}}").screen());
}

#[test]
fn everything_200() {
    assert_snapshot!(reading(200, 60, full()).keys("g").screen());
}

#[test]
fn a_mail_folded_80() {
    assert_snapshot!(reading(80, 24, full()).screen());
}

#[test]
fn a_mail_unfolded_80() {
    assert_snapshot!(reading(80, 24, full()).keys("zG").screen());
}

#[test]
fn events_folded_80() {
    assert_snapshot!(reading(80, 24, full()).keys("eg<pagedown>").screen());
}

#[test]
fn jumps_land_where_they_say() {
    let mut desk = reading(80, 24, world::thread(0));
    assert!(marked(&desk).contains("Ana Souza"), "{}", desk.text());
    desk.keys("g");
    assert_eq!((desk.model.inbox.reader.window.mark, status(&desk).contains("part 1 of 9")), (0, true));
    for (keys, mark) in
        [("}", 1), ("}", 4), ("}", 5), ("{", 4), ("{{", 0), ("t", 4), ("u", 8), ("t", 4), ("G", 8)]
    {
        desk.keys(keys);
        assert_eq!(desk.model.inbox.reader.window.mark, mark, "{keys}");
    }
    desk.keys("}");
    assert!(desk.text().contains("This is the last message."), "{}", desk.text());
    desk.keys("g{");
    assert!(desk.text().contains("This is the first message."));
    desk.keys("tt");
    assert!(desk.text().contains("This is the only internal note."));
    desk.keys("gu");
    assert!(marked(&desk).starts_with("▸● Ana Souza"), "{}", desk.text());
}

#[test]
fn the_mark_stays_in_view_and_goes_on_where_nothing_scrolls() {
    let mut desk = reading(80, 24, long(30));
    desk.keys("g");
    for _ in 0..200 {
        desk.keys("j");
        let reader = &desk.model.inbox.reader;
        assert!(reader.view().iter().any(|spot| spot.part == reader.window.mark));
    }
    assert_eq!(desk.model.inbox.reader.window.mark, 29);
    desk.keys("<pageup><pageup>");
    assert!(!marked(&desk).is_empty());
    let mut short = reading(80, 24, long(3));
    short.keys("kk");
    assert_eq!(short.model.inbox.reader.window.mark, 0);
    short.keys("j");
    assert_eq!(short.model.inbox.reader.window.mark, 1);
}

#[test]
fn a_long_private_note_is_read_whole() {
    let mut desk = Desk::open(80, 24);
    desk.keys("<enter>").serve().keys("M");
    desk.keys("call them on Monday before ten and ask for the invoice of August then write to the bank and to Mo at once");
    desk.keys("<enter>");
    let text = desk.text();
    assert!(
        text.contains("local") && text.contains("write to the bank") && text.contains("to Mo at once"),
        "{text}"
    );
    assert_snapshot!("a_long_private_note_80", desk.screen());
}

#[test]
fn the_place_stays_when_parts_come_and_they_are_counted() {
    let mut desk = reading(80, 24, long(40));
    desk.keys("g<pagedown>");
    let before = desk.model.inbox.reader.view().to_vec();
    desk.keys("r");
    came(&mut desk, long(42));
    assert_eq!(desk.model.inbox.reader.view(), before);
    assert!(status(&desk).starts_with("2 new below"), "{}", status(&desk));
    desk.keys("r");
    came(&mut desk, long(45));
    assert!(status(&desk).starts_with("5 new below"), "{}", status(&desk));
    desk.keys("G");
    assert!(!status(&desk).contains("new below"), "{}", status(&desk));
    let top = desk.model.inbox.reader.view()[0];
    desk.keys("r");
    came(&mut desk, long(46));
    assert_eq!(desk.model.inbox.reader.view()[0], top, "at the end too");
    assert!(status(&desk).starts_with("1 new below"), "{}", status(&desk));
    // The server keeps the newest only: what one reads is found again by its id.
    desk.keys("r");
    let mut cut = long(46);
    let here = desk.model.inbox.reader.view()[0];
    cut.parts.drain(..10);
    came(&mut desk, cut);
    let now = desk.model.inbox.reader.view()[0];
    assert_eq!((now.part + 10, now.line), (here.part, here.line));
}

#[test]
fn ten_thousand_parts_are_read_from_both_ends() {
    let mut desk = reading(80, 24, long(10_000));
    assert!(status(&desk).contains("part 10,000 of 10,000 · end"), "{}", status(&desk));
    desk.keys("g");
    assert!(status(&desk).contains("part 1 of 10,000 · 9,99"), "{}", status(&desk));
    assert!(desk.text().contains("message 0 of"));
    desk.keys("u");
    assert!(desk.text().contains("message 9999 of") && marked(&desk).contains("Ana"), "{}", desk.text());
    desk.keys("g/message 9998");
    let mut portions = 0;
    while desk.text().contains("searching") {
        desk.event(Event::Timer(Timer::Layout));
        portions += 1;
        assert!(portions < 1_000);
    }
    assert!(portions > 2, "a key does not search all of it");
    assert!(desk.text().contains("1 of 1") && desk.text().contains("message 9998 of"), "{}", desk.text());
}

#[test]
fn hostile_parts_are_bounded() {
    let mut thread = long(6);
    let word = "x".repeat(10_000);
    let tower = format!("a{}", "\u{301}".repeat(5_000));
    let deep = format!("{}deep", "<blockquote><ul><li><table><tr><td>".repeat(2_000));
    let bodies = [
        word,
        tower,
        deep,
        "&gt; q<br>".repeat(5_000),
        "<a href=https://a.b>x</a>".repeat(3_000),
        String::new(),
    ];
    for (part, body) in thread.parts.iter_mut().zip(bodies) {
        part.body = Raw::new(body);
    }
    thread.parts[5].author = Author { kind: AuthorKind::Bot, ..Author::default() };
    let mut desk = reading(80, 24, thread);
    for key in [
        "g", "}", "}", "}", "}", "}", "z", "e", "/x", "<enter>", "N", "<esc>", "m", "T", "P", "f3", "<esc>",
        "G", "k",
    ] {
        desk.keys(key);
        desk.screen();
    }
    desk.resize(13, 5);
    desk.keys("gG/xx<enter>nn<esc>z");
    desk.screen();
}

//! The thread reader by keys: how it looks, jumps, what comes while one reads, and threads of any length.

use insta::assert_snapshot;
use switchboard::app::place::Place;
use switchboard::app::{Effect, Event, Timer};
use switchboard::domain::conversation::{Author, AuthorKind, Conversation, PartKind};
use switchboard::domain::text::Raw;

use super::desk::Desk;
use super::neighbours::rest;
use super::threads::{came, copied, full, long, marked, portions, reading, status};
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

/// A thread whose first parts the server does not keep any more, of so many.
fn cut(parts: usize, gone: usize) -> Conversation {
    let mut thread = long(parts);
    thread.parts.drain(..gone);
    thread
}

#[test]
fn what_was_found_is_found_again_in_a_fresher_copy() {
    let mut desk = reading(80, 24, long(40));
    desk.keys("g/message 2<enter>nn");
    assert!(status(&desk).starts_with("3 of 11"), "{}", status(&desk));
    let here = |desk: &Desk| desk.model.inbox.reader.view()[0];
    let before = here(&desk);
    desk.keys("r");
    came(&mut desk, cut(42, 3));
    portions(&mut desk);
    assert!(status(&desk).starts_with("2 of 10"), "message 2 is gone: {}", status(&desk));
    assert_eq!(here(&desk).part + 3, before.part, "the window stays on what is read");
    desk.keys("n");
    assert!(status(&desk).starts_with("3 of 10"), "{}", status(&desk));
    // The place one was at is gone: nobody is taken anywhere by that, and the next step goes to the first that is left.
    desk.keys("r");
    came(&mut desk, cut(42, 23));
    let top = here(&desk);
    portions(&mut desk);
    assert_eq!((status(&desk).starts_with("7 in all"), here(&desk)), (true, top), "{}", status(&desk));
    desk.keys("n");
    assert!(status(&desk).starts_with("1 of 7"), "{}", status(&desk));
    // What is not there any more is not counted.
    desk.keys("r");
    came(&mut desk, cut(42, 30));
    let top = here(&desk);
    portions(&mut desk);
    assert!(status(&desk).contains("not found “message 2”"), "{}", status(&desk));
    assert_eq!(here(&desk), top);
}

#[test]
fn leaving_the_field_goes_back_to_the_part_and_not_to_its_old_number() {
    let mut desk = reading(80, 24, long(40));
    desk.keys("g");
    desk.keys(&"}".repeat(12));
    let read = desk.model.inbox.reader.window.mark;
    desk.keys("/message 33");
    desk.keys("<enter>r");
    came(&mut desk, cut(40, 5));
    desk.keys("/<esc>");
    assert!(desk.model.inbox.reader.find.is_none());
    desk.keys("g");
    desk.keys(&"}".repeat(7));
    assert_eq!(desk.model.inbox.reader.window.mark + 5, read);
    let mut desk = reading(80, 24, long(40));
    desk.keys("g}}}}}}}}}}}}");
    let top = desk.model.inbox.reader.view()[0];
    desk.keys("r/message 33");
    came(&mut desk, cut(40, 5));
    desk.keys("<esc>");
    let now = desk.model.inbox.reader.view()[0];
    assert_eq!((now.part + 5, now.line), (top.part, top.line));
}

#[test]
fn what_is_cut_off_while_one_reads_it_leads_to_the_first_part_there_is() {
    let mut desk = reading(80, 24, long(40));
    desk.keys("g<pagedown>");
    desk.keys("r");
    came(&mut desk, cut(40, 20));
    assert!(desk.text().contains("20 older parts are not sent by the server"), "{}", desk.text());
    assert!(desk.text().contains("message 20 of"), "{}", desk.text());
}

#[test]
fn the_place_gone_to_stands_out_only_where_it_is_certain() {
    let mut thread = long(1);
    let quoted = "<blockquote type=cite><p>a needle in what was quoted</p><p>and more</p></blockquote>";
    thread.parts[0].body =
        Raw::new(format!("<p>one needle</p>{quoted}<p>a needle after it all, and words enough</p>"));
    let mut desk = reading(80, 24, thread);
    desk.keys("/needle<enter>n");
    assert!(status(&desk).starts_with("2 of 3"), "{}", status(&desk));
    let reversed = |desk: &Desk| {
        let screen = desk.screen();
        let here = |&y: &u16| {
            (0..80).any(|x| {
                let cell = &screen.buffer()[(x, y)];
                cell.bg == ratatui::style::Color::Yellow
                    && cell.modifier.contains(ratatui::style::Modifier::REVERSED)
            })
        };
        (0..24).filter(here).count()
    };
    assert_eq!(reversed(&desk), 1);
    desk.keys("zz");
    assert_eq!((reversed(&desk), desk.text().contains("what was quoted")), (0, false), "{}", desk.text());
}

#[test]
fn a_number_is_not_said_to_be_wrong_while_links_are_counted() {
    let mut thread = long(300);
    let words = "so many words that they fill some lines ".repeat(50);
    for part in &mut thread.parts {
        part.body = Raw::new(format!("<p>{words} <a href='https://a.example/b'>link</a></p>"));
    }
    let mut desk = reading(80, 24, thread);
    desk.keys("f");
    assert!(desk.text().contains("counting links…"), "{}", desk.text());
    desk.keys("300<enter>");
    assert!(desk.text().contains("Links are still being counted"), "{}", desk.text());
    assert_eq!(desk.model.place(), Place::Form);
    portions(&mut desk);
    assert!(desk.text().contains("https://a.example/b"), "the field says where 300 leads: {}", desk.text());
    desk.keys("<ctrl-u>");
    assert!(desk.text().contains("1 to 300"), "{}", desk.text());
}

#[test]
fn copying_that_is_given_up_says_so() {
    let mut desk = reading(80, 24, long(2_000));
    desk.keys("PJ");
    assert!(desk.text().contains("nothing was copied"), "{}", desk.text());
    let mut desk = reading(80, 24, long(2_000));
    desk.keys("P<alt-1>");
    assert!(desk.text().contains("nothing was copied"), "{}", desk.text());
}

#[test]
fn a_copy_says_what_the_server_did_not_send() {
    let mut desk = reading(80, 24, cut(42, 37));
    desk.keys("P");
    assert!(desk.text().contains("Copied the newest 5 parts as text"), "{}", desk.text());
    assert!(copied(&desk).contains("(37 older parts are not here)"), "{}", copied(&desk));
}

#[test]
fn a_quote_leaves_out_what_is_folded_even_where_it_is_shown() {
    let mut desk = reading(80, 24, full());
    desk.keys("uzQ");
    assert_eq!(copied(&desk), "> Yes, please. See my answers below.\n> (file: receipt.pdf)");
    assert!(desk.text().contains("Left out: 9 quoted or signature lines."), "{}", desk.text());
}

#[test]
fn about_the_same_words_of_a_long_message_stay_at_another_width() {
    let mut thread = long(3);
    let words: Vec<String> = (0..4_000).map(|word| format!("w{word}")).collect();
    thread.parts[1].body = Raw::new(format!("<p>{}</p>", words.join(" ")));
    let mut desk = reading(80, 24, thread);
    desk.keys("g}");
    desk.keys(&"<pagedown>".repeat(12));
    let seen = |desk: &Desk| -> usize {
        let text = desk.text();
        let words = text.split_whitespace().filter_map(|word| word.strip_prefix('w')?.parse::<usize>().ok());
        words.min().unwrap()
    };
    let before = seen(&desk);
    desk.resize(50, 24);
    let narrow = seen(&desk);
    assert!(before > 1_000 && before.abs_diff(narrow) < 200, "{before} {narrow}");
    desk.resize(80, 24);
    assert!(before.abs_diff(seen(&desk)) < 200, "{before} {}", seen(&desk));
}

#[test]
fn jumps_are_right_where_nothing_is_laid_out_yet() {
    let mut thread = long(10_000);
    for (at, part) in thread.parts.iter_mut().enumerate() {
        match at % 1_000 {
            7 => part.kind = PartKind::Note,
            0 | 3 => (part.kind, part.body) = (PartKind::Event, Raw::default()),
            _ => {}
        }
        if at > 9_000 {
            part.author = Author { kind: AuthorKind::Admin, ..Author::default() };
        }
    }
    let mut desk = reading(80, 24, thread);
    let mark = |desk: &Desk| desk.model.inbox.reader.window.mark;
    assert_eq!(mark(&desk), 9_999);
    desk.keys("u");
    assert_eq!(mark(&desk), 8_999, "what the customer wrote last");
    assert!(desk.text().contains("message 8999 of"), "{}", desk.text());
    desk.keys("t");
    assert_eq!(mark(&desk), 9_007);
    desk.keys("t");
    assert_eq!(mark(&desk), 7, "round the end");
    for at in 1..9 {
        desk.keys("t");
        assert_eq!(mark(&desk), at * 1_000 + 7);
        assert!(desk.text().contains(&format!("message {} of", at * 1_000 + 7)), "{}", desk.text());
        desk.keys(["e", "z", "e", "z"][at % 4]);
        assert_eq!(mark(&desk), at * 1_000 + 7);
        desk.resize(if at % 2 == 0 { 80 } else { 61 }, 24);
        assert!(desk.text().contains(&format!("message {} of", at * 1_000 + 7)), "{}", desk.text());
        desk.keys("m");
        assert!(copied(&desk).contains(&format!("message {} of", at * 1_000 + 7)), "{}", copied(&desk));
    }
    desk.keys("{{{");
    assert_eq!(mark(&desk), 8_004, "events are passed over");
    desk.keys("G");
    assert_eq!(mark(&desk), 9_999);
    desk.keys("g");
    assert_eq!(mark(&desk), 1, "the first part is an event");
}

#[test]
fn nothing_goes_on_where_nothing_happens() {
    let mut desk = reading(80, 24, long(10_000));
    portions(&mut desk);
    rest(&mut desk);
    desk.serve();
    rest(&mut desk);
    desk.effects.clear();
    for timer in [Timer::Layout, Timer::Ahead] {
        desk.event(Event::Timer(timer));
        let goes_on = |effect: &Effect| matches!(effect, Effect::Timer(Timer::Layout | Timer::Ahead, _));
        assert!(!desk.effects.iter().any(goes_on) && desk.asked.is_empty(), "{:?}", desk.effects);
    }
}

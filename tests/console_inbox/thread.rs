//! The thread reader by keys: jumps, finding, numbers, copying, the next conversation, what comes while one reads.

use insta::assert_snapshot;
use switchboard::app::place::Place;
use switchboard::app::{Effect, Event, Timer};
use switchboard::domain::call::{Answer, End, Report};
use switchboard::domain::conversation::{Attachment, Author, AuthorKind, Conversation, Part, PartKind};
use switchboard::domain::text::{Clean, Raw};
use switchboard::domain::time::Unix;

use super::desk::{Desk, refused};
use super::world::{self, NOW};

/// A desk with this thread open.
fn reading(cols: u16, rows: u16, thread: Conversation) -> Desk {
    let mut desk = Desk::open(cols, rows);
    desk.keys("<enter>");
    came(&mut desk, thread);
    desk.serve();
    desk
}

/// The oldest call brings this thread.
fn came(desk: &mut Desk, thread: Conversation) {
    desk.next(End::Answer(Answer::Conversation(Box::new(thread))));
}

/// A message of the customer, with an id of its own.
fn message(number: usize, body: &str) -> Part {
    Part {
        id: number.to_string().into(),
        kind: PartKind::Message,
        part_type: Clean::fixed("comment"),
        author: world::customer(0),
        body: Raw::from(body),
        attachments: Vec::new(),
        created_at: Some(Unix(NOW - 100_000 + i64::try_from(number).unwrap())),
        assigned_to: None,
        redacted: false,
        detail: Clean::default(),
    }
}

/// A thread of so many numbered messages.
fn long(parts: usize) -> Conversation {
    let mut thread = world::thread(0);
    thread.parts =
        (0..parts).map(|at| message(at, &format!("<p>message {at} of the customer</p>"))).collect();
    thread.parts_total = Some(parts as u64);
    thread
}

const MAIL: &str = "<p>Yes, please. See my answers below.</p><p>-- <br>Ana Souza<br>Lumen Ótica<br>São Paulo</p>\
    <div class=gmail_quote><div>Am Mo., 3. Nov. 2025 um 10:00 Uhr schrieb Support &lt;help@e.example&gt;:<br></div>\
    <blockquote class=gmail_quote><p>Which invoice is it, and shall we send it again?</p><p>Ida</p></blockquote></div>";

const RICH: &str = "<p>Steps:</p><ol><li>open <a href='https://a.example/board'>the board</a></li><li>run <code>sync --all</code></li></ol>\
    <blockquote>as the manual says</blockquote><pre>$ sync --all\nboard: 3 rows</pre>\
    <table><tr><th>Day</th><th>Rows</th></tr><tr><td>Mon</td><td>12</td></tr></table>\
    <p><img src='https://files.example/i/board.png' alt='Departure board'></p><p><img src='https://files.example/i/shot-2.png'></p>";

/// A thread with everything that can be in one.
fn full() -> Conversation {
    let mut thread = world::thread(0);
    thread.parts.truncate(6);
    for (at, part) in thread.parts.iter_mut().enumerate() {
        part.id = at.to_string().into();
    }
    thread.parts.push(Part { author: thread.parts[5].author.clone(), ..message(6, RICH) });
    let mut mail = message(7, MAIL);
    mail.created_at = Some(Unix(NOW - 10_800));
    mail.attachments = vec![Attachment {
        name: Clean::fixed("receipt.pdf"),
        content_type: Clean::fixed("application/pdf"),
        size: Some(2_345_678),
        address: Clean::fixed("https://files.example/receipt.pdf"),
    }];
    thread.parts.push(mail);
    thread.parts_total = Some(8);
    thread
}

fn copied(desk: &Desk) -> String {
    let last = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.to_string()),
        _ => None,
    });
    last.expect("something on the clipboard")
}

fn status(desk: &Desk) -> String {
    let rows: Vec<String> = desk.text().lines().map(str::to_owned).collect();
    rows[rows.len() - 2].trim_matches(['"', ' ']).to_owned()
}

/// The row that has the mark of the message one stands on.
fn marked(desk: &Desk) -> String {
    let text = desk.text();
    text.lines()
        .find(|row| row.starts_with("\"▸"))
        .map(|row| row.trim_matches('"').trim().to_owned())
        .unwrap_or_default()
}

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
fn finding_80() {
    assert_snapshot!(reading(80, 24, full()).keys("g/the ").screen());
}

#[test]
fn finding_200() {
    assert_snapshot!(reading(200, 60, full()).keys("g/board<enter>nn").screen());
}

#[test]
fn a_number_80() {
    assert_snapshot!(reading(80, 24, full()).keys("f4").screen());
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
fn links_and_files_are_numbered_through_the_thread() {
    let mut desk = reading(80, 40, full());
    desk.keys("g");
    let text = desk.text();
    for words in ["invoice [1].", "[1] https://pay.example", "[2] ▤ statement-august.pdf", "[3] ▤ 画面.png"]
    {
        assert!(text.contains(words), "{words}\n{text}");
    }
    desk.keys("G");
    let text = desk.text();
    for words in ["the board [4]", "[5]", "[6]", "[7] ▤ receipt.pdf · application/pdf · 2.2 MiB"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    desk.keys("f4");
    assert!(desk.text().contains("https://a.example/board"), "{}", desk.text());
    desk.keys("<enter>");
    let browsed =
        |desk: &Desk| desk.effects.iter().filter(|effect| matches!(effect, Effect::Browse(_))).count();
    assert_eq!((desk.model.place(), browsed(&desk)), (Place::Thread, 1));
    desk.keys("f7y");
    assert_eq!(copied(&desk), "https://files.example/receipt.pdf");
    desk.keys("f9<enter>");
    assert!(desk.text().contains("There is no link or file 9."), "{}", desk.text());
    assert_eq!(desk.model.place(), Place::Form);
    desk.keys("<backspace>3<enter>");
    assert!(desk.text().contains("The server did not say where this file is."), "{}", desk.text());
    desk.keys("x<esc>");
    assert_eq!((desk.model.place(), browsed(&desk)), (Place::Thread, 1));
}

#[test]
fn only_web_addresses_are_opened() {
    let mut thread = long(1);
    thread.parts[0].body = "<a href='javascript:alert(1)'>click</a>".into();
    let mut desk = reading(80, 24, thread);
    desk.keys("f1<enter>");
    assert!(desk.text().contains("Only http and https addresses are opened."), "{}", desk.text());
    desk.keys("y");
    assert_eq!(copied(&desk), "javascript:alert(1)");
    let mut desk = reading(80, 24, long(1));
    desk.keys("f");
    assert!(desk.text().contains("This conversation has no links and no files."));
}

#[test]
fn a_message_on_the_clipboard() {
    let mut desk = reading(80, 24, full());
    desk.keys("um");
    assert_eq!(copied(&desk), "Yes, please. See my answers below.\n(file: receipt.pdf)");
    assert!(desk.text().contains("Copied this message: 54 characters."), "{}", desk.text());
    assert!(desk.text().contains("Left out: 9 folded lines; z shows such lines."), "{}", desk.text());
    desk.keys("Q");
    assert_eq!(copied(&desk), "> Yes, please. See my answers below.\n> (file: receipt.pdf)");
    desk.keys("zm");
    assert!(copied(&desk).contains("> Am Mo., 3. Nov. 2025"), "{}", copied(&desk));
    desk.keys("gm");
    assert!(
        copied(&desk).contains("same invoice (https://pay.example/invoices/2026-0419). One"),
        "{}",
        copied(&desk)
    );
}

#[test]
fn a_thread_on_the_clipboard() {
    let mut desk = reading(80, 24, full());
    desk.keys("T");
    assert_snapshot!("thread_as_markdown", copied(&desk));
    let said = "Copied 8 parts as Markdown, 1 internal note among them: 1,127 characters.";
    assert!(desk.text().contains(said), "{}", desk.text());
    desk.keys("P");
    assert_snapshot!("thread_as_text", copied(&desk));
}

#[test]
fn what_is_copied_is_clean() {
    let mut thread = long(1);
    thread.parts[0].body = "<p>a&#27;[2Jb \u{202e}c &#7;</p>".into();
    let mut desk = reading(80, 24, thread);
    for key in ["m", "Q", "T", "P"] {
        desk.keys(key);
        assert!(!copied(&desk).contains(['\u{1b}', '\u{202e}', '\u{7}']), "{key}");
    }
}

/// One rests on the conversation that is open.
fn rest(desk: &mut Desk) {
    desk.wait(150);
    desk.event(Event::Timer(Timer::Ahead));
}

#[test]
fn the_next_conversation_is_there_before_one_goes_to_it() {
    let mut desk = Desk::open(80, 24);
    desk.keys("j<enter>").serve();
    desk.event(Event::Timer(Timer::Ahead));
    assert_eq!(desk.calls(), [""; 0], "not before one rests");
    rest(&mut desk);
    assert_eq!(desk.calls(), ["thread 900000000002", "thread 900000000000"]);
    desk.wait(5_000);
    assert!(!desk.text().contains("loading"), "nobody waits for them");
    desk.serve().keys("J");
    assert_eq!((desk.calls(), desk.text().contains("Cannot log in")), (vec![], true));
    assert_eq!(desk.model.inbox.listing.results.list.cursor(), 2, "the list's cursor follows");
    rest(&mut desk);
    assert_eq!(desk.calls(), ["thread 900000000003"], "one of two is there already");
    desk.serve().keys("KK");
    assert!(desk.text().contains("Charged twice"), "{}", desk.text());
    assert_eq!(desk.calls(), [""; 0]);
    desk.keys("K");
    assert!(desk.text().contains("This is the first conversation of the list."));
    desk.keys("<esc>");
    assert_eq!(desk.model.place(), Place::Inbox);
}

/// Portions go on until nothing is under way. How many there were.
fn portions(desk: &mut Desk) -> usize {
    let mut portions = 0;
    loop {
        desk.effects.clear();
        desk.event(Event::Timer(Timer::Layout));
        portions += 1;
        assert!(portions < 10_000);
        if !desk.effects.iter().any(|effect| matches!(effect, Effect::Timer(Timer::Layout, _))) {
            return portions;
        }
    }
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

#[test]
fn a_long_thread_is_copied_in_portions() {
    let mut desk = reading(80, 24, long(2_000));
    desk.keys("P");
    assert!(desk.text().contains("Copying 2,000 parts…"), "{}", desk.text());
    let mut portions = 0;
    while !desk.effects.iter().any(|effect| matches!(effect, Effect::Copy(_))) {
        desk.event(Event::Timer(Timer::Layout));
        portions += 1;
        assert!(portions < 1_000);
    }
    assert!(portions > 2 && copied(&desk).contains("message 1999 of"), "{portions}");
    assert!(desk.text().contains("Copied 2,000 parts as text"), "{}", desk.text());
    desk.effects.clear();
    desk.keys("T<esc>");
    assert_eq!(desk.model.place(), Place::Thread);
    desk.event(Event::Timer(Timer::Layout));
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::Copy(_))));
    assert!(desk.text().contains("nothing was copied"), "{}", desk.text());
}

#[test]
fn links_of_a_long_thread_are_counted_in_portions() {
    let mut thread = long(300);
    let words = "so many words that they fill some lines ".repeat(50);
    for part in &mut thread.parts {
        part.body = Raw::new(format!("<p>{words} <a href='https://a.example/b'>link</a></p>"));
    }
    let mut desk = reading(80, 24, thread);
    assert!(desk.model.inbox.reader.is_counting() && !desk.text().contains("[300]"), "{}", desk.text());
    desk.keys("f");
    assert!(desk.text().contains("so far") || desk.text().contains("1 to"), "{}", desk.text());
    desk.keys("<esc>G");
    assert!(portions(&mut desk) > 2);
    assert!(desk.text().contains("[300] https://a.example/b"), "{}", desk.text());
    assert_eq!(desk.model.inbox.reader.numbers(), 300);
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

/// The id of the conversation that is open, by its number in the world.
fn open(desk: &Desk) -> u64 {
    let id = desk.model.inbox.reader.open.as_ref().expect("an open conversation");
    id.as_str().parse::<u64>().unwrap() - 900_000_000_000
}

#[test]
fn nobody_is_skipped_when_the_open_one_goes_away() {
    for away in ["d", "w3d<enter>"] {
        for ahead in [false, true] {
            let mut desk = Desk::open(80, 24);
            desk.keys("<enter>").serve();
            let mut read = vec![open(&desk)];
            for _ in 0..4 {
                if ahead {
                    rest(&mut desk);
                    desk.serve();
                }
                desk.keys(away).keys("J").serve();
                desk.pass(400);
                read.push(open(&desk));
            }
            assert_eq!(read, [0, 1, 2, 3, 4], "{away}, ahead: {ahead}");
        }
        let mut desk = Desk::open(80, 24);
        desk.keys("jj<enter>").serve().keys(away).keys("K").serve();
        assert_eq!(open(&desk), 1, "{away}");
        desk.keys("J").serve();
        assert_eq!(open(&desk), 3, "{away}: what went away is not gone back to");
        let mut desk = Desk::open(80, 24);
        desk.keys("<enter>").serve().keys(away).keys("K");
        assert!(desk.text().contains("This is the first conversation of the list."), "{}", desk.text());
        desk.keys("rJ").serve();
        assert_eq!(open(&desk), 1, "{away}, and after a refresh");
    }
}

#[test]
fn neighbours_of_what_went_away_are_asked_for_ahead() {
    let mut desk = Desk::open(80, 24);
    desk.keys("jj<enter>").serve().keys("d");
    rest(&mut desk);
    assert_eq!(desk.calls(), ["thread 900000000003", "thread 900000000001"]);
}

#[test]
fn a_refreshed_list_still_knows_where_the_open_one_stood() {
    let mut desk = Desk::open(160, 40);
    desk.keys("jj<enter>").serve().keys("d<tab>");
    while desk.model.place() != Place::Inbox {
        desk.keys("<tab>");
    }
    desk.keys("r").serve().keys("jjj<tab>");
    assert_eq!(desk.model.place(), Place::Thread, "{}", desk.text());
    desk.keys("J").serve();
    assert_eq!(open(&desk), 3, "wherever the cursor of the list is");
}

#[test]
fn the_end_of_what_is_loaded_is_not_the_last_conversation() {
    let mut desk = Desk::open(80, 24);
    desk.keys("G");
    let (page, _) = desk.asked.remove(0);
    desk.keys("<enter>").serve();
    assert_eq!(open(&desk), 149);
    desk.keys("J");
    assert!(desk.text().contains("Loading more of the list…"), "{}", desk.text());
    let call = switchboard::domain::query::parse("state:open").unwrap();
    let from = Some(switchboard::domain::page::Cursor("150".into()));
    let answer = world::answer(&switchboard::domain::call::Call::SearchConversations {
        query: call,
        cursor: from,
        per_page: 150,
    });
    desk.end(page, answer);
    assert_eq!(open(&desk), 150);
    assert!(!desk.text().contains("Loading more"), "{}", desk.text());
    desk.serve().keys("K").serve();
    assert_eq!(open(&desk), 149);
    // A page that cannot be had, and a wish that is given up.
    let mut desk = Desk::open(80, 24);
    desk.keys("G");
    let (page, _) = desk.asked.remove(0);
    desk.keys("<enter>").serve().keys("J<esc>");
    assert_eq!((desk.model.place(), open(&desk)), (Place::Thread, 149));
    desk.keys("J");
    desk.end(page, refused());
    assert!(desk.text().contains("may not read"), "{}", desk.text());
    desk.keys("J").serve();
    assert_eq!(open(&desk), 150, "it is asked for again");
}

#[test]
fn whoever_holds_the_key_asks_for_the_last_one_only() {
    for (cols, rows) in [(80, 24), (200, 60)] {
        let mut desk = Desk::open(cols, rows);
        desk.keys("<enter>").serve();
        let before = desk.cancelled.len();
        for _ in 0..60 {
            desk.keys("J");
            desk.pass(30);
            desk.event(Event::Timer(Timer::Ahead));
        }
        assert!(desk.calls().len() <= 2, "{:?}", desk.calls());
        assert!(desk.cancelled.len() - before <= 4, "{:?}", desk.cancelled);
        rest(&mut desk);
        assert_eq!(open(&desk), 60);
        assert!(desk.calls().contains(&"thread 900000000060".to_owned()), "{:?}", desk.calls());
        desk.serve();
        assert!(desk.model.inbox.reader.thread().is_some(), "{}", desk.text());
    }
}

#[test]
fn a_call_that_found_no_room_is_made_again() {
    let mut desk = Desk::open(80, 24);
    desk.keys("<enter>");
    let fault = switchboard::domain::call::Fault::new(
        switchboard::domain::call::FaultKind::Busy,
        "Too much is under way already; nothing was sent.",
        "",
    );
    desk.next(End::NotSent(fault));
    assert!(!desk.text().contains("Too much"), "{}", desk.text());
    rest(&mut desk);
    assert_eq!(desk.calls(), ["thread 900000000000"]);
}

#[test]
fn whoever_moves_on_gives_up_what_was_asked_ahead() {
    let mut desk = Desk::open(80, 24);
    desk.keys("jj<enter>").serve();
    rest(&mut desk);
    assert_eq!(desk.calls(), ["thread 900000000003", "thread 900000000001"]);
    desk.keys("J");
    assert_eq!(desk.calls(), ["thread 900000000003"], "the one gone to is waited for, the other is given up");
    assert_eq!(desk.cancelled.len(), 1);
    desk.wait(300);
    assert!(desk.text().contains("oading…"), "{}", desk.text());
    desk.serve();
    rest(&mut desk);
    desk.keys("<esc>");
    assert_eq!((desk.calls(), desk.model.place()), (vec![], Place::Inbox));
}

#[test]
fn nothing_is_asked_ahead_offline_or_in_a_pause_and_failures_are_not_told() {
    let mut desk = Desk::open(80, 24);
    desk.keys("j<enter>").serve();
    desk.event(Event::Report(Report::Pause(Some(30))));
    rest(&mut desk);
    assert_eq!(desk.calls(), [""; 0]);
    desk.event(Event::Report(Report::Pause(None)));
    rest(&mut desk);
    assert_eq!(desk.calls().len(), 2);
    desk.next(refused());
    assert!(!desk.text().contains("may not read"), "{}", desk.text());
    desk.down();
    rest(&mut desk);
    assert_eq!(desk.calls(), [""; 0]);
}

#[test]
fn what_changed_since_is_asked_for_again() {
    let mut desk = Desk::open(80, 24);
    desk.keys("<enter>").serve();
    rest(&mut desk);
    let mut old = world::thread(1);
    old.row.updated_at = Some(Unix(NOW - 99_999_999));
    came(&mut desk, old);
    desk.keys("J");
    assert_eq!(desk.calls(), ["thread 900000000001"], "the list knows of something newer");
    assert!(desk.text().contains("配"), "and what is there is shown meanwhile");
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

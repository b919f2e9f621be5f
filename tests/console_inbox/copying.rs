//! What leaves a thread: links and files by their numbers, a message, a quote, the whole of it.

use insta::assert_snapshot;
use switchboard::app::place::Place;
use switchboard::app::{Effect, Event, Timer};
use switchboard::domain::text::Raw;

use super::desk::Desk;
use super::threads::{copied, full, long, portions, reading};

#[test]
fn a_number_80() {
    assert_snapshot!(reading(80, 24, full()).keys("f4").screen());
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
    assert!(desk.text().contains("so far"), "{}", desk.text());
    desk.keys("299<enter>");
    assert!(
        desk.text().contains("still being counted") && !desk.text().contains("no link"),
        "{}",
        desk.text()
    );
    desk.keys("<esc>G");
    assert!(portions(&mut desk) > 2);
    assert!(desk.text().contains("[300] https://a.example/b"), "{}", desk.text());
    assert_eq!(desk.model.inbox.reader.numbers(), 300);
}

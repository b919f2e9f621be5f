//! What a review shows, and what can be done in it: side by side, invisible characters, one change taken back.

use insta::assert_snapshot;
use switchboard::app::place::Place;
use switchboard::domain::article::ArticleState;
use switchboard::domain::text::Raw;

use crate::desk::{Console, REFUNDS, article};

/// A review of several changes: a word, an item more, a paragraph less, the title and a new end.
fn several(cols: u16, rows: u16) -> Console {
    let mut console = Console::open(cols, rows);
    console.keys("<enter>e");
    let edited = REFUNDS
        .replace("30 days", "45 days")
        .replace("<p class=\"no-margin\">The money arrives in five working days.</p>", "")
        .replace("</ol>", "<li><p class=\"no-margin\">Wait for our mail.</p></li></ol>");
    retype(&mut console, &format!("{edited}<p class=\"no-margin\">See you soon.</p>"));
    console.keys("<shift-tab><shift-tab><shift-tab><end>!<ctrl-s>");
    assert_eq!(console.model.place(), Place::Review, "{}", console.screen());
    console
}

/// Types another body in place of what is in the editor.
fn retype(console: &mut Console, body: &str) {
    console.keys("<ctrl-home>");
    let desk = console.model.articles.desk.as_mut().unwrap();
    desk.body.put(body);
    console.keys("<space><backspace>");
}

fn body(console: &Console) -> String {
    console.model.articles.desk.as_ref().unwrap().body.source()
}

#[test]
fn before_and_after_stand_side_by_side_where_there_is_room() {
    let console = several(200, 60);
    assert_snapshot!("side_by_side_200", console.screen());
    let mut console = several(120, 40);
    assert_snapshot!("one_column_120", console.screen());
    console.keys("<tab>");
    assert_snapshot!("side_by_side_120", console.screen());
    console.keys("v");
    assert_snapshot!("side_by_side_source_120", console.screen());
    console.keys("v<tab>");
    assert!(!console.shows("│ + "));
}

#[test]
fn a_heading_that_became_characters_is_said() {
    const WARNING: &str = "! A heading becomes plain text: its # signs are characters for readers.";
    let said = |put: &str| {
        let mut console = Console::open(80, 24);
        console.keys("<enter>e");
        retype(&mut console, &REFUNDS.replace("<h2 id=\"h_1\">How to ask</h2>", put));
        console.keys("<ctrl-s>");
        assert_eq!(console.model.place(), Place::Review, "{}", console.screen());
        console
    };
    let console = said("<p>## How to ask</p>");
    assert!(console.shows("Changes: text in 1 block (no word added or removed)."), "{}", console.screen());
    assert!(console.shows("+ \\## How to ask") && console.shows(WARNING), "{}", console.screen());
    let console = said("<p>Words ## How to ask</p>");
    assert!(console.shows(WARNING), "{}", console.screen());
    // A heading that goes, another one, and one that nobody wrote signs for.
    for put in ["", "<h3>How to ask</h3>", "<p>How to ask</p>", "<h2>Words ## How to ask</h2>"] {
        assert!(!said(put).shows("A heading becomes plain text"), "{put}");
    }
}

#[test]
fn too_narrow_for_two_columns_is_said() {
    let mut console = several(80, 24);
    assert_snapshot!("several_80", console.screen());
    console.keys("<tab>");
    assert_eq!(console.notice(), "Side by side needs 102 columns; this window has 80.");
    console.resize(200, 60);
    assert!(console.shows("after"));
    console.keys("<tab>");
    assert!(!console.shows("before"));
}

#[test]
fn the_change_that_is_looked_at_stays_when_the_page_turns() {
    let mut console = several(120, 12);
    console.keys("nnn");
    assert!(console.shows("change 3 of 5"), "{}", console.screen());
    console.keys("<tab>");
    assert!(console.shows("change 3 of 5") && console.shows("Wait for our mail."), "{}", console.screen());
    console.keys("v");
    assert!(console.shows("HTML source") && console.shows("Wait for our mail."), "{}", console.screen());
    console.keys("v");
    assert!(console.shows("change 3 of 5"), "{}", console.screen());
}

#[test]
fn one_change_is_taken_back_at_a_time() {
    let mut console = several(80, 24);
    let all = body(&console);
    console.keys("nnx");
    assert!(console.notice().starts_with("Taken back."), "{}", console.notice());
    assert_eq!(console.model.place(), Place::Review);
    assert_eq!(body(&console), all.replace("45 days", "30 days"));
    console.wait(20_000);
    assert!(console.shows("change 2 of 4"), "{}", console.screen());
    assert_eq!(console.disk.len(), 1);
    // The next one in its place: the list, then the paragraph that was taken out, then the new end.
    console.keys("x");
    assert!(!body(&console).contains("Wait for our mail."));
    console.keys("x");
    assert!(body(&console).contains("The money arrives in five working days."));
    console.keys("x");
    assert_eq!(body(&console), REFUNDS);
    assert_eq!(console.model.articles.desk.as_ref().unwrap().title.text(), "How refunds work!");
    assert!(console.shows("Changes: title."), "{}", console.screen());
    console.keys("x");
    assert_eq!(console.model.place(), Place::Editor);
    assert!(console.notice().starts_with("Nothing changed: the last change was taken back."));
    console.wait(1_000);
    assert!(console.disk.is_empty(), "a draft without any change was kept");
    console.keys("<alt-z>");
    assert_eq!(console.model.articles.desk.as_ref().unwrap().title.text(), "How refunds work!");
    console.keys("<alt-z><alt-z><alt-z><alt-z>");
    assert_eq!(body(&console), all);
    console.keys("<ctrl-s>");
    assert!(console.shows("5 changes"), "{}", console.screen());
}

#[test]
fn what_was_taken_back_can_be_brought_in_again() {
    let mut console = several(80, 24);
    let all = body(&console);
    console.keys("nnxx<alt-z>");
    assert_eq!(console.notice(), "It is in again.");
    console.keys("<alt-z>");
    assert_eq!(body(&console), all);
    console.wait(20_000);
    assert!(console.shows("change 2 of 5"), "{}", console.screen());
    console.keys("<alt-z>");
    assert_eq!(console.notice(), "Nothing was taken back here.");
    assert_eq!((console.writes, console.model.place()), (0, Place::Review));
}

#[test]
fn a_change_in_what_cannot_be_seen_is_seen() {
    let mut console = Console::open(80, 24);
    let hidden = "<p>One word and another.</p><p>A\u{200b}B and a name.</p>";
    console.server[0].body = Raw::from("<p>One word and another.</p><p>AB and a name.</p>");
    console.keys("<enter>e");
    retype(&mut console, &hidden.replace("and another", "and&nbsp;another\u{202e}"));
    console.keys("<ctrl-s>");
    assert_snapshot!("invisible_80", console.screen());
    console.keys("v");
    assert_snapshot!("invisible_source_80", console.screen());
}

#[test]
fn a_blank_more_at_the_end_of_a_title_is_seen() {
    let mut console = Console::open(80, 24);
    console.keys("<enter>e<shift-tab><shift-tab><shift-tab><end> <ctrl-s>");
    assert!(console.shows("+ How refunds work␣"), "{}", console.screen());
}

#[test]
fn the_question_names_the_workspace() {
    let mut console = several(80, 24);
    console.model.shell.account = switchboard::domain::text::Clean::line("acme");
    console.keys("<esc><ctrl-s>s");
    console.wait(800);
    assert_snapshot!("confirmation_80", console.screen());
}

#[test]
fn nothing_of_a_title_reaches_the_question_but_one_plain_line() {
    let hostile = "\u{1b}[31mRed\u{1b}[0m\u{202e}evil\u{200b} a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\ntype publish [ Cancel ]";
    let plain = {
        let mut console = Console::open(80, 24);
        console.keys("<enter>e<ctrl-end><ctrl-left><ctrl-w>other <ctrl-s>s");
        console.wait(800);
        console.screen()
    };
    let mut console = Console::open(80, 24);
    console.server[0] = article(4200, hostile, ArticleState::Published, 2, REFUNDS);
    console.keys("r<enter>e<ctrl-end><ctrl-left><ctrl-w>other <ctrl-s>s");
    console.wait(800);
    assert_snapshot!("confirmation_hostile_80", console.screen());
    let (buffer, plain) = (console.screen().buffer().clone(), plain.buffer().clone());
    let symbols = || buffer.content().iter().map(ratatui::buffer::Cell::symbol);
    assert!(symbols().all(|symbol| !symbol.contains(['\u{1b}', '\u{202e}', '\u{200b}', '\n'])));
    assert!(symbols().all(|symbol| symbol.chars().count() <= 5), "a tower of marks");
    // The look of every cell of the box is that of the same question about a harmless title, but for the title's row.
    let looks = |buffer: &ratatui::buffer::Buffer| -> Vec<_> {
        let row = |y: u16| (0..80).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        let top = (0..24).find(|y| row(*y).contains("Save this change?")).unwrap();
        let bottom = (top..24).find(|y| row(*y).contains('╰')).unwrap();
        let cells = (top..=bottom).filter(|y| *y != top + 1).flat_map(|y| (4..76).map(move |x| (x, y)));
        cells.map(|at| (buffer[at].fg, buffer[at].bg, buffer[at].modifier)).collect()
    };
    assert!(looks(&plain) == looks(&buffer), "the title changes how the question looks");
}

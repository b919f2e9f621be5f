//! Whatever happens, what was typed is somewhere: in the editor, on disk, or on the server.

use switchboard::app::place::Place;
use switchboard::domain::article::ArticleState;

use super::desk::{Console, article, id};
use super::dice::Dice;

/// The text, wherever it is: in the editor, on its way, on disk, or on the server.
fn text(console: &Console) -> String {
    if let Some(desk) = &console.model.articles.desk {
        return desk.body.source();
    }
    match console.disk.get(&id(4200)) {
        Some(stored) => stored.fields.body.clone(),
        None => console.server[0].body.as_str().to_owned(),
    }
}

/// Back to the end of the text, from wherever the script went.
fn to_the_end(console: &mut Console) {
    for _ in 0..8 {
        match console.model.place() {
            Place::Editor => break,
            Place::Articles => console.keys("g<enter>"),
            Place::Article => console.keys("e"),
            _ => console.keys("<esc>"),
        }
    }
    assert_eq!(console.model.place(), Place::Editor);
    console.keys("<ctrl-end>");
}

fn disturb(dice: &mut Dice, console: &mut Console) {
    match dice.roll(14) {
        0 => console.keys("<esc>"),
        1 => console.keys("<ctrl-s>"),
        2 => {
            console.keys("<ctrl-s>");
            if console.model.place() == Place::Review {
                console.keys("s");
            }
        }
        3 => console.resize(u16::try_from(dice.roll(130)).unwrap(), u16::try_from(dice.roll(50)).unwrap()),
        4 => console.down(),
        5 => console.up(),
        6 => console.full = !console.full,
        7 => console.wait(600),
        8 => console.keys("<up><home><pageup><ctrl-left>"),
        9 => console.keys("<alt-1>4"),
        11 => console.keys("<alt-4>"),
        12 => console.keys("<ctrl-x>n"),
        10 => console.keys("<tab><tab><tab><tab><tab><tab>"),
        _ => console.keys("<ctrl-x><left>"),
    }
}

#[test]
fn whatever_happens_what_was_typed_is_somewhere() {
    let mut dice = Dice(0x00de_cade);
    for _ in 0..25 {
        let mut console = Console::open(80, 24);
        console.server[0] = article(4200, "Text", ArticleState::Published, 1, "");
        console.keys("<enter>e");
        let mut typed = String::new();
        for _ in 0..60 {
            to_the_end(&mut console);
            let piece = *dice.pick(&["a", "word ", "船", "e\u{301}", "\n", "👩‍👩‍👧", "<b>", "</b>x"]);
            if dice.roll(3) == 0 {
                console.paste(&piece.replace('\n', "\r\n"));
            } else {
                console.keys(&piece.replace('<', "<lt>").replace('\n', "<enter>"));
            }
            typed.push_str(piece);
            disturb(&mut dice, &mut console);
            if console.model.articles.desk.is_none() && console.full {
                // Left knowingly while the disk takes nothing: it waits where it was left.
                to_the_end(&mut console);
            }
            assert_eq!(text(&console), typed);
        }
    }
}

#[test]
fn what_is_sent_is_what_was_typed() {
    for body in ["", "<p>a</p><p>b</p>", "<p>a</p>\n<p>b</p>\r\n", "\u{0}\u{1b}\u{85}"] {
        let mut console = Console::open(80, 24);
        console.server[0] = article(4200, "Text", ArticleState::Published, 1, body);
        console.keys("<enter>e<ctrl-home>Wörd 船<ctrl-s>s");
        console.wait(800);
        console.confirm("publish");
        let sent = console.sent[0].1.deed().article().unwrap().changes.body.clone();
        assert_eq!(sent, Some(format!("Wörd 船{body}")));
        assert_eq!(console.disk[&id(4200)].fields.body, format!("Wörd 船{body}"));
    }
}

//! Somebody leans on the keyboard while an article is open and edited.

use super::dice::Dice;
use super::terminal::Terminal;

/// Letters of every confirming word, chords, named keys and pastes; not the keys that only leave the program.
const KEYS: [&str; 47] = [
    "p",
    "u",
    "b",
    "l",
    "i",
    "s",
    "h",
    "y",
    "n",
    "e",
    "s",
    "j",
    "k",
    "g",
    "G",
    "v",
    "m",
    "t",
    "r",
    "L",
    "c",
    "C",
    "z",
    "1",
    "2",
    "3",
    "4",
    "5",
    "/",
    ":",
    "?",
    " ",
    "\r",
    "\r",
    "\u{1b}",
    "\t",
    "\u{13}",
    "\u{13}",
    "\u{18}",
    "\u{7f}",
    "\u{1b}[A",
    "\u{1b}[B",
    "\u{1b}[6~",
    "\u{1b}[H",
    "\u{1b}[200~publish\r\n\u{1b}[201~",
    "\u{1b}[200~y\u{1b}[201~",
    "船",
];
const SIZES: [(u16, u16); 5] = [(80, 24), (10, 3), (200, 60), (40, 12), (120, 40)];
/// Keys sent at a stroke, faster than fingers.
const BURST: usize = 25;
/// Keys pressed before the program is started anew, so that there always is something to confirm.
const ROUND: usize = 250;

/// The console with an article open and a word typed into it: a draft, which takes one letter to confirm.
fn editing(url: &str) -> Terminal {
    let mut terminal = Terminal::start(80, 24, "xterm-256color", &["--url", url]);
    terminal.see("loaded");
    terminal.press("4");
    terminal.see("newest change first");
    terminal.see("● live");
    terminal.press("ss");
    terminal.until("drafts only", |screen| screen.contains("○ draft") && !screen.contains("● live"));
    terminal.press("\r");
    terminal.see("article 9");
    terminal.press("e");
    terminal.see("Ctrl-S review");
    terminal.press("word ");
    terminal.see("modified");
    terminal
}

/// Opens the dialog over the review of what was typed.
fn ask(terminal: &mut Terminal) {
    terminal.press("\u{13}");
    terminal.see("Stays a draft");
    terminal.press("s");
    terminal.see("Enter does not confirm");
}

/// Leans on the keyboard from the open dialog on. The first key of a burst is no letter that confirms: a machine that
/// stalls is not a person who waits.
fn lean(terminal: &mut Terminal, dice: &mut Dice) {
    for _ in 0..ROUND / BURST {
        let keys: String = (0..BURST).map(|_| *dice.pick(&KEYS)).collect();
        terminal.try_press(&format!("j{keys}"));
        if !terminal.has_ended() {
            let (cols, rows) = *dice.pick(&SIZES);
            terminal.resize(cols, rows);
        }
    }
    terminal.rest();
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_keys_send_nothing() {
    let options = switchboard::demo::Options { now: 1_800_000_000, ..Default::default() };
    let server = switchboard::demo::start(options).await.unwrap();
    let mut dice = Dice(0x5eed_cafe);
    for _ in 0..10_000 / ROUND {
        let mut terminal = editing(&server.url());
        ask(&mut terminal);
        lean(&mut terminal, &mut dice);
        let told = terminal.text();
        assert!(!told.contains("panicked"), "{told}");
        assert!(!terminal.has_ended() || terminal.end().success(), "{told}");
    }
    assert_eq!(server.writes(), 0);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paste_without_brackets_sends_nothing() {
    let options = switchboard::demo::Options { now: 1_800_000_000, ..Default::default() };
    let server = switchboard::demo::start(options).await.unwrap();
    let mut terminal = editing(&server.url());
    ask(&mut terminal);
    for words in ["yesterday I wrote", "yes", "y\r", "yy"] {
        terminal.until("the dialog is armed", |screen| screen.contains("› ▏"));
        terminal.press(words);
        terminal.rest();
    }
    terminal.until("the dialog is armed again", |screen| screen.contains("› ▏"));
    assert_eq!(server.writes(), 0);
    terminal.press("y");
    terminal.see("Saved. ");
    assert_eq!(server.writes(), 1);
    server.stop().await;
}

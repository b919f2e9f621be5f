//! Walks through the console as a person takes them.

use rustix::process::{Pid, Signal, kill_process};

use super::terminal::Terminal;

const ESC: &str = "\u{1b}";
const CTRL_S: &str = "\u{13}";

fn demo(cols: u16, rows: u16) -> Terminal {
    let mut terminal = Terminal::start(cols, rows, "xterm-256color", &["--demo"]);
    terminal.see("loaded");
    terminal
}

fn is_given_back(terminal: &Terminal) {
    assert!(!terminal.is_alternate() && !terminal.hides_cursor() && !terminal.brackets_paste());
}

/// From the list of articles to the editor of the one that the README's walk changes.
fn open_the_editor(terminal: &mut Terminal) {
    terminal.press("4");
    terminal.see("newest change first");
    terminal.press("/");
    terminal.rest();
    terminal.press("departure time\r");
    terminal.see("11 found for");
    terminal.press("\r");
    terminal.see("You can change the time of a sailing");
    terminal.press("e");
    terminal.see("Ctrl-S review");
    terminal.rest();
}

#[test]
fn reads_a_conversation_changes_an_article_and_gives_the_terminal_back() {
    let mut terminal = demo(120, 40);
    terminal.press("\r");
    terminal.see("end");
    terminal.press(ESC);
    terminal.rest();
    open_the_editor(&mut terminal);
    terminal.fingers("Zebra ");
    terminal.press(CTRL_S);
    terminal.see("the moment it is saved");

    // Cancelled: the server keeps what it had.
    terminal.press("s");
    terminal.see("type the word publish");
    terminal.press(ESC);
    terminal.until("the dialog is gone", |screen| !screen.contains("type the word publish"));

    // Typed ahead, pasted, Enter, a sentence for another window: nothing is sent.
    terminal.press("spublish\r");
    terminal.see("type the word publish");
    terminal.press("\u{1b}[200~publish\u{1b}[201~\r");
    terminal.rest();
    assert!(!terminal.text().contains("Saved"));

    for words in ["please publish it", "publish"] {
        assert!(!terminal.text().contains("Saved"));
        terminal.until("the dialog is armed", |screen| screen.contains("› ▏"));
        terminal.rest();
        terminal.fingers(words);
    }
    terminal.see("Saved. ");
    terminal.press(ESC);
    terminal.rest();
    terminal.press("r");
    terminal.see("Zebra");

    terminal.press("q");
    assert!(terminal.end().success());
    is_given_back(&terminal);
}

/// Who one is, what needs one, and one key for each until nothing is left: no step takes more than two keys.
#[test]
fn a_morning_is_dealt_with_by_keys() {
    let mut terminal = demo(80, 24);
    terminal.press("m");
    terminal.see("Which teammate are you?");
    terminal.press("\u{1b}[B\r");
    terminal.see("Needs me");
    terminal.see("loaded");
    terminal.rest();
    let mut dealt_with = 0;
    while !terminal.text().contains("Nothing needs you") {
        assert!(dealt_with < 200, "{}", terminal.text());
        terminal.press("d");
        terminal.rest();
        dealt_with += 1;
    }
    assert!(dealt_with > 5, "{dealt_with}");
    terminal.see(&format!("{dealt_with} done here today"));
    terminal.press("q");
    assert!(terminal.end().success());
}

#[test]
fn a_signal_gives_the_terminal_back_and_keeps_the_draft() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let mut terminal = demo(80, 24);
        open_the_editor(&mut terminal);
        terminal.press("kept ");
        terminal.see("modified");
        let process = Pid::from_raw(i32::try_from(terminal.process()).unwrap()).unwrap();
        kill_process(process, signal).unwrap();
        assert!(terminal.end().success(), "{signal:?}");
        is_given_back(&terminal);
        let drafts = terminal.home.path().join("switchboard/drafts/demo/9001071.json");
        assert!(std::fs::read_to_string(drafts).unwrap().contains("kept "), "{signal:?}");
    }
}

#[test]
fn suspends_to_the_shell_and_comes_back() {
    let mut terminal = Terminal::shell(80, 24);
    terminal.press(concat!(env!("CARGO_BIN_EXE_switchboard"), " --demo\r"));
    terminal.see("loaded");
    terminal.press("\u{1a}");
    terminal.see("Stopped");
    assert!(!terminal.is_alternate() && !terminal.hides_cursor());
    terminal.press("fg\r");
    terminal.see("loaded");
    assert!(terminal.is_alternate() && terminal.brackets_paste());
    terminal.press("q");
    terminal.until("the shell is back", |screen| !screen.contains("loaded"));
    assert!(!terminal.is_alternate() && !terminal.hides_cursor());
    terminal.press("exit\r");
    terminal.end();
}

#[test]
fn survives_every_size() {
    let mut terminal = demo(80, 24);
    for (cols, rows) in [(10, 3), (1, 1), (200, 60), (24, 6), (80, 24)] {
        terminal.resize(cols, rows);
        terminal.press("j");
        terminal.rest();
    }
    terminal.see("1 Inbox");
    terminal.press("q");
    assert!(terminal.end().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_server_is_said_and_found_again() {
    let options = |port| switchboard::demo::Options { port, now: 1_800_000_000, ..Default::default() };
    let server = switchboard::demo::start(options(0)).await.unwrap();
    let (url, port) = (server.url(), server.address.port());
    let mut terminal = Terminal::start(100, 30, "xterm-256color", &["--url", &url]);
    terminal.see("loaded");
    server.stop().await;
    terminal.see("offline");
    terminal.press("?");
    terminal.see("Keys: Inbox");
    terminal.press(ESC);
    let server = switchboard::demo::start(options(port)).await.unwrap();
    terminal.see("● 127.0.0.1");
    terminal.press("q");
    assert!(terminal.end().success());
    server.stop().await;
}

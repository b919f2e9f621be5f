//! On a terminal: tables, cleaned text, questions.

#[path = "../pty/terminal.rs"]
#[expect(dead_code, reason = "the terminal of the console's tests can do more than is needed here")]
pub(crate) mod pty;

use pty::Terminal;
use switchboard::demo::{Fault, Options};

use super::world::World;

#[test]
fn tools_are_a_table_that_fits() {
    let mut terminal = Terminal::start(60, 24, "xterm-256color", &["--demo", "tools"]);
    assert!(terminal.end().success());
    let text = terminal.text();
    assert!(text.contains("NAME") && text.contains("search_conversations"), "{text}");
    assert!(text.contains("reads") && text.contains("in a review"), "{text}");
    assert!(text.contains('…'), "{text}");
}

#[test]
fn results_have_room_to_read() {
    let arguments = ["--demo", "call", "list_articles", "per_page=1"];
    let mut terminal = Terminal::start(100, 50, "xterm-256color", &arguments);
    assert!(terminal.end().success());
    assert!(terminal.text().contains("\n  \""), "{}", terminal.text());
    assert!(!terminal.raw.contains(&0x1b));
}

#[test]
fn what_may_change_something_is_asked_and_no_is_the_default() {
    let world = World::open();
    world.server.switch(Fault::ExtraTool, true);
    let arguments = ["--url", world.url(), "call", "submit_mcp_feedback", "feedback=a\u{1b}[31mb"];
    for (typed, code) in [("\r", 7), ("n\r", 7), ("\x04", 7), ("yes please\r", 7), ("y\r", 0)] {
        let mut terminal = Terminal::start(80, 24, "xterm-256color", &arguments);
        terminal.see("Send it? [y/N]");
        terminal.press(typed);
        assert_eq!(terminal.end().exit_code(), code, "{typed:?}: {}", terminal.text());
        assert_eq!(terminal.text().contains("Nothing was sent"), code == 7, "{}", terminal.text());
        assert!(!terminal.raw.contains(&0x1b), "{}", terminal.text());
    }
}

#[test]
fn ctrl_c_at_a_question_sends_nothing() {
    let world = World::open();
    world.server.switch(Fault::ExtraTool, true);
    let arguments = ["--url", world.url(), "call", "submit_mcp_feedback", "feedback=x"];
    let mut terminal = Terminal::start(80, 24, "xterm-256color", &arguments);
    terminal.see("Send it? [y/N]");
    terminal.press("\x03");
    assert_eq!(terminal.end().exit_code(), 7, "{}", terminal.text());
}

#[test]
fn a_typed_token_is_not_echoed() {
    let arguments = ["login", "--token", "--url", "http://127.0.0.1:1/mcp"];
    let mut terminal = Terminal::start(80, 24, "xterm-256color", &arguments);
    terminal.see("Token (not shown): ");
    terminal.press("tok_typed_by_hand\r");
    assert!(terminal.end().success(), "{}", terminal.text());
    let seen = String::from_utf8_lossy(&terminal.raw).into_owned();
    assert!(!seen.contains("tok_typed"), "{seen}");
}

#[test]
fn keys_typed_before_a_question_do_not_answer_it() {
    let world = World::open();
    world.server.switch(Fault::ExtraTool, true);
    world.server.switch(Fault::Slow(400), true);
    let long = format!("feedback={}Send it? [y/N]", "x".repeat(3_000));
    let arguments = ["--url", world.url(), "call", "submit_mcp_feedback", &long];
    let mut terminal = Terminal::start(80, 60, "xterm-256color", &arguments);
    terminal.press("y\ry\r");
    terminal.until("the question", |screen| screen.lines().any(|line| line.starts_with("Send it? [y/N]")));
    terminal.rest();
    assert!(!terminal.has_ended(), "{}", terminal.text());
    assert_eq!(world.server.writes(), 0);
    assert!(terminal.text().lines().filter(|line| line.starts_with("▎ ")).count() > 30, "all is shown");
    terminal.press("n\r");
    assert_eq!(terminal.end().exit_code(), 7, "{}", terminal.text());
}

#[test]
fn tools_are_accepted_when_a_person_says_so() {
    let world = World::open();
    let home = world.home.path().to_str().unwrap();
    let script = format!(
        "export HOME={home} XDG_STATE_HOME={home} XDG_CONFIG_HOME={home} XDG_DATA_HOME={home}; PS1=; clear\r"
    );
    let mut terminal = Terminal::shell(100, 60);
    terminal.press(&script);
    assert_eq!(world.run(&["tools"]).code, Some(0));
    world.server.switch(Fault::ExtraTool, true);
    let line = format!(
        "{} --url {} tools --accept >/dev/null; echo ended $?\r",
        env!("CARGO_BIN_EXE_switchboard"),
        world.url()
    );
    for (typed, words, code) in [("n", "Nothing was accepted", 7), ("y", "Accepted 1 new", 0)] {
        terminal.press("clear\r");
        terminal
            .until("an empty screen", |screen| !screen.contains("Accept it?") && !screen.contains("ended"));
        terminal.rest();
        terminal.press(&line);
        terminal
            .until("the question", |screen| screen.lines().any(|line| line.starts_with("Accept it? [y/N]")));
        assert!(terminal.text().contains("submit_mcp_feedback is new"), "{}", terminal.text());
        terminal.press(&format!("{typed}\r"));
        terminal.see(words);
        terminal.see(&format!("ended {code}"));
    }
}

#[test]
fn what_the_console_opened_is_opened_again() {
    let world = World::guarded(Some("tok_typed_by_hand"));
    let mut terminal = Terminal::start(100, 30, "xterm-256color", &[]);
    terminal.see("Use an access token");
    terminal.press("t");
    terminal.rest();
    terminal.press("tok_typed_by_hand");
    terminal.press("\t");
    terminal.press("\x15");
    terminal.press(world.url());
    terminal.rest();
    terminal.press("\r");
    terminal.until("the inbox", |screen| !screen.contains("access token") && screen.contains("Inbox"));
    terminal.rest();
    terminal.press("q");
    assert!(terminal.end().success(), "{}", terminal.text());
    let remembered = std::fs::read_to_string(terminal.home.path().join("switchboard/account")).unwrap();
    assert!(world.url().contains(remembered.trim()) && remembered.contains("127.0.0.1"), "{remembered}");
}

#[test]
fn the_console_opens_no_browser_by_itself() {
    let world = World::with(Options { sign_in: true, approve_at_once: true, ..Options::default() });
    let mut terminal = Terminal::start(100, 30, "xterm-256color", &["--url", world.url()]);
    terminal.until("what is wanted", |screen| screen.contains("sign-in") || screen.contains("sign in"));
    terminal.rest();
    terminal.press("q");
    terminal.end();
    assert_eq!(world.server.tally().registered, 0, "{}", terminal.text());
}

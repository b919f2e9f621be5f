//! On a terminal: tables, cleaned text, questions.

#[path = "../pty/terminal.rs"]
#[expect(dead_code, reason = "the terminal of the console's tests can do more than is needed here")]
pub(crate) mod pty;

use pty::Terminal;
use switchboard::demo::Fault;

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

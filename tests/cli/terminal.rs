//! On a terminal: tables, cleaned text, questions.

#[path = "../pty/terminal.rs"]
#[expect(dead_code, reason = "the terminal of the console's tests can do more than is needed here")]
mod pty;

use pty::Terminal;

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

//! One session after another in a real terminal: from the first screen to the demo, and from there to another account.

use super::terminal::Terminal;

const ESC: &str = "\u{1b}";

#[test]
fn from_the_first_screen_to_the_demo_and_back_to_the_first_screen() {
    let mut terminal = Terminal::start(100, 30, "xterm-256color", &[]);
    terminal.see("Welcome to Switchboard");
    terminal.press("1");
    terminal.see("There is no account yet");
    terminal.press("d");
    terminal.see("loaded");
    terminal.see("demo workspace");
    terminal.press("3");
    terminal.see("up for");
    terminal.press("w");
    terminal.see("tools/call search_conversations");
    terminal.press("\r");
    terminal.see("\"jsonrpc\": \"2.0\"");
    terminal.press(ESC);
    terminal.rest();
    terminal.press("t");
    terminal.see("get_conversation");
    terminal.press("a");
    terminal.see("No account is kept on this machine.");
    terminal.press("\r");
    terminal.see("Another account");
    terminal.press("d");
    terminal.see("loaded");
    terminal.press("q");
    assert!(terminal.end().success());
    assert!(!terminal.is_alternate() && !terminal.hides_cursor() && !terminal.brackets_paste());
}

#[test]
fn what_cannot_be_reached_leaves_a_console_that_can_be_left() {
    let mut terminal = Terminal::start(100, 30, "xterm-256color", &["--url", "http://127.0.0.1:9/mcp"]);
    terminal.see("next try in");
    terminal.press("3");
    terminal.see("down for");
    terminal.press("a");
    terminal.see("Add an account");
    terminal.press("\r");
    terminal.see("Another account");
    terminal.press("d");
    terminal.see("loaded");
    terminal.press("q");
    assert!(terminal.end().success());
}

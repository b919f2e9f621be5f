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
    terminal.press("5");
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
    terminal.press("5");
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

/// A server of a demo workspace, as a process of its own.
struct Served(std::process::Child, String);

impl Served {
    fn start() -> Self {
        use std::io::BufRead as _;
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_switchboard"));
        command.args(["demo-server", "--port", "0"]).stdout(std::process::Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        std::io::BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split(' ').find(|word| word.starts_with("http")).unwrap().to_owned();
        Self(child, address)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn what_was_signed_in_to_on_the_first_screen_is_opened_the_next_time() {
    let served = Served::start();
    let mut terminal = Terminal::start(100, 30, "xterm-256color", &[]);
    terminal.see("Welcome to Switchboard");
    terminal.press("t");
    terminal.see("Use an access token");
    terminal.fingers("a-token");
    terminal.press("\t");
    terminal.press("\u{15}");
    terminal.fingers(&served.1);
    terminal.press("\r");
    terminal.see("loaded");
    terminal.press("q");
    assert!(terminal.end().success());
    let mut terminal = terminal.again(&[]);
    terminal.see("loaded");
    terminal.press("q");
    assert!(terminal.end().success());
}

#[test]
fn a_token_that_cannot_be_kept_is_used_and_that_is_said() {
    let served = Served::start();
    let mut terminal = Terminal::start(100, 30, "xterm-256color", &[]);
    terminal.see("Welcome to Switchboard");
    // Where sign-ins are kept there is a file in place of the folder.
    let state = terminal.home.path().join("switchboard");
    let _ = std::fs::remove_dir_all(&state);
    std::fs::write(&state, "").unwrap();
    terminal.press("t");
    terminal.see("Use an access token");
    terminal.fingers("a-token");
    terminal.press("\t");
    terminal.press("\u{15}");
    terminal.fingers(&served.1);
    terminal.press("\r");
    terminal.see("The token is used, but it could not be kept.");
    terminal.see("loaded");
    terminal.press("q");
    assert!(terminal.end().success());
}

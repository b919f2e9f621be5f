//! What cannot be done is said in one sentence, with the right exit code.

use std::process::{Command, Output};

use super::terminal::Terminal;

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_switchboard"));
    command.args(arguments).env_remove("INTERCOM_ACCESS_TOKEN").env_remove("SWITCHBOARD_TOKEN");
    command.env("XDG_CONFIG_HOME", "/nowhere").output().unwrap()
}

fn says(output: &Output, code: i32, words: &str) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{told}");
    assert!(told.contains(words), "{told}");
    assert_eq!(told.trim_end().lines().count(), 1, "{told}");
    assert!(output.stdout.is_empty());
}

#[test]
fn output_that_is_no_terminal() {
    says(&run(&["--demo"]), 2, "needs a terminal");
}

#[test]
fn no_account() {
    says(&run(&[]), 3, "switchboard --demo");
}

#[test]
fn an_unknown_key_in_the_config() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "read_only = true\ncolor = false\n").unwrap();
    let path = file.path().to_str().unwrap();
    says(&run(&["--demo", "--config", path]), 2, &format!("{path}, line 2: unknown field \"color\""));
}

#[test]
fn a_config_that_is_not_there() {
    says(&run(&["--demo", "--config", "/nowhere/config.toml"]), 2, "/nowhere/config.toml cannot be read");
}

#[test]
fn an_endpoint_that_is_none() {
    says(&run(&["--url", "ftp://x"]), 2, "http:// or https://");
}

#[test]
fn a_port_already_taken() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    says(&run(&["demo-server", "--port", &port]), 1, &port);
}

#[test]
fn a_terminal_that_cannot_move_its_cursor() {
    let mut terminal = Terminal::start(80, 24, "dumb", &["--demo"]);
    assert_eq!(terminal.end().exit_code(), 2);
    assert!(terminal.text().contains("TERM=dumb"), "{}", terminal.text());
    assert!(!terminal.raw.contains(&0x1b));
}

#[test]
fn a_terminal_of_ten_by_three() {
    let mut terminal = Terminal::start(10, 3, "xterm-256color", &["--demo"]);
    terminal.see("Too small:");
    terminal.resize(80, 24);
    terminal.see("loaded");
    terminal.press("q");
    assert!(terminal.end().success());
}

//! The text in `$EDITOR`: a shell script stands for the editor, in the real terminal.

use std::path::Path;

use super::terminal::Terminal;

const SWITCHBOARD: &str = env!("CARGO_BIN_EXE_switchboard");

/// The console with an article in the editor, where `$EDITOR` is a shell script with this text.
fn editing(script: &str) -> Terminal {
    let terminal = Terminal::shell(80, 24);
    std::fs::write(terminal.home.path().join("editor"), script).unwrap();
    with(terminal, "sh $HOME/editor")
}

fn with(mut terminal: Terminal, editor: &str) -> Terminal {
    terminal.press(&format!("TMPDIR=$HOME VISUAL= EDITOR='{editor}' {SWITCHBOARD} --demo\r"));
    terminal.see("loaded");
    terminal.press("4");
    terminal.see("● live");
    terminal.press("\r");
    terminal.see("article 9");
    terminal.press("e");
    terminal.see("Text, in Markdown");
    // The disk says whether there is a draft.
    terminal.rest();
    terminal
}

/// Whether a text of ours still lies where editors get it.
fn is_left_behind(home: &Path) -> bool {
    let names = std::fs::read_dir(home).unwrap().map(|entry| entry.unwrap().file_name());
    names.into_iter().any(|name| name.to_string_lossy().starts_with("switchboard-"))
}

fn leave(mut terminal: Terminal) {
    terminal.press("\u{11}");
    terminal.until("the prompt", |screen| screen.trim_end().ends_with(['#', '$']));
    terminal.press("exit\r");
    terminal.end();
}

#[test]
fn the_editor_has_the_terminal_and_gives_the_text_back() {
    let mut terminal = editing(
        r#"trap 'echo heard' INT
stat -c 'mode %a' "$1"
basename "$1"
echo at work
until read line; do :; done
printf '%s, by the editor.\n' "$line" >"$1""#,
    );
    terminal.press("\u{1b}e");
    terminal.see("at work");
    assert!(
        terminal.text().contains("mode 600") && terminal.text().contains("article-9"),
        "{}",
        terminal.text()
    );
    assert!(!terminal.is_alternate() && !terminal.brackets_paste() && !terminal.hides_cursor());
    terminal.press("\u{3}");
    terminal.see("heard");
    terminal.resize(100, 30);
    terminal.press("Rewritten\r");
    terminal.see("Rewritten, by the editor.");
    terminal.see("The text is as the editor left it");
    assert!(terminal.is_alternate() && terminal.brackets_paste() && terminal.hides_cursor());
    assert!(!is_left_behind(terminal.home.path()));
    terminal.press("\u{1b}z");
    terminal.until("the text as it was", |screen| !screen.contains("by the editor"));
    terminal.press("still here ");
    terminal.see("still here");
    leave(terminal);
}

#[test]
fn an_editor_that_changes_nothing() {
    let mut terminal = editing("true");
    terminal.press("\u{1b}e");
    terminal.see("Nothing changed.");
    assert!(!is_left_behind(terminal.home.path()));
    leave(terminal);
}

#[test]
fn an_editor_that_fails_changes_nothing_and_says_where_the_text_is() {
    let mut terminal = editing("echo lost? >\"$1\"; exit 3");
    terminal.press("\u{1b}e");
    terminal.see("(exit code 3)");
    assert!(!terminal.text().contains("lost?") && is_left_behind(terminal.home.path()));
    leave(terminal);
    let mut terminal = editing("exit 1");
    terminal.press("\u{1b}e");
    terminal.see("(exit code 1)");
    assert!(!is_left_behind(terminal.home.path()));
    leave(terminal);
}

#[test]
fn an_editor_that_is_not_there() {
    let mut terminal = with(Terminal::shell(80, 24), "/nowhere/editor");
    terminal.press("\u{1b}e");
    terminal.see("could not be started");
    leave(terminal);
}

//! What was typed is on disk: when the program is killed, and when the disk does not take it.

use std::sync::Arc;

use rustix::process::{Pid, Signal, kill_process};

use super::terminal::Terminal;

const ESC: &str = "\u{1b}";

fn kill(terminal: &mut Terminal) {
    let process = Pid::from_raw(i32::try_from(terminal.process()).unwrap()).unwrap();
    kill_process(process, Signal::KILL).unwrap();
    terminal.end();
}

/// The editor of the first article.
fn edit(terminal: &mut Terminal) {
    terminal.see("loaded");
    terminal.press("4");
    terminal.see("newest change first");
    terminal.see("● live");
    terminal.press("e");
    terminal.see("Ctrl-S review");
    terminal.rest();
}

#[test]
fn what_was_typed_is_there_after_the_program_was_killed() {
    let mut terminal = Terminal::start(120, 30, "xterm-256color", &["--demo"]);
    edit(&mut terminal);
    terminal.fingers("Zebra ");
    terminal.see("edit kept on disk");
    kill(&mut terminal);
    let mut terminal = Terminal::at(Arc::clone(&terminal.home), 120, 30, &["--demo"]);
    terminal.see("1 unsaved edit, from");
    terminal.see("d there lists them");
    terminal.see("● demo workspace");
    terminal.press("4d");
    terminal.see("Edits kept on this machine");
    terminal.see("server's copy is the same");
    terminal.press("\r");
    terminal.see("Zebra");
    terminal.see("modified, edit kept on disk");
    terminal.press(ESC);
    terminal.rest();
    terminal.press("d");
    terminal.see("1 kept edit");
    terminal.press("\u{18}");
    terminal.see("y throws it away");
    terminal.press("y");
    terminal.see("No edit is kept on this machine.");
    terminal.press("q");
    assert!(terminal.end().success());
}

#[test]
fn an_edit_that_another_window_has_open_is_said_to_be() {
    let mut first = Terminal::start(120, 30, "xterm-256color", &["--demo"]);
    edit(&mut first);
    first.fingers("Zebra ");
    first.see("edit kept on disk");
    let mut second = Terminal::at(Arc::clone(&first.home), 120, 30, &["--demo"]);
    second.see("loaded");
    second.press("4d");
    second.see("open in another window");
    second.press("\r");
    second.see("Another window of Switchboard has this edit open");
    second.press("q");
    assert!(second.end().success());
    // The first window goes on unharmed.
    first.fingers("more ");
    first.see("Zebra more");
    first.see("edit kept on disk");
}

#[test]
fn marks_are_there_after_the_program_was_killed() {
    let mut terminal = Terminal::start(120, 30, "xterm-256color", &["--demo"]);
    let marks = terminal.home.path().join("switchboard/marks/demo/marks.jsonl");
    terminal.see("loaded");
    terminal.press("\r");
    // It is short, and all of it is in sight.
    terminal.see("part 3 of 3");
    terminal.press("M");
    terminal.see("stays on this machine");
    terminal.fingers("call Ida first");
    terminal.press("\r");
    terminal.see("local note: call Ida first");
    terminal.press("d");
    terminal.see("local: done");
    terminal.until("they are on disk", |_| {
        std::fs::read_to_string(&marks).is_ok_and(|text| text.lines().count() == 2)
    });
    kill(&mut terminal);
    // What a crash in the middle of a line would leave.
    let mut file = std::fs::OpenOptions::new().append(true).open(&marks).unwrap();
    std::io::Write::write_all(&mut file, b"{\"conversation\":\"12").unwrap();
    let mut terminal = Terminal::at(Arc::clone(&terminal.home), 120, 30, &["--demo"]);
    terminal.see("1 line of the marks could not be read and kept aside in");
    terminal.see("loaded");
    // The cursor stays on its conversation when what is done is shown above it.
    terminal.press("Hg\r");
    terminal.see("local: done");
    terminal.see("local note: call Ida first");
    terminal.press("q");
    assert!(terminal.end().success());
}

#[test]
fn a_disk_that_takes_nothing_is_said_at_once_and_typing_goes_on() {
    let home: Arc<tempfile::TempDir> = tempfile::tempdir().unwrap().into();
    let kept = home.path().join("switchboard");
    std::fs::create_dir_all(&kept).unwrap();
    // Where drafts are to be there is a file in place of the folder.
    std::fs::write(kept.join("drafts"), "").unwrap();
    let mut terminal = Terminal::at(home, 120, 30, &["--demo"]);
    edit(&mut terminal);
    terminal.fingers("Zebra ");
    terminal.see("The draft is not on disk: something else lies where its folder should be.");
    terminal.fingers("goes on ");
    terminal.see("Zebra goes on");
    // Nothing is lost without having been asked.
    terminal.press("\u{11}");
    terminal.see("Your edit is not on disk and would be lost.");
    // It is kept as soon as the disk takes it.
    std::fs::remove_file(kept.join("drafts")).unwrap();
    terminal.fingers("again ");
    terminal.until("it is kept", |_| {
        let file = std::fs::read_dir(kept.join("drafts/demo")).into_iter().flatten().flatten();
        file.map(|entry| std::fs::read_to_string(entry.path()).unwrap_or_default())
            .any(|text| text.contains("Zebra goes on again"))
    });
}

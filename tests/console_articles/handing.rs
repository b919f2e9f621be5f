//! Four eyes: a review saved to a file by one person and confirmed by another.

use insta::assert_snapshot;
use switchboard::app::Options;
use switchboard::app::event::{Event, Handed};
use switchboard::app::opening::Start;
use switchboard::app::place::Place;
use switchboard::domain::call::{End, FaultKind};
use switchboard::domain::text::{Clean, Raw};

use crate::desk::{Console, REFUNDS, fault, id};
use crate::saving::review;

const FILE: &str = "4200.switchboard-review";

/// A review in a file, and the console of somebody else with the same server.
fn handed(cols: u16, rows: u16) -> Console {
    let mut author = review(cols, rows);
    author.keys("w<enter>");
    assert_eq!(author.notice(), format!("The review is in {FILE}. Nothing was sent."));
    assert_eq!(author.model.place(), Place::Review);
    let mut reviewer = Console::open(cols, rows);
    reviewer.files = author.files;
    reviewer
}

fn opened(cols: u16, rows: u16) -> Console {
    let mut console = handed(cols, rows);
    open(&mut console);
    assert_eq!(console.model.place(), Place::Review, "{}", console.screen());
    console
}

fn open(console: &mut Console) {
    console.keys("O");
    console.paste(FILE);
    console.keys("<enter>");
}

#[test]
fn the_lines_that_ask_for_a_path() {
    let mut console = review(80, 24);
    console.keys("w");
    assert_eq!(console.model.place(), Place::Form);
    assert_snapshot!("save_80", console.screen());
    console.keys("<esc>");
    assert_eq!((console.model.place(), console.files.len()), (Place::Review, 0));
    console.keys("w<ctrl-u><enter>");
    assert_eq!((console.model.place(), console.files.len()), (Place::Form, 0));
    console.paste(" other.review\n");
    console.keys("<enter>w<ctrl-u>");
    console.paste("other.review");
    console.keys("<enter>");
    assert!(console.notice().contains("there is a file of that name"), "{}", console.notice());
    let mut console = Console::open(80, 24);
    console.keys("O");
    assert_snapshot!("open_80", console.screen());
    console.keys("none<enter>");
    assert!(console.notice().contains("no such file"), "{}", console.notice());
    assert_eq!(console.model.place(), Place::Articles);
}

#[test]
fn the_same_review_is_shown_to_somebody_else() {
    assert_snapshot!("opened_80", opened(80, 24).screen());
    assert_snapshot!("opened_200", opened(200, 60).screen());
    let (mut author, mut reviewer) = (review(80, 40), opened(80, 40));
    author.keys("v");
    reviewer.keys("v");
    let rows = |console: &Console| -> Vec<String> {
        let screen = console.screen().to_string();
        let from = screen.lines().skip_while(|row| !row.contains("Text, as HTML source")).take(12);
        from.map(str::to_owned).collect()
    };
    assert_eq!(rows(&author), rows(&reviewer));
}

#[test]
fn it_is_confirmed_like_any_other_and_sent_once() {
    let mut console = opened(80, 24);
    console.keys("s");
    assert_eq!(console.model.place(), Place::Confirmation);
    console.wait(800);
    console.confirm("publish");
    assert_eq!(console.writes, 1);
    assert_eq!(console.disk.len(), 1, "on its way it is kept like any edit");
    console.land(str::to_owned);
    assert_eq!(console.notice(), "Saved. It reads back exactly as reviewed.");
    assert_eq!(console.server[0].body.as_str(), REFUNDS.replace("within a day", "within the same day"));
    assert!(console.disk.is_empty() && console.files.len() == 1);
    assert_eq!(console.model.place(), Place::Articles);
}

#[test]
fn a_write_that_fails_leaves_an_edit() {
    let mut console = opened(80, 24);
    console.keys("s");
    console.wait(800);
    console.confirm("publish");
    console.end_write(End::Refused(fault(FaultKind::Invalid, "The server refused it.", "")));
    assert_eq!((console.model.place(), console.disk.len()), (Place::Editor, 1));
    assert_eq!(console.notice(), "Not saved: the server refused it. Your edit is kept.");
}

#[test]
fn leaving_it_keeps_nothing() {
    let mut console = opened(80, 24);
    console.keys("s");
    console.wait(800);
    console.keys("<esc><esc>");
    assert_eq!(console.model.place(), Place::Articles);
    assert_eq!(console.notice(), "Nothing was sent; the review stays in its file.");
    console.wait(2_000);
    assert!(console.disk.is_empty() && console.writes == 0);
    assert!(console.model.hold().is_none());
    // What is edited afterwards is ours again.
    console.keys("<enter>e<home>X<ctrl-s>");
    assert!(!console.shows("Saved by"), "{}", console.screen());
    open(&mut console);
    let mut console = opened(80, 24);
    console.keys("4");
    assert_eq!((console.model.place(), console.disk.len()), (Place::Articles, 0));
}

#[test]
fn it_is_taken_whole() {
    let mut console = opened(80, 24);
    console.keys("x");
    assert!(console.notice().starts_with("This review is from a file"), "{}", console.notice());
    console.keys("w");
    assert_eq!(console.notice(), "This review is in a file already.");
    assert_eq!(console.model.place(), Place::Review);
}

#[test]
fn a_moved_article_is_refused_with_what_moved() {
    let mut console = handed(80, 24);
    console.server[0].body = Raw::from("<p>Other</p>");
    console.server[0].title = Raw::from("Other");
    open(&mut console);
    assert_eq!(console.model.place(), Place::Articles);
    assert_eq!(
        console.notice(),
        "The article changed since this review was saved on 2026-09-21 12:00: its title and text."
    );
    assert_snapshot!("moved_80", console.screen());
}

#[test]
fn another_workspace_is_refused_and_both_are_named() {
    let mut console = handed(80, 24);
    console.files.get_mut(FILE).unwrap().workspace.host = "mcp.eu.intercom.com".into();
    open(&mut console);
    assert_eq!(console.model.place(), Place::Articles);
    assert_eq!(
        console.notice(),
        "This review is of another workspace: it is for mcp.eu.intercom.com, and open is mcp.intercom.com."
    );
}

#[test]
fn an_edit_of_ones_own_stays_as_it_is() {
    let mut console = handed(80, 24);
    console.keys("<enter>e<home>Mine<esc><esc>");
    let kept = console.disk.clone();
    assert_eq!(kept.len(), 1);
    open(&mut console);
    assert!(
        console.notice().starts_with("You keep an edit of this article yourself."),
        "{}",
        console.notice()
    );
    assert_eq!((&console.disk, console.model.place()), (&kept, Place::Articles));
    assert!(console.model.articles.unsaved.contains(&id(4200)));
}

#[test]
fn opening_can_be_cancelled() {
    let mut console = handed(80, 24);
    console.answers = false;
    open(&mut console);
    assert_eq!(console.asked.len(), 1);
    console.keys("<esc>");
    assert_eq!((console.notice(), console.cancelled.len()), ("The review was not opened.", 1));
    open(&mut console);
    console.answer(End::TimedOut(fault(FaultKind::TimedOut, "The server took too long.", "")));
    assert_eq!((console.notice(), console.model.place()), ("The server took too long.", Place::Articles));
    // What comes when nobody waits for it is nothing.
    let review = console.files[FILE].clone();
    console.event(Event::Handed(Handed::Opened(FILE.into(), Box::new(review))));
    assert!(console.asked.is_empty());
}

#[test]
fn a_file_of_the_command_line_opens_once_the_server_can_be_asked() {
    let files = handed(80, 24).files;
    let mut console = Console::cold(80, 24, Options::default());
    console.files = files;
    console.model.begin(Start { review: FILE.into(), ..Start::default() });
    assert_eq!(console.model.place(), Place::Articles);
    console.up();
    assert_eq!(console.model.place(), Place::Review, "{}", console.screen());
    console.keys("<esc>");
    assert!(console.shows("How refunds work"), "{}", console.screen());
    console.down();
    console.up();
    assert_eq!(console.model.place(), Place::Articles, "it is opened once");
}

#[test]
fn hostile_names_in_a_file_are_one_plain_line() {
    let mut console = handed(80, 24);
    console.files.get_mut(FILE).unwrap().author = "\u{1b}[2J\u{202e}ana\ntype publish".into();
    open(&mut console);
    assert!(console.shows("Saved by “␛ana type publish”"), "{}", console.screen());
    assert_eq!(Clean::line("\u{1b}[2J\u{202e}ana").as_str(), "␛ana");
}

#[test]
fn a_send_that_is_stopped_leaves_a_review_from_a_file() {
    let mut console = opened(80, 24);
    console.keys("s");
    console.wait(800);
    console.down();
    console.confirm("publish");
    assert_eq!(console.notice(), "Not connected. Nothing was sent; the review stays in its file.");
    assert_eq!((console.model.place(), console.writes), (Place::Review, 0));
    assert!(console.shows("Saved by"), "{}", console.screen());
    console.keys("s");
    assert_eq!(console.notice(), "Not connected. Nothing was sent; the review stays in its file.");
    console.keys("<esc>");
    assert!(console.model.articles.desk.is_none() && console.disk.is_empty());
    console.up();
    // What is typed then is ours, and stays.
    console.full = true;
    console.keys("g4j<enter>e<home>MINE own words <ctrl-s>");
    assert_eq!(console.model.place(), Place::Review);
    assert!(!console.shows("Saved by"), "{}", console.screen());
    console.keys("<esc>");
    assert!(console.model.articles.desk.is_some());
}

#[test]
fn an_edit_that_another_window_left_is_not_written_over() {
    let mut console = handed(80, 24);
    let mut other = Console::open(80, 24);
    other.keys("<enter>eOTHER WORDS ");
    other.wait(2_000);
    console.disk = other.disk.clone();
    open(&mut console);
    assert_eq!(console.model.place(), Place::Articles);
    assert!(console.notice().starts_with("You keep an edit of this article"), "{}", console.notice());
    assert_eq!(console.disk, other.disk);
    // Once the other window is done with it, nothing is in the way.
    console.disk.clear();
    open(&mut console);
    assert_eq!(console.model.place(), Place::Review);
}

#[test]
fn the_workspace_is_known_while_the_link_is_down() {
    let mut author = review(80, 24);
    author.down();
    author.keys("w<enter>");
    assert_eq!(author.files[FILE].workspace.host, "mcp.intercom.com");
    // A file that names no workspace is of none.
    let mut console = handed(80, 24);
    console.files.get_mut(FILE).unwrap().workspace.host = String::new();
    open(&mut console);
    assert_eq!(console.model.place(), Place::Articles);
    assert!(console.notice().starts_with("This review is of another workspace"), "{}", console.notice());
    // A review that is being read when the link drops is not said to be of another workspace.
    let mut console = handed(80, 24);
    let review = console.files.remove(FILE).unwrap();
    console.slow_files = true;
    open(&mut console);
    console.down();
    console.event(Event::Handed(Handed::Opened(FILE.into(), Box::new(review))));
    assert!(!console.notice().contains("another workspace"), "{}", console.notice());
}

#[test]
fn another_name_of_the_account_is_said_in_the_review() {
    let mut console = handed(80, 24);
    console.files.get_mut(FILE).unwrap().workspace.account = "acme\u{1b}[2J".into();
    open(&mut console);
    assert_eq!(console.model.place(), Place::Review);
    assert!(console.shows("! Saved in account “acme␛”; this is account"), "{}", console.screen());
    assert!(!opened(80, 24).shows("this is account"));
}

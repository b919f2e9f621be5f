//! From the editor to the review: when there is one, what it shows, and why there is none.

use insta::assert_snapshot;
use switchboard::app::Options;
use switchboard::app::place::Place;
use switchboard::domain::call::{End, FaultKind};

use crate::desk::{Console, REFUNDS, fault};
use crate::saving::{body, ended, review};

#[test]
fn the_review() {
    let mut console = review(80, 24);
    assert_snapshot!("review_80", console.screen());
    console.keys("v");
    assert_snapshot!("review_source_80", console.screen());
    assert_snapshot!("review_120", review(120, 40).screen());
}

#[test]
fn a_review_of_every_field() {
    let mut console = Console::open(80, 24);
    console.keys("jjj<enter>e<ctrl-end><enter><lt>p>New end.<lt>/p><shift-tab> <shift-tab><shift-tab>, and SCIM<ctrl-s>");
    assert_snapshot!("review_fields_80", console.screen());
    console.keys("n");
    assert!(console.shows("change 1 of"));
    console.keys("nnnnn");
    assert_eq!(console.notice(), "That was the last change.");
    console.keys("<esc>");
    assert_eq!(console.model.place(), Place::Editor);
}

#[test]
fn nothing_changed_is_said() {
    let mut console = Console::open(80, 24);
    console.keys("<enter>e<ctrl-s>");
    assert_eq!((console.notice(), console.model.place()), ("Nothing changed.", Place::Editor));
}

#[test]
fn the_review_reads_the_article_first_and_can_be_cancelled() {
    let mut console = Console::open(80, 24);
    console.keys("<enter>e<home>X");
    console.answers = false;
    console.keys("<ctrl-s>");
    assert!(console.shows("Reading the article again before the review…"));
    console.keys("<esc>");
    assert_eq!((console.model.place(), console.cancelled.len()), (Place::Editor, 1));
    console.keys("<ctrl-s>");
    console.answer(End::TimedOut(fault(FaultKind::TimedOut, "The server took too long.", "Try again.")));
    assert_eq!((console.model.place(), console.notice()), (Place::Editor, "The server took too long."));
}

#[test]
fn keys_typed_ahead_of_the_review_stay_out_of_the_text() {
    let mut console = Console::open(80, 24);
    console.keys("<enter>e<home>X");
    console.answers = false;
    console.keys("<ctrl-s>s");
    console.paste("pasted");
    assert_eq!(body(&console), format!("X{REFUNDS}"));
    console.let_answer();
    assert_eq!(console.model.place(), Place::Review);
}

#[test]
fn why_nothing_can_be_saved() {
    let mut console = Console::cold(80, 24, Options { read_only: true, ..Options::default() });
    console.up();
    console.keys("4<enter>e<home>X");
    assert!(console.shows("read-only: nothing is sent"));
    console.keys("<ctrl-s>s");
    assert_eq!(console.model.place(), Place::Review);
    assert_eq!(console.notice(), "Read-only: nothing is sent from here. Your edit is kept.");
    let mut console = Console::cold(80, 24, Options::default());
    console.up_with(&["get_article"]);
    console.keys("4<enter>e<home>X<ctrl-s>");
    assert!(console.notice().starts_with("This server does not offer update_article"));
    let mut console = review(80, 24);
    console.down();
    console.keys("s");
    assert_eq!(
        (console.notice(), console.model.place()),
        ("Not connected; your edit is kept.", Place::Review)
    );
}

#[test]
fn the_review_warns_of_what_intercom_will_do() {
    let mut console = Console::open(80, 24);
    console.keys("<enter>e<home><lt>h3>Deep<lt>/h3><lt>dl><lt>/dl><ctrl-s>");
    assert!(
        console.shows("! Intercom renumbers heading levels")
            && console.shows("! Intercom refuses definition lists")
    );
}

#[test]
fn html_that_reads_the_same_is_said() {
    let mut console = Console::open(80, 24);
    console.keys(
        "<enter>e<ctrl-end><ctrl-left><ctrl-left><ctrl-w>the same <ctrl-home><right><right> id=x<ctrl-s>",
    );
    assert!(console.shows("and HTML of 1 block that"), "{}", console.screen());
}

#[test]
fn a_late_answer_changes_nothing() {
    let mut console = Console::open(80, 24);
    console.keys("<enter>e<home>X");
    console.answers = false;
    console.keys("<ctrl-s>");
    let (call, asked) = (console.asked[0].0, console.asked[0].1.clone());
    console.keys("<esc>");
    let end = console.answer_to(&asked);
    console.event(ended(call, end));
    assert_eq!(console.model.place(), Place::Editor);
}

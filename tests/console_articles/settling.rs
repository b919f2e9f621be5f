//! A save whose answer was lost, or says nothing: its fate is found out by reading, at most three times, and never by sending again.

use insta::assert_snapshot;
use switchboard::app::place::Place;
use switchboard::domain::call::{Answer, End, FaultKind};

use crate::desk::{Console, fault, id};
use crate::saving::{body, edited, ended, sent, unknown};

#[test]
fn a_lost_answer_that_did_arrive() {
    let mut console = sent();
    let (call, approved) = console.sent.remove(0);
    console.apply(&approved, str::to_owned);
    let end = unknown("The connection was cut.");
    console.event(ended(call, end));
    assert_eq!(console.notice(), "Saved. It reads back exactly as reviewed.");
    assert_eq!((console.model.place(), console.writes), (Place::Article, 1));
    assert!(console.disk.is_empty());
}

#[test]
fn a_lost_answer_that_arrived_in_the_servers_own_html() {
    let mut console = sent();
    let (call, approved) = console.sent.remove(0);
    console.apply(&approved, |body| body.replace(" class=\"no-margin\"", ""));
    let end = unknown("The connection was cut.");
    console.event(ended(call, end));
    assert_eq!(console.notice(), "Saved. The server keeps it otherwise than it was sent.");
    assert_snapshot!("altered_html_80", console.screen());
}

#[test]
fn a_lost_answer_that_did_not_arrive_is_told_at_the_third_reading() {
    let mut console = sent();
    console.end_write(unknown("The connection was cut."));
    assert_eq!(console.notice(), "Not arrived so far; looking again…");
    assert!(console.shows("The connection was cut. Nothing is sent twice; your edit is kept."));
    for millis in [2_800, 3_000, 6_800] {
        console.keys("<ctrl-s>");
        assert!(console.shows("Not arrived so far; looking again in "));
        assert_eq!(console.model.place(), Place::Editor, "a review before the last save was settled");
        console.wait(millis);
        assert_ne!(console.notice(), NOT_ARRIVED);
        console.model.shell.notice = None;
        assert!(console.shows("Not arrived so far; looking again in "), "{}", console.screen());
    }
    console.wait(1_000);
    assert_eq!(console.notice(), NOT_ARRIVED);
    assert_eq!((console.model.place(), body(&console)), (Place::Editor, edited()));
    assert!(console.disk.contains_key(&id(4200)));
    console.keys("<ctrl-s>");
    assert_eq!((console.model.place(), console.writes), (Place::Review, 1));
}

const NOT_ARRIVED: &str = "The save has not arrived.";

#[test]
fn a_server_that_was_slow_is_seen_to_have_saved() {
    for (millis, more) in [(2_000, 1_100), (8_000, 5_100)] {
        let mut console = sent();
        let (call, approved) = console.sent.remove(0);
        console.event(ended(call, unknown("The connection was cut.")));
        console.wait(millis);
        console.apply(&approved, str::to_owned);
        console.wait(more);
        assert_eq!(console.notice(), "Saved. It reads back exactly as reviewed.");
        assert_eq!((console.model.place(), console.writes), (Place::Article, 1));
        assert!(console.disk.is_empty());
    }
}

#[test]
fn a_reading_that_fails_in_passing_is_made_again() {
    for kind in [FaultKind::RateLimited, FaultKind::Server, FaultKind::TimedOut] {
        let mut console = sent();
        let (call, approved) = console.sent.remove(0);
        console.apply(&approved, str::to_owned);
        console.answers = false;
        console.event(ended(call, unknown("The connection was cut.")));
        console.answer(End::Refused(fault(kind, "Not now.", "")));
        console.wait(2_900);
        assert!(console.asked.is_empty());
        console.keys("<esc>");
        console.answers = true;
        console.wait(200);
        assert_eq!(console.notice(), "The save did arrive.");
        assert!(console.disk.is_empty());
    }
}

#[test]
fn the_wait_that_the_server_asks_for_is_kept() {
    let mut console = sent();
    console.answers = false;
    console.end_write(unknown("The connection was cut."));
    let mut limited = fault(FaultKind::RateLimited, "Too fast.", "");
    limited.wait = Some(30);
    console.answer(End::Refused(limited));
    console.wait(29_000);
    assert!(console.asked.is_empty());
    console.wait(1_100);
    assert_eq!(console.asked.len(), 1);
}

/// A save of unknown fate whose first reading the server put off for this many seconds.
fn put_off(seconds: u64) -> Console {
    let mut console = sent();
    console.answers = false;
    console.end_write(unknown("The connection was cut."));
    let mut limited = fault(FaultKind::RateLimited, "Too fast.", "");
    limited.wait = Some(seconds);
    console.answer(End::Refused(limited));
    console
}

#[test]
fn a_long_wait_that_the_server_asks_for_does_not_close_the_road() {
    let mut console = put_off(86_400);
    console.model.shell.notice = None;
    let words = "last save not known yet; looking again in 60 s";
    assert!(console.shows(words), "{}", console.screen());
    console.wait(20_000);
    assert!(console.asked.is_empty() && console.shows("looking again in 40 s"));
    console.wait(40_100);
    assert_eq!(console.asked.len(), 1);
    let mut console = put_off(86_400);
    console.keys("<ctrl-s>");
    assert_eq!(console.asked.len(), 1, "somebody who asks is kept waiting");
    assert!(console.notice().ends_with("the article is being read."));
    let mut console = put_off(86_400);
    console.down();
    console.up();
    assert_eq!(console.asked.len(), 1, "a new link is kept waiting");
}

#[test]
fn nothing_is_said_to_be_read_that_is_not() {
    let mut console = sent();
    console.end_write(unknown("The connection was cut."));
    console.keys("<ctrl-s>");
    assert_eq!(console.notice(), "Not arrived so far; looking again in 3 s");
}

#[test]
fn a_save_that_was_taken_and_changed_nothing_is_no_save() {
    let mut console = sent();
    let unchanged = console.server[0].clone();
    console.end_write(End::Answer(Answer::Written(Box::new(unchanged))));
    assert_eq!(console.notice(), "Not arrived so far; looking again…");
    assert!(console.shows("The server answered the save. Nothing is sent twice; your edit is kept."));
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Editor, "a review before the last save was settled");
    console.wait(13_000);
    assert_eq!(console.notice(), "Not saved: the server answered, but the article reads as before.");
    assert_eq!((console.model.place(), body(&console)), (Place::Editor, edited()));
    assert!(console.disk.contains_key(&id(4200)));
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Review);
}

#[test]
fn one_reading_that_is_behind_is_not_the_last_word_on_a_save_that_was_taken() {
    let mut console = sent();
    let (call, approved) = console.sent.remove(0);
    let before = console.server[0].clone();
    let written = console.apply(&approved, str::to_owned);
    console.server[0] = before;
    console.event(ended(call, End::Answer(Answer::Written(Box::new(written.clone())))));
    assert_eq!(console.notice(), "Not arrived so far; looking again…");
    console.server[0] = written;
    console.wait(3_100);
    assert_eq!(console.notice(), "Saved. It reads back exactly as reviewed.");
    assert_eq!((console.model.place(), console.writes), (Place::Article, 1));
    assert!(console.disk.is_empty());
}

#[test]
fn a_save_that_was_taken_and_reads_as_something_else_is_shown() {
    let mut console = sent();
    console.land(|_| "<p>Something else altogether.</p>".into());
    assert_eq!(console.notice(), "It cannot be told whether the save arrived. Your edit is kept.");
    assert_eq!(console.model.place(), Place::Conflict);
    assert_snapshot!("untold_80", console.screen());
    assert!(console.disk.contains_key(&id(4200)));
    console.keys("<esc>");
    assert_eq!((console.model.place(), body(&console)), (Place::Editor, edited()));
}

#[test]
fn a_lost_answer_that_cannot_be_told() {
    let mut console = sent();
    console.server[0].body = "<p>Something else altogether.</p>".into();
    console.end_write(unknown("The connection was cut."));
    assert!(
        console.notice().starts_with("It cannot be told whether the save arrived"),
        "{}",
        console.notice()
    );
    assert_eq!(body(&console), edited());
    let mut console = sent();
    console.server.clear();
    console.end_write(unknown("The connection was cut."));
    assert!(
        console.notice().starts_with("It cannot be told whether the save arrived"),
        "{}",
        console.notice()
    );
}

#[test]
fn a_lost_answer_is_settled_when_the_link_is_back_and_never_sent_again() {
    let mut console = sent();
    console.down();
    console.end_write(unknown("The connection was cut."));
    assert_eq!(console.model.place(), Place::Editor);
    assert!(console.shows("It is not known yet whether the save arrived"));
    console.keys("<ctrl-s>");
    assert_eq!(console.notice(), "Not connected; your edit is kept.");
    console.answers = false;
    console.up();
    assert_eq!(console.asked.len(), 1);
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Editor, "a review before the last save was settled");
    console.answer(End::TimedOut(fault(FaultKind::TimedOut, "The server took too long.", "")));
    for _ in 0..2 {
        console.model.shell.notice = None;
        assert!(console.shows("last save not known yet; looking again in "), "{}", console.screen());
        assert_ne!(console.notice(), "It is still not known whether the save arrived.");
        console.wait(10_000);
        console.answer(End::TimedOut(fault(FaultKind::TimedOut, "The server took too long.", "")));
    }
    assert_eq!(console.notice(), "It is still not known whether the save arrived.");
    console.wait(60_000);
    assert!(console.asked.is_empty());
    console.keys("<ctrl-s>");
    console.let_answer();
    assert_eq!(console.notice(), "Not arrived so far; looking again…");
    console.answers = true;
    console.wait(13_000);
    assert_eq!(console.notice(), NOT_ARRIVED);
    assert_eq!(console.writes, 1);
}

#[test]
fn a_write_that_times_out_is_settled_by_reading() {
    let mut console = sent();
    console.end_write(End::TimedOut(fault(FaultKind::TimedOut, "The server took too long.", "")));
    console.wait(13_000);
    assert_eq!(console.notice(), NOT_ARRIVED);
}

#[test]
fn an_answer_of_another_kind_is_no_saving() {
    let mut console = sent();
    let article = console.server[0].clone();
    console.end_write(End::Answer(Answer::Article(Box::new(article))));
    console.wait(13_000);
    assert_eq!(console.notice(), NOT_ARRIVED);
}

#[test]
fn a_save_that_cannot_be_read_back_keeps_the_draft_until_it_is() {
    let mut console = sent();
    console.answers = false;
    console.land(str::to_owned);
    console.answer(End::Refused(fault(FaultKind::Server, "The server failed.", "")));
    assert_eq!(
        console.notice(),
        "The server took the save, but it could not be read back: The server failed."
    );
    assert!(console.disk.contains_key(&id(4200)));
    console.answers = true;
    console.wait(3_000);
    assert_eq!(console.notice(), "Saved. It reads back exactly as reviewed.");
    assert_eq!(console.model.place(), Place::Article);
    assert!(console.disk.is_empty());
}

#[test]
fn a_read_back_that_is_not_waited_for_is_made_later() {
    let mut console = sent();
    console.answers = false;
    console.land(str::to_owned);
    console.keys("<esc>");
    assert_eq!(console.model.place(), Place::Editor);
    console.model.shell.notice = None;
    assert!(console.shows("save answered, not read back; looking again in 3 s"), "{}", console.screen());
    assert!(console.disk.contains_key(&id(4200)));
    console.answers = true;
    console.wait(3_000);
    assert_eq!(console.notice(), "Saved. It reads back exactly as reviewed.");
    assert!(console.disk.is_empty());
}

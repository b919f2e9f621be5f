//! A save and its read-back, what is said of them, and leaving before the fate is known.

use std::collections::HashMap;

use insta::assert_snapshot;
use switchboard::app::Options;
use switchboard::app::command::Command;
use switchboard::app::event::Event;
use switchboard::app::keymap::Keymap;
use switchboard::app::place::Place;
use switchboard::domain::call::{Answer, CallId, End, FaultKind, Report};
use switchboard::domain::id::AdminId;

use crate::desk::{Console, REFUNDS, fault, id};

/// A review of a changed word on a live article.
pub(crate) fn review(cols: u16, rows: u16) -> Console {
    let mut console = Console::open(cols, rows);
    console.keys("<enter>e<ctrl-end><ctrl-left><ctrl-left><ctrl-w>the same <ctrl-s>");
    assert_eq!(console.model.place(), Place::Review, "{}", console.screen());
    console
}

/// A confirmation that takes keys.
pub(crate) fn armed() -> Console {
    let mut console = review(80, 24);
    console.keys("s");
    assert_eq!(console.model.place(), Place::Confirmation);
    console.wait(800);
    console
}

/// A write that was sent.
pub(crate) fn sent() -> Console {
    let mut console = armed();
    console.confirm("publish");
    assert_eq!((console.writes, console.model.place()), (1, Place::Review));
    console
}

pub(crate) fn body(console: &Console) -> String {
    console.model.articles.desk.as_ref().unwrap().body.source()
}

pub(crate) fn edited() -> String {
    REFUNDS.replace("within a day", "within the same day")
}

#[test]
fn saved_and_read_back() {
    let mut console = sent();
    console.keys("<esc>");
    assert_eq!(console.notice(), "It may be on its way already; waiting for the answer.");
    assert!(console.cancelled.is_empty());
    console.land(str::to_owned);
    assert_eq!(console.notice(), "Saved. It reads back exactly as reviewed.");
    assert_eq!(console.model.place(), Place::Article);
    assert!(console.shows("within the same day"));
    assert!(console.disk.is_empty());
}

#[test]
fn a_save_that_changed_the_name_on_it_says_so() {
    let mut console = sent();
    console.server[0].row.author = AdminId::read("12");
    console.land(str::to_owned);
    assert_eq!(console.notice(), "Saved. The name on it is now Grace Hopper.");
    assert_eq!(console.model.place(), Place::Article, "an author that was not sent alters nothing that was");
    let mut console = sent();
    console.server[0].row.author = AdminId::read("991");
    let (call, approved) = console.sent.remove(0);
    console.apply(&approved, str::to_owned);
    let end = unknown("The connection was cut.");
    console.event(ended(call, end));
    assert_eq!(console.notice(), "Saved. The name on it is now teammate 991.");
}

#[test]
fn keys_of_ones_own_are_named() {
    let keys =
        [(Command::Review, "f6"), (Command::Edit, "f7"), (Command::Refresh, "f9"), (Command::Back, "f12")];
    let keys = keys.map(|(command, key)| (command, vec![key.parse().unwrap()]));
    let keymap = Keymap::with(&HashMap::from(keys)).0;
    let mut console = Console::cold(80, 24, Options { keymap, ..Options::default() });
    console.up();
    console.keys("4<enter><f7><home>X<f6>s");
    console.wait(800);
    console.confirm("publish");
    console.end_write(unknown("The connection was cut."));
    console.wait(3_100);
    console.wait(10_100);
    assert!(console.shows("Your edit is kept; F6 reviews it again."), "{}", console.screen());
    console.keys("<f12>");
    assert!(console.shows("✎ your edit waits; F7 continues it"), "{}", console.screen());
    console.server.clear();
    console.keys("<f12><f9>");
    console.wait(10_000);
    assert!(console.shows("n begins one; F9 asks again."), "{}", console.screen());
    console.keys("/");
    assert!(console.shows("F12 leave"), "{}", console.screen());
}

#[test]
fn a_new_title_is_in_the_list_after_saving() {
    let mut console = Console::open(80, 24);
    console.keys("<enter>e<tab>, explained<ctrl-s>s");
    console.wait(800);
    console.confirm("publish");
    console.land(str::to_owned);
    console.keys("<esc>");
    assert!(console.shows("How refunds work, explained"));
}

#[test]
fn the_server_keeps_it_otherwise() {
    let mut console = sent();
    console.land(|body| body.replace("<h2 id=\"h_1\">How to ask</h2>", "<h1 id=\"h_9\">How to ask</h1>"));
    assert_eq!(console.model.place(), Place::Review);
    assert_snapshot!("altered_80", console.screen());
    console.keys("s");
    assert_eq!(console.notice(), "It is saved already.");
    console.keys("<esc>");
    assert_eq!(console.model.place(), Place::Article);
    assert!(console.disk.is_empty());
}

#[test]
fn refused_or_not_sent_comes_back_to_the_draft() {
    let ends = [
        End::Refused(fault(FaultKind::Invalid, "The server refused it: dl is not allowed.", "Change it.")),
        End::NotSent(fault(FaultKind::Busy, "Nothing was sent.", "")),
        End::Cancelled,
    ];
    for end in ends {
        let mut console = sent();
        console.end_write(end);
        assert_eq!((console.model.place(), body(&console)), (Place::Editor, edited()));
        assert!(console.disk.contains_key(&id(4200)) && !console.notice().is_empty());
    }
}

const NOTHING_SENT: &str = "Not saved: nothing was sent. Your edit is kept.";

#[test]
fn a_save_that_never_left_says_so_until_something_is_done() {
    let mut console = sent();
    console.down();
    let lost = fault(FaultKind::Unreachable, "The connection was cut.", "R tries again now.");
    console.end_write(End::NotSent(lost));
    assert_eq!((console.notice(), console.model.place()), (NOTHING_SENT, Place::Editor));
    assert!(console.shows("The connection was cut."));
    console.up();
    assert_eq!(console.notice(), NOTHING_SENT, "the link that came up hid the fate");
    console.down();
    console.wait(60_000);
    assert_eq!(console.notice(), "");
    assert!(console.shows(NOTHING_SENT), "the link that is down covers the fate: {}", console.screen());
    console.up();
    console.keys("<esc>");
    console.wait(60_000);
    assert!(console.shows(NOTHING_SENT));
    console.keys("e");
    assert!(console.shows(NOTHING_SENT));
    console.keys("more");
    console.wait(60_000);
    assert!(!console.shows(NOTHING_SENT));
}

#[test]
fn a_saved_article_is_the_newest_in_the_list() {
    let mut console = Console::open(80, 24);
    console.keys("jj<enter>e<home>X<ctrl-s>s");
    console.wait(800);
    console.confirm("publish");
    console.land(str::to_owned);
    console.keys("<esc>");
    let rows = console.model.articles.shelf.rows();
    assert_eq!(
        (rows.get(0).map(|row| &row.id), rows.picked().map(|row| &row.id)),
        (Some(&id(4202)), Some(&id(4202)))
    );
}

#[test]
fn moved_under_the_write() {
    let mut console = sent();
    let mut theirs = console.server[0].clone();
    theirs.title = "Refunds, by somebody else".into();
    console.end_write(End::Moved(Box::new(theirs)));
    assert_eq!(console.model.place(), Place::Conflict);
    assert_eq!(console.notice(), "Not sent: the article was changed on the server meanwhile.");
    console.keys("<esc>");
    assert_eq!((console.model.place(), body(&console)), (Place::Editor, edited()));
}

fn conflict() -> Console {
    let mut console = Console::open(80, 24);
    console.keys("<enter>e<home>Mine. ");
    console.server[0].body = REFUNDS.replace("five working days", "three days").into();
    console.server[0].title = "Refunds".into();
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Conflict);
    console
}

#[test]
fn a_conflict_that_fits_together_goes_on_to_the_review() {
    let mut console = conflict();
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Review);
    assert_snapshot!("conflict_merged_80", console.screen());
    console.keys("s");
    console.wait(800);
    console.confirm("publish");
    let changes = console.sent[0].1.deed().article().unwrap().changes.clone();
    let both = format!("Mine. {REFUNDS}").replace("five working days", "three days");
    assert_eq!((changes.title, changes.body), (None, Some(both)));
}

#[test]
fn a_restored_draft_over_a_moved_article_is_a_conflict() {
    let mut console = Console::open(80, 24);
    console.keys("<enter>e<home>Mine. <esc>");
    console.server[0].title = "Refunds".into();
    console.keys("re");
    assert!(body(&console).starts_with("Mine. "));
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Conflict);
}

pub(crate) fn unknown(lost: &str) -> End {
    End::Unknown(fault(FaultKind::Unreachable, lost, ""))
}

pub(crate) fn ended(id: CallId, end: End) -> Event {
    Event::Report(Report::Ended { id, end })
}

/// A write whose answer was lost with the link, and that did land.
pub(crate) fn lost_but_landed() -> Console {
    let mut console = sent();
    let (call, approved) = console.sent.remove(0);
    console.apply(&approved, str::to_owned);
    console.down();
    console.event(ended(call, unknown("The connection was cut.")));
    console
}

#[test]
fn quitting_during_a_save_asks_twice() {
    let held = "A save is under way; its fate is not known yet. Quit again to leave anyway.";
    let mut console = sent();
    console.keys("qqqqqqqqqqqqq");
    assert_eq!((console.quit, console.notice()), (false, held));
    console.wait(700);
    console.keys("jq");
    assert!(!console.quit, "a key in between did not count");
    console.wait(700);
    console.keys("q");
    assert!(console.quit);
    let mut console = sent();
    console.event(Event::Leave);
    assert!(console.quit, "a signal waits for nobody");
    let mut console = sent();
    console.keys("1q");
    assert_eq!((console.quit, console.notice()), (false, held));
    console.land(str::to_owned);
    console.keys("q");
    assert!(console.quit);
}

#[test]
fn quitting_before_the_fate_of_a_save_is_known_asks_twice() {
    let held = "The fate of the last save is not known yet. Quit again to leave anyway.";
    let mut reading = sent();
    reading.answers = false;
    reading.land(str::to_owned);
    let mut left = lost_but_landed();
    left.keys("<esc>");
    for mut console in [Box::new(reading), Box::new(lost_but_landed()), Box::new(left)] {
        console.keys("<ctrl-q>");
        assert_eq!((console.quit, console.notice()), (false, held));
        console.wait(700);
        console.keys("<ctrl-q>");
        assert!(console.quit);
    }
    let mut console = lost_but_landed();
    console.up();
    console.keys("<ctrl-q>");
    assert!(console.quit);
}

/// A write of title and summary, on a server whose reading leaves the summary out.
fn summary_sent() -> (Console, CallId, switchboard::domain::article::Article) {
    let mut console = Console::open(80, 24);
    let unsay = |console: &mut Console| {
        (console.server[0].description, console.server[0].description_said) = ("".into(), false);
        console.server[0].row.description = switchboard::domain::text::Clean::default();
    };
    unsay(&mut console);
    console.keys("<enter>e<tab>X<tab>New summary<ctrl-s>s");
    console.wait(800);
    console.confirm("publish");
    let (call, approved) = console.sent.remove(0);
    let written = console.apply(&approved, str::to_owned);
    assert_eq!(approved.deed().article().unwrap().changes.description.as_deref(), Some("New summary"));
    unsay(&mut console);
    (console, call, written)
}

#[test]
fn a_summary_that_is_not_read_back_is_told() {
    let (mut console, call, written) = summary_sent();
    console.event(ended(call, End::Answer(Answer::Written(Box::new(written)))));
    assert_eq!(console.notice(), "Saved. This server does not read the summary back.");
    assert!(console.disk.is_empty() && !console.shows("New summary"));
    let (mut console, call, mut written) = summary_sent();
    written.description_said = true;
    console.event(ended(call, End::Answer(Answer::Written(Box::new(written)))));
    assert_eq!(
        console.notice(),
        "Saved. The server's answer has the new summary, its reading leaves it out."
    );
    console.keys("e");
    let desk = console.model.articles.desk.as_ref().unwrap();
    assert_eq!(desk.description.text(), "New summary");
    console.keys("<ctrl-s>");
    assert_eq!(console.notice(), "Nothing changed.");
}

#[test]
fn a_filtered_search_says_what_hides() {
    let mut console = Console::open(80, 24);
    console.keys("/zebra<enter>");
    assert!(console.shows("No article has these words."));
    console.keys("ss");
    assert!(console.shows("No draft has these words; s shows all articles with them."));
    assert!(console.shows("Esc leaves the search for the list"));
}

//! Review, confirmation, write and read-back: every way they can go.

use std::collections::HashMap;

use insta::assert_snapshot;
use switchboard::app::Options;
use switchboard::app::command::Command;
use switchboard::app::event::Event;
use switchboard::app::key::script;
use switchboard::app::keymap::Keymap;
use switchboard::app::place::Place;
use switchboard::domain::article::ArticleState;
use switchboard::domain::call::{Answer, End, FaultKind};
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

fn body(console: &Console) -> String {
    console.model.articles.desk.as_ref().unwrap().body.source()
}

fn edited() -> String {
    REFUNDS.replace("within a day", "within the same day")
}

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
fn the_confirmation() {
    let mut console = review(80, 24);
    console.paints = false;
    console.keys("s");
    assert_snapshot!("confirmation_wait_80", console.screen());
    console.confirm("publish");
    assert_eq!(console.writes, 0, "keys counted before the dialog was on the screen");
    console.event(Event::Painted);
    console.wait(690);
    assert!(console.shows("› wait…"));
    console.wait(20);
    assert!(!console.shows("› wait…"));
    console.keys("pub");
    assert_snapshot!("confirmation_typing_80", console.screen());
    console.resize(120, 40);
    assert_snapshot!("confirmation_typing_120", console.screen());
    console.resize(80, 24);
    console.confirm("lish");
    assert_eq!(console.writes, 1);
    let (_, approved) = &console.sent[0];
    assert_eq!(approved.deed().article().unwrap().changes.body.as_deref(), Some(edited().as_str()));
    assert_eq!(
        (
            &approved.deed().article().unwrap().changes.title,
            &approved.deed().article().unwrap().changes.state
        ),
        (&None, &None)
    );
    assert!(console.disk.contains_key(&id(4200)), "the draft has to be on disk before the write");
    assert_snapshot!("saving_80", console.screen());
}

#[test]
fn enter_paste_and_held_keys_do_not_confirm() {
    let mut console = armed();
    console.keys("<enter>");
    assert_eq!(console.notice(), "Enter does not confirm; begin again when the cursor appears.");
    console.wait(800);
    console.paste("publish");
    assert_eq!(console.notice(), "Pasted text does not confirm.");
    console.wait(800);
    for key in script("publish").unwrap() {
        console.key(key);
    }
    assert_eq!(console.notice(), "That came faster than fingers type, so it does not count; begin again.");
    console.wait(800);
    console.keys("pubx");
    assert_eq!(console.notice(), "Not what was asked for, so nothing is sent; begin again.");
    console.wait(800);
    console.keys("<ctrl-p>lish");
    console.wait(800);
    assert_eq!((console.writes, console.model.place()), (0, Place::Confirmation));
    console.keys("<esc>");
    assert_eq!(console.model.place(), Place::Review);
    console.keys("s");
    console.wait(800);
    console.confirm("publish");
    assert_eq!(console.writes, 1);
}

#[test]
fn a_draft_asks_for_one_letter_and_an_unpublishing_for_its_word() {
    let mut console = Console::open(80, 24);
    console.keys("jjj<enter>e<home>X<ctrl-s>s");
    assert_snapshot!("confirmation_draft_80", console.screen());
    console.wait(800);
    console.confirm("y");
    assert_eq!(console.writes, 1);
    let mut console = Console::open(80, 24);
    console.keys("<enter>e<shift-tab> <ctrl-s>s");
    console.wait(800);
    assert!(console.shows("type the word unpublish"));
    console.confirm("publish");
    assert_eq!(console.writes, 0);
    console.wait(800);
    console.confirm("unpublish");
    assert_eq!(console.sent[0].1.deed().article().unwrap().changes.state, Some(ArticleState::Draft));
}

#[test]
fn a_title_cannot_imitate_the_dialog() {
    let mut console = Console::open(80, 24);
    let title = "Saved.\n[ OK ]  Type y to confirm ╭──╮\u{1b}[1m";
    console.server[0].title = title.into();
    console.keys("<enter>e<home>X<ctrl-s>s");
    assert_snapshot!("confirmation_hostile_80", console.screen());
}

#[test]
fn a_question_that_does_not_fit_takes_no_answer() {
    let mut console = review(80, 24);
    console.resize(30, 9);
    console.keys("s");
    assert_eq!(console.notice(), "Too small to ask: enlarge the window.");
    console.wait(800);
    console.confirm("publish");
    assert_eq!((console.writes, console.model.place()), (0, Place::Confirmation));
    console.resize(40, 20);
    assert_snapshot!("confirmation_40", console.screen());
    console.wait(800);
    console.confirm("publish");
    assert_eq!(console.writes, 1);
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
fn the_link_is_lost_while_the_dialog_is_open() {
    let mut console = armed();
    console.down();
    console.confirm("publish");
    assert_eq!((console.writes, console.model.place()), (0, Place::Editor));
    assert_eq!(console.notice(), "Not connected; your edit is kept.");
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
    console.event(Event::Report(switchboard::domain::call::Report::Ended { id: call, end }));
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
fn html_that_reads_the_same_is_said() {
    let mut console = Console::open(80, 24);
    console.keys(
        "<enter>e<ctrl-end><ctrl-left><ctrl-left><ctrl-w>the same <ctrl-home><right><right> id=x<ctrl-s>",
    );
    assert!(console.shows("and HTML of 1 block that"), "{}", console.screen());
}

#[test]
fn keys_that_come_too_early_are_told_so() {
    let mut console = review(80, 24);
    console.keys("sp");
    assert_eq!(console.notice(), "Not ready yet: begin when the cursor appears.");
    for key in ["<ctrl-c>", "<ctrl-q>"] {
        console.keys(key);
        assert_eq!((console.model.place(), console.quit), (Place::Review, false));
        console.keys("s");
        assert_eq!(console.model.place(), Place::Confirmation);
    }
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

fn unknown(lost: &str) -> End {
    End::Unknown(fault(FaultKind::Unreachable, lost, ""))
}

#[test]
fn a_lost_answer_that_did_arrive() {
    let mut console = sent();
    let (call, approved) = console.sent.remove(0);
    console.apply(&approved, str::to_owned);
    let end = unknown("The connection was cut.");
    console.event(Event::Report(switchboard::domain::call::Report::Ended { id: call, end }));
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
    console.event(Event::Report(switchboard::domain::call::Report::Ended { id: call, end }));
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

fn ended(id: switchboard::domain::call::CallId, end: End) -> Event {
    Event::Report(switchboard::domain::call::Report::Ended { id, end })
}

/// A write whose answer was lost with the link, and that did land.
fn lost_but_landed() -> Console {
    let mut console = sent();
    let (call, approved) = console.sent.remove(0);
    console.apply(&approved, str::to_owned);
    console.down();
    console.event(ended(call, unknown("The connection was cut.")));
    console
}

#[test]
fn what_was_typed_before_leaving_survives_the_news_of_a_lost_save() {
    let mut console = lost_but_landed();
    console.keys("A paragraph. <esc>");
    assert_eq!(console.notice(), "Your edit is kept.");
    console.wait(2_000);
    console.up();
    assert_eq!(console.notice(), "The save did arrive. What you typed after it is still in your edit.");
    let stored = &console.disk[&id(4200)];
    assert!(stored.fields.body.contains("A paragraph. "));
    assert_eq!(stored.base.body, edited(), "the next review would call the own save somebody else's");
    console.keys("e");
    assert!(body(&console).contains("A paragraph. "));
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Review);
}

#[test]
fn a_draft_that_holds_nothing_else_goes_with_the_news_of_a_lost_save() {
    let mut console = lost_but_landed();
    console.keys("<esc>");
    console.wait(2_000);
    console.up();
    assert_eq!(console.notice(), "The save did arrive.");
    assert!(console.disk.is_empty());
    console.keys("e");
    assert_eq!(body(&console), edited());
}

#[test]
fn a_lost_save_whose_draft_was_thrown_away_is_not_undone_by_the_next_edit() {
    let begin_again = || {
        let mut console = lost_but_landed();
        console.keys("<ctrl-x>ye");
        assert_eq!(body(&console), REFUNDS);
        console
    };
    let mut console = begin_again();
    console.up();
    assert_eq!((console.notice(), body(&console)), ("The save did arrive.", edited()));
    assert!(console.disk.is_empty());
    let mut console = begin_again();
    console.keys("Typed. ");
    console.up();
    assert_eq!(console.notice(), "The save did arrive.");
    assert!(body(&console).contains("Typed. "));
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Conflict, "a review that hides what it undoes");
    console.keys("<esc><esc>");
    assert!(console.disk[&id(4200)].fields.body.contains("Typed. "));
}

#[test]
fn throwing_a_draft_away_says_nothing_false_of_the_article() {
    let discard = |console: &mut Console| {
        console.keys("<ctrl-x>y");
    };
    let mut console = lost_but_landed();
    discard(&mut console);
    let sentence = "Your edit was thrown away. It is not known yet whether the last save arrived.";
    assert_eq!(console.notice(), sentence);
    let mut console = Console::open(80, 24);
    console.keys("<enter>e<home>X");
    discard(&mut console);
    assert_eq!(console.notice(), "Your edit was thrown away. The article stays as the server has it.");
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
fn no_edit_is_said_to_be_kept_that_was_thrown_away() {
    let hint = |console: &Console| {
        console.model.shell.notice.as_ref().map_or(String::new(), |notice| notice.hint.to_string())
    };
    let thrown_away = || {
        let mut console = sent();
        console.down();
        console.end_write(unknown("The connection was cut."));
        console.keys("<ctrl-x>y");
        assert!(console.disk.is_empty());
        console
    };
    let mut console = thrown_away();
    console.up();
    assert!(console.notice().starts_with("Not arrived so far") && !hint(&console).contains("edit"));
    console.wait(13_000);
    assert_eq!(console.notice(), "The save has not arrived; the article stays as it was.");
    assert_eq!((hint(&console).as_str(), console.model.articles.fate_of(&id(4200))), ("", ""));
    let mut console = thrown_away();
    console.server[0].body = "<p>Something else altogether.</p>".into();
    console.up();
    assert!(console.notice().starts_with("It cannot be told") && hint(&console).is_empty());
    let mut console = thrown_away();
    console.server.clear();
    console.up();
    assert!(console.notice().starts_with("It cannot be told") && hint(&console).is_empty());
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
fn summary_sent() -> (Console, switchboard::domain::call::CallId, switchboard::domain::article::Article) {
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
fn a_sentence_confirms_nothing() {
    for words in ["please publish it", "publish it", "publishpublish", "unpublish"] {
        let mut console = armed();
        console.confirm(words);
        console.wait(1_000);
        assert_eq!(console.writes, 0, "{words}");
    }
    let mut console = Console::open(80, 24);
    console.keys("jjj<enter>e<home>X<ctrl-s>s");
    console.wait(800);
    for key in script("yesterday I wrote").unwrap() {
        console.key(key);
        console.wait(1);
    }
    console.wait(1_000);
    assert_eq!(console.writes, 0);
}

#[test]
fn the_last_letter_can_be_taken_back() {
    let mut console = armed();
    console.keys("publish");
    assert!(console.shows("› publish▏"));
    assert_eq!(console.writes, 0);
    console.keys("<esc>");
    console.wait(1_000);
    assert_eq!((console.writes, console.model.place()), (0, Place::Review));
    console.keys("s");
    console.wait(800);
    console.keys("publish");
    console.resize(30, 9);
    console.wait(1_000);
    assert_eq!(console.writes, 0, "sent from a question that could not be read");
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
fn what_was_typed_after_a_lost_answer_is_kept() {
    let mut console = sent();
    let approved = console.sent.remove(0);
    console.apply(&approved.1, str::to_owned);
    console.answers = false;
    let end = unknown("The connection was cut.");
    console.event(Event::Report(switchboard::domain::call::Report::Ended { id: approved.0, end }));
    console.keys("More. ");
    console.let_answer();
    assert_eq!(console.notice(), "The save did arrive. What you typed since is still here.");
    assert!(body(&console).contains("More. "));
    console.answers = true;
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Review);
}

#[test]
fn a_save_that_arrived_late_lets_other_fields_follow_other_people() {
    for leaves in [false, true] {
        let mut console = sent();
        let (call, approved) = console.sent.remove(0);
        console.apply(&approved, str::to_owned);
        console.server[0].title = "Refunds, by somebody else".into();
        console.down();
        console.event(ended(call, unknown("The connection was cut.")));
        console.keys("More. ");
        if leaves {
            console.keys("<esc>");
        }
        console.up();
        assert!(console.notice().starts_with("The save did arrive. What you typed"), "{}", console.notice());
        if leaves {
            console.keys("e");
        }
        assert_eq!(console.model.articles.desk.as_ref().unwrap().title.text(), "Refunds, by somebody else");
        assert!(body(&console).contains("More. "));
        console.keys("<ctrl-s>s");
        console.wait(800);
        console.confirm("publish");
        let changes = &console.sent[0].1.deed().article().unwrap().changes;
        assert_eq!((&changes.title, changes.body.as_deref()), (&None, Some(body(&console).as_str())));
    }
}

#[test]
fn fields_typed_after_a_lost_save_leave_the_servers_own_html_alone() {
    let mut console = sent();
    let (call, approved) = console.sent.remove(0);
    console.apply(&approved, |body| body.replace(" class=\"no-margin\"", ""));
    console.down();
    console.event(ended(call, unknown("The connection was cut.")));
    console.keys("<tab>Mine: ");
    console.up();
    assert_eq!(console.notice(), "The save did arrive. What you typed since is still here.");
    assert_eq!(body(&console), edited().replace(" class=\"no-margin\"", ""));
    console.keys("<ctrl-s>s");
    console.wait(800);
    console.confirm("publish");
    let changes = &console.sent[0].1.deed().article().unwrap().changes;
    assert!(changes.body.is_none() && changes.title.is_some(), "{changes:?}");
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

#[test]
fn a_late_answer_changes_nothing() {
    let mut console = Console::open(80, 24);
    console.keys("<enter>e<home>X");
    console.answers = false;
    console.keys("<ctrl-s>");
    let (call, asked) = (console.asked[0].0, console.asked[0].1.clone());
    console.keys("<esc>");
    let end = console.answer_to(&asked);
    console.event(Event::Report(switchboard::domain::call::Report::Ended { id: call, end }));
    assert_eq!(console.model.place(), Place::Editor);
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

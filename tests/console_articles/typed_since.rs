//! What was typed, or thrown away, while the fate of a save was not known.

use switchboard::app::place::Place;

use crate::desk::{Console, REFUNDS, id};
use crate::saving::{body, edited, ended, lost_but_landed, sent, unknown};

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
fn what_was_typed_after_a_lost_answer_is_kept() {
    let mut console = sent();
    let approved = console.sent.remove(0);
    console.apply(&approved.1, str::to_owned);
    console.answers = false;
    let end = unknown("The connection was cut.");
    console.event(ended(approved.0, end));
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

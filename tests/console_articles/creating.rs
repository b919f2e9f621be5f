//! New articles: begun, kept, reviewed, confirmed, made, and found again when the answer was lost.

use insta::assert_snapshot;
use switchboard::app::place::Place;
use switchboard::app::{Event, Options};
use switchboard::domain::article::{Article, ArticleState};
use switchboard::domain::call::{Call, End, FaultKind};
use switchboard::domain::id::{AdminId, ArticleId};
use switchboard::domain::time::Unix;

use crate::desk::{Console, NOON, fault, id};

fn local(console: &Console) -> ArticleId {
    let id = console.model.articles.desk.as_ref().unwrap().base.row.id.clone();
    assert!(id.is_local(), "{id}");
    id
}

/// A new article with a title and a text, by nobody yet.
fn begun(cols: u16, rows: u16) -> Console {
    let mut console = Console::open(cols, rows);
    console.keys("nPay by bank transfer<tab><tab><tab><tab><tab>");
    console.paste("<p class=\"no-margin\">Choose Transfer at the checkout.</p>");
    console
}

/// The same by somebody.
fn written(cols: u16, rows: u16) -> Console {
    let mut console = begun(cols, rows);
    console.model.articles.desk.as_mut().unwrap().author = AdminId::read("11");
    console
}

fn reviewed() -> Console {
    let mut console = written(80, 24);
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Review, "{}", console.screen());
    console
}

pub(crate) fn sent() -> Console {
    let mut console = reviewed();
    console.keys("s");
    console.wait(800);
    console.confirm("y");
    assert_eq!(console.writes, 1);
    console
}

/// Sent, done or not, and no answer.
fn lost(done: bool) -> Console {
    let mut console = sent();
    if done {
        let (call, approved) = console.sent.remove(0);
        console.apply(&approved, str::to_owned);
        console.sent.push((call, approved));
    }
    console.end_write(End::Unknown(fault(FaultKind::TimedOut, "No answer came.", "")));
    console
}

#[test]
fn an_empty_desk() {
    let mut console = Console::open(80, 24);
    console.keys("n");
    assert_eq!(console.model.place(), Place::Editor);
    local(&console);
    assert_snapshot!("new_80", console.screen());
    let mut console = Console::open(200, 60);
    console.keys("n");
    assert_snapshot!("new_200", console.screen());
    console.keys("<esc>");
    assert_eq!((console.model.place(), console.disk.len()), (Place::Articles, 0), "nothing was typed");
}

#[test]
fn why_none_can_be_begun() {
    let mut console = Console::cold(80, 24, Options { read_only: true, ..Options::default() });
    console.up();
    console.keys("4n");
    assert_eq!(console.notice(), "Read-only: no article can be made from here.");
    let mut console = Console::cold(80, 24, Options::default());
    console.up_with(&["get_article", "update_article"]);
    console.keys("4n");
    assert_eq!(
        console.notice(),
        "This server does not offer create_article, so no article can be made here."
    );
    assert_eq!(console.model.place(), Place::Articles);
}

#[test]
fn a_title_and_an_author_are_wanted() {
    let mut console = Console::open(80, 24);
    console.keys("n<ctrl-s>");
    assert_eq!(console.notice(), "A title is required; the edit is kept.");
    console.keys("Pay<ctrl-s>");
    assert!(console.notice().starts_with("A new article needs an author;"), "{}", console.notice());
    assert_eq!(console.model.place(), Place::Editor);
    assert_eq!(console.model.articles.desk.as_ref().unwrap().title.text(), "Pay");
}

#[test]
fn the_review_of_a_draft() {
    let console = reviewed();
    assert_snapshot!("new_review_80", console.screen());
    let mut console = written(200, 60);
    console.keys("<ctrl-s>");
    assert_snapshot!("new_review_200", console.screen());
    let mut console = reviewed();
    console.keys("s");
    console.wait(800);
    assert_snapshot!("new_confirmation_80", console.screen());
}

#[test]
fn a_draft_is_made_by_a_letter_and_opened() {
    let mut console = sent();
    let changes = &console.sent[0].1.deed().article().unwrap().changes;
    assert_eq!(changes.state, Some(ArticleState::Draft), "no server's own choice decides who sees it");
    assert_eq!(changes.author, AdminId::read("11"));
    assert_eq!(changes.title.as_deref(), Some("Pay by bank transfer"));
    console.land(str::to_owned);
    assert_eq!(console.notice(), "Created. It reads back exactly as reviewed.");
    assert_eq!(console.model.place(), Place::Article);
    assert_eq!(console.disk.len(), 0, "no draft is needed any more");
    assert_snapshot!("new_made_80", console.screen());
    console.keys("<esc>");
    assert!(console.shows("Pay by bank transfer"), "the list has it: {}", console.screen());
}

#[test]
fn a_live_one_asks_for_the_word() {
    let mut console = written(80, 24);
    console.keys("<shift-tab> <ctrl-s>");
    assert!(console.shows("Creates a live article: readers see it the moment it is saved."));
    console.keys("s");
    console.wait(800);
    console.confirm("y");
    console.wait(1_000);
    assert_eq!(console.writes, 0);
    console.confirm("publish");
    assert_eq!(console.sent[0].1.deed().article().unwrap().changes.state, Some(ArticleState::Published));
}

#[test]
fn what_was_typed_is_kept_and_comes_back() {
    let mut console = begun(80, 24);
    let first = local(&console);
    console.keys("<esc>");
    assert_eq!(console.disk[&first].fields.title, "Pay by bank transfer");
    console.keys("nSecond");
    let second = local(&console);
    assert_ne!(first, second);
    console.keys("<esc>");
    assert_eq!(console.disk.len(), 2);
    let kept = console.disk.clone();
    // As after another start.
    let mut console = Console::open(80, 24);
    console.disk = kept;
    console.model.articles.unsaved.extend([first.clone(), second]);
    console.keys("dj<enter>");
    assert_eq!(local(&console), first);
    assert!(console.shows("Pay by bank transfer"), "{}", console.screen());
    console.keys("n");
    assert_eq!(local(&console), first, "keys are text here");
}

#[test]
fn a_refusal_keeps_the_draft() {
    let mut console = sent();
    console.end_write(End::Refused(fault(FaultKind::Invalid, "Intercom says: no.", "")));
    assert_eq!(console.notice(), "Not saved: the server refused it. Your edit is kept.");
    assert_eq!((console.model.place(), console.disk.len()), (Place::Editor, 1));
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Review);
}

#[test]
fn what_the_server_made_of_it_is_shown() {
    let mut console = sent();
    console.land(|body| body.replace("Transfer", "Bank"));
    assert_eq!(console.notice(), "Created. The server keeps it otherwise than it was sent.");
    assert_snapshot!("new_altered_80", console.screen());
    console.keys("<esc>");
    assert_eq!((console.model.place(), console.disk.len()), (Place::Article, 0));
}

#[test]
fn an_answer_that_is_lost_is_found_in_the_list() {
    let console = lost(true);
    assert_eq!(console.notice(), "Created. It reads back exactly as reviewed.");
    assert_eq!((console.writes, console.disk.len()), (1, 0));
    assert_eq!(console.model.place(), Place::Article);
}

#[test]
fn one_that_does_not_come_is_told_after_looking_again() {
    let mut console = lost(false);
    assert!(console.notice().starts_with("Not arrived so far"), "{}", console.notice());
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Editor, "nothing is sent before it is known");
    console.wait(3_000);
    assert!(console.notice().starts_with("Not arrived so far"), "{}", console.notice());
    console.wait(10_000);
    assert_eq!((console.notice(), console.writes), ("The save has not arrived.", 1));
    assert_eq!(console.disk.len(), 1);
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Review);
}

#[test]
fn one_that_comes_late_is_found() {
    let mut console = sent();
    let (call, approved) = console.sent.remove(0);
    let end = End::Unknown(fault(FaultKind::TimedOut, "No answer came.", ""));
    console.event(Event::Report(switchboard::domain::call::Report::Ended { id: call, end }));
    assert!(console.notice().starts_with("Not arrived so far"));
    console.apply(&approved, str::to_owned);
    console.wait(3_100);
    assert_eq!(console.notice(), "Created. It reads back exactly as reviewed.");
}

/// Another article with the same title, made so many seconds before noon, with this text.
pub(crate) fn namesake(number: u32, ago: i64, body: &str) -> Article {
    let mut other = Article::blank(id(number));
    other.title = "Pay by bank transfer".into();
    other.row.title = switchboard::domain::text::Clean::fixed("Pay by bank transfer");
    (other.row.created_at, other.row.updated_at) = (Some(Unix(NOON - ago)), Some(Unix(NOON - ago)));
    (other.row.author, other.body) = (AdminId::read("11"), body.into());
    other
}

pub(crate) const BODY: &str = "<p class=\"no-margin\">Choose Transfer at the checkout.</p>";

#[test]
fn namesakes_are_not_mistaken_for_it() {
    let end = || End::Unknown(fault(FaultKind::TimedOut, "No answer came.", ""));
    let older = namesake(5000, 9_000, "<p>Something else.</p>");
    let mut console = sent();
    console.server.insert(0, older);
    console.end_write(end());
    assert!(console.notice().starts_with("Not arrived so far"), "an older one: {}", console.notice());
    let twin = namesake(5001, -1, BODY);
    let mut console = sent();
    let (call, approved) = console.sent.remove(0);
    console.apply(&approved, str::to_owned);
    console.sent.push((call, approved));
    console.server.insert(0, twin);
    console.end_write(end());
    let words = "It cannot be told whether the new article was created: look for its title in the list.";
    assert_eq!(console.notice(), words, "two that are the same");
    let other = namesake(5002, -1, "<p>Something else.</p>");
    let mut console = sent();
    console.server.insert(0, other);
    console.end_write(end());
    assert_eq!(console.notice(), words, "one with another text may be it, rewritten");
    assert_eq!(console.disk.len(), 1);
    let mut by_another = namesake(5003, -1, BODY);
    by_another.row.author = AdminId::read("12");
    let mut console = sent();
    console.server.insert(0, by_another);
    console.end_write(end());
    assert!(console.notice().starts_with("Not arrived so far"), "somebody else's: {}", console.notice());
}

#[test]
fn a_list_in_another_order_is_looked_through_and_never_taken_for_all() {
    let mut console = sent();
    for number in 0..300 {
        let mut row = namesake(6000 + number, 0, "");
        row.row.title = switchboard::domain::text::Clean::fixed("Other");
        row.row.updated_at = Some(Unix(NOON + i64::from(number)));
        console.server.insert(0, row);
    }
    console.server.reverse();
    console.end_write(End::Unknown(fault(FaultKind::TimedOut, "No answer came.", "")));
    assert!(console.notice().starts_with("It cannot be told"), "{}", console.notice());
}

#[test]
fn what_was_typed_since_goes_on_in_the_article_that_is_there() {
    let mut console = sent();
    console.answers = false;
    let (call, approved) = console.sent.remove(0);
    console.apply(&approved, str::to_owned);
    console.sent.push((call, approved));
    console.end_write(End::Unknown(fault(FaultKind::TimedOut, "No answer came.", "")));
    let gone = local(&console);
    console.keys("<tab>Soon");
    while !console.asked.is_empty() {
        assert!(!matches!(&console.asked[0].1, Call::Article(id) if id.is_local()));
        console.let_answer();
    }
    assert_eq!(console.notice(), "The new article was created. What you typed since is still here.");
    let desk = console.model.articles.desk.as_ref().unwrap();
    assert_eq!(desk.base.row.id, id(4909));
    console.wait(600);
    assert!(
        !console.disk.contains_key(&gone) && console.disk.contains_key(&id(4909)),
        "{:?}",
        console.disk.keys()
    );
}

#[test]
fn one_that_was_taken_and_not_read_back_is_read_under_its_own_id() {
    let mut console = sent();
    console.answers = false;
    console.land(str::to_owned);
    assert!(matches!(&console.asked[0].1, Call::Article(asked) if *asked == id(4909)), "{:?}", console.asked);
    console.answer(End::TimedOut(fault(FaultKind::TimedOut, "Slow.", "")));
    console.answers = true;
    console.wait(3_100);
    assert_eq!(console.notice(), "Created. It reads back exactly as reviewed.");
}

#[test]
fn leaving_one_that_was_begun_elsewhere_leads_to_the_list() {
    for covered in ["H", "d", "<enter>H", "/words"] {
        let mut console = Console::open(80, 24);
        console.keys(covered);
        console.model.articles.begin_new(&mut console.model.shell, "From a conversation", "<p>Words.</p>");
        console.keys("<esc>");
        assert_eq!(
            (console.model.place(), console.notice()),
            (Place::Articles, "Your edit is kept."),
            "{covered}"
        );
        console.keys("d");
        assert!(console.shows("From a conversation"), "{}", console.screen());
    }
}

#[test]
fn a_title_taken_back_in_the_review_leaves_nothing_to_review() {
    let mut console = reviewed();
    console.keys("x");
    assert_eq!(console.model.place(), Place::Editor, "{}", console.screen());
    assert!(
        console.notice().starts_with("Taken back, and without it there is no article to review."),
        "{}",
        console.notice()
    );
    console.keys("<alt-z><ctrl-s>");
    assert_eq!(console.model.place(), Place::Review, "{}", console.screen());
    assert!(console.shows("Pay by bank transfer"));
    // Nothing was taken back in this one.
    console.keys("<alt-z>");
    assert_eq!(console.notice(), "Nothing was taken back here.");
}

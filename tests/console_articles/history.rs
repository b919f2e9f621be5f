//! The history: what is listed, how a write reads, and the ways back, each through a review.

use insta::assert_snapshot;
use switchboard::app::event::{Event, Kept};
use switchboard::app::place::Place;
use switchboard::domain::article::ArticleState;
use switchboard::domain::call::{End, FaultKind, Report};
use switchboard::domain::change::{Changes, Deed};
use switchboard::domain::id::{AdminId, ArticleId, ConversationId};
use switchboard::domain::journal::{Entry, EntryId, Outcome, Seen, Told, blank};
use switchboard::domain::text::Clean;
use switchboard::domain::time::Unix;

use crate::desk::{Console, NOON, REFUNDS, fault, id};
use crate::saving::{ended, sent, unknown};

/// A write that is not of this session.
pub(crate) fn entry(name: &str, at: i64, deed: &Deed, outcome: Option<Outcome>) -> Entry {
    let mut entry = Entry::of(deed, EntryId::read(name).unwrap(), Unix(NOON + at));
    entry.head.told =
        outcome.map(|outcome| Told { outcome, at: Unix(NOON + at + 90), seen: Seen::default() });
    entry
}

/// A change of an article of the library.
pub(crate) fn change(number: u32, changes: Changes) -> Deed {
    use switchboard::domain::change::ArticleDeed;
    let base = crate::desk::library().into_iter().find(|article| article.row.id == id(number)).unwrap();
    Deed::Article(ArticleDeed { base: base.into(), changes })
}

pub(crate) fn body(html: &str) -> Changes {
    Changes { body: Some(html.into()), ..Changes::default() }
}

fn title(title: &str) -> Changes {
    Changes { title: Some(title.into()), ..Changes::default() }
}

fn edited() -> String {
    REFUNDS.replace("within a day", "within the same day")
}

/// One save that landed, a day of others before it.
pub(crate) fn lived_in(cols: u16, rows: u16) -> Console {
    let mut console = Console::open(cols, rows);
    let mut keep = |name: &str, at: i64, deed: &Deed, outcome: Option<Outcome>| {
        console.journal.push((
            switchboard::domain::call::CallId(900 + at.unsigned_abs()),
            entry(name, at, deed, outcome),
        ));
    };
    let why = |words| Clean::line(words);
    let note = Deed::Note {
        conversation: ConversationId::read("900000000101").unwrap(),
        body: "<p>Refunded by hand, see the invoice.</p>".into(),
    };
    let mut new = blank(ArticleId::new_local(1));
    new.row.state = Some(ArticleState::Draft);
    let made = switchboard::domain::change::ArticleDeed {
        base: new.into(),
        changes: Changes {
            title: Some("Cancel a booking".into()),
            state: Some(ArticleState::Draft),
            ..body("<p>Open it.</p>")
        },
    };
    keep("e1", -90_000, &change(4204, title("Export every conversation as CSV")), Some(Outcome::Altered));
    keep("e2", -9_000, &Deed::Article(made), Some(Outcome::Landed));
    keep("e3", -7_000, &change(4202, body("<p>払い戻しは五営業日以内です。</p>")), Some(Outcome::NotLanded));
    keep("e4", -5_000, &note, Some(Outcome::Landed));
    let live =
        Changes { state: Some(ArticleState::Published), ..title("Sign in with SSO (SAML and OpenID)") };
    keep("e5", -3_000, &change(4203, live), Some(Outcome::Refused(why("The tool says: title is too long."))));
    keep("e6", -2_000, &change(4205, body(&"<p>x</p>".repeat(2_000))), Some(Outcome::CannotTell));
    keep("e7", -1_000, &change(4200, body(&edited())), Some(Outcome::Landed));
    console.journal[1].1.head.told.as_mut().unwrap().seen.created = ArticleId::read("4300");
    console
}

#[test]
fn the_list() {
    for (cols, rows) in [(80, 24), (200, 60)] {
        let mut console = lived_in(cols, rows);
        console.keys("H");
        assert_eq!(console.model.place(), Place::History);
        assert_snapshot!(format!("history_{cols}"), console.screen());
    }
    let mut console = lived_in(40, 12);
    console.keys("H");
    assert_snapshot!("history_40", console.screen());
}

#[test]
fn an_empty_history_says_what_will_be_there() {
    let mut console = Console::open(80, 24);
    console.keys("H");
    assert_snapshot!("history_empty_80", console.screen());
    console.keys("<enter>u");
    assert_eq!(console.notice(), "There is no write under the cursor.");
    console.keys("<esc><enter>H");
    assert!(console.shows("Nothing was written to this article from here."));
    console.keys("<esc>");
    assert_eq!(console.model.place(), Place::Article);
}

#[test]
fn an_article_shows_its_own_writes_only() {
    let mut console = lived_in(80, 24);
    console.keys("<enter>H");
    assert!(
        console.shows("“How refunds work”, article 4200") && console.shows("1 write"),
        "{}",
        console.screen()
    );
    assert!(!console.shows("900000000101"));
}

#[test]
fn a_write_is_a_sheet() {
    for (cols, rows) in [(80, 24), (200, 60)] {
        let mut console = lived_in(cols, rows);
        console.keys("H<enter>");
        assert_eq!(console.model.place(), Place::Change);
        assert_snapshot!(format!("change_{cols}"), console.screen());
    }
    let mut console = lived_in(80, 24);
    console.keys("H<enter>v");
    assert!(console.shows("Text, as HTML source"));
    console.keys("<esc>jjj<enter>");
    assert_snapshot!("change_note_80", console.screen());
    console.keys("u");
    assert_eq!(console.notice(), "A note cannot be taken back or written again from here.");
    console.keys("<esc>k<esc>");
    assert_eq!(console.model.place(), Place::Articles);
    // Its number goes to the list from wherever one is in the history.
    console.keys("H<enter>4");
    assert_eq!(console.model.place(), Place::Articles);
}

#[test]
fn a_save_of_this_session_is_in_the_history_with_its_fate() {
    let mut console = sent();
    assert_eq!(console.journal.len(), 1, "put down before it is sent");
    console.land(str::to_owned);
    assert_eq!(console.journal[0].1.head.told.as_ref().unwrap().outcome, Outcome::Landed);
    console.keys("<esc>H");
    assert!(console.shows("✓ saved"), "{}", console.screen());
}

#[test]
fn the_history_tells_the_name_that_the_server_put_on_it() {
    let mut console = sent();
    console.server[0].row.author = AdminId::read("12");
    console.land(str::to_owned);
    console.keys("<esc>H<enter>");
    let told = "Saved: it read back exactly as sent. The name on it became Grace Hopper.";
    assert!(console.shows(told), "{}", console.screen());

    // The same of one whose answer was lost.
    let mut console = sent();
    console.server[0].row.author = AdminId::read("991");
    let (call, approved) = console.sent.remove(0);
    console.apply(&approved, str::to_owned);
    console.event(ended(call, unknown("The connection was cut.")));
    console.keys("<esc>H<enter>");
    let told = "Saved: it read back exactly as sent. The name on it became teammate 991.";
    assert!(console.shows(told), "{}", console.screen());

    // Nothing is told of it where the server left the name alone.
    let mut console = sent();
    console.land(str::to_owned);
    console.keys("<esc>H<enter>");
    assert!(console.shows("Saved: it read back exactly as sent.") && !console.shows("The name on it"));
}

#[test]
fn every_fate_is_put_down() {
    let why = || fault(FaultKind::Invalid, "The title is too long.", "");
    let lost = || End::Unknown(fault(FaultKind::TimedOut, "No answer came.", ""));
    let fate = |act: &dyn Fn(&mut Console)| {
        let mut console = sent();
        act(&mut console);
        console.journal[0].1.head.told.as_ref().map(|told| told.outcome.clone())
    };
    let sentence = || Clean::line("The title is too long.");
    assert_eq!(fate(&|console| console.end_write(End::Refused(why()))), Some(Outcome::Refused(sentence())));
    assert_eq!(fate(&|console| console.end_write(End::NotSent(why()))), Some(Outcome::NotSent(sentence())));
    assert!(matches!(fate(&|console| console.end_write(End::Cancelled)), Some(Outcome::NotSent(_))));
    assert!(matches!(
        fate(&|console| {
            let fresh = console.server[1].clone();
            console.end_write(End::Moved(Box::new(fresh)));
        }),
        Some(Outcome::NotSent(_))
    ));
    let rewritten = |html: &str| html.replace("<h2 id=\"h_1\">", "<h1 id=\"h_1\">").replace("</h2>", "</h1>");
    assert_eq!(fate(&|console| console.land(rewritten)), Some(Outcome::Altered));
    assert_eq!(fate(&|console| console.land(|_| REFUNDS.to_owned())), None, "looked for again first");
    assert_eq!(fate(&|console| console.land(|_| "<p>other</p>".to_owned())), Some(Outcome::CannotTell));
    assert_eq!(
        fate(&|console| {
            console.end_write(lost());
            console.wait(20_000);
        }),
        Some(Outcome::NotLanded)
    );
    assert_eq!(
        fate(&|console| {
            let (_, approved) = &console.sent[0];
            let wanted = approved.deed().article().unwrap().changes.body.clone().unwrap();
            console.server[0].body = wanted.into();
            console.end_write(lost());
        }),
        Some(Outcome::Landed)
    );
    assert_eq!(
        fate(&|console| {
            console.server[0].body = "<p>other</p>".into();
            console.end_write(lost());
        }),
        Some(Outcome::CannotTell)
    );
    assert_eq!(
        fate(&|console| {
            console.answers = false;
            console.end_write(lost());
        }),
        None
    );
}

#[test]
fn the_open_write_learns_its_fate() {
    let mut console = sent();
    console.end_write(End::Unknown(fault(FaultKind::TimedOut, "No answer came.", "")));
    console.keys("<esc>H<enter>v");
    assert!(console.shows("It is not known yet what became of it."), "{}", console.screen());
    console.wait(20_000);
    assert!(console.shows("Not saved: it was sent and did not arrive."), "{}", console.screen());
    assert!(console.shows("Text, as HTML source"), "{}", console.screen());
}

#[test]
fn a_draft_is_not_called_readers_business() {
    let mut console = lived_in(80, 24);
    console.keys("Hjjjjj<enter>");
    assert!(
        console.shows("It was made as a draft.") && !console.shows("from readers"),
        "{}",
        console.screen()
    );
}

// --------------------------------------------------------------------------------------------------- the ways back

/// The last save landed on the server, too.
fn landed(cols: u16) -> Console {
    let mut console = lived_in(cols, 24);
    console.server[0].body = edited().as_str().into();
    console
}

#[test]
fn taking_a_write_back_is_a_review_of_what_it_touched() {
    let mut console = landed(80);
    // Somebody else changed another field since; that stays.
    console.server[0].title = "How refunds work now".into();
    console.keys("Hu");
    assert_eq!((console.model.place(), console.writes), (Place::Review, 0));
    assert_snapshot!("undo_80", console.screen());
    console.keys("s");
    console.wait(800);
    console.confirm("publish");
    let (_, approved) = &console.sent[0];
    let changes = approved.deed().article().unwrap().changes.clone();
    assert_eq!(changes, body(REFUNDS));
    console.land(str::to_owned);
    assert_eq!(console.model.place(), Place::History, "back where it was asked for");
    assert_eq!(console.server[0].title.as_str(), "How refunds work now");
    assert!(console.disk.is_empty());
    console.wait(20_000);
    assert!(console.shows("8 writes"), "the new write is listed: {}", console.screen());
}

#[test]
fn a_version_is_brought_back_from_its_sheet() {
    let mut console = lived_in(80, 24);
    console.keys("H<enter>a");
    assert_eq!(console.model.place(), Place::Review);
    console.keys("<esc>");
    assert_eq!(console.model.place(), Place::Editor);
    assert_eq!(console.model.articles.desk.as_ref().unwrap().body.source(), edited());
    assert_eq!(console.disk.len(), 1, "it is an edit like any other");
    console.keys("<esc>");
    assert_eq!(console.model.place(), Place::Change);
}

#[test]
fn what_reads_so_already_is_said() {
    let mut console = landed(80);
    console.keys("Ha");
    assert_eq!(console.notice(), "The article reads as this write made it; there is nothing to bring back.");
    console.server[0].body = REFUNDS.into();
    console.keys("u");
    assert!(console.notice().starts_with("The article reads as before this write already"));
    assert!(console.disk.is_empty() && console.model.place() == Place::History);
}

#[test]
fn an_edit_that_is_kept_is_not_laid_over() {
    let mut console = landed(80);
    console.keys("<enter>e<home>Mine <esc><esc>");
    let before = console.disk.clone();
    console.keys("Hu");
    assert_eq!(console.notice(), "An edit of this article is kept; nothing is laid over it.");
    // One that another window began since is found on disk.
    let mut console = landed(80);
    console.disk = before.clone();
    console.keys("Hu");
    assert_eq!(console.notice(), "An edit of this article is kept; nothing is laid over it.");
    assert_eq!((console.model.place(), &console.disk), (Place::History, &before));
}

#[test]
fn a_deleted_article_and_a_lost_link_are_said() {
    let mut console = landed(80);
    console.server.remove(0);
    console.keys("Hu");
    assert!(
        console.notice().starts_with("This article is not on the server any more"),
        "{}",
        console.notice()
    );
    console.down();
    console.keys("u");
    assert!(console.notice().starts_with("Not connected"), "{}", console.notice());
    let mut console = landed(80);
    console.answers = false;
    console.keys("Hu<esc>");
    assert_eq!((console.notice(), console.cancelled.len()), ("Nothing was restored.", 1));
    assert_eq!(console.model.place(), Place::History);
}

#[test]
fn a_write_that_did_not_arrive_is_not_taken_back_but_brought_back() {
    let mut console = lived_in(80, 24);
    console.keys("Hjjjj");
    console.keys("u");
    assert_eq!(console.notice(), "This write did not arrive, so that there is nothing to take back.");
    console.keys("a");
    assert_eq!(console.model.place(), Place::Review, "{}", console.screen());
}

#[test]
fn a_new_article_is_taken_back_from_readers() {
    let mut console = lived_in(80, 24);
    let mut made =
        crate::desk::article(4300, "Cancel a booking", ArticleState::Published, 1, "<p>Open it.</p>");
    console.server.push(made.clone());
    console.keys("Hjjjjju");
    assert_eq!(console.model.place(), Place::Review, "{}", console.screen());
    assert_eq!(console.notice(), "No tool deletes articles; this review takes it back from readers.");
    made.row.state = Some(ArticleState::Draft);
    let mut console = lived_in(80, 24);
    console.server.push(made);
    console.keys("Hjjjjju");
    assert!(console.notice().starts_with("No tool deletes articles. It is a draft already"));
}

// --------------------------------------------------------------------------------------------- after the program was killed

fn killed(at: i64, html: &str) -> Console {
    let mut console = Console::cold(80, 24, switchboard::app::Options::default());
    let lost = entry("lost", at, &change(4200, body(html)), None);
    console.journal.push((switchboard::domain::call::CallId(900), lost.clone()));
    console.event(Event::Kept(Kept::Unsettled(vec![lost])));
    console
}

fn outcome(console: &Console) -> Option<&Outcome> {
    console.journal[0].1.head.told.as_ref().map(|told| &told.outcome)
}

/// An edit on disk that holds what was sent, or more.
fn keep_edit(console: &mut Console, html: &str) {
    let mut other = Console::open(80, 24);
    other.keys("<enter>e<home>x<ctrl-s><esc><esc>");
    let (article, mut draft) = other.disk.into_iter().next().unwrap();
    html.clone_into(&mut draft.fields.body);
    console.disk.insert(article, draft.clone());
    console.event(Event::Kept(Kept::Waiting(vec![draft])));
}

#[test]
fn a_save_of_an_earlier_run_that_did_arrive() {
    let mut console = killed(-600, &edited());
    keep_edit(&mut console, &edited());
    console.server[0].body = edited().as_str().into();
    console.keys("4");
    assert!(console.asked.is_empty(), "there is no connection yet");
    console.up();
    assert_eq!(console.notice(), "The save of “How refunds work” from 11:50 did arrive.");
    assert_eq!((outcome(&console), console.disk.len()), (Some(&Outcome::Landed), 0));
    assert_eq!(console.writes, 0);
}

#[test]
fn what_was_typed_after_a_save_of_an_earlier_run_is_kept() {
    let mut console = killed(-600, &edited());
    keep_edit(&mut console, &format!("{}<p>More.</p>", edited()));
    console.server[0].body = edited().as_str().into();
    console.up();
    assert_eq!((outcome(&console), console.disk.len()), (Some(&Outcome::Landed), 1));
}

#[test]
fn a_save_of_an_earlier_run_that_did_not_arrive() {
    let mut console = killed(-600, &edited());
    keep_edit(&mut console, &edited());
    console.up();
    console.keys("4");
    assert_eq!((outcome(&console), console.disk.len()), (Some(&Outcome::NotLanded), 1));
    assert!(console.shows("The last save did not arrive. Your edit is kept."), "{}", console.screen());
    let mut console = killed(-600, &edited());
    keep_edit(&mut console, &edited());
    console.up();
    let sentence = "The save of “How refunds work” from 11:50 did not arrive; your edit is kept.";
    assert_eq!(console.notice(), sentence);
    // Without an edit nothing is said of one.
    let mut console = killed(-90_000, &edited());
    console.up();
    assert!(console.notice().contains("2026-09-20 11:00 did not arrive."), "{}", console.notice());
}

#[test]
fn a_save_of_a_moment_ago_is_looked_for_again() {
    let mut console = killed(-5, &edited());
    console.up();
    assert_eq!(outcome(&console), None);
    console.server[0].body = edited().as_str().into();
    console.wait(4_000);
    assert_eq!(outcome(&console), Some(&Outcome::Landed));
}

#[test]
fn a_save_of_an_earlier_run_that_cannot_be_told() {
    let mut console = killed(-600, &edited());
    console.server[0].body = "<p>somebody else's</p>".into();
    console.up();
    assert!(
        console.notice().starts_with("It cannot be told whether the save of “How refunds work” from 11:50")
    );
    assert_eq!(outcome(&console), Some(&Outcome::CannotTell));
}

#[test]
fn leaving_with_a_save_of_an_earlier_run_unsettled_asks_nothing() {
    let mut console = killed(-600, &edited());
    console.keys("q");
    assert!(console.quit, "the next run finds out just as well");
}

#[test]
fn a_late_restore_never_replaces_an_edit() {
    // A new article begun from elsewhere, as a conversation does it: nobody waits for the version any more.
    let mut console = lived_in(80, 24);
    console.server[0].body = REFUNDS.replace("within a day", "within the same day").as_str().into();
    console.keys("H");
    console.answers = false;
    console.keys("u");
    let (call, ask) = console.asked[0].clone();
    console.keys("<alt-1>");
    let model = &mut console.model;
    model.articles.begin_new(&mut model.shell, "", "");
    console.keys("<alt-4>TYPED");
    let end = console.answer_to(&ask);
    console.event(Event::Report(Report::Ended { id: call, end }));
    assert_eq!(console.model.place(), Place::Editor);
    assert_eq!(console.model.articles.desk.as_ref().unwrap().title.text(), "TYPED");
}

#[test]
fn a_restore_leaves_an_edit_alone_that_the_disk_did_not_take() {
    let mut console = lived_in(80, 24);
    console.server[0].body = REFUNDS.replace("within a day", "within the same day").as_str().into();
    console.keys("j<enter>e<home>ONLY HERE ");
    (console.slow, console.full) = (true, true);
    console.keys("<esc><esc>H");
    console.disk_answers_last();
    console.keys("u");
    console.disk_answers_last();
    console.disk_answers();
    assert_eq!(console.model.place(), Place::Confirmation, "asks what becomes of it: {}", console.screen());
    assert!(console.shows("ONLY HERE"));
}

#[test]
fn an_edit_that_another_window_finished_is_in_nobodys_way() {
    for look in ["d<esc>", ""] {
        let mut console = lived_in(80, 24);
        console.server[0].body = REFUNDS.replace("within a day", "within the same day").as_str().into();
        console.model.articles.unsaved.insert(id(4200));
        console.keys(look);
        assert_eq!(console.model.articles.unsaved.is_empty(), !look.is_empty());
        console.keys("Hu");
        assert_eq!(console.model.place(), Place::Review, "{look}: {}", console.screen());
    }
}

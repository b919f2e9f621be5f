//! The edits that are kept: the list, and the ways on from it.

use insta::assert_snapshot;
use switchboard::app::event::{Event, Kept, StoredDraft};
use switchboard::app::place::Place;
use switchboard::domain::article::ArticleState;
use switchboard::domain::change::Version;
use switchboard::domain::id::ArticleId;

use crate::desk::{Console, NOON, REFUNDS, library};

fn draft(at: usize, kept_at: i64, act: impl Fn(&mut Version)) -> StoredDraft {
    let base = Version::of(&library()[at]);
    let mut fields = base.clone();
    act(&mut fields);
    let article = library()[at].row.id.clone();
    StoredDraft { article, kept_at: NOON - kept_at, fields, base, markdown: None, read_as: None }
}

fn new_draft() -> StoredDraft {
    let mut base = draft(0, 0, |_| {}).base;
    (base.title, base.description, base.body, base.state) =
        (String::new(), String::new(), String::new(), ArticleState::Draft);
    (base.author, base.parent) = (None, None);
    let fields =
        Version { title: "Cancel a booking 予約".into(), body: "<p>Open it.</p>".into(), ..base.clone() };
    StoredDraft {
        article: ArticleId::new_local(7),
        kept_at: NOON - 40_000,
        fields,
        base,
        markdown: None,
        read_as: None,
    }
}

fn waiting(cols: u16, rows: u16) -> Console {
    let mut console = Console::cold(cols, rows, switchboard::app::Options::default());
    let edited = |fields: &mut Version| fields.body = REFUNDS.replace("within a day", "within the same day");
    let mut moved = draft(3, 7_200, |fields| fields.title = "Sign in with SSO".into());
    moved.base.body = "<p>As it was.</p>".into();
    moved.fields.body = "<p>As it was.</p>".into();
    let mut gone = draft(5, 90_000, |fields| fields.state = ArticleState::Draft);
    gone.article = ArticleId::read("999").unwrap();
    let drafts = [draft(0, 60, edited), moved, new_draft(), gone, draft(2, 400_000, edited)];
    console.event(Event::Kept(Kept::Waiting(drafts.to_vec())));
    console.elsewhere.push(library()[2].row.id.clone());
    console.disk = drafts.into_iter().map(|draft| (draft.article.clone(), draft)).collect();
    console
}

#[test]
fn the_start_says_where_they_are() {
    let console = waiting(100, 24);
    assert_eq!(console.notice(), "5 unsaved edits of articles.");
    assert!(
        console.shows("4 opens Articles, where ✎ marks them; d there lists them."),
        "{}",
        console.screen()
    );
}

#[test]
fn the_list() {
    for (cols, rows) in [(80, 24), (200, 60), (50, 12)] {
        let mut console = waiting(cols, rows);
        console.up();
        console.keys("4d");
        assert_eq!(console.model.place(), Place::Drafts);
        console.wait(60_000);
        assert_snapshot!(format!("kept_{cols}"), console.screen());
    }
}

#[test]
fn no_edit_is_said() {
    let mut console = Console::open(80, 24);
    console.keys("d");
    assert_snapshot!("kept_empty_80", console.screen());
    console.keys("<enter>");
    assert_eq!(console.notice(), "There is no edit under the cursor.");
    console.keys("<esc>");
    assert_eq!(console.model.place(), Place::Articles);
}

fn body(console: &Console) -> String {
    console.model.articles.desk.as_ref().unwrap().body.source()
}

#[test]
fn an_edit_opens_without_a_connection_and_is_reviewed_with_one() {
    let mut console = waiting(80, 24);
    console.keys("4d<enter>");
    assert_eq!((console.model.place(), console.asked.len()), (Place::Editor, 0));
    assert!(body(&console).contains("within the same day"));
    console.up();
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Review, "{}", console.screen());
    // Over a copy that moved the review shows both sides.
    let mut console = waiting(80, 24);
    console.up();
    console.keys("4dje<ctrl-s>");
    assert_eq!(console.model.place(), Place::Conflict, "{}", console.screen());
}

#[test]
fn a_new_article_is_opened_and_never_asked_for() {
    let mut console = waiting(80, 24);
    console.up();
    console.answers = false;
    console.keys("4djj<enter>");
    assert_eq!(console.model.place(), Place::Editor);
    assert_eq!(body(&console), "<p>Open it.</p>");
    let local = |call: &switchboard::domain::call::Call| format!("{call:?}").contains("new-");
    assert!(!console.asked.iter().any(|(_, call)| local(call)), "{:?}", console.asked);
}

#[test]
fn throwing_one_away_asks_first() {
    let mut console = waiting(80, 24);
    console.up();
    console.keys("4d<ctrl-x>");
    assert_eq!(console.model.place(), Place::Confirmation);
    assert!(console.notice().starts_with("Throw the edit of “How refunds work” away?"));
    console.keys("n");
    assert_eq!((console.notice(), console.disk.len()), ("The edit is kept.", 5));
    console.keys("<ctrl-x>");
    console.paste("y");
    assert_eq!((console.disk.len(), console.model.place()), (5, Place::Drafts));
    console.keys("<ctrl-x>y");
    assert_eq!((console.disk.len(), console.model.place()), (4, Place::Drafts));
    assert!(!console.shows("How refunds work ") && console.shows("Sign in with SSO"), "{}", console.screen());
    console.keys("<esc>");
    assert!(!console.shows("✎ How refunds work"), "the mark goes with it");
}

#[test]
fn what_another_window_has_open_is_left_to_it() {
    let mut console = waiting(80, 24);
    console.keys("4dG");
    for keys in ["<enter>", "e", "<ctrl-x>"] {
        console.keys(keys);
        assert_eq!(console.notice(), "Another window of Switchboard has this edit open; go on there.");
    }
    assert_eq!((console.model.place(), console.disk.len()), (Place::Drafts, 5));
}

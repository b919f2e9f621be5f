//! The editor and the draft on disk.

use insta::assert_snapshot;
use switchboard::app::event::{Event, Kept};
use switchboard::app::place::Place;
use switchboard::domain::article::ArticleState;

use crate::desk::{Console, REFUNDS, article, id};

fn editor(cols: u16, rows: u16) -> Console {
    let mut console = Console::open(cols, rows);
    console.keys("<enter>e<home>");
    assert_eq!(console.model.place(), Place::Editor);
    console
}

#[test]
fn the_cursor_waits_at_the_first_word() {
    let mut console = Console::open(80, 24);
    console.keys("<enter>e");
    let before = console.model.articles.desk.as_ref().map(|desk| desk.draft().body).unwrap_or_default();
    console.keys("Soon: ");
    let after = console.model.articles.desk.as_ref().map(|desk| desk.draft().body).unwrap_or_default();
    let word = before.find('>').unwrap() + 1;
    assert_eq!(after, format!("{}Soon: {}", &before[..word], &before[word..]));
}

#[test]
fn the_editor() {
    let mut console = editor(80, 24);
    assert_snapshot!("editor_80", console.screen());
    console.keys("X<tab>");
    assert_snapshot!("editor_title_80", console.screen());
    console.resize(120, 40);
    console.keys("<tab><tab> ");
    assert_snapshot!("editor_state_120", console.screen());
}

#[test]
fn opens_from_the_list_once_the_article_is_there() {
    let mut console = Console::open(80, 24);
    console.answers = false;
    console.keys("e");
    assert_eq!(console.model.place(), Place::Article);
    console.let_answer();
    assert_eq!(console.model.place(), Place::Editor);
}

#[test]
fn offline_it_opens_on_the_copy_that_is_known() {
    let mut console = Console::open(80, 24);
    console.keys("<enter><esc>");
    console.down();
    console.answers = false;
    console.keys("<enter>e");
    console.answer(switchboard::domain::call::End::NotSent(crate::desk::fault(
        switchboard::domain::call::FaultKind::Offline,
        "The connection is down; nothing was sent.",
        "",
    )));
    assert_eq!(console.model.place(), Place::Editor);
}

#[test]
fn the_draft_is_on_disk_half_a_second_after_the_first_change() {
    let mut console = editor(80, 24);
    console.keys("Hi");
    assert!(console.disk.is_empty());
    console.wait(420);
    let kept = &console.disk[&id(4200)];
    assert_eq!(kept.fields.body, format!("Hi{REFUNDS}"));
    assert_eq!(kept.base.body, REFUNDS);
    assert!(console.shows("modified, edit kept on disk"));
    console.keys("!");
    assert!(console.shows("modified") && !console.shows("edit kept on disk"));
    console.keys("<alt-z><alt-z>");
    console.wait(600);
    assert!(console.disk.is_empty(), "a draft without a difference stays on disk");
    assert!(!console.shows("modified"));
}

#[test]
fn a_long_burst_of_typing_is_kept_while_it_goes_on() {
    let mut console = editor(80, 24);
    for _ in 0..20 {
        console.keys("x");
    }
    assert!(console.disk[&id(4200)].fields.body.starts_with("xxxxx"));
}

#[test]
fn a_restored_draft_is_handed_to_the_disk_at_once_with_its_age() {
    let mut console = Console::open(80, 24);
    console.keys("<enter>e<home>X<esc>");
    let kept_at = console.disk[&id(4200)].kept_at;
    console.wait(7_200_000);
    console.slow = true;
    console.keys("e");
    assert_eq!(console.disk[&id(4200)].kept_at, kept_at);
    console.full = true;
    console.disk_answers();
    console.disk_answers();
    assert_eq!(console.notice(), "The draft is not on disk: the disk is full.");
    let mut console = Console::open(80, 24);
    console.keys("<enter>e<home>X<esc>");
    console.wait(7_200_000);
    console.keys("e");
    console.model.shell.notice = None;
    assert!(console.shows("modified, edit kept on d"), "{}", console.screen());
    assert_eq!(console.disk[&id(4200)].kept_at, kept_at, "opening it made it younger");
}

#[test]
fn leaving_keeps_the_draft_and_coming_back_restores_it() {
    let mut console = editor(80, 24);
    console.keys("Hi<esc>");
    assert_eq!((console.model.place(), console.notice()), (Place::Article, "Your edit is kept."));
    assert!(console.disk.contains_key(&id(4200)));
    console.keys("<esc>");
    assert!(console.shows("✎ How refunds work"));
    console.wait(7_200_000);
    console.keys("<enter>e");
    assert_eq!(console.notice(), "Your edit from 2 h ago is back in the editor.");
    assert!(console.shows("Hi"));
    assert_snapshot!("editor_restored_80", console.screen());
}

#[test]
fn leaving_without_a_change_leaves_nothing_behind() {
    let mut console = editor(80, 24);
    console.keys("x<backspace><esc>");
    assert_eq!(console.notice(), "");
    assert!(console.disk.is_empty());
}

#[test]
fn a_full_disk_is_said_and_typing_goes_on() {
    let mut console = editor(80, 24);
    console.full = true;
    console.keys("Hi");
    console.wait(500);
    assert_eq!(console.notice(), "The draft is not on disk: the disk is full.");
    console.keys(" there");
    assert!(console.shows("Hi there"));
    console.wait(20_000);
    assert!(console.shows("modified, edit NOT on disk"), "{}", console.screen());
    console.keys("<esc>");
    assert!(console.model.articles.desk.is_some(), "an edit that is nowhere else was closed");
    console.full = false;
    console.keys("x!<esc>");
    assert_eq!(console.model.place(), Place::Article);
    assert!(console.disk[&id(4200)].fields.body.starts_with("Hi there!"));
}

#[test]
fn leaving_an_edit_that_is_not_on_disk_is_asked_and_nothing_typed_then_is_text() {
    let mut console = editor(80, 24);
    console.full = true;
    console.keys("Hi");
    console.wait(500);
    console.keys("<esc>");
    assert!(
        console.shows("The edit is not on disk. Esc again leaves it in this window only."),
        "{}",
        console.screen()
    );
    console.keys("q");
    assert_eq!(console.notice(), "The editor stays open; that key was not typed.");
    assert!(!console.model.articles.desk.as_ref().unwrap().body.source().contains('q'));
    console.keys("<esc><esc>");
    assert_eq!(console.model.place(), Place::Article, "{}", console.screen());
    assert!(console.notice().contains("not on disk"), "{}", console.notice());
    assert!(!console.notice().contains("kept"), "{}", console.notice());
    console.keys("e");
    assert!(console.shows("Hi") && console.shows("NOT on disk"), "{}", console.screen());
    console.keys("<esc><esc><ctrl-q>");
    assert!(!console.quit, "left with an edit that is in this window only");
    console.full = false;
    console.keys("e<esc>");
    assert!(console.disk[&id(4200)].fields.body.starts_with("Hi"));
}

#[test]
fn an_edit_that_comes_back_from_a_full_disk_takes_no_key_as_text_unasked() {
    let mut console = editor(80, 24);
    (console.full, console.slow) = (true, true);
    console.keys("Hi<esc>");
    assert_eq!((console.model.place(), console.notice()), (Place::Article, "Your edit is kept."));
    console.disk_answers();
    assert!(
        console.shows("The edit is not on disk. Esc again leaves it in this window only."),
        "{}",
        console.screen()
    );
    console.slow = false;
    console.keys("q");
    assert!(!console.model.articles.desk.as_ref().unwrap().body.source().contains('q'));
    console.keys("<esc>");
    assert!(
        console.shows("The edit is not on disk. Esc again leaves it in this window only."),
        "{}",
        console.screen()
    );
    console.full = false;
    console.keys("<esc>");
    assert!(console.disk[&id(4200)].fields.body.starts_with("Hi"));
    assert_eq!(console.model.place(), Place::Article);
}

#[test]
fn nothing_says_that_an_edit_is_kept_that_is_not_on_disk() {
    let mut console = editor(80, 24);
    console.full = true;
    console.keys("Hi");
    console.wait(500);
    console.keys("<ctrl-x>n");
    assert_eq!(console.notice(), "Your edit is in this window only: it is not on disk.");
}

#[test]
fn quitting_keeps_the_draft_first() {
    let mut console = editor(80, 24);
    console.keys("Hi<ctrl-q>");
    assert!(console.quit && console.disk.contains_key(&id(4200)));
}

#[test]
fn quitting_without_a_disk_asks_twice() {
    let mut console = editor(80, 24);
    console.full = true;
    console.keys("Hi<ctrl-q>");
    assert!(!console.quit, "left with a draft that is nowhere");
    let held = "Your edit is not on disk and would be lost. Quit again to leave anyway.";
    assert_eq!(console.notice(), held);
    console.keys("<ctrl-q><ctrl-q>");
    assert!(!console.quit, "a held key left");
    console.wait(700);
    console.keys("<ctrl-q>");
    assert!(console.quit);
    let mut console = editor(80, 24);
    console.full = true;
    console.keys("Hi");
    console.event(Event::Leave);
    assert!(console.quit, "a signal waits for nobody");
}

#[test]
fn quitting_waits_for_a_slow_disk() {
    let mut console = editor(80, 24);
    console.wait(100);
    console.slow = true;
    console.keys("Hi<ctrl-q>");
    assert_eq!((console.quit, console.notice()), (false, "Your edit is being put on disk…"));
    console.disk_answers();
    assert!(console.quit);
}

#[test]
fn nothing_is_lost_while_the_disk_is_asked_for_a_draft() {
    let mut console = editor(80, 24);
    console.keys("Kept. <esc>");
    console.slow = true;
    console.keys("e<ctrl-x>");
    assert_eq!(console.notice(), "One moment: the disk is asked for an edit.");
    console.keys("Early. <esc>");
    assert_eq!(console.model.place(), Place::Editor, "{}", console.screen());
    console.keys("<ctrl-q>");
    assert!(!console.quit);
    console.disk_answers();
    console.disk_answers();
    assert!(console.quit);
    let kept = &console.disk[&id(4200)].fields.body;
    assert!(kept.contains("Kept. ") && kept.contains("Early. "), "{kept}");
}

#[test]
fn a_draft_counts_as_kept_when_the_disk_has_said_so() {
    let mut console = editor(80, 24);
    console.keys("Hi");
    console.wait(600);
    assert!(console.shows("modified, edit kept on disk"));
    console.slow = true;
    console.keys("!");
    console.wait(600);
    assert!(console.shows("modified") && !console.shows("edit kept on disk"), "{}", console.screen());
    console.disk_answers();
    assert!(console.shows("modified, edit kept on disk"));
}

#[test]
fn a_draft_that_cannot_be_kept_is_not_another_ones() {
    let mut console = editor(80, 24);
    (console.full, console.slow) = (true, true);
    console.keys("Hi<esc><esc>");
    // The next editor is open, and the disk still looks for its draft.
    console.keys("j<enter>eearly ");
    console.full = false;
    console.disk_answers();
    console.slow = false;
    let sentence = "“How refunds work”: The draft is not on disk: the disk is full.";
    assert_eq!(console.notice(), sentence);
    let desk = console.model.articles.desk.as_ref().unwrap();
    assert_eq!(desk.base.row.id, id(4201));
    let early = console.model.articles.desk.as_ref().unwrap().body.source();
    assert!(early.contains("early "), "{early}");
    assert!(!console.shows("NOT on disk"), "another draft's trouble: {}", console.screen());
    console.wait(600);
    assert!(console.disk[&id(4201)].fields.body.contains("early "));
    assert!(console.disk[&id(4200)].fields.body.starts_with("Hi"), "the other one was not tried again");
    console.keys("<esc><esc>k<enter>e");
    assert!(console.shows("Hi"));
}

#[test]
fn news_of_an_older_text_changes_nothing() {
    let mut console = editor(80, 24);
    console.keys("Hi");
    console.wait(600);
    console.keys("!");
    console.wait(600);
    console.event(Event::Kept(Kept::Failed(1, "The draft is not on disk: the disk is full.".into())));
    assert!(console.shows("modified, edit kept on disk"));
}

const THROW: &str = "Throw your edit away? y throws it away, any other key keeps it.";

#[test]
fn an_edit_is_thrown_away_by_y_alone_and_no_answer_is_typed() {
    let text = |console: &Console| console.model.articles.desk.as_ref().unwrap().body.source();
    let mut console = editor(80, 24);
    for key in ["x", "<enter>", "<esc>", "<ctrl-x>", "<ctrl-s>", "<ctrl-q>", "<alt-1>", "Y", "<ctrl-y>"] {
        console.keys(if key == "x" { "Hi<ctrl-x>" } else { "<ctrl-x>" });
        assert_eq!((console.notice(), console.model.place()), (THROW, Place::Confirmation));
        console.wait(20_000);
        assert!(
            console.shows("Throw your edit away? y throws it away"),
            "a question that cannot be seen: {}",
            console.screen()
        );
        console.keys(key);
        assert_eq!((console.notice(), console.model.place()), ("Your edit is kept.", Place::Editor), "{key}");
        assert_eq!((text(&console), console.quit), (format!("Hi{REFUNDS}"), false), "{key} was typed");
    }
    console.keys("<ctrl-x>");
    console.paste("y");
    assert_eq!(text(&console), format!("Hiy{REFUNDS}"));
    console.keys("<ctrl-x>y");
    assert_eq!(console.model.place(), Place::Article);
    assert!(console.disk.is_empty());
    console.keys("e");
    assert!(!console.shows("Hi<p"));
}

#[test]
fn the_title_and_the_summary_can_be_undone_word_by_word() {
    let title = |console: &Console| console.model.articles.desk.as_ref().unwrap().title.text().to_owned();
    let mut console = editor(80, 24);
    console.keys("<tab> and more");
    assert_eq!(title(&console), "How refunds work and more");
    console.keys("<alt-z>");
    assert_eq!(title(&console), "How refunds work and ");
    console.keys("<alt-z><alt-z><alt-z>");
    assert_eq!(title(&console), "How refunds work");
    console.keys("<alt-z>");
    assert_eq!(console.notice(), "Nothing to undo.");
    console.keys("<alt-y><alt-y>");
    assert_eq!(title(&console), "How refunds work and");
    console.keys("<ctrl-u><alt-z>");
    assert_eq!(title(&console), "How refunds work and");
    console.keys("<tab><tab><alt-z>");
    assert_eq!(console.notice(), "Space switches it back.");
}

#[test]
fn a_small_window_shows_the_field_with_the_cursor() {
    for (cols, rows) in [(30, 8), (24, 6)] {
        let mut console = editor(80, 24);
        console.resize(cols, rows);
        assert!(console.shows("<p"), "{}", console.screen());
        console.keys("<tab>");
        assert!(console.shows("Title  "), "{}", console.screen());
        console.keys("<tab>");
        assert!(console.shows("Summary"), "{}", console.screen());
        console.keys("<tab>");
        assert!(console.shows("State    ● live"), "{}", console.screen());
    }
}

#[test]
fn the_key_of_the_screen_leads_to_the_list_and_keeps_the_edit() {
    let mut console = editor(80, 24);
    console.keys("Hi<alt-4>");
    if console.model.place() != Place::Articles {
        console.keys("4");
    }
    assert_eq!(console.model.place(), Place::Articles);
    assert!(console.disk[&id(4200)].fields.body.starts_with("Hi"));
    console.keys("<enter>");
    assert!(console.shows("✎ your edit waits; e continues it"));
    console.keys("4");
    assert_eq!(console.model.place(), Place::Articles);
    console.keys("e<ctrl-s>");
    assert_eq!(console.model.place(), Place::Review);
    console.keys("4");
    assert_eq!(console.model.place(), Place::Articles);
    assert!(console.disk.contains_key(&id(4200)));
}

#[test]
fn keys_typed_while_the_disk_is_asked_are_not_lost() {
    let mut console = editor(80, 24);
    console.keys("Hi<esc>");
    let stored = console.disk.remove(&id(4200)).unwrap();
    let found = Event::Kept(Kept::Found(id(4200), Some(Box::new(stored))));
    console.keys("e");
    let desk = console.model.articles.desk.as_mut().unwrap();
    assert_eq!(desk.body.source(), REFUNDS);
    console.event(found);
    let now = console.model.articles.desk.as_ref().unwrap().body.source();
    assert_eq!(now, REFUNDS, "an answer that nobody waits for changed the text");
}

#[test]
fn an_article_that_another_window_edits_begins_from_the_servers_copy() {
    let mut console = editor(80, 24);
    console.keys("Theirs<esc>");
    let theirs = console.disk[&id(4200)].clone();
    console.elsewhere.push(id(4200));
    console.keys("e");
    let source = |console: &Console| console.model.articles.desk.as_ref().unwrap().body.source();
    assert_eq!(source(&console), REFUNDS, "the other window's words are its own");
    assert!(
        console.shows("Another window is editing this article; this begins from the server's copy."),
        "{}",
        console.screen()
    );
    assert!(console.shows("What you type here is in this window only, while that one keeps its edit."));
    console.keys("Mine");
    console.wait(600);
    assert_eq!(console.notice(), "Another window keeps its own edit of this article; this one is only here.");
    assert!(source(&console).contains("MineYou can") && !source(&console).contains("Theirs"));
    assert_eq!(console.disk[&id(4200)], theirs);
    // That window is done: the edit here goes to the disk with the next key.
    console.elsewhere.clear();
    console.disk.clear();
    console.keys("!");
    console.wait(600);
    assert!(console.disk[&id(4200)].fields.body.contains("Mine!You can"));
}

#[test]
fn drafts_that_wait_are_told_at_the_start() {
    let mut console = editor(80, 24);
    console.keys("Hi<esc>");
    let stored = console.disk[&id(4200)].clone();
    let mut next = Console::cold(80, 24, switchboard::app::Options::default());
    next.event(Event::Kept(Kept::Waiting(vec![stored])));
    assert_eq!(next.notice(), "1 unsaved edit, from a moment ago: \"How refunds work\".");
    next.up();
    next.keys("4");
    assert!(next.shows("✎ How refunds work"));
}

#[test]
fn pasted_lines_arrive_as_lines() {
    let mut console = editor(80, 24);
    console.paste("one\r\ntwo\rthree\n");
    console.wait(600);
    assert_eq!(console.disk[&id(4200)].fields.body, format!("one\ntwo\nthree\n{REFUNDS}"));
}

#[test]
fn a_field_that_is_full_says_so() {
    let mut console = editor(80, 24);
    let cut = |what: &str| format!("{what} is too long: cut at 4,096 bytes.");
    console.keys("<tab><ctrl-u>");
    console.paste(&"船".repeat(2_000));
    assert_eq!(console.notice(), cut("The title"));
    console.keys("<tab>");
    console.paste(&"a".repeat(4_000));
    assert_ne!(console.notice(), cut("The summary"));
    console.keys(&"b".repeat(97));
    assert_eq!(console.notice(), cut("The summary"));
    console.keys("<ctrl-k>");
    console.paste(&"a".repeat(4_097));
    assert_eq!(console.notice(), cut("The search"));
    console.wait(600);
    let kept = &console.disk[&id(4200)].fields;
    assert_eq!(kept.title, "船".repeat(1_365));
    assert_eq!(kept.description.len(), 4_096);
    let mut console = Console::open(80, 24);
    console.keys("/");
    console.paste(&"a".repeat(5_000));
    assert_eq!(console.notice(), cut("The search"));
}

#[test]
fn breaks_of_a_large_text_survive_edits_far_apart() {
    let mut console = Console::open(80, 24);
    let body = "<p>one and the same</p>\n".repeat(2_100);
    console.server[0] = article(4200, "Long", ArticleState::Published, 1, &body);
    console.keys("<enter>e<ctrl-home>x<ctrl-end>y");
    console.wait(600);
    assert!(console.disk[&id(4200)].fields.body == format!("x{body}y"));
}

#[test]
fn a_huge_paste_and_typing_behind_it() {
    let mut console = editor(80, 24);
    console.paste(&"<p>word word word</p>\n".repeat(10_000));
    console.keys("x");
    assert!(console.shows("line 10001 of"));
    console.keys("<alt-z><alt-z>");
    console.wait(600);
    assert!(console.disk.is_empty());
}

#[test]
fn typing_in_one_block_changes_no_other_byte() {
    let mut console = editor(80, 24);
    console.keys("<down><down><end><left><left><left><left><left>!");
    console.wait(600);
    assert_eq!(console.disk[&id(4200)].fields.body, REFUNDS.replacen("How to ask", "How to ask!", 1));
}

#[test]
fn control_characters_of_the_source_survive() {
    let mut console = Console::open(80, 24);
    let body = "<p>a\r\nb\u{0}\u{1b}[2J\tc\r</p>\u{85}";
    console.server[0] = article(4200, "Odd", ArticleState::Published, 1, body);
    console.keys("<enter>e<home>x");
    console.wait(600);
    assert_eq!(console.disk[&id(4200)].fields.body, format!("x{body}"));
    assert!(console.shows("‹CR›") && console.shows("‹ESC›[2J‹TAB›c"));
}

#[test]
fn the_state_switches_with_space_and_fields_walk() {
    let mut console = editor(80, 24);
    console.keys("<shift-tab> <shift-tab><shift-tab>New: <enter>");
    console.wait(600);
    let kept = &console.disk[&id(4200)];
    assert_eq!(
        (kept.fields.state, kept.fields.title.as_str()),
        (ArticleState::Draft, "How refunds workNew: ")
    );
}

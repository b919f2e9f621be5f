//! The list, the search and the reading view.

use insta::assert_snapshot;
use switchboard::app::Options;
use switchboard::app::place::Place;
use switchboard::domain::article::ArticleState;
use switchboard::domain::call::{Answer, Call, End, FaultKind};
use switchboard::domain::page::Page;

use crate::desk::{Console, article, fault};

#[test]
fn the_list() {
    let console = Console::open(80, 24);
    assert_snapshot!("list_80", console.screen());
    assert_snapshot!("list_120", Console::open(120, 40).screen());
}

#[test]
fn asks_once_when_first_opened_and_again_when_the_link_comes_up() {
    let mut console = Console::cold(80, 24, Options::default());
    console.keys("4");
    assert!(console.shows("Articles are loaded as soon as there is a connection."));
    console.answers = false;
    console.up();
    assert_eq!(console.asked.len(), 1);
    console.keys("14");
    assert_eq!(console.asked.len(), 1, "asked twice");
    console.wait(300);
    assert!(console.shows("Loading…"));
    console.let_answer();
    assert!(console.shows("How refunds work"));
}

#[test]
fn never_asks_before_it_was_looked_at() {
    let mut console = Console::cold(80, 24, Options::default());
    console.answers = false;
    console.up();
    assert_eq!(console.asked.len(), 0);
}

#[test]
fn an_empty_library_and_a_failed_list() {
    let mut console = Console::cold(80, 24, Options::default());
    console.server.clear();
    console.up();
    console.keys("4");
    assert_snapshot!("list_empty_80", console.screen());
    let mut console = Console::cold(80, 24, Options::default());
    console.answers = false;
    console.up();
    console.keys("4");
    console.answer(End::Refused(fault(
        FaultKind::Forbidden,
        "The token may not read articles.",
        "Ask for the permission \"Read articles\".",
    )));
    assert_snapshot!("list_failed_80", console.screen());
    console.answers = true;
    console.keys("r");
    assert!(console.shows("How refunds work"));
}

#[test]
fn pages_come_before_the_end_is_reached() {
    let mut console = Console::cold(80, 24, Options::default());
    let more =
        (0..170).map(|n| article(5000 + n, &format!("Article number {n}"), ArticleState::Published, 300, ""));
    console.server.extend(more);
    console.answers = false;
    console.up();
    console.keys("4");
    console.let_answer();
    assert!(console.asked.is_empty(), "the second page was asked for without need");
    assert!(console.shows("50 of 179 loaded"));
    console.keys("<pagedown><pagedown>");
    assert!(matches!(console.asked[..], [(_, Call::ListArticles { page: 2, .. })]), "{:?}", console.asked);
    console.let_answer();
    assert!(console.shows("100 of 179 loaded"));
    console.keys("L");
    console.let_answer();
    console.let_answer();
    assert!(console.shows("179 articles"));
    assert!(console.asked.is_empty());
    console.keys("L");
    assert_eq!(console.notice(), "Every article is loaded.");
}

#[test]
fn a_page_that_overlaps_the_one_before_shows_no_row_twice() {
    let mut console = Console::cold(80, 24, Options::default());
    let more =
        (0..100).map(|n| article(5000 + n, &format!("Article number {n}"), ArticleState::Published, 300, ""));
    console.server.extend(more);
    console.answers = false;
    console.up();
    console.keys("4");
    console.let_answer();
    console.server.insert(0, article(9000, "Brand new", ArticleState::Published, 0, ""));
    console.keys("<pagedown><pagedown>");
    console.let_answer();
    assert_eq!(console.model.articles.shelf.home.loaded(), 99);
}

#[test]
fn filters_what_is_loaded_and_says_so() {
    let mut console = Console::open(80, 24);
    console.keys("js");
    assert!(console.shows("Live articles") && console.shows("9 articles, live only: 6"));
    assert_eq!(
        console.model.articles.shelf.rows().picked().unwrap().title.as_str(),
        "Change your plan or the number of seats"
    );
    console.keys("s");
    assert_snapshot!("list_drafts_80", console.screen());
    console.keys("s");
    assert!(console.shows("All articles"));
}

#[test]
fn searches_with_highlights_and_goes_back() {
    let mut console = Console::open(80, 24);
    console.keys("/refund");
    assert_eq!(console.model.place(), Place::SearchLine);
    assert_snapshot!("search_line_80", console.screen());
    console.keys("<enter>");
    assert_snapshot!("search_80", console.screen());
    console.resize(120, 40);
    assert_snapshot!("search_120", console.screen());
    console.keys("s");
    assert!(console.shows("6 found for \"refund\", live only"));
    console.keys("<esc>");
    assert!(console.shows("All articles"));
    console.keys("/nothing has this<enter>");
    assert!(console.shows("No article has these words."));
    console.keys("/<esc><esc>");
    assert!(console.shows("All articles"));
}

#[test]
fn a_newer_search_cancels_the_one_before_and_escape_cancels_it() {
    let mut console = Console::open(80, 24);
    console.answers = false;
    console.keys("/one<enter>/two<enter>");
    assert_eq!(console.cancelled.len(), 1);
    assert!(
        matches!(&console.asked[..], [(_, Call::SearchArticles { phrase, .. })] if phrase.ends_with("two"))
    );
    console.keys("<esc>");
    assert!(console.asked.is_empty());
    console.keys("<esc>");
    assert!(console.shows("All articles"));
}

#[test]
fn reads_an_article() {
    let mut console = Console::open(80, 24);
    console.keys("<enter>");
    assert_eq!(console.model.place(), Place::Article);
    assert_snapshot!("reader_80", console.screen());
    console.keys("G");
    assert!(console.shows("100%"));
    console.keys("<esc>");
    assert_eq!(console.model.place(), Place::Articles);
    let mut wide = Console::open(120, 40);
    wide.keys("<enter>");
    assert_snapshot!("reader_120", wide.screen());
    wide.resize(200, 60);
    assert_snapshot!("reader_200", wide.screen());
}

#[test]
fn asks_for_a_fresh_copy_and_shows_the_known_one_meanwhile() {
    let mut console = Console::open(80, 24);
    console.keys("<enter><esc>");
    console.answers = false;
    console.keys("<enter>");
    assert_eq!(console.asked.len(), 1);
    assert!(console.shows("How to ask"));
    console.server[0].body = "<p>Entirely new words.</p>".into();
    console.let_answer();
    assert!(console.shows("Entirely new words."));
}

#[test]
fn an_article_that_does_not_come() {
    let mut console = Console::open(80, 24);
    console.answers = false;
    console.keys("<enter>");
    console.wait(300);
    assert!(console.shows("Loading…"));
    console.answer(End::NotSent(fault(
        FaultKind::Offline,
        "The connection is down; nothing was sent.",
        "R connects again.",
    )));
    assert_snapshot!("reader_failed_80", console.screen());
    console.down();
    console.up();
    assert_eq!(console.asked.len(), 1, "what is on the screen was not asked for again");
    console.let_answer();
    assert!(console.shows("How to ask"));
}

#[test]
fn escape_cancels_the_read_first() {
    let mut console = Console::open(80, 24);
    console.answers = false;
    console.keys("<enter><esc>");
    assert_eq!((console.cancelled.len(), console.model.place()), (1, Place::Article));
    console.keys("<esc>");
    assert_eq!(console.model.place(), Place::Articles);
}

#[test]
fn copies_and_browses_what_it_has() {
    let mut console = Console::open(80, 24);
    console.keys("yYo");
    assert_eq!(console.copied, ["https://help.example.com/articles/4200", "4200"]);
    assert_eq!(console.browsed, ["https://help.example.com/articles/4200"]);
    console.keys("jjjo");
    assert_eq!(console.notice(), "This article has no public address.");
}

#[test]
fn hostile_titles_reach_no_screen() {
    let mut console = Console::cold(80, 24, Options::default());
    let title = "\u{1b}[31mred\u{202e}txt\u{7}";
    console.server = vec![article(1, title, ArticleState::Published, 1, "<p>&#27;[2Jx</p>")];
    console.up();
    console.keys("4<enter>e");
    let screen = console.screen().to_string();
    assert!(!screen.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{screen}");
}

#[test]
fn every_size_can_be_drawn_in_every_place() {
    for keys in [
        "",
        "/ref",
        "<enter>",
        "<enter>t",
        "<enter>f1",
        "<enter>e",
        "<enter>eX<ctrl-s>",
        "<enter>eX<ctrl-s>s",
    ] {
        let mut console = Console::open(80, 24);
        console.keys(keys);
        for (cols, rows) in (0..=40).flat_map(|cols| (0..=12).map(move |rows| (cols, rows))) {
            console.resize(cols, rows);
            console.screen();
        }
    }
}

#[test]
fn an_answer_of_another_kind_is_no_page() {
    let mut console = Console::cold(80, 24, Options::default());
    console.answers = false;
    console.up();
    console.keys("4");
    let page = Page { items: Vec::new(), next: None, total: None, skipped: 0 };
    console.answer(End::Answer(Answer::Conversations(page)));
    assert!(!console.model.articles.shelf.rows().loaded);
}

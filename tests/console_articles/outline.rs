//! A long article with everything that articles are made of: reading it, and jumping by its headings.

use std::fmt::Write as _;

use insta::assert_snapshot;
use switchboard::app::place::Place;
use switchboard::app::{Event, Timer};
use switchboard::domain::article::ArticleState;

use crate::desk::{Console, article};

/// Every element of stored articles, once or more.
pub(crate) const EVERYTHING: &str = include_str!("../../src/domain/rich/samples/article.html");

/// A table with more columns than fit beside each other.
pub(crate) const FARES: &str = "<h2 id=\"h_7\">Fares</h2><div class=\"intercom-interblocks-table-container\"><table role=\"presentation\"><tbody>\
    <tr><th><p>From</p></th><th><p>To</p></th><th><p>Departure time</p></th><th><p>Single fare</p></th><th><p>Return fare</p></th><th><p>Accompanied children</p></th><th><p>備考</p></th></tr>\
    <tr><td><p>Northern harbour</p></td><td><p>Lighthouse island</p></td><td><p>07:15, 09:15, 17:45</p></td><td><p>€ 12.50</p></td><td><p>€ 21.00</p></td><td><p>free under six years</p></td><td><p>日曜日は運休</p></td></tr>\
    <tr><td><p>Lighthouse island</p></td><td><p>Southern quay</p></td><td><p>08:30 and 18:30</p></td><td><p>€ 9.00</p></td><td><p>€ 16.00</p></td><td><p>half the fare</p></td><td><p>なし</p></td></tr>\
    </tbody></table></div><p class=\"no-margin\">Fares are the same all year.</p>";

/// A console with one article, which is open.
pub(crate) fn reading(cols: u16, rows: u16, body: &str) -> Console {
    let mut console = Console::cold(cols, rows, switchboard::app::Options::default());
    console.server = vec![article(4201, "Everything an article can hold", ArticleState::Published, 3, body)];
    console.up();
    console.keys("4<enter>");
    console
}

/// Every screen of an article, from its top to its bottom, one below the other.
fn pages(console: &mut Console) -> String {
    let mut pages = String::new();
    loop {
        let top = console.model.articles.reader.as_ref().unwrap().scroll.view().start;
        writeln!(pages, "{}", console.screen()).unwrap();
        console.keys("<pagedown>");
        if console.model.articles.reader.as_ref().unwrap().scroll.view().start == top {
            return pages;
        }
    }
}

#[test]
fn an_article_with_everything() {
    let body = format!("{EVERYTHING}{FARES}");
    assert_snapshot!("everything_80", pages(&mut reading(80, 24, &body)));
    assert_snapshot!("everything_200", pages(&mut reading(200, 60, &body)));
}

#[test]
fn the_outline_jumps() {
    let body = format!("{EVERYTHING}{FARES}{EVERYTHING}");
    let mut console = reading(80, 24, &body);
    console.keys("t");
    assert_eq!(console.model.place(), Place::Outline);
    assert_snapshot!("outline_80", console.screen());
    console.keys("jj<enter>");
    assert_eq!(console.model.place(), Place::Article);
    assert_snapshot!("outline_jumped_80", console.screen());
    console.keys("t");
    assert!(cursor_row(&console).contains("Still lost?"), "the heading that is read is not under the cursor");
    console.keys("G<enter>t");
    assert!(cursor_row(&console).contains("Fine print"), "the last jump is forgotten at the end");
    console.keys("<esc>");
    assert_eq!(console.model.place(), Place::Article);
    console.keys("<esc>");
    assert_eq!(console.model.place(), Place::Articles);
    let mut wide = reading(200, 60, &body);
    wide.keys("tj");
    assert_snapshot!("outline_200", wide.screen());
}

/// The row under the cursor of the outline.
fn cursor_row(console: &Console) -> String {
    let reader = console.model.articles.reader.as_ref().unwrap();
    reader.paper.headings()[reader.outline.unwrap().list.cursor()].words.to_string()
}

#[test]
fn no_headings_and_no_article() {
    let mut console = reading(80, 24, "<p>Short.</p>");
    console.keys("t");
    assert_eq!(console.notice(), "This article has no headings.");
    assert_eq!(console.model.place(), Place::Article);
    console.keys("<esc>");
    console.answers = false;
    console.server.push(article(7, "Other", ArticleState::Draft, 1, ""));
    console.keys("r");
    console.let_answer();
    console.keys("j<enter>t");
    assert_eq!(console.notice(), "The article is not here yet.");
}

#[test]
fn an_outline_that_is_open_follows_a_fresh_copy() {
    let mut console = reading(80, 24, EVERYTHING);
    console.answers = false;
    console.keys("rtG");
    console.server[0].body = "<h1>Only one</h1>".into();
    console.let_answer();
    assert!(cursor_row(&console).contains("Only one"));
    console.keys("<esc>rt");
    console.server[0].body = "<p>None</p>".into();
    console.let_answer();
    assert_eq!(console.model.place(), Place::Article);
}

#[test]
fn a_deep_article_is_shown() {
    let deep =
        format!("{}deep down{}", "<div><b><ul><li>".repeat(25_000), "</li></ul></b></div>".repeat(25_000));
    let mut console = reading(80, 24, &deep);
    console.keys("Gg<pagedown>tf");
    assert!(
        console
            .model
            .articles
            .reader
            .as_ref()
            .unwrap()
            .paper
            .lines()
            .iter()
            .any(|l| l.text().contains("deep"))
    );
    let mut console = reading(80, 24, &"<table><tr><td><blockquote><x-unknown>".repeat(25_000));
    console.keys("Gg<pagedown>t");
    console.screen();
}

#[test]
fn a_megabyte_comes_in_portions_and_ends_the_same() {
    let block = "<h2>Retime a sailing</h2><p class=\"no-margin\">Open <b>Timetables &rarr; Board</b> and find <a href=\"https://a.example\">the sailing</a>.</p><ul><li>one</li><li>two</li></ul>";
    let body = block.repeat(1_000_000 / block.len());
    let mut console = reading(80, 24, &body);
    let lines = |console: &Console| console.model.articles.reader.as_ref().unwrap().paper.lines().len();
    assert!(lines(&console) < 4_000, "everything was laid out before the first frame");
    assert!(console.shows("Retime a sailing") && console.shows(" 0%"));
    console.keys("jj<pagedown>k<pagedown><pagedown>");
    console.wait(1_000);
    let all = lines(&console);
    console.event(Event::Timer(Timer::Layout));
    console.wait(1_000);
    assert_eq!(lines(&console), all, "laying out never ends");
    let mut other = reading(80, 24, &body);
    other.key("G".parse().unwrap());
    assert_eq!(lines(&other), all);
    assert!(other.shows("100%"));
    let shown = |console: &Console| console.model.articles.reader.as_ref().unwrap().paper.lines().to_vec();
    assert!(shown(&console) == shown(&other), "portions changed the lines");
}

#[test]
fn the_block_at_the_top_stays_there_when_the_window_changes() {
    let mut console = reading(80, 24, &format!("{EVERYTHING}{FARES}{EVERYTHING}"));
    console.keys("tjjjj<enter>");
    let top = |console: &Console| {
        let reader = console.model.articles.reader.as_ref().unwrap();
        reader.paper.lines()[reader.scroll.view().start].text()
    };
    assert_eq!(top(&console), "Fares");
    for (cols, rows) in [(40, 24), (100, 12), (200, 20), (80, 24)] {
        console.resize(cols, rows);
        assert_eq!(top(&console), "Fares", "{cols}");
    }
}

//! Author, place, and the rules of the one-line fields.

use insta::assert_snapshot;
use switchboard::app::pane::articles::desk::Part;
use switchboard::app::place::Place;
use switchboard::domain::article::{Article, Parent};
use switchboard::domain::id::{AdminId, ArticleId};
use switchboard::domain::text::Clean;

use crate::desk::{Console, id};

/// A console whose articles hang in three places and have an author without a name.
fn editor(cols: u16, rows: u16) -> Console {
    let mut console = Console::cold(cols, rows, switchboard::app::Options::default());
    for (at, article) in console.server.iter_mut().enumerate() {
        if at % 4 == 1 {
            article.row.parent = Some(Parent { id: "9100".into(), kind: Clean::fixed("section") });
        }
        if at == 2 {
            (article.row.author, article.row.parent) = (AdminId::read("991"), None);
        }
    }
    console.up();
    console.keys("4<enter>e");
    assert_eq!(console.model.place(), Place::Editor);
    console
}

fn desk(console: &Console) -> &switchboard::app::pane::articles::desk::Desk {
    console.model.articles.desk.as_ref().unwrap()
}

#[test]
fn an_author_is_chosen_from_those_seen() {
    let mut console = editor(80, 24);
    console.keys("<shift-tab><tab>");
    assert!(console.shows("Author   ● live"), "{}", console.screen());
    console.keys("<enter>");
    assert_eq!(console.model.place(), Place::Picker);
    assert_snapshot!("author_picker_80", console.screen());
    console.keys("gra<enter>");
    assert_eq!(console.model.place(), Place::Editor);
    assert!(console.shows("by Grace Hopper ·"), "{}", console.screen());
    console.wait(600);
    assert_eq!(console.disk[&id(4200)].fields.author, AdminId::read("12"));
    assert_eq!(console.disk[&id(4200)].base.author, AdminId::read("11"));
}

#[test]
fn letters_open_the_list_and_escape_leaves_it_as_it_is() {
    let mut console = editor(80, 24);
    console.keys("<shift-tab><right>99");
    assert_eq!(console.model.place(), Place::Picker);
    assert!(console.shows("› 99▏") && console.shows("teammate 991"), "{}", console.screen());
    console.keys("<esc>");
    assert_eq!((console.model.place(), desk(&console).author.clone()), (Place::Editor, AdminId::read("11")));
    console.wait(600);
    assert!(console.disk.is_empty());
}

#[test]
fn an_id_nobody_saw_is_taken_as_typed() {
    let mut console = editor(80, 24);
    console.keys("<shift-tab><right> 555");
    assert!(console.shows("use id 555"), "{}", console.screen());
    console.keys("<enter>");
    assert!(console.shows("by teammate 555"), "{}", console.screen());
    console.keys("<enter><ctrl-u>");
    console.paste("nobody like that");
    assert!(console.shows("Nobody seen so far has these letters."), "{}", console.screen());
    console.keys("<enter>");
    assert_eq!(console.model.place(), Place::Picker);
}

#[test]
fn the_line_of_the_list_scrolls_with_its_cursor() {
    let mut console = editor(80, 24);
    console.keys("<shift-tab><right> ");
    console.paste(&"船".repeat(45));
    console.keys("end");
    assert!(console.shows("船end▏"), "{}", console.screen());
    console.keys("<home>");
    assert!(console.shows("› ▏船"), "{}", console.screen());
}

#[test]
fn what_is_counted_is_what_is_loaded() {
    let mut console = editor(80, 24);
    console.keys("<shift-tab><right> ");
    assert!(console.shows("4 loaded · id 12") && !console.shows("articles · "), "{}", console.screen());
}

#[test]
fn a_place_is_chosen_or_typed() {
    let mut console = editor(80, 24);
    console.keys("<shift-tab><right><right><enter>");
    assert_snapshot!("parent_picker_80", console.screen());
    console.keys("sect<enter>");
    let parent = |kind: &'static str, id: &str| Some(Parent { id: id.into(), kind: Clean::fixed(kind) });
    assert_eq!(desk(&console).parent, parent("section", "9100"));
    console.keys(" section 45<enter>");
    assert_eq!(desk(&console).parent, parent("section", "45"));
    console.keys(" 46<down><up><enter>");
    assert_eq!(desk(&console).parent, parent("collection", "46"));
    console.resize(200, 60);
    console.keys("<enter>");
    assert_snapshot!("parent_picker_200", console.screen());
}

#[test]
fn the_cursor_begins_on_what_the_article_has() {
    let mut console = editor(80, 24);
    console.keys("<shift-tab><right> <enter>");
    assert_eq!(desk(&console).author, AdminId::read("11"));
    console.wait(600);
    assert!(console.disk.is_empty());
}

#[test]
fn arrows_and_tab_walk_the_head() {
    let mut console = editor(80, 24);
    for (keys, part) in [
        ("<shift-tab>", Part::State),
        ("<right>", Part::Author),
        ("<right><right>", Part::Parent),
        ("<left>", Part::Author),
        ("<up>", Part::Description),
        ("<down>", Part::State),
        ("<enter>", Part::Author),
        ("<tab>", Part::Parent),
        ("<shift-tab>", Part::Author),
        ("<down>", Part::Body),
        ("<tab><tab><tab><tab><tab><tab>", Part::Body),
    ] {
        console.keys(keys);
        assert_eq!(desk(&console).part, part, "{keys}");
    }
}

#[test]
fn a_missing_title_is_said_at_once_and_stops_the_review() {
    let mut console = editor(80, 24);
    console.keys("<tab><ctrl-u>");
    assert!(console.shows("A title is required."), "{}", console.screen());
    console.keys("<ctrl-s>");
    assert_eq!(console.notice(), "A title is required; the edit is kept.");
    assert_eq!(console.model.place(), Place::Editor);
    console.keys("X");
    assert!(!console.shows("A title is required."));
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Review);
}

#[test]
fn an_article_that_never_had_a_title_may_stay_so() {
    let mut console = Console::open(80, 24);
    console.keys("<down><down><down><down><down><down><down>e");
    console.keys("words ");
    assert!(!console.shows("A title is required."), "{}", console.screen());
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Review);
}

#[test]
fn lengths_are_told_near_the_end_and_beyond() {
    let mut console = editor(80, 24);
    console.keys("<tab>");
    console.paste(&"x".repeat(180));
    assert!(!console.shows(" of 255"));
    console.paste(&"x".repeat(20));
    assert!(console.shows("216 of 255"), "{}", console.screen());
    console.keys("<tab>");
    console.paste(&"船".repeat(256));
    assert!(console.shows("256 of 255: may be too long"), "{}", console.screen());
    assert_snapshot!("fields_too_long_80", console.screen());
    console.keys("<ctrl-s>");
    assert_eq!(console.model.place(), Place::Review);
}

#[test]
fn a_new_article_needs_an_author() {
    let mut console = editor(80, 24);
    // What creating lays on the desk: an empty copy under a name of our own.
    let desk = console.model.articles.desk.as_mut().unwrap();
    let row = switchboard::domain::article::ArticleRow {
        id: ArticleId::new_local(1),
        author: None,
        ..desk.base.row.clone()
    };
    let empty = switchboard::domain::text::Raw::from("");
    desk.base = std::sync::Arc::new(Article { row, title: empty, ..(*desk.base).clone() });
    desk.author = None;
    assert!(console.shows("no author chosen"), "{}", console.screen());
    console.keys("<ctrl-s>");
    assert_eq!(console.notice(), "A new article needs an author; choose one above the text.");
    console.keys("<shift-tab><right>ada<enter><ctrl-s>");
    assert!(!console.notice().contains("author"), "{}", console.notice());
}

#[test]
fn the_key_of_the_screen_closes_the_list() {
    let mut console = editor(80, 24);
    console.keys("<shift-tab><right> <alt-4>");
    assert_eq!(console.model.place(), Place::Articles);
    console.keys("e");
    assert_eq!(console.model.place(), Place::Editor);
}

#[test]
fn a_small_window_has_the_list_too() {
    for (cols, rows) in [(30, 8), (24, 6), (10, 3)] {
        let mut console = editor(80, 24);
        console.keys("<shift-tab><right> ");
        console.resize(cols, rows);
        console.keys("<down><pagedown><up>g<enter>");
        assert_eq!(console.model.place(), Place::Editor, "{}", console.screen());
    }
}

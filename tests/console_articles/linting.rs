//! What Intercom will change or refuse, beside the text being typed.

use insta::assert_snapshot;
use switchboard::app::pane::articles::desk::Desk;
use switchboard::app::pane::articles::views::View;
use switchboard::app::place::Place;
use switchboard::domain::article::ArticleState;

use crate::desk::{Console, REFUNDS, article};

/// An article that has been there for long, with a gap and an expiring picture.
const OLD: &str = "<p class=\"no-margin\">One.</p>\n<p class=\"no-margin\">Two.</p><div class=\"intercom-container\"><img src=\"https://downloads.intercomcdn.com/i/o/1.png?expires=1&amp;signature=2\"></div>";

/// An article with this body, in the editor as Markdown.
fn editor(cols: u16, rows: u16, body: &str) -> Console {
    opened(cols, rows, body, false)
}

fn opened(cols: u16, rows: u16, body: &str, source: bool) -> Console {
    let mut console = Console::cold(cols, rows, switchboard::app::Options::default());
    console.source = source;
    console.server[0] = article(4200, "How refunds work", ArticleState::Published, 2, body);
    console.up();
    console.keys("4<enter>e");
    assert_eq!(console.model.place(), Place::Editor);
    console
}

fn desk(console: &Console) -> &Desk {
    console.model.articles.desk.as_ref().unwrap()
}

/// The same, with the source in the editor and the cursor at its end.
fn source(cols: u16, rows: u16, body: &str) -> Console {
    let mut console = opened(cols, rows, body, true);
    console.keys("<ctrl-end>");
    assert_eq!(desk(&console).body.view(), View::Html);
    console
}

#[test]
fn a_text_that_is_taken_as_it_is() {
    let mut console = editor(80, 24, REFUNDS);
    assert!(!console.shows("Intercom") && !console.shows("Alt-l"));
    console.keys("<alt-l>");
    assert_eq!(console.model.place(), Place::Lint);
    assert!(console.shows("Nothing in this text is known to be changed or refused."), "{}", console.screen());
    console.keys("<enter>");
    assert_eq!(console.notice(), "There is nothing to go to.");
    console.keys("r<esc>");
    assert_eq!(console.model.place(), Place::Editor);
}

#[test]
fn what_was_there_is_no_news_and_is_listed() {
    let mut console = editor(80, 24, OLD);
    assert!(console.shows("2 warnings from before (Alt-l)"), "{}", console.screen());
    console.keys("<f8>");
    assert!(console.shows(" 2 from before ──"), "{}", console.screen());
}

#[test]
fn the_list() {
    let mut console = source(80, 24, OLD);
    console.keys("<lt>h3>Three<lt>/h3><lt>ul><lt>/ul><lt>section>x<lt>/section>");
    console.wait(600);
    assert!(console.shows("Intercom refuses 1"), "{}", console.screen());
    console.keys("<alt-l><down>");
    assert_snapshot!("lint_80", console.screen());
    console.resize(200, 60);
    assert_snapshot!("lint_200", console.screen());
}

#[test]
fn enter_goes_to_the_place() {
    let mut console = source(80, 24, OLD);
    console.keys("<lt>ul><lt>/ul>tail<alt-l><enter>");
    assert_eq!(console.model.place(), Place::Editor);
    console.keys("!");
    assert_eq!(desk(&console).draft().body, format!("{OLD}!<ul></ul>tail"));
    console.keys("<alt-l><end><enter>?");
    assert!(desk(&console).draft().body.contains("?<img"), "{}", desk(&console).draft().body);
}

#[test]
fn enter_goes_to_the_line_in_markdown() {
    let mut console = editor(80, 24, &format!("{REFUNDS}<p>Last words <img src=\"data:x\"></p>"));
    console.keys("<alt-l><enter>");
    let editor = desk(&console).body.editor().unwrap();
    let (line, _) = editor.position();
    let there = editor.text().skip(line - 1).collect::<Vec<&str>>().join("\n");
    assert!(there.contains("data:x") && !there.contains("within a day"), "{there}");
}

#[test]
fn a_repair_is_one_step() {
    let mut console = source(80, 24, OLD);
    console.paste("<ul></ul>");
    console.keys("<alt-l>r");
    assert!(console.notice().starts_with("Repaired; "), "{}", console.notice());
    assert_eq!((console.model.place(), desk(&console).draft().body.as_str()), (Place::Lint, OLD));
    console.keys("r");
    assert_eq!(desk(&console).draft().body, OLD.replace('\n', ""));
    console.keys("r");
    assert_eq!(desk(&console).draft().body, OLD.replace('\n', "").replace("?expires=1&amp;signature=2", ""));
    assert!(console.shows("Nothing in this text is known to be changed or refused."), "{}", console.screen());
    console.wait(600);
    assert_eq!(console.disk.len(), 1);
    console.keys("<esc><alt-z><alt-z>");
    assert_eq!(desk(&console).draft().body, OLD);
    console.keys("<alt-z>");
    assert_eq!(desk(&console).draft().body, format!("{OLD}<ul></ul>"));
}

#[test]
fn a_repair_in_markdown_can_be_taken_back_too() {
    let mut console = editor(80, 24, OLD);
    console.keys("<alt-l>r");
    assert_eq!(desk(&console).draft().body, OLD.replace('\n', ""));
    console.keys("<esc><alt-z>");
    assert_eq!(desk(&console).draft().body, OLD);
}

#[test]
fn lines_with_findings_are_marked_in_both_texts() {
    let body = format!("{REFUNDS}<ul></ul><h3>Three</h3>");
    let mut console = source(80, 40, &body);
    let marks = |console: &Console| -> Vec<String> {
        let screen = console.screen().to_string();
        let marked = screen.lines().filter_map(|row| row.strip_prefix('"'));
        marked
            .filter(|row| row.starts_with(['!', '~']))
            .map(|row| row.trim_end_matches([' ', '"']).into())
            .collect()
    };
    // A new heading has all of them renumbered.
    let heading = "~<h2 id=\"h_1\">How to ask</h2>";
    assert_eq!(marks(&console), [heading, "!<ul></ul>", "~<h3>Three</h3>"]);
    console.source = false;
    console.keys("<ctrl-t><ctrl-t>");
    assert_eq!(desk(&console).body.view(), View::Markdown);
    assert_eq!(marks(&console).len(), 3, "{}", console.screen());
}

#[test]
fn what_cannot_be_repaired_says_so() {
    let mut console = editor(80, 24, "<p>a</p><section>b</section>");
    console.keys("<alt-l>");
    assert!(!console.shows("r repair"), "{}", console.screen());
    console.keys("r");
    assert!(console.notice().starts_with("Nothing can be done here"), "{}", console.notice());
}

#[test]
fn a_hostile_name_is_shown_clean() {
    let mut console = editor(80, 24, "<p>a</p><x\u{1b}[31m\u{202e}>b</x>");
    console.keys("<alt-l>");
    assert!(!console.screen().to_string().contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn typing_never_waits_for_it() {
    let mut console = source(80, 24, REFUNDS);
    console.keys("<lt>ul><lt>/ul>");
    let before = desk(&console).linting.judged.total;
    console.key("x".parse().unwrap());
    assert_eq!(desk(&console).linting.judged.total, before);
    console.wait(1_000);
    assert_eq!(desk(&console).linting.judged.refused, 1);
}

#[test]
fn small_windows_and_the_preview_have_the_list() {
    for (cols, rows) in [(30, 8), (24, 6), (10, 3)] {
        let mut console = editor(80, 24, OLD);
        console.keys("<ctrl-t><ctrl-t><f8>");
        console.resize(cols, rows);
        console.keys("<down><up><enter>");
        assert_eq!(console.model.place(), Place::Editor, "{}", console.screen());
        assert_eq!(desk(&console).body.view(), View::Html);
    }
}

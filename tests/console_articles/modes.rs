//! The text as Markdown, as HTML source and as a preview; beside the text where there is room; in another editor.

use insta::assert_snapshot;
use switchboard::app::event::{Event, Timer};
use switchboard::app::pane::articles::views::View;
use switchboard::app::place::Place;
use switchboard::domain::call::{End, FaultKind, Report};

use crate::desk::{Console, REFUNDS, fault, id};

/// An editor over an article, in Markdown.
pub(crate) fn markdown(cols: u16, rows: u16) -> Console {
    let mut console = Console::open(cols, rows);
    console.source = false;
    console.keys("<enter>e");
    assert_eq!(view(&console), View::Markdown);
    console
}

fn view(console: &Console) -> View {
    console.model.articles.desk.as_ref().unwrap().body.view()
}

fn html(console: &Console) -> String {
    console.model.articles.desk.as_ref().unwrap().body.source()
}

/// The text as the editor has it.
fn shown(console: &Console) -> String {
    let desk = console.model.articles.desk.as_ref().unwrap();
    desk.body.editor().unwrap().joined()
}

#[test]
fn the_three_views() {
    let mut console = markdown(80, 24);
    assert_snapshot!("modes_markdown_80", console.screen());
    console.keys("<ctrl-t>");
    assert_snapshot!("modes_html_80", console.screen());
    console.keys("<ctrl-t>");
    assert_snapshot!("modes_preview_80", console.screen());
    console.keys("<ctrl-t>");
    assert_eq!((view(&console), html(&console).as_str()), (View::Markdown, REFUNDS));
    assert_snapshot!("modes_markdown_200", markdown(200, 60).screen());
    let mut console = markdown(200, 60);
    console.keys("<ctrl-t>");
    assert_snapshot!("modes_html_200", console.screen());
    console.keys("<ctrl-t>");
    assert_snapshot!("modes_preview_200", console.screen());
}

#[test]
fn nothing_typed_is_nothing_changed_in_every_view() {
    let mut console = markdown(80, 24);
    for _ in 0..7 {
        console.keys("<ctrl-t>");
        assert_eq!(html(&console), REFUNDS);
    }
    console.keys("<ctrl-s>");
    assert_eq!(console.notice(), "Nothing changed.");
    console.keys("<esc>");
    assert!(console.disk.is_empty());
}

#[test]
fn a_word_typed_in_markdown_is_that_word_in_html() {
    let mut console = markdown(80, 24);
    console.keys("<ctrl-right><ctrl-right> easily");
    assert_eq!(html(&console), REFUNDS.replacen("You can", "You can easily", 1));
    console.keys("<ctrl-t>");
    assert!(console.shows("You can easily"));
    console.keys("<ctrl-t>");
    assert!(console.shows("You can easily ask"));
    console.keys("<ctrl-t><alt-z><alt-z>");
    assert_eq!(html(&console), REFUNDS);
}

#[test]
fn markdown_lies_on_disk_as_typed_and_comes_back() {
    let mut console = markdown(80, 24);
    console.keys("Really, ");
    console.wait(500);
    let (typed, body) = (shown(&console), html(&console));
    let stored = console.disk[&id(4200)].clone();
    assert_eq!((stored.fields.body.as_str(), stored.markdown.as_deref()), (REFUNDS, Some(typed.as_str())));
    console.keys("<esc><esc><enter>e");
    assert_eq!((shown(&console), html(&console)), (typed.clone(), body.clone()));
    // Another run of the program.
    let mut again = Console::open(80, 24);
    (again.source, again.disk) = (false, console.disk.clone());
    again.keys("<enter>e");
    assert_eq!((shown(&again), html(&again)), (typed, body));
    again.keys("<ctrl-t><ctrl-home>X");
    again.wait(500);
    let stored = again.disk[&id(4200)].clone();
    assert_eq!((stored.fields.body, stored.markdown), (html(&again), None));
}

#[test]
fn html_typed_is_in_the_markdown_and_undo_is_each_texts_own() {
    let mut console = markdown(80, 24);
    console.keys("<ctrl-t><ctrl-end><lt>p>More.<lt>/p><ctrl-t><ctrl-t>");
    assert!(shown(&console).contains("More."));
    assert_eq!(html(&console), format!("{REFUNDS}<p>More.</p>"));
    console.keys("<alt-z>");
    assert_eq!(console.notice(), "Nothing to undo.");
    console.keys("<ctrl-t><alt-z>");
    assert_ne!(html(&console), format!("{REFUNDS}<p>More.</p>"));
}

#[test]
fn the_cursor_goes_along_to_the_same_words() {
    let mut console = markdown(80, 24);
    let line = shown(&console).split('\n').position(|line| line.contains("five working days")).unwrap();
    console.keys(&"<down>".repeat(200));
    console.keys("<ctrl-home>");
    while console.model.articles.desk.as_ref().unwrap().body.editor().unwrap().position().0 <= line {
        console.keys("<down>");
    }
    console.keys("<ctrl-t>!");
    assert_eq!(html(&console), REFUNDS.replace("The money", "!The money"));
}

#[test]
fn the_preview_takes_no_letters_and_scrolls() {
    let mut console = markdown(80, 12);
    console.keys("<ctrl-t><ctrl-t>x");
    assert_eq!(console.notice(), "This is the preview; switch to the text to change it.");
    console.paste("y");
    console.keys("<backspace><enter>");
    for key in ["<alt-z>", "<alt-e>", "<alt-f>"] {
        console.keys(key);
        assert_eq!(console.notice(), "This is the preview; switch to the text to change it.");
    }
    assert!(console.shows("You can ask") && !console.shows("within a day"));
    console.keys("G");
    assert!(!console.shows("You can ask") && console.shows("within a day"));
    console.keys("<home>");
    assert!(console.shows("You can ask"));
    assert_eq!(html(&console), REFUNDS);
}

#[test]
fn the_preview_beside_the_text_waits_until_typing_rests() {
    let mut console = markdown(160, 40);
    assert!(console.shows("1. Open Billing"), "{}", console.screen());
    console.keys("Beside ");
    let seen = |console: &Console| console.screen().to_string().matches("Beside You can").count();
    assert_eq!(seen(&console), 1, "{}", console.screen());
    console.wait(200);
    console.keys("x<backspace>");
    console.wait(200);
    assert_eq!(seen(&console), 1);
    console.wait(200);
    assert_eq!(seen(&console), 2, "{}", console.screen());
    console.resize(130, 40);
    assert_eq!(seen(&console), 1);
    console.keys("again ");
    console.resize(160, 40);
    assert!(
        console.screen().to_string().matches("Beside again You can").count() == 2,
        "{}",
        console.screen()
    );
}

#[test]
fn the_preview_beside_goes_along_with_the_cursor() {
    let mut console = markdown(160, 12);
    console.keys("<ctrl-end>");
    let beside: Vec<String> =
        console.screen().to_string().lines().map(|line| line.chars().skip(82).collect()).collect();
    assert!(beside.iter().any(|line| line.contains("We answer within a day")), "{}", console.screen());
}

#[test]
fn the_other_editor_gets_the_text_and_gives_it_back() {
    let mut console = markdown(80, 24);
    let before = shown(&console);
    console.keys("<alt-e>");
    assert_eq!(console.outside, [(before.clone(), "article-4200.md".to_owned())]);
    console.event(Event::EditedOutside(Ok(None)));
    assert_eq!(console.notice(), "Nothing changed.");
    console.event(Event::EditedOutside(Ok(Some(format!("{}\n", before.trim_end_matches('\n'))))));
    assert_eq!((console.notice(), html(&console).as_str()), ("Nothing changed.", REFUNDS));
    console.event(Event::EditedOutside(Err("The editor \"false\" ended with an error.".into())));
    assert_eq!(
        (console.notice(), shown(&console)),
        ("The editor \"false\" ended with an error.", before.clone())
    );
    let after = before.replace("30 days", "40 days").replace("invoice", "bill");
    console.event(Event::EditedOutside(Ok(Some(after.clone()))));
    assert_eq!(console.notice(), "The text is as the editor left it; Alt-z takes that back.");
    assert_eq!(shown(&console), after);
    assert!(console.disk.contains_key(&id(4200)), "it has to be on disk at once");
    console.keys("<alt-z>");
    assert_eq!((shown(&console), html(&console).as_str()), (before, REFUNDS));
}

#[test]
fn html_goes_to_the_other_editor_line_by_line() {
    let mut console = Console::open(80, 24);
    console.keys("<enter>e<alt-e>");
    let (text, name) = console.outside.pop().unwrap();
    assert_eq!((text.replace('\n', "").as_str(), name.as_str()), (REFUNDS, "article-4200.html"));
    assert!(text.contains('\n'));
    let after = text.replace("30 days", "40 days").replace("</h2>\n", "</h2>\n<p>New.</p>\n");
    console.event(Event::EditedOutside(Ok(Some(format!("{after}\n")))));
    let wanted = REFUNDS.replace("30 days", "40 days").replace("</h2>", "</h2><p>New.</p>");
    assert_eq!(html(&console), wanted);
}

#[test]
fn a_review_of_markdown_sends_html() {
    let mut console = markdown(80, 24);
    console.keys("Really: <ctrl-s>");
    assert_eq!(console.model.place(), Place::Review, "{}", console.screen());
    console.keys("s");
    console.wait(800);
    console.confirm("publish");
    let sent = console.sent[0].1.deed().article().unwrap().changes.body.clone();
    assert_eq!(sent, Some(REFUNDS.replacen("You can", "Really: You can", 1)));
}

#[test]
fn a_large_text_has_no_preview_beside_it() {
    let mut console = Console::open(160, 40);
    console.source = false;
    console.server[0].body = "<p>word</p>".repeat(30_000).into();
    console.keys("<enter>e");
    assert!(!console.shows("┬ Preview"), "{}", console.screen());
    console.event(Event::Timer(Timer::Preview));
    assert_eq!(view(&console), View::Html);
    assert_eq!(console.notice(), "A long text opens as HTML source; Ctrl-T twice makes Markdown of it.");
    console.keys("<ctrl-t>");
    assert_eq!(view(&console), View::Preview);
    console.keys("<ctrl-t>");
    assert_eq!(view(&console), View::Markdown);
    assert!(shown(&console).starts_with("word\n\nword\n"));
    assert_eq!(html(&console), "<p>word</p>".repeat(30_000));
}

#[test]
fn pasted_line_ends_are_lines_in_markdown() {
    let mut console = markdown(80, 24);
    console.keys("<ctrl-end><enter><enter>");
    console.paste("one\r\ntwo\rthree\nfour");
    assert!(shown(&console).ends_with("one\ntwo\nthree\nfour"));
    console.keys("<alt-z>");
    assert!(!shown(&console).contains("one\ntwo"));
}

#[test]
fn markdown_typed_while_the_fate_of_a_save_is_unknown_stays() {
    let mut console = markdown(80, 24);
    console.keys("First. <ctrl-s>s");
    console.wait(800);
    console.confirm("publish");
    let (id, approved) = console.sent.remove(0);
    console.apply(&approved, str::to_owned);
    let lost = fault(FaultKind::TimedOut, "No answer came.", "");
    console.answers = false;
    console.event(Event::Report(Report::Ended { id, end: End::Unknown(lost) }));
    assert_eq!(console.model.place(), Place::Editor, "{}", console.screen());
    console.keys("Second. ");
    console.let_answer();
    assert_eq!(console.notice(), "The save did arrive. What you typed since is still here.");
    assert_eq!(html(&console), REFUNDS.replacen("You can", "First. Second. You can", 1));
    console.keys("<alt-z>");
    assert!(html(&console).contains("First. You can"), "undo was lost: {}", html(&console));
}

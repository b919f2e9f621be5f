//! What the editor promises of any text: bytes that nobody touched stay, every step can be undone and done again, and the
//! cursor is in view.

use proptest::prelude::*;

use super::{Editor, wrapping};
use crate::app::key::script;
use crate::domain::text::width;

pub(super) fn press(editor: &mut Editor, keys: &str) {
    script(keys).unwrap().into_iter().for_each(|key| {
        editor.press(key);
    });
}

pub(super) fn open(source: &str) -> Editor {
    let mut editor = Editor::of(source);
    editor.arrange(80, 24);
    editor
}

#[test]
fn a_break_of_the_source_that_was_deleted_comes_back_by_undo_only() {
    let mut editor = open("<p>a</p>\n<p>b</p><p>c</p>");
    press(&mut editor, "<end><delete>");
    assert_eq!(editor.source(), "<p>a</p><p>b</p><p>c</p>");
    press(&mut editor, "<enter>");
    assert_eq!(editor.source(), "<p>a</p><p>b</p><p>c</p>");
    assert!(editor.undo() && editor.undo());
    assert_eq!(editor.source(), "<p>a</p>\n<p>b</p><p>c</p>");
    assert!(editor.redo());
    assert_eq!(editor.source(), "<p>a</p><p>b</p><p>c</p>");
}

#[test]
fn a_line_typed_among_lines_of_the_source_is_a_line_of_the_source() {
    let mut editor = open("<p>a</p>\n<p>b</p>");
    press(&mut editor, "<end><enter><lt>p>new<lt>/p>");
    assert_eq!(editor.source(), "<p>a</p>\n<p>new</p>\n<p>b</p>");
    press(&mut editor, "<down><home><enter><up><lt>hr>");
    assert_eq!(editor.source(), "<p>a</p>\n<p>new</p>\n<hr>\n<p>b</p>");
    let mut editor = open("<p>a</p><p>b</p>");
    press(&mut editor, "<end><enter><lt>p>new<lt>/p>");
    assert_eq!(editor.source(), "<p>a</p><p>new</p><p>b</p>");
}

#[test]
fn an_undo_that_says_it_did_something_did() {
    let mut editor = open("");
    editor.remember(400);
    press(&mut editor, &"a ".repeat(500));
    let all = editor.source().len();
    let mut length = all;
    while editor.undo() {
        assert_eq!(editor.source().len() + 2, length);
        length -= 2;
    }
    assert_eq!(length, all - 400);
    while editor.redo() {
        length += 2;
        assert_eq!(editor.source().len(), length);
    }
    assert_eq!(length, all);
}

#[test]
fn typing_after_undoing_at_the_limit_stays_honest() {
    let mut editor = open("");
    editor.remember(100);
    press(&mut editor, &"<enter>".repeat(210));
    for _ in 0..120 {
        (0..3).for_each(|_| assert!(editor.undo()));
        press(&mut editor, &"<enter>".repeat(3));
    }
    let mut lines = editor.lines();
    let mut undone = 0;
    while editor.undo() {
        assert_eq!(editor.lines() + 1, lines);
        (lines, undone) = (editor.lines(), undone + 1);
    }
    assert_eq!(undone, 100);
}

#[test]
fn a_word_without_an_end_is_undone_in_parts() {
    let mut editor = open("");
    press(&mut editor, &"a".repeat(450));
    assert!(editor.undo());
    assert_eq!(editor.source().len(), 400);
    assert!(editor.undo() && editor.undo() && !editor.undo());
    press(&mut editor, "b");
    assert!(!editor.redo());
}

#[test]
fn every_break_of_a_plain_text_is_its_own() {
    let mut editor = Editor::plain("<p>a</p><p>b</p>\r\n\r<ul>");
    editor.arrange(80, 24);
    assert_eq!((editor.lines(), editor.source().as_str()), (2, "<p>a</p><p>b</p>\r\n\r<ul>"));
    press(&mut editor, "<ctrl-home><lt>p>x<lt>/p><enter>");
    assert_eq!(editor.source(), "<p>x</p>\n<p>a</p><p>b</p>\r\n\r<ul>");
    assert!(editor.undo() && editor.undo());
    let long = "word ".repeat(20_000);
    let mut editor = Editor::plain(&long);
    editor.arrange(80, 24);
    assert!(editor.lines() > 1 && editor.source() == long);
    press(&mut editor, "<ctrl-end><enter>x");
    assert!(editor.source() == format!("{long}\nx"));
}

fn sources() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div class=\"x\">",
        "</div>",
        "<hr>",
        "<ul><li>",
        "</li>",
        "<li>",
        "</ul>",
        "word ",
        "\n",
        "\r\n",
        "\r",
        "<b>",
        "</b>",
        "<br>",
        "\u{0}",
        "\u{1b}",
        "船",
        "<",
        ">",
        "\t",
        "<!-- -->",
        "<pre>",
        "</pre>",
        "e\u{301}",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_nobody_touched_comes_back_byte_for_byte(source in sources()) {
        let editor = open(&source);
        prop_assert!(editor.text.iter().all(|line| !line.contains('\n')));
        prop_assert_eq!(editor.source(), source);
    }

    #[test]
    fn a_word_in_a_line_changes_that_word_only(source in sources(), pick in any::<prop::sample::Index>()) {
        let mut editor = open(&source);
        let line = pick.index(editor.lines());
        editor.go(line, editor.line(line).len());
        press(&mut editor, "WORD");
        prop_assert_eq!(editor.source().replacen("WORD", "", 1), source);
    }

    #[test]
    fn no_paste_loses_or_invents_anything_but_breaks(source in sources(), pick in any::<prop::sample::Index>(), paste in sources()) {
        let mut editor = open(&source);
        let line = pick.index(editor.lines());
        editor.go(line, 0);
        let before = editor.text.range(0..line).collect::<String>();
        editor.paste(&paste);
        let wanted = source.replace('\n', "");
        let (_, after) = wanted.split_at(before.len());
        let pasted = paste.replace(['\n', '\r'], "");
        prop_assert_eq!(editor.source().replace('\n', ""), format!("{before}{pasted}{after}"));
        there_and_back(&mut editor, &source)?;
    }
}

pub(super) fn there_and_back(editor: &mut Editor, source: &str) -> Result<(), TestCaseError> {
    let after = editor.source();
    while editor.undo() {}
    prop_assert!(editor.source() == source, "undone");
    while editor.redo() {}
    prop_assert!(editor.source() == after, "done again");
    Ok(())
}

const KEYS: [&str; 26] = [
    "x",
    "word ",
    "船",
    "👩‍👩‍👧",
    "e\u{301}",
    "<lt>p>",
    "<left>",
    "<right>",
    "<up>",
    "<down>",
    "<home>",
    "<end>",
    "<pageup>",
    "<pagedown>",
    "<ctrl-home>",
    "<ctrl-end>",
    "<ctrl-left>",
    "<ctrl-right>",
    "<backspace>",
    "<delete>",
    "<enter>",
    "<ctrl-w>",
    "<ctrl-u>",
    "<alt-d>",
    "UNDO",
    "REDO",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_cursor_is_in_view_at_every_size(
        source in "(<p>|</p>|[a-z]{1,9}|[ 船\u{301}\u{0}\u{200B}\n\r])( |[a-z]{1,9}|\n|船|\t){0,30}",
        keys in prop::collection::vec(prop::sample::select(KEYS.to_vec()), 0..40),
        sizes in prop::collection::vec((prop_oneof![1u16..=12, 1u16..=200], prop_oneof![1u16..=4, 1u16..=40]), 1..4),
    ) {
        let mut editor = Editor::of(&source);
        for (columns, rows) in sizes {
            editor.arrange(columns, rows);
            for &keys in &keys {
                match keys {
                    "UNDO" => _ = editor.undo(),
                    "REDO" => _ = editor.redo(),
                    keys => press(&mut editor, keys),
                }
                let views: Vec<_> = editor.view().collect();
                prop_assert!(views.len() <= usize::from(rows));
                let row = views.iter().filter(|bits| bits.iter().any(|bit| bit.cursor));
                let columns_before = row.map(|bits| {
                    let before = bits.iter().take_while(|bit| !bit.cursor);
                    before.map(|bit| width(&bit.text)).sum::<usize>()
                });
                let at: Vec<usize> = columns_before.collect();
                prop_assert!(at.len() == 1 && at[0] < usize::from(columns), "{keys}: {at:?} of {columns} by {rows}: {views:?}");
                let mut anew = wrapping::Wrapping::default();
                anew.fit(&editor.text, usize::from(columns));
                prop_assert_eq!(editor.wrapping.told(), anew.told());
            }
        }
        while editor.undo() {}
        prop_assert_eq!(editor.source(), source);
    }
}

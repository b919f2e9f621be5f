//! What the editor promises of any text, however large: bytes that nobody touched stay, every step can be undone and
//! done again, and the cursor is in view.

use proptest::prelude::*;

use super::{Editor, wrapping};
use crate::app::key::script;
use crate::domain::text::width;

fn press(editor: &mut Editor, keys: &str) {
    script(keys).unwrap().into_iter().for_each(|key| {
        editor.press(key);
    });
}

fn open(source: &str) -> Editor {
    let mut editor = Editor::of(source);
    editor.arrange(80, 24);
    editor
}

#[test]
fn two_letters_far_apart_change_two_letters() {
    for end in ["\n", "\r\n", "", "\n\n"] {
        let source = format!("<p>one and the same</p>{end}").repeat(2_100);
        let mut editor = open(&source);
        press(&mut editor, "x");
        let last = editor.lines() - 1;
        editor.go(last, editor.line(last).len());
        press(&mut editor, "y");
        assert!(editor.source() == format!("x{source}y"), "{end:?}");
    }
}

#[test]
fn cut_lines_gain_no_breaks() {
    for source in ["words and words ".repeat(14_000), "船".repeat(70_000)] {
        let mut editor = open(&source);
        press(&mut editor, "x<ctrl-end>y<ctrl-home><delete><ctrl-end><backspace>");
        assert!(editor.source() == source);
        for line in 0..editor.lines() {
            editor.go(line, 0);
            press(&mut editor, "x");
        }
        assert_eq!(editor.source().len(), source.len() + editor.lines());
        assert!(!editor.source().contains('\n'));
    }
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
fn a_long_line_can_be_pasted_and_walked() {
    let mut editor = open("<p>a</p>");
    let long = "one two ".repeat(26_000);
    editor.go(0, 4);
    editor.paste(&long);
    let pasted = format!("<p>a{long}</p>");
    assert!(editor.source() == pasted);
    press(&mut editor, "<left><home><up><end><ctrl-left><ctrl-home><ctrl-end><left>!");
    assert!(editor.source() == format!("<p>a{long}</p!>"));
    assert!(editor.undo() && editor.source() == pasted);
    assert!(editor.undo() && !editor.undo());
    assert_eq!(editor.source(), "<p>a</p>");
    assert!(editor.redo() && editor.source() == pasted);
}

#[test]
fn joining_cut_lines_never_gets_stuck() {
    let source = "x".repeat(200_000);
    let mut editor = open(&source);
    press(&mut editor, "<ctrl-end>");
    let mut left = source.len();
    while left > 30_000 {
        let (line, _) = editor.cursor();
        editor.go(line, 1);
        press(&mut editor, "<backspace><backspace><backspace>");
        let now = editor.source().len();
        assert!(now < left && editor.source().bytes().all(|byte| byte == b'x'));
        if line == 0 {
            break;
        }
        left = now;
    }
}

#[test]
fn the_cursor_finds_lines_beyond_what_the_library_can_name() {
    let mut editor = open(&"\n".repeat(65_600));
    editor.go(65_600, 0);
    press(&mut editor, "abc<left><left>-");
    assert!(editor.source() == format!("{}a-bc", "\n".repeat(65_600)));
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
        prop_assert!(editor.area.lines().iter().all(|line| !line.contains('\n')));
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
        let before = editor.area.lines()[..line].concat();
        editor.paste(&paste);
        let wanted = source.replace('\n', "");
        let (_, after) = wanted.split_at(before.len());
        let pasted = paste.replace(['\n', '\r'], "");
        prop_assert_eq!(editor.source().replace('\n', ""), format!("{before}{pasted}{after}"));
        there_and_back(&mut editor, &source)?;
    }
}

/// Bodies of about 200 KB, of every make.
fn large() -> impl Strategy<Value = String> {
    let same = (1_500usize..3_000, prop::sample::select(vec!["\n", "\r\n", "", "\n\n", "<hr>"]))
        .prop_map(|(count, end)| format!("<p>one and the same line, again</p>{end}").repeat(count));
    let mixed = (1_500usize..3_000, 2usize..9).prop_map(|(count, every)| {
        let line = |at: usize| {
            let end = if at.is_multiple_of(every) { "\n" } else { "" };
            format!("<li>line {} of <b>it</b></li>{end}", at % 7)
        };
        (0..count).map(line).collect()
    });
    let one = Just("long words without a tag ".repeat(8_400));
    let unbroken = Just("x".repeat(210_000));
    prop_oneof![2 => same, 2 => mixed, 1 => one, 1 => unbroken]
}

/// The bytes at both ends that two texts have in common.
fn common(a: &str, b: &str) -> (usize, usize) {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let most = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    (head, tail)
}

fn go_to(editor: &mut Editor, place: prop::sample::Index, byte: prop::sample::Index) {
    let line = place.index(editor.lines());
    let boundaries: Vec<usize> = editor.line(line).char_indices().map(|(at, _)| at).collect();
    let byte = if boundaries.is_empty() { 0 } else { boundaries[byte.index(boundaries.len())] };
    // Often one of the ends of a line, where breaks are.
    editor.go(line, if byte % 3 == 0 { 0 } else { byte });
}

fn there_and_back(editor: &mut Editor, source: &str) -> Result<(), TestCaseError> {
    let after = editor.source();
    while editor.undo() {}
    prop_assert!(editor.source() == source, "undone");
    while editor.redo() {}
    prop_assert!(editor.source() == after, "done again");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn in_a_large_body_a_key_changes_what_it_says(
        source in large(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), prop::sample::select(vec![
            "x", "船", "<backspace>", "<delete>", "<ctrl-w>", "<backspace><backspace>x",
        ])), 2..9),
    ) {
        let mut editor = open(&source);
        for (place, byte, keys) in edits {
            go_to(&mut editor, place, byte);
            let before = editor.source();
            press(&mut editor, keys);
            let after = editor.source();
            let (head, tail) = common(&before, &after);
            // Deleting takes at most a word; nothing but the letter typed is new.
            prop_assert!(before.len() - head - tail <= if keys == "<ctrl-w>" { 70_000 } else { 4 }, "{keys}");
            let typed: &[u8] = &after.as_bytes()[head..after.len() - tail];
            prop_assert!(["", "x", "船"].iter().any(|new| new.as_bytes() == typed), "{keys}");
        }
        there_and_back(&mut editor, &source)?;
    }

    #[test]
    fn in_a_large_body_lines_come_and_go_where_they_were_typed(
        source in large(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(vec![
            "<enter>", "<end><enter><lt>p>new<lt>/p>", "<home><enter>", "<home><backspace>", "<end><delete>", "PASTE", "MOVE",
        ])), 2..7),
    ) {
        let mut editor = open(&source);
        for (place, keys) in edits {
            let line = place.index(editor.lines());
            editor.go(line, 0);
            let (before, count) = (editor.source(), editor.lines());
            let copy = format!("{}\n", editor.line(line));
            let near: usize = (line.saturating_sub(3)..line + 4).map(|at| editor.line(at).len() + 1).sum();
            match keys {
                "PASTE" => editor.paste(&copy),
                "MOVE" => {
                    let end = (line, editor.line(line).len());
                    editor.delete((line, 0), end, super::steps::Run::None);
                    editor.paste(&copy);
                }
                keys => press(&mut editor, keys),
            }
            let after = editor.source();
            let (head, tail) = common(&before, &after);
            prop_assert!(before.len() - head - tail <= near, "{keys}");
            let breaks = |text: &str| text.matches('\n').count();
            prop_assert!(breaks(&before).abs_diff(breaks(&after)) <= 1 + copy.len() / 60_000, "{keys} of {count} lines");
            if keys.ends_with("<enter>") {
                prop_assert_eq!(before.replace('\n', "").len(), after.replace('\n', "").len());
            }
        }
        there_and_back(&mut editor, &source)?;
    }
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
                anew.fit(editor.area.lines(), usize::from(columns));
                prop_assert_eq!(&editor.wrapping, &anew);
            }
        }
        while editor.undo() {}
        prop_assert_eq!(editor.source(), source);
    }
}

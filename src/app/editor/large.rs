//! The promises again, for texts of thousands of lines and for lines of hundreds of thousands of bytes.

use proptest::prelude::*;

use super::Editor;
use super::promises::{open, press, there_and_back};
use super::steps::Run;

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
fn a_blank_typed_before_a_word_without_end_is_a_blank() {
    let mut editor = open("");
    editor.paste(&"x".repeat(65_000));
    press(&mut editor, "<ctrl-home> ");
    assert!(editor.source() == format!(" {}", "x".repeat(65_000)));
    press(&mut editor, "<backspace>");
    assert!(editor.source() == "x".repeat(65_000));
}

#[test]
fn the_cursor_finds_lines_beyond_what_the_library_can_name() {
    let mut editor = open(&"\n".repeat(65_600));
    editor.go(65_600, 0);
    press(&mut editor, "abc<left><left>-");
    assert!(editor.source() == format!("{}a-bc", "\n".repeat(65_600)));
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

/// The byte of the source at a place.
fn byte_of(editor: &Editor, (line, byte): (usize, usize)) -> usize {
    let sent = |line: usize| usize::from(editor.breaks.is_sent(line, &editor.text));
    (0..line).map(|line| editor.line(line).len() + sent(line)).sum::<usize>() + byte
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
                    editor.delete((line, 0), end, Run::None);
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn over_many_windows_edits_and_their_undoing_are_those_of_one_string(
        count in 100usize..600,
        acts in prop::collection::vec((any::<prop::sample::Index>(), 0usize..300, prop_oneof![
            2 => "[a船\n ]{1,9}", 1 => (1usize..300).prop_map(|count| "one\ntwo 船\n".repeat(count)),
            1 => Just("long words ".repeat(900)), 3 => Just("CUT".to_owned()), 3 => Just("UNDO".to_owned()), 2 => Just("REDO".to_owned()),
        ]), 1..16),
    ) {
        let mut text = (0..count).map(|line| format!("line {line} of it")).collect::<Vec<String>>().join("\n");
        let mut editor = Editor::plain(&text);
        editor.arrange(40, 24);
        let (mut done, mut undone): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for (place, long, act) in acts {
            let line = place.index(editor.lines());
            // One time in three what is done is done where the last thing was.
            if long % 3 > 0 {
                editor.go(line, 0);
            }
            let before = text.clone();
            match act.as_str() {
                "UNDO" => {
                    prop_assert_eq!(editor.undo(), !done.is_empty());
                    undone.extend(done.pop().map(|before| std::mem::replace(&mut text, before)));
                }
                "REDO" => {
                    prop_assert_eq!(editor.redo(), !undone.is_empty());
                    done.extend(undone.pop().map(|after| std::mem::replace(&mut text, after)));
                }
                act => {
                    let from = editor.cursor();
                    let at = byte_of(&editor, from);
                    if act == "CUT" {
                        let to = ((from.0 + long).min(editor.lines() - 1), 0).max(from);
                        text.replace_range(at..byte_of(&editor, to), "");
                        editor.delete(from, to, Run::None);
                    } else {
                        text.insert_str(at, act);
                        editor.paste(act);
                    }
                    if text != before {
                        done.push(before);
                        undone.clear();
                    }
                }
            }
            prop_assert!(editor.source() == text, "{act:.9}");
            let mut anew = super::Wrapping::default();
            anew.fit(&editor.text, 40);
            prop_assert_eq!(editor.wrapping.told(), anew.told());
        }
    }
}

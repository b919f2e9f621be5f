use proptest::prelude::*;

use crate::domain::rich::markup;
use crate::domain::text::{Clean, width};

use super::*;

/// The rows as a reviewer might read them: `-` and `+`, with `[…]` around what changed.
fn shown(diff: &Diff) -> String {
    let rows = diff.rows.iter().map(|row| {
        let sign = match row.kind {
            Change::Same => ' ',
            Change::Added => '+',
            Change::Removed => '-',
        };
        let pieces = row.pieces.iter().map(|piece| match piece.change {
            Change::Same => piece.text.clone(),
            Change::Added | Change::Removed => format!("[{}]", piece.text),
        });
        format!("{sign} {}", pieces.collect::<String>())
    });
    rows.collect::<Vec<_>>().join("\n")
}

fn ranges(diff: &Diff, context: usize) -> Vec<(usize, usize)> {
    diff.hunks(context).into_iter().map(|rows| (rows.start, rows.end)).collect()
}

/// One side's text, put together from the pieces.
fn side(diff: &Diff, other: Change) -> String {
    let rows = diff.rows.iter().filter(|row| row.kind != other).flat_map(|row| &row.pieces);
    rows.inspect(|piece| assert_ne!(piece.change, other)).map(|piece| piece.text.as_str()).collect()
}

/// The raw text that a spelt-out text stands for.
fn respelt(text: &str) -> String {
    const NAMES: [(&str, char); 19] = [
        ("NUL", '\0'),
        ("BEL", '\u{7}'),
        ("BS", '\u{8}'),
        ("TAB", '\t'),
        ("CR", '\r'),
        ("ESC", '\u{1b}'),
        ("DEL", '\u{7f}'),
        ("NEL", '\u{85}'),
        ("NBSP", '\u{a0}'),
        ("SHY", '\u{ad}'),
        ("ZWSP", '\u{200b}'),
        ("ZWNJ", '\u{200c}'),
        ("ZWJ", '\u{200d}'),
        ("LRM", '\u{200e}'),
        ("RLM", '\u{200f}'),
        ("WJ", '\u{2060}'),
        ("VS15", '\u{fe0e}'),
        ("VS16", '\u{fe0f}'),
        ("BOM", '\u{feff}'),
    ];
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('‹') {
        out.push_str(before);
        let name =
            after.split_once('›').filter(|_| after.starts_with(|first: char| first.is_ascii_uppercase()));
        let Some((name, after_name)) = name else {
            out.push('‹');
            rest = after;
            continue;
        };
        let number = name.strip_prefix("U+").and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let named = NAMES.iter().find(|(known, _)| *known == name).map(|(_, character)| *character);
        out.push(number.and_then(char::from_u32).or(named).unwrap());
        rest = after_name;
    }
    out.push_str(rest);
    out.replace(LINE_FEED, "\n")
}

#[test]
fn one_word_shows_as_one_word() {
    let old = "<p>Trains leave on time.</p><p>Saver fares cost ten euros.</p><hr>";
    let new = "<p>Trains leave on time.</p><p>Saver fares cost twelve euros.</p><hr>";
    let diff = source(old, new);
    insta::assert_snapshot!(shown(&diff), @r"
      <p>Trains leave on time.</p>
    - <p>Saver fares cost [ten] euros.</p>
    + <p>Saver fares cost [twelve] euros.</p>
      <hr>
    ");
    assert_eq!((diff.added_words, diff.removed_words, diff.changed_blocks), (1, 1, 1));
    let lines: Vec<_> = diff.rows.iter().map(|row| (row.old_line, row.new_line)).collect();
    assert_eq!(lines, [(Some(1), Some(1)), (Some(2), None), (None, Some(2)), (Some(3), Some(3))]);
    assert_eq!(ranges(&diff, 0), [(1, 3)]);
    assert_eq!(ranges(&diff, 1), [(0, 4)]);
}

#[test]
fn items_rows_and_invisible_characters_show() {
    let old = "<ul><li>one</li><li>two</li></ul><p>a b</p>\n<p>c</p>";
    let new = "<ul><li>one</li><li>two and a half</li><li>three</li></ul><p>a\u{a0}b</p><p>c</p>";
    insta::assert_snapshot!(shown(&source(old, new)), @r"
      <ul><li>one</li>
    - <li>two</li></ul>
    - <p>a[ ]b</p>[⏎]
    + <li>two[ and a half]</li>
    + [<li>three</li>]</ul>
    + <p>a[‹NBSP›]b</p>
      <p>c</p>
    ");
}

#[test]
fn rendered_words_hide_markup_and_show_addresses() {
    let old = r#"<h2>Fares</h2><p class="no-margin">See <a href="https://a.example/x">the desk</a> now</p><ol><li>one</li><li>two</li></ol><table><tr><td>a</td><td>b</td></tr></table>"#;
    let new = r#"<h3>Fares</h3><p>See <a href="https://b.example/x">the <b>desk</b></a> now</p><ol><li>zero</li><li>one</li><li>two</li></ol><table><tr><td>a</td><td>c</td></tr></table>"#;
    let diff = words(old, new);
    insta::assert_snapshot!(shown(&diff));
    assert_eq!(diff.changed_blocks, 4);
    assert!(words("<p>a <b>b</b></p>", "<p class=x>a b</p>").is_empty());
}

#[test]
fn rows_are_one_line_and_spelt_out_once() {
    let diff = words("", "<h1>a<br>b</h1><table><tr><td>c&nbsp;d<td>e</table>");
    assert_eq!(shown(&diff), "+ [# a b]\n+ [c‹NBSP›d │ e]");
}

#[test]
fn unrelated_rows_are_replaced_whole() {
    let diff = source(
        "<p>Mind the gap between train and platform</p>",
        "<p>Our desk opens at nine and closes late</p>",
    );
    insta::assert_snapshot!(shown(&diff), @r"
    - <p>[Mind the gap between train and platform]</p>
    + <p>[Our desk opens at nine and closes late]</p>
    ");
}

#[test]
fn gaps_fold() {
    let body = |word: &str| {
        let rows = (0..50).map(|row| format!("<p>{row} {}</p>", if row == 20 { word } else { "x" }));
        rows.collect::<Vec<_>>().concat()
    };
    let diff = source(&body("old"), &body("new"));
    assert_eq!(ranges(&diff, 3), [(17, 25)]);
    assert_eq!(diff.rows.len(), 51);
    assert!(source("<p>a</p>", "<p>a</p>").hunks(3).is_empty());
}

#[test]
fn huge_changes_stay_bounded() {
    let body = |seed: usize| {
        let words = (0..60_000).map(|word| format!("w{}", (word * seed) % 7_919));
        words.collect::<Vec<_>>().join(" ")
    };
    let diff = source(&body(3), &body(5));
    assert_eq!(respelt(&side(&diff, Change::Removed)), body(5));
}

#[test]
fn changed_blanks_are_seen() {
    let diff = source("<p>a b</p>", "<p>a  b</p>");
    let lines = wrap_row(&diff.rows[1], 80);
    let text: String = lines[0].iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(text, "<p>a␣␣b</p>");
}

#[test]
fn numbers_of_items_are_shown_and_not_compared() {
    let old = "<ol><li>one</li><li>two</li></ol>";
    let diff = words(old, "<ol><li>zero</li><li>one</li><li>two</li></ol>");
    assert_eq!(shown(&diff), "+ [1. zero]\n  2. one\n  3. two");
    assert_eq!((diff.added_words, diff.removed_words), (1, 0));
    let diff = words(old, "<ol start=\"4\"><li>one</li><li>two</li></ol>");
    assert_eq!(shown(&diff), "- [1]. one\n+ [4]. one\n  5. two");
    assert!(reads_alike(old, "<ul><li>one</li><li>two</li></ul>"));
    assert!(!reads_alike(old, "<ol><li>one</li><li>three</li></ol>"));
}

#[test]
fn blocks_are_counted_without_comparing_their_words() {
    let old = "<p>a</p><p>b</p><p>c</p><p>d</p>";
    assert_eq!(changed_blocks(old, old), 0);
    assert_eq!(changed_blocks(old, "<p>A</p><p>b</p><p class=x>c</p><p>d</p>"), 2);
    assert_eq!(changed_blocks(old, "<p>a</p><p>d</p>"), 2);
}

#[test]
fn lines_end_after_blanks_and_beside_tags() {
    let text = |html: &str, cells: u16| -> Vec<String> {
        let lines = wrap_row(&source("", html).rows[0], cells);
        lines.iter().map(|line| line.iter().map(|piece| piece.text.as_str()).collect()).collect()
    };
    assert_eq!(text("<p>aa bb cc dd</p>", 8), ["<p>aa ", "bb cc dd", "</p>"]);
    assert_eq!(text("one<strong>x</strong>", 12), ["one<strong>x", "</strong>"]);
    let diff = source("<p>The words with a form</p>", "<p>The words within a form</p>");
    for row in diff.rows {
        let lines: Vec<String> = wrap_row(&row, 18)
            .iter()
            .map(|line| line.iter().map(|piece| piece.text.as_str()).collect())
            .collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[0].ends_with(' ') && !lines[1].starts_with("in "), "{lines:?}");
    }
}

#[test]
fn a_chain_of_consonants_is_not_left_out() {
    let chain = "क\u{94d}".repeat(40);
    let lines = wrap_row(&source("", &chain).rows[0], 10);
    let text: String = lines.iter().flatten().map(|piece| piece.text.as_str()).collect();
    assert_eq!(text, chain);
    assert!(lines.len() >= 4);
}

/// Two bodies that share most of their parts.
fn versions() -> impl Strategy<Value = (String, String)> {
    let part = (markup(), markup(), 0..4u8);
    prop::collection::vec(part, 0..5).prop_map(|parts| {
        let old = parts.iter().map(|(old, _, _)| old.replace(LINE_FEED, ""));
        let new =
            parts.iter().map(|(old, new, pick)| (if *pick == 0 { new } else { old }).replace(LINE_FEED, ""));
        (old.collect(), new.collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn both_sides_are_told_whole((old, new) in versions()) {
        let diff = source(&old, &new);
        prop_assert_eq!(respelt(&side(&diff, Change::Added)), old.as_str());
        prop_assert_eq!(respelt(&side(&diff, Change::Removed)), new.as_str());
        prop_assert_eq!(diff.is_empty(), old == new);
    }

    #[test]
    fn rendered_sides_are_told_whole((old, new) in versions()) {
        let diff = words(&old, &new);
        let all = |html: &str| rendered::units(html).into_iter().map(|unit| unit.text).collect::<String>();
        // An item that is the same in both has the number of the new one.
        let unnumbered = |text: String| text.replace(|c: char| c.is_ascii_digit(), "");
        prop_assert_eq!(unnumbered(side(&diff, Change::Added)), unnumbered(all(&old)));
        prop_assert_eq!(side(&diff, Change::Removed), all(&new));
    }

    #[test]
    fn wrapped_rows_fit_and_lose_nothing((old, new) in versions(), cells in 2u16..60) {
        for row in source(&old, &new).rows.iter().chain(&words(&old, &new).rows) {
            let lines = wrap_row(row, cells);
            let mut whole = String::new();
            for line in &lines {
                let text: String = line.iter().map(|piece| piece.text.as_str()).collect();
                prop_assert!(width(&text) <= usize::from(cells));
                let based = format!("x{text}");
                prop_assert_eq!(Clean::text(&based).into_string(), based);
                prop_assert!(!text.contains('\n'));
                whole.push_str(&text);
            }
            let pieces: String = row.pieces.iter().map(|piece| piece.text.as_str()).collect();
            prop_assert_eq!(whole.replace('␣', " "), pieces);
        }
    }

    #[test]
    fn tokens_are_the_whole_row(row in "[a-z‹›A-Z <>é日\u{301}+]{0,40}") {
        let joined: String = tokens::tokens(&row).iter().map(|token| token.text).collect();
        prop_assert_eq!(joined, row);
    }
}

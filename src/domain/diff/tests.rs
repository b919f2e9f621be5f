use proptest::prelude::*;

use crate::domain::html::blocks_raw;
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
    let of: Vec<_> = diff.rows.iter().map(|row| row.of).collect();
    assert_eq!(of, [None, Some(0), Some(0), None]);
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
    + <li>two[ and a half</li>]
    + [<li>three]</li></ul>
    - <p>a[ ]b</p>[⏎]
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
    assert!(words("<p>a b</p>", "<p class=x>a b</p>").is_empty());
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
    let wide = words("<p>a</p>", "<p>a 船舶</p>");
    assert_eq!((wide.added_words, wide.removed_words), (2, 0));
    let diff = words(old, "<ol start=\"4\"><li>one</li><li>two</li></ol>");
    assert_eq!(shown(&diff), "- [1]. one\n+ [4]. one\n  5. two");
    assert!(reads_alike(old, "<ul><li>one</li><li>two</li></ul>"));
    assert!(!reads_alike(old, "<ol><li>one</li><li>three</li></ol>"));
}

#[test]
fn what_somebody_wrote_is_never_taken_for_what_html_does() {
    let link = "<p>see <a href=\"https://a.example/\">the board</a></p>";
    for (old, new, rows) in [
        ("<h3>One day</h3>", "<p>### One day</p>", "- [###] One day\n+ [\\###] One day"),
        ("<h3>One day</h3>", "<p>Not ### One day</p>", "- [###] One day\n+ [Not ###] One day"),
        (
            link,
            "<p>see the board (https://a.example/)</p>",
            "- see [[]the board[](]https://a.example/[)]\n+ see the board[ (]https://a.example/[)]",
        ),
        (
            link,
            "<p>see [the board](https://a.example/)</p>",
            "- see [[]the board[](]https://a.example/[)]\n+ see [[]the board[](]https://a.example/[)]",
        ),
        ("<ul><li>one</li></ul>", "<p>• one</p>", "- [•] one\n+ [\\•] one"),
        ("<ol><li>one</li></ol>", "<p>1. one</p>", "- 1[.] one\n+ [\\]1[.] one"),
        ("<blockquote><p>one</p></blockquote>", "<p>│ one</p>", "- [│] one\n+ [\\│] one"),
        ("<p>a <b>b</b></p>", "<p>a **b**</p>", "- a [**]b[**]\n+ a [**]b[**]"),
    ] {
        let diff = words(old, new);
        assert_eq!(shown(&diff), rows, "{new}");
        assert_eq!((diff.silent_blocks, diff.changed_blocks), (0, 1));
    }
    // A style that went beside a word that changed is seen, too.
    let diff = words("<p>a <b>b</b> c</p>", "<p>a b d</p>");
    assert_eq!(shown(&diff), "- a [**]b[** c]\n+ a b [d]");
    // No text has a sign of ours of its own.
    let forged = char::from_u32(0x10_2000 + u32::from('#')).unwrap();
    assert!(!words("<h1>One</h1>", &format!("<p>{forged} One</p>")).is_empty());
}

#[test]
fn code_and_frames_have_no_blanks_of_ours() {
    let text = |old: &str, new: &str| -> String {
        let rows = words(old, new).rows;
        let lines = rows.iter().filter(|row| row.kind == Change::Added).flat_map(|row| wrap_row(row, 80));
        let line = |line: Vec<Piece>| line.iter().map(|piece| piece.text.as_str()).collect::<String>();
        lines.map(line).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(text("", "<pre>use &lt;b&gt;\n\n  end</pre>"), "    use <b>\n\n      end");
    assert_eq!(text("<p>a</p>", "<p>a</p><iframe></iframe>"), "[frame]");
    assert_eq!(text("", "<p>one <b>two</b></p>"), "one **two**");
}

#[test]
fn a_change_of_style_alone_is_seen_in_words() {
    for (old, new, rows) in [
        ("<p>a b c</p>", "<p>a <b>b</b> c</p>", "- a b c\n+ a [**]b[**] c"),
        ("<p>a <i>b</i></p>", "<p>a <code>b</code></p>", "- a [_]b[_]\n+ a [`]b[`]"),
        ("<p>a <b>b</b> <u>c</u></p>", "<p>a b <s>c</s></p>", "- a [**]b [**<u>]c[</u>]\n+ a b [~~]c[~~]"),
        ("<h2>a</h2><p>x</p>", "<h2><i>a</i></h2><p>x</p>", "- # a\n+ # [_]a[_]\n  x"),
    ] {
        let diff = words(old, new);
        assert_eq!(shown(&diff).replace("## ", "# "), rows);
        assert_eq!((diff.changed_blocks, diff.silent_blocks), (1, 0));
        assert_eq!((diff.added_words, diff.removed_words), (0, 0));
        assert!(reads_alike(old, new));
    }
    let both = words("<p>one</p><p>two <b>x</b></p>", "<p>One</p><p class=y>two <strong>x</strong></p>");
    assert_eq!(shown(&both), "- [one]\n+ [One]\n  two x");
}

#[test]
fn a_plain_text_is_cut_at_its_own_line_feeds_alone() {
    let diff = plain("My <article> & 船", "My new <article> & 船");
    assert_eq!(shown(&diff), "- My <article> & 船\n+ My [new ]<article> & 船");
    assert_eq!(shown(&plain("", "a</p>\n<p>b")), "+ [a</p>⏎]\n+ [<p>b]");
    assert_eq!(shown(&plain("a\u{202e}", "")), "- [a‹U+202E›]");
}

/// The changes of blocks as pairs of ranges.
fn changes(old: &str, new: &str) -> Vec<(Range<usize>, Range<usize>)> {
    block_changes(old, new).into_iter().map(|change| (change.old, change.new)).collect()
}

#[test]
fn changes_are_told_apart_by_block() {
    let old = "<p>a</p><p>b</p><p>c</p><p>d</p>";
    assert_eq!(changes(old, old), []);
    assert_eq!(changes(old, "<p>a</p><p>b</p><p class=x>c</p><p>d</p>"), [(2..3, 2..3)]);
    assert_eq!(changes(old, "<p>a</p><p>d</p>"), [(1..2, 1..1), (2..3, 1..1)]);
    let old = "<p>The first one</p><p>And another one here</p>";
    let new = "<p>The very first one</p><hr><p>And yet another one here</p><h2>More</h2>";
    assert_eq!(changes(old, new), [(0..1, 0..1), (1..1, 1..2), (1..2, 2..3), (2..2, 3..4)]);
    assert_eq!(
        changes("<p>One. Two.</p>", "<p>One.</p><p>Two.</p>"),
        [(0..1, 0..2)],
        "a block that was split"
    );
}

#[test]
fn one_change_is_taken_back_and_no_other() {
    let old = "<p>The first one</p>\n<p>And another one here</p><p>Gone</p>";
    let new = "<p>The very first one</p>\n<hr><p>And yet another one here</p>";
    let changes = block_changes(old, new);
    let back: Vec<String> = changes.iter().map(|change| taken_back(old, new, change)).collect();
    assert_eq!(
        back,
        [
            "<p>The first one</p>\n<hr><p>And yet another one here</p>",
            "<p>The very first one</p>\n<p>And yet another one here</p>",
            "<p>The very first one</p>\n<hr><p>And another one here</p>",
            "<p>The very first one</p>\n<hr><p>And yet another one here</p><p>Gone</p>",
        ]
    );
    assert_eq!(
        taken_back(old, new, &BlockChange { old: 9..12, new: 7..8 }),
        new,
        "a change of something else"
    );
}

#[test]
fn unchanged_blocks_far_from_changes_are_no_rows() {
    let body = |word: &str, last: &str| {
        let rows = (0..500).map(|row| {
            format!(
                "<p>{row} {}</p>",
                match row {
                    100 => word,
                    499 => last,
                    _ => "x",
                }
            )
        });
        rows.collect::<String>()
    };
    let diff = words(&body("old", "same"), &body("new", "other"));
    assert_eq!(diff.rows.len(), 6 + 2 + 6 + 6 + 2);
    let gaps: Vec<_> = diff.gaps.iter().map(|gap| (gap.at, gap.blocks.clone())).collect();
    assert_eq!(gaps, [(0, 0..94), (14, 107..493)]);
    assert_eq!(ranges(&diff, 2), [(4, 10), (18, 22)]);
    assert_eq!(ranges(&diff, 6), [(0, 14), (14, 22)], "a gap is never inside of what is shown");
    assert_eq!(diff.left_out(10, 18), LeftOut { rows: 8, blocks: 386 });
    assert_eq!(diff.left_out(0, 4), LeftOut { rows: 4, blocks: 94 });
    let untouched = words(&body("old", "same"), &body("old", "same"));
    assert!(untouched.is_empty() && untouched.rows.is_empty());
}

#[test]
fn what_shows_nothing_is_seen_in_words_too() {
    for (old, new, row) in [
        ("<p>ab</p>", "<p>a&shy;b</p>", "+ [a‹SHY›b]"),
        ("<p>ab</p>", "<p>a&#8203;b</p>", "+ [a‹ZWSP›b]"),
        ("<p>a\u{200b}b</p>", "<p>a\u{200c}b</p>", "+ a[‹ZWNJ›]b"),
        ("<p>ab</p>", "<p>a\u{202e}b</p>", "+ [a‹U+202E›b]"),
        ("<p>a b</p>", "<p>a&nbsp;b</p>", "+ a[‹NBSP›]b"),
        ("<p>ab</p>", "<p>a\u{1b}[2Jb</p>", "+ [a‹ESC›[2Jb]"),
        ("<p>ab</p>", "<p>ab\u{e0041}</p>", "+ ab[‹U+E0041›]"),
        ("<p>ab</p>", "<p>ab\u{f200b}</p>", "+ ab[[U+F200B]]"),
        ("<p>ab</p>", "<p>ab&#xf200b</p>", "+ ab[[U+F200B]]"),
    ] {
        let diff = words(old, new);
        assert!(shown(&diff).ends_with(row), "{old:?} {new:?}: {}", shown(&diff));
    }
    assert!(reads_alike("<p>ab</p>", "<p>a&shy;b&#8203;</p>"));
    assert!(words("<p>a &amp; b é &#38; 船</p>", "<p>a &#38; b é &amp; 船</p>").is_empty());
}

#[test]
fn blanks_that_cannot_be_seen_are_marked_in_what_changed() {
    let text = |old: &str, new: &str| -> String {
        let diff = source(old, new);
        let lines = wrap_row(diff.rows.last().unwrap(), 80);
        lines.iter().flatten().map(|piece| piece.text.as_str()).collect()
    };
    assert_eq!(text("<p>a</p>", "<p>a </p>"), "<p>a␣</p>");
    assert_eq!(text("<p>a</p>", "<p>other </p>"), "<p>other </p>", "the tag stands behind it");
    assert_eq!(text("", "a < b  c <d>"), "a < b  c <d>");
    assert_eq!(text("<p>a b</p>", "<p>a b c</p>"), "<p>a b c</p>");
    assert_eq!(text("a", "b "), "b␣");
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
    fn taking_back_every_change_gives_the_old_body((old, new) in versions()) {
        let changes = block_changes(&old, &new);
        prop_assert_eq!(changes.is_empty(), old == new);
        let mut cuts = (0, 0);
        for change in &changes {
            prop_assert!(change.old.start >= cuts.0 && change.new.start >= cuts.1);
            prop_assert!(!(change.old.is_empty() && change.new.is_empty()));
            cuts = (change.old.end, change.new.end);
        }
        // From below, so that the changes above keep their places.
        let blocks = blocks_raw(&old);
        let mut body: Vec<&str> = blocks_raw(&new);
        for change in changes.iter().rev() {
            body.splice(change.new.clone(), blocks[change.old.clone()].iter().copied());
            if change == changes.last().unwrap() {
                prop_assert_eq!(taken_back(&old, &new, change), body.concat());
            }
        }
        prop_assert_eq!(body.concat(), old);
    }

    #[test]
    fn rendered_sides_are_told_whole((old, new) in versions()) {
        let diff = words(&old, &new);
        let seen = |unit: Unit| signs::seen(&unit.text).into_owned();
        let rows = |block: &str| rendered::units(block).into_iter().map(seen).collect::<String>();
        let all = |html: &str| blocks_raw(html).into_iter().map(rows).collect::<String>();
        // An item that is the same in both has the number of the new one.
        let unnumbered = |text: String| text.replace(|c: char| c.is_ascii_digit(), "");
        // Where the style of words changed they have marks.
        let unmarked = |text: String| text.replace("<u>", "").replace("</u>", "").replace(['*', '_', '`', '~'], "");
        prop_assert_eq!(unmarked(unnumbered(side(&diff, Change::Added))), unmarked(unnumbered(all(&old))));
        prop_assert_eq!(unmarked(side(&diff, Change::Removed)), unmarked(all(&new)));
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

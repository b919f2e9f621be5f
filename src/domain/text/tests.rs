use proptest::prelude::*;

use super::characters::{Kind, kind};
use super::*;

/// Pieces that make trouble, glued in any order.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "word",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\u{1b}[31m",
        "\u{1b}]0;title\u{7}",
        "\u{1b}",
        "\u{1b}]",
        "\u{9b}2J",
        "\u{9d}8;;x\u{9c}",
        "\u{1b}P1$q\u{1b}\\",
        "\u{202e}",
        "\u{200b}",
        "\u{200d}",
        "\u{fe0f}",
        "❤",
        "👩",
        "👨\u{200d}👩\u{200d}👧",
        "🏽",
        "👍🏽",
        "1\u{fe0f}\u{20e3}",
        "e\u{301}",
        "\u{301}",
        "\u{301}\u{302}\u{303}",
        "日本",
        "\u{e0041}",
        "\u{fffe}",
        "\u{a0}",
        "\u{3000}",
        "\u{2028}",
        "\u{ad}",
        "🇫🇷",
        "\u{1100}",
        "\u{1161}",
        "\u{115f}",
        "\u{600}",
        "\u{94d}क",
        "‹",
        "‹ESC›",
        "ش",
        "\u{feff}",
        "\u{0}",
        "[0m",
        "\u{7f}",
    ]);
    prop_oneof![
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

/// Whether `text` may be shown, judged again from the outside.
fn showable(text: &str, one_line: bool) -> Result<(), String> {
    let mut marks = 0;
    let mut last = '\n';
    for character in text.chars() {
        marks = if kind(character) == Kind::Mark {
            marks + 1
        } else {
            0
        };
        let good = match kind(character) {
            Kind::Plain => true,
            Kind::Break => character == '\n' && !one_line,
            Kind::Mark => marks <= 4 && last != '\n',
            Kind::Joiner => !one_line && last != '\n',
            Kind::Style => !one_line,
            Kind::Tab | Kind::Escape | Kind::Forbidden => false,
        };
        if !good {
            return Err(format!("{character:?} in {text:?}"));
        }
        last = character;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn clean_text_is_showable_and_stays_as_it_is(raw in hostile()) {
        let line = Clean::line(&raw);
        prop_assert_eq!(showable(&line, true), Ok(()));
        prop_assert_eq!(line.trim(), line.as_str());
        prop_assert_eq!(&Clean::line(&line), &line);
        let text = Clean::text(&raw);
        prop_assert_eq!(showable(&text, false), Ok(()));
        prop_assert_eq!(&Clean::text(&text), &text);
    }

    #[test]
    fn fit_and_pad_keep_their_widths(raw in hostile(), cells in 0usize..40) {
        let line = Clean::line(&raw);
        let fitted = fit(&line, cells);
        prop_assert!(width(&fitted) <= cells);
        prop_assert_eq!(width(&line) <= cells, fitted == line.as_str());
        prop_assert_eq!(width(&pad(&line, cells)), cells);
    }

    #[test]
    fn revealed_text_is_showable_and_tells_texts_apart(raw in hostile(), other in hostile()) {
        let revealed = reveal(&raw);
        prop_assert_eq!(showable(&revealed, false), Ok(()));
        prop_assert_eq!(Clean::text(&revealed).into_string(), revealed.clone());
        prop_assert_eq!(raw == other, revealed == reveal(&other));
    }
}

#[test]
fn clean_ascii_is_copied() {
    assert_eq!(
        Clean::line("Charged twice? #42 ~").as_str(),
        "Charged twice? #42 ~"
    );
    assert_eq!(Clean::text("  two\n\nlines ").as_str(), "  two\n\nlines ");
}

#[test]
fn a_line_folds_breaks_and_trims() {
    assert_eq!(
        Clean::line("  a\r\n\t b  c\u{85}\u{2028}d \n").as_str(),
        "a b  c d"
    );
}

#[test]
fn text_keeps_lines_and_expands_tabs() {
    assert_eq!(
        Clean::text("a\r\nb\rc\u{2028}\td\n日\te").as_str(),
        "a\nb\nc\n    d\n日  e"
    );
}

#[test]
fn whole_sequences_leave_one_mark() {
    assert_eq!(
        Clean::line("\u{1b}[1;31mred\u{1b}[0m\u{1b}]0;owned\u{7} text").as_str(),
        "␛red␛ text"
    );
    assert_eq!(
        Clean::line("a\u{9b}2Jb\u{1b}P1$r\u{1b}\\c\u{1b}(Bd").as_str(),
        "a␛b␛c␛d"
    );
}

#[test]
fn an_open_sequence_hides_nothing() {
    assert_eq!(
        Clean::line("\u{1b}]0;refund please\nnow").as_str(),
        "␛0;refund please now"
    );
    assert_eq!(Clean::line("\u{1b}[12").as_str(), "␛12");
    assert_eq!(Clean::line("end\u{1b}").as_str(), "end␛");
}

#[test]
fn removed_runs_leave_one_mark() {
    assert_eq!(
        Clean::line("pay\u{202e}\u{2066}pal \u{200b} \u{feff} x").as_str(),
        "pay�pal � x"
    );
    assert_eq!(
        Clean::line(&format!("e{}", "\u{301}".repeat(50))).as_str(),
        "e\u{301}\u{301}\u{301}\u{301}�"
    );
    assert_eq!(Clean::line("\u{301}a").as_str(), "�a");
}

#[test]
fn joined_emoji_are_single_in_lines_and_whole_in_text() {
    let family = "👨\u{200d}👩\u{200d}👧!";
    assert_eq!(Clean::line(family).as_str(), "👨!");
    assert_eq!(Clean::text(family).as_str(), family);
    assert_eq!(
        Clean::line("❤\u{fe0f} 👩🏽\u{200d}❤\u{fe0f}\u{200d}👨🏽").as_str(),
        "❤ 👩🏽"
    );
    assert_eq!(Clean::text("a\u{200d}b").as_str(), "a�b");
}

#[test]
fn a_long_line_is_capped() {
    let line = Clean::line(&"x".repeat(LINE_LIMIT + 1));
    assert_eq!(line.chars().count(), LINE_LIMIT);
    assert!(line.ends_with("x…"));
    assert_eq!(Clean::line(&"x".repeat(LINE_LIMIT)).len(), LINE_LIMIT);
    let jamo = Clean::line(&"\u{1100}".repeat(1_000_000));
    assert!(jamo.len() <= 16 * LINE_LIMIT && Clean::line(&jamo) == jamo);
}

#[test]
fn openers_without_end_cost_little() {
    let text = Clean::text(&"\u{1b}]\u{9d}".repeat(200_000));
    assert_eq!(text.as_str(), "␛");
}

#[test]
fn fit_cuts_at_graphemes() {
    assert_eq!(fit("abc", 3), "abc");
    assert_eq!(fit("abcd", 3), "ab…");
    assert_eq!(fit("日本語", 4), "日…");
    assert_eq!(fit("日本語", 5), "日本…");
    assert_eq!(fit("e\u{301}e\u{301}", 1), "…");
    assert_eq!((fit("a", 0), pad("日本", 3)), ("".into(), "日…".into()));
}

#[test]
fn reveal_spells_out() {
    assert_eq!(
        reveal("a\u{a0}b\u{200b}\u{202e}\u{1b}[m\tc\r\n‹x ‹NBSP›"),
        "a‹NBSP›b‹ZWSP›‹U+202E›‹ESC›[m‹TAB›c‹CR›\n‹x ‹U+2039›NBSP›"
    );
}

#[test]
fn raw_does_not_show_itself() {
    assert_eq!(format!("{:?}", Raw::from("secret")), "Raw(6 bytes)");
}

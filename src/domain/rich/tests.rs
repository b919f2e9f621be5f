use proptest::prelude::*;

use crate::domain::html::parse;
use crate::domain::text::{Clean, width};

use super::*;

const ARTICLE: &str = include_str!("samples/article.html");
const EMAIL: &str = include_str!("samples/email.html");

fn shown(lines: &[Line]) -> String {
    let lines: Vec<_> = lines.iter().map(Line::text).collect();
    lines.join("\n")
}

#[test]
fn the_article_at_two_widths() {
    let document = parse(ARTICLE);
    insta::assert_snapshot!("article_80", shown(&flow(&document, 80, true)));
    insta::assert_snapshot!("article_40", shown(&flow(&document, 40, true)));
    insta::assert_snapshot!("article_targets", shown(&targets(&document, 50)));
}

#[test]
fn the_email_at_two_widths() {
    let document = parse(EMAIL);
    insta::assert_snapshot!("email_80", shown(&flow(&document, 80, true)));
    insta::assert_snapshot!("email_40_unfolded", shown(&flow(&document, 40, false)));
}

#[test]
fn spans_carry_their_meaning() {
    let document = parse("<p>a <b>b</b> <a href=https://x.y>c <i>d</i></a> <code>e</code> {{ f }}</p>");
    let line = &flow(&document, 80, true)[0];
    let spans: Vec<_> = line.spans.iter().map(|span| (span.text.as_str(), span.tone, span.link)).collect();
    insta::assert_debug_snapshot!(spans);
    assert!(line.spans.iter().all(|span| span.underline == (span.tone == Tone::Link)));
    assert!(line.spans[1].strong && line.spans.iter().any(|span| span.emphasis && span.text == "d"));
}

#[test]
fn no_line_is_wider_than_asked() {
    for document in [parse(ARTICLE), parse(EMAIL), parse(&"<blockquote><ul><li>x".repeat(300))] {
        for cells in 0..=200 {
            for line in flow(&document, cells, cells % 2 == 0).iter().chain(&targets(&document, cells)) {
                assert!(line.width() <= usize::from(cells), "{cells}: {:?}", line.text());
            }
        }
    }
}

#[test]
fn a_long_word_is_broken() {
    let document = parse(&format!("<p>see {}</p>", "x".repeat(5_000)));
    let lines = flow(&document, 60, true);
    assert_eq!(lines.len(), 84);
    assert_eq!(lines.iter().map(Line::width).sum::<usize>(), 5_004);
}

#[test]
fn words_wrap_and_keep_their_indent() {
    assert_eq!(wrap("one two three\n  four five", 9), ["one two", "three", "  four", "five"]);
    assert_eq!(wrap("", 9), [""]);
    assert_eq!(wrap("日本語テスト", 5), ["日本", "語テ", "スト"]);
    assert_eq!(wrap("a\u{A0}b c", 3), ["a b", "c"]);
    assert_eq!(wrap("日", 1), ["…"]);
    assert_eq!(wrap("ab \u{301}c", 3), ["ab", "◌\u{301}c"]);
    assert!(wrap("a", 0).is_empty());
}

#[test]
fn a_megabyte_is_laid_out_whole() {
    let body = ARTICLE.repeat(1_000_000 / ARTICLE.len());
    let lines = flow(&parse(&body), 80, true);
    assert!(lines.len() > 10_000);
}

/// What bodies are made of, good and bad.
#[rustfmt::skip]
const PIECES: [&str; 65] = [
    "<p>", "</p>", "<div>", "</div>", "<ul>", "</ul>", "<ol start=99>", "<li>", "</li>", "<table>",
    "<tr>", "<td>", "<th colspan=3>", "</table>", "</td>", "<blockquote>", "</blockquote>", "<pre>",
    "</pre>", "<code>", "</code>", "<b>", "</b>", "<a href=https://x.example/y>", "</a>",
    "<a class=intercom-h2b-button href=z>", "<br>", "<hr>", "<h1>", "</h1>", "<h4>", "<details>",
    "<summary>", "</summary>", "</details>", "<img src=//h/f.png alt=日本>",
    "<div class=intercom-interblocks-callout style=\"background-color:#fed9db80\">",
    "<iframe src=//loom.com/x>", "</iframe>", "<!--", "-->", "<", "&", "&nbsp;", "&#27;[0m",
    "&#x202e;", "{{ m }}", "words and words ", "日本語", "e\u{301}", "👩\u{200d}👩",
    "loooooooooooooooooooooooooooong", "\n", "\t", "<script>", "</script>", "\"", "'",
    "On Monday a@b wrote:", "<div class=gmail_quote>", "<a download href=f.pdf>", "\u{301}", "🇫",
    "ไทย", "<x",
];

/// Markup in any order, well-formed or not.
pub(crate) fn markup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(&PIECES[..]);
    prop_oneof![
        4 => prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_markup_fits_any_width(html in markup(), cells in 0u16..90, fold in any::<bool>()) {
        for line in flow(&parse(&html), cells, fold) {
            prop_assert!(line.width() <= usize::from(cells), "{:?}", line);
            let text = line.text();
            prop_assert!(!text.contains(char::is_control));
            let based = format!("x{text}");
            prop_assert_eq!(Clean::text(&based).into_string(), based);
        }
    }

    #[test]
    fn wrapping_keeps_every_word(text in "[a-z日é \n]{0,80}", cells in 2u16..30) {
        let lines = wrap(&text, cells);
        prop_assert!(lines.iter().all(|line| width(line) <= usize::from(cells)));
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(letters(&lines.concat()), letters(&text));
    }
}

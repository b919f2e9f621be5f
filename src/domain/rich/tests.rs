use proptest::prelude::*;

use crate::domain::html::{Reading, parse};
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

/// A body laid out in portions of these sizes, in bytes, the last of them as often as needed.
fn in_portions(html: &str, width: u16, portions: &[usize]) -> (Flow, Vec<crate::domain::html::Target>) {
    let mut flow = Flow::below(vec![Line::default()], width);
    let mut reading = Reading::of(html);
    let mut sizes = portions.iter().copied();
    while !reading.is_done() {
        let blocks = reading.read_on(sizes.next().unwrap_or(7));
        flow.add(&blocks);
    }
    (flow, reading.into_links())
}

const WIDE: &str = "<ul><li><p>x</p><table><tr><th>First column</th><th>Second column</th><th>三番目の列です。日本語</th><th>Fourth column</th></tr>\
    <tr><td>one</td><td>two</td><td>日本語の説明がここにあります</td><td>four</td></tr></table></li></ul>";

#[test]
fn a_wide_table_is_seen_through_a_window() {
    let (flow, _) = in_portions(WIDE, 40, &[]);
    let table = &flow.tables()[0];
    let mut seen = Vec::new();
    let mut from = 0;
    loop {
        seen.push(format!("from {from}"));
        seen.extend(flow.lines()[1..].iter().map(|line| match line.wide {
            Some(wide) if !wide.is_hint => window(line, table, from).text(),
            _ => line.text(),
        }));
        let next = table.moved(from, true);
        if next == from {
            break;
        }
        assert!(table.moved(next, false) <= from);
        from = next;
    }
    insta::assert_snapshot!("wide_table_40", seen.join("\n"));
    assert_eq!((from, table.moved(0, false)), (table.farthest(), 0));
    // What fits is not wide, and without a window nothing is.
    assert!(in_portions(WIDE, 76, &[]).0.tables().is_empty());
    assert!(flow_of(WIDE, 40).iter().all(|line| line.wide.is_none() && line.width() <= 40));
}

fn flow_of(html: &str, width: u16) -> Vec<Line> {
    flow(&parse(html), width, false)
}

#[test]
fn headings_are_found_where_they_begin() {
    let html = "<h1>A</h1><p>x</p><ul><li><h3>B <b>b</b></h3></li></ul><table><tr><td>1<td><h2>C</h2></table>\
        <details><summary>s</summary><h4></h4><h4>D<br>d</h4></details>";
    let (flow, _) = in_portions(html, 60, &[usize::MAX]);
    let found: Vec<_> = flow
        .headings()
        .iter()
        .map(|heading| (heading.level, heading.words.as_str(), flow.lines()[heading.line].text()))
        .collect();
    let expected = [(1, "A", "A"), (3, "B b", "• ▸ B b"), (2, "C", "┌───┬───┐"), (4, "D d", "  ▹ D")];
    assert_eq!(found, expected.map(|(level, words, line)| (level, words, line.to_owned())));
}

#[test]
fn a_hostile_table_costs_no_more_than_its_rows() {
    let row = format!("<tr>{}</tr>", format!("<td>{}</td>", "wide ".repeat(20)).repeat(40));
    let html = format!("<table>{row}{}</table>", "<tr><td>".repeat(4_000));
    let (flow, _) = in_portions(&html, 80, &[usize::MAX]);
    assert_eq!(flow.tables().len(), 1);
    assert!(flow.lines().iter().all(|line| line.width() < 600 && line.spans.len() < 200));
    let wider = html.replacen("<tr>", "<tr><td>one more", 1);
    assert!(in_portions(&wider, 80, &[usize::MAX]).0.tables().is_empty());
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
    fn portions_change_nothing(
        html in markup(),
        width in 0u16..90,
        portions in prop::collection::vec(1usize..60, 0..20),
    ) {
        let (whole, links) = in_portions(&html, width, &[usize::MAX]);
        let (flow, portioned) = in_portions(&html, width, &portions);
        prop_assert_eq!(flow.lines(), whole.lines());
        prop_assert_eq!(flow.headings(), whole.headings());
        prop_assert_eq!(flow.tables(), whole.tables());
        prop_assert_eq!(&portioned, &links);
        let document = parse(&html);
        prop_assert_eq!(links, document.links);
        for (at, block) in (0..).map_while(|at| whole.start_of(at)).enumerate() {
            prop_assert_eq!(whole.block_at(block), Some(at));
        }
    }

    /// What is read in portions is what is read at once, but for the histories of e-mails, which are gathered at the end.
    #[test]
    fn a_reading_is_the_document(html in markup(), width in 1u16..90) {
        let history = |html: &str| html.contains("wrote:") || html.contains("gmail_quote");
        prop_assume!(!history(&html));
        let mut reading = Reading::of(&html);
        let mut blocks = Vec::new();
        while !reading.is_done() {
            blocks.extend(reading.read_on(5));
        }
        prop_assert_eq!(blocks, parse(&html).blocks);
        prop_assert!(reading.read_on(5).is_empty());
        let (flow, _) = in_portions(&html, width, &[]);
        if flow.tables().is_empty() && !html.contains("<table") {
            prop_assert_eq!(&flow.lines()[1..], &flow_of(&html, width)[..]);
        }
    }

    #[test]
    fn a_window_shows_its_cells(html in markup(), width in 1u16..60, table in "[a-z日é👩 ]{30,90}", from in 0usize..400) {
        let cells = format!("<td>{table}</td>").repeat(9);
        let html = format!("{html}<table><tr>{cells}</tr><tr>{cells}</tr></table>");
        let (flow, _) = in_portions(&html, width, &[]);
        for line in flow.lines() {
            let Some(wide) = line.wide else {
                prop_assert!(line.width() <= usize::from(width), "{:?}", line);
                continue;
            };
            let table = &flow.tables()[wide.table];
            prop_assert!(wide.fixed + table.room <= usize::from(width));
            if !wide.is_hint {
                prop_assert_eq!(line.width(), wide.fixed + table.width);
                let from = from.min(table.farthest());
                let seen = window(line, table, from);
                prop_assert_eq!(seen.width(), wide.fixed + table.room.min(table.width));
                let whole: Vec<char> = line.text().chars().collect();
                prop_assert!(seen.text().chars().all(|character| character == ' ' || whole.contains(&character)));
            }
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

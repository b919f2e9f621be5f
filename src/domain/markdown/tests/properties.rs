//! What holds for any body and anything typed.

use proptest::prelude::*;

use super::super::Page;
use super::table::TABLE;
use crate::domain::html::blocks_raw;

/// Bodies of known elements, with blanks between some.
fn bodies() -> impl Strategy<Value = String> {
    let closed = |html: &str| super::super::same::is_closed(html) && html.starts_with('<');
    let known: Vec<_> = TABLE.iter().map(|(html, _)| *html).filter(|html| closed(html)).collect();
    let block = (prop::sample::select(known), prop::sample::select(vec!["", "", "", "\n", "\r\n  ", " "]));
    prop::collection::vec(block, 1..7)
        .prop_map(|blocks| blocks.into_iter().map(|(block, blank)| [block, blank].concat()).collect())
}

/// Paragraphs of any marks and characters, well formed.
fn worded() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "a",
        "B ",
        " ",
        "  ",
        "\n",
        "*",
        "**",
        "_",
        "`",
        "``",
        "\\",
        "[",
        "]",
        "(",
        ")",
        "](",
        "!",
        "&amp;",
        "&lt;",
        "&lt;b&gt;",
        "#",
        "# ",
        "-",
        "- ",
        "+ ",
        "1. ",
        "1) ",
        "=",
        "~~~",
        ":",
        "|",
        "&nbsp;",
        "&#39;",
        "'",
        "\"",
        ".",
        "é",
        "日本",
        "🙂",
        "{{ a | b }}",
        "<br>",
        "\t",
        "https://x.example",
        "&rarr;",
        "&#10;",
        "&amp;lt;",
        "\u{200D}",
    ]);
    let text = prop::collection::vec(words, 0..6).prop_map(|words| words.concat());
    text.prop_recursive(4, 24, 4, |inner| {
        let inner = prop::collection::vec(inner, 1..4).prop_map(|parts| parts.concat());
        let tag = prop::sample::select(vec![
            "b",
            "i",
            "em",
            "strong",
            "u",
            "code",
            "a href=\"/x?a=1&amp;b\"",
            "span class=c",
        ]);
        (tag, inner).prop_map(|(tag, inner)| format!("<{tag}>{inner}</{}>", tag.split(' ').next().unwrap()))
    })
}

/// Blocks around any words.
fn blocks() -> impl Strategy<Value = String> {
    let around = prop::sample::select(vec![
        ("<p class=\"no-margin\">", "</p>"),
        ("<p>", "</p>\n"),
        ("<h2 id=\"h\">", "</h2>"),
        ("<ul><li>", "</li><li>x</li></ul>"),
        ("<ol><li><p>", "</p><ul><li><p>y</p></li></ul></li></ol>"),
        ("<blockquote><p>", "</p></blockquote>"),
        ("<pre><code>", "</code></pre>"),
        ("<div class=\"intercom-container\">", "</div>"),
        ("<div>", "</div>"),
    ]);
    let block = (around, worded()).prop_map(|((before, after), words)| [before, &words, after].concat());
    prop::collection::vec(block, 1..5).prop_map(|blocks| blocks.concat())
}

/// Anything a person or a program may type. Every word is there once.
fn typed() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(vec![
        " ",
        "\n",
        "\n\n",
        "# ",
        "- ",
        "  - ",
        "1. ",
        "> ",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "```html\n",
        "\n```\n",
        "~~~\n",
        "[",
        "](",
        ")",
        "![",
        "<u>",
        "</u>",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "<",
        ">",
        "&",
        ";",
        "\\",
        "\r\n",
        "\t",
        "    ",
        "]: ",
        "---\n",
        "===\n",
        "\u{0}",
        "\u{1b}",
        "é",
        "{{",
        "}}",
        "<br>",
        "|",
        "<script>",
        "\"",
        "'",
        "(",
        "=",
    ]);
    prop::collection::vec(mark, 0..30)
        .prop_map(|marks| marks.into_iter().enumerate().map(|(at, mark)| format!("{mark}w{at}w")).collect())
}

fn untouched(html: &str) -> Result<(), TestCaseError> {
    let page = Page::of(html);
    prop_assert_eq!(page.html(page.text()), html, "{}", page.text());
    prop_assert_eq!(page.html(&format!("\n\n{}\n\n", page.text())), html);
    prop_assert!(!page.text().contains('\r'));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn untouched_bodies_are_their_bytes(html in bodies()) {
        untouched(&html)?;
    }

    #[test]
    fn untouched_words_are_their_bytes(html in blocks()) {
        untouched(&html)?;
    }

    #[test]
    fn anything_untouched_is_its_bytes(html in any::<String>(), marks in typed()) {
        untouched(&html)?;
        untouched(&marks)?;
    }

    /// What is shown as Markdown loses nothing when it is made anew; another parser says what the words are.
    #[test]
    fn words_survive_being_made_anew(html in blocks()) {
        let page = Page::of(&html);
        for (number, block) in blocks_raw(&html).into_iter().enumerate() {
            let anew = super::anew(&page, block, number);
            let dom = |html: &str| scraper::Html::parse_fragment(html).html();
            let usual = |html: &str| dom(html).replace("strong>", "b>").replace("em>", "i>");
            prop_assert_eq!(usual(&anew), usual(block), "{}", page.text());
        }
    }

    #[test]
    fn one_change_touches_one_block(html in bodies(), which in any::<prop::sample::Index>(), word in "[a-z*_<&# \n`]{1,8}") {
        let page = Page::of(&html);
        let blocks = blocks_raw(&html);
        let which = which.index(blocks.len());
        let lines: Vec<_> = page.text().split('\n').collect();
        let last = page.lines_of_block(which).unwrap().end - 1;
        let fenced = lines[last].starts_with("```");
        let at = if fenced { last - 1 } else { last };
        let changed = format!("{}x{}", lines[at], if fenced { "yz" } else { word.trim_end() });
        let text: Vec<_> = lines.iter().enumerate().map(|(line, words)| if line == at { &changed } else { *words }).collect();
        let after = page.html(&text.join("\n"));
        let (above, below) = (blocks[..which].concat(), blocks[which + 1..].concat());
        prop_assert!(after.starts_with(&above), "{after}\n{above}");
        prop_assert!(after.ends_with(&below), "{after}\n{below}");
        prop_assert!(after.len() >= above.len() + below.len());
        prop_assert_ne!(after, html.clone());
    }

    #[test]
    fn whatever_is_typed_is_kept(html in bodies(), text in typed()) {
        let page = Page::of(&html);
        let both = format!("{}\n\n{text}", page.text());
        for text in [&text, &both] {
            let written = page.html(text);
            for word in text.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| word.len() > 2 && word.starts_with('w')) {
                prop_assert!(written.contains(word), "{word} of {text:?} in {written:?}");
            }
            untouched(&written)?;
        }
        prop_assert!(page.html(&both).starts_with(&html));
    }

    #[test]
    fn places_cover_the_body(html in bodies(), text in typed()) {
        let page = Page::of(&html);
        let written = page.write(&format!("{text}\n\n{}", page.text()));
        let mut at = 0;
        for place in written.places() {
            prop_assert_eq!(place.bytes.start, at);
            at = place.bytes.end;
        }
        prop_assert_eq!(at, written.html().len());
    }
}

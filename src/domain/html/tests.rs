use proptest::prelude::*;

use super::Colour::{Blue, Green, Grey, Other, Red, Yellow};
use super::inlines::plain;
use super::*;

/// All words of blocks, in order.
fn all_words(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Heading { inline, .. } | Block::Paragraph(inline) => {
                out.push_str(&plain(inline));
            }
            Block::List { items, .. } => out.extend(items.iter().map(|item| all_words(item))),
            Block::Table { rows, .. } => {
                out.extend(rows.iter().flatten().map(|cell| all_words(cell)));
            }
            Block::Code { text, .. } => out.push_str(text),
            Block::Quote { blocks, .. } | Block::Callout { blocks, .. } => {
                out.push_str(&all_words(blocks));
            }
            Block::Details { summary, blocks } => {
                out.push_str(&plain(summary));
                out.push_str(&all_words(blocks));
            }
            Block::Card(card) => out.push_str(&card.label),
            Block::Rule => {}
            Block::Button { label, .. } => out.push_str(label),
        }
        out.push(' ');
    }
    out
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn blocks_are_recognised() {
    let html = r#"<h2>T</h2><p>a<br>b</p><ol start=3><li>x<ul><li>y</ul></ol><pre><code class="language-rs">fn</code></pre>
        <blockquote><p>q</p></blockquote><div class="intercom-interblocks-callout" style="background-color: #e3e7fa80">c</div>
        <details><summary>s</summary><p>d</p></details><hr><a class="intercom-h2b-button" href="https://e.x">Go</a>
        <div class="intercom-container"><img alt="I" src="https://h.x/i.png" width="20" height="10"></div>
        <iframe src="https://player.vimeo.com/1"></iframe><a download href="https://h.x/f.pdf"></a>"#;
    insta::assert_debug_snapshot!(parse(html));
}

#[test]
fn tables_of_data_stay_and_tables_of_layout_dissolve() {
    let data = parse("<table><tr><th>a<th>b<tr><td>1<td colspan=2>2</table>");
    assert!(matches!(&data.blocks[..], [Block::Table { rows, header: true }] if rows[1].len() == 3));
    let layout = parse("<table><tr><td>x</td><td><table><tr><td>1<td>2</table></td></tr></table>");
    assert!(
        matches!(&layout.blocks[..], [Block::Paragraph(_), Block::Table { rows, header: false }] if rows.len() == 1)
    );
    let single = parse("<table><tr><td><p>x</td></tr></table>");
    assert!(matches!(&single.blocks[..], [Block::Paragraph(_)]));
}

#[test]
fn links_are_numbered_and_judged() {
    let document = parse(
        "<a href='HTTPS://a.x/?q=1&copy=2'>one</a> <a href='javascript:x'>two</a> <a href='https://b\u{202e}.x'>three</a>\
         <a>none</a> <a href='//c.x'>four</a> <a href='mailto:a@b'>five</a> <a href='https://u@d.x/'><img src=/i alt=six></a>",
    );
    let links: Vec<_> =
        document.links.iter().map(|link| (&*link.text, &*link.address, link.openable)).collect();
    assert_eq!(
        links,
        [
            ("one", "HTTPS://a.x/?q=1&copy=2", true),
            ("two", "javascript:x", false),
            ("three", "https://b�.x", false),
            ("four", "//c.x", false),
            ("five", "mailto:a@b", false),
            ("six", "https://u@d.x/", true),
        ]
    );
}

#[test]
fn decoded_characters_are_cleaned() {
    let document = parse("<p>a&#27;[31mb&#x202e;c&#0;&nbsp;d&shy;e</p><pre>&#x9b;2J</pre>");
    assert_eq!(all_words(&document.blocks), "a␛b�c�\u{a0}de › ".replace("› ", "›2J "));
}

#[test]
fn entities_decode_as_browsers_do() {
    let words = |html| words(html, 99).into_string();
    assert_eq!(
        words("&lt;b&gt; &amp;amp; &euro;&#8364;&#x20AC;&#128; &copy 1 &notin; &nope; & &#; &#xFFFFFFFFFF;"),
        "<b> &amp; €€€€ © 1 ∉ &nope; & &#; �"
    );
}

#[test]
fn words_are_plain_and_limited() {
    assert_eq!(words("<p>Charged twice</p>", 50).as_str(), "Charged twice");
    assert_eq!(words("<p>a</p><p>b<br>c</p><style>x</style><b>d</b>e", 50).as_str(), "a b c de");
    assert_eq!(words("Charged twice", 8).as_str(), "Charged…");
    assert_eq!(words("Charged twice", 13).as_str(), "Charged twice");
    assert_eq!(words(&"<p>word</p>".repeat(100_000), 6).as_str(), "word…");
    assert_eq!(words("x", 0).as_str(), "");
}

#[test]
fn what_is_never_closed_hides_nothing() {
    for html in ["a <b", "a <a href=\"x>b</a>", "a <!-- b", "a </b"] {
        let text = all_words(&parse(html).blocks);
        assert!(text.starts_with("a <"), "{text}");
    }
    assert_eq!(all_words(&parse("1 < 2 <3").blocks), "1 < 2 <3 ");
}

#[test]
fn history_is_recognised() {
    let shapes = [
        "<p>new</p><div class=gmail_quote>On x wrote:<blockquote>old</blockquote></div>",
        "<p>new</p><p>On Monday, Ann wrote:</p><blockquote>old</blockquote>",
        "<p>new</p><p>Am Montag schrieb Ann &lt;a@b.c&gt; schrieb:</p><p>old</p><p>older</p>",
        "<p>new</p><p>-----Original Message-----</p><p>old</p>",
        "<p>new</p><blockquote type=cite>old</blockquote><div id=appendonsend></div>",
    ];
    for html in shapes {
        let blocks = parse(html).blocks;
        assert!(
            matches!(&blocks[..], [Block::Paragraph(_), Block::Quote { history: true, .. }]),
            "{html}: {blocks:?}"
        );
    }
    let plain = parse("<p>On Monday Ann wrote:</p><p>new</p><blockquote>q</blockquote>").blocks;
    assert!(matches!(&plain[..], [_, _, Block::Quote { history: false, .. }]));
}

#[test]
fn depth_is_no_danger() {
    for tag in ["div", "blockquote", "b", "ul><li", "table><tr><td", "p", "a href=x", "details", "svg"] {
        for depth in [300, 20_000] {
            let name = tag.split(['>', ' ']).next().unwrap();
            let html =
                format!("{}deep{}", format!("<{tag}>").repeat(depth), format!("</{name}>").repeat(depth));
            let document = parse(&html);
            assert_eq!(squeezed(&all_words(&document.blocks)), "deep", "{tag} {depth}");
            assert_eq!(blocks_raw(&html).concat(), html);
        }
    }
}

#[test]
fn formatting_survives_misnesting() {
    let document = parse("<b>a<p>b</b>c</p><p><i>d</p>e");
    let styles: Vec<_> = document
        .blocks
        .iter()
        .flat_map(|block| if let Block::Paragraph(inline) = block { inline.clone() } else { Vec::new() })
        .filter_map(|piece| {
            if let Inline::Text { text, style, .. } = piece {
                Some((text.into_string(), style))
            } else {
                None
            }
        })
        .collect();
    let expected = [
        ("a", Style::STRONG),
        ("b", Style::STRONG),
        ("c", Style::default()),
        ("d", Style::EMPHASIS),
        ("e", Style::default()),
    ];
    assert_eq!(styles, expected.map(|(text, style)| (text.to_owned(), style)));
}

#[test]
fn raw_blocks_are_the_top_level() {
    let html = " <p>a</p>\n<div><p>b</p></div><!-- c --><ul><li>d</ul>loose <b>words</b><br><p>e<p>f<table><tr><td><p>g</table>";
    assert_eq!(
        blocks_raw(html),
        [
            " <p>a</p>\n",
            "<div><p>b</p></div><!-- c -->",
            "<ul><li>d</ul>",
            "loose <b>words</b><br>",
            "<p>e",
            "<p>f",
            "<table><tr><td><p>g</table>",
        ]
    );
    assert!(blocks_raw("").is_empty());
}

#[test]
fn colours_have_names() {
    let colours = [
        "#feedaf80",
        "#e3e7fa80",
        "#fed9db80",
        "#d7efdc80",
        "#e8e8e880",
        "rgb(254, 237, 175)",
        "#fff",
        "puce",
    ];
    assert_eq!(colours.map(Colour::of), [Yellow, Blue, Red, Green, Grey, Yellow, Grey, Other]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn raw_blocks_are_the_whole_source(html in crate::domain::rich::markup()) {
        prop_assert_eq!(blocks_raw(&html).concat(), html);
    }

    /// Judged by another parser: no word of well-formed markup is lost, moved or invented.
    #[test]
    fn words_agree_with_another_parser(html in well_formed()) {
        let other: String = scraper::Html::parse_fragment(&html).root_element().text().collect();
        prop_assert_eq!(squeezed(&all_words(&parse(&html).blocks)), squeezed(&other));
        prop_assert_eq!(squeezed(&words(&html, 4_000)), squeezed(&other));
    }
}

/// Well-formed markup of words and elements, nested up to four deep.
fn well_formed() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "word ",
        "a &lt; b",
        "&eacute;t&eacute;",
        " ",
        "日本",
        "x&amp;y",
        "<br>",
        "1 < 2 ",
    ]);
    word.prop_map(str::to_owned).prop_recursive(4, 40, 5, |inner| {
        let parts = prop::collection::vec(inner, 1..5).prop_map(|parts| parts.concat());
        let tag =
            prop::sample::select(vec!["div", "b", "i", "span", "ul", "blockquote", "u", "section", "em"]);
        (tag, parts).prop_map(|(tag, parts)| match tag {
            "ul" => format!("<ul><li>{parts}</li></ul>"),
            _ => format!("<{tag}>{parts}</{tag}>"),
        })
    })
}

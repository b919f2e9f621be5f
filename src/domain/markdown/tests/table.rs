//! Every element of stored bodies, and what is shown for it.

use super::super::Page;
use super::anew;

/// Shown as a fence of its source.
const FENCED: &str = "=";

/// A block and its text.
pub(super) const TABLE: &[(&str, &str)] = &[
    ("<p class=\"no-margin\">Plain words, \"quoted\".</p>", "Plain words, \"quoted\"."),
    ("<p>No class</p>", "No class"),
    ("<p class=\"no-margin intercom-align-center\" id=\"x\">Centred</p>", "Centred"),
    (
        "<p class=\"intercom-interblocks-paragraph no-margin intercom-interblocks-align-left\">Public</p>",
        "Public",
    ),
    ("<p class=\"no-margin\"> Blanks around </p>", "Blanks around"),
    ("<p class=\"no-margin\"></p>", "<p class=\"no-margin\"></p>"),
    ("<p><br></p>", "<p><br></p>"),
    ("<p>&nbsp;</p>", "&nbsp;"),
    ("<h1 id=\"h_1\">One</h1>", "# One"),
    ("<h2 id=\"h_2\">Two &amp; <i>half</i></h2>", "## Two & _half_"),
    ("<h3 class=\"intercom-interblocks-subheading\" id=\"h_3\">Three</h3>", "### Three"),
    ("<h4>Four</h4>", "#### Four"),
    ("<h5 id=\"h_5\">Five #</h5>", "##### Five \\#"),
    ("<h6 id='h_6'>Six</h6>", "###### Six"),
    ("<h2 id=\"h_7\"></h2>", FENCED),
    (
        "<p><b>Bold</b>, <strong>strong</strong>, <i>i</i> and <em>em</em></p>",
        "**Bold**, **strong**, _i_ and _em_",
    ),
    ("<p>in<b>side</b>words<i>too</i>x</p>", "in**side**words*too*x"),
    ("<p><b>Note: </b>text</p>", "<b>Note: </b>text"),
    ("<p><b>Colon:</b>text</p>", "<b>Colon:</b>text"),
    ("<p><b><i>both</i></b> <i><b>ways</b></i></p>", "**_both_** _**ways**_"),
    ("<p><b>one</b><b>two</b></p>", "**one**<b>two</b>"),
    (
        "<p><u>under</u> <s>gone</s> <sub>2</sub> <b class=\"x\">y</b></p>",
        "<u>under</u> <s>gone</s> <sub>2</sub> <b class=\"x\">y</b>",
    ),
    ("<p><span style=\"color: red\">red</span></p>", "<span style=\"color: red\">red</span>"),
    ("<p>Run <code>ls -l</code> or <code>a`b</code></p>", "Run `ls -l` or ``a`b``"),
    ("<p><code>a&lt;b&gt;</code> <code> x </code> <code></code></p>", "`a<b>` `  x  ` <code></code>"),
    (
        "<p>See <a href=\"https://x.example/a?b=1&amp;c=2\" target=\"_blank\" class=\"intercom-content-link\">the page</a>.</p>",
        "See [the page](https://x.example/a?b=1&c=2).",
    ),
    ("<p><a href=\"https://x.example/a (b)\">odd [x]</a></p>", "[odd \\[x\\]](<https://x.example/a (b)>)"),
    ("<p><a name=\"here\">anchor</a></p>", "<a name=\"here\">anchor</a>"),
    ("<p><a href=\"#h_1\"><b>up</b></a>!<a href=\"/b\">b</a></p>", "[**up**](#h_1)\\![b](/b)"),
    ("<p>one<br>two<br><br>three</p>", "one\\\ntwo\\\n\\\nthree"),
    ("<p>one<br/>two<br></p>", "one\\\ntwo<br>"),
    ("<p>two\nlines</p>", "two\nlines"),
    ("<p>Hello {{ first_name | fallback: \"there\" }}!</p>", "Hello {{ first_name | fallback: \"there\" }}!"),
    ("<p>&rarr; &euro; &nbsp;x &#39;y&#39;</p>", "→ € &nbsp;x 'y'"),
    ("<p>a\u{200B}b\u{202E}c\u{1B}[31m</p>", "a&#8203;b&#8238;c&#27;[31m"),
    ("<p># no heading</p>", "\\# no heading"),
    ("<p>1. no item</p>", "1\\. no item"),
    ("<p>2024) no item</p>", "2024\\) no item"),
    ("<p>- no item</p>", "\\- no item"),
    ("<p>-5 degrees, 1.5 m</p>", "-5 degrees, 1.5 m"),
    ("<p>&gt; no quote</p>", "\\> no quote"),
    ("<p>2 * 3 *no* _no_ snake_case</p>", "2 * 3 \\*no\\* \\_no\\_ snake_case"),
    ("<p>`tick` C:\\new \\*</p>", "\\`tick\\` C:\\new \\\\\\*"),
    ("<p>a &lt; b &lt;b&gt; &amp;amp; R&amp;D</p>", "a < b \\<b> \\&amp; R&D"),
    ("<p>[no](link) [x]: y ![no](p)</p>", "[no\\](link) [x\\]: y \\![no\\](p)"),
    ("<p>[x]: https://y.example</p>", "[x\\]: https://y.example"),
    ("<p>a\n===</p>", "a\n\\==="),
    ("<p>a\n---</p>", "a\n\\---"),
    ("<p>```html\n&lt;p&gt;</p>", "\\`\\`\\`html\n\\<p>"),
    ("<p>~~~</p>", "\\~~~"),
    ("<p>| a | b |\n|---|---|\n| c | d |</p>", "| a | b |\n\\|---|---|\n| c | d |"),
    ("<p>a | b\n:-:|--</p>", "a | b\n\\:-:|--"),
    ("<ul><li><p class=\"no-margin\">a</p></li><li><p class=\"no-margin\">b</p></li></ul>", "- a\n- b"),
    ("<ul><li>bare</li><li>words</li></ul>", "- bare\n- words"),
    (
        "<ul><li><p class=\"no-margin\">a</p><ul><li><p class=\"no-margin\">b</p><ol><li><p class=\"no-margin\">c</p></li></ol></li></ul></li></ul>",
        "- a\n  - b\n    1. c",
    ),
    ("<ol><li><p>a</p><p>b</p></li><li><p>c</p></li></ol>", "1. a\n\n   b\n2. c"),
    ("<ol start=\"3\"><li>c</li><li>d</li></ol>", "3. c\n4. d"),
    ("<ol start=\"3\" type=\"a\"><li>c</li></ol>", FENCED),
    ("<ul><li><p class=\"no-margin\"></p></li></ul>", "-"),
    (
        "<ul><li><p class=\"no-margin\">a</p><pre><code>x\n\ny</code></pre></li></ul>",
        "- a\n\n  ```\n  x\n\n  y\n  ```",
    ),
    ("<ul><li><p class=\"one\">a</p></li><li><p class=\"two\">b</p></li></ul>", FENCED),
    ("<ul>\n<li>a</li>\n</ul>", FENCED),
    (
        "<ul><li>a<div class=\"intercom-container\"><img src=\"https://x.example/a.png\"></div></li></ul>",
        FENCED,
    ),
    ("<pre><code>if a &lt; b {\n\n  x\n}</code></pre>", "```\nif a < b {\n\n  x\n}\n```"),
    ("<pre><code class=\"language-html\">```</code></pre>", "````\n```\n````"),
    ("<pre><code class=\"language-rust\">x</code></pre>", "```rust\nx\n```"),
    ("<p>See [1]</p>", "See [1]"),
    ("<pre>raw\n</pre>", "```\nraw\n\n```"),
    ("<pre><code>a <b>b</b></code></pre>", FENCED),
    ("<blockquote><p class=\"no-margin\">a</p><p class=\"no-margin\">b</p></blockquote>", "> a\n>\n> b"),
    ("<blockquote>bare<br>words</blockquote>", "> bare\\\n> words"),
    ("<hr>", "---"),
    ("<hr class=\"x\">", "---"),
    (
        "<div class=\"intercom-container\"><img src=\"https://x.example/a.png?e=1&amp;s=2\" width=\"1\" height=\"2\" style=\"height: auto;\" alt=\"A *b*\"></div>",
        "![A \\*b\\*](https://x.example/a.png?e=1&s=2)",
    ),
    (
        "<div class=\"intercom-container\"><a href=\"/big\"><img src=\"https://x.example/a.png\" alt=\"\"></a></div>",
        FENCED,
    ),
    ("<p><img src=\"https://x.example/i.png\" width=\"16\"> icon</p>", "![](https://x.example/i.png) icon"),
    (
        "<div class=\"intercom-interblocks-callout\" style=\"background-color: #feedaf80; border-color: #fbc91633;\"><p class=\"no-margin\">Mind</p></div>",
        FENCED,
    ),
    (
        "<div class=\"intercom-interblocks-table-container\"><table role=\"presentation\"><tbody><tr><td><p class=\"no-margin\">a</p></td></tr></tbody></table></div>",
        FENCED,
    ),
    (
        "<div class=\"intercom-h2b-video\"><iframe src=\"https://www.loom.com/embed/1\"></iframe></div>",
        FENCED,
    ),
    ("<details><summary>More</summary><p class=\"no-margin\">x</p></details>", FENCED),
    (
        "<p class=\"no-margin\"><a href=\"https://x.example\" target=\"_blank\" class=\"intercom-h2b-button\">Go</a></p>",
        FENCED,
    ),
    ("<p>AT&T &copy 1 &unheardof;</p>", FENCED),
    ("<p>a<!-- c --></p>", FENCED),
    ("<p>a</p><!-- c -->", FENCED),
    ("<p>never closed", FENCED),
    ("<p><u>a</p>", FENCED),
    ("loose <b>words</b>", FENCED),
    ("<section>```\n````</section>", FENCED),
];

#[test]
fn every_element_has_its_text() {
    for (html, expected) in TABLE {
        let page = Page::of(html);
        if *expected == FENCED {
            let text = page.text();
            let marks = text.find("html\n").unwrap();
            assert_eq!(text[..marks], "`".repeat(marks), "{html}");
            assert_eq!(text[marks + 5..].strip_suffix(&format!("\n{}", &text[..marks])), Some(*html));
            assert!(!html.contains(&text[..marks]));
        } else {
            assert_eq!(page.text(), *expected, "{html}");
        }
    }
}

#[test]
fn what_is_made_anew_from_its_own_text_is_the_same() {
    // Two spellings of one thing in one block; the text cannot hold both.
    let equals = [
        ("<strong>strong</strong>, <i>i</i> and <em>em</em>", "<b>strong</b>, <i>i</i> and <i>em</i>"),
        ("one<br/>two<br>", "one<br/>two<br>"),
    ];
    for (html, _) in TABLE {
        let page = Page::of(html);
        let expected = equals.iter().fold((*html).to_owned(), |html, (from, to)| html.replace(from, to));
        for (number, block) in crate::domain::html::blocks_raw(html).into_iter().enumerate() {
            let expected = if block == *html { &expected } else { block };
            assert_eq!(anew(&page, block, number), expected);
        }
    }
}

#[test]
fn blanks_after_a_block_stay_with_it() {
    let html = "\n<p>a</p>\n\n<h2 id=\"h\">b</h2>\r\n<div>c</div>\n\n";
    let page = Page::of(html);
    assert_eq!(page.text(), "a\n\n## b\n\n```html\n<div>c</div>\n\n\n```");
    assert_eq!(page.html("x\n\n## b\n\n```html\n<div>c</div>\n\n\n```"), html.replace('a', "x"));
    assert_eq!(page.html("a\n\n## y"), "\n<p>a</p>\n\n<h2 id=\"h\">y</h2>\r\n");
}

#[test]
fn lists_below_each_other_stay_apart() {
    let html = "<ul><li>a</li></ul>".repeat(3) + &"<ol><li>a</li></ol>".repeat(3);
    let page = Page::of(&html);
    assert_eq!(page.text(), "- a\n\n* a\n\n- a\n\n1. a\n\n1) a\n\n1. a");
    assert_eq!(
        page.html(&page.text().replace("* a", "* b")),
        html.replacen("a</li></ul><ul><li>a", "a</li></ul><ul><li>b", 1)
    );
}

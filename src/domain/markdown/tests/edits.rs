//! What people type, and what becomes of it.

use super::super::Page;

/// Text typed into an empty body, and the HTML.
const TYPED: &[(&str, &str)] = &[
    ("", ""),
    ("\n\n  \n", ""),
    ("Hello\nworld", "<p class=\"no-margin\">Hello world</p>"),
    ("One\n\nTwo", "<p class=\"no-margin\">One</p><p class=\"no-margin\">Two</p>"),
    ("## A title\nand words", "<h2>A title</h2><p class=\"no-margin\">and words</p>"),
    ("Title\n===", "<h1>Title</h1>"),
    (
        "- a\n- b\n  1. c",
        "<ul><li><p class=\"no-margin\">a</p></li><li><p class=\"no-margin\">b</p><ol><li><p class=\"no-margin\">c</p></li></ol></li></ul>",
    ),
    ("- a\n\n  b", "<ul><li><p class=\"no-margin\">a</p><p class=\"no-margin\">b</p></li></ul>"),
    ("-", "<ul><li><p class=\"no-margin\"></p></li></ul>"),
    ("**b** *i* _i_ `c<d`", "<p class=\"no-margin\"><b>b</b> <i>i</i> <i>i</i> <code>c&lt;d</code></p>"),
    (
        "[x](https://x.example/?a=1&b=2 \"T\")",
        "<p class=\"no-margin\"><a href=\"https://x.example/?a=1&amp;b=2\" target=\"_blank\" class=\"intercom-content-link\" title=\"T\">x</a></p>",
    ),
    (
        "![A \"b\"](https://x.example/a.png)",
        "<div class=\"intercom-container\"><img src=\"https://x.example/a.png\" alt=\"A &quot;b&quot;\"></div>",
    ),
    (
        "a ![](https://x.example/a.png)",
        "<p class=\"no-margin\">a <img src=\"https://x.example/a.png\" alt=\"\"></p>",
    ),
    (
        "<me@example.com>",
        "<p class=\"no-margin\"><a href=\"mailto:me@example.com\" target=\"_blank\" class=\"intercom-content-link\">me@example.com</a></p>",
    ),
    ("> q", "<blockquote><p class=\"no-margin\">q</p></blockquote>"),
    ("```\na < b\n\nc\n```", "<pre><code>a &lt; b\n\nc</code></pre>"),
    ("```rust\na\n```", "<pre><code class=\"language-rust\">a</code></pre>"),
    ("***", "<hr>"),
    ("a\\\nb  \nc", "<p class=\"no-margin\">a<br>b<br>c</p>"),
    ("<u>x</u> a < b & c", "<p class=\"no-margin\"><u>x</u> a &lt; b &amp; c</p>"),
    ("<u>never closed", "<p class=\"no-margin\">&lt;u&gt;never closed</p>"),
    ("<div>\n\nx", "<p class=\"no-margin\">&lt;div&gt;</p><p class=\"no-margin\">x</p>"),
    ("<div class=\"a\">x</div>", "<div class=\"a\">x</div>"),
    ("<!-- a\n\nb", "<p class=\"no-margin\">&lt;!-- a</p><p class=\"no-margin\">b</p>"),
    (
        "[x]: https://y.example\n\n[x]",
        "<p class=\"no-margin\">[x]: https://y.example</p><p class=\"no-margin\">[x]</p>",
    ),
    ("```html\n<hr>\n```\nx", "<hr><p class=\"no-margin\">x</p>"),
    ("```html\n<div>a", "<div>a"),
    (
        "- [x]: a\n- [x]: b\n- [x]: c\n- [x]: d\n- [x]: e\n- [X]: f",
        "<ul><li><p class=\"no-margin\">[x]: a</p></li><li><p class=\"no-margin\">[x]: b</p></li><li><p class=\"no-margin\">[x]: c</p></li><li><p class=\"no-margin\">[x]: d</p></li><li><p class=\"no-margin\">[x]: e</p></li><li><p class=\"no-margin\">[X]: f</p></li></ul>",
    ),
    (
        "- [x]: a\n- `[x]: b`\n\n      [x]: c",
        "<ul><li><p class=\"no-margin\">[x]: a</p></li><li><p class=\"no-margin\"><code>[x]: b</code></p><pre><code>[x]: c</code></pre></li></ul>",
    ),
    (
        "| **a** | b |\n|---|:-:|\n| `1\\|2` | <u>x</u> |\n| only |",
        "<div class=\"intercom-interblocks-table-container\"><table role=\"presentation\"><tbody><tr><td><p class=\"no-margin\"><b>a</b></p></td><td><p class=\"no-margin\">b</p></td></tr><tr><td><p class=\"no-margin\"><code>1|2</code></p></td><td><p class=\"no-margin\"><u>x</u></p></td></tr><tr><td><p class=\"no-margin\">only</p></td><td><p class=\"no-margin\"></p></td></tr></tbody></table></div>",
    ),
    ("```HTML\n<hr>\n```", "<hr>"),
    ("```html\n```", ""),
    ("```html", ""),
    ("```html\n\n\n```", "\n"),
    ("```html\r\n<i>a</i>\r\n<i>b</i>\r\n```\r\n", "<i>a</i>\n<i>b</i>"),
    ("&nbsp;&copy;&#39;", "<p class=\"no-margin\">&nbsp;©'</p>"),
];

#[test]
fn what_is_typed_anew_has_the_stored_form() {
    for (text, html) in TYPED {
        assert_eq!(Page::of("").html(text), *html, "{text}");
    }
}

/// A body, something in its text, what is typed instead, and the body then.
const CHANGED: &[(&str, &str, &str, &str)] = &[
    ("<p class=\"x\" id=\"y\">old words</p>", "old", "new", "<p class=\"x\" id=\"y\">new words</p>"),
    ("<h2 id=\"h\">Old</h2>", "## Old", "### New\n## Other", "<h3 id=\"h\">New</h3><h2>Other</h2>"),
    (
        "<p>&rarr; &gt; <strong>a</strong> it&#39;s</p>",
        " **a**",
        " **b** → >",
        "<p>&rarr; &gt; <strong>b</strong> &rarr; &gt; it&#39;s</p>",
    ),
    (
        "<p><a href=\"/a\" class=\"x\">a</a> <a href=\"/b\" class=\"y\">b</a></p>",
        "[a](/a) [b](/b)",
        "[b](/b) and [c](/c \"t\")",
        "<p><a href=\"/b\" class=\"y\">b</a> and <a href=\"/c\" class=\"x\" title=\"t\">c</a></p>",
    ),
    (
        "<div class=\"intercom-container\"><img src=\"https://x.example/a\" width=\"9\" style=\"height: auto;\" alt=\"old\"></div><p>x</p>",
        "![old](https://x.example/a)\n\nx",
        "x ![new](https://x.example/a)",
        "<p class=\"no-margin\">x <img src=\"https://x.example/a\" width=\"9\" style=\"height: auto;\" alt=\"new\"></p>",
    ),
    (
        "<div class=\"intercom-container big\"><img src=\"https://x.example/a\"></div>",
        "<img src=\"https://x.example/a\">",
        "<img src=\"https://x.example/b\">",
        "<div class=\"intercom-container big\"><img src=\"https://x.example/b\"></div>",
    ),
    (
        "<ul class=\"u\"><li class=\"l\">a</li></ul>",
        "- a",
        "- a\n- b",
        "<ul class=\"u\"><li class=\"l\">a</li><li class=\"l\">b</li></ul>",
    ),
    (
        "<pre class=\"p\"><code class=\"language-c\">a</code></pre>",
        "a",
        "b",
        "<pre class=\"p\"><code class=\"language-c\">b</code></pre>",
    ),
    (
        "<ul><li id=\"a\" class=\"l\">one</li></ul>",
        "- one",
        "- one\n- two",
        "<ul><li id=\"a\" class=\"l\">one</li><li class=\"l\">two</li></ul>",
    ),
    (
        "<p class=\"c\" id='a'>one</p>",
        "one",
        "one\n# h\ntwo",
        "<p class=\"c\" id='a'>one</p><h1>h</h1><p class=\"c\">two</p>",
    ),
    (
        "<p><a id=\"a\" href=\"/x\">b</a></p>",
        "[b](/x)",
        "[b](/x) [c](/x)",
        "<p><a id=\"a\" href=\"/x\">b</a> <a href=\"/x\">c</a></p>",
    ),
    (
        "<p><a id=\"a\" class=\"x\" href=\"/x\">b</a></p><p>c</p>",
        "\n\nc",
        "\n\nc [d](/x)",
        "<p><a id=\"a\" class=\"x\" href=\"/x\">b</a></p><p>c <a class=\"x\" href=\"/x\">d</a></p>",
    ),
    ("<p><img src=https://e.com/a/></p>", "![]", "![alt]", "<p><img src=https://e.com/a/ alt=\"alt\"></p>"),
    ("<p><img src='/a'/></p>", "![]", "![alt]", "<p><img src='/a' alt=\"alt\"/></p>"),
    (
        "<p>one&#32;two&#97; it&#39;s three</p>",
        "three",
        "three a it's",
        "<p>one twoa it&#39;s three a it&#39;s</p>",
    ),
    ("<div>a</div><p>b</p>", "<div>a</div>\n```", "<div>a</div>", "<div>a</div><p>b</p>"),
    ("<div>a</div><p>b</p><div>c</div>", "\n```\n\nb", "\n\nb", "<div>a</div><p>b</p><div>c</div>"),
    (
        "<p>a</p><h2 id=\"h\">b</h2><p>c</p>",
        "a\n\n## b\n\nc",
        "c\n\n## b\n\na",
        "<p>c</p><h2 id=\"h\">b</h2><p>a</p>",
    ),
    (
        "<p id=\"1\">a</p><p id=\"2\">a</p><p id=\"3\">b</p>",
        "a\n\nb",
        "b",
        "<p id=\"1\">a</p><p id=\"3\">b</p>",
    ),
    (
        "<p id=\"1\">one two</p><p id=\"2\">red blue</p>",
        "one two\n\nred blue",
        "new\n\none three\n\nred",
        "<p class=\"no-margin\">new</p><p id=\"1\">one three</p><p id=\"2\">red</p>",
    ),
];

#[test]
fn what_is_changed_keeps_its_dress() {
    for (html, from, to, expected) in CHANGED {
        let page = Page::of(html);
        assert!(page.text().contains(from), "{}", page.text());
        let text = page.text().replacen(from, to, 1);
        assert_eq!(page.html(&text), *expected, "{text}");
    }
}

#[test]
fn lines_and_bytes_know_their_blocks() {
    let page = Page::of("<p>a</p><div>b</div><p>c</p>");
    assert_eq!((page.lines_of_block(1), page.lines_of_block(3)), (Some(2..5), None));
    let written = page.write("a\n\nnew\n\nC");
    assert_eq!(written.html(), "<p>a</p><p class=\"no-margin\">new</p><p>C</p>");
    let origins: Vec<_> = written.places().iter().map(|place| (place.origin, place.untouched)).collect();
    assert_eq!(origins[0], (Some(0), true));
    assert!(!origins[1].1 && origins[2] == (Some(2), false), "{origins:?}");
    assert_eq!(written.place_of_byte(9).map(|place| place.lines.clone()), Some(2..3));
    assert_eq!(written.place_of_byte(44), None);
}

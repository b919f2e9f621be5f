//! Tests of the rewriting.

use proptest::prelude::*;

use super::*;

fn stored(html: &str) -> String {
    stored_article(html).unwrap()
}

#[test]
fn a_stored_body_is_unchanged() {
    let body = "<h1 id=\"h_0a1b2c3d4e\">A</h1><p class=\"no-margin\">b <a href=\"https://a.example/?x=1&amp;y=2\" \
                target='_blank'>c</a></p><div class=\"intercom-interblocks-callout\" style=\"x: y;\"><p \
                class=\"no-margin\">d</p></div><pre><code>a\n  &lt;b</code></pre><div \
                class=\"intercom-interblocks-table-container\"><table role=\"presentation\"><tbody><tr><td><p \
                class=\"no-margin\">e</p></td></tr></tbody></table></div><ol><li><p class=\"no-margin\">f</p><ul><li><p \
                class=\"no-margin\">g</p></li></ul></li></ol><p class=\"no-margin\"></p><hr>";
    assert_eq!(stored(body), body);
}

#[test]
fn headings_are_renumbered_and_get_ids() {
    let html = stored("<h2>A</h2><h4 id=\"x\">B</h4>");
    assert!(html.starts_with("<h1 id=\"h_"), "{html}");
    assert!(html.ends_with("</h1><h3 id=\"x\">B</h3>"), "{html}");
    let id = html.get(10..20).unwrap();
    assert!(id.chars().all(|c| c.is_ascii_hexdigit()), "{id}");
    assert_eq!(stored(&html), html);
}

#[test]
fn headings_that_all_have_ids_keep_their_levels() {
    let body = "<h2 id=\"h_0a1b2c3d4e\">A</h2><h3 id=\"h_1a1b2c3d4e\">B</h3>";
    assert_eq!(stored(body), body);
    assert!(stored(&format!("{body}<h2>C</h2>")).starts_with("<h1 id=\"h_0a1b2c3d4e\">A</h1><h2 id="));
}

#[test]
fn same_headings_get_different_ids() {
    let html = stored("<h1>A</h1><h1>A</h1>");
    let (first, second) = html.split_at(html.len() / 2);
    assert_ne!(first, second);
}

#[test]
fn boxes_become_paragraphs_and_forms_go() {
    assert_eq!(
        stored(
            "<div>a</div><form action=\"/x\"><input name=q>b</form><script>alert('<p>')</script><!-- c -->"
        ),
        "<p class=\"no-margin\">a</p>b"
    );
    assert_eq!(stored("x<span style=\"color: red\">y</span>"), "x<p class=\"no-margin\">y</p>");
}

#[test]
fn white_space_between_blocks_becomes_an_empty_paragraph() {
    assert_eq!(stored("\n<p>a</p>\n  <p>b</p>\n"), "<p>a</p><p class=\"no-margin\"></p><p>b</p>");
    assert_eq!(stored("<ul>\n <li>a</li>\n</ul>"), "<ul><li>a</li></ul>");
    assert_eq!(stored("<p><b>a</b> <i>b</i></p>"), "<p><b>a</b> <i>b</i></p>");
    assert_eq!(stored("<pre> <p> </p></pre>"), "<pre> <p> </p></pre>");
}

#[test]
fn refusals_are_parameter_invalid() {
    for html in [
        "<dl><dt>a</dt></dl>",
        "<iframe src=\"https://evil.example/youtube.com\"></iframe>",
        "<iframe src=\"https://notyoutube.com/x\"></iframe>",
        "<ul></ul>",
        "<ol>\n</ol>",
        "<table><tbody><tr></tr></tbody></table>",
        "<img src=\"data:image/png;base64,AA\">",
    ] {
        let refusal = stored_article(html).unwrap_err();
        assert!(matches!(refusal, Refusal::Rest { code: "parameter_invalid", .. }), "{html}: {refusal:?}");
    }
    assert!(stored_article("<iframe src=\"https://www.youtube.com/embed/a\"></iframe>").is_ok());
    assert!(stored_article("<IFRAME SRC=\"//player.vimeo.com/video/1\"></IFRAME>").is_ok());
}

#[test]
fn notes_take_plain_text_and_html() {
    assert_eq!(stored_note("a < b\nc\n\nd").unwrap(), "<p>a &lt; b<br>c</p><p>d</p>");
    assert_eq!(stored_note("<p>a</p>\n<p>b</p>").unwrap(), "<p>a</p><p class=\"no-margin\"></p><p>b</p>");
    assert!(stored_note(" \n").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn rewriting_twice_changes_nothing_more(
        soup in proptest::collection::vec(
            proptest::sample::select(vec![
                "<p>", "</p>", "<div>", "</div>", "<div class=\"intercom-container\">", "<span>", "</span>", "<h2>",
                "</h2>", "<H3 id=x>", "</H3>", "<h6>", "</h6>", "<ul>", "</ul>", "<li>", "</li>", "<form>", "</form>",
                "<script>", "</script>", "<pre>", "</pre>", "<b>", "</b>", " ", "\n", "word", "<", ">", "&amp;", "<!--",
                "-->", "<br/>", "<a href=\"x>y\">", "\"", "=", "ø",
            ]),
            0..24,
        )
    ) {
        if let Ok(once) = stored_article(&soup.concat()) {
            prop_assert_eq!(stored_article(&once).unwrap(), once);
        }
    }

    #[test]
    fn scanning_loses_no_byte(html in ".{0,80}") {
        let joined: String = scan::pieces(&html)
            .into_iter()
            .map(|piece| match piece {
                scan::Piece::Text(raw) | scan::Piece::Aside(raw) | scan::Piece::Close { raw, .. } => raw,
                scan::Piece::Open(tag) => tag.raw,
            })
            .collect();
        prop_assert_eq!(joined, html);
    }
}

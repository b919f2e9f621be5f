//! The client's lint, held against what this server does to a body: what it says nothing of comes back as it was sent, and
//! what it calls refused is refused.

use proptest::prelude::*;

use super::stored_article;
use crate::domain::html::marks::{What, marks};
use crate::domain::lint::{Findings, Verdict, of, repair};

const ARTICLES: &str = include_str!("../../../assets/demo/articles.json");

/// Headings without the ids that every server gives them, which nobody sees.
fn without_heading_ids(html: &str) -> String {
    let heading = |name: &str| name.len() == 2 && name.starts_with(['h', 'H']) && !name.ends_with(['r', 'R']);
    marks(html)
        .map(|mark| match mark.what {
            What::Open { name, .. } if heading(name) => format!("<{name}>"),
            What::Text(_) | What::Open { .. } | What::Close { .. } | What::Nothing => {
                html[mark.range].to_owned()
            }
        })
        .collect()
}

fn changed_or_refused(found: &Findings) -> bool {
    found.list.iter().any(|finding| finding.kind.verdict() != Verdict::Expires)
}

fn mended(html: &str) -> String {
    let mut html = html.to_owned();
    while let Some(finding) = of(&html).list.iter().find(|finding| finding.repair_words().is_some()) {
        html = repair(&html, finding);
    }
    html
}

#[test]
fn shipped_articles_that_come_back_unchanged_have_no_findings() {
    let articles: Vec<serde_json::Value> = serde_json::from_str(ARTICLES).unwrap();
    let mut silent = 0;
    for body in articles.iter().filter_map(|article| article["body"].as_str()) {
        let found = of(body);
        match stored_article(body) {
            Ok(stored) if stored == body => assert!(!changed_or_refused(&found), "{body}: {found:?}"),
            Ok(_) => {}
            Err(_) => assert!(found.list.iter().any(|finding| finding.kind.verdict() == Verdict::Refuses)),
        }
        if found.list.is_empty() {
            silent += 1;
            let stored = stored_article(body).unwrap();
            assert_eq!(without_heading_ids(&stored), without_heading_ids(body));
        }
    }
    assert!(silent > articles.len() / 2, "{silent} of {}", articles.len());
}

#[test]
fn what_is_repaired_comes_back_as_it_was_sent() {
    for html in [
        "<p>a</p>\n  <p>b</p>",
        "<p>a</p><ul></ul><p>b</p>",
        "<div class=\"intercom-interblocks-table-container\"><table><tbody></tbody></table></div><p>b</p>",
        "<h2>a</h2><p>b</p><h3>c</h3>",
        "<h5>a</h5><h6>b</h6>",
        "<p>a<script>alert(\"</p>\")</script>b</p>",
        "<form action=x><p>a</p><input></form>",
        "<form>a</form>",
        "<div style=\"x\">a <b>b</b></div>",
        "<div>\n<p>a</p>\n<p>b</p></div>",
        "<p>a <span style=\"color: red\">b</span> c</p>",
        "<blockquote><div>a</div> <div>b</div></blockquote>",
    ] {
        // Blanks at the ends of a body are dropped without a trace.
        let repaired = mended(html).trim().to_owned();
        assert_eq!(without_heading_ids(&stored_article(&repaired).unwrap()), without_heading_ids(&repaired));
    }
}

fn body() -> impl Strategy<Value = String> {
    let blocks = vec![
        "<p class=\"no-margin\">a</p>",
        "<p>b <b>c</b> <i>d</i></p>",
        "<div>e</div>",
        "<div><p>f</p></div>",
        "<p>g<span>h</span></p>",
        "<h2>i</h2>",
        "<h4>j</h4>",
        "<ul><li>k</li></ul>",
        "<ol></ol>",
        "<table><tbody><tr><td>l</td></tr></tbody></table>",
        "<table></table>",
        "<pre><code>m\n\n  n</code></pre>",
        "<hr>",
        "<form><p>o</p><input></form>",
        "<script>p</script>",
        "\n",
        "  ",
        "<dl><dt>q</dt></dl>",
        "<img src=\"data:x\">",
        "<iframe src=\"https://evil.example\"></iframe>",
        "<blockquote><p>r</p>\n<p>s</p></blockquote>",
    ];
    proptest::collection::vec(proptest::sample::select(blocks), 0..10).prop_map(|blocks| blocks.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_has_no_findings_comes_back_and_what_is_refused_is_said(html in body()) {
        for html in [mended(&html), html] {
            let found = of(&html);
            let refused = found.list.iter().any(|finding| finding.kind.verdict() == Verdict::Refuses);
            match stored_article(&html) {
                Err(_) => prop_assert!(refused, "{}", html),
                Ok(stored) => {
                    prop_assert!(!refused, "{}", html);
                    if found.list.is_empty() {
                        prop_assert_eq!(without_heading_ids(&stored), without_heading_ids(html.trim()));
                    }
                }
            }
        }
    }
}

//! One table of bodies that nobody writes, through everything that reads bodies: numbers at their ends, tags cut off, marks in
//! rows. Nothing may stop at one of them, and an untouched text gives the body again.

use std::sync::Arc;

use super::super::Page;
use crate::domain::change::Draft;
use crate::domain::merge::Merge;
use crate::domain::{diff, html, lint};

const HOSTILE: &[&str] = &[
    "<ol start=\"4294967295\"><li>a</li><li>b</li></ol>",
    "<ol start=\"4294967295\"><li><ol start=\"4294967294\"><li>a<li>b<li>c</ol></li><li>d</li></ol>",
    "<ol start=\"4294967296\"><li>a</li></ol>",
    "<ol start=\"999999999999999999999\"><li>a</li></ol>",
    "<ol start=\"-1\"><li>a</li><li>b</li></ol>",
    "<ol start=\"999999\"><li>a</li><li>b</li><li>c</li></ol>",
    "<ol start=\"\"><li>a</li></ol>",
    "<ol><li value=\"4294967295\">a</li><li>b</li></ol>",
    "<ul><li></li><li><pre>\n\n</pre></li><li><p></p><p> </p></li></ul>",
    "<table><tr><td colspan=\"4294967295\" rowspan=\"4294967295\">a</td><td colspan=\"0\"></td></tr></table>",
    "<table><tr><td><table><tr><td><ol start=\"4294967295\"><li>a<li>b</ol></td></tr></table></td></tr></table>",
    "<h7>a</h7><h0>b</h0><h99999999999>c</h99999999999>",
    "<p>&#4294967296;&#x110000;&#xD800;&#0;&#;&#x;&;&amp</p>",
    "<img width=\"99999999999999999999\" height=\"-1\" src=\"x\"><img src=https://e.com/a/>",
    "<p",
    "<",
    "</",
    "<!--",
    "<![CDATA[",
    "<p class=\"a",
    "<p =\"\" = / a='>\">x</p>",
    "<a href=\"[](<>)\">](</a>",
    "<iframe><iframe></iframe><script><style></p>",
    "\0\u{FEFF}\r\n<p>\r</p>\r\n\u{2028}",
    "<pre>```html\n```\n~~~~</pre>",
    "<p>&#91;x&#93;: y\n&#91;x&#93;: y</p>",
    "<details><summary><details><summary>a",
    "<p>\u{10FFFF}\u{F0000}\u{E0001}क्‍षि</p>",
];

/// A draft over one body, with another typed.
fn merged(base: &str, mine: &str, theirs: &str) -> Merge {
    let mut article = (**Draft::new_article(1).base()).clone();
    article.body = base.into();
    let mut draft = Draft::of(Arc::new(article.clone()));
    draft.body = mine.into();
    article.body = theirs.into();
    Merge::of(draft, Arc::new(article))
}

#[test]
fn nothing_stops_at_a_hostile_body() {
    for one in HOSTILE {
        let page = Page::of(one);
        assert_eq!(page.html(page.text()), *one);
        assert!(page.html(&format!("{}\n\nx", page.text())).contains('x'));
        assert!(page.html(&page.text().replace('a', "bc")).len() < 10_000);
        for finding in lint::of(one).list {
            assert!(lint::repair(one, &finding).len() < 10_000);
        }
        for other in HOSTILE {
            for diff in [diff::words(one, other), diff::source(one, other)] {
                for width in [1, 9, 80] {
                    assert!(diff.rows.iter().all(|row| !diff::wrap_row(row, width).is_empty()));
                }
            }
            assert!(lint::judged(one, other).total <= 20);
            let merge = merged(one, &format!("{other}<p>mine</p>"), other);
            assert!(!merge.pieces().is_empty());
        }
        assert!(html::blocks_raw(one).concat() == *one);
    }
}

#[test]
fn numbers_end_where_they_end() {
    let diff = diff::words("", HOSTILE[0]);
    let rows: Vec<_> = diff.rows.iter().map(|row| row.pieces[0].text.as_str()).collect();
    assert_eq!(rows, ["4294967295. a", "4294967295. b"]);
}

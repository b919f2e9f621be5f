//! Every rule, every repair, and what is held against the demo server's own rewriting.

use proptest::prelude::*;

use super::*;
use crate::domain::html::words;

fn kinds(html: &str) -> Vec<Kind> {
    of(html).list.iter().map(|finding| finding.kind).collect()
}

/// The body with everything repaired that can be, and how many repairs that took.
fn mended(html: &str) -> (String, usize) {
    let mut html = html.to_owned();
    for count in 0.. {
        let found = of(&html);
        let Some(finding) = found.list.iter().find(|finding| finding.repair_words().is_some()) else {
            return (html, count);
        };
        let next = repair(&html, finding);
        assert_ne!(next, html, "a repair that does nothing: {finding:?}");
        html = next;
    }
    (html, 0)
}

#[test]
fn a_new_finding_below_many_old_ones_is_held() {
    let old = "<p>a</p>\n".repeat(MOST + 100) + "<p>z</p>";
    let new = format!("{old}\n<hr>");
    let (first, added) = judged(&old, &new).list[0].clone();
    assert!(added && !of(&new).list.contains(&first), "it is beyond those that are kept");
    assert!(holds(&new, &first) && !holds(&old, &first));
    assert_eq!(repair(&new, &first), format!("{old}<hr>"));
}

#[test]
fn finds_what_is_refused() {
    for (html, kind) in [
        ("<dl><dt>a</dt><dd>b</dd></dl>", Kind::Definitions),
        ("<dt>a</dt>", Kind::Definitions),
        ("<iframe src=\"https://evil.example\"></iframe>", Kind::Frame),
        ("<iframe src=\"https://evil.example/?youtube\"></iframe>", Kind::Frame),
        ("<iframe title=youtube.com src='https://vimeo.com.evil.example/'></iframe>", Kind::Frame),
        ("<iframe data-src=\"https://youtube.com/embed/1\"></iframe>", Kind::Frame),
        ("<iframe src=\"https:evil.example//youtube.com/\"></iframe>", Kind::Frame),
        ("<img alt='src=\"https://a.example\"' src=\"file:///etc/passwd\">", Kind::Picture),
        ("<img data-src=\"https://a.example/a.png\">", Kind::Picture),
        ("<img src=\"data:image/png;base64,xx\">", Kind::Picture),
        ("<UL></UL>", Kind::EmptyList),
        ("<ol>\n</ol>", Kind::EmptyList),
        ("<ol>", Kind::EmptyList),
        ("<table><tbody><tr></tr></tbody></table>", Kind::EmptyTable),
    ] {
        assert_eq!(kinds(html), [kind], "{html}");
        assert_eq!(kind.verdict(), Verdict::Refuses);
    }
}

#[test]
fn finds_what_is_changed_or_expires() {
    for (html, found) in [
        ("<H4 id=x>a</H4>", &[Kind::Heading][..]),
        ("<h2>a</h2>", &[Kind::Heading]),
        ("<h1>a</h1><h3>b</h3>", &[Kind::Heading]),
        ("<script>x</script>", &[Kind::Script]),
        ("<form><input name=q></form>", &[Kind::Form, Kind::Form]),
        ("<p><span style=\"\">a</span></p>", &[Kind::Span]),
        ("<div>a</div>", &[Kind::Box]),
        ("<div class=\"xintercom-callout\">a</div>", &[Kind::Box]),
        ("<section><p>a</p></section>", &[Kind::Unsupported]),
        ("<p>a</p>\n<p>b</p>", &[Kind::Gap]),
        ("<p>a</p> <!-- c --> <p>b</p>", &[Kind::Gap, Kind::Gap]),
        ("<hr>\n<h1 id=\"h_1\">b</h1>", &[Kind::Gap]),
        (
            "<img src=\"https://downloads.intercomcdn.com/i/1.png?expires=1&amp;signature=2\">",
            &[Kind::Signed],
        ),
        ("<img src=\"https://s3.example.com/1.png?X-Amz-Expires=60\">", &[Kind::SignedElsewhere]),
        (
            "<p><a href=\"https://x.intercom-attachments-3.com/a.pdf?expires=1\">a</a></p>",
            &[Kind::SignedElsewhere],
        ),
    ] {
        assert_eq!(kinds(html), found, "{html}");
    }
}

#[test]
fn says_nothing_of_what_is_taken_as_it_is() {
    for html in [
        "",
        "plain words, 船 < b",
        "<iframe src=\"https://www.youtube.com/embed/1\"></iframe>",
        "<iframe width=1 src='//player.vimeo.com/video/1'></iframe>",
        "<IFRAME SRC=https://fast.wistia.net/embed/iframe/1></IFRAME>",
        "<img src=//a.example/a.png>",
        "<img alt=x src='HTTPS://a.example/a.png'>",
        "<p><img src=\"https://downloads.intercomcdn.com/i/1.png\" alt=\"expires=1\"></p>",
        "<a href=\"https://a.example/?expires=1\">a</a>",
        "<h1>a</h1><h2>b</h2>",
        "<h2 id=\"h_1\">a</h2><h4 id=\"h_2\">b</h4>",
        "\n<p>a</p>\n",
        "<ul>\n <li>a</li>\n <li>b</li>\n</ul>",
        "<table>\n<tbody>\n<tr>\n<td>a</td>\n</tr>\n</tbody>\n</table>",
        "<p><b>a</b> <i>b</i></p>",
        "<pre><code>a</code>\n</pre>",
        "<details><summary>a</summary><blockquote><p>b</p></blockquote></details>",
        "<div class=\"intercom-interblocks-callout\" style=\"x\"><p class=\"no-margin\">a</p></div>",
    ] {
        assert_eq!(kinds(html), [], "{html}");
    }
}

#[test]
fn repairs_alter_nothing_a_reader_sees() {
    for (html, repaired) in [
        ("<p>a</p>\n  <p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>a</p><ul></ul><p>b</p>", "<p>a</p><p>b</p>"),
        ("<ul><li>a<ol> </ol></li></ul>", "<ul><li>a</li></ul>"),
        ("<p>a</p><table><tbody><tr></tr></tbody></table>", "<p>a</p>"),
        ("<h2>a</h2><p>b</p><h3 class=x>c</h3><h2>d</h2>", "<h1>a</h1><p>b</p><h2 class=x>c</h2><h1>d</h1>"),
        ("<H6>a</H6>", "<H1>a</H1>"),
        ("<p>a<script>alert(\"</p>\")</script>b</p>", "<p>ab</p>"),
        ("<form action=x><p>a</p><input></form>", "<form action=x><p>a</p></form>"),
        ("<form><p>a</p></form>", "<p>a</p>"),
        ("<form>a</form>", "<p class=\"no-margin\">a</p>"),
        ("<div style=\"x\">a <b>b</b></div>", "<p class=\"no-margin\">a <b>b</b></p>"),
        ("<div><p>a</p><p>b</p></div>", "<p>a</p><p>b</p>"),
        ("<div><div>a</div></div>", "<p class=\"no-margin\">a</p>"),
        ("<p>a</p><div></div>", "<p>a</p>"),
        ("a<div></div>b", "a<p class=\"no-margin\"></p>b"),
        ("<p>a <span style=\"color: red\">b</span> c</p>", "<p>a b c</p>"),
        (
            "<img alt=1 src=\"https://downloads.intercomcdn.com/i/1.png?expires=1&amp;signature=2\" width=3>",
            "<img alt=1 src=\"https://downloads.intercomcdn.com/i/1.png\" width=3>",
        ),
        (
            "<img src=https://downloads.intercomcdn.eu/i/1.png?expires=1>",
            "<img src=https://downloads.intercomcdn.eu/i/1.png>",
        ),
    ] {
        let all = mended(html).0;
        assert!(all == repaired || mended(repaired).0 == all, "{html}: {all}");
    }
}

#[test]
fn what_cannot_be_repaired_safely_is_left_alone() {
    for html in [
        "<dl><dt>a</dt></dl>",
        "<iframe src=\"https://evil.example\"></iframe>",
        "<p>a</p><ul><p>words</p></ul>",
        "<table><tbody>words</tbody></table>",
        "a<ul></ul>b",
        "<div>a<p>b</p></div>",
        "<div>a",
        "<p>a<div>b</div>c</p>",
        "<p>a<span>b<p>c</span></p>",
        "<section>a</section>",
        "<h1>a</h1><h3>b</h3>",
        "<ul><span>a</ul></span>",
    ] {
        let found = of(html);
        assert!(!found.list.is_empty(), "{html}");
        assert!(found.list.iter().all(|finding| finding.repair_words().is_none()), "{html}: {found:?}");
        found.list.iter().for_each(|finding| assert_eq!(repair(html, finding), html));
    }
}

#[test]
fn names_the_block_and_the_place() {
    let html =
        "<p>a</p>\n<p>b</p><div class=\"intercom-container\"><p>c</p> <span>d</span></div>tail<h3>e</h3>";
    let found: Vec<(usize, &str)> =
        of(html).list.iter().map(|finding| (finding.block, &html[finding.range.clone()])).collect();
    assert_eq!(found, [(0, "\n"), (2, "<span>"), (4, "<h3>")]);
    let sentences: Vec<String> = of("<h3>a</h3><blink>").list.iter().map(Finding::sentence).collect();
    assert_eq!(sentences[0], "This h3 becomes h1: Intercom renumbers levels from 1.");
    assert!(sentences[1].contains("<blink>"));
}

#[test]
fn a_finding_of_another_body_changes_nothing() {
    let found = of("<p>long enough</p>\n<p>b</p>");
    assert_eq!(repair("<p>船", &found.list[0]), "<p>船");
}

#[test]
fn keeps_a_bounded_number_and_tells_of_the_rest() {
    let found = of(&"<span>a</span>".repeat(700));
    assert_eq!((found.list.len(), found.more), (MOST, 200));
    let judged = judged("", &"<span>a</span>".repeat(700));
    assert_eq!((judged.list.len(), judged.total, judged.added), (MOST, 700, 700));
    let late = format!("{}<dl></dl>", "<span>a</span>".repeat(700));
    assert!(warnings("", &late).iter().any(|sentence| sentence.contains("definition")));
}

#[test]
fn survives_depth_and_rubbish() {
    for piece in ["<div>", "<ul>", "</div>", "<span ", "<", "<p>\n", "<!--", "<form><input>", "<h3>"] {
        let _ = of(&piece.repeat(20_000));
    }
    let deep = format!("{}a{}", "<div>".repeat(20_000), "</div>".repeat(20_000));
    assert_eq!(judged(&deep, &deep).added, 0);
}

#[test]
fn speaks_of_what_is_added_only() {
    let old = "<p class=\"no-margin\">a</p>\n<p>b</p><h3>c</h3><span>d</span>";
    assert_eq!(added(old, old), Findings::default());
    assert_eq!(warnings("<h3>a</h3>", "<h3>b</h3>"), Vec::<&str>::new());
    let new = format!("<p>x</p>\n{old}\n<p>y</p><span>e</span>");
    let found = added(old, &new);
    let places: Vec<usize> = found.list.iter().map(|finding| finding.range.start).collect();
    let last = new.rfind("<span>").unwrap();
    assert_eq!(places.last(), Some(&last));
    assert_eq!(found.list.len(), 2, "{found:?}");
    // A gap that was there stays known when the words beside it change.
    assert_eq!(added("<p>a</p>\n<p>b</p>", "<p>x</p>\n<p>y</p>"), Findings::default());
    // Another refused frame in the place of one is refused too.
    let frame = |host: &str| format!("<iframe src=\"https://{host}\"></iframe>");
    assert_eq!(added(&frame("a.example"), &frame("b.example")).list.len(), 1);
}

#[test]
fn the_added_come_first_and_the_refused_before_the_changed() {
    let old = "<ul></ul><span>a</span>";
    let judged = judged(old, &format!("{old}<span>b</span><ol></ol>"));
    let shown: Vec<(Kind, bool)> =
        judged.list.iter().map(|(finding, added)| (finding.kind, *added)).collect();
    let (list, span) = (Kind::EmptyList, Kind::Span);
    assert_eq!(shown, [(list, true), (span, true), (list, false), (span, false)]);
    assert_eq!((judged.total, judged.added, judged.refused), (4, 2, 1));
}

/// Soup of everything that rules look at.
fn soup() -> impl Strategy<Value = String> {
    let pieces = vec![
        "<p>",
        "</p>",
        "<p class=\"no-margin\">",
        "<div>",
        "</div>",
        "<div class=\"intercom-container\">",
        "<span>",
        "</span>",
        "<h2>",
        "</h2>",
        "<H3 id=x>",
        "</H3>",
        "<h1 id=\"h_1\">",
        "</h1>",
        "<ul>",
        "</ul>",
        "<ol>",
        "</ol>",
        "<li>",
        "</li>",
        "<form>",
        "</form>",
        "<input name=q>",
        "<script>",
        "</script>",
        "<pre>",
        "</pre>",
        "<b>",
        "</b>",
        " ",
        "\n",
        "word",
        "船",
        "<",
        ">",
        "&nbsp;",
        "<!-- c -->",
        "<br>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</tr>",
        "</table>",
        "<img src=\"https://downloads.intercomcdn.com/a?expires=1&amp;x=2\">",
        "<hr>",
        "<section>",
        "</section>",
        "\"",
        "=",
        "<iframe src=\"//x.example\"></iframe>",
    ];
    proptest::collection::vec(proptest::sample::select(pieces), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn repairing_ends_and_keeps_the_words(html in soup()) {
        let (all, _) = mended(&html);
        let bare = |html: &str| words(html, usize::MAX).as_str().split_whitespace().collect::<String>();
        prop_assert_eq!(bare(&all), bare(&html));
        prop_assert!(of(&all).list.iter().all(|finding| finding.repair_words().is_none()));
    }

    #[test]
    fn every_finding_is_in_the_body_and_in_its_block(html in soup()) {
        let blocks = crate::domain::html::blocks_raw(&html);
        for finding in of(&html).list {
            prop_assert!(html.get(finding.range.clone()).is_some_and(|source| !source.is_empty()));
            let from: usize = blocks[..finding.block].iter().map(|block| block.len()).sum();
            prop_assert!((from..from + blocks[finding.block].len()).contains(&finding.range.start));
        }
        prop_assert_eq!(added(&html, &html), Findings::default());
    }
}

//! What blocks look like as text, and that nothing is lost between.
use super::Page;

#[test]
fn try_it() {
    let mut all = vec![
        "<p class=\"no-margin\">a <b>b</b></p>".to_owned(),
        "<p>a <strong>b</strong><em>c</em> x_y * 1. <u>u</u> &rarr; &nbsp;</p>".into(),
        "<p>1. a<br><br># b<br> c<br></p>".into(),
        "<p class=\"no-margin\"></p>".into(),
        "<p><br></p>".into(),
        "<p>&nbsp;</p>".into(),
        "<p><b>bold </b>text <b>x:</b>y <b><i>z</i></b> <i><b>z</b></i> <b>a</b><b>b</b></p>".into(),
        "<p>a</p>\n\n<p>b </p>\n".into(),
        "<h2 id=\"h_1\">Title # </h2>".into(),
        "<ul><li><p class=\"no-margin\">a</p><ul><li><p class=\"no-margin\">b</p></li></ul></li><li><p class=\"no-margin\">c</p></li></ul><ul><li>x</li></ul><ol><li>x<ul><li>y</li></ul></li></ol>".into(),
        "<ol start=\"3\"><li><p>a</p><p>b</p><pre><code>x\n\ny</code></pre></li></ol>".into(),
        "<pre><code>a &lt; b\n```\n</code></pre><pre>raw</pre>".into(),
        "<blockquote><p>a</p><p>b</p></blockquote><blockquote>bare<br>x</blockquote>".into(),
        "<hr><hr/>".into(),
        "<div class=\"intercom-container\"><img src=\"https://x.y/a_b.png?a=1&amp;b=2\" width=\"1\" height=\"2\" style=\"height: auto;\" alt=\"An [x] *y*\"></div>".into(),
        "<p>{{ first_name | fallback: \"there\" }} <a href=\"https://x/?a=1&amp;b=(2)\" target=\"_blank\" class=\"intercom-content-link\">li*nk</a> <code>a`b</code></p>".into(),
        "<p>[x]: http://y</p><p>a\n===</p><p>a\n---</p><p>| a | b |\n|---|---|\n| c | d |</p>".into(),
        "<p>a\rb</p><p>\u{1b}[31m</p><p>a\u{200b}b\u{0}</p>".into(),
        "loose <b>x".into(),
        "<p>AT&T &amp; &copy; &#39;x&#39; a & b</p>".into(),
        "<p>`a` \\ \\* C:\\x <!-- c --></p>".into(),
    ];
    let demo: serde_json::Value =
        serde_json::from_str(include_str!("../../../assets/demo/articles.json")).unwrap();
    fn bodies(v: &serde_json::Value, all: &mut Vec<String>) {
        match v {
            serde_json::Value::Array(a) => a.iter().for_each(|v| bodies(v, all)),
            serde_json::Value::Object(o) => o.iter().for_each(|(k, v)| {
                if k == "body" {
                    if let Some(s) = v.as_str() {
                        all.push(s.to_owned())
                    }
                } else {
                    bodies(v, all)
                }
            }),
            _ => {}
        }
    }
    bodies(&demo, &mut all);
    for html in &all {
        let page = Page::of(html);
        println!("{html}\n----\n{}\n======", page.text());
        assert_eq!(page.html(&format!("{}\n\n", page.text())), *html);
        // every block through conversion
        for (n, block) in crate::domain::html::blocks_raw(html).iter().enumerate() {
            let lines = page.lines_of_block(n).unwrap();
            let text = page.text().split('\n').collect::<Vec<_>>()[lines].join("\n");
            let back = super::trial::html(&text, Some(block), &super::Shelf::default());
            if back != *block {
                println!("DIFF {block:?}\n  -> {back:?}");
            }
        }
    }
}

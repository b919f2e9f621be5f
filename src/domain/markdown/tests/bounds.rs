//! Depth and length are no danger.

use super::super::Page;
use crate::domain::html::blocks_raw;

#[test]
fn depth_is_no_danger() {
    for tag in ["div", "b", "u", "blockquote", "p", "ul><li", "a href=x", "li", "pre"] {
        for depth in [10, 30, 100, 5_000] {
            let name = tag.split(['>', ' ']).next().unwrap();
            for before in ["", "<p>", "<ul><li>"] {
                let html = format!(
                    "{before}{}x{}",
                    format!("<{tag}>").repeat(depth),
                    format!("</{name}>").repeat(depth)
                );
                let page = Page::of(&html);
                assert_eq!(page.html(&format!("{}\n", page.text())), html);
                assert!(page.html(&page.text().replace('x', "y")).contains('y'));
            }
        }
    }
}

#[test]
fn a_hundred_thousand_nested_elements_are_one_block() {
    let html = format!("{}x{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let page = Page::of(&html);
    assert_eq!((page.lines_of_block(0), page.lines_of_block(1)), (Some(0..3), None));
    let text = page.text().replacen('x', "changed", 1);
    assert_eq!(page.html(&text), html.replacen('x', "changed", 1));
}

#[test]
fn typed_depth_is_no_danger() {
    for typed in [
        "> ",
        "- ",
        "*a **b ",
        "[",
        "![",
        "<u>",
        "`",
        "(",
        "\\",
        "&",
        "_",
        "1. ",
        "```html\n",
        "<!-- ",
        "[a](",
        "<",
    ] {
        let text = typed.repeat(2_000) + "x";
        let html = Page::of("<p>a</p>").html(&text);
        assert!(html.contains('x'), "{typed}");
        assert_eq!(blocks_raw(&html).concat(), html);
        let page = Page::of(&html);
        assert_eq!(page.html(&format!("{}\n", page.text())), html, "{typed}");
    }
}

#[test]
fn fences_that_nobody_closes_are_looked_through_once() {
    // Each of them would else look for its end in all of the text below.
    for typed in ["~~~x\n\n", "````x\n\n~~~x\n\n```x\n\n"] {
        for end in ["x", "````html\n<hr>"] {
            let text = typed.repeat(10_000) + end;
            let html = Page::of("").html(&text);
            assert_eq!(html.matches("<pre>").count(), typed.matches('x').count() * 10_000, "{typed} {end}");
        }
    }
}

#[test]
fn a_long_body_in_another_order_is_the_same_blocks() {
    let block = |number: usize| format!("<p id=\"p{number}\">Words number {number}</p>");
    let html: String = (0..3_000).map(block).collect();
    let page = Page::of(&html);
    let turned: Vec<_> = page.text().split("\n\n").collect::<Vec<_>>().into_iter().rev().collect();
    let expected: String = (0..3_000).rev().map(block).collect();
    assert_eq!(page.html(&turned.join("\n\n")), expected);
    let replaced = page.text().replace("Words", "Other");
    assert_eq!(page.html(&replaced), html.replace("Words", "Other"));
}

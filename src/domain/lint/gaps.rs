//! Blanks between two blocks, of which Intercom makes empty paragraphs; not at the ends of a body, and not where no
//! paragraph can stand: between the items of a list and the parts of a table.

use std::ops::Range;

/// Watches what passes by, and says which blanks stood between blocks.
#[derive(Default)]
pub(super) struct Gaps {
    /// The tag before the blanks; none at the beginning and after words.
    before: Option<Edge>,
    blanks: Vec<Range<usize>>,
    /// How deep in preformatted text one is, where blanks are content.
    code: usize,
}

#[derive(Clone, Copy)]
struct Edge {
    block: bool,
    /// Whether nothing but an item, a row or a cell can follow.
    within: bool,
}

/// Whether a text is nothing but what HTML takes for blank.
pub(super) fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_whitespace())
}

impl Gaps {
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        if !is_blank(text) {
            self.blanks.clear();
            self.before = None;
        } else if self.code == 0 && self.before.is_some_and(|edge| edge.block) {
            self.blanks.push(range);
        }
    }

    /// A start tag; the blanks that turned out to stand between blocks.
    pub(super) fn open(&mut self, name: &str, block: bool) -> Vec<Range<usize>> {
        let ends = matches!(name, "li" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th");
        let within = matches!(name, "ul" | "ol" | "table" | "thead" | "tbody" | "tfoot" | "tr");
        let found = self.edge(block, ends, within);
        self.code += usize::from(name == "pre");
        found
    }

    /// An end tag, likewise.
    pub(super) fn close(&mut self, name: &str, block: bool) -> Vec<Range<usize>> {
        let ends = matches!(name, "ul" | "ol" | "table" | "thead" | "tbody" | "tfoot" | "tr");
        let within = matches!(name, "li" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th");
        self.code = self.code.saturating_sub(usize::from(name == "pre"));
        self.edge(block, ends, within)
    }

    fn edge(&mut self, block: bool, ends: bool, within: bool) -> Vec<Range<usize>> {
        let between = block && !ends && self.before.is_some_and(|before| before.block && !before.within);
        self.before = Some(Edge { block, within });
        let blanks = std::mem::take(&mut self.blanks);
        if between { blanks } else { Vec::new() }
    }
}

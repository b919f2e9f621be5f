//! The part of a wide table's line that is seen: so many cells from so many cells on. A character of two cells that is
//! cut by an edge is a blank there, so that columns stay where they are.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::domain::text::{grapheme_width, width};

use super::line::{Line, Span};

/// `line` through a window of `cells` cells that begins `from` cells into it. The first `fixed` cells stay where they
/// are, before the window.
pub(super) fn window(line: &Line, fixed: usize, from: usize, cells: usize) -> Line {
    let mut window = Window { from: fixed + from, to: fixed + from + cells, at: 0 };
    let mut spans = Vec::with_capacity(line.spans.len());
    let mut left = fixed;
    for span in &line.spans {
        let wide = width(&span.text);
        // What is around a table is spans of its own: a margin never shares one with the words behind it.
        if left > 0 && wide <= left {
            left -= wide;
            window.at += wide;
            spans.push(span.clone());
            continue;
        }
        let text = window.part(&span.text, wide);
        if !text.is_empty() {
            spans.push(Span { text, ..span.clone() });
        }
        if window.at >= window.to {
            break;
        }
    }
    Line { spans, wide: line.wide, ..Line::default() }
}

struct Window {
    from: usize,
    to: usize,
    /// Cells read.
    at: usize,
}

impl Window {
    /// What is seen of a text that begins where reading stands.
    fn part(&mut self, text: &str, wide: usize) -> String {
        if self.at + wide <= self.from {
            self.at += wide;
            return String::new();
        }
        let mut seen = String::new();
        if text.chars().all(|character| matches!(character, ' '..='~' | '─'..='╿')) {
            let skipped = self.from.saturating_sub(self.at);
            let kept = self.to.saturating_sub(self.at.max(self.from));
            seen.extend(text.chars().skip(skipped).take(kept));
            self.at += wide;
            return seen;
        }
        for grapheme in text.graphemes(true) {
            let (start, end) = (self.at, self.at + grapheme_width(grapheme));
            self.at = end;
            if start >= self.from && end <= self.to && (end > start || start > self.from) {
                seen.push_str(grapheme);
            } else {
                let cut = end.min(self.to).saturating_sub(start.max(self.from));
                seen.extend(std::iter::repeat_n(' ', cut));
            }
        }
        seen
    }
}

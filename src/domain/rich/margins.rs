//! What stands at the left of every line of a container: bars, bullets, indents.

use super::line::{Line, Look, Span};

/// A container's left margin.
pub(super) struct Margin {
    /// What the first line has.
    first: Option<String>,
    /// What the other lines have.
    rest: String,
    look: Look,
    cells: usize,
}

impl Margin {
    /// The same on every line; `text` is `cells` wide.
    pub(super) fn bar(text: &str, look: Look, cells: usize) -> Self {
        Self { first: None, rest: text.to_owned(), look, cells }
    }

    /// `text` on the first line and blanks below it.
    pub(super) fn bullet(text: String, look: Look, cells: usize) -> Self {
        Self { first: Some(text), rest: " ".repeat(cells), look, cells }
    }
}

/// The margins of all containers around a line, outermost first.
pub(super) struct Margins {
    stack: Vec<Margin>,
    width: usize,
    taken: usize,
}

impl Margins {
    pub(super) fn new(width: usize) -> Self {
        Self { stack: Vec::new(), width, taken: 0 }
    }

    /// The cells of a whole line.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The cells that margins take.
    pub(super) fn taken(&self) -> usize {
        self.taken
    }

    /// The cells left for words.
    pub(super) fn room(&self) -> usize {
        self.width - self.taken
    }

    /// Adds a margin; one that would leave fewer than `least` cells is not drawn.
    pub(super) fn push(&mut self, mut margin: Margin, least: usize) {
        if margin.cells + least > self.room() {
            margin = Margin::bar("", Look::default(), 0);
        }
        self.taken += margin.cells;
        self.stack.push(margin);
    }

    /// Removes the innermost margin.
    pub(super) fn pop(&mut self) {
        if let Some(margin) = self.stack.pop() {
            self.taken -= margin.cells;
        }
    }

    /// Whether the innermost margin has written no line yet.
    pub(super) fn waiting(&self) -> bool {
        self.stack.last().is_some_and(|margin| margin.first.is_some())
    }

    /// A line with its margins.
    pub(super) fn line(&mut self, words: Vec<Span>) -> Line {
        if self.stack.is_empty() {
            let mut spans = words;
            trim(&mut spans);
            return Line { spans, ..Line::default() };
        }
        let mut spans: Vec<Span> = Vec::with_capacity(1 + words.len());
        for Margin { first, rest, look, .. } in &mut self.stack {
            let first = first.take();
            let text = first.as_deref().unwrap_or(rest);
            // Deep nesting must not cost a span per level.
            match spans.last_mut() {
                _ if text.is_empty() => {}
                Some(last) if look.fits(last) => last.text.push_str(text),
                _ => spans.push(look.span(text)),
            }
        }
        let margin = spans.iter().map(|span| span.text.len()).sum();
        spans.extend(words);
        trim(&mut spans);
        Line { spans, margin, ..Line::default() }
    }
}

/// Removes the blanks that end a line.
fn trim(spans: &mut Vec<Span>) {
    while let Some(last) = spans.last_mut() {
        last.text.truncate(last.text.trim_end_matches(' ').len());
        if !last.text.is_empty() {
            return;
        }
        spans.pop();
    }
}

//! Documents laid out as lines for a width in cells: what each span means, not which colour it has.
//!
//! No line is wider than asked, whatever the document; text is clean because the document's is. Layout is linear in
//! the document's length. This module refuses to know themes, scrolling and terminals.

mod cards;
mod fill;
mod layout;
mod line;
mod lists;
mod margins;
mod tables;
#[cfg(test)]
mod tests;

use crate::domain::html::Document;

pub(crate) use fill::Fill;
pub(crate) use line::Look;
pub use line::{Line, Span, Tone};
#[cfg(test)]
pub(crate) use tests::markup;

/// Lays `document` out in `width` cells. `fold_history` shows the quoted history of e-mails as one dim line each.
/// Nothing fits in no cells: width 0 gives no lines.
pub fn flow(document: &Document, width: u16, fold_history: bool) -> Vec<Line> {
    layout::document(document, usize::from(width), fold_history)
}

/// The addresses of `document`'s links by number, one or more lines each, for reading beside the text.
pub fn targets(document: &Document, width: u16) -> Vec<Line> {
    layout::targets(document, usize::from(width))
}

/// Wraps clean text at words, and long words at graphemes, into lines of at most `width` cells. Line feeds and the
/// blanks that begin a line are kept; width 0 gives no lines.
pub fn wrap(text: &str, width: u16) -> Vec<String> {
    if width == 0 {
        return Vec::new();
    }
    let mut fill = Fill::new(usize::from(width));
    fill.text(text, Look::default());
    fill.finish().into_iter().map(|spans| spans.into_iter().map(|span| span.text).collect()).collect()
}

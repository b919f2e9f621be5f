//! Documents laid out as lines for a width in cells: what each span means, not which colour it has.
//!
//! No line is wider than asked, whatever the document, but those of tables in a [`Flow`], which say so; text is clean
//! because the document's is. Layout is linear in
//! the document's length. This module refuses to know themes, scrolling and terminals.

mod cards;
mod fill;
mod finding;
mod flow;
mod layout;
mod line;
mod lists;
mod margins;
mod tables;
#[cfg(test)]
mod tests;
mod window;

use crate::domain::html::Document;

pub(crate) use fill::Fill;
pub use finding::{Found, Needle, Searched};
pub use flow::{Flow, Heading, Table};
pub(crate) use line::Look;
pub use line::{Joint, Line, Span, Tone, Wide};
#[cfg(test)]
pub(crate) use tests::markup;

/// Lays `document` out in `width` cells. `fold_history` shows the quoted history of e-mails as one dim line each.
/// Nothing fits in no cells: width 0 gives no lines.
pub fn flow(document: &Document, width: u16, fold_history: bool) -> Vec<Line> {
    layout::document(document, usize::from(width), fold_history)
}

/// The addresses of `document`'s links by number, one or more lines each, for reading beside the text.
pub fn targets(document: &Document, width: u16) -> Vec<Line> {
    layout::targets(&document.links, usize::from(width))
}

/// A line of a wide table as it is seen when the table's window begins `from` cells into it, in as many cells as the
/// window has.
pub fn window(line: &Line, table: &Table, from: usize) -> Line {
    let fixed = line.wide.map_or(0, |wide| wide.fixed);
    window::window(line, fixed, from, table.room)
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

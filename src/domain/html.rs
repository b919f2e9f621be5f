//! HTML bodies (articles, conversation parts, any e-mail) as a tree of blocks, as plain words, and as source slices.
//!
//! Intercom advises readers of its bodies to cope with any HTML. So this module accepts every input, never panics,
//! costs linear time, keeps no state per nesting level beyond a fixed depth, and passes every piece of text through
//! [`Clean`](crate::domain::text::Clean) after decoding it: `&#27;` is as hostile as the character itself.
//! It shows rather than hides: what it does not know becomes a paragraph. It refuses to lay out or colour.

mod attributes;
mod build;
mod cards;
mod document;
mod entities;
mod history;
mod holders;
mod inlines;
pub(crate) mod marks;
mod names;
mod numbers;
mod open;
mod paragraphs;
mod reading;
mod scan;
mod source;
mod split;
mod tags;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use cards::target;
pub use cards::{is_film_frame, is_web_picture};
pub use document::{Block, Card, CardKind, Colour, Document, Inline, Style, Target};
pub(crate) use inlines::plain;
pub(crate) use numbers::{may_have_links, number_after};
pub use reading::Reading;
pub(crate) use source::{Nature, Piece, PieceKind, decoded, decoded_value, pieces};
pub use split::{blocks_raw, rows_raw};
pub use words::words;

/// Reads any HTML into blocks and numbered links.
pub fn parse(html: &str) -> Document {
    reading::whole(html)
}

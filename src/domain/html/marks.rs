//! A body's tags and texts as they are written, in order: for those who judge the source, not what it shows. Every byte is
//! in exactly one mark; any input is taken, in linear time.

use std::borrow::Cow;
use std::ops::Range;

use super::scan::{Kind, Scan};
use super::tags::Tag;

/// A piece of the source.
pub(crate) struct Mark<'html> {
    /// Where it stands, in bytes.
    pub(crate) range: Range<usize>,
    /// What it is.
    pub(crate) what: What<'html>,
}

/// What a piece of the source is.
#[derive(Clone, Copy)]
pub(crate) enum What<'html> {
    /// Text, character references as written.
    Text(&'html str),
    /// A start tag; of elements whose content is no markup (`script`, `iframe`), the whole element.
    Open {
        /// The element's name as written.
        name: &'html str,
        /// What stands between the name and the `>`.
        attributes: &'html str,
        /// Whether it stands on lines of its own.
        block: bool,
        /// Whether it has no end tag of its own.
        void: bool,
    },
    /// An end tag.
    Close {
        /// The element's name as written.
        name: &'html str,
        /// Whether it stands on lines of its own.
        block: bool,
    },
    /// A comment or a document type.
    Nothing,
}

/// The pieces of a source, in order.
pub(crate) fn marks(html: &str) -> impl Iterator<Item = Mark<'_>> {
    let mut at = 0;
    Scan::new(html).map(move |token| {
        let range = std::mem::replace(&mut at, token.end)..token.end;
        Mark { range, what: what(token.kind) }
    })
}

fn what(kind: Kind<'_>) -> What<'_> {
    let block = |tag: Tag| tag.block() || tag == Tag::Frame;
    match kind {
        Kind::Text(text) => What::Text(text),
        Kind::Start { tag, name, attributes } => {
            What::Open { name, attributes, block: block(tag), void: tag.void() }
        }
        Kind::End { tag, name } => What::Close { name, block: block(tag) },
        Kind::Nothing => What::Nothing,
    }
}

/// The decoded value of the first attribute of this name (lower case).
pub(crate) fn attribute<'html>(attributes: &'html str, name: &str) -> Option<Cow<'html, str>> {
    super::attributes::value(attributes, name)
}

/// Whether a source begins with an end tag or with the start of a block, so that no words can meet what stands before it.
pub(crate) fn begins_apart(rest: &str) -> bool {
    let Some(inside) = rest.strip_prefix('<') else { return rest.is_empty() };
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
    inside.starts_with('/') || Tag::of(&inside[..end]).block()
}

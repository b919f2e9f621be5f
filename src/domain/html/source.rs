//! The source of a body cut into tags and text, for those who must put the same bytes together again.

use std::borrow::Cow;

use super::entities::{decode, decode_attribute};
use super::scan::{Kind, Scan};
use super::tags::Tag;

/// One piece of a body. The sources of all pieces, joined, are the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece<'html> {
    /// What it is.
    pub(crate) kind: PieceKind<'html>,
    /// Its bytes as written.
    pub(crate) source: &'html str,
}

/// What a piece of a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PieceKind<'html> {
    /// Text, its character references not decoded.
    Text,
    /// A start tag, or a whole element whose content is no markup.
    Start {
        /// The element's name as written.
        name: &'html str,
        /// Everything between the name and the closing bracket.
        attributes: &'html str,
        /// How the element behaves.
        nature: Nature,
    },
    /// An end tag.
    End {
        /// The element's name as written.
        name: &'html str,
    },
    /// A comment or the like.
    Other,
}

/// How an element behaves in the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nature {
    /// It begins and ends a line of its own.
    Block,
    /// It stands within a line and has an end tag.
    Inline,
    /// It stands within a line and has no content.
    Void,
    /// Its content is no text of the body: frames, films, scripts.
    Opaque,
}

impl Nature {
    fn of(tag: Tag) -> Self {
        if tag.raw_content() || tag == Tag::Media {
            Self::Opaque
        } else if tag.block() {
            Self::Block
        } else if tag.void() {
            Self::Void
        } else {
            Self::Inline
        }
    }
}

/// The pieces of `html`, in order.
pub(crate) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    Scan::new(html).map(move |token| {
        let source = &html[at..token.end];
        at = token.end;
        let kind = match token.kind {
            Kind::Text(_) => PieceKind::Text,
            Kind::Start { tag, name, attributes } => {
                PieceKind::Start { name, attributes, nature: Nature::of(tag) }
            }
            Kind::End { name, .. } => PieceKind::End { name },
            Kind::Nothing => PieceKind::Other,
        };
        Piece { kind, source }
    })
}

/// A text's words with their character references decoded; unknown references stay as they are.
pub(crate) fn decoded(text: &str) -> Cow<'_, str> {
    decode(text)
}

/// An attribute's value decoded.
pub(crate) fn decoded_value(value: &str) -> Cow<'_, str> {
    decode_attribute(value)
}

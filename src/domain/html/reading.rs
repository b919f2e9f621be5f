//! A body read piece by piece: as much as is looked at first, the rest when there is time. In whatever pieces it is read,
//! the same blocks and numbers come out.

use super::build::Builder;
use super::document::{Block, Document, Target};
use super::history;
use super::holders::{Holder, Kind};
use super::scan::Scan;

/// A reading under way.
///
/// It gives the blocks as they stand in the source: unlike [`parse`](super::parse) it does not guess which words of an
/// e-mail are its history, because that takes the whole.
pub struct Reading {
    html: Box<str>,
    mark: super::scan::Mark,
    builder: Builder,
    document: Holder,
    is_done: bool,
}

impl std::fmt::Debug for Reading {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Reading({} of {} bytes)", self.mark.at, self.html.len())
    }
}

impl Reading {
    /// A reading of `html` that has not begun.
    pub fn of(html: &str) -> Self {
        Self {
            mark: Scan::new(html).mark(),
            html: html.into(),
            builder: Builder::new(),
            document: Holder::new(Kind::Plain),
            is_done: false,
        }
    }

    /// Reads about `bytes` more of the source, at least one piece of it, and gives the top-level blocks that became
    /// complete, in order. Nothing more comes once the reading is done.
    pub fn read_on(&mut self, bytes: usize) -> Vec<Block> {
        if self.is_done {
            return Vec::new();
        }
        let until = self.mark.at.saturating_add(bytes);
        let mut scan = Scan::resumed(&self.html, self.mark);
        for token in scan.by_ref() {
            self.builder.token(&self.html, token, &mut self.document);
            if token.end >= until {
                break;
            }
        }
        self.mark = scan.mark();
        if self.mark.at >= self.html.len() {
            self.builder.finish(&mut self.document);
            self.is_done = true;
        }
        self.document.take_blocks()
    }

    /// Whether everything was read.
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// Bytes of the source that were read, and bytes in all.
    pub fn progress(&self) -> (usize, usize) {
        (self.mark.at, self.html.len())
    }

    /// The addresses of the links met so far; link number `n` is at `n - 1`. The last may still miss some of its words.
    pub fn links(&self) -> &[Target] {
        &self.builder.links
    }

    /// The addresses, when the blocks are no longer needed.
    pub fn into_links(self) -> Vec<Target> {
        self.builder.links
    }
}

/// Reads a whole body.
pub(super) fn whole(html: &str) -> Document {
    let (mut builder, mut document) = (Builder::new(), Holder::new(Kind::Plain));
    for token in Scan::new(html) {
        builder.token(html, token, &mut document);
    }
    builder.finish(&mut document);
    Document { blocks: history::folded(document.take_blocks()), links: builder.links }
}

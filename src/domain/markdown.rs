//! A body as a person edits it: Markdown for every top-level block that can be said in Markdown and comes back the same, a fenced block of
//! HTML for every other. Blocks that nobody touched go back byte for byte. Refuses cursors, files and the screen.
//!
//! Every block is tried: its Markdown is shown only if that Markdown, turned back into HTML with the block as its origin, gives
//! the block again, or an equal that loses nothing (`same` lists them). What changed is dressed as its origin was: classes, ids,
//! sizes and the attributes of links and pictures that are still there stay.

mod addressed;
mod align;
mod chunks;
mod escape;
mod events;
mod inline;
mod origin;
mod render;
mod same;
mod spelling;
mod tags;
#[cfg(test)]
mod tests;
mod trial;
mod writer;
mod written;

use std::borrow::Cow;
use std::ops::Range;

use crate::domain::html::blocks_raw;
use addressed::Shelf;
use align::{From, align};
pub use chunks::opens_html;
use chunks::{Chunk, chunks};
pub(crate) use chunks::{code_span, fence};
pub use written::{Place, Written};

/// A body and its text in Markdown. The text and nothing else is edited; the body that it stands for is computed from both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    html: String,
    text: String,
    /// Bytes of the body; one for each chunk.
    blocks: Vec<Range<usize>>,
    chunks: Vec<Chunk>,
}

impl Page {
    /// A body as text to edit. Linear in its length.
    pub fn of(html: &str) -> Self {
        let blocks = blocks_raw(html);
        let texts = trial::texts(&blocks);
        let mut text = texts.join("\n\n");
        let mut chunks = chunks(&text);
        if !chunks.iter().map(|chunk| &text[chunk.bytes.clone()]).eq(texts.iter().map(|text| &**text)) {
            // Chunks that would run together do not occur; if they did, nothing would be shown but sources.
            let fences: Vec<_> = blocks.iter().map(|block| trial::fenced(block)).collect();
            text = fences.join("\n\n");
            chunks = self::chunks::chunks(&text);
        }
        let start = html.as_ptr() as usize;
        let range = |block: &&str| {
            let at = block.as_ptr() as usize - start;
            at..at + block.len()
        };
        Self { blocks: blocks.iter().map(range).collect(), html: html.to_owned(), text, chunks }
    }

    /// Takes the text that another version of this program made of the same body for the one before anybody typed, so
    /// that a block counts as touched only where it differs from that. Nothing happens where that text has not one chunk
    /// for each block.
    pub fn read_as(&mut self, text: &str) {
        let chunks = chunks(text);
        if text != self.text && chunks.len() == self.blocks.len() {
            (self.text, self.chunks) = (text.to_owned(), chunks);
        }
    }

    /// The text as it is before anybody typed. It has no carriage returns and does not end with a line feed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The body that an edited text stands for: the bytes of the original for every block whose text is as before, wherever
    /// it stands now; new HTML for all others.
    pub fn html(&self, text: &str) -> String {
        self.write(text).into_html()
    }

    /// The same body, and which lines of the text stand for which bytes of it.
    pub fn write(&self, text: &str) -> Written {
        let text = unix(text);
        let new = chunks(&text);
        let old_texts: Vec<_> = self.chunks.iter().map(|chunk| &self.text[chunk.bytes.clone()]).collect();
        let new_texts: Vec<_> = new.iter().map(|chunk| &text[chunk.bytes.clone()]).collect();
        let addresses = Shelf::of(&self.html);
        let mut written = Written::default();
        for ((chunk, words), from) in new.iter().zip(&new_texts).zip(align(&old_texts, &new_texts)) {
            let (source, origin): (Cow<'_, str>, _) = match from {
                From::Same(old) => (self.block(old).into(), Some(old)),
                From::Changed(old) => {
                    (trial::html(words, Some(self.block(old)), &addresses).into(), Some(old))
                }
                From::New => (trial::html(words, None, &addresses).into(), None),
            };
            written.push(&source, chunk.lines.clone(), origin, matches!(from, From::Same(_)));
        }
        written
    }

    /// The lines of the unedited text that show a top-level block; both counted from 0.
    pub fn lines_of_block(&self, block: usize) -> Option<Range<usize>> {
        self.chunks.get(block).map(|chunk| chunk.lines.clone())
    }

    fn block(&self, number: usize) -> &str {
        self.blocks.get(number).and_then(|bytes| self.html.get(bytes.clone())).unwrap_or("")
    }
}

/// A text whose lines end with a line feed alone.
fn unix(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

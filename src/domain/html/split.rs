//! Splits a body's source into its top-level blocks, byte for byte.

use super::open::Open;
use super::scan::{Kind, Scan, Token};
use super::tags::Tag;

/// The top-level blocks of `html` as slices whose concatenation is exactly `html`.
///
/// Blanks and comments after a block belong to it; words that stand outside any block are a block of their own.
pub fn blocks_raw(html: &str) -> Vec<&str> {
    let mut split = Split { html, open: Open::new(), start: 0, state: State::Between, blocks: Vec::new() };
    for token in Scan::new(html) {
        split.token(token);
    }
    split.cut(html.len());
    split.blocks
}

/// What the slice being read holds so far, when nothing is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing, or blanks before the first block.
    Between,
    /// A block that is complete.
    Complete,
    /// Words outside any block.
    Words,
}

struct Split<'html> {
    html: &'html str,
    open: Open<()>,
    start: usize,
    state: State,
    blocks: Vec<&'html str>,
}

impl<'html> Split<'html> {
    fn token(&mut self, token: Token<'html>) {
        let at = token.start;
        match token.kind {
            Kind::Text(text) if self.open.len() == 0 => {
                if !text.bytes().all(|byte| byte.is_ascii_whitespace()) {
                    self.words(at);
                }
            }
            Kind::Start { tag, name, .. } => self.start(tag, name.len(), at),
            Kind::End { tag, name } => {
                if let Some(position) = self.open.closed_by(self.html, tag, name) {
                    self.close(position, tag);
                }
            }
            Kind::Text(_) | Kind::Nothing => {}
        }
    }

    fn start(&mut self, tag: Tag, name: usize, at: usize) {
        if (tag.block() || tag == Tag::Anchor)
            && let Some(position) = self.open.ended_by(tag)
        {
            self.close(position, tag);
        }
        if self.open.len() == 0 {
            if tag.block() || tag == Tag::Hidden {
                self.begin_block(at);
            } else {
                self.words(at);
            }
        }
        if !tag.void() {
            self.open.push(tag, at + 1..at + 1 + name, ());
        }
    }

    /// Closes elements from `position` on; the slice is complete once its block is closed.
    fn close(&mut self, position: usize, tag: Tag) {
        if !tag.block() && self.open.blocks_inside(position) {
            return;
        }
        while self.open.len() > position {
            self.open.pop();
        }
    }

    fn begin_block(&mut self, at: usize) {
        if self.state != State::Between {
            self.cut(at);
        }
        self.state = State::Complete;
    }

    fn words(&mut self, at: usize) {
        if self.state == State::Complete {
            self.cut(at);
        }
        self.state = State::Words;
    }

    fn cut(&mut self, at: usize) {
        if at > self.start {
            self.blocks.push(&self.html[self.start..at]);
        }
        self.start = at;
    }
}

/// The rows of one block's source: each begins after a line feed, or where a block begins after another has ended, so
/// that a list shows as its items. Their concatenation is exactly `block`.
pub fn rows_raw(block: &str) -> Vec<&str> {
    let mut cuts = Vec::new();
    let (mut at, mut ended) = (0, false);
    for token in Scan::new(block) {
        match token.kind {
            Kind::End { tag, .. } if tag.block() => ended = true,
            Kind::Start { tag, .. } => {
                if ended && tag.block() {
                    cuts.push(at);
                }
                ended = false;
            }
            Kind::Text(text) => ended &= text.bytes().all(|byte| byte.is_ascii_whitespace()),
            Kind::End { .. } | Kind::Nothing => {}
        }
        let feeds = block[at..token.end].bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        cuts.extend(feeds.map(|(feed, _)| at + feed + 1));
        at = token.end;
    }
    cuts.push(block.len());
    let mut start = 0;
    let rows = cuts.into_iter().map(|end| &block[std::mem::replace(&mut start, end)..end]);
    rows.filter(|row| !row.is_empty()).collect()
}

//! What changed between two HTML bodies, for a reviewer: as source, or as the words a reader sees.
//!
//! The review never lies: the pieces of one side, put together, are that side's whole text with invisible characters
//! spelt out. Bodies are compared by rows (a block, a list's item, a source line), then by words inside changed rows.
//! There is no clock here: what would take long is bounded by counting, and shown as replaced whole.

mod blocks;
mod common;
mod compare;
mod hidden;
mod rendered;
mod signs;
#[cfg(test)]
mod tests;
mod tokens;
mod wrapping;

use std::ops::Range;

use crate::domain::html::rows_raw;
use crate::domain::text::reveal;

pub use blocks::{BlockChange, block_changes, taken_back};
pub use wrapping::wrap_row;

/// Stands at the end of a source row where the source has a line feed: between blocks Intercom makes a paragraph of it.
pub const LINE_FEED: char = '⏎';

/// Whether something is in both bodies, in the new one or in the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// In both.
    Same,
    /// In the new body only.
    Added,
    /// In the old body only.
    Removed,
}

/// A part of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Safe to show, never empty.
    pub text: String,
    /// A removed row has no added pieces, an added row no removed ones, a same row neither.
    pub change: Change,
}

/// A row of one body, or of both where they agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which of the diff's changes it belongs to, from 0; none for a row of an unchanged block and for what is no body.
    pub of: Option<usize>,
    /// The row's text, in order.
    pub pieces: Vec<Piece>,
    /// Whether the row is in both, or one side of a change.
    pub kind: Change,
}

/// Unchanged blocks that are no rows, because they are far from any change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Before which row they stand; the number of rows where they stand at the end.
    pub at: usize,
    /// Their positions in the new body.
    pub blocks: Range<usize>,
}

/// What lies between two ranges of rows worth showing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Rows.
    pub rows: usize,
    /// Blocks that are no rows.
    pub blocks: usize,
}

/// All rows of two bodies, but for long unchanged parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// In reading order; in a change the old rows stand before the new rows that replace them.
    pub rows: Vec<Row>,
    /// What is no row, from top to bottom.
    pub gaps: Vec<Gap>,
    /// The changes of blocks that rows belong to, from top to bottom.
    pub changes: Vec<BlockChange>,
    /// Words outside tags that only the new body has.
    pub added_words: usize,
    /// Words outside tags that only the old body has.
    pub removed_words: usize,
    /// Top-level blocks whose rows differ: in the old or in the new body, whichever are more.
    pub changed_blocks: usize,
    /// Top-level blocks whose source differs and whose rows do not, counted likewise.
    pub silent_blocks: usize,
}

impl Diff {
    /// Whether both bodies show the same.
    pub fn is_empty(&self) -> bool {
        self.rows.iter().all(|row| row.kind == Change::Same)
    }

    /// The ranges of rows worth showing: all changes with `context` rows around them. What lies between two ranges is
    /// the same in both bodies.
    pub fn hunks(&self, context: usize) -> Vec<Range<usize>> {
        let mut hunks: Vec<Range<usize>> = Vec::new();
        let mut gaps = self.gaps.iter().map(|gap| gap.at).peekable();
        let mut above = 0;
        let changed = self.rows.iter().enumerate().filter(|(_, row)| row.kind != Change::Same);
        for (position, _) in changed {
            while let Some(gap) = gaps.next_if(|gap| *gap <= position) {
                above = gap;
            }
            let below = gaps.peek().map_or(self.rows.len(), |gap| *gap);
            let start = position.saturating_sub(context).max(above);
            let end = position.saturating_add(context).saturating_add(1).min(below);
            match hunks.last_mut() {
                Some(last) if start <= last.end && above < last.end => last.end = end,
                _ => hunks.push(start..end),
            }
        }
        hunks
    }

    /// What is not shown where only the rows before `from` and those from `to` on are.
    pub fn left_out(&self, from: usize, to: usize) -> LeftOut {
        let gaps = self.gaps.iter().filter(|gap| (from..=to).contains(&gap.at));
        LeftOut { rows: to.saturating_sub(from), blocks: gaps.map(|gap| gap.blocks.len()).sum() }
    }
}

/// Compares the sources of two bodies.
pub fn source(old: &str, new: &str) -> Diff {
    compare::bodies(old, new, source_units, None)
}

/// Compares two texts that are no HTML, such as titles, line by line.
pub fn plain(old: &str, new: &str) -> Diff {
    let lines = |text: &str| -> Vec<Unit> {
        let line = |line: &str| match line.strip_suffix('\n') {
            Some(line) => format!("{}{LINE_FEED}", reveal(line)),
            None => reveal(line),
        };
        text.split_inclusive('\n').map(|text| Unit::plain(line(text))).collect()
    };
    compare::units(&lines(old), &lines(new))
}

/// Compares what readers see of two bodies: words, link addresses, list signs, heading levels; not the signatures in
/// addresses of pictures. Items that only got another number are the same. Where the style of words changed, the rows have marks
/// for it: `**`, `_` and the like. A sign that stands for what HTML does is never the same as one that somebody wrote: `###` of a
/// heading is not `###` in a paragraph.
pub fn words(old: &str, new: &str) -> Diff {
    compare::bodies(old, new, rendered::units, Some(rendered::CLOSER))
}

/// Whether two bodies read alike: the same words and link addresses in the same order. Signs do not count: heading levels,
/// bullets, the numbers of items.
pub fn reads_alike(old: &str, new: &str) -> bool {
    let unnumbered = |html: &str| -> Vec<Unit> {
        let plain = |unit: Unit| Unit { text: unit.unnumbered.unwrap_or(unit.text), unnumbered: None };
        rendered::read(html).into_iter().map(plain).collect()
    };
    let diff = compare::units(&unnumbered(old), &unnumbered(new));
    let is_sign = |piece: &Piece| piece.change == Change::Same || !piece.text.contains(char::is_alphanumeric);
    diff.rows.iter().flat_map(|row| &row.pieces).all(is_sign)
}

/// A row before it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Unit {
    text: String,
    /// The text with `#` for the numbers of items, where it has any: an item more changes all numbers below it.
    unnumbered: Option<String>,
}

impl Unit {
    fn plain(text: String) -> Self {
        Self { text, unnumbered: None }
    }

    /// What it is held against others by.
    fn key(&self) -> &str {
        self.unnumbered.as_deref().unwrap_or(&self.text)
    }
}

fn source_units(block: &str) -> Vec<Unit> {
    let text = |row: &str| match row.strip_suffix('\n') {
        Some(line) => format!("{}{LINE_FEED}", reveal(line)),
        None => reveal(row),
    };
    rows_raw(block).into_iter().map(|row| Unit::plain(text(row))).collect()
}

//! What changed between two HTML bodies, for a reviewer: as source, or as the words a reader sees.
//!
//! The review never lies: the pieces of one side, put together, are that side's whole text with invisible characters
//! spelt out. Bodies are compared by rows (a block, a list's item, a source line), then by words inside changed rows.
//! There is no clock here: what would take long is bounded by counting, and shown as replaced whole.

mod compare;
mod rendered;
#[cfg(test)]
mod tests;
mod tokens;
mod wrapping;

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::domain::html::{blocks_raw, rows_raw};
use crate::domain::text::reveal;

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
    /// The row's number in the old body, from 1; none for an added row.
    pub old_line: Option<u32>,
    /// The row's number in the new body, from 1; none for a removed row.
    pub new_line: Option<u32>,
    /// The row's text, in order.
    pub pieces: Vec<Piece>,
    /// Whether the row is in both, or one side of a change.
    pub kind: Change,
}

/// All rows of two bodies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// In reading order; in a change the old rows stand before the new rows that replace them.
    pub rows: Vec<Row>,
    /// Words outside tags that only the new body has.
    pub added_words: usize,
    /// Words outside tags that only the old body has.
    pub removed_words: usize,
    /// Top-level blocks touched: in the old or in the new body, whichever are more.
    pub changed_blocks: usize,
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
        let changed = self.rows.iter().enumerate().filter(|(_, row)| row.kind != Change::Same);
        for (position, _) in changed {
            let start = position.saturating_sub(context);
            let end = position.saturating_add(context).saturating_add(1).min(self.rows.len());
            match hunks.last_mut() {
                Some(last) if start <= last.end => last.end = end,
                _ => hunks.push(start..end),
            }
        }
        hunks
    }
}

/// Compares the sources of two bodies.
pub fn source(old: &str, new: &str) -> Diff {
    compare::units(&source_units(old), &source_units(new))
}

/// How many top-level blocks differ in their source: in the old or in the new body, whichever are more. Much cheaper than
/// the whole comparison.
pub fn changed_blocks(old: &str, new: &str) -> usize {
    let (old, new) = (blocks_raw(old), blocks_raw(new));
    let (mut before, mut after) = (0, 0);
    for operation in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if !matches!(operation, DiffOp::Equal { .. }) {
            before += operation.old_range().len();
            after += operation.new_range().len();
        }
    }
    before.max(after)
}

/// Compares what readers see of two bodies: words, link addresses, list signs, heading levels; not fonts and not the
/// signatures in addresses of pictures. Items that only got another number are the same.
pub fn words(old: &str, new: &str) -> Diff {
    compare::units(&rendered::units(old), &rendered::units(new))
}

/// Whether two bodies read alike: the same words and link addresses in the same order. Signs do not count: heading levels,
/// bullets, the numbers of items.
pub fn reads_alike(old: &str, new: &str) -> bool {
    let unnumbered = |html: &str| -> Vec<Unit> {
        let plain =
            |unit: Unit| Unit { text: unit.unnumbered.unwrap_or(unit.text), unnumbered: None, ..unit };
        rendered::units(html).into_iter().map(plain).collect()
    };
    let diff = compare::units(&unnumbered(old), &unnumbered(new));
    let is_sign = |piece: &Piece| piece.change == Change::Same || !piece.text.contains(char::is_alphanumeric);
    diff.rows.iter().flat_map(|row| &row.pieces).all(is_sign)
}

/// A row before it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Unit {
    /// The position of its top-level block.
    block: usize,
    text: String,
    /// The text with `#` for the numbers of items, where it has any: an item more changes all numbers below it.
    unnumbered: Option<String>,
}

impl Unit {
    fn plain(block: usize, text: String) -> Self {
        Self { block, text, unnumbered: None }
    }

    /// What it is held against others by.
    fn key(&self) -> &str {
        self.unnumbered.as_deref().unwrap_or(&self.text)
    }
}

fn source_units(html: &str) -> Vec<Unit> {
    let mut units = Vec::new();
    for (block, source) in blocks_raw(html).into_iter().enumerate() {
        for row in rows_raw(source) {
            let text = match row.strip_suffix('\n') {
                Some(line) => format!("{}{LINE_FEED}", reveal(line)),
                None => reveal(row),
            };
            units.push(Unit::plain(block, text));
        }
    }
    units
}

//! Stand-in until the text branch is merged.
use std::ops::Range;
/// What happened to a piece or row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// Same.
    Same,
    /// Added.
    Added,
    /// Removed.
    Removed,
}
/// A piece of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Revealed text.
    pub text: String,
    /// What happened.
    pub change: Change,
}
/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Line in the old text.
    pub old_line: Option<u32>,
    /// Line in the new text.
    pub new_line: Option<u32>,
    /// Pieces.
    pub pieces: Vec<Piece>,
    /// Kind: Same, Added or Removed.
    pub kind: Change,
}
/// What changed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Diff {
    /// Rows.
    pub rows: Vec<Row>,
    /// Words added.
    pub added_words: usize,
    /// Words removed.
    pub removed_words: usize,
    /// Blocks changed.
    pub changed_blocks: usize,
}
impl Diff {
    /// Ranges of rows to show.
    pub fn hunks(&self, _context: usize) -> Vec<Range<usize>> {
        Vec::new()
    }
}
/// Wraps a row.
pub fn wrap_row(row: &Row, _width: u16) -> Vec<Vec<Piece>> {
    vec![row.pieces.clone()]
}
/// By source.
pub fn source(_old: &str, _new: &str) -> Diff {
    Diff::default()
}
/// By words.
pub fn words(_old: &str, _new: &str) -> Diff {
    Diff::default()
}

//! A document laid out block by block, as it is read: the first screen at once, the rest when there is time. In whatever
//! portions blocks come, the same lines come out.

use crate::domain::html::{Block, Target};
use crate::domain::text::Clean;

use super::layout::Layout;
use super::line::Line;

/// A heading and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The line it begins on, counted from 0.
    pub line: usize,
    /// 1 to 6.
    pub level: u8,
    /// Its words on one line.
    pub words: Clean,
}

/// A table that is wider than the text and is seen through a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its cells from edge to edge.
    pub width: usize,
    /// The cells of the window.
    pub room: usize,
    /// Where its columns begin, in cells from its left edge; the first is 0.
    pub columns: Vec<usize>,
}

impl Table {
    /// The farthest that its window can be moved, in cells.
    pub fn farthest(&self) -> usize {
        self.width.saturating_sub(self.room)
    }

    /// Where the window goes when it is moved by one column from `from`, to the right or to the left.
    pub fn moved(&self, from: usize, right: bool) -> usize {
        let stop = if right {
            self.columns.iter().find(|column| **column > from)
        } else {
            self.columns.iter().rfind(|column| **column < from)
        };
        let end = if right { self.farthest() } else { 0 };
        stop.copied().unwrap_or(end).min(self.farthest())
    }
}

/// Lines being added to.
pub struct Flow {
    layout: Layout,
    /// Where each top-level block begins.
    starts: Vec<usize>,
    width: usize,
}

impl std::fmt::Debug for Flow {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Flow({} lines of {} cells)", self.layout.lines.len(), self.width)
    }
}

impl Flow {
    /// Goes on below `above`, in `width` cells. Only tables can be wider; their lines say so. Nothing fits in no cells:
    /// width 0 gives no lines.
    pub fn below(above: Vec<Line>, width: u16) -> Self {
        let width = usize::from(width);
        let mut layout = Layout::new(width.max(1), false);
        layout.may_widen = true;
        layout.lines = above;
        Self { layout, starts: Vec::new(), width }
    }

    /// Lays out the next top-level blocks.
    pub fn add(&mut self, blocks: &[Block]) {
        if self.width == 0 {
            return;
        }
        for block in blocks {
            if !self.starts.is_empty() {
                self.layout.lines.push(Line::default());
            }
            self.starts.push(self.layout.lines.len());
            self.layout.block(block);
        }
    }

    /// Adds lines of one's own.
    pub fn add_lines(&mut self, lines: impl IntoIterator<Item = Line>) {
        self.layout.lines.extend(lines);
    }

    /// Adds the addresses of links, by number.
    pub fn add_targets(&mut self, links: &[Target]) {
        if self.width > 0 {
            self.layout.targets(links);
        }
    }

    /// The lines so far.
    pub fn lines(&self) -> &[Line] {
        &self.layout.lines
    }

    /// The headings so far, in order.
    pub fn headings(&self) -> &[Heading] {
        &self.layout.headings
    }

    /// The tables so far that are wider than the text.
    pub fn tables(&self) -> &[Table] {
        &self.layout.tables
    }

    /// Which top-level block a line belongs to; none above the first.
    pub fn block_at(&self, line: usize) -> Option<usize> {
        self.starts.partition_point(|start| *start <= line).checked_sub(1)
    }

    /// Where a top-level block begins, if it is laid out.
    pub fn start_of(&self, block: usize) -> Option<usize> {
        self.starts.get(block).copied()
    }
}

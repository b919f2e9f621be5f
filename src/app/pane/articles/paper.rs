//! An article as lines for a width: what is looked at is read and laid out at once, the rest in portions small enough
//! that no key waits for one. Refuses to know when a portion is due.

use crate::domain::html::{Reading, Target};
use crate::domain::rich::{Flow, Heading, Line, Span, Tone, window};

/// Bytes of a body that are read and laid out in one portion: about a millisecond's worth.
const PORTION: usize = 24 * 1024;

/// The lines of one article.
#[derive(Debug)]
pub struct Paper {
    reading: Option<Reading>,
    links: Vec<Target>,
    flow: Flow,
    /// How far the window of each wide table was moved, in cells.
    offsets: Vec<usize>,
}

impl Paper {
    /// A paper with these lines at its head and, below them, a body of which nothing was read yet.
    pub fn of(head: Vec<Line>, body: Option<&str>, width: u16) -> Self {
        let flow = Flow::below(head, width);
        Self { reading: body.map(Reading::of), links: Vec::new(), flow, offsets: Vec::new() }
    }

    /// Whether everything is laid out.
    pub fn is_done(&self) -> bool {
        self.reading.is_none()
    }

    /// Lays out one portion more.
    pub fn lay_on(&mut self) {
        self.lay(PORTION);
    }

    /// Lays out at least so many lines, as far as there are any.
    pub fn lay_until(&mut self, lines: usize) {
        while self.flow.lines().len() < lines && !self.is_done() {
            self.lay_on();
        }
    }

    /// Lays out everything.
    pub fn lay_rest(&mut self) {
        self.lay(usize::MAX);
    }

    fn lay(&mut self, bytes: usize) {
        let Some(reading) = &mut self.reading else { return };
        let blocks = reading.read_on(bytes);
        self.flow.add(&blocks);
        if reading.is_done() {
            self.links = self.reading.take().map(Reading::into_links).unwrap_or_default();
            self.end();
        }
    }

    /// Below the text stand the addresses of its links.
    fn end(&mut self) {
        if !self.links.is_empty() {
            let title = Span { text: "Links".into(), tone: Tone::Dim, ..Span::default() };
            self.flow.add_lines([Line::default(), Line { spans: vec![title], ..Line::default() }]);
            self.flow.add_targets(&self.links);
        }
    }

    /// Lays out everything up to a top-level block, and says where it begins; none when there are fewer.
    pub fn find(&mut self, block: usize) -> Option<usize> {
        while self.flow.start_of(block).is_none() && !self.is_done() {
            self.lay_on();
        }
        self.flow.start_of(block)
    }

    /// Which top-level block a line belongs to; none above the first.
    pub fn block_at(&self, line: usize) -> Option<usize> {
        self.flow.block_at(line)
    }

    /// The lines so far.
    pub fn lines(&self) -> &[Line] {
        self.flow.lines()
    }

    /// How many lines there will be, as far as that can be guessed from what is laid out.
    pub fn expected(&self) -> usize {
        let lines = self.lines().len();
        let Some((read, all)) = self.reading.as_ref().map(Reading::progress) else { return lines };
        lines.saturating_mul(all) / read.max(1)
    }

    /// The headings so far; all of them once everything is laid out.
    pub fn headings(&self) -> &[Heading] {
        self.flow.headings()
    }

    /// The links by number, once everything is laid out; none before.
    pub fn links(&self) -> &[Target] {
        &self.links
    }

    /// A line as it is seen, when it belongs to a wide table; none for others. The room for the sentence that the table
    /// goes on holds what `hint` says of it: whether there is more to the left and to the right.
    pub fn seen(&self, line: &Line, hint: impl Fn(bool, bool) -> String) -> Option<Line> {
        let wide = line.wide?;
        let table = self.flow.tables().get(wide.table)?;
        let offset = self.offset(wide.table);
        if !wide.is_hint {
            return Some(window(line, table, offset));
        }
        let text = hint(offset > 0, offset < table.farthest());
        let mut shown = line.clone();
        let margin: usize = line.width();
        let blanks = " ".repeat(wide.fixed.saturating_sub(margin));
        shown.spans.push(Span { text: blanks + &text, tone: Tone::Dim, ..Span::default() });
        Some(shown)
    }

    fn offset(&self, table: usize) -> usize {
        self.offsets.get(table).copied().unwrap_or(0)
    }

    /// Moves the windows of the wide tables among these lines by a column; false when there are none.
    pub fn shift(&mut self, lines: std::ops::Range<usize>, right: bool) -> bool {
        let lines = self.flow.lines().get(lines).unwrap_or_default();
        let mut tables: Vec<usize> =
            lines.iter().filter_map(|line| line.wide).map(|wide| wide.table).collect();
        tables.dedup();
        self.offsets.resize(self.flow.tables().len(), 0);
        for &table in &tables {
            if let (Some(known), Some(offset)) = (self.flow.tables().get(table), self.offsets.get_mut(table))
            {
                *offset = known.moved(*offset, right);
            }
        }
        !tables.is_empty()
    }

    /// Whether a wide table is among these lines.
    pub fn has_wide(&self, lines: std::ops::Range<usize>) -> bool {
        self.flow.lines().get(lines).unwrap_or_default().iter().any(|line| line.wide.is_some())
    }

    /// Moves the windows of the wide tables as they were on another paper of the same article.
    pub fn keep_offsets(&mut self, from: &Self) {
        self.offsets.clone_from(&from.offsets);
    }
}

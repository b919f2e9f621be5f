//! A thread as lines for a width. Built once per content, width and folds; ages are left to drawing, because they change
//! by themselves.

use crate::domain::conversation::{Conversation, Part, PartKind};
use crate::domain::html::{self, Block};
use crate::domain::rich::{self, Tone};
use crate::domain::text::Clean;

/// Cells at both edges of a column that stay empty.
const EDGES: u16 = 2;
/// Cells left of the words, for the bar of an internal note.
pub const INDENT: u16 = 2;
/// The widest words are set, in cells; longer lines are hard to read.
const WIDEST: u16 = 100;

/// What a line shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Nothing, between two parts.
    Gap,
    /// So many older parts are not sent by the server.
    Cut(u64),
    /// Nothing, within a part.
    Space,
    /// Who wrote the part, and when.
    Author,
    /// Words of it.
    Words(rich::Line),
    /// The part was removed.
    Deleted,
    /// A file of the part by its place there, with its number in the thread.
    File(usize, usize),
    /// A link of the part: its number there and its address.
    Link(u16, Clean),
    /// The part is an event.
    Event,
}

/// A line and the part it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadLine {
    /// The part's place in the conversation.
    pub part: usize,
    /// What it shows.
    pub what: What,
}

/// What the lines depend on besides the thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folds {
    /// Cells.
    pub width: u16,
    /// Whether events are shown.
    pub events: bool,
    /// Whether quoted history is shown.
    pub quotes: bool,
}

struct Builder {
    lines: Vec<ThreadLine>,
    folds: Folds,
    files: usize,
    quoted: bool,
}

/// The lines of a thread, and whether it quotes older mail, folded or not.
pub fn build(conversation: &Conversation, folds: Folds) -> (Vec<ThreadLine>, bool) {
    let lines = Vec::with_capacity(conversation.parts.len() * 6);
    let mut builder = Builder { lines, folds, files: 0, quoted: false };
    let held = conversation.parts.len() as u64;
    if let Some(cut) =
        conversation.parts_total.and_then(|total| total.checked_sub(held)).filter(|&cut| cut > 0)
    {
        builder.push(0, What::Cut(cut));
    }
    let mut before = None;
    for (at, part) in conversation.parts.iter().enumerate() {
        before = builder.part(at, part, before);
    }
    (builder.lines, builder.quoted)
}

/// Whether a history of mail is anywhere among the blocks.
fn quotes(blocks: &[Block]) -> bool {
    let mut left: Vec<&[Block]> = vec![blocks];
    while let Some(blocks) = left.pop() {
        for block in blocks {
            match block {
                Block::Quote { history: true, .. } => return true,
                Block::Quote { blocks, .. }
                | Block::Callout { blocks, .. }
                | Block::Details { blocks, .. } => left.push(blocks),
                Block::List { items, .. } => left.extend(items.iter().map(Vec::as_slice)),
                Block::Table { rows, .. } => left.extend(rows.iter().flatten().map(Vec::as_slice)),
                Block::Heading { .. }
                | Block::Paragraph(_)
                | Block::Code { .. }
                | Block::Card(_)
                | Block::Rule
                | Block::Button { .. } => {}
            }
        }
    }
    false
}

impl Builder {
    fn push(&mut self, part: usize, what: What) {
        self.lines.push(ThreadLine { part, what });
    }

    /// Adds a part; returns its kind, or the kind before it when it has no lines.
    fn part(&mut self, at: usize, part: &Part, before: Option<PartKind>) -> Option<PartKind> {
        let event = part.kind == PartKind::Event;
        if event && !self.folds.events {
            return before;
        }
        let joined = event && before == Some(PartKind::Event);
        if !self.lines.is_empty() && !joined {
            self.push(at, What::Gap);
        }
        if event {
            self.push(at, What::Event);
        } else {
            self.push(at, What::Author);
            self.words(at, part);
            self.files(at, part);
        }
        Some(part.kind)
    }

    fn words(&mut self, at: usize, part: &Part) {
        if part.redacted {
            return self.push(at, What::Deleted);
        }
        if part.body.is_empty() {
            return;
        }
        let document = html::parse(part.body.as_str());
        self.quoted = self.quoted || quotes(&document.blocks);
        let width = self.folds.width.saturating_sub(INDENT + EDGES).clamp(1, WIDEST);
        let lines = rich::flow(&document, width, !self.folds.quotes);
        let mut shown: Vec<u16> =
            lines.iter().flat_map(|line| &line.spans).filter_map(|span| span.link).collect();
        shown.sort_unstable();
        shown.dedup();
        for line in lines {
            self.push(at, What::Words(line));
        }
        let linked = shown.iter().filter_map(|&number| {
            let target = document.links.get(usize::from(number).checked_sub(1)?)?;
            (target.text != target.address).then(|| (number, target.address.clone()))
        });
        let mut linked = linked.peekable();
        if linked.peek().is_some() {
            self.push(at, What::Space);
        }
        for (number, address) in linked {
            self.push(at, What::Link(number, address));
        }
    }

    fn files(&mut self, at: usize, part: &Part) {
        if !part.attachments.is_empty() && !part.body.is_empty() {
            self.push(at, What::Space);
        }
        for file in 0..part.attachments.len() {
            self.files += 1;
            self.push(at, What::File(file, self.files));
        }
    }
}

/// The line where the newest message or note begins; 0 when there is none.
pub fn newest(lines: &[ThreadLine]) -> usize {
    lines.iter().rposition(|line| line.what == What::Author).unwrap_or(0)
}

/// Whether a span keeps its own look inside an internal note.
pub fn has_own_look(tone: Tone) -> bool {
    !matches!(tone, Tone::Plain | Tone::Dim | Tone::Quote)
}

//! One part of a thread as lines for a width. Ages are left to drawing, because they change by themselves.

use crate::domain::conversation::{Conversation, Part, PartKind};
use crate::domain::html::{self, Block, Document, Target};
use crate::domain::mail::{self, Fold, Message, Piece};
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
    /// Lines that are folded: quoted ones, and those of a signature.
    Folded(usize, usize),
    /// The part was removed.
    Deleted,
    /// A file of the part by its place there, with its number in the thread; 0 while that is not known.
    File(usize, usize),
    /// A link of the part: its number in the thread and its address.
    Link(u16, Clean),
    /// The part is an event.
    Event,
    /// So many events are folded here.
    Events(usize),
}

/// How parts are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Cells.
    pub width: u16,
    /// Whether events are shown.
    pub events: bool,
    /// Whether quoted history and signatures are shown.
    pub quotes: bool,
}

/// A part laid out.
#[derive(Clone, Debug, Default)]
pub struct Laid {
    /// Its lines; none when it is one of several folded events.
    pub lines: Vec<What>,
    /// Whether it has anything that can be folded besides itself.
    pub has_folds: bool,
}

/// How many links and files a part has, which are numbered through the thread.
pub fn numbered(part: &Part) -> usize {
    let body = part.body.as_str();
    let links = if part.redacted || !html::may_have_links(body) { 0 } else { html::parse(body).links.len() };
    links + part.attachments.len()
}

/// The links and files of a part by number, counted from 0 within the part.
pub fn targets(part: &Part) -> Vec<Target> {
    let mut targets = if part.redacted { Vec::new() } else { html::parse(part.body.as_str()).links };
    targets.extend(part.attachments.iter().map(|file| {
        let text = if file.name.is_empty() { Clean::fixed("unnamed file") } else { file.name.clone() };
        Target { text, ..html::target(&file.address) }
    }));
    targets
}

/// More links and files before a part than any link can have as its number.
const BEYOND: usize = u16::MAX as usize;

/// Lays out a part; `before` is how many links and files the parts before it have, none while that is not known: then its
/// links look like words, and its files have the number 0.
pub fn lay(conversation: &Conversation, at: usize, look: Look, before: Option<usize>) -> Laid {
    let mut layer = Layer { laid: Laid::default(), look };
    let (known, before) = (before.is_some(), before.unwrap_or(BEYOND));
    let Some(part) = conversation.parts.get(at) else { return layer.laid };
    layer.above(conversation, at, part);
    if part.kind == PartKind::Event {
        layer.event(conversation, at);
    } else {
        layer.push(What::Author);
        let links = layer.words(part, before);
        layer.files(part, known.then_some(before + links));
    }
    layer.laid
}

fn is_event(conversation: &Conversation, at: usize) -> bool {
    conversation.parts.get(at).is_some_and(|part| part.kind == PartKind::Event)
}

struct Layer {
    laid: Laid,
    look: Look,
}

impl Layer {
    fn push(&mut self, what: What) {
        self.laid.lines.push(what);
    }

    /// What stands above a part: the sentence about what is cut off, or an empty line, but not between events.
    fn above(&mut self, conversation: &Conversation, at: usize, part: &Part) {
        let event = part.kind == PartKind::Event;
        let joined = event && at > 0 && is_event(conversation, at - 1);
        if at > 0 && !joined {
            self.push(What::Gap);
        }
        let older = conversation.older();
        if at == 0 && older > 0 {
            self.push(What::Cut(older));
            self.push(What::Gap);
        }
    }

    /// An event, or the line for all events in a row where they are folded.
    fn event(&mut self, conversation: &Conversation, at: usize) {
        if self.look.events {
            return self.push(What::Event);
        }
        if at > 0 && is_event(conversation, at - 1) {
            return;
        }
        let parts = conversation.parts.get(at..).unwrap_or_default();
        let row = parts.iter().take_while(|part| part.kind == PartKind::Event).count();
        self.push(What::Events(row));
    }

    /// The words of a part; gives the number of its links.
    fn words(&mut self, part: &Part, before: usize) -> usize {
        if part.redacted {
            self.push(What::Deleted);
            return 0;
        }
        if part.body.is_empty() {
            return 0;
        }
        let Message { pieces, links } = mail::read(part.body.as_str());
        let first = self.laid.lines.len();
        for (position, piece) in pieces.into_iter().enumerate() {
            if position > 0 {
                self.push(What::Space);
            }
            match piece {
                Piece::Shown(blocks) => self.blocks(blocks, before),
                Piece::Folded(parts) => self.folded(parts, before),
            }
        }
        self.addresses(first, &links, before);
        links.len()
    }

    fn flow(&self, mut blocks: Vec<Block>, before: usize) -> Vec<rich::Line> {
        html::number_after(&mut blocks, before);
        let width = self.look.width.saturating_sub(INDENT + EDGES).clamp(1, WIDEST);
        rich::flow(&Document { blocks, links: Vec::new() }, width, false)
    }

    fn blocks(&mut self, blocks: Vec<Block>, before: usize) {
        let lines = self.flow(blocks, before);
        self.laid.lines.extend(lines.into_iter().map(What::Words));
    }

    /// What is folded as one line that says how much it is, or, unfolded, with a bar beside what is quoted.
    fn folded(&mut self, parts: Vec<(Fold, Vec<Block>)>, before: usize) {
        self.laid.has_folds = true;
        let (mut quoted, mut signed) = (0, 0);
        for (position, (fold, blocks)) in parts.into_iter().enumerate() {
            let blocks = if fold == Fold::Quoted { barred(blocks) } else { blocks };
            let lines = self.flow(blocks, before);
            let sum = if fold == Fold::Quoted { &mut quoted } else { &mut signed };
            *sum += lines.len();
            if self.look.quotes {
                if position > 0 {
                    self.push(What::Space);
                }
                self.laid.lines.extend(lines.into_iter().map(What::Words));
            }
        }
        if !self.look.quotes {
            self.push(What::Folded(quoted, signed));
        }
    }

    /// The addresses of the links that are seen, where the linked words are others.
    fn addresses(&mut self, first: usize, links: &[Target], before: usize) {
        let words = self.laid.lines.get(first..).unwrap_or_default().iter();
        let words = words.filter_map(|line| if let What::Words(line) = line { Some(line) } else { None });
        let mut shown: Vec<u16> = words.flat_map(|line| &line.spans).filter_map(|span| span.link).collect();
        shown.sort_unstable();
        shown.dedup();
        let address = |number: u16| {
            let target = links.get(usize::from(number).checked_sub(before + 1)?)?;
            (target.text != target.address).then(|| What::Link(number, target.address.clone()))
        };
        let linked: Vec<What> = shown.into_iter().filter_map(address).collect();
        if !linked.is_empty() {
            self.push(What::Space);
        }
        self.laid.lines.extend(linked);
    }

    fn files(&mut self, part: &Part, before: Option<usize>) {
        if !part.attachments.is_empty() && !part.body.is_empty() {
            self.push(What::Space);
        }
        for file in 0..part.attachments.len() {
            self.push(What::File(file, before.map_or(0, |before| before + file + 1)));
        }
    }
}

/// Quoted blocks with a bar beside them; what has one already gets no second.
fn barred(blocks: Vec<Block>) -> Vec<Block> {
    if blocks.iter().all(|block| matches!(block, Block::Quote { .. })) {
        return blocks;
    }
    let inside = blocks.into_iter().flat_map(|block| {
        if let Block::Quote { blocks, history: true } = block { blocks } else { vec![block] }
    });
    vec![Block::Quote { blocks: inside.collect(), history: true }]
}

/// Whether a span keeps its own look inside an internal note.
pub fn has_own_look(tone: Tone) -> bool {
    !matches!(tone, Tone::Plain | Tone::Dim | Tone::Quote)
}

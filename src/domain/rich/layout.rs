//! Walks the blocks of a document and writes lines. Recursion is bounded by the document's own nesting limit.

use crate::domain::html::{Block, Colour, Document, Inline, Style, Target, plain};
use crate::domain::text::{Clean, fit, width};

use super::fill::Fill;
use super::flow::{Heading, Table};
use super::line::{Line, Look, Span, Tone, Wide};
use super::margins::{Margin, Margins};
use super::{cards, lists, tables};

/// Margins stop where fewer cells than this would be left for words.
const LEAST_ROOM: usize = 8;

/// Lays out a whole document.
pub(super) fn document(document: &Document, cells: usize, fold_history: bool) -> Vec<Line> {
    if cells == 0 {
        return Vec::new();
    }
    let mut layout = Layout::new(cells, fold_history);
    layout.blocks(&document.blocks, false);
    layout.lines
}

/// The addresses of the links, by number.
pub(super) fn targets(links: &[Target], cells: usize) -> Vec<Line> {
    if cells == 0 {
        return Vec::new();
    }
    let mut layout = Layout::new(cells, false);
    layout.targets(links);
    layout.lines
}

/// Lines being written.
pub(super) struct Layout {
    pub(super) lines: Vec<Line>,
    /// Headings by the line where they begin; those in a table by the line where the table begins.
    pub(super) headings: Vec<Heading>,
    /// Tables that are wider than the text, where they may be.
    pub(super) tables: Vec<Table>,
    /// Whether a table may be wider than the text.
    pub(super) may_widen: bool,
    margins: Margins,
    fold_history: bool,
    /// The tone of running text here.
    tone: Tone,
    /// How many bulleted lists are around.
    pub(super) bullets: usize,
}

impl Layout {
    pub(super) fn new(cells: usize, fold_history: bool) -> Self {
        Self {
            lines: Vec::new(),
            headings: Vec::new(),
            tables: Vec::new(),
            may_widen: false,
            margins: Margins::new(cells),
            fold_history,
            tone: Tone::Plain,
            bullets: 0,
        }
    }

    /// Lays out the blocks of a table's cell on their own, in at least one cell.
    pub(super) fn cell(&self, blocks: &[Block], cells: usize) -> Self {
        let mut inside = Self::new(cells.max(1), self.fold_history);
        inside.blocks(blocks, false);
        inside
    }

    /// The cells left for words.
    pub(super) fn room(&self) -> usize {
        self.margins.room()
    }

    /// Writes blocks, with an empty line between them unless they are `tight`.
    pub(super) fn blocks(&mut self, blocks: &[Block], tight: bool) {
        for (position, block) in blocks.iter().enumerate() {
            if position > 0 && !tight {
                self.emit(Vec::new());
            }
            self.block(block);
        }
    }

    /// Writes what `inside` writes behind a margin; a bullet without words still gets its line.
    pub(super) fn inside(&mut self, margin: Margin, inside: impl FnOnce(&mut Self)) {
        self.margins.push(margin, LEAST_ROOM);
        inside(self);
        if self.margins.waiting() {
            self.emit(Vec::new());
        }
        self.margins.pop();
    }

    /// Writes one line behind the margins.
    pub(super) fn emit(&mut self, words: Vec<Span>) {
        let line = self.margins.line(words);
        self.lines.push(line);
    }

    /// Writes a line of the table that was noted last and is wider than the text.
    pub(super) fn emit_wide(&mut self, words: Vec<Span>, is_hint: bool) {
        let line = self.margins.line(words);
        let wide = Wide { table: self.tables.len().saturating_sub(1), fixed: self.margins.taken(), is_hint };
        self.lines.push(Line { wide: Some(wide), ..line });
    }

    /// Writes the addresses of links, by number.
    pub(super) fn targets(&mut self, links: &[Target]) {
        let digits = links.len().to_string().len();
        for (position, target) in links.iter().enumerate() {
            let number = format!("{:>1$} ", format!("[{}]", position + 1), digits + 2);
            self.inside(Margin::bullet(number, Look::of(Tone::Mark), digits + 3), |layout| {
                let tone = if target.openable { Tone::Link } else { Tone::Dim };
                layout.paragraph_of(
                    &target.address,
                    Look { link: u16::try_from(position + 1).ok(), ..Look::of(tone) },
                );
            });
        }
    }

    /// Writes clean words of one look.
    pub(super) fn paragraph_of(&mut self, text: &str, look: Look) {
        let mut fill = Fill::new(self.room());
        fill.text(text, look);
        self.emit_all(fill);
    }

    fn emit_all(&mut self, fill: Fill) {
        for (joint, words) in fill.finish_joined() {
            let line = self.margins.line(words);
            self.lines.push(Line { joint, ..line });
        }
    }

    pub(super) fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, inline } => self.heading(*level, inline),
            Block::Paragraph(inline) => self.words(inline, Look::of(self.tone)),
            Block::List { ordered, start, items } => lists::list(self, *ordered, *start, items),
            Block::Table { rows, header } => tables::table(self, rows, *header),
            Block::Code { text, language } => self.code(text, language.as_deref()),
            Block::Quote { blocks, history } => self.quote(blocks, *history),
            Block::Callout { colour, blocks } => self.callout(*colour, blocks),
            Block::Details { summary, blocks } => self.details(summary, blocks),
            Block::Card(card) => {
                let mut fill = Fill::new(self.room());
                cards::card(&mut fill, card);
                self.emit_all(fill);
            }
            Block::Rule => self.rule(),
            Block::Button { label, link } => self.button(label, *link),
        }
    }

    /// Writes a horizontal rule over the room there is.
    pub(super) fn rule(&mut self) {
        let rule = "─".repeat(self.room());
        self.emit(vec![Look::of(Tone::Rule).span(rule)]);
    }

    /// A heading is told apart without colour: the first two levels by a rule below, the others by a sign before.
    fn heading(&mut self, level: u8, inline: &[Inline]) {
        let words = Clean::line(&plain(inline));
        self.headings.push(Heading { line: self.lines.len(), level, words });
        let look = Look { strong: true, ..Look::of(Tone::Heading(level)) };
        if level > 2 {
            let sign = if level == 3 { "▸ " } else { "▹ " };
            self.inside(Margin::bullet(sign.to_owned(), look, 2), |layout| {
                layout.words(inline, look);
            });
            return;
        }
        let first = self.lines.len();
        self.words(inline, look);
        let margin = self.margins.width() - self.room();
        let longest = widest(&self.lines[first..]).saturating_sub(margin);
        let below = if level == 1 { "━" } else { "─" };
        self.emit(vec![Look::of(Tone::Heading(level)).span(below.repeat(longest))]);
    }

    /// Writes the words of a paragraph.
    fn words(&mut self, inline: &[Inline], base: Look) {
        let mut fill = Fill::new(self.room());
        for (position, piece) in inline.iter().enumerate() {
            match piece {
                Inline::Text { text, style, link, is_macro } => {
                    fill.text(text, dressed(base, *style, *link, *is_macro));
                    let ends = link.filter(|link| inline.get(position + 1).and_then(link_of) != Some(*link));
                    if let Some(number) = ends {
                        number_after(&mut fill, number);
                    }
                }
                Inline::Break => fill.line_break(),
                Inline::Card(card) => cards::card(&mut fill, card),
            }
        }
        self.emit_all(fill);
    }

    /// Code keeps its lines and blanks; what is too long goes on below.
    fn code(&mut self, text: &str, language: Option<&str>) {
        self.inside(Margin::bar("▏ ", Look::of(Tone::Mark), 2), |layout| {
            if let Some(language) = language.filter(|language| !language.is_empty()) {
                let language = fit(language, layout.room()).into_owned();
                layout.emit(vec![Look::of(Tone::Dim).span(language)]);
            }
            layout.paragraph_of(text, Look::of(Tone::Code));
        });
    }

    fn quote(&mut self, blocks: &[Block], history: bool) {
        if history && self.fold_history {
            let mut unfolded = Self::new(self.room(), false);
            unfolded.blocks(blocks, false);
            let lines = unfolded.lines.len();
            let words = format!("··· {lines} quoted line{}", if lines == 1 { "" } else { "s" });
            self.paragraph_of(&words, Look::of(Tone::Dim));
            return;
        }
        let outer = std::mem::replace(&mut self.tone, Tone::Quote);
        self.inside(Margin::bar("│ ", Look::of(Tone::Quote), 2), |layout| {
            layout.blocks(blocks, false);
        });
        self.tone = outer;
    }

    fn callout(&mut self, colour: Colour, blocks: &[Block]) {
        let look = Look::of(Tone::Callout(colour));
        self.inside(Margin::bar("▌ ", look, 2), |layout| {
            layout.paragraph_of(callout_label(colour), Look { strong: true, ..look });
            layout.blocks(blocks, false);
        });
    }

    fn details(&mut self, summary: &[Inline], blocks: &[Block]) {
        let mark = Look::of(Tone::Mark);
        let strong = Look { strong: true, ..Look::of(self.tone) };
        self.inside(Margin::bullet("▾ ".to_owned(), mark, 2), |layout| {
            if summary.is_empty() {
                layout.paragraph_of("Details", strong);
            } else {
                layout.words(summary, strong);
            }
            layout.blocks(blocks, false);
        });
    }

    fn button(&mut self, label: &str, link: Option<u16>) {
        let mut fill = Fill::new(self.room());
        fill.text(&format!("[ {label} ]"), Look { strong: true, link, ..Look::of(Tone::Link) });
        if let Some(number) = link {
            number_after(&mut fill, number);
        }
        self.emit_all(fill);
    }
}

/// What a callout is called. Its colour is all that Intercom stores; what it means is for its author to say.
fn callout_label(colour: Colour) -> &'static str {
    match colour {
        Colour::Yellow => "Yellow callout",
        Colour::Blue => "Blue callout",
        Colour::Red => "Red callout",
        Colour::Green => "Green callout",
        Colour::Grey => "Grey callout",
        Colour::Other => "Callout",
    }
}

/// Writes a link's number so that it stays with the link's last word.
pub(super) fn number_after(fill: &mut Fill, number: u16) {
    fill.glued(&format!(" [{number}]"), Look { link: Some(number), ..Look::of(Tone::Mark) });
}

fn link_of(inline: &Inline) -> Option<u16> {
    match inline {
        Inline::Text { link, .. } => *link,
        Inline::Card(card) => card.link,
        Inline::Break => None,
    }
}

fn dressed(base: Look, style: Style, link: Option<u16>, is_macro: bool) -> Look {
    let tone = if is_macro {
        Tone::Macro
    } else if link.is_some() {
        Tone::Link
    } else if style.has(Style::CODE) {
        Tone::Code
    } else {
        base.tone
    };
    Look {
        tone,
        strong: base.strong || style.has(Style::STRONG),
        emphasis: base.emphasis || style.has(Style::EMPHASIS),
        underline: link.is_some() || style.has(Style::UNDERLINE),
        strike: style.has(Style::STRIKE),
        link,
    }
}

/// The cells of the widest line.
pub(super) fn widest(lines: &[Line]) -> usize {
    lines.iter().map(Line::width).max().unwrap_or(0)
}

/// `spans` followed by blanks up to `cells`.
pub(super) fn filled(mut spans: Vec<Span>, cells: usize) -> Vec<Span> {
    let used: usize = spans.iter().map(|span| width(&span.text)).sum();
    if used < cells {
        spans.push(Look::default().span(" ".repeat(cells - used)));
    }
    spans
}

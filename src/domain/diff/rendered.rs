//! The words of a body as rows, the way a reader meets them: a paragraph, an item, a table's row, a line of code.

use std::cell::RefCell;

use crate::domain::html::{Block, Card, CardKind, Document, Inline, Style, Target, parse};
use crate::domain::text::reveal;

use super::compare::Closer;
use super::signs::{is_imitated, signs};
use super::{Unit, hidden};

/// The rows of `html`, characters that show nothing spelt out.
pub(super) fn units(html: &str) -> Vec<Unit> {
    read(&hidden::kept(html))
}

/// The same with marks around words that are bold, italic and so on, for bodies in which other words are.
pub(super) const CLOSER: Closer = Closer { units: styled, styles };

fn styled(html: &str) -> Vec<Unit> {
    written(&hidden::kept(html), true)
}

/// The words that have a style, each with what it is.
fn styles(html: &str) -> Vec<(u8, String)> {
    let Document { blocks, links } = parse(&hidden::kept(html));
    let mut rows = Rows::of(&links, true);
    rows.blocks(&blocks);
    rows.styles.into_inner()
}

/// The rows of `html` as readers see them: what shows nothing is not there.
pub(super) fn read(html: &str) -> Vec<Unit> {
    written(html, false)
}

fn written(html: &str, styled: bool) -> Vec<Unit> {
    let Document { blocks, links } = parse(html);
    let mut rows = Rows::of(&links, styled);
    rows.blocks(&blocks);
    rows.units
}

/// What stands before words of a style and behind them.
const MARKS: [(Style, &str, &str); 5] = [
    (Style::STRONG, "**", "**"),
    (Style::EMPHASIS, "_", "_"),
    (Style::CODE, "`", "`"),
    (Style::UNDERLINE, "<u>", "</u>"),
    (Style::STRIKE, "~~", "~~"),
];

/// Rows being written. Recursion is bounded by the document's nesting limit.
struct Rows<'document> {
    links: &'document [Target],
    /// Whether styles have marks.
    styled: bool,
    /// What stands before the next row: indents, bars.
    prefix: String,
    units: Vec<Unit>,
    /// Words that have a style, where styles have marks: which of them, as bits, and the words.
    styles: RefCell<Vec<(u8, String)>>,
}

impl<'document> Rows<'document> {
    fn of(links: &'document [Target], styled: bool) -> Self {
        Self { links, styled, prefix: String::new(), units: Vec::new(), styles: RefCell::default() }
    }

    /// Writes a row of words.
    fn row(&mut self, text: &str) {
        self.revealed(&hidden::spelt(reveal(&text.replace('\n', " "))));
    }

    /// Writes a row that is revealed already.
    fn revealed(&mut self, text: &str) {
        let text = format!("{}{text}", self.prefix);
        self.units.push(Unit::plain(text));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, inline } => {
                let words = self.words(inline);
                self.row(&format!("{} {words}", signs(&"#".repeat(usize::from(*level)))));
            }
            Block::Paragraph(inline) => {
                let words = self.words(inline);
                for line in words.split('\n') {
                    let literally = if is_imitated(line) { signs("\\") } else { String::new() };
                    self.row(&format!("{literally}{line}"));
                }
            }
            Block::List { ordered, start, items } => self.list(*ordered, *start, items),
            Block::Table { rows, .. } => self.table(rows),
            Block::Code { text, .. } => text.split('\n').for_each(|line| {
                // An empty line is not indented: blanks at its end would be taken for the text's.
                let indent = if line.is_empty() { "" } else { "    " };
                self.inside(indent, |rows| rows.row(line));
            }),
            Block::Quote { blocks, .. } => self.inside(&signs("│ "), |rows| rows.blocks(blocks)),
            Block::Callout { colour, blocks } => {
                self.row(&format!("{} {colour:?} callout", signs("▌")));
                self.inside(&signs("▌ "), |rows| rows.blocks(blocks));
            }
            Block::Details { summary, blocks } => {
                let words = self.words(summary);
                self.row(&format!("{} {words}", signs("▾")));
                self.inside("  ", |rows| rows.blocks(blocks));
            }
            Block::Card(card) => self.row(&card_words(card)),
            Block::Rule => self.row(&signs("───")),
            Block::Button { label, link } => {
                let address = self.address(*link);
                self.row(&format!("{} {label} {}{address}", signs("["), signs("]")));
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    /// Writes rows behind one more prefix.
    fn inside(&mut self, prefix: &str, write: impl FnOnce(&mut Self)) {
        let outer = self.prefix.len();
        self.prefix.push_str(prefix);
        write(self);
        self.prefix.truncate(outer);
    }

    /// Writes items. A numbered one is compared without its number, as a new item would else change every number below
    /// it; but for the first, which tells where a list begins to count.
    fn list(&mut self, ordered: bool, start: u32, items: &[Vec<Block>]) {
        for (position, item) in items.iter().enumerate() {
            let number = start.saturating_add(u32::try_from(position).unwrap_or(u32::MAX));
            let first = self.units.len();
            self.inside("  ", |rows| rows.blocks(item));
            if self.units.len() == first {
                self.row("  ");
            }
            let begins_late = position == 0 && start != 1;
            let sign = if ordered { format!("{number}{} ", signs(".")) } else { signs("• ") };
            let kept = if begins_late { sign.clone() } else { signs("#. ") };
            self.sign(first, &sign, ordered.then_some(kept.as_str()));
        }
    }

    /// Puts a sign where a row is indented for it: as shown, and as compared.
    fn sign(&mut self, at: usize, sign: &str, compared: Option<&str>) {
        let indent = self.prefix.len();
        let Some(unit) = self.units.get_mut(at) else { return };
        if compared.is_some() && unit.unnumbered.is_none() {
            unit.unnumbered = Some(unit.text.clone());
        }
        unit.text.replace_range(indent..indent + 2, sign);
        if let Some(text) = &mut unit.unnumbered {
            text.replace_range(indent..indent + 2, compared.unwrap_or(sign));
        }
    }

    fn table(&mut self, rows: &[Vec<Vec<Block>>]) {
        for row in rows {
            let (shown, kept): (Vec<String>, Vec<String>) = row.iter().map(|cell| self.cell(cell)).unzip();
            self.revealed(&shown.join(" │ "));
            if let Some(unit) = self.units.last_mut().filter(|_| shown != kept) {
                unit.unnumbered = Some(format!("{}{}", self.prefix, kept.join(" │ ")));
            }
        }
    }

    /// A cell's rows on one line: as shown, and as compared.
    fn cell(&self, blocks: &[Block]) -> (String, String) {
        let mut rows = Rows::of(self.links, self.styled);
        rows.blocks(blocks);
        self.styles.borrow_mut().append(rows.styles.get_mut());
        let (shown, kept): (Vec<String>, Vec<String>) = rows
            .units
            .into_iter()
            .map(|unit| (unit.text.clone(), unit.unnumbered.unwrap_or(unit.text)))
            .unzip();
        (shown.join(" / "), kept.join(" / "))
    }

    /// The words of a paragraph, each link followed by its address, breaks as line feeds.
    fn words(&self, inline: &[Inline]) -> String {
        let mut words = String::new();
        for (position, piece) in inline.iter().enumerate() {
            match piece {
                Inline::Text { text, link, style, .. } => {
                    let is_of = |other: Option<&Inline>| matches!(other, Some(Inline::Text { link: other, .. }) if other == link);
                    if link.is_some() && !is_of(position.checked_sub(1).and_then(|at| inline.get(at))) {
                        words.push_str(&signs("["));
                    }
                    self.text(&mut words, text, *style);
                    if !is_of(inline.get(position + 1)) {
                        words.push_str(&self.address(*link));
                    }
                }
                Inline::Break => words.push('\n'),
                Inline::Card(card) => words.push_str(&card_words(card)),
            }
        }
        words
    }

    /// Words, with the marks of their style where styles have any.
    fn text(&self, words: &mut String, text: &str, style: Style) {
        let marks = MARKS.iter().enumerate().filter(|(_, (mark, ..))| self.styled && style.has(*mark));
        let marks: Vec<_> = marks.collect();
        words.extend(marks.iter().map(|(_, (_, before, _))| signs(before)));
        words.push_str(text);
        words.extend(marks.iter().rev().map(|(_, (.., after))| signs(after)));
        if !marks.is_empty() {
            let bits = marks.iter().fold(0, |bits, (at, _)| bits | 1 << at);
            self.styles.borrow_mut().push((bits, text.to_owned()));
        }
    }

    /// What stands behind the words of a link.
    fn address(&self, link: Option<u16>) -> String {
        let target = link.and_then(|number| self.links.get(usize::from(number) - 1));
        target.map_or_else(String::new, |target| format!("{}{}{}", signs("]("), target.address, signs(")")))
    }
}

/// A card without the address, whose signature changes at every reading.
fn card_words(card: &Card) -> String {
    let kind = match card.kind {
        CardKind::Image => "image",
        CardKind::Video => "video",
        CardKind::Attachment => "file",
        CardKind::Frame => "frame",
    };
    let label = if card.label.is_empty() { String::new() } else { format!(": {}", card.label) };
    let host = if card.host.is_empty() { String::new() } else { format!(" ({})", card.host) };
    format!("{}{kind}{label}{host}{}", signs("["), signs("]"))
}

//! The lines of a message, and what their markup says of them. Refuses to judge by their words, but for the head of a
//! quoted message.

use super::Fold;
use super::phrases::{field, forwarded};
use crate::domain::html::{Block, Inline};

/// Bytes of a line that are looked at.
const LOOKED_AT: usize = 400;

/// A line of a paragraph, or any other block as a whole.
pub(super) struct Unit {
    /// The number of the block.
    pub(super) block: usize,
    /// What is looked at of its words; none of what is no line.
    pub(super) words: String,
    /// What its markup says.
    pub(super) nature: Nature,
    /// None for the author's own words.
    pub(super) sort: Option<Fold>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    /// A line of a paragraph.
    Line,
    /// History by its markup.
    History,
    /// The head of a quoted message by its markup, whose body follows.
    Head,
    /// A horizontal rule.
    Rule,
    /// Anything else.
    Other,
}

impl Unit {
    pub(super) fn is_blank(&self) -> bool {
        self.nature == Nature::Line && self.words.trim().is_empty()
    }

    pub(super) fn is_own(&self) -> bool {
        self.sort.is_none() && !self.is_blank()
    }
}

fn add_words(words: &mut String, text: &str) {
    let room = LOOKED_AT.saturating_sub(words.len());
    let end = text.char_indices().map(|(at, letter)| at + letter.len_utf8()).take_while(|end| *end <= room);
    words.push_str(&text[..end.last().unwrap_or(0)]);
}

/// The words of the lines of a paragraph, as far as they are looked at; something that is no text counts as words.
fn lines(inline: &[Inline]) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in inline {
        let last = lines.len() - 1;
        match piece {
            Inline::Text { text, .. } => add_words(&mut lines[last], text),
            Inline::Card(card) => {
                lines[last].push('▣');
                add_words(&mut lines[last], &card.label);
            }
            Inline::Break => lines.push(String::new()),
        }
    }
    lines
}

/// The lines and blocks of a message.
pub(super) fn units(blocks: &[Block]) -> Vec<Unit> {
    let mut units = Vec::new();
    for (block, content) in blocks.iter().enumerate() {
        let unit = |words, nature| Unit { block, words, nature, sort: None };
        match content {
            Block::Paragraph(inline) => {
                units.extend(lines(inline).into_iter().map(|words| unit(words, Nature::Line)));
            }
            Block::Quote { blocks, history: true } => units.push(unit(String::new(), history(blocks))),
            Block::Rule => units.push(unit(String::new(), Nature::Rule)),
            Block::Heading { .. }
            | Block::List { .. }
            | Block::Table { .. }
            | Block::Code { .. }
            | Block::Quote { .. }
            | Block::Callout { .. }
            | Block::Details { .. }
            | Block::Card(_)
            | Block::Button { .. } => units.push(unit(String::new(), Nature::Other)),
        }
    }
    units
}

/// What history by its markup is: what is passed on is none, and a head alone has its body below.
fn history(blocks: &[Block]) -> Nature {
    let words = |block: &Block| if let Block::Paragraph(inline) = block { Some(lines(inline)) } else { None };
    let first = blocks.iter().find_map(words);
    let Some(first) = first else { return Nature::History };
    if first.iter().find(|line| !line.trim().is_empty()).is_some_and(|line| forwarded(line)) {
        return Nature::Other;
    }
    let is_field = |line: &String| line.trim().is_empty() || field(line).is_some();
    let only = blocks
        .iter()
        .all(|block| *block == Block::Rule || words(block).is_some_and(|lines| lines.iter().all(is_field)));
    if only { Nature::Head } else { Nature::History }
}

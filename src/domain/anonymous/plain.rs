//! The words of a message as plain paragraphs. Quoted history, signatures, pictures and files are left out.

use crate::domain::html::{Block, Inline};
use crate::domain::mail::{self, Piece};
use crate::domain::text::Clean;

/// What is still to be said, the next at the end.
enum Next<'a> {
    Block(&'a Block),
    Item(&'a [Block]),
}

/// The words: paragraphs with a blank line between, items of lists with a dash before.
pub(super) fn words(html: &str) -> String {
    let pieces = mail::read(html).pieces;
    let own =
        pieces.iter().filter_map(|piece| if let Piece::Shown(blocks) = piece { Some(blocks) } else { None });
    let mut next: Vec<Next<'_>> = own.flatten().map(Next::Block).collect();
    next.reverse();
    let mut said: Vec<String> = Vec::new();
    let mut dash = false;
    while let Some(at) = next.pop() {
        let block = match at {
            Next::Block(block) => block,
            Next::Item(blocks) => {
                dash = true;
                next.extend(blocks.iter().rev().map(Next::Block));
                continue;
            }
        };
        let line = line(block, &mut next);
        if !line.trim().is_empty() {
            said.push(if std::mem::take(&mut dash) { format!("- {line}") } else { line });
        }
    }
    said.join("\n\n")
}

/// A block's own words; what it holds is put before what follows.
fn line<'a>(block: &'a Block, next: &mut Vec<Next<'a>>) -> String {
    match block {
        Block::Heading { inline, .. } | Block::Paragraph(inline) => inlines(inline),
        Block::List { items, .. } => {
            next.extend(items.iter().rev().map(|item| Next::Item(item)));
            String::new()
        }
        Block::Table { rows, .. } => {
            next.extend(rows.iter().flatten().flatten().rev().map(Next::Block));
            String::new()
        }
        Block::Code { text, .. } => text.to_string(),
        Block::Quote { history: true, .. } | Block::Card(_) | Block::Rule => String::new(),
        Block::Quote { blocks, .. } | Block::Callout { blocks, .. } => {
            next.extend(blocks.iter().rev().map(Next::Block));
            String::new()
        }
        Block::Details { summary, blocks } => {
            next.extend(blocks.iter().rev().map(Next::Block));
            inlines(summary)
        }
        Block::Button { label, .. } => label.to_string(),
    }
}

fn inlines(inlines: &[Inline]) -> String {
    let words = inlines.iter().map(|inline| match inline {
        Inline::Text { text, .. } => Clean::as_str(text),
        Inline::Break => "\n",
        Inline::Card(_) => "",
    });
    words.collect()
}

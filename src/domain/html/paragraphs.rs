//! Words that stand between blocks, as paragraphs. Refuses tags.

use super::document::{Block, Inline};

/// Whether there are words and nothing else, so that they are one paragraph as they are.
pub(super) fn is_plain(inline: &[Inline]) -> bool {
    let is_text = |piece: &Inline| matches!(piece, Inline::Text { .. });
    let is_seen = |piece: &Inline| matches!(piece, Inline::Text { text, .. } if text.as_bytes().first().is_some_and(u8::is_ascii_graphic));
    inline.iter().all(is_text) && inline.iter().any(is_seen)
}

/// Words as paragraphs: two breaks in a row part them, pictures alone stand alone.
pub(super) fn paragraphs(inline: Vec<Inline>) -> Vec<Block> {
    let mut done = Vec::new();
    let mut current: Vec<Inline> = Vec::new();
    for piece in inline {
        if piece == Inline::Break && current.last() == Some(&Inline::Break) {
            current.pop();
            done.extend(paragraph(std::mem::take(&mut current)));
        } else if piece != Inline::Break || !current.is_empty() {
            current.push(piece);
        }
    }
    done.extend(paragraph(current));
    done
}

fn paragraph(inline: Vec<Inline>) -> Vec<Block> {
    let pictures_only = inline.iter().all(|piece| match piece {
        Inline::Card(_) | Inline::Break => true,
        Inline::Text { text, .. } => text.trim().is_empty(),
    });
    if !pictures_only {
        return vec![Block::Paragraph(inline)];
    }
    let cards = inline.into_iter().filter_map(|piece| match piece {
        Inline::Card(card) => Some(Block::Card(card)),
        Inline::Text { .. } | Inline::Break => None,
    });
    cards.collect()
}

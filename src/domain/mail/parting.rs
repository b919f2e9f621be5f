//! Parts the blocks of a message where its lines are sorted otherwise. Owns no rule for sorting; loses nothing.

use super::units::Unit;
use super::{Fold, Piece};
use crate::domain::html::{Block, Inline};

/// The blocks, parted where the sort of their lines changes.
pub(super) fn gather(blocks: Vec<Block>, units: &[Unit]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut units = units.iter().peekable();
    for (at, block) in blocks.into_iter().enumerate() {
        let mut sorts = Vec::new();
        while let Some(unit) = units.next_if(|unit| unit.block == at) {
            sorts.push(unit.sort);
        }
        let first = sorts.first().copied().flatten();
        let parts = sorts.iter().any(|sort| *sort != first);
        if let Block::Paragraph(inline) = block {
            let stretches = if parts { parted(inline, &sorts) } else { vec![(first, inline)] };
            for (sort, inline) in stretches {
                add(&mut pieces, sort, Block::Paragraph(inline));
            }
        } else {
            add(&mut pieces, first, block);
        }
    }
    pieces
}

/// A paragraph in stretches of lines that are sorted alike.
fn parted(inline: Vec<Inline>, sorts: &[Option<Fold>]) -> Vec<(Option<Fold>, Vec<Inline>)> {
    let sort_of = |line: usize| sorts.get(line).copied().flatten();
    let mut parts = vec![(sort_of(0), Vec::new())];
    let mut line = 0;
    for piece in inline {
        if piece == Inline::Break {
            line += 1;
            let last = parts.last().map(|(sort, _)| *sort);
            if last != Some(sort_of(line)) {
                parts.push((sort_of(line), Vec::new()));
                continue;
            }
        }
        if let Some((_, inline)) = parts.last_mut() {
            inline.push(piece);
        }
    }
    parts
}

fn add(pieces: &mut Vec<Piece>, sort: Option<Fold>, block: Block) {
    match (pieces.last_mut(), sort) {
        (Some(Piece::Shown(blocks)), None) => blocks.push(block),
        (Some(Piece::Folded(parts)), Some(fold)) => match parts.last_mut() {
            Some((last, blocks)) if *last == fold => blocks.push(block),
            _ => parts.push((fold, vec![block])),
        },
        (_, None) => pieces.push(Piece::Shown(vec![block])),
        (_, Some(fold)) => pieces.push(Piece::Folded(vec![(fold, vec![block])])),
    }
}

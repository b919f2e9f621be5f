//! Numbers of links that go on from somewhere else, such as from the message before.

use super::document::{Block, Inline};

/// Numbers the links of `blocks` from `after` + 1 on. A number that would be over 65,535 is none.
pub(crate) fn number_after(blocks: &mut [Block], after: usize) {
    if after == 0 {
        return;
    }
    let mut left: Vec<&mut [Block]> = vec![blocks];
    while let Some(blocks) = left.pop() {
        for block in blocks {
            match block {
                Block::Heading { inline, .. } | Block::Paragraph(inline) => words(inline, after),
                Block::List { items, .. } => left.extend(items.iter_mut().map(Vec::as_mut_slice)),
                Block::Table { rows, .. } => {
                    left.extend(rows.iter_mut().flatten().map(Vec::as_mut_slice));
                }
                Block::Quote { blocks, .. } | Block::Callout { blocks, .. } => left.push(blocks),
                Block::Details { summary, blocks } => {
                    words(summary, after);
                    left.push(blocks);
                }
                Block::Card(card) => shift(&mut card.link, after),
                Block::Button { link, .. } => shift(link, after),
                Block::Code { .. } | Block::Rule => {}
            }
        }
    }
}

fn words(inline: &mut [Inline], after: usize) {
    for piece in inline {
        match piece {
            Inline::Text { link, .. } => shift(link, after),
            Inline::Card(card) => shift(&mut card.link, after),
            Inline::Break => {}
        }
    }
}

fn shift(link: &mut Option<u16>, after: usize) {
    *link = link.and_then(|number| u16::try_from(usize::from(number) + after).ok());
}

/// Whether there may be links in a body: a quick look that never says no wrongly.
pub(crate) fn may_have_links(html: &str) -> bool {
    html.as_bytes().windows(4).any(|word| match word[0] {
        b'h' | b'H' => word.eq_ignore_ascii_case(b"href"),
        b's' | b'S' => word[..3].eq_ignore_ascii_case(b"src"),
        _ => false,
    })
}

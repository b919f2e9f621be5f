//! Lists: bullets that change with depth, numbers aligned at the right, no empty lines between short items.

use crate::domain::html::Block;

use super::layout::Layout;
use super::line::{Look, Tone};
use super::margins::Margin;

/// Bullets by depth, repeating.
const BULLETS: [&str; 3] = ["• ", "◦ ", "▪ "];

/// Writes a list.
pub(super) fn list(layout: &mut Layout, ordered: bool, start: u32, items: &[Vec<Block>]) {
    let last = start.saturating_add(u32::try_from(items.len()).unwrap_or(u32::MAX).saturating_sub(1));
    let digits = last.to_string().len();
    let tight = items.iter().all(|item| short(item));
    layout.bullets += usize::from(!ordered);
    let bullet = BULLETS[(layout.bullets + BULLETS.len() - 1) % BULLETS.len()];
    let mut number = start;
    for (position, item) in items.iter().enumerate() {
        if position > 0 && !tight {
            layout.emit(Vec::new());
        }
        let (sign, cells) =
            if ordered { (format!("{number:>digits$}. "), digits + 2) } else { (bullet.to_owned(), 2) };
        layout.inside(Margin::bullet(sign, Look::of(Tone::Mark), cells), |layout| layout.blocks(item, tight));
        number = number.saturating_add(1);
    }
    layout.bullets -= usize::from(!ordered);
}

/// Whether an item is a paragraph, or one with lists below it.
fn short(item: &[Block]) -> bool {
    item.iter().enumerate().all(|(position, block)| match block {
        Block::Paragraph(_) | Block::Card(_) | Block::Button { .. } => position == 0,
        Block::List { .. } => true,
        Block::Heading { .. }
        | Block::Table { .. }
        | Block::Code { .. }
        | Block::Quote { .. }
        | Block::Callout { .. }
        | Block::Details { .. }
        | Block::Rule => false,
    })
}

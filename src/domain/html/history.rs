//! Recognises the history that e-mails drag along: quoted by markup, or introduced by a line such as "On …, … wrote:".

use super::attributes::{has_class, value};
use super::document::{Block, Inline};
use super::inlines::plain;
use crate::domain::mail::phrases;

/// The longest introduction, in bytes.
const LONGEST_INTRODUCTION: usize = 300;

/// Whether an element with these attributes holds quoted history.
pub(super) fn begins(attributes: &str) -> bool {
    if attributes.is_empty() {
        return false;
    }
    let class = |class: &str| {
        matches!(
            class,
            "gmail_quote" | "gmail_quote_container" | "yahoo_quoted" | "protonmail_quote" | "moz-cite-prefix"
        )
    };
    has_class(attributes, class)
        || value(attributes, "type").is_some_and(|kind| kind == "cite")
        || value(attributes, "id")
            .is_some_and(|id| matches!(&*id, "divRplyFwdMsg" | "appendonsend" | "OLK_SRC_BODY_SECTION"))
}

/// `blocks` with everything from the first introduction on, and every neighbouring history, in one quotation.
pub(super) fn folded(blocks: Vec<Block>) -> Vec<Block> {
    let mut done: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        if let Block::Quote { blocks: inside, history: true } = block {
            add(&mut done, inside);
        } else if !introduces(&block) {
            done.push(block);
        } else if let Some(quote) = blocks.next_if(|next| matches!(next, Block::Quote { .. })) {
            add(&mut done, vec![block, quote]);
        } else if stands_alone(&block) {
            add(&mut done, std::iter::once(block).chain(blocks.by_ref()).collect());
        } else {
            done.push(block);
        }
    }
    done
}

/// Adds history to the history that ends `done`, or begins one there.
fn add(done: &mut Vec<Block>, history: Vec<Block>) {
    if let Some(Block::Quote { blocks, history: true }) = done.last_mut() {
        blocks.extend(history);
    } else {
        done.push(Block::Quote { blocks: history, history: true });
    }
}

/// Whether the block is the line above quoted history.
fn introduces(block: &Block) -> bool {
    words(block).is_some_and(|words| phrases::introduces(&words) || phrases::original_message(&words))
}

/// Whether an introduction needs no quotation after it to be believed: it is certain, or names an address.
fn stands_alone(block: &Block) -> bool {
    words(block).is_some_and(|words| phrases::original_message(&words) || words.contains('@'))
}

fn words(block: &Block) -> Option<String> {
    let Block::Paragraph(inline) = block else {
        return None;
    };
    let length: usize =
        inline.iter().map(|piece| if let Inline::Text { text, .. } = piece { text.len() } else { 1 }).sum();
    (length <= LONGEST_INTRODUCTION).then(|| plain(inline))
}

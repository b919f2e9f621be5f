//! What of a message its author wrote for it, and what mail programs put below: quoted history and signatures. Owns the
//! rules for telling them apart. They fold too little rather than too much: what is passed on is meant to be read, short
//! quotations between answers stay, and no message is ever empty by folding. Nothing is dropped: what is shown and what is
//! folded are the whole message in its order.

mod folding;
mod parting;
pub(crate) mod phrases;
#[cfg(test)]
mod tests;
mod units;

use super::html::{self, Block, Target};

/// What is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Words of an earlier message.
    Quoted,
    /// Who wrote it, as a mail program puts it below every message.
    Signature,
}

/// A stretch of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// What its author wrote.
    Shown(Vec<Block>),
    /// What readers have seen before, in order.
    Folded(Vec<(Fold, Vec<Block>)>),
}

/// A message in stretches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// In reading order; never two alike in a row.
    pub pieces: Vec<Piece>,
    /// In order of appearance; link number `n` is at `n - 1`.
    pub links: Vec<Target>,
}

/// Reads any HTML as a message.
pub fn read(html: &str) -> Message {
    let document = html::parse(html);
    Message { pieces: folding::pieces(document.blocks), links: document.links }
}

impl Message {
    /// Whether anything is folded.
    pub fn has_folds(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Folded(_)))
    }
}

//! Which top-level blocks of two bodies belong together, and how one of their changes is taken back. Owns positions and
//! bytes; refuses to render anything.

use std::collections::HashMap;
use std::ops::Range;

use super::common::common;
use super::tokens::tokens;
use crate::domain::html::blocks_raw;

/// Blocks of both sides that are paired by their words, at most: old times new. More are one change.
const MOST_PAIRS: usize = 4_096;
/// Bytes of blocks that are paired by their words, at most, both sides together.
const MOST_BYTES: usize = 128 * 1024;
/// Of ten words of the longer block, how many the other has to have for both to be versions of one block.
const ALIKE: usize = 6;

/// A change of top-level blocks: what stands in the old body and what stands in its place in the new one. Positions of
/// blocks; an empty range is the place before the block of that number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockChange {
    /// What the old body has there; empty for blocks that were put in.
    pub old: Range<usize>,
    /// What the new body has there; empty for blocks that were taken out.
    pub new: Range<usize>,
}

/// Two bodies cut into their top-level blocks, and what differs.
pub(super) struct Blocks<'html> {
    pub(super) old: Vec<&'html str>,
    pub(super) new: Vec<&'html str>,
    /// From top to bottom; all that lies between two is the same in both.
    pub(super) changes: Vec<BlockChange>,
}

impl<'html> Blocks<'html> {
    pub(super) fn of(old: &'html str, new: &'html str) -> Self {
        let (old, new) = (blocks_raw(old), blocks_raw(new));
        let changes = changes(&old, &new);
        Self { old, new, changes }
    }
}

/// Numbers for blocks: the same one for the same bytes.
fn numbers<'html>(old: &[&'html str], new: &[&'html str]) -> (Vec<u32>, Vec<u32>) {
    let mut known: HashMap<&'html str, u32> = HashMap::with_capacity(old.len());
    let mut number = |block: &&'html str| {
        let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
        *known.entry(block).or_insert(next)
    };
    (old.iter().map(&mut number).collect(), new.iter().map(&mut number).collect())
}

fn changes(old: &[&str], new: &[&str]) -> Vec<BlockChange> {
    let (old_numbers, new_numbers) = numbers(old, new);
    let mut changes = Vec::new();
    let (mut old_at, mut new_at) = (0, 0);
    let ends = [(old.len(), new.len())];
    for (old_same, new_same) in common(&old_numbers, &new_numbers).into_iter().chain(ends) {
        part(old, new, &BlockChange { old: old_at..old_same, new: new_at..new_same }, &mut changes);
        (old_at, new_at) = (old_same + 1, new_same + 1);
    }
    changes
}

/// Parts a run of differing blocks into the smallest changes: versions of one block, blocks that were put in or taken out,
/// and what cannot be told apart.
fn part(old: &[&str], new: &[&str], run: &BlockChange, changes: &mut Vec<BlockChange>) {
    let (mut old_at, mut new_at) = (run.old.start, run.new.start);
    let pairs = if run.old.len() == 1 && run.new.len() == 1 { Vec::new() } else { pairs(old, new, run) };
    for (paired_old, paired_new) in pairs {
        loose(old_at..paired_old, new_at..paired_new, changes);
        changes.push(BlockChange { old: paired_old..paired_old + 1, new: paired_new..paired_new + 1 });
        (old_at, new_at) = (paired_old + 1, paired_new + 1);
    }
    loose(old_at..run.old.end, new_at..run.new.end, changes);
}

/// Blocks that are versions of no single other one.
fn loose(old: Range<usize>, new: Range<usize>, changes: &mut Vec<BlockChange>) {
    match (old.is_empty(), new.is_empty()) {
        (true, true) => {}
        (true, false) => {
            changes.extend(new.map(|at| BlockChange { old: old.start..old.start, new: at..at + 1 }));
        }
        (false, true) => {
            changes.extend(old.map(|at| BlockChange { old: at..at + 1, new: new.start..new.start }));
        }
        (false, false) => changes.push(BlockChange { old, new }),
    }
}

/// Positions of blocks that are versions of each other, in order in both bodies.
fn pairs(old: &[&str], new: &[&str], run: &BlockChange) -> Vec<(usize, usize)> {
    let (old, new) = (&old[run.old.clone()], &new[run.new.clone()]);
    let bytes: usize = old.iter().chain(new).map(|block| block.len()).sum();
    if old.len() * new.len() > MOST_PAIRS || bytes > MOST_BYTES {
        return Vec::new();
    }
    let words = |blocks: &[&str]| -> Vec<Vec<String>> { blocks.iter().map(|block| words(block)).collect() };
    let (old_words, new_words) = (words(old), words(new));
    let columns = new.len() + 1;
    // The best sum of likenesses of what lies from here to the end, and whether these two belong together for that.
    let mut best = vec![(0, false); (old.len() + 1) * columns];
    for old_at in (0..old.len()).rev() {
        for new_at in (0..new.len()).rev() {
            let likeness = likeness(&old_words[old_at], &new_words[new_at]);
            let joined = best[(old_at + 1) * columns + new_at + 1].0 + likeness;
            let apart = best[(old_at + 1) * columns + new_at].0.max(best[old_at * columns + new_at + 1].0);
            let joins = likeness > 0 && joined >= apart;
            best[old_at * columns + new_at] = (if joins { joined } else { apart }, joins);
        }
    }
    let (mut old_at, mut new_at, mut found) = (0, 0, Vec::new());
    while old_at < old.len() && new_at < new.len() {
        let (sum, joins) = best[old_at * columns + new_at];
        if joins {
            found.push((run.old.start + old_at, run.new.start + new_at));
            (old_at, new_at) = (old_at + 1, new_at + 1);
        } else if best[(old_at + 1) * columns + new_at].0 == sum {
            old_at += 1;
        } else {
            new_at += 1;
        }
    }
    found
}

/// The words of a block outside its tags, sorted.
fn words(block: &str) -> Vec<String> {
    let mut words: Vec<String> =
        tokens(block).into_iter().filter(|token| token.word).map(|t| t.text.to_owned()).collect();
    words.sort_unstable();
    words
}

/// How many words two blocks share, if they are alike at all; 0 if not.
fn likeness(old: &[String], new: &[String]) -> usize {
    let (mut old_at, mut new_at, mut shared) = (0, 0, 0);
    while let (Some(a), Some(b)) = (old.get(old_at), new.get(new_at)) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => old_at += 1,
            std::cmp::Ordering::Greater => new_at += 1,
            std::cmp::Ordering::Equal => (old_at, new_at, shared) = (old_at + 1, new_at + 1, shared + 1),
        }
    }
    if shared * 10 >= old.len().max(new.len()) * ALIKE { shared } else { 0 }
}

/// What differs between two bodies by top-level blocks, from top to bottom.
pub fn block_changes(old: &str, new: &str) -> Vec<BlockChange> {
    Blocks::of(old, new).changes
}

/// The new body with one change taken back: what the old body has there stands there again, byte for byte; everything
/// else of the new body stays. `change` is one of [`block_changes`] of the same two bodies; for any other the new body
/// comes back unchanged.
pub fn taken_back(old: &str, new: &str, change: &BlockChange) -> String {
    let blocks = Blocks::of(old, new);
    if !blocks.changes.contains(change) {
        return new.to_owned();
    }
    let parts =
        [&blocks.new[..change.new.start], &blocks.old[change.old.clone()], &blocks.new[change.new.end..]];
    parts.concat().concat()
}

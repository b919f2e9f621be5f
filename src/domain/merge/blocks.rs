//! The body by its top-level blocks: each side's changes of the base, laid together where they touch the same place.
//! Compares bytes and counts; the comparison is the library's heuristic one, whose work is bounded for any input.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Kind, Piece, Subject};
use crate::domain::html::blocks_raw;

/// One body: its source, its blocks by number, and where each block begins; one beginning more than blocks.
struct Body<'a> {
    source: &'a str,
    numbers: Vec<u32>,
    starts: Vec<usize>,
}

impl<'a> Body<'a> {
    /// Equal blocks have equal numbers over all bodies that share `known`.
    fn of(source: &'a str, known: &mut HashMap<&'a str, u32>) -> Self {
        let (mut numbers, mut starts, mut at) = (Vec::new(), vec![0], 0);
        for block in blocks_raw(source) {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            numbers.push(*known.entry(block).or_insert(next));
            at += block.len();
            starts.push(at);
        }
        Self { source, numbers, starts }
    }

    fn bytes(&self, blocks: &Range<usize>) -> Range<usize> {
        self.starts[blocks.start]..self.starts[blocks.end]
    }

    fn text(&self, blocks: &Range<usize>) -> &'a str {
        &self.source[self.bytes(blocks)]
    }
}

/// Blocks of the base, and the blocks that one side has in their place.
#[derive(Clone, Debug)]
struct Hunk {
    base: Range<usize>,
    side: Range<usize>,
}

impl Hunk {
    /// Whether it has more blocks than the base, so that it puts some at one of its edges.
    fn grows(&self) -> bool {
        self.side.len() > self.base.len()
    }

    /// Whether it and a change of the other side touch the same place: the same blocks, or both put blocks in at the same
    /// edge, which leaves their order open.
    fn meets(&self, other: &Self) -> bool {
        let (a, b) = (&self.base, &other.base);
        let shared = a.start < b.end && b.start < a.end;
        let touching = a.start == b.end || b.start == a.end;
        shared || (touching && self.grows() && other.grows())
    }

    /// As many changes as blocks, where each block has one in its place; otherwise itself.
    fn split(self) -> Vec<Self> {
        if self.base.len() != self.side.len() {
            return vec![self];
        }
        let one = |at: usize| at..at + 1;
        self.base.zip(self.side).map(|(base, side)| Self { base: one(base), side: one(side) }).collect()
    }
}

/// One side's changes, in the base's order.
fn hunks(base: &Body<'_>, side: &Body<'_>) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, &base.numbers, &side.numbers) {
        if matches!(operation, DiffOp::Equal { .. }) {
            continue;
        }
        let next = Hunk { base: operation.old_range(), side: operation.new_range() };
        match hunks.last_mut() {
            // A removal and an insertion at one place are one change.
            Some(last) if last.base.end == next.base.start && last.side.end == next.side.start => {
                (last.base.end, last.side.end) = (next.base.end, next.side.end);
            }
            _ => hunks.push(next),
        }
    }
    hunks.into_iter().flat_map(Hunk::split).collect()
}

/// The next changes that belong together: of either side, of both where they meet.
struct Group {
    mine: Range<usize>,
    theirs: Range<usize>,
}

/// Takes changes from the front of both lists for as long as they meet what was taken.
fn group(mine: &[Hunk], theirs: &[Hunk], from: (usize, usize)) -> Group {
    let mut taken = Group { mine: from.0..from.0, theirs: from.1..from.1 };
    let order = |hunk: &Hunk| (hunk.base.start, hunk.base.end);
    let first_is_mine = match (mine.get(from.0), theirs.get(from.1)) {
        (Some(mine), Some(theirs)) => order(mine) <= order(theirs),
        (first, _) => first.is_some(),
    };
    if first_is_mine {
        taken.mine.end += 1;
    } else {
        taken.theirs.end += 1;
    }
    loop {
        // The last one taken reaches furthest; what does not meet it meets none before it.
        let meets = |next: Option<&Hunk>, last: Option<&Hunk>| {
            next.zip(last).is_some_and(|(next, last)| next.meets(last))
        };
        if meets(mine.get(taken.mine.end), theirs[taken.theirs.clone()].last()) {
            taken.mine.end += 1;
        } else if meets(theirs.get(taken.theirs.end), mine[taken.mine.clone()].last()) {
            taken.theirs.end += 1;
        } else {
            return taken;
        }
    }
}

/// Where one is in the base, mine and theirs, in blocks.
type Position = [usize; 3];

struct Writer<'a> {
    bodies: [Body<'a>; 3],
    at: Position,
    pieces: Vec<Piece>,
    /// Blocks that both sides took away from where they stood.
    gone: HashSet<u32>,
}

impl Writer<'_> {
    /// Writes everything up to a block of the base that nobody changed.
    fn same_until(&mut self, base: usize) {
        let unchanged = base - self.at[0];
        if unchanged > 0 {
            self.put(Kind::Same, self.at.map(|at| at + unchanged));
        }
    }

    /// Writes a piece that ends there.
    fn put(&mut self, kind: Kind, end: Position) {
        let blocks = [0, 1, 2].map(|side| self.at[side]..end[side]);
        let cut = [0, 1, 2].map(|side| self.bodies[side].bytes(&blocks[side]));
        let blocks = blocks.map(|blocks| blocks.len());
        self.pieces.push(Piece { subject: Subject::Body, kind, blocks, decision: None, cut });
        self.at = end;
    }

    /// Writes changes that belong together. What one side did not touch in them is as long there as in the base.
    fn changed(&mut self, mine: &[Hunk], theirs: &[Hunk]) {
        let all = || mine.iter().chain(theirs);
        let start = all().map(|hunk| hunk.base.start).min().unwrap_or(self.at[0]);
        let end = all().map(|hunk| hunk.base.end).max().unwrap_or(start);
        self.same_until(start);
        let length = |hunks: &[Hunk]| {
            let put: usize = hunks.iter().map(|hunk| hunk.side.len()).sum();
            let taken: usize = hunks.iter().map(|hunk| hunk.base.len()).sum();
            end - start + put - taken
        };
        let end = [end, self.at[1] + length(mine), self.at[2] + length(theirs)];
        let [before, here, there] = [0, 1, 2].map(|side| self.bodies[side].text(&(self.at[side]..end[side])));
        let kind = match (here == before, there == before) {
            (true, true) => Kind::Same,
            (false, true) => Kind::OnlyMine,
            (true, false) => Kind::OnlyTheirs,
            (false, false) if here == there => Kind::Agreed,
            (false, false) => Kind::Overlap,
        };
        if matches!(kind, Kind::Agreed | Kind::Overlap) {
            let blocks = [0, 1, 2].map(|side| self.at[side]..end[side]);
            let [mine, theirs] = [1, 2].map(|side| self.fewer(0, side, &blocks));
            self.gone.extend(mine.intersection(&theirs));
        }
        self.put(kind, end);
    }

    /// The blocks of which one body has more than another in these places.
    fn fewer(&self, many: usize, few: usize, blocks: &[Range<usize>; 3]) -> HashSet<u32> {
        let mut counts: HashMap<u32, isize> = HashMap::new();
        for (side, by) in [(many, 1), (few, -1)] {
            for number in &self.bodies[side].numbers[blocks[side].clone()] {
                *counts.entry(*number).or_default() += by;
            }
        }
        counts.into_iter().filter(|(_, count)| *count > 0).map(|(number, _)| number).collect()
    }

    /// A block that both took away, and that one of them put in elsewhere, was moved by the one and removed, or moved to
    /// another place, by the other. Where it was put in is an overlap, though only one side changed that place.
    fn moves(&mut self) {
        if self.gone.is_empty() {
            return;
        }
        let mut at = [0; 3];
        for position in 0..self.pieces.len() {
            let piece = &self.pieces[position];
            let blocks = [0, 1, 2].map(|side| at[side]..at[side] + piece.blocks[side]);
            let side = match piece.kind {
                Kind::OnlyMine => Some(1),
                Kind::OnlyTheirs => Some(2),
                Kind::Same | Kind::Agreed | Kind::Overlap => None,
            };
            if side.is_some_and(|side| !self.fewer(side, 0, &blocks).is_disjoint(&self.gone)) {
                self.pieces[position].kind = Kind::Overlap;
            }
            at = blocks.map(|blocks| blocks.end);
        }
    }
}

/// The pieces of three bodies in reading order. Each side's pieces, put together, are exactly that side.
pub(super) fn pieces(base: &str, mine: &str, theirs: &str) -> Vec<Piece> {
    let mut known = HashMap::new();
    let bodies = [base, mine, theirs].map(|source| Body::of(source, &mut known));
    let (my_hunks, their_hunks) = (hunks(&bodies[0], &bodies[1]), hunks(&bodies[0], &bodies[2]));
    let blocks = bodies[0].numbers.len();
    let mut writer = Writer { bodies, at: [0; 3], pieces: Vec::new(), gone: HashSet::new() };
    let mut from = (0, 0);
    while from.0 < my_hunks.len() || from.1 < their_hunks.len() {
        let taken = group(&my_hunks, &their_hunks, from);
        from = (taken.mine.end, taken.theirs.end);
        writer.changed(&my_hunks[taken.mine], &their_hunks[taken.theirs]);
    }
    writer.same_until(blocks);
    writer.moves();
    writer.pieces
}

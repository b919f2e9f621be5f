//! Which chunk of the edited text was which chunk before.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Beyond this product of lengths chunks are paired in order: comparing all with all would be felt.
const MOST_PAIRS: usize = 10_000;
/// Beyond this product of lengths only equal chunks of equal rank are matched.
const MOST_COMPARED: usize = 4_000_000;

/// What a new chunk comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// This old chunk, unchanged.
    Same(usize),
    /// This old chunk, changed.
    Changed(usize),
    /// Nothing.
    New,
}

/// The origin of every new chunk. No old chunk is given twice.
pub(super) fn align(old: &[&str], new: &[&str]) -> Vec<From> {
    let before = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (old_rest, new_rest) = (&old[before..], &new[before..]);
    let after = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(old, new)| old == new).count();
    let mut from: Vec<From> = (0..before).map(From::Same).collect();
    from.resize(new.len(), From::New);
    for at in 0..after {
        from[new.len() - 1 - at] = From::Same(old.len() - 1 - at);
    }
    let (old_middle, new_middle) = (&old_rest[..old_rest.len() - after], &new_rest[..new_rest.len() - after]);
    for (new_at, old_at) in matched(old_middle, new_middle) {
        from[before + new_at] = From::Same(before + old_at);
    }
    moved(old, new, &mut from);
    pair_gaps(old, new, &mut from);
    from
}

/// Equal chunks in the same order, as many as possible: pairs of new and old.
fn matched(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let common = |these: &[&str], those: &[&str]| -> Vec<usize> {
        let those: BTreeSet<&str> = those.iter().copied().collect();
        (0..these.len()).filter(|at| those.contains(these[*at])).collect()
    };
    let (old_at, new_at) = (common(old, new), common(new, old));
    if old_at.len().saturating_mul(new_at.len()) > MOST_COMPARED {
        return Vec::new();
    }
    let old_texts: Vec<_> = old_at.iter().map(|at| old[*at]).collect();
    let new_texts: Vec<_> = new_at.iter().map(|at| new[*at]).collect();
    let mut pairs = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, &old_texts, &new_texts) {
        if let DiffOp::Equal { old_index, new_index, len } = operation {
            pairs.extend((0..len).map(|step| (new_at[new_index + step], old_at[old_index + step])));
        }
    }
    pairs
}

/// Chunks that stand elsewhere now are still the same.
fn moved(old: &[&str], new: &[&str], from: &mut [From]) {
    let mut free: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in left(old.len(), from).into_iter().rev() {
        free.entry(old[at]).or_default().push(at);
    }
    for (at, from) in from.iter_mut().enumerate() {
        if *from == From::New
            && let Some(old) = free.get_mut(new[at]).and_then(Vec::pop)
        {
            *from = From::Same(old);
        }
    }
}

/// The old chunks that nothing came from.
fn left(count: usize, from: &[From]) -> Vec<usize> {
    let mut used = vec![false; count];
    for from in from {
        if let From::Same(at) | From::Changed(at) = from {
            used[*at] = true;
        }
    }
    (0..count).filter(|at| !used[*at]).collect()
}

/// Pairs what was changed: within each gap between unchanged chunks, old with new, in order.
fn pair_gaps(old: &[&str], new: &[&str], from: &mut [From]) {
    let free = left(old.len(), from);
    let mut at = 0;
    // Old chunks before this one stand above the gap.
    let mut above = 0;
    while at < new.len() {
        if let From::Same(old_at) = from[at] {
            above = above.max(old_at + 1);
            at += 1;
            continue;
        }
        let end = (at..new.len()).find(|at| matches!(from[*at], From::Same(_))).unwrap_or(new.len());
        let below = (end..new.len()).find_map(|at| match from[at] {
            From::Same(old_at) if old_at >= above => Some(old_at),
            From::Same(_) | From::Changed(_) | From::New => None,
        });
        let low = free.partition_point(|old| *old < above);
        let high = below.map_or(free.len(), |below| free.partition_point(|old| *old < below));
        let gap: Vec<usize> = free[low..high.max(low)].to_vec();
        for (new_at, old_at) in pairs(&gap, old, &new[at..end]) {
            from[at + new_at] = From::Changed(old_at);
        }
        above = below.unwrap_or(old.len()).max(above);
        at = end;
    }
}

/// Pairs of new and old in one gap: in order, the likest first in mind.
fn pairs(gap: &[usize], old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    if gap.len() == new.len() || gap.len().saturating_mul(new.len()) > MOST_PAIRS {
        return gap.iter().enumerate().take(new.len()).map(|(at, old)| (at, *old)).collect();
    }
    let words = |text: &'_ str| -> BTreeSet<String> {
        text.split(|character: char| !character.is_alphanumeric()).map(str::to_owned).collect()
    };
    let old_words: Vec<_> = gap.iter().map(|at| words(old[*at])).collect();
    let new_words: Vec<_> = new.iter().map(|text| words(text)).collect();
    let likeness = |new: usize, old: usize| {
        let (new, old) = (&new_words[new], &old_words[old]);
        1 + 1_000 * new.intersection(old).count() / new.len().max(old.len()).max(1)
    };
    best(new.len(), gap.len(), likeness).into_iter().map(|(new, old)| (new, gap[old])).collect()
}

/// The pairs in order whose likeness is greatest in sum.
fn best(new: usize, old: usize, likeness: impl Fn(usize, usize) -> usize) -> Vec<(usize, usize)> {
    let mut sums = vec![vec![0_usize; old + 1]; new + 1];
    for n in (0..new).rev() {
        for o in (0..old).rev() {
            let paired = sums[n + 1][o + 1] + likeness(n, o);
            sums[n][o] = paired.max(sums[n + 1][o]).max(sums[n][o + 1]);
        }
    }
    let (mut n, mut o, mut found) = (0, 0, Vec::new());
    while n < new && o < old {
        if sums[n][o] == sums[n + 1][o] {
            n += 1;
        } else if sums[n][o] == sums[n][o + 1] {
            o += 1;
        } else {
            found.push((n, o));
            (n, o) = (n + 1, o + 1);
        }
    }
    found
}

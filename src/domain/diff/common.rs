//! The longest common parts of two lists of numbers, bounded: what both begin and end with, what each has once, and
//! between these what a whole comparison finds as long as it is small.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Numbers compared in full between two that are certain, both sides together; what no side shares is not counted.
const MOST: usize = 8_000;

/// Pairs of positions that hold the same number, both rising.
pub(super) fn common(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut old_at, mut new_at) = (0, 0);
    for (old_sure, new_sure) in once(old, new) {
        between(old, new, (old_at, new_at), (old_sure, new_sure), &mut pairs);
        pairs.push((old_sure, new_sure));
        (old_at, new_at) = (old_sure + 1, new_sure + 1);
    }
    between(old, new, (old_at, new_at), (old.len(), new.len()), &mut pairs);
    pairs
}

/// Pairs between two places that are certain.
fn between(
    old: &[u32],
    new: &[u32],
    from: (usize, usize),
    to: (usize, usize),
    pairs: &mut Vec<(usize, usize)>,
) {
    let (old, new) = (&old[from.0..to.0], &new[from.1..to.1]);
    let before = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (old_rest, new_rest) = (&old[before..], &new[before..]);
    let ends = old_rest.iter().rev().zip(new_rest.iter().rev());
    let after = ends.take_while(|(old, new)| old == new).count();
    pairs.extend((0..before).map(|at| (from.0 + at, from.1 + at)));
    let (old_middle, new_middle) = (&old_rest[..old_rest.len() - after], &new_rest[..new_rest.len() - after]);
    let start = (from.0 + before, from.1 + before);
    pairs.extend(whole(old_middle, new_middle).into_iter().map(|(old, new)| (start.0 + old, start.1 + new)));
    let start = (to.0 - after, to.1 - after);
    pairs.extend((0..after).map(|at| (start.0 + at, start.1 + at)));
}

/// A whole comparison of what both sides have; nothing where that is too much.
fn whole(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let counts = counts(old, new);
    let shared = |list: &[u32]| -> Vec<usize> {
        (0..list.len()).filter(|at| counts[list[*at] as usize].iter().all(|count| *count > 0)).collect()
    };
    let (old_at, new_at) = (shared(old), shared(new));
    if old_at.is_empty() || old_at.len() + new_at.len() > MOST {
        return Vec::new();
    }
    let old: Vec<u32> = old_at.iter().map(|at| old[*at]).collect();
    let new: Vec<u32> = new_at.iter().map(|at| new[*at]).collect();
    let operations = capture_diff_slices(Algorithm::Myers, &old, &new);
    let equal = operations.into_iter().filter(|operation| matches!(operation, DiffOp::Equal { .. }));
    let pairs = equal.flat_map(|operation| operation.old_range().zip(operation.new_range()));
    pairs.map(|(old, new)| (old_at[old], new_at[new])).collect()
}

/// How often each number stands in the old and in the new list.
fn counts(old: &[u32], new: &[u32]) -> Vec<[u32; 2]> {
    let most = old.iter().chain(new).max().map_or(0, |most| *most as usize + 1);
    let mut counts = vec![[0, 0]; most];
    for (side, list) in [old, new].into_iter().enumerate() {
        for number in list {
            counts[*number as usize][side] += 1;
        }
    }
    counts
}

/// Pairs of numbers that either list has exactly once, as many as stand in the same order in both.
fn once(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let counts = counts(old, new);
    let mut places = vec![0; counts.len()];
    for (at, number) in new.iter().enumerate() {
        places[*number as usize] = at;
    }
    let single = old.iter().enumerate().filter(|(_, number)| counts[**number as usize] == [1, 1]);
    rising(&single.map(|(at, number)| (at, places[*number as usize])).collect::<Vec<_>>())
}

/// The longest part of `pairs`, whose first halves rise, in which the second halves rise as well.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The pair that ends the best chain of each length, and the pair before each pair in its chain.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, (_, new)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *new);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut chain = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        chain.push(pairs[at]);
        next = before[at];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_stands_once_on_both_sides_holds_the_rest() {
        assert_eq!(common(&[1, 2, 3, 2], &[1, 2, 2, 3, 2]), [(0, 0), (1, 1), (2, 3), (3, 4)]);
        assert_eq!(common(&[], &[1]), []);
        assert_eq!(common(&[1, 2], &[2, 1]).len(), 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn pairs_rise_and_are_the_same(old in prop::collection::vec(0..6u32, 0..12), new in prop::collection::vec(0..6u32, 0..12)) {
            let pairs = common(&old, &new);
            prop_assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
            prop_assert!(pairs.iter().all(|(a, b)| old[*a] == new[*b]));
            if old == new {
                prop_assert_eq!(pairs.len(), old.len());
            }
        }
    }
}

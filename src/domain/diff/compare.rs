//! Compares bodies block by block, then the rows of changed blocks, then the words of changed rows.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::blocks::Blocks;
use super::common::common;
use super::signs::seen;
use super::tokens::{Token, tokens};
use super::{Change, Diff, Gap, Piece, Row, Unit};

/// A change of more tokens than this, both sides together, is shown as replaced whole.
const MOST_TOKENS: usize = 20_000;
/// Where fewer than one word in this many is common to both sides, showing the common ones only confuses.
const LEAST_COMMON: usize = 4;
/// Unchanged blocks beside a change that become rows.
const BESIDE: usize = 6;
/// Unchanged blocks in a row that are all made rows; more are left out but for those beside a change.
const ALL: usize = 40;

/// Rows that show more than those that are compared first.
#[derive(Clone, Copy)]
pub(super) struct Closer {
    /// The rows of a block.
    pub(super) units: fn(&str) -> Vec<Unit>,
    /// What they show more; where it is alike on both sides the rows are not needed.
    pub(super) styles: fn(&str) -> Vec<(u8, String)>,
}

/// Compares two bodies by the rows that `render` makes of each of their blocks. Unchanged blocks far from any change are
/// not even rendered. Where what `closer` shows more is not alike in two blocks, it is asked, if it is there.
pub(super) fn bodies(
    old: &str,
    new: &str,
    render: impl Fn(&str) -> Vec<Unit>,
    closer: Option<Closer>,
) -> Diff {
    let Blocks { old, new, changes } = Blocks::of(old, new);
    let mut diff = Diff::default();
    let mut from = 0;
    for (number, change) in changes.iter().enumerate() {
        same(&mut diff, &new, from..change.new.start, (number > 0, true), &render);
        from = change.new.end;
        let (old, new) = (&old[change.old.clone()], &new[change.new.clone()]);
        let (mut before, mut after) = (rows(old, &render), rows(new, &render));
        let styles = |closer: &Closer, blocks: &[&str]| -> Vec<(u8, String)> {
            blocks.iter().flat_map(|block| (closer.styles)(block)).collect()
        };
        if let Some(closer) = closer {
            let alike = before.iter().map(Unit::key).eq(after.iter().map(Unit::key));
            let shown = (rows(old, closer.units), rows(new, closer.units));
            if styles(&closer, old) != styles(&closer, new) || (alike && shown.0 != shown.1) {
                (before, after) = shown;
            }
        }
        let first = diff.rows.len();
        Comparison { change: Some(number), old: &before, new: &after, diff: &mut diff }.run();
        let blocks = change.old.len().max(change.new.len());
        if diff.rows[first..].iter().all(|row| row.kind == Change::Same) {
            diff.silent_blocks += blocks;
        } else {
            diff.changed_blocks += blocks;
        }
    }
    same(&mut diff, &new, from..new.len(), (!changes.is_empty(), false), &render);
    diff.changes = changes;
    diff
}

fn rows(blocks: &[&str], render: impl Fn(&str) -> Vec<Unit>) -> Vec<Unit> {
    blocks.iter().flat_map(|block| render(block)).collect()
}

/// Writes unchanged blocks: all of a few, of many only those beside a change.
fn same(
    diff: &mut Diff,
    blocks: &[&str],
    run: Range<usize>,
    (after_change, before_change): (bool, bool),
    render: impl Fn(&str) -> Vec<Unit>,
) {
    let mut write = |run: Range<usize>| {
        for unit in blocks[run].iter().flat_map(|block| render(block)) {
            let pieces = vec![Piece { text: seen(&unit.text).into_owned(), change: Change::Same }];
            diff.rows.push(Row { of: None, pieces, kind: Change::Same });
        }
        diff.rows.len()
    };
    if run.len() <= ALL {
        write(run);
        return;
    }
    let head = run.start + if after_change { BESIDE } else { 0 };
    let tail = run.end - if before_change { BESIDE } else { 0 };
    let at = write(run.start..head);
    write(tail..run.end);
    diff.gaps.push(Gap { at, blocks: head..tail });
}

/// Compares two lists of rows.
pub(super) fn units(old: &[Unit], new: &[Unit]) -> Diff {
    let mut diff = Diff::default();
    Comparison { change: None, old, new, diff: &mut diff }.run();
    diff
}

/// A comparison being written.
struct Comparison<'units> {
    /// Which change of blocks the rows are of.
    change: Option<usize>,
    old: &'units [Unit],
    new: &'units [Unit],
    diff: &'units mut Diff,
}

impl<'units> Comparison<'units> {
    fn run(mut self) {
        let mut numbers: HashMap<&'units str, u32> = HashMap::new();
        let mut number = |unit: &'units Unit| -> u32 {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            *numbers.entry(unit.key()).or_insert(next)
        };
        let old: Vec<u32> = self.old.iter().map(&mut number).collect();
        let new: Vec<u32> = self.new.iter().map(&mut number).collect();
        let (mut old_at, mut new_at) = (0, 0);
        let ends = [(old.len(), new.len())];
        for (old_same, new_same) in common(&old, &new).into_iter().chain(ends) {
            if (old_at, new_at) != (old_same, new_same) {
                self.changed(&(old_at..old_same), &(new_at..new_same));
            }
            if let Some(unit) = self.new.get(new_same) {
                let pieces = vec![Piece { text: seen(&unit.text).into_owned(), change: Change::Same }];
                self.diff.rows.push(Row { of: self.change, pieces, kind: Change::Same });
            }
            (old_at, new_at) = (old_same + 1, new_same + 1);
        }
    }

    /// Writes old rows and the new rows that replace them; in pairs, where there are as many of both.
    fn changed(&mut self, old: &Range<usize>, new: &Range<usize>) {
        let (old_side, new_side) = (Side::new(&self.old[old.clone()]), Side::new(&self.new[new.clone()]));
        let (old_changed, new_changed) = changed_tokens(&old_side.tokens, &new_side.tokens);
        self.diff.removed_words += old_side.words(&old_changed);
        self.diff.added_words += new_side.words(&new_changed);
        let of = self.change;
        let removed = old_side.pieces(&old_changed, Change::Removed).into_iter();
        let removed = removed.map(|pieces| Row { of, pieces, kind: Change::Removed });
        let added = new_side.pieces(&new_changed, Change::Added).into_iter();
        let added = added.map(|pieces| Row { of, pieces, kind: Change::Added });
        if old.len() == new.len() {
            self.diff.rows.extend(removed.zip(added).flat_map(|(removed, added)| [removed, added]));
        } else {
            self.diff.rows.extend(removed.chain(added));
        }
    }
}

/// The tokens of one side of a change.
struct Side<'units> {
    tokens: Vec<Token<'units>>,
    /// Where each row's tokens end.
    ends: Vec<usize>,
}

impl<'units> Side<'units> {
    fn new(units: &'units [Unit]) -> Self {
        let mut side = Self { tokens: Vec::new(), ends: Vec::with_capacity(units.len()) };
        for unit in units {
            side.tokens.extend(tokens(&unit.text));
            side.ends.push(side.tokens.len());
        }
        side
    }

    /// How many words changed.
    fn words(&self, changed: &[bool]) -> usize {
        self.tokens.iter().zip(changed).filter(|(token, changed)| token.word && **changed).count()
    }

    /// The pieces of each row.
    fn pieces(&self, changed: &[bool], change: Change) -> Vec<Vec<Piece>> {
        let mut start = 0;
        let rows = self.ends.iter().map(|end| {
            let row = std::mem::replace(&mut start, *end)..*end;
            let mut pieces: Vec<Piece> = Vec::new();
            for (token, changed) in self.tokens[row.clone()].iter().zip(&changed[row]) {
                let change = if *changed { change } else { Change::Same };
                match pieces.last_mut() {
                    Some(last) if last.change == change => last.text.push_str(&seen(token.text)),
                    _ => pieces.push(Piece { text: seen(token.text).into_owned(), change }),
                }
            }
            pieces
        });
        rows.collect()
    }
}

/// Which tokens of either side the other does not have.
fn changed_tokens(old: &[Token<'_>], new: &[Token<'_>]) -> (Vec<bool>, Vec<bool>) {
    let before = old.iter().zip(new).take_while(|(old, new)| old.text == new.text).count();
    let (old_rest, new_rest) = (&old[before..], &new[before..]);
    let after = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(|(old, new)| old.text == new.text)
        .count();
    let old_middle = before..old.len() - after;
    let new_middle = before..new.len() - after;
    let (mut old_changed, mut new_changed) = (vec![false; old.len()], vec![false; new.len()]);
    old_changed[old_middle.clone()].fill(true);
    new_changed[new_middle.clone()].fill(true);
    if old_middle.len() + new_middle.len() <= MOST_TOKENS {
        let shared = shared(&old[old_middle.clone()], &new[new_middle.clone()]);
        for (old, new) in shared {
            old_changed[before + old] = false;
            new_changed[before + new] = false;
        }
    }
    for (tokens, changed) in [(old, &mut old_changed), (new, &mut new_changed)] {
        bridge(tokens, changed);
        slide(tokens, changed);
    }
    (old_changed, new_changed)
}

/// The pairs of positions that both sides share, or none where they have too little in common to be versions of the
/// same words.
fn shared(old: &[Token<'_>], new: &[Token<'_>]) -> Vec<(usize, usize)> {
    if old.is_empty() || new.is_empty() {
        return Vec::new();
    }
    let text = |token: &Token<'_>| token.text.to_owned();
    let (old_texts, new_texts): (Vec<_>, Vec<_>) =
        (old.iter().map(text).collect(), new.iter().map(text).collect());
    let operations = capture_diff_slices(Algorithm::Myers, &old_texts, &new_texts);
    let equal = operations.into_iter().filter(|operation| matches!(operation, DiffOp::Equal { .. }));
    let pairs: Vec<_> =
        equal.flat_map(|operation| operation.old_range().zip(operation.new_range())).collect();
    let words = |tokens: &[Token<'_>]| tokens.iter().filter(|token| token.word).count();
    let common = pairs.iter().filter(|(position, _)| old[*position].word).count();
    if common * LEAST_COMMON < words(old).min(words(new)) { Vec::new() } else { pairs }
}

/// Blanks between two changed tokens count as changed, so that a changed phrase shows as one.
fn bridge(tokens: &[Token<'_>], changed: &mut [bool]) {
    for position in 1..tokens.len().saturating_sub(1) {
        if tokens[position].blank() && changed[position - 1] && changed[position + 1] {
            changed[position] = true;
        }
    }
}

/// Moves a changed run to the left where that makes it begin with a tag: `<[li>x</li><]/ul>` says less than
/// `[<li>x</li>]</ul>`. What is unchanged stays the same sequence.
fn slide(tokens: &[Token<'_>], changed: &mut [bool]) {
    let mut start = 1;
    while start < tokens.len() {
        if !changed[start] || changed[start - 1] {
            start += 1;
            continue;
        }
        let length = changed[start..].iter().take_while(|changed| **changed).count();
        let end = start + length;
        let steps = (1..=start.min(length))
            .take_while(|step| !changed[start - step] && tokens[start - step].text == tokens[end - step].text)
            .find(|step| tokens[start - step].text == "<");
        if let Some(steps) = steps.filter(|_| tokens[start].text != "<") {
            changed[start - steps..start].fill(true);
            changed[end - steps..end].fill(false);
        }
        start = end;
    }
}

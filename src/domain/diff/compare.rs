//! Compares rows, then the words of changed rows.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::tokens::{Token, tokens};
use super::{Change, Diff, Piece, Row, Unit};

/// A change of more tokens than this, both sides together, is shown as replaced whole.
const MOST_TOKENS: usize = 20_000;
/// Where fewer than one word in this many is common to both sides, showing the common ones only confuses.
const LEAST_COMMON: usize = 4;

/// Compares two lists of rows.
pub(super) fn units<'units>(old: &'units [Unit], new: &'units [Unit]) -> Diff {
    let mut numbers: HashMap<&'units str, u32> = HashMap::new();
    let mut number = |unit: &'units Unit| -> u32 {
        let next = count(numbers.len());
        *numbers.entry(unit.key()).or_insert(next)
    };
    let old_numbers: Vec<u32> = old.iter().map(&mut number).collect();
    let new_numbers: Vec<u32> = new.iter().map(&mut number).collect();
    let mut comparison =
        Comparison { old, new, diff: Diff::default(), touched: [HashSet::new(), HashSet::new()] };
    for operation in capture_diff_slices(Algorithm::Myers, &old_numbers, &new_numbers) {
        comparison.operation(operation);
    }
    let [old_blocks, new_blocks] = &comparison.touched;
    comparison.diff.changed_blocks = old_blocks.len().max(new_blocks.len());
    comparison.diff
}

/// A position as the number it is shown with, saturating.
fn count(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// A comparison being written.
struct Comparison<'units> {
    old: &'units [Unit],
    new: &'units [Unit],
    diff: Diff,
    /// Top-level blocks touched in the old and in the new body.
    touched: [HashSet<usize>; 2],
}

impl Comparison<'_> {
    fn operation(&mut self, operation: DiffOp) {
        let (old, new) = (operation.old_range(), operation.new_range());
        if matches!(operation, DiffOp::Equal { .. }) {
            for (old, new) in old.zip(new) {
                self.same(old, new);
            }
        } else {
            self.changed(&old, &new);
        }
    }

    fn same(&mut self, old: usize, new: usize) {
        let pieces = vec![Piece { text: self.new[new].text.clone(), change: Change::Same }];
        let (old_line, new_line) = (Some(count(old + 1)), Some(count(new + 1)));
        self.diff.rows.push(Row { old_line, new_line, pieces, kind: Change::Same });
    }

    /// Writes old rows and the new rows that replace them; in pairs, where there are as many of both.
    fn changed(&mut self, old: &Range<usize>, new: &Range<usize>) {
        let (all_old, all_new) = (self.old, self.new);
        let (old_side, new_side) = (Side::new(&all_old[old.clone()]), Side::new(&all_new[new.clone()]));
        let (old_changed, new_changed) = changed_tokens(&old_side.tokens, &new_side.tokens);
        self.touched[0].extend(all_old[old.clone()].iter().map(|unit| unit.block));
        self.touched[1].extend(all_new[new.clone()].iter().map(|unit| unit.block));
        self.diff.removed_words += old_side.words(&old_changed);
        self.diff.added_words += new_side.words(&new_changed);
        let removed =
            old.clone().zip(old_side.pieces(&old_changed, Change::Removed)).map(|(line, pieces)| Row {
                old_line: Some(count(line + 1)),
                new_line: None,
                pieces,
                kind: Change::Removed,
            });
        let added = new.clone().zip(new_side.pieces(&new_changed, Change::Added)).map(|(line, pieces)| Row {
            old_line: None,
            new_line: Some(count(line + 1)),
            pieces,
            kind: Change::Added,
        });
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
                    Some(last) if last.change == change => last.text.push_str(token.text),
                    _ => pieces.push(Piece { text: token.text.to_owned(), change }),
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

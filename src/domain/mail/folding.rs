//! Sorts the lines of a message into its own words, quoted history and signature.

use super::parting::gather;
use super::phrases::{
    Field, begins_signature, field, forwarded, introduces, is_device, is_quoted, is_rule, original_message,
};
use super::units::{Nature, Unit, units};
use super::{Fold, Piece};
use crate::domain::html::Block;

/// A quotation of at most so many lines stays where own words follow: they are the answer to it.
const SHORT_QUOTE: usize = 8;
/// The longest signature, in lines.
const LONGEST_SIGNATURE: usize = 15;
/// Lines within which the head of a quoted message says who and when.
const HEAD: usize = 6;

/// The blocks of a message in stretches.
pub(super) fn pieces(blocks: Vec<Block>) -> Vec<Piece> {
    let mut units = units(&blocks);
    sort(&mut units);
    gather(blocks, &units)
}

fn sort(units: &mut [Unit]) {
    for unit in units.iter_mut() {
        if matches!(unit.nature, Nature::History | Nature::Head) || is_quoted(&unit.words) {
            unit.sort = Some(Fold::Quoted);
        }
    }
    rest_is_quoted(units);
    introductions(units);
    keep_short_quotes(units);
    signature(units);
    device(units);
    blanks(units);
    keep_what_is_all(units);
}

/// From a line on that says so, everything is quoted; from one that passes a message on, nothing is.
fn rest_is_quoted(units: &mut [Unit]) {
    for at in 0..units.len() {
        if forwarded(&units[at].words) {
            units[at..].iter_mut().for_each(|unit| unit.sort = None);
            return;
        }
        let alone = introduction(units, at).filter(|after| {
            !next_is_quoted(units, *after) && units[at..*after].iter().any(|unit| unit.words.contains('@'))
        });
        let head = units[at].nature == Nature::Head || is_head(&units[at..]);
        if head || alone.is_some() || original_message(&units[at].words) {
            let parted = at > 0 && (units[at - 1].nature == Nature::Rule || is_rule(&units[at - 1].words));
            let from = at - usize::from(parted);
            units[from..].iter_mut().for_each(|unit| unit.sort = Some(Fold::Quoted));
            return;
        }
    }
}

/// Whether the head of a quoted message begins here: who, then when and to whom or about what.
fn is_head(units: &[Unit]) -> bool {
    let fields = || units.iter().take(HEAD).map_while(|unit| field(&unit.words));
    fields().next() == Some(Field::Who)
        && fields().any(|field| field == Field::When)
        && fields().any(|field| field == Field::What)
}

/// Where the introduction that begins here ends, if one does: on its line, or, where it was broken, on the next.
fn introduction(units: &[Unit], at: usize) -> Option<usize> {
    let line = units.get(at).filter(|unit| unit.nature == Nature::Line && unit.sort.is_none())?;
    if introduces(&line.words) {
        return Some(at + 1);
    }
    let next = units.get(at + 1).filter(|next| next.block == line.block && next.sort.is_none())?;
    let begins = !line.words.trim_end().ends_with([':', '.', '!', '?']) && !line.words.trim().is_empty();
    (begins && introduces(&format!("{} {}", line.words.trim(), next.words.trim()))).then_some(at + 2)
}

fn next_is_quoted(units: &[Unit], from: usize) -> bool {
    let next = units.get(from..).and_then(|rest| rest.iter().find(|unit| !unit.is_blank()));
    next.is_some_and(|unit| unit.sort == Some(Fold::Quoted))
}

/// What introduces a quotation belongs to it.
fn introductions(units: &mut [Unit]) {
    for at in 0..units.len() {
        if let Some(after) = introduction(units, at)
            && next_is_quoted(units, after)
        {
            units[at..after].iter_mut().for_each(|unit| unit.sort = Some(Fold::Quoted));
        }
    }
}

/// Where each stretch of units that are folded, or are not, begins and ends; blank lines belong to what is before them.
fn runs(units: &[Unit]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut folded = None;
    for (at, unit) in units.iter().enumerate() {
        match runs.last_mut() {
            Some((_, end)) if unit.is_blank() || folded == Some(unit.sort.is_some()) => *end = at + 1,
            _ => {
                runs.push((at, at + 1));
                folded = Some(unit.sort.is_some());
            }
        }
    }
    runs
}

fn keep_short_quotes(units: &mut [Unit]) {
    let Some(last) = units.iter().rposition(Unit::is_own) else { return };
    for (from, to) in runs(units) {
        let stretch = &mut units[from..to];
        let marked = stretch.iter().all(|unit| unit.nature == Nature::Line);
        if to <= last && marked && stretch.len() <= SHORT_QUOTE {
            for unit in stretch {
                unit.sort = None;
            }
        }
    }
}

/// From two dashes on to what is quoted, or to the end.
fn signature(units: &mut [Unit]) {
    let own = |unit: &Unit| unit.sort.is_none();
    let Some(from) = units.iter().rposition(|unit| own(unit) && begins_signature(&unit.words)) else {
        return;
    };
    let to = units[from..].iter().position(|unit| !own(unit)).map_or(units.len(), |more| from + more);
    let later = units[to..].iter().any(Unit::is_own);
    if !later && to - from <= LONGEST_SIGNATURE {
        units[from..to].iter_mut().for_each(|unit| unit.sort = Some(Fold::Signature));
    }
}

/// The last own line, where a telephone wrote it.
fn device(units: &mut [Unit]) {
    if let Some(last) = units.iter().rposition(Unit::is_own)
        && is_device(&units[last].words)
    {
        units[last].sort = Some(Fold::Signature);
    }
}

/// Blank lines beside what is folded are folded with it.
fn blanks(units: &mut [Unit]) {
    for at in 1..units.len() {
        if units[at].is_blank() && units[at].sort.is_none() {
            units[at].sort = units[at - 1].sort;
        }
    }
    for at in (1..units.len()).rev() {
        if units[at - 1].is_blank() && units[at - 1].sort.is_none() {
            units[at - 1].sort = units[at].sort;
        }
    }
}

/// What is left must say something, and a fold must hold more than the line that stands for it.
fn keep_what_is_all(units: &mut [Unit]) {
    if !units.iter().any(|unit| unit.is_own() && unit.nature != Nature::Rule) {
        return units.iter_mut().for_each(|unit| unit.sort = None);
    }
    for (from, to) in runs(units) {
        let words = units[from..to].iter().filter(|unit| !unit.is_blank()).count();
        let marked = units[from..to].iter().all(|unit| unit.nature == Nature::Line);
        if marked && words <= 1 {
            units[from..to].iter_mut().for_each(|unit| unit.sort = None);
        }
    }
}

//! Sorts the lines of a message into its own words, quoted history and signature, and parts the blocks between them.

use super::phrases::{
    Field, begins_signature, field, forwarded, introduces, is_device, is_quoted, is_rule, original_message,
};
use super::{Fold, Piece};
use crate::domain::html::{Block, Inline};

/// Bytes of a line that are looked at.
const LOOKED_AT: usize = 400;
/// A quotation of at most so many lines stays where own words follow: they are the answer to it.
const SHORT_QUOTE: usize = 8;
/// The longest signature, in lines.
const LONGEST_SIGNATURE: usize = 15;
/// Lines within which the head of a quoted message says who and when.
const HEAD: usize = 6;

/// A line of a paragraph, or any other block as a whole.
struct Unit {
    block: usize,
    words: String,
    /// What its markup says.
    nature: Nature,
    /// None for the author's own words.
    sort: Option<Fold>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Nature {
    /// A line of a paragraph.
    Line,
    /// History by its markup.
    History,
    /// The head of a quoted message by its markup, whose body follows.
    Head,
    /// A horizontal rule.
    Rule,
    /// Anything else.
    Other,
}

impl Unit {
    fn is_blank(&self) -> bool {
        self.nature == Nature::Line && self.words.trim().is_empty()
    }

    fn is_own(&self) -> bool {
        self.sort.is_none() && !self.is_blank()
    }
}

/// The blocks of a message in stretches.
pub(super) fn pieces(blocks: Vec<Block>) -> Vec<Piece> {
    let mut units = units(&blocks);
    sort(&mut units);
    gather(blocks, &units)
}

fn add_words(words: &mut String, text: &str) {
    let room = LOOKED_AT.saturating_sub(words.len());
    let end = text.char_indices().map(|(at, letter)| at + letter.len_utf8()).take_while(|end| *end <= room);
    words.push_str(&text[..end.last().unwrap_or(0)]);
}

/// The words of the lines of a paragraph, as far as they are looked at; something that is no text counts as words.
fn lines(inline: &[Inline]) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in inline {
        let last = lines.len() - 1;
        match piece {
            Inline::Text { text, .. } => add_words(&mut lines[last], text),
            Inline::Card(card) => {
                lines[last].push('▣');
                add_words(&mut lines[last], &card.label);
            }
            Inline::Break => lines.push(String::new()),
        }
    }
    lines
}

fn units(blocks: &[Block]) -> Vec<Unit> {
    let mut units = Vec::new();
    for (block, content) in blocks.iter().enumerate() {
        let unit = |words, nature| Unit { block, words, nature, sort: None };
        match content {
            Block::Paragraph(inline) => {
                units.extend(lines(inline).into_iter().map(|words| unit(words, Nature::Line)));
            }
            Block::Quote { blocks, history: true } => units.push(unit(String::new(), history(blocks))),
            Block::Rule => units.push(unit(String::new(), Nature::Rule)),
            Block::Heading { .. }
            | Block::List { .. }
            | Block::Table { .. }
            | Block::Code { .. }
            | Block::Quote { .. }
            | Block::Callout { .. }
            | Block::Details { .. }
            | Block::Card(_)
            | Block::Button { .. } => units.push(unit(String::new(), Nature::Other)),
        }
    }
    units
}

/// What history by its markup is: what is passed on is none, and a head alone has its body below.
fn history(blocks: &[Block]) -> Nature {
    let words = |block: &Block| if let Block::Paragraph(inline) = block { Some(lines(inline)) } else { None };
    let first = blocks.iter().find_map(words);
    let Some(first) = first else { return Nature::History };
    if first.iter().find(|line| !line.trim().is_empty()).is_some_and(|line| forwarded(line)) {
        return Nature::Other;
    }
    let is_field = |line: &String| line.trim().is_empty() || field(line).is_some();
    let only = blocks
        .iter()
        .all(|block| *block == Block::Rule || words(block).is_some_and(|lines| lines.iter().all(is_field)));
    if only { Nature::Head } else { Nature::History }
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

/// The blocks, parted where the sort of their lines changes.
fn gather(blocks: Vec<Block>, units: &[Unit]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut units = units.iter().peekable();
    for (at, block) in blocks.into_iter().enumerate() {
        let mut sorts = Vec::new();
        while let Some(unit) = units.next_if(|unit| unit.block == at) {
            sorts.push(unit.sort);
        }
        let first = sorts.first().copied().flatten();
        let parts = sorts.iter().any(|sort| *sort != first);
        if let Block::Paragraph(inline) = block {
            let stretches = if parts { parted(inline, &sorts) } else { vec![(first, inline)] };
            for (sort, inline) in stretches {
                add(&mut pieces, sort, Block::Paragraph(inline));
            }
        } else {
            add(&mut pieces, first, block);
        }
    }
    pieces
}

/// A paragraph in stretches of lines that are sorted alike.
fn parted(inline: Vec<Inline>, sorts: &[Option<Fold>]) -> Vec<(Option<Fold>, Vec<Inline>)> {
    let sort_of = |line: usize| sorts.get(line).copied().flatten();
    let mut parts = vec![(sort_of(0), Vec::new())];
    let mut line = 0;
    for piece in inline {
        if piece == Inline::Break {
            line += 1;
            let last = parts.last().map(|(sort, _)| *sort);
            if last != Some(sort_of(line)) {
                parts.push((sort_of(line), Vec::new()));
                continue;
            }
        }
        if let Some((_, inline)) = parts.last_mut() {
            inline.push(piece);
        }
    }
    parts
}

fn add(pieces: &mut Vec<Piece>, sort: Option<Fold>, block: Block) {
    match (pieces.last_mut(), sort) {
        (Some(Piece::Shown(blocks)), None) => blocks.push(block),
        (Some(Piece::Folded(parts)), Some(fold)) => match parts.last_mut() {
            Some((last, blocks)) if *last == fold => blocks.push(block),
            _ => parts.push((fold, vec![block])),
        },
        (_, None) => pieces.push(Piece::Shown(vec![block])),
        (_, Some(fold)) => pieces.push(Piece::Folded(vec![(fold, vec![block])])),
    }
}

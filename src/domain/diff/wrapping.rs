//! A row of a comparison on a screen: every character of it, on as many lines as it takes.

use crate::domain::text::{parts_within, width};

use super::tokens::tokens;
use super::{Change, Piece, Row};

/// Stands for a blank where only blanks changed.
const BLANK: &str = "␣";

/// How good a place is to end a line at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    /// Inside a word, or before a blank: the blank ends the line before.
    Bad,
    /// Between a word and a sign.
    Fair,
    /// After blanks, before a tag, after one.
    Good,
}

/// Something that is never broken.
struct Atom<'row> {
    text: &'row str,
    cells: usize,
    change: Change,
}

impl Atom<'_> {
    fn is_blank(&self) -> bool {
        self.text.starts_with(' ')
    }

    fn is_word(&self) -> bool {
        self.text.starts_with(char::is_alphanumeric)
    }
}

/// The pieces of `row` on lines of at most `width` cells: broken between words where possible, nothing left out; no line
/// but the first begins with a blank where that can be had. Blanks that were added or removed and would not be seen are
/// `␣`: pieces of nothing but blanks, and those at the end of the row. Width 0 gives no lines.
pub fn wrap_row(row: &Row, width: u16) -> Vec<Vec<Piece>> {
    if width == 0 {
        return Vec::new();
    }
    let width = usize::from(width);
    let atoms = atoms(row, width);
    let mut lines = Vec::new();
    let mut from = 0;
    while from < atoms.len() {
        let to = line_end(&atoms, from, width);
        lines.push(line(&atoms[from..to]));
        from = to;
    }
    if lines.is_empty() { vec![Vec::new()] } else { lines }
}

fn atoms(row: &Row, cells: usize) -> Vec<Atom<'_>> {
    let mut atoms = Vec::new();
    for (number, piece) in row.pieces.iter().enumerate() {
        let change = piece.change;
        let is_last = number + 1 == row.pieces.len();
        let (mut rest, whole) = (piece.text.as_str(), piece.text.bytes().all(|byte| byte == b' '));
        for token in tokens(&piece.text) {
            rest = &rest[token.text.len()..];
            let ends = rest.is_empty() && is_last;
            let blank = token.text.bytes().all(|byte| byte == b' ');
            if change != Change::Same && blank && (whole || ends) {
                atoms.extend(token.text.bytes().map(|_| Atom { text: BLANK, cells: 1, change }));
                continue;
            }
            let wide = width(token.text);
            if wide <= cells && !token.blank() {
                atoms.push(Atom { text: token.text, cells: wide, change });
            } else {
                let parts = parts_within(token.text, cells);
                atoms.extend(parts.map(|(text, cells)| Atom { text, cells, change }));
            }
        }
    }
    atoms
}

fn gap(before: &Atom<'_>, after: &Atom<'_>) -> Gap {
    if after.is_blank() || (before.is_word() && after.is_word()) {
        Gap::Bad
    } else if before.is_blank() || before.text == BLANK || before.text == ">" || after.text == "<" {
        Gap::Good
    } else if before.text == "<" || (before.text == "/" && after.is_word()) {
        Gap::Bad
    } else {
        Gap::Fair
    }
}

/// Where the line that starts at `from` ends: the best place in its last half, the last of these.
fn line_end(atoms: &[Atom<'_>], from: usize, width: usize) -> usize {
    let (mut used, mut to) = (0, from);
    while let Some(atom) = atoms.get(to).filter(|atom| used + atom.cells <= width || to == from) {
        used += atom.cells;
        to += 1;
    }
    if to == atoms.len() {
        return to;
    }
    let mut best = (gap(&atoms[to - 1], &atoms[to]), to);
    for at in (from + 1..to).rev() {
        used -= atoms[at].cells;
        if used * 2 < width || best.0 == Gap::Good {
            break;
        }
        let here = gap(&atoms[at - 1], &atoms[at]);
        if here > best.0 {
            best = (here, at);
        }
    }
    best.1
}

fn line(atoms: &[Atom<'_>]) -> Vec<Piece> {
    let mut line: Vec<Piece> = Vec::new();
    for atom in atoms {
        match line.last_mut() {
            Some(last) if last.change == atom.change => last.text.push_str(atom.text),
            _ => line.push(Piece { text: atom.text.to_owned(), change: atom.change }),
        }
    }
    line
}

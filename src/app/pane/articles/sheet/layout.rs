//! Laying a sheet out for a width: one column, or before and after side by side. Owns rows and where each change begins;
//! refuses to know what the sheet is about.

use super::{Mark, SIGN, SheetRow, Target};
use crate::app::pane::articles::sheet::Half;
use crate::domain::diff::{Change, LeftOut, Piece, Row, wrap_row};

/// Cells between two columns: a blank, a line, a blank.
pub const BETWEEN: u16 = 3;

/// Cells of the left and of the right column on a page of this width.
pub fn columns(width: u16) -> (u16, u16) {
    let room = width.saturating_sub(BETWEEN);
    (room / 2, room - room / 2)
}

/// Where a change begins, and what it is a change of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) row: usize,
    pub(super) target: Target,
}

/// A page being written.
pub(super) struct Page {
    width: u16,
    beside: bool,
    pub(super) rows: Vec<SheetRow>,
    pub(super) spots: Vec<Spot>,
}

fn sentence(text: &str) -> Vec<Piece> {
    vec![Piece { text: text.to_owned(), change: Change::Same }]
}

fn mark(change: Change) -> Mark {
    match change {
        Change::Same => Mark::Same,
        Change::Added => Mark::Added,
        Change::Removed => Mark::Removed,
    }
}

fn many(number: usize, one: &str) -> String {
    if number == 1 { format!("1 unchanged {one}") } else { format!("{number} unchanged {one}s") }
}

impl Page {
    pub(super) fn new(width: u16, beside: bool) -> Self {
        Self { width, beside, rows: Vec::new(), spots: Vec::new() }
    }

    /// A sentence on as many rows as it takes.
    pub(super) fn say(&mut self, mark: Mark, text: &str) {
        let wrapped = crate::domain::rich::wrap(text, self.width);
        if wrapped.is_empty() {
            self.rows.push(SheetRow { mark, goes_on: false, pieces: Vec::new(), beside: None });
        }
        for (number, line) in wrapped.iter().enumerate() {
            self.rows.push(SheetRow { mark, goes_on: number > 0, pieces: sentence(line), beside: None });
        }
    }

    /// The name of what is compared below; side by side, what each column is.
    pub(super) fn name(&mut self, name: &str, sides: [&str; 2]) {
        self.say(Mark::Same, "");
        if !self.beside {
            return self.say(Mark::Name, name);
        }
        let half = |text: &str| Half { mark: Mark::Name, goes_on: false, pieces: sentence(text) };
        self.pair(half(&format!("{name}, {}", sides[0])), half(sides[1]));
    }

    fn pair(&mut self, left: Half, right: Half) {
        let Half { mark, goes_on, pieces } = left;
        self.rows.push(SheetRow { mark, goes_on, pieces, beside: Some(right) });
    }

    /// What is left out because nothing changed there.
    pub(super) fn gap(&mut self, left: LeftOut) {
        let words = match left {
            LeftOut { rows: 0, blocks: 0 } => return,
            LeftOut { rows, blocks: 0 } => many(rows, "line"),
            LeftOut { rows: 0, blocks } => many(blocks, "block"),
            LeftOut { rows, blocks } => format!("{} and {}", many(rows, "line"), many(blocks, "block")),
        };
        let pieces = sentence(&format!("··· {words} ···"));
        self.rows.push(SheetRow { mark: Mark::Gap, goes_on: false, pieces, beside: None });
    }

    /// Rows of a comparison; `target` names what the change of a row is a change of.
    pub(super) fn compared(&mut self, rows: &[Row], target: impl Fn(&Row) -> Target) {
        let mut rest = rows;
        while let Some(first) = rest.first() {
            let changed = |row: &&Row| row.kind != Change::Same && row.of == first.of;
            let run = rest.iter().take_while(changed).count();
            if run == 0 {
                self.same(first);
            } else {
                self.spots.push(Spot { row: self.rows.len(), target: target(first) });
                self.changed(&rest[..run]);
            }
            rest = &rest[run.max(1)..];
        }
    }

    fn same(&mut self, row: &Row) {
        if self.beside { self.both(Some(row), Some(row)) } else { self.one(row) }
    }

    fn one(&mut self, row: &Row) {
        for Half { mark, goes_on, pieces } in halves(row, self.width) {
            self.rows.push(SheetRow { mark, goes_on, pieces, beside: None });
        }
    }

    fn changed(&mut self, rows: &[Row]) {
        if !self.beside {
            return rows.iter().for_each(|row| self.one(row));
        }
        let of = |kind| rows.iter().filter(move |row| row.kind == kind).peekable();
        let (mut old, mut new) = (of(Change::Removed), of(Change::Added));
        let as_many = old.clone().count() == new.clone().count();
        loop {
            let alone = match (old.peek(), new.peek()) {
                (None, None) => return,
                (Some(_), None) => Some(Change::Removed),
                (None, Some(_)) => Some(Change::Added),
                (Some(_), Some(_)) if as_many => None,
                (Some(old), Some(new)) => match (shares(old), shares(new)) {
                    (true, false) => Some(Change::Added),
                    (false, true) => Some(Change::Removed),
                    (true, true) | (false, false) => None,
                },
            };
            let left = if alone == Some(Change::Added) { None } else { old.next() };
            let right = if alone == Some(Change::Removed) { None } else { new.next() };
            self.both(left, right);
        }
    }

    /// Two rows beside each other, as long as the longer one.
    fn both(&mut self, left: Option<&Row>, right: Option<&Row>) {
        let (left_width, right_width) = columns(self.width);
        let mut left = left.map_or_else(Vec::new, |row| halves(row, left_width)).into_iter();
        let mut right = right.map_or_else(Vec::new, |row| halves(row, right_width)).into_iter();
        loop {
            match (left.next(), right.next()) {
                (None, None) => return,
                (left, right) => self.pair(left.unwrap_or_default(), right.unwrap_or_default()),
            }
        }
    }
}

/// Whether a changed row has words that the other side has, too.
fn shares(row: &Row) -> bool {
    row.pieces.iter().any(|piece| piece.change == Change::Same && piece.text.contains(char::is_alphanumeric))
}

/// A row on lines of this width.
fn halves(row: &Row, width: u16) -> Vec<Half> {
    let lines = wrap_row(row, width.saturating_sub(SIGN)).into_iter().enumerate();
    lines.map(|(number, pieces)| Half { mark: mark(row.kind), goes_on: number > 0, pieces }).collect()
}

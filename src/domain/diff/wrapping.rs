//! A row of a comparison on a screen: every character of it, on as many lines as it takes.

use crate::domain::text::{parts_within, width};

use super::tokens::tokens;
use super::{Change, Piece, Row};

/// Stands for a blank where only blanks changed.
const BLANK: &str = "␣";

/// The pieces of `row` on lines of at most `width` cells: broken between words where possible, nothing left out. A
/// piece of nothing but blanks that was added or removed shows them as `␣`. Width 0 gives no lines.
pub fn wrap_row(row: &Row, width: u16) -> Vec<Vec<Piece>> {
    if width == 0 {
        return Vec::new();
    }
    let mut wrapping = Wrapping { width: usize::from(width), used: 0, lines: vec![Vec::new()] };
    for piece in &row.pieces {
        let blanks_only = piece.change != Change::Same && piece.text.bytes().all(|byte| byte == b' ');
        if blanks_only {
            wrapping.parts(&BLANK.repeat(piece.text.len()), piece.change);
        } else {
            for token in tokens(&piece.text) {
                wrapping.token(token.text, piece.change);
            }
        }
    }
    wrapping.lines
}

struct Wrapping {
    width: usize,
    used: usize,
    lines: Vec<Vec<Piece>>,
}

impl Wrapping {
    fn token(&mut self, text: &str, change: Change) {
        let cells = width(text);
        if self.used + cells <= self.width {
            self.write(text, cells, change);
        } else if cells <= self.width && !text.starts_with(' ') {
            self.next_line();
            self.write(text, cells, change);
        } else {
            self.parts(text, change);
        }
    }

    /// Writes grapheme by grapheme.
    fn parts(&mut self, text: &str, change: Change) {
        for (part, cells) in parts_within(text, self.width) {
            if self.used + cells > self.width {
                self.next_line();
            }
            self.write(part, cells, change);
        }
    }

    fn write(&mut self, text: &str, cells: usize, change: Change) {
        self.used += cells;
        let Some(line) = self.lines.last_mut() else {
            return;
        };
        match line.last_mut() {
            Some(last) if last.change == change => last.text.push_str(text),
            _ => line.push(Piece { text: text.to_owned(), change }),
        }
    }

    fn next_line(&mut self) {
        self.lines.push(Vec::new());
        self.used = 0;
    }
}

//! Rows of words with a look, for places that read like a page: laid out here, coloured by the theme.

use crate::app::list::Scroll;
use crate::domain::rich::wrap;
use crate::domain::text::width;

/// What words mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Look {
    /// Ordinary.
    #[default]
    Plain,
    /// Less important.
    Dim,
    /// More important.
    Strong,
    /// Where one is, what to press.
    Accent,
    /// Works.
    Good,
    /// Needs care.
    Warn,
    /// Does not work.
    Bad,
}

/// Words of one look. Clean.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Their look.
    pub look: Look,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Row(pub Vec<Piece>);

impl Row {
    /// Nothing.
    pub fn blank() -> Self {
        Self::default()
    }

    /// A row of one piece.
    pub fn of(text: impl Into<String>, look: Look) -> Self {
        Self::default().and(text, look)
    }

    /// The row with another piece at its end.
    #[must_use]
    pub fn and(mut self, text: impl Into<String>, look: Look) -> Self {
        self.0.push(Piece { text: text.into(), look });
        self
    }

    /// Its words.
    pub fn text(&self) -> String {
        self.0.iter().map(|piece| piece.text.as_str()).collect()
    }
}

/// Cells of the column of labels.
pub const LABEL: usize = 12;

/// Wrapped words, each row behind `before`.
pub fn wrapped(rows: &mut Vec<Row>, before: &str, words: &str, look: Look, cells: u16) {
    let taken = u16::try_from(width(before)).unwrap_or(u16::MAX);
    for line in wrap(words, cells.saturating_sub(taken).max(1)) {
        rows.push(Row::of(before, Look::Dim).and(line, look));
    }
}

/// A label and wrapped words beside it.
pub fn entry(rows: &mut Vec<Row>, label: &str, words: &str, look: Look, cells: u16) {
    let taken = u16::try_from(LABEL).unwrap_or(0).min(cells / 3);
    let mut label = label;
    for line in wrap(words, cells.saturating_sub(taken).max(1)) {
        let before = crate::domain::text::pad(label, usize::from(taken));
        rows.push(Row::of(before, Look::Dim).and(line, look));
        label = "";
    }
}

/// A page of rows with a window over them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Page {
    /// The rows.
    pub rows: Vec<Row>,
    /// The window.
    pub scroll: Scroll,
}

impl Page {
    /// Puts rows on the page; the window stays as near as it can.
    pub fn set(&mut self, rows: Vec<Row>, height: u16) {
        self.rows = rows;
        self.fit(height);
    }

    /// Tells how many rows fit.
    pub fn fit(&mut self, height: u16) {
        self.scroll.fit(self.rows.len(), usize::from(height));
    }

    /// The rows in view.
    pub fn view(&self) -> &[Row] {
        self.rows.get(self.scroll.view()).unwrap_or_default()
    }
}

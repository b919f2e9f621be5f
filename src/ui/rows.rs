//! Drawing rows of words with a look.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::cell::put;
use super::theme::Theme;
use crate::app::rows::{Look, Row};

/// The style of a look.
pub fn style(look: Look, theme: &Theme) -> Style {
    match look {
        Look::Plain => theme.plain,
        Look::Dim => theme.dim,
        Look::Strong => theme.strong,
        Look::Accent => theme.accent,
        Look::Good => theme.good,
        Look::Warn => theme.warn,
        Look::Bad => theme.bad,
    }
}

/// Draws rows from the top of `area`, as many as fit.
pub fn draw<'a>(buffer: &mut Buffer, area: Rect, rows: impl IntoIterator<Item = &'a Row>, theme: &Theme) {
    for (y, row) in (0..area.height).zip(rows) {
        let mut x = 0;
        for piece in &row.0 {
            x += put(buffer, area, x, y, &piece.text, style(piece.look, theme));
        }
    }
}

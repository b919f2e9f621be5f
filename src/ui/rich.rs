//! Drawing lines of rich text: a slice of them, never the whole.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::cell::put;
use super::theme::Theme;
use crate::domain::rich::Line;

/// Draws one line on row `y` of `area`.
pub fn line(buffer: &mut Buffer, area: Rect, y: u16, line: &Line, theme: &Theme) {
    let mut x = 0;
    for span in &line.spans {
        x += put(buffer, area, x, y, &span.text, theme.span(span));
    }
}

/// Draws lines from the top of `area`, as many as fit.
pub fn lines<'a>(buffer: &mut Buffer, area: Rect, lines: impl IntoIterator<Item = &'a Line>, theme: &Theme) {
    for (y, text) in (0..area.height).zip(lines) {
        line(buffer, area, y, text, theme);
    }
}

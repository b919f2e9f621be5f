//! What a terminal shows that is too small for anything else.

use ratatui::buffer::Buffer;

use super::cell::put;
use super::theme::Theme;
use crate::domain::rich::wrap;

/// The smallest screen that shows more than this, in columns and rows.
const SMALLEST: (u16, u16) = (24, 6);

/// Says that the screen is too small, when it is, and that nothing is lost. False when there is room enough.
pub(super) fn draw(buffer: &mut Buffer, theme: &Theme) -> bool {
    let area = buffer.area;
    if area.width >= SMALLEST.0 && area.height >= SMALLEST.1 {
        return false;
    }
    let words = format!("Too small: make it {}×{} or more. Nothing is lost.", SMALLEST.0, SMALLEST.1);
    for (y, line) in (0..area.height).zip(wrap(&words, area.width)) {
        put(buffer, area, 0, y, &line, theme.warn);
    }
    true
}

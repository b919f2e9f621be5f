//! Drawing a field of one line with the cursor in it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::cell::put;
use super::theme::Theme;
use crate::app::field::{Field, end_within};
use crate::domain::text::reveal;

/// Draws what is typed into a field of one line. The end before the cursor is what one looks at, and is always seen.
pub fn typed(buffer: &mut Buffer, room: Rect, field: &Field, theme: &Theme) {
    let (before, after) = field.text().split_at(field.cursor());
    let before = reveal(before);
    let cells = usize::from(room.width.saturating_sub(1));
    let x = put(buffer, room, 0, 0, end_within(&before, cells), theme.plain);
    let x = x + put(buffer, room, x, 0, "▏", theme.accent);
    put(buffer, room, x, 0, &reveal(after), theme.plain);
}

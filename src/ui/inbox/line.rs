//! Drawing the one-line field of the Inbox: what it is for, the words with the cursor, and what is said of them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::inset;
use crate::app::model::Model;
use crate::ui::cell::{clear, put, put_right};
use crate::ui::field::typed;
use crate::ui::theme::Theme;

/// Draws the field, when one is open.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let Some(line) = model.inbox.line.as_ref().filter(|_| area.height > 0) else { return };
    clear(buffer, area);
    let room = inset(area);
    let said = if line.said.is_empty() { 0 } else { put_right(buffer, room, 0, &line.said, theme.warn) + 2 };
    let room = Rect { width: room.width.saturating_sub(said), ..room };
    let x =
        (put(buffer, room, 0, 0, line.purpose.label(), theme.accent.patch(theme.strong)) + 1).min(room.width);
    typed(buffer, Rect { x: room.x + x, width: room.width - x, ..room }, &line.field, theme);
}

//! Drawing the one-line field of the Inbox: what it is for, the words with the cursor, and what is said of them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::inset;
use crate::app::model::Model;
use crate::domain::text::{fit, width};
use crate::ui::cell::{clear, put, put_right};
use crate::ui::field::typed;
use crate::ui::theme::Theme;

/// Cells that typed words have at least, and at most before what is said of them.
const LEAST: usize = 12;
/// See [`LEAST`].
const MOST: usize = 40;
/// Cells below which what is said is not worth saying.
const WORTH: u16 = 8;

/// Draws the field, when one is open.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let Some(line) = model.inbox.line.as_ref().filter(|_| area.height > 0) else { return };
    clear(buffer, area);
    let room = inset(area);
    let label = put(buffer, room, 0, 0, line.purpose.label(), theme.accent.patch(theme.strong)) + 1;
    // The label and what is typed come first; what is said of it has the rest.
    let typing = u16::try_from(width(line.field.text()).clamp(LEAST, MOST) + 1).unwrap_or(u16::MAX);
    let left = room.width.saturating_sub(label).saturating_sub(typing).saturating_sub(2);
    let said = if line.said.is_empty() || left < WORTH {
        0
    } else {
        let part = Rect { x: room.x + room.width - left, width: left, ..room };
        put_right(buffer, part, 0, &fit(&line.said, usize::from(left)), theme.warn) + 2
    };
    let x = label.min(room.width);
    let cells = (room.width - x).saturating_sub(said);
    typed(buffer, Rect { x: room.x + x, width: cells, ..room }, &line.field, theme);
}

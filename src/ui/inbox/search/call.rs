//! Drawing the box with the exact tool call.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::app::pane::inbox::search::call::room;
use crate::ui::cell::boxed;
use crate::ui::rows;
use crate::ui::theme::Theme;

/// Draws the box, when it is open.
pub(in crate::ui::inbox) fn draw(buffer: &mut Buffer, body: Rect, model: &Model, theme: &Theme) {
    let Some(call) = &model.inbox.call else { return };
    let more = if call.scroll.percent() < 100 { ", ↓ for more" } else { "" };
    let (area, inside) = room(body);
    boxed(buffer, area, &format!("What this search sends{more}"), theme.accent);
    rows::draw(buffer, inside, &call.rows[call.scroll.view()], theme);
}

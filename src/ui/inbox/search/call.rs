//! Drawing the box with the exact tool call.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::ui::cell::boxed;
use crate::ui::clip;
use crate::ui::rows;
use crate::ui::theme::Theme;

/// Draws the box, when it is open.
pub(in crate::ui::inbox) fn draw(buffer: &mut Buffer, body: Rect, model: &Model, theme: &Theme) {
    let Some(call) = &model.inbox.call else { return };
    let more = if call.scroll.percent() < 100 { ", ↓ for more" } else { "" };
    let (area, inside) = call.areas;
    boxed(buffer, clip(area, body), &format!("What this search sends{more}"), theme.accent);
    rows::draw(buffer, clip(inside, body), &call.rows[call.scroll.view()], theme);
}

//! Drawing the reading view: a slice of its lines.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::app::pane::articles::geometry::column;
use crate::app::pane::articles::reader::Reader;
use crate::ui::cell::put;
use crate::ui::rich;
use crate::ui::theme::Theme;

/// Draws the article.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, reader: &Reader, model: &Model, theme: &Theme) {
    let room = column(area);
    let view = reader.scroll.view();
    let shown = &reader.lines[view];
    rich::lines(buffer, room, shown, theme);
    if reader.article.is_some() {
        return;
    }
    let y = u16::try_from(shown.len()).unwrap_or(u16::MAX).saturating_add(1);
    if let Some(fault) = &reader.failed {
        put(buffer, room, 0, y, &fault.sentence, theme.bad);
        put(buffer, room, 0, y.saturating_add(1), &fault.hint, theme.dim);
    } else if reader.call.is_some() && model.shell.waiting().is_some() {
        put(buffer, room, 0, y, "Loading…", theme.dim);
    } else if reader.call.is_none() {
        put(buffer, room, 0, y, "Not loaded. r asks for it.", theme.dim);
    }
}

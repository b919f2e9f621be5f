//! Drawing the outline: the headings, indented by their level.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::pane::articles::geometry::areas;
use crate::app::pane::articles::outline::{Outline, area, rows};
use crate::app::pane::articles::reader::Reader;
use crate::ui::cell::{boxed, clear, put, tint};
use crate::ui::theme::Theme;

/// Draws the outline in `body`.
pub(super) fn draw(buffer: &mut Buffer, body: Rect, reader: &Reader, outline: &Outline, theme: &Theme) {
    let headings = reader.paper.headings();
    let area = area(body, headings.len());
    if areas(body, true).list.width > 0 {
        clear(buffer, area);
        put(buffer, area, 1, 0, "Outline", theme.accent);
    } else {
        boxed(buffer, area, "Outline", theme.accent);
    }
    let room = rows(body, headings.len());
    let shallowest = headings.iter().map(|heading| heading.level).min().unwrap_or(1);
    let view = outline.list.view();
    for (y, (at, heading)) in (0..room.height).zip(headings.iter().enumerate().skip(view.start)) {
        let indent = 2 * u16::from(heading.level - shallowest);
        let words = if heading.words.is_empty() { "(no words)" } else { heading.words.as_str() };
        let style = if heading.level == shallowest { theme.strong } else { theme.plain };
        put(buffer, room, indent, y, words, style);
        if at == outline.list.cursor() {
            tint(buffer, room, y, theme.cursor);
        }
    }
}

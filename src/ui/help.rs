//! Drawing the help.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::cell::{boxed, centred, put};
use super::theme::Theme;
use crate::app::overlay::help::{Help, height};

/// Draws the help over `body`.
pub fn draw(buffer: &mut Buffer, body: Rect, help: &Help, theme: &Theme) {
    let keys = help.keys(body.width);
    let area = centred(body, help.width(body.width), height(body, help) + 2);
    let more = if help.scroll.percent() < 100 { ", ↓ for more" } else { "" };
    let title = format!("Keys: {}{more}", help.place.title());
    let inside = boxed(buffer, area, &title, theme.accent);
    let room = Rect { x: inside.x + 1.min(inside.width), width: inside.width.saturating_sub(2), ..inside };
    for (y, row) in (0..room.height).zip(&help.rows[help.scroll.view()]) {
        let left = Rect { width: keys.min(room.width), ..room };
        put(buffer, left, 0, y, &row.keys, theme.accent);
        put(buffer, room, keys + 2, y, &row.title, theme.plain);
    }
}

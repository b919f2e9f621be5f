//! Drawing the help.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::cell::{boxed, centred, put};
use super::theme::Theme;
use crate::app::overlay::help::{Help, height};
use crate::domain::text::width;

/// Draws the help over `body`.
pub fn draw(buffer: &mut Buffer, body: Rect, help: &Help, theme: &Theme) {
    let keys = help.rows.iter().map(|row| width(&row.keys)).max().unwrap_or(0);
    let keys = u16::try_from(keys).unwrap_or(20).min(31);
    // In a narrow window the words matter more than the last of many keys.
    let keys = keys.min(body.width * 2 / 5);
    let area = centred(body, keys + 54, height(body, help) + 2);
    let more = if help.scroll.percent() < 100 { ", ↓ for more" } else { "" };
    let title = format!("Keys: {}{more}", help.place.title());
    let inside = boxed(buffer, area, &title, theme.accent);
    let room = Rect { x: inside.x + 1.min(inside.width), width: inside.width.saturating_sub(2), ..inside };
    for (y, row) in (0..room.height).zip(&help.rows[help.scroll.view()]) {
        let left = Rect { width: keys.min(room.width), ..room };
        put(buffer, left, 0, y, &row.keys, theme.accent);
        put(buffer, room, keys + 2, y, row.title, theme.plain);
    }
}

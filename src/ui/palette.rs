//! Drawing the palette.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::cell::{boxed, centred, put, put_right, tint};
use super::theme::Theme;
use crate::app::overlay::palette::{Offer, Palette, height};
use crate::domain::text::reveal;

/// Draws the palette over `body`.
pub fn draw(buffer: &mut Buffer, body: Rect, palette: &Palette, theme: &Theme) {
    let area = centred(body, 64, height(body) + 4);
    let inside = boxed(buffer, area, "Commands", theme.accent);
    let room = Rect { x: inside.x + 1.min(inside.width), width: inside.width.saturating_sub(2), ..inside };
    line(buffer, room, palette, theme);
    let list = Rect { y: room.y + 2.min(room.height), height: room.height.saturating_sub(2), ..room };
    if palette.shown().len() == 0 {
        put(buffer, list, 0, 0, "No command has these words here.", theme.dim);
    }
    let view = palette.list.view();
    for (y, (at, offer)) in (0..list.height).zip(palette.shown().enumerate().skip(view.start)) {
        row(buffer, list, y, offer, theme);
        if at == palette.list.cursor() {
            tint(buffer, list, y, theme.cursor);
        }
    }
}

fn line(buffer: &mut Buffer, room: Rect, palette: &Palette, theme: &Theme) {
    let x = put(buffer, room, 0, 0, "› ", theme.accent);
    if palette.field.text().is_empty() {
        put(buffer, room, x, 0, "type a few letters", theme.dim);
        return;
    }
    let (before, after) = palette.field.text().split_at(palette.field.cursor());
    put(buffer, room, x, 0, &format!("{}▏{}", reveal(before), reveal(after)), theme.plain);
}

fn row(buffer: &mut Buffer, list: Rect, y: u16, offer: &Offer, theme: &Theme) {
    let blocked = offer.blocked.is_some();
    let key = || offer.key.map(|key| key.to_string()).unwrap_or_default();
    let right = offer.blocked.clone().unwrap_or_else(key);
    let (left_style, right_style) =
        if blocked { (theme.dim, theme.dim) } else { (theme.plain, theme.accent) };
    let used = (put(buffer, list, 0, y, offer.spec.title, left_style) + 2).min(list.width);
    let beside = Rect { x: list.x + used, width: list.width - used, ..list };
    put_right(buffer, beside, y, &right, right_style);
}

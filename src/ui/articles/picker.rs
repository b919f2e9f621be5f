//! Drawing the list to choose an author or a place from.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::pane::articles::geometry::choices;
use crate::app::pane::articles::picker::{Entry, Picker};
use crate::domain::text::{fit, width};
use crate::ui::cell::{boxed, centred, put, put_right, tint};
use crate::ui::field::typed;
use crate::ui::theme::Theme;

/// Draws the list in a box over the editor.
pub(super) fn draw(buffer: &mut Buffer, body: Rect, picker: &Picker, theme: &Theme) {
    let area = centred(body, 76, choices(body) + 4);
    let inside = boxed(buffer, area, picker.title(), theme.accent);
    let room = Rect { x: inside.x + 1.min(inside.width), width: inside.width.saturating_sub(2), ..inside };
    line(buffer, room, picker, theme);
    let list = Rect { y: room.y + 2.min(room.height), height: room.height.saturating_sub(2), ..room };
    if picker.shown().is_empty() {
        put(buffer, list, 0, 0, picker.nothing(), theme.dim);
    }
    let view = picker.list.view();
    for (y, at) in (0..list.height).zip(view) {
        let Some(entry) = picker.shown().get(at) else { continue };
        row(buffer, list, y, entry, theme);
        if at == picker.list.cursor() {
            tint(buffer, list, y, theme.cursor);
        }
    }
}

fn line(buffer: &mut Buffer, room: Rect, picker: &Picker, theme: &Theme) {
    let x = put(buffer, room, 0, 0, "› ", theme.accent).min(room.width);
    if picker.field.text().is_empty() {
        put(buffer, room, x, 0, picker.prompt(), theme.dim);
        return;
    }
    typed(buffer, Rect { x: room.x + x, width: room.width - x, ..room }, &picker.field, theme);
}

fn row(buffer: &mut Buffer, list: Rect, y: u16, entry: &Entry, theme: &Theme) {
    let mark = if entry.current { "● " } else { "  " };
    let mut x = put(buffer, list, 0, y, mark, theme.good);
    let room = usize::from(list.width.saturating_sub(x));
    // The words say what is chosen, and come before what is known of it.
    x += put(buffer, list, x, y, &fit(&entry.words, room), theme.plain);
    let beside =
        Rect { x: list.x + (x + 2).min(list.width), width: list.width.saturating_sub(x + 2), ..list };
    let words = fit(&entry.beside, usize::from(beside.width));
    if width(&words) > 1 {
        put_right(buffer, beside, y, &words, theme.dim);
    }
}

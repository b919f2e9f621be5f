//! Drawing the names: only the rows in view, and the line at the bottom when one is open.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::inset;
use crate::app::model::Model;
use crate::app::pane::session::names::{Asks, Names, Row};
use crate::domain::text::Clean;
use crate::ui::cell::{put, tint};
use crate::ui::field::typed;
use crate::ui::theme::Theme;

/// Cells of the kind, of a name at most, and of where it is from.
const KIND: u16 = 12;
const NAME: u16 = 64;
const ORIGIN: u16 = 20;

/// Draws the list and the line below it.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let names = &model.session.names;
    let height = names.room(area.height);
    if area.height > 0 {
        let head = ["kind", "name", "id", "from"].map(|word| (word, theme.dim));
        columns(buffer, inset(area), 0, head);
    }
    let list = Rect { y: area.y + 1.min(area.height), height, ..area };
    if names.rows.is_empty() && height > 0 {
        put(buffer, inset(list), 0, 0, nothing(names), theme.dim);
    }
    for (y, at) in (0..list.height).zip(names.list.view()) {
        let Some(row) = names.rows.get(at) else { continue };
        line(buffer, list, y, row, theme);
        if at == names.list.cursor() {
            tint(buffer, list, y, theme.cursor);
        }
    }
    field(buffer, area, names, theme);
}

fn nothing(names: &Names) -> &'static str {
    if names.count == 0 {
        "No name passed by yet. Conversations and articles bring them."
    } else {
        "No name has these words."
    }
}

fn line(buffer: &mut Buffer, list: Rect, y: u16, row: &Row, theme: &Theme) {
    let (name, style) =
        if row.name.is_empty() { ("(no name yet)", theme.dim) } else { (row.name.as_str(), theme.plain) };
    let origin = if row.by_hand { theme.accent } else { theme.dim };
    let id = Clean::line(&row.id);
    let words =
        [(row.kind.word(), theme.dim), (name, style), (id.as_str(), theme.dim), (row.origin(), origin)];
    columns(buffer, inset(list), y, words);
}

/// The name has what the others leave: the id half as much.
fn columns(buffer: &mut Buffer, room: Rect, y: u16, words: [(&str, Style); 4]) {
    let left = room.width.saturating_sub(KIND + ORIGIN);
    let id = (left / 3).min(28);
    let cells = [KIND, (left - id).min(NAME), id, ORIGIN];
    let mut x = 0;
    for ((text, style), cells) in words.into_iter().zip(cells) {
        let at = x.min(room.width);
        let width = cells.saturating_sub(2).min(room.width - at);
        put(buffer, Rect { x: room.x + at, width, ..room }, 0, y, text, style);
        x += cells;
    }
}

fn field(buffer: &mut Buffer, area: Rect, names: &Names, theme: &Theme) {
    let Some((asks, field)) = names.line.as_ref().filter(|_| area.height > 1) else { return };
    let room = Rect { y: area.y + area.height - 1, height: 1, ..inset(area) };
    let label = match asks {
        Asks::Name(kind, id) => format!("Name of {} {}:", kind.word(), Clean::line(id)),
        Asks::Words => "Filter:".to_owned(),
    };
    let x = (put(buffer, room, 0, 0, &label, theme.accent.patch(theme.strong)) + 1).min(room.width);
    typed(buffer, Rect { x: room.x + x, width: room.width - x, ..room }, field, theme);
}

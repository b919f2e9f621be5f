//! Drawing a sheet: the review, the conflict, what the server changed. A slice of its rows.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::app::pane::articles::geometry::page;
use crate::app::pane::articles::sheet::{BETWEEN, Half, Mark, SIGN, Sheet, SheetRow, columns};
use crate::domain::diff::{Change, Piece};
use crate::ui::cell::put;
use crate::ui::theme::Theme;

/// Draws the sheet.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, sheet: &Sheet, theme: &Theme) {
    let room = page(area);
    for (y, row) in (0..room.height).zip(&sheet.rows[sheet.scroll.view()]) {
        line(buffer, room, y, row, theme);
    }
}

fn line(buffer: &mut Buffer, room: Rect, y: u16, row: &SheetRow, theme: &Theme) {
    let SheetRow { mark, goes_on, pieces, beside } = row;
    let Some(Half { mark: right_mark, goes_on: right_goes_on, pieces: right_pieces }) = beside else {
        return half(buffer, room, y, (*mark, *goes_on, pieces), theme);
    };
    let (left, right) = columns(room.width);
    half(buffer, Rect { width: left, ..room }, y, (*mark, *goes_on, pieces), theme);
    put(buffer, room, left + 1, y, "│", theme.line);
    let room = Rect { x: room.x + left + BETWEEN, width: right, ..room };
    half(buffer, room, y, (*right_mark, *right_goes_on, right_pieces), theme);
}

fn half(
    buffer: &mut Buffer,
    room: Rect,
    y: u16,
    (mark, goes_on, pieces): (Mark, bool, &[Piece]),
    theme: &Theme,
) {
    let (sign, style) = match mark {
        Mark::Added => ("+", theme.good),
        Mark::Removed => ("-", theme.bad),
        Mark::Same => (" ", theme.dim),
        Mark::Heading => return words(buffer, room, y, pieces, theme.strong),
        Mark::Strong => return words(buffer, room, y, pieces, theme.warn.patch(theme.strong)),
        Mark::Plain => return words(buffer, room, y, pieces, theme.plain),
        Mark::Name => return words(buffer, room, y, pieces, theme.accent.patch(theme.strong)),
        Mark::Dim | Mark::Gap => return words(buffer, room, y, pieces, theme.dim),
    };
    let sign = if goes_on { "" } else { sign };
    put(buffer, room, 0, y, sign, style);
    let mut x = SIGN.min(room.width);
    for piece in pieces {
        x += put(buffer, room, x, y, &piece.text, piece_style(mark, piece.change, style, theme));
    }
}

/// Words that changed stand out from the row they are in without colour, too.
fn piece_style(mark: Mark, change: Change, row: Style, theme: &Theme) -> Style {
    match (mark, change) {
        (_, Change::Added) => theme.good.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        (_, Change::Removed) => theme.bad.add_modifier(Modifier::BOLD | Modifier::CROSSED_OUT),
        (Mark::Added | Mark::Removed, Change::Same) => row.remove_modifier(Modifier::BOLD),
        (_, Change::Same) => row,
    }
}

fn words(buffer: &mut Buffer, room: Rect, y: u16, pieces: &[Piece], style: Style) {
    let mut x = 0;
    for piece in pieces {
        x += put(buffer, room, x, y, &piece.text, style);
    }
}

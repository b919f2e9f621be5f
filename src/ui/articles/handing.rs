//! Drawing the line that takes the path of a review's file.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::pane::articles::handing::Form;
use crate::domain::rich::wrap;
use crate::ui::cell::{boxed, centred, put};
use crate::ui::field::typed;
use crate::ui::theme::Theme;

/// The widest it gets, with its edge.
const WIDEST: u16 = 76;

/// Draws the line over `area`.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, form: &Form, theme: &Theme) {
    let (title, hint) = if form.saves {
        (
            "Save this review to a file",
            "Somebody else opens the file, sees this same review, and confirms it. A file that is there already is not overwritten.",
        )
    } else {
        (
            "Open a review from a file",
            "It is shown only if the file is as it was saved and the article has not changed since. Nothing is sent by opening it.",
        )
    };
    let cells = WIDEST.min(area.width);
    let hints = wrap(hint, cells.saturating_sub(4));
    let rows = u16::try_from(hints.len()).unwrap_or(1).saturating_add(4);
    let inside = boxed(buffer, centred(area, cells, rows), title, theme.accent);
    let room = Rect { x: inside.x + 1.min(inside.width), width: inside.width.saturating_sub(2), ..inside };
    path(buffer, room, form, theme);
    for (y, words) in (2..room.height).zip(&hints) {
        put(buffer, room, 0, y, words, theme.dim);
    }
}

fn path(buffer: &mut Buffer, room: Rect, form: &Form, theme: &Theme) {
    let x = put(buffer, room, 0, 0, "File ", theme.dim);
    let x = x + put(buffer, room, x, 0, "› ", theme.accent);
    let beside = x.min(room.width);
    let room = Rect { x: room.x + beside, width: room.width - beside, ..room };
    typed(buffer, room, &form.path, theme);
}

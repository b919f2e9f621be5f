//! Drawing the first screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::cell::{boxed, centred, put, put_right, tint};
use super::theme::Theme;
use crate::app::field::{Field, end_within};
use crate::app::model::Model;
use crate::app::pane::first::{First, Form};
use crate::app::place::Place;
use crate::domain::rich::wrap;
use crate::domain::text::reveal;

/// The widest the screen gets.
const WIDEST: u16 = 76;

/// Draws the screen into `area`.
pub fn draw(buffer: &mut Buffer, area: Rect, first: &First, model: &Model, theme: &Theme) {
    let rows = u16::try_from(first.choices.len()).unwrap_or(0) + 5;
    let room = centred(area, WIDEST.min(area.width.saturating_sub(2)), rows + 6);
    let room = Rect { height: room.height.min(rows), ..room };
    let mut y = 0;
    let words = if first.leaves {
        ["Another account", "Choose how to open it. What is open now is closed first."]
    } else {
        ["Welcome to Switchboard", "There is no account yet. Choose how to begin."]
    };
    let tall = room.height >= rows;
    put(buffer, room, 0, y, words[0], theme.accent.patch(theme.strong));
    if tall {
        put(buffer, room, 0, 1, words[1], theme.plain);
    }
    y += if tall { 3 } else { 1 };
    for (row, choice) in first.choices.iter().enumerate() {
        let key = model.shell.options.keymap.shown(Place::First, choice.command);
        let key = key.map(|key| key.to_string()).unwrap_or_default();
        put(buffer, room, 1, y, &key, theme.accent);
        put(buffer, room, 4, y, choice.title, theme.plain);
        if room.width >= 66 {
            let beside = Rect { width: room.width.saturating_sub(1), ..room };
            put_right(buffer, beside, y, &choice.note, theme.dim);
        }
        if row == first.list.cursor() && y < room.height {
            tint(buffer, room, y, theme.cursor);
        }
        y += 1;
    }
    if let Some(form) = &first.form {
        form_drawn(buffer, area, form, theme);
    }
}

fn form_drawn(buffer: &mut Buffer, area: Rect, form: &Form, theme: &Theme) {
    let (title, rows, hint) = match form {
        Form::Address(_) => {
            ("Sign in at an address", 1, "The server's MCP endpoint. Enter signs in with the browser.")
        }
        Form::Token(..) => (
            "Use an access token",
            2,
            "The token is not shown, and kept for you alone. Tab changes the field, ↑ ↓ on the server choose between United States and Europe.",
        ),
    };
    let cells = 70.min(area.width);
    let hints = wrap(hint, cells.saturating_sub(4));
    let height = u16::try_from(hints.len()).unwrap_or(1) + rows + 3;
    let inside = boxed(buffer, centred(area, cells, height), title, theme.accent);
    let room = Rect { x: inside.x + 1.min(inside.width), width: inside.width.saturating_sub(2), ..inside };
    match form {
        Form::Address(field) => typed(buffer, room, 0, ("Address", &line(field)), true, theme),
        Form::Token(token, server, at_server) => {
            typed(buffer, room, 0, ("Token", &(token.shown(), String::new())), !at_server, theme);
            typed(buffer, room, 1, ("Server", &line(server)), *at_server, theme);
        }
    }
    for (y, words) in (rows + 1..room.height).zip(&hints) {
        put(buffer, room, 0, y, words, theme.dim);
    }
}

fn line(field: &Field) -> (String, String) {
    let (before, after) = field.text().split_at(field.cursor());
    (reveal(before), reveal(after))
}

fn typed(
    buffer: &mut Buffer,
    room: Rect,
    y: u16,
    field: (&str, &(String, String)),
    focused: bool,
    theme: &Theme,
) {
    let (label, (before, after)) = field;
    put(buffer, room, 0, y, label, theme.dim);
    put(buffer, room, 8, y, if focused { "› " } else { "  " }, theme.accent);
    let beside = 10.min(room.width);
    let room = Rect { x: room.x + beside, width: room.width - beside, ..room };
    // The end of what was typed is where the cursor is, and has to be seen.
    let cells = usize::from(room.width.saturating_sub(1));
    let x = put(buffer, room, 0, y, end_within(before, cells), theme.plain);
    let x = x + if focused { put(buffer, room, x, y, "▏", theme.accent) } else { 0 };
    put(buffer, room, x, y, after, theme.plain);
}

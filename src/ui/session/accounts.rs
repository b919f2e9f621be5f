//! Drawing the accounts of this machine.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::inset;
use crate::app::model::Model;
use crate::domain::account::Row;
use crate::domain::time::stamp;
use crate::ui::cell::{put, tint};
use crate::ui::theme::Theme;

/// Draws the list, and the way to another account below it.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let accounts = &model.session.accounts;
    let room = inset(area);
    if accounts.rows.is_empty() && area.height > 2 {
        put(buffer, room, 0, 0, "No account is kept on this machine.", theme.dim);
    }
    let names = accounts.rows.is_empty();
    if !names {
        columns(
            buffer,
            room,
            0,
            &["account", "endpoint", "sign-in"].map(|word| (word.to_owned(), theme.dim)),
        );
    }
    let list = Rect { y: area.y + 1.min(area.height), height: area.height.saturating_sub(1), ..area };
    for (y, row) in (0..list.height).zip(accounts.list.view()) {
        match accounts.rows.get(row) {
            Some(account) => line(buffer, list, y, account, model, theme),
            None => drop(put(buffer, inset(list), 2, y, "Add an account, or look at the demo…", theme.plain)),
        }
        if row == accounts.list.cursor() {
            tint(buffer, list, y, theme.cursor);
        }
    }
}

fn line(buffer: &mut Buffer, list: Rect, y: u16, row: &Row, model: &Model, theme: &Theme) {
    let room = inset(list);
    let open = model.session.accounts.is_open(row);
    let style = if open { theme.strong } else { theme.plain };
    if open {
        put(buffer, room, 0, y, "●", theme.good);
    }
    let since = row.since.filter(|_| room.width >= 100);
    let since = since.map(|since| format!(", since {}", stamp(since, model.shell.now.zone)));
    let origin = format!("{}{}", row.origin.words(), since.unwrap_or_default());
    // Without the usual beginning: one that is not secure is seen the better.
    let endpoint = row.endpoint.trim_start_matches("https://");
    columns(
        buffer,
        room,
        y,
        &[(row.name.to_string(), style), (endpoint.to_owned(), theme.plain), (origin, theme.dim)],
    );
}

fn columns(buffer: &mut Buffer, room: Rect, y: u16, words: &[(String, ratatui::style::Style); 3]) {
    let left = room.width.saturating_sub(2);
    let cells = [left * 3 / 10, left * 4 / 10, left * 3 / 10];
    let mut x = 2.min(room.width);
    for ((text, style), cells) in words.iter().zip(cells) {
        let column = Rect { x: room.x + x, width: cells.saturating_sub(2).min(room.width - x), ..room };
        put(buffer, column, 0, y, text, *style);
        x = (x + cells).min(room.width);
    }
}

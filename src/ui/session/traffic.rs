//! Drawing the traffic: only the exchanges in view are formatted.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::inset;
use crate::app::model::Model;
use crate::app::pane::session::exchange::called;
use crate::app::pane::session::sizes::{bytes, millis};
use crate::app::pane::session::traffic::Traffic;
use crate::domain::text::reveal;
use crate::domain::time::stamp;
use crate::domain::traffic::Exchange;
use crate::ui::cell::{put, put_right, tint};
use crate::ui::rows;
use crate::ui::theme::Theme;

/// Cells of the columns at the right: status, size, time taken, with the room before each.
const STATUS: u16 = 8;
const SIZE: u16 = 9;
const TOOK: u16 = 10;
/// Cells of the time of day, and the room after it.
const TIME: u16 = 10;

/// Draws the list or the open exchange.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    if let Some(opened) = &model.session.opened {
        let view = opened.rows.get(opened.scroll.view()).unwrap_or_default();
        return rows::draw(buffer, inset(area), view, theme);
    }
    let traffic = &model.session.traffic;
    if traffic.count() == 0 {
        let words = "Nothing went over the wire yet.";
        put(buffer, inset(area), 0, u16::from(area.height > 3), words, theme.dim);
    } else {
        names(buffer, area, theme);
        list(buffer, area, traffic, model, theme);
    }
    filter(buffer, area, traffic, theme);
}

fn list(buffer: &mut Buffer, area: Rect, traffic: &Traffic, model: &Model, theme: &Theme) {
    let height = traffic.height(area.height);
    let list =
        Rect { y: area.y + 1.min(area.height), height: height.min(area.height.saturating_sub(1)), ..area };
    if traffic.shown() == 0 {
        put(buffer, inset(list), 0, 0, "No exchange has these words.", theme.dim);
    }
    for (y, row) in (0..list.height).zip(traffic.list.view()) {
        let Some(exchange) = traffic.at(row) else { continue };
        line(buffer, list, y, exchange, model.shell.now.zone, theme);
        if row == traffic.list.cursor() {
            tint(buffer, list, y, theme.cursor);
        }
    }
}

/// The columns of a width: where what was asked ends, and whether there is room for each column at the right.
fn right(area: Rect) -> [(bool, u16); 3] {
    let has = [area.width >= 30, area.width >= 44, area.width >= 54];
    [(has[0], STATUS), (has[1], SIZE), (has[2], TOOK)]
}

fn cut(room: Rect, cells: u16) -> (Rect, Rect) {
    let cells = cells.min(room.width);
    let left = Rect { width: room.width - cells, ..room };
    (left, Rect { x: room.x + left.width, width: cells, ..room })
}

fn columns(buffer: &mut Buffer, area: Rect, y: u16, words: [(&str, Style); 3]) -> Rect {
    let mut room = inset(area);
    for ((has, cells), (text, style)) in right(area).into_iter().zip(words).rev() {
        if has {
            let (left, column) = cut(room, cells);
            put_right(buffer, column, y, text, style);
            room = left;
        }
    }
    room
}

fn names(buffer: &mut Buffer, area: Rect, theme: &Theme) {
    let style = theme.dim;
    let room = columns(buffer, area, 0, [("status", style), ("size", style), ("took", style)]);
    put(buffer, room, 0, 0, "time", style);
    put(buffer, room, TIME, 0, "what", style);
}

fn line(buffer: &mut Buffer, area: Rect, y: u16, exchange: &Exchange, zone: i32, theme: &Theme) {
    let failed = !exchange.trouble.is_empty() || exchange.status.is_some_and(|status| status >= 400);
    let style = if failed { theme.bad } else { theme.plain };
    let status = exchange.status.map_or("–".to_owned(), |status| status.to_string());
    let (size, took) = (bytes(exchange.received.size), millis(exchange.tenths));
    let room = columns(buffer, area, y, [(&status, style), (&size, theme.plain), (&took, theme.plain)]);
    let time = stamp(exchange.at, zone);
    let time = format!("{}:{:02}", time.get(11..).unwrap_or("--:--"), exchange.at.0.rem_euclid(60));
    put(buffer, room, 0, y, &time, theme.dim);
    let x = TIME + put(buffer, room, TIME, y, &called(exchange), style);
    if !exchange.trouble.is_empty() {
        put(buffer, room, x + 2, y, &exchange.trouble, theme.bad);
    }
}

/// The words the list is narrowed to, below it.
fn filter(buffer: &mut Buffer, area: Rect, traffic: &Traffic, theme: &Theme) {
    if area.height < 3 {
        return;
    }
    let room = inset(Rect { y: area.bottom() - 1, height: 1, ..area });
    if let Some(line) = &traffic.line {
        let x = put(buffer, room, 0, 0, "› ", theme.accent);
        let (before, after) = line.text().split_at(line.cursor());
        let shown = format!("{}▏{}", reveal(before), reveal(after));
        put(buffer, room, x, 0, &shown, theme.plain);
        if line.text().is_empty() {
            let hint = "words of the method, tool, status or bodies";
            put(buffer, room, x + 2, 0, hint, theme.dim);
        }
    } else if let Some(words) = traffic.words() {
        let x = put(buffer, room, 0, 0, "/ ", theme.accent);
        let x = x + put(buffer, room, x, 0, &reveal(&words), theme.plain) + 2;
        put(buffer, room, x, 0, "Esc shows all", theme.dim);
    }
}

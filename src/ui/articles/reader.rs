//! Drawing the reading view: a slice of its lines, and below them the line for a link's number.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::pane::articles::geometry::column;
use crate::app::pane::articles::links::{Led, LinkLine, count};
use crate::app::pane::articles::reader::Reader;
use crate::app::place::Place;
use crate::domain::text::reveal;
use crate::ui::cell::{clear, put, put_right};
use crate::ui::rich;
use crate::ui::theme::Theme;

/// Draws the article.
pub(in crate::ui) fn draw(buffer: &mut Buffer, area: Rect, reader: &Reader, model: &Model, theme: &Theme) {
    let room = column(area);
    let shown = reader.paper.lines().get(reader.scroll.view()).unwrap_or_default();
    for (y, line) in (0..room.height).zip(shown) {
        let seen = reader.paper.seen(line, |left, right| goes_on(model, left, right));
        rich::line(buffer, room, y, seen.as_ref().unwrap_or(line), theme);
    }
    if let Some(line) = &reader.line {
        link_line(buffer, room, line, reader, theme);
    }
    if reader.article.is_some() {
        return;
    }
    let y = u16::try_from(shown.len()).unwrap_or(u16::MAX).saturating_add(1);
    if let Some(fault) = &reader.failed {
        put(buffer, room, 0, y, &fault.sentence, theme.bad);
        put(buffer, room, 0, y.saturating_add(1), &fault.hint, theme.dim);
    } else if reader.call.is_some() && model.shell.waiting().is_some() {
        put(buffer, room, 0, y, "Loading…", theme.dim);
    } else if reader.call.is_none() {
        let refresh = model.shell.key(Place::Article, Command::Refresh);
        put(buffer, room, 0, y, &format!("Not loaded. {refresh} asks for it."), theme.dim);
    }
}

/// What is said above a table that is wider than the text.
fn goes_on(model: &Model, left: bool, right: bool) -> String {
    let key = |command| model.shell.key(Place::Article, command);
    let (back, on) = (key(Command::ScrollLeft), key(Command::ScrollRight));
    match (left, right) {
        (false, true) => format!("The table goes on to the right: {on}"),
        (true, true) => format!("The table goes on to both sides: {back} {on}"),
        (true, false) => format!("The table goes on to the left: {back}"),
        (false, false) => String::new(),
    }
}

/// The number being typed with the words it stands after, and the address it leads to.
fn link_line(buffer: &mut Buffer, room: Rect, line: &LinkLine, reader: &Reader, theme: &Theme) {
    let rows = line.rows().min(room.height);
    let below = Rect { y: room.y + room.height - rows, height: rows, ..room };
    clear(buffer, below);
    let rule = rows.saturating_sub(2);
    if rule > 0 {
        put(buffer, below, 0, 0, &"─".repeat(usize::from(room.width)), theme.line);
    }
    let room = Rect { y: below.y + rule, height: rows - rule, ..below };
    let (before, after) = line.field.text().split_at(line.field.cursor());
    let x = put(buffer, room, 0, 0, "Link number: ", theme.accent);
    let x = x + put(buffer, room, x, 0, &format!("{}▏{}  ", reveal(before), reveal(after)), theme.plain);
    let links = reader.paper.links();
    match line.leads(links) {
        Led::Nowhere => {
            put(buffer, room, 0, 1, &count(links.len()), theme.dim);
        }
        Led::Missing => {
            put(buffer, room, x, 0, "no such link", theme.bad);
            put(buffer, room, 0, 1, &count(links.len()), theme.dim);
        }
        Led::To(target) => {
            let only = if target.openable { "" } else { "can only be copied" };
            let used = x + put(buffer, room, x, 0, &target.text, theme.plain) + 2;
            let left = room.width.saturating_sub(used);
            put_right(
                buffer,
                Rect { x: room.x + used.min(room.width), width: left, ..room },
                0,
                only,
                theme.warn,
            );
            put(buffer, room, 0, 1, &target.address, theme.strong);
        }
    }
}

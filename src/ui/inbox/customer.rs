//! Drawing the page of a contact or a company.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{inset, marks, said};
use crate::app::model::Model;
use crate::app::pane::inbox::layout::Focus;
use crate::app::pane::inbox::page::{BELOW, Page, PageLine, Shown};
use crate::domain::text::Clean;
use crate::domain::time::{Unix, ago};
use crate::ui::cell::{put, put_right, tint};
use crate::ui::theme::Theme;

/// Draws the customer's part of the Inbox.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let inbox = &model.inbox;
    if inbox.customer.subject.is_none() {
        return said(buffer, area, ("Customer", theme.strong), "Press c to show who this is.", theme);
    }
    let focused = matches!(inbox.focus, Focus::Contact | Focus::Company);
    page(buffer, area, (inbox.customer.page(inbox.focus), focused), model, theme);
}

/// Draws the lines of a page that are in view; whether it has the keys.
pub(in crate::ui) fn page(
    buffer: &mut Buffer,
    area: Rect,
    (page, focused): (&Page, bool),
    model: &Model,
    theme: &Theme,
) {
    for (y, (at, line)) in (0..area.height).zip(page.view()) {
        draw_line(buffer, inset(area), y, (line, page), model, theme);
        if focused && at == page.list.cursor() {
            tint(buffer, area, y, theme.cursor);
        }
    }
}

fn draw_line(buffer: &mut Buffer, room: Rect, y: u16, of: (&PageLine, &Page), model: &Model, theme: &Theme) {
    let (line, page) = of;
    let beside = Rect {
        x: room.x + page.indent.min(room.width),
        width: room.width.saturating_sub(page.indent),
        ..room
    };
    let style = if line.target.is_some() { theme.accent } else { theme.plain };
    match &line.shown {
        Shown::Gap => {}
        Shown::Title(name) => drop(put(buffer, room, 0, y, &Clean::line(name), theme.strong)),
        Shown::Section(name) => drop(put(buffer, room, 0, y, name, theme.accent.patch(theme.strong))),
        Shown::Warning(words) => drop(put(buffer, room, 0, y, &format!("! {words}"), theme.warn)),
        Shown::Note(words) => drop(put(buffer, room, 0, y, words, theme.dim)),
        Shown::Fault(words) => drop(put(buffer, room, 0, y, &format!("! {words}"), theme.bad)),
        Shown::Name(name) => drop(put(buffer, room, 0, y, name, theme.accent)),
        Shown::Person(name, email) => {
            let x = put(buffer, room, 0, y, name, theme.accent);
            if email != name {
                put(buffer, room, x + 2, y, email, theme.dim);
            }
        }
        Shown::Below(value) => {
            let below =
                Rect { x: room.x + BELOW.min(room.width), width: room.width.saturating_sub(BELOW), ..room };
            put(buffer, below, 0, y, value, style);
        }
        Shown::More(value) => drop(put(buffer, beside, 0, y, value, style)),
        Shown::Loading => {
            if model.shell.waiting().is_some() {
                put(buffer, room, 0, y, "Loading…", theme.dim);
            }
        }
        Shown::Pair(label, value, at) => {
            // With nothing beside it a label has the whole line.
            let alone = value.is_empty() && at.is_none();
            let cells = if alone { room.width } else { page.indent.saturating_sub(2).min(room.width) };
            let label_room = Rect { width: cells, ..room };
            put(buffer, label_room, 0, y, label, theme.dim);
            let x = put(buffer, beside, 0, y, value, style);
            put(buffer, beside, x, y, &aged(*at, model), theme.dim);
        }
        Shown::Conversation(state, words, at) => {
            let (mark, style) = marks::state(state, theme);
            put(buffer, room, 0, y, mark, style);
            let age = at.map(|at| ago(model.shell.now.unix, at)).unwrap_or_default();
            let used = put_right(buffer, room, y, &age, theme.dim);
            let left = Rect { width: room.width.saturating_sub(used + 1), ..room };
            put(buffer, left, 2, y, words, theme.plain);
        }
    }
}

fn aged(at: Option<Unix>, model: &Model) -> String {
    at.map(|at| format!("  {}", ago(model.shell.now.unix, at))).unwrap_or_default()
}

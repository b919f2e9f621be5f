//! Drawing the tools: only the rows in view are formatted.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::inset;
use crate::app::model::Model;
use crate::app::pane::session::tools::{Tools, kind, permit};
use crate::domain::link::{Kind, Permit, Tool};
use crate::ui::cell::{put, tint};
use crate::ui::rows;
use crate::ui::theme::Theme;

/// Draws the tools or the open definition.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let tools = &model.session.tools;
    let area = asked(buffer, area, tools, theme);
    if let Some(open) = &tools.open {
        return rows::draw(buffer, inset(area), open.rows.get(open.scroll.view()).unwrap_or_default(), theme);
    }
    if tools.offered.is_empty() && tools.missing.is_empty() {
        put(
            buffer,
            inset(area),
            0,
            u16::from(area.height > 3),
            "The server has not told its tools yet.",
            theme.dim,
        );
        return;
    }
    for (y, row) in (0..area.height).zip(tools.list.view()) {
        line(buffer, area, y, tools, row, theme);
        if row == tools.list.cursor() {
            tint(buffer, area, y, theme.cursor);
        }
    }
}

/// Asks whether to accept the tools, above everything else; returns the room that is left.
fn asked(buffer: &mut Buffer, area: Rect, tools: &Tools, theme: &Theme) -> Rect {
    if !tools.asks || area.height < 3 {
        return area;
    }
    let room = inset(area);
    let x = put(buffer, room, 0, 0, &tools.question(), theme.warn) + 2;
    let x = x + put(buffer, room, x, 0, "y", theme.accent) + 1;
    let x = x + put(buffer, room, x, 0, "accepts,", theme.dim) + 1;
    let x = x + put(buffer, room, x, 0, "Esc", theme.accent) + 1;
    put(buffer, room, x, 0, "does not", theme.dim);
    Rect { y: area.y + 2, height: area.height - 2, ..area }
}

/// Cells of the column of names.
fn name_cells(area: Rect) -> u16 {
    (area.width / 3).clamp(8, 36)
}

fn line(buffer: &mut Buffer, area: Rect, y: u16, tools: &Tools, row: usize, theme: &Theme) {
    if let Some(tool) = tools.offered.get(row) {
        offered(buffer, area, y, tool, theme);
    } else if let Some((name, means)) =
        row.checked_sub(tools.offered.len()).and_then(|at| tools.missing.get(at))
    {
        columns(buffer, area, y, (name, theme.dim), ("missing", theme.warn), (means, theme.plain));
    }
}

fn offered(buffer: &mut Buffer, area: Rect, y: u16, tool: &Tool, theme: &Theme) {
    let may = match tool.kind {
        Kind::Read => theme.plain,
        Kind::Write => theme.accent,
        Kind::Unknown => theme.warn,
    };
    let told = permit(&tool.permit);
    let style = match tool.permit {
        Permit::Yes => theme.dim,
        Permit::Refused(_) => theme.bad,
        Permit::New | Permit::Changed => theme.warn,
    };
    let first = tool.description.lines().next().unwrap_or_default();
    let words = told.as_deref().unwrap_or(first);
    columns(buffer, area, y, (&tool.name, theme.plain), (kind(tool.kind), may), (words, style));
}

type Words<'a> = (&'a str, ratatui::style::Style);

fn columns(buffer: &mut Buffer, area: Rect, y: u16, name: Words<'_>, kind: Words<'_>, rest: Words<'_>) {
    let room = inset(area);
    let first = name_cells(area).min(room.width);
    put(buffer, Rect { width: first, ..room }, 0, y, name.0, name.1);
    let beside = (first + 2).min(room.width);
    let room = Rect { x: room.x + beside, width: room.width - beside, ..room };
    put(buffer, room, 0, y, kind.0, kind.1);
    put(buffer, room, 9, y, rest.0, rest.1);
}

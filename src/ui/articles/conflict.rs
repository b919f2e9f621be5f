//! Drawing a conflict: a slice of its page, or the text that is typed for one overlap.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::app::pane::articles::conflict::page::{EDGE, Mark, PageRow, SIGN, TextRow};
use crate::app::pane::articles::conflict::rows::Columns;
use crate::app::pane::articles::conflict::{Conflict, Own};
use crate::app::pane::articles::geometry::page;
use crate::domain::diff::Change;
use crate::ui::cell::put;
use crate::ui::theme::Theme;

/// Draws the conflict.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, conflict: &Conflict, theme: &Theme) {
    let room = page(area);
    if let Some(own) = &conflict.own {
        return typed(buffer, room, own, theme);
    }
    for (y, (row, is_current)) in (0..room.height).zip(conflict.page.view()) {
        let edge = if is_current { theme.accent.patch(theme.strong) } else { theme.line };
        match row {
            PageRow::Plain(row) => text(buffer, room, y, row, theme),
            PageRow::Top(title, is_decided) => top(buffer, room, y, (title, *is_decided), edge, theme),
            PageRow::Inside(row) => {
                put(buffer, room, 0, y, "│", edge);
                text(buffer, part(room, EDGE, room.width.saturating_sub(EDGE)), y, row, theme);
            }
            PageRow::Beside(mine, theirs) => {
                let columns = Columns::of(room.width);
                put(buffer, room, 0, y, "│", edge);
                text(buffer, part(room, columns.left.0, columns.left.1), y, mine, theme);
                put(buffer, room, columns.right.0.saturating_sub(2), y, "│", theme.line);
                text(buffer, part(room, columns.right.0, columns.right.1), y, theirs, theme);
            }
            PageRow::Bottom => {
                put(buffer, room, 0, y, &format!("╰{}", rule(room.width.saturating_sub(1))), edge);
            }
        }
    }
}

fn rule(cells: u16) -> String {
    "─".repeat(usize::from(cells))
}

fn part(room: Rect, x: u16, width: u16) -> Rect {
    let x = x.min(room.width);
    Rect { x: room.x + x, width: width.min(room.width - x), ..room }
}

fn top(
    buffer: &mut Buffer,
    room: Rect,
    y: u16,
    (title, is_decided): (&str, bool),
    edge: Style,
    theme: &Theme,
) {
    let style = if is_decided { theme.good } else { theme.warn };
    put(buffer, room, 0, y, &format!("╭{}", rule(room.width.saturating_sub(1))), edge);
    let inside = part(room, 2, room.width.saturating_sub(4));
    put(buffer, inside, 0, y, &format!(" {title} "), style.patch(theme.strong));
}

fn text(buffer: &mut Buffer, room: Rect, y: u16, row: &TextRow, theme: &Theme) {
    let (sign, style) = match row.mark {
        Mark::Added => ("+", theme.good),
        Mark::Removed => ("-", theme.bad),
        Mark::Same => (" ", theme.plain),
        Mark::Heading => return words(buffer, room, y, row, theme.strong),
        Mark::Strong => return words(buffer, room, y, row, theme.warn.patch(theme.strong)),
        Mark::Good | Mark::Stands => return words(buffer, room, y, row, theme.good.patch(theme.strong)),
        Mark::Plain => return words(buffer, room, y, row, theme.plain),
        Mark::Name => return words(buffer, room, y, row, theme.accent.patch(theme.strong)),
        Mark::Dim => return words(buffer, room, y, row, theme.dim),
    };
    put(buffer, room, 0, y, if row.goes_on { "" } else { sign }, style);
    let mut x = SIGN.min(room.width);
    for piece in &row.pieces {
        x += put(buffer, room, x, y, &piece.text, piece_style(piece.change, style, theme));
    }
}

/// Words that changed stand out from the row they are in without colour, too.
fn piece_style(change: Change, row: Style, theme: &Theme) -> Style {
    match change {
        Change::Added => theme.good.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Change::Removed => theme.bad.add_modifier(Modifier::BOLD | Modifier::CROSSED_OUT),
        Change::Same => row.remove_modifier(Modifier::BOLD),
    }
}

fn words(buffer: &mut Buffer, room: Rect, y: u16, row: &TextRow, style: Style) {
    let mut x = 0;
    for piece in &row.pieces {
        x += put(buffer, room, x, y, &piece.text, style);
    }
}

/// The text that is typed for an overlap, below what it is for.
fn typed(buffer: &mut Buffer, room: Rect, own: &Own, theme: &Theme) {
    let [what, how] = &own.heads;
    let heads = Own::heads(room.height);
    if heads > 0 {
        put(buffer, room, 0, 0, what, theme.strong);
        put(buffer, room, 0, 1, how, theme.dim);
        put(buffer, room, 0, 2, &rule(room.width), theme.line);
    }
    let area = Rect { y: room.y + heads, height: room.height - heads, ..room };
    for (y, row) in (0..area.height).zip(own.editor.view()) {
        let mut x = 0;
        for bit in row {
            let style = match (bit.cursor, bit.tag) {
                (true, _) => theme.plain.add_modifier(Modifier::REVERSED),
                (false, true) => theme.dim,
                (false, false) => theme.plain,
            };
            x += put(buffer, area, x, y, &bit.text, style);
        }
    }
}

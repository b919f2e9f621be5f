//! Drawing the rows of the list: only those in view are formatted.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{inset, marks, said};
use crate::app::model::Model;
use crate::app::pane::inbox::layout::Focus;
use crate::domain::conversation::ConversationRow;
use crate::domain::link::Link;
use crate::domain::text::{Clean, width};
use crate::domain::time::ago;
use crate::ui::cell::{put, put_right, tint};
use crate::ui::theme::Theme;

/// Cells of the columns for a width; 0 for one that is not shown.
#[derive(Clone, Copy, Debug)]
struct Columns {
    who: u16,
    assignee: u16,
    tags: u16,
    marks: u16,
}

fn columns(cells: u16) -> Columns {
    match cells {
        ..34 => Columns { who: 0, assignee: 0, tags: 0, marks: 0 },
        34..46 => Columns { who: 10, assignee: 0, tags: 0, marks: 0 },
        46..64 => Columns { who: 12, assignee: 0, tags: 0, marks: 4 },
        64..110 => Columns { who: 16, assignee: 0, tags: 0, marks: 4 },
        110..140 => Columns { who: 20, assignee: 14, tags: 0, marks: 4 },
        _ => Columns { who: 24, assignee: 18, tags: 22, marks: 4 },
    }
}

/// Draws the rows in view.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let listing = &model.inbox.listing;
    if listing.results.rows().is_empty() {
        return empty(buffer, area, model, theme);
    }
    let list = listing.results.list;
    let view = list.view();
    let rows = listing.results.rows().get(view.clone()).unwrap_or_default();
    let columns = columns(area.width);
    for (y, (at, row)) in (0..area.height).zip(view.zip(rows)) {
        line(buffer, area, y, row, columns, model, theme);
        if model.inbox.areas.thread.width > 0 && model.inbox.reader.open.as_ref() == Some(&row.id) {
            put(buffer, area, 0, y, "▎", theme.accent);
        }
        if at == list.cursor() {
            let here = model.inbox.focus == Focus::List && !model.inbox.search.focused;
            tint(buffer, area, y, if here { theme.cursor } else { theme.cursor_away });
        }
    }
}

fn empty(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let (listing, shell) = (&model.inbox.listing, &model.shell);
    if let Some(fault) = listing.fault.as_ref() {
        return super::fault(buffer, area, fault, theme);
    }
    if listing.is_searching() {
        if shell.waiting().is_some() {
            said(buffer, area, ("Searching…", theme.dim), "", theme);
        }
    } else if listing.answered {
        said(buffer, area, ("No conversation matches.", theme.plain), "Press / to change the search.", theme);
    } else {
        match &shell.link {
            Link::Down { fault, .. } => super::fault(buffer, area, fault, theme),
            Link::Closed => {
                said(buffer, area, ("The connection is closed.", theme.plain), "R connects again.", theme);
            }
            Link::Connecting { .. } => {}
            Link::Up(_) => {
                said(buffer, area, ("Nothing was searched.", theme.plain), "Press r to search again.", theme);
            }
        }
    }
}

fn line(
    buffer: &mut Buffer,
    area: Rect,
    y: u16,
    row: &ConversationRow,
    columns: Columns,
    model: &Model,
    theme: &Theme,
) {
    let room = inset(area);
    let mut x = lead(buffer, room, y, row, model, theme);
    if columns.who > 0 {
        cell(buffer, room, x, columns.who, y, who(row, model), theme.plain);
        x += columns.who + 2;
    }
    let right = side(columns.assignee) + side(columns.tags) + side(columns.marks);
    let words = room.width.saturating_sub(x + right);
    subject(buffer, Rect { x: room.x + x.min(room.width), width: words, ..room }, y, row, theme);
    x += words + 2;
    if columns.assignee > 0 {
        let (name, style) = match marks::assignee(row, &model.shell.roster) {
            Some(name) => (name, theme.plain),
            None => ("unassigned".into(), theme.dim),
        };
        cell(buffer, room, x, columns.assignee, y, &name, style);
        x += columns.assignee + 2;
    }
    if columns.tags > 0 {
        let tags: Vec<&str> = row.tags.iter().map(|tag| tag.name.as_str()).collect();
        cell(buffer, room, x, columns.tags, y, &tags.join(", "), theme.dim);
    }
    if columns.marks > 0 {
        small(buffer, room, y, row, theme);
    }
}

fn side(cells: u16) -> u16 {
    if cells > 0 { cells + 2 } else { 0 }
}

/// State, whether they wait, and for how long; returns the cells used.
fn lead(buffer: &mut Buffer, room: Rect, y: u16, row: &ConversationRow, model: &Model, theme: &Theme) -> u16 {
    let (mark, style) = marks::state(&row.state, theme);
    put(buffer, room, 0, y, mark, style);
    let since = row.waiting_since.or(row.updated_at).or(row.created_at);
    let style = if row.waiting_since.is_some() { theme.warn } else { theme.dim };
    put(buffer, room, 1, y, model.shell.triage.sign(row, model.shell.now.unix), theme.accent);
    if row.waiting_since.is_some() {
        put(buffer, room, 2, y, "→", style);
    }
    if let Some(since) = since {
        let age = Rect { x: room.x + 3.min(room.width), width: 4.min(room.width.saturating_sub(3)), ..room };
        put_right(buffer, age, y, &ago(model.shell.now.unix, since), style);
    }
    9
}

/// The customer's name, learnt from anywhere; else what the row itself calls its author.
fn who<'a>(row: &'a ConversationRow, model: &'a Model) -> &'a str {
    let learnt = || row.contacts.first().and_then(|id| model.shell.roster.contact(id)).map(Clean::as_str);
    let own = Some(row.author.name.as_str()).filter(|name| !name.is_empty());
    let rest = if row.thin { "" } else { row.author.called() };
    own.or_else(learnt).unwrap_or(rest)
}

fn cell(
    buffer: &mut Buffer,
    room: Rect,
    x: u16,
    cells: u16,
    y: u16,
    text: &str,
    style: ratatui::style::Style,
) {
    let left = x.min(room.width);
    let area = Rect { x: room.x + left, width: cells.min(room.width - left), ..room };
    put(buffer, area, 0, y, text, style);
}

/// Subject, and after it the first words when they say something else.
fn subject(buffer: &mut Buffer, area: Rect, y: u16, row: &ConversationRow, theme: &Theme) {
    if row.subject.is_empty() {
        let (words, style) = if row.preview.is_empty() {
            ("(no words)", theme.dim)
        } else {
            (row.preview.as_str(), theme.plain)
        };
        put(buffer, area, 0, y, words, style);
        return;
    }
    let unread = row.read == Some(false);
    let used = put(buffer, area, 0, y, &row.subject, if unread { theme.strong } else { theme.plain });
    let says_more = !row.preview.is_empty() && !row.preview.starts_with(row.subject.trim_end_matches('…'));
    if says_more && usize::from(used) == width(&row.subject) && used + 6 < area.width {
        let x = used + put(buffer, area, used, y, " – ", theme.dim);
        put(buffer, area, x, y, &row.preview, theme.dim);
    }
}

/// Urgency and service level at the right edge.
fn small(buffer: &mut Buffer, room: Rect, y: u16, row: &ConversationRow, theme: &Theme) {
    let (sla, style) = marks::sla(row.sla.as_ref(), theme);
    put_right(buffer, room, y, sla, style);
    let (priority, style) = marks::priority(row.priority, theme);
    put_right(buffer, Rect { width: room.width.saturating_sub(2), ..room }, y, priority, style);
}

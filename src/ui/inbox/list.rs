//! Drawing the rows of the list: only those in view are formatted.

mod columns;

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{inset, marks, said};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::pane::inbox::layout::Focus;
use crate::app::pane::inbox::rows::filter::Hits;
use crate::app::pane::inbox::rows::names::{team, who};
use crate::app::place::Place as Keys;
use crate::app::shell::PATIENCE_MILLIS;
use crate::domain::conversation::ConversationRow;
use crate::domain::link::Link;
use crate::domain::sort::Sort;
use crate::domain::text::width;
use crate::domain::time::{Unix, ago, short};
use crate::domain::view::Column;
use crate::ui::cell::{put, put_right, tint};
use crate::ui::theme::Theme;
use columns::{LEAD, Place, places};

/// Draws the rows in view.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let listing = &model.inbox.listing;
    if listing.results.shown_len() == 0 {
        return empty(buffer, area, model, theme);
    }
    let list = listing.results.list;
    let view = list.view();
    let places = places(area.width, inset(area).width, &listing.columns);
    let none = Hits::default();
    let behind = model.inbox.is_behind(&model.shell);
    let head = listing.head(area.height);
    if head > 0 {
        heads(buffer, inset(area), &places, listing.results.arranged.order().by, theme);
    }
    let area = Rect { y: area.y + head, height: area.height - head, ..area };
    for (y, at) in (0..area.height).zip(view.clone()) {
        let Some(row) = listing.results.shown_at(at) else { continue };
        let hits = listing.hits.get(at - view.start).unwrap_or(&none);
        line(buffer, area, y, &Line { row, hits, model, theme }, &places);
        if behind {
            tint(buffer, area, y, theme.dim);
        }
        if at == list.cursor() {
            let here =
                model.inbox.focus == Focus::List && !model.inbox.search.focused && !model.inbox.views.focused;
            tint(buffer, area, y, if here { theme.cursor } else { theme.cursor_away });
        }
    }
}

/// What the columns of a view are, where it chose them itself: several ages look the same without.
fn heads(buffer: &mut Buffer, room: Rect, places: &[Place], by: Sort, theme: &Theme) {
    let age = Rect { x: room.x + 3.min(room.width), width: 4.min(room.width.saturating_sub(3)), ..room };
    put_right(buffer, age, 0, columns::time(by).map_or("wait", columns::head), theme.dim);
    for place in places {
        let left = place.x.min(room.width);
        let cells = Rect { x: room.x + left, width: place.cells.min(room.width - left), ..room };
        let words = columns::head(place.column);
        if columns::is_right(place.column) {
            put_right(buffer, cells, 0, words, theme.dim);
        } else {
            put(buffer, cells, 0, 0, words, theme.dim);
        }
    }
}

fn empty(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let (listing, shell) = (&model.inbox.listing, &model.shell);
    if let Some(fault) = listing.fault.as_ref() {
        return super::fault(buffer, area, fault, theme);
    }
    let hint = |command, does: &str| format!("{} {does}.", shell.key(Keys::Inbox, command));
    let none = || listing.why_none(|command| shell.key(Keys::Inbox, command));
    let why = model.inbox.empty_view(shell).or_else(none);
    if let Some((sentence, hint)) = why {
        return said(buffer, area, (&sentence, theme.plain), &hint, theme);
    }
    if listing.is_searching() {
        if shell.waiting().is_some() {
            said(buffer, area, ("Searching…", theme.dim), "", theme);
        }
    } else if listing.answered {
        said(buffer, area, ("No conversation matches.", theme.plain), &ways_on(model), theme);
    } else {
        match &shell.link {
            Link::Down { fault, .. } => super::fault(buffer, area, fault, theme),
            Link::Closed => {
                said(
                    buffer,
                    area,
                    ("The connection is closed.", theme.plain),
                    &hint(Command::Reconnect, "connects again"),
                    theme,
                );
            }
            Link::Connecting { .. } if shell.now.since(shell.link_at) < PATIENCE_MILLIS => {}
            Link::Connecting { .. } => said(buffer, area, ("Loading…", theme.dim), "", theme),
            Link::Up(_) => {
                said(
                    buffer,
                    area,
                    ("Nothing was searched.", theme.plain),
                    &hint(Command::Refresh, "searches again"),
                    theme,
                );
            }
        }
    }
}

/// What to do where a search found nothing.
fn ways_on(model: &Model) -> String {
    let key = |command| model.shell.key(Keys::Inbox, command);
    let back = match (key(Command::Back), model.inbox.is_visit()) {
        (back, true) => format!(" {back} goes back to where it was asked for."),
        (_, false) => format!(" {} shows the views.", key(Command::ShowViews)),
    };
    format!("{} changes the search; ↑ there brings earlier ones.{back}", key(Command::Search))
}

/// A row that is being drawn.
struct Line<'a> {
    row: &'a ConversationRow,
    hits: &'a Hits,
    model: &'a Model,
    theme: &'a Theme,
}

fn line(buffer: &mut Buffer, area: Rect, y: u16, line: &Line<'_>, places: &[Place]) {
    edge(buffer, area, y, line);
    let room = inset(area);
    lead(buffer, room, y, line);
    for place in places {
        let left = place.x.min(room.width);
        let cells = Rect { x: room.x + left, width: place.cells.min(room.width - left), ..room };
        column(buffer, cells, y, line, place.column);
    }
}

/// Left of the row: whether it was chosen, and whether its conversation is the one that is open beside it.
fn edge(buffer: &mut Buffer, area: Rect, y: u16, line: &Line<'_>) {
    let inbox = &line.model.inbox;
    let open = inbox.areas.thread.width > 0 && inbox.reader.open.as_ref() == Some(&line.row.id);
    if inbox.listing.is_chosen(&line.row.id) {
        put(buffer, area, 0, y, "■", line.theme.accent);
    } else if open {
        put(buffer, area, 0, y, "▎", line.theme.accent);
    }
}

/// State, what is new, whether they wait, for how long, and what was decided here.
fn lead(buffer: &mut Buffer, room: Rect, y: u16, line: &Line<'_>) {
    let (row, model, theme) = (line.row, line.model, line.theme);
    let (mark, style) = marks::state(&row.state, theme);
    put(buffer, room, 0, y, mark, style);
    if model.inbox.listing.looks.news(&row.id).is_some() {
        put(buffer, room, 1, y, "•", theme.accent.patch(theme.strong));
    }
    let style = if row.waiting_since.is_some() { theme.warn } else { theme.dim };
    if row.waiting_since.is_some() {
        put(buffer, room, 2, y, "→", style);
    }
    let by = model.inbox.listing.results.arranged.order().by;
    let style = if columns::time(by).is_none() { style } else { theme.plain };
    let age = Rect { x: room.x + 3.min(room.width), width: 4.min(room.width.saturating_sub(3)), ..room };
    put_right(buffer, age, y, &age_by(row, by, model.shell.now.unix), style);
    let triage = &model.shell.triage;
    let (sign, style) = marks::local(triage.mark(&row.id), triage.standing(row, model.shell.now.unix), theme);
    put(buffer, room, LEAD - 2, y, sign, style);
}

/// The time that an order is about; where it is about none, for how long they wait, or since when nothing changed.
fn age_by(row: &ConversationRow, by: Sort, now: Unix) -> String {
    let at = match columns::time(by) {
        Some(Column::FirstReply) => return row.first_reply.map_or_else(String::new, short),
        Some(Column::Created) => row.created_at,
        Some(Column::Updated) => row.updated_at,
        Some(_) | None => row.waiting_since.or(row.updated_at).or(row.created_at),
    };
    at.map_or_else(String::new, |at| ago(now, at))
}

fn column(buffer: &mut Buffer, cells: Rect, y: u16, line: &Line<'_>, column: Column) {
    let (row, hits, theme) = (line.row, line.hits, line.theme);
    let (shell, ago_of) = (&line.model.shell, |at: Option<Unix>| {
        at.map_or_else(String::new, |at| ago(line.model.shell.now.unix, at))
    });
    match column {
        Column::Who => found(buffer, cells, y, who(row, &shell.roster), theme.plain, &hits.who, theme),
        Column::Subject => subject(buffer, cells, y, line),
        Column::Assignee => match marks::assignee(row, &shell.roster) {
            Some(name) => found(buffer, cells, y, &name, theme.plain, &hits.assignee, theme),
            None => drop(put(buffer, cells, 0, y, "unassigned", theme.dim)),
        },
        Column::Team => {
            let name = team(row, &shell.roster).unwrap_or(Cow::Borrowed("no team"));
            put(buffer, cells, 0, y, &name, if row.team.is_some() { theme.plain } else { theme.dim });
        }
        Column::Tags => tags(buffer, cells, y, line),
        Column::Priority => {
            let (sign, style) = marks::priority(row.priority, theme);
            put_right(buffer, cells, y, sign, style);
        }
        Column::Sla => {
            let (sign, style) = marks::sla(row.sla.as_ref(), theme);
            put_right(buffer, cells, y, sign, style);
        }
        Column::Rating => {
            let words = row.rating.map_or_else(String::new, |rating| format!("{rating}/5"));
            put(buffer, cells, 0, y, &words, if row.rating < Some(3) { theme.bad } else { theme.plain });
        }
        Column::Fin => {
            let words = row.fin.as_ref().map_or_else(String::new, |fin| fin.resolution.replace('_', " "));
            put(buffer, cells, 0, y, &words, theme.plain);
        }
        Column::Channel => drop(put(buffer, cells, 0, y, &row.channel, theme.dim)),
        Column::Created => drop(put_right(buffer, cells, y, &ago_of(row.created_at), theme.dim)),
        Column::Updated => drop(put_right(buffer, cells, y, &ago_of(row.updated_at), theme.dim)),
        Column::FirstReply => {
            let words = row.first_reply.map_or_else(String::new, short);
            put_right(buffer, cells, y, &words, theme.plain);
        }
    }
}

/// Text with the letters that the filter found.
fn found(
    buffer: &mut Buffer,
    cells: Rect,
    y: u16,
    text: &str,
    style: Style,
    hits: &[Range<usize>],
    theme: &Theme,
) {
    put(buffer, cells, 0, y, text, style);
    light(buffer, cells, 0, y, text, hits, theme);
}

/// Marks bytes of a text that was put `x` cells from the left.
fn light(buffer: &mut Buffer, cells: Rect, x: u16, y: u16, text: &str, hits: &[Range<usize>], theme: &Theme) {
    let cell = |byte: usize| {
        let before = width(text.get(..byte).unwrap_or_default());
        u16::try_from(before).unwrap_or(u16::MAX).saturating_add(x).min(cells.width)
    };
    for hit in hits {
        let (from, to) = (cell(hit.start), cell(hit.end));
        let marked = Rect { x: cells.x + from, width: to.saturating_sub(from), ..cells };
        tint(buffer, marked, y, theme.hit);
    }
}

fn tags(buffer: &mut Buffer, cells: Rect, y: u16, line: &Line<'_>) {
    let mut x = 0;
    for (number, tag) in line.row.tags.iter().enumerate() {
        if number > 0 {
            x += put(buffer, cells, x, y, ", ", line.theme.dim);
        }
        let from = x;
        x += put(buffer, cells, x, y, &tag.name, line.theme.dim);
        let hits = line.hits.tags.get(number).map_or(&[][..], Vec::as_slice);
        light(buffer, cells, from, y, &tag.name, hits, line.theme);
    }
}

/// Subject, and after it the first words when they say something else.
fn subject(buffer: &mut Buffer, cells: Rect, y: u16, line: &Line<'_>) {
    let (row, hits, theme) = (line.row, line.hits, line.theme);
    if row.subject.is_empty() {
        let (words, style) = if row.preview.is_empty() {
            ("(no words)", theme.dim)
        } else {
            (row.preview.as_str(), theme.plain)
        };
        return found(buffer, cells, y, words, style, &hits.preview, theme);
    }
    let strong = row.read == Some(false) || line.model.inbox.listing.looks.news(&row.id).is_some();
    let used = put(buffer, cells, 0, y, &row.subject, if strong { theme.strong } else { theme.plain });
    light(buffer, cells, 0, y, &row.subject, &hits.subject, theme);
    let says_more = !row.preview.is_empty() && !row.preview.starts_with(row.subject.trim_end_matches('…'));
    if says_more && usize::from(used) == width(&row.subject) && used + 6 < cells.width {
        let x = used + put(buffer, cells, used, y, " – ", theme.dim);
        put(buffer, cells, x, y, &row.preview, theme.dim);
        light(buffer, cells, x, y, &row.preview, &hits.preview, theme);
    }
}

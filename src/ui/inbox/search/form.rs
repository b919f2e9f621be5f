//! Drawing the form: a row for each box, and below them the query that the boxes write.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::panel::{self, down};
use crate::app::model::Model;
use crate::app::pane::inbox::search::form::{Form, rooms};
use crate::domain::query::form::{Entry, Kind};
use crate::domain::text::{reveal, width};
use crate::ui::cell::{boxed, put, put_right};
use crate::ui::field::typed;
use crate::ui::theme::Theme;

/// Cells of the column of titles.
const TITLE: u16 = 22;

/// Draws the form, when it is open.
pub(in crate::ui::inbox) fn draw(buffer: &mut Buffer, body: Rect, model: &Model, theme: &Theme) {
    let Some(form) = &model.inbox.form else { return };
    let [area, room, below] = rooms(body, form.boxes.entries().len());
    boxed(buffer, area, "Search form", theme.accent);
    let view = form.list.view();
    if view.len() < form.boxes.entries().len() {
        let words = format!(" {}–{} of {} ", view.start + 1, view.end, form.boxes.entries().len());
        put_right(buffer, Rect { width: area.width.saturating_sub(2), ..area }, 0, &words, theme.dim);
    }
    for (y, at) in (0..room.height).zip(view) {
        if let Some(entry) = form.boxes.entries().get(at) {
            row(buffer, down(room, y), form, at, entry, theme);
        }
    }
    tail(buffer, below, form, theme);
    let here = u16::try_from(form.list.cursor().saturating_sub(form.list.view().start)).unwrap_or(0);
    if form.offers.is_open() {
        let under = down(room.union(below), here + 1);
        let under =
            Rect { x: room.x + TITLE.min(room.width), width: room.width.saturating_sub(TITLE), ..under };
        panel::list(buffer, under, &form.offers, theme);
    }
}

fn row(buffer: &mut Buffer, area: Rect, form: &Form, at: usize, entry: &Entry, theme: &Theme) {
    let here = at == form.list.cursor();
    let wrong = form.wrong.as_ref().is_some_and(|wrong| wrong.at == Some(at));
    let (mark, style) = match (wrong, here) {
        (true, _) => ("! ", theme.bad),
        (false, true) => ("▸ ", theme.accent.patch(theme.strong)),
        (false, false) => ("  ", theme.plain),
    };
    let title = Rect { width: TITLE.min(area.width).saturating_sub(1), ..area };
    let x = put(buffer, title, 0, 0, mark, style);
    put(buffer, title, x, 0, entry.title, style);
    let room = Rect { x: area.x + TITLE.min(area.width), width: area.width.saturating_sub(TITLE), ..area };
    match entry.kind {
        Kind::Choice => choices(buffer, room, entry, here, theme),
        Kind::Text | Kind::Number | Kind::Date | Kind::Length | Kind::Name if here => {
            typed(buffer, room, &form.field, theme);
            if entry.value.is_empty() {
                put(buffer, room, 2, 0, example(entry), theme.dim);
            }
        }
        Kind::Text | Kind::Number | Kind::Date | Kind::Length | Kind::Name => {
            let style = if entry.value.is_empty() { theme.dim } else { theme.plain };
            let words = if entry.value.is_empty() { "–".into() } else { reveal(&entry.value) };
            put(buffer, room, 0, 0, &words, style);
        }
    }
}

/// What can be typed into an empty box.
fn example(entry: &Entry) -> &'static str {
    match entry.kind {
        Kind::Choice | Kind::Text => "words",
        Kind::Number => "a number",
        Kind::Date => "-3d, today, 2026-01-31",
        Kind::Length => "30m, 4h, 2d",
        Kind::Name if entry.prefix == "assignee:" => "a name, me, none or any; Space lists them",
        Kind::Name => "a name, none or any; Space lists them",
    }
}

/// The choices in a row with the chosen one in brackets; where they do not fit, those around it.
fn choices(buffer: &mut Buffer, room: Rect, entry: &Entry, here: bool, theme: &Theme) {
    let all: Vec<&str> = std::iter::once("").chain(entry.choices.iter().map(|(value, _)| *value)).collect();
    let chosen = all.iter().position(|value| *value == entry.value).unwrap_or(0);
    let words = |value: &'static str| if value.is_empty() { "–" } else { value };
    let end_of = |first: usize| -> usize {
        all[first..=chosen].iter().map(|value| width(words(value)) + 3).sum::<usize>()
            + usize::from(first > 0) * 2
    };
    // Two cells are kept for the sign that there are more.
    let room_for_all = usize::from(room.width).saturating_sub(2);
    let first = (0..chosen).find(|&first| end_of(first) <= room_for_all).unwrap_or(chosen);
    let mut x = if first > 0 { put(buffer, room, 0, 0, "… ", theme.dim) } else { 0 };
    for (at, value) in all.iter().enumerate().skip(first) {
        let cells = u16::try_from(width(words(value)) + 3).unwrap_or(u16::MAX);
        if at > chosen && x + cells + 2 > room.width {
            put(buffer, room, x, 0, "…", theme.dim);
            return;
        }
        let style = match (at == chosen, here) {
            (true, true) => theme.cursor,
            (true, false) if at == 0 => theme.plain,
            (true, false) => theme.strong,
            (false, _) => theme.dim,
        };
        let (left, right) = if at == chosen { ("‹", "›") } else { (" ", " ") };
        x += put(buffer, room, x, 0, &format!("{left}{}{right}", words(value)), style) + 1;
    }
    let about = entry.choices.iter().find(|(value, _)| *value == entry.value).map_or("", |(_, about)| *about);
    let left = usize::from(room.width.saturating_sub(x + 1));
    if here && width(about) <= left {
        put(buffer, room, x + 1, 0, about, theme.dim);
    }
}

fn tail(buffer: &mut Buffer, area: Rect, form: &Form, theme: &Theme) {
    put(buffer, area, 0, 0, &"─".repeat(usize::from(area.width)), theme.line);
    let label = put(buffer, area, 0, 1, "Query ", theme.dim);
    let room = down(Rect { x: area.x + label, width: area.width.saturating_sub(label), ..area }, 1);
    let words = if form.written.is_empty() { "everything".into() } else { reveal(&form.written) };
    let lines = panel::first(&words, room.width.max(1), 2);
    let style = if form.is_stale || form.written.is_empty() { theme.dim } else { theme.strong };
    let mut used = 1;
    for (y, line) in (0..room.height).zip(&lines) {
        put(buffer, room, 0, y, line, style);
        used = y + 2;
    }
    let left = down(area, used);
    match &form.wrong {
        Some(wrong) => {
            let lines =
                panel::first(&format!("! {}", wrong.sentence), left.width.max(1), usize::from(left.height));
            for (y, line) in (0..left.height).zip(&lines) {
                put(buffer, left, 0, y, line, theme.bad);
            }
        }
        None => {
            panel::said(buffer, left, &form.rest, theme);
        }
    }
}

//! Drawing the Inbox: list, thread and customer in the areas that the pane laid out.

mod answers;
pub(super) mod customer;
mod head;
mod insight;
mod line;
mod list;
mod marks;
mod note;
mod search;
mod thread;
mod views;

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::cell::{divider, put};
use super::clip;
use super::theme::Theme;
use crate::app::model::Model;
use crate::app::pane::inbox::layout::{Areas, Focus};
use crate::domain::call::Fault;

/// Draws the Inbox. `area` is the part of the body that exists on the screen.
pub fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    if note::page(buffer, area, model, theme) {
        return;
    }
    if model.inbox.insight.open {
        return insight::draw(buffer, area, model, theme);
    }
    let areas = model.inbox.areas;
    let on = |part: Rect| clip(part, area);
    if !areas.views_cover {
        list::draw(buffer, on(areas.list), model, theme);
        search::draw(buffer, on(areas.search.union(areas.list)), model, theme);
    }
    views::draw(buffer, on(areas.views), model, theme);
    if areas.thread.width > 0 {
        head::draw(buffer, on(areas.head), model, theme);
        head::memo(buffer, on(areas.memo), model, theme);
        thread::draw(buffer, on(areas.thread), model, theme);
        note::panel(buffer, on(areas.note), model, theme);
    }
    if areas.customer.width > 0 {
        customer::draw(buffer, on(areas.customer), model, theme);
    }
    answers::draw(buffer, area, model, theme);
    line::draw(buffer, on(areas.line), model, theme);
    dividers(buffer, area, areas, theme);
    search::form(buffer, area, model, theme);
    search::call(buffer, area, model, theme);
    views::who(buffer, area, model, theme);
}

/// The lines between columns, joined to the rules that end at them.
fn dividers(buffer: &mut Buffer, area: Rect, areas: Areas, theme: &Theme) {
    let (search, head) = (areas.search.bottom().wrapping_sub(1), areas.head.bottom().wrapping_sub(1));
    if areas.views.width > 0 && !areas.views_cover {
        let column = Rect { width: 0, x: areas.views.right(), ..clip(areas.views, area) };
        divider(buffer, column, theme.line);
        join(buffer, column, search, "┼", theme);
    }
    if areas.list.width > 0 && areas.thread.width > 0 {
        let column = areas.head.union(areas.thread);
        let column = if areas.note.height > 0 { column.union(areas.note) } else { column };
        let column = left_of(clip(column, area));
        divider(buffer, column, theme.line);
        let both = search == head;
        join(buffer, column, search, if both { "┼" } else { "┤" }, theme);
        join(buffer, column, head, if both { "┼" } else { "├" }, theme);
        if areas.note.height > 0 {
            join(buffer, column, areas.note.y, "├", theme);
        }
    }
    if areas.thread.width > 0 && areas.customer.width > 0 {
        let column = left_of(clip(areas.customer, area));
        divider(buffer, column, theme.line);
        join(buffer, column, head, "┤", theme);
        if areas.note.height > 0 {
            join(buffer, column, areas.note.y, "┤", theme);
        }
    }
}

fn join(buffer: &mut Buffer, column: Rect, y: u16, sign: &str, theme: &Theme) {
    if (column.y..column.bottom()).contains(&y) {
        put(buffer, Rect { y, width: 1, height: 1, ..column }, 0, 0, sign, theme.line);
    }
}

/// The empty area whose right neighbour is the column left of `area`, where its dividing line goes.
fn left_of(area: Rect) -> Rect {
    Rect { x: area.x.saturating_sub(1), width: 0, ..area }
}

/// The look of the rule below the head of a column: the one whose column has the keys stands out, when there are several.
fn rule_style(model: &Model, column: Focus, theme: &Theme) -> Style {
    let several = model.inbox.areas.visible().into_iter().filter(|visible| *visible).count() > 1;
    let among_views = column == Focus::List && model.inbox.views.focused;
    let several = several || model.inbox.is_beside_views();
    let elsewhere = among_views || model.inbox.answers.is_open();
    if several && model.inbox.focus == column && !elsewhere { theme.accent } else { theme.line }
}

/// The room within a column, one cell from its edges.
pub(super) fn inset(area: Rect) -> Rect {
    Rect { x: area.x + area.width.min(1), width: area.width.saturating_sub(2), ..area }
}

/// Says in an empty pane why it is empty and what to do.
pub(super) fn said(buffer: &mut Buffer, area: Rect, sentence: (&str, Style), hint: &str, theme: &Theme) {
    let room = inset(area);
    let mut y = u16::from(area.height > 3);
    for (text, style) in [sentence, (hint, theme.dim)] {
        for line in crate::domain::rich::wrap(text, room.width.max(1)) {
            put(buffer, room, 0, y, &line, style);
            y = y.saturating_add(1);
        }
    }
}

/// A hint without the seconds to the next try, which stand still here while the header counts them.
fn without_countdown(hint: &str) -> Cow<'_, str> {
    match hint.split_once("trying again in ").or_else(|| hint.split_once("Trying again in ")) {
        Some((advice, _)) if advice.trim().is_empty() => Cow::Borrowed(""),
        Some((advice, _)) => format!("{}.", advice.trim_end_matches([' ', ';'])).into(),
        None => hint.into(),
    }
}

/// Says in an empty pane what went wrong.
pub(super) fn fault(buffer: &mut Buffer, area: Rect, fault: &Fault, theme: &Theme) {
    said(buffer, area, (&fault.sentence, theme.bad), &without_countdown(&fault.hint), theme);
}

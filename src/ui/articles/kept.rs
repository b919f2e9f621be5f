//! Drawing the edits that are kept: title, which article, how much was typed, how far from the server's copy, how old.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::history::inset;
use crate::app::event::DraftRow;
use crate::app::model::Model;
use crate::app::pane::articles::geometry::list_rows;
use crate::app::pane::articles::kept::{Distance, KeptEdits};
use crate::domain::text::Clean;
use crate::domain::time::{Unix, ago};
use crate::ui::cell::{put, put_right, tint};
use crate::ui::theme::Theme;

/// Cells of the article's id, of the words typed, of the distance and of the age.
const ID: u16 = 14;
const WORDS: u16 = 22;
const DISTANCE: u16 = 29;
const AGE: u16 = 5;

/// Draws the list.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, kept: &KeptEdits, model: &Model, theme: &Theme) {
    put(buffer, inset(area), 0, 0, "Edits kept on this machine, newest first", theme.dim);
    let place = list_rows(area);
    let Some(rows) = &kept.rows else { return };
    if rows.is_empty() {
        let room = inset(place);
        put(buffer, room, 0, 1, "No edit is kept on this machine.", theme.plain);
        let hint = "What is typed in the editor is kept here until it is saved or thrown away.";
        put(buffer, room, 0, 2, hint, theme.dim);
        return;
    }
    for (y, at) in (0..place.height).zip(kept.list.view()) {
        let Some(row) = rows.get(at) else { continue };
        line(buffer, inset(place), y, row, kept, model, theme);
        if at == kept.list.cursor() {
            tint(buffer, place, y, theme.cursor);
        }
    }
}

/// How much was typed, in a few words.
fn typed(row: &DraftRow) -> String {
    match (row.words, row.fields) {
        ((0, 0), true) => "fields".into(),
        ((0, 0), false) => "HTML only".into(),
        ((added, removed), fields) => {
            let fields = if fields { ", fields" } else { "" };
            format!("+{added} −{removed} words{fields}")
        }
    }
}

fn line(
    buffer: &mut Buffer,
    room: Rect,
    y: u16,
    row: &DraftRow,
    kept: &KeptEdits,
    model: &Model,
    theme: &Theme,
) {
    // Narrow windows leave out the id first, then the words.
    let id = if room.width >= 100 { ID } else { 0 };
    let words = if room.width >= 76 { WORDS } else { 0 };
    let distance = if room.width >= 56 { DISTANCE } else { 0 };
    let title = room.width.saturating_sub(id + words + distance + AGE);
    let cell = |x: u16, width: u16| Rect {
        x: room.x + x.min(room.width),
        width: width.saturating_sub(2).min(room.width.saturating_sub(x)),
        ..room
    };
    let shown = Clean::line(&row.title);
    let shown = if shown.is_empty() { "(no title)" } else { shown.as_str() };
    put(buffer, cell(0, title), 0, y, shown, theme.plain);
    let name = if row.article.is_local() { "new article".to_owned() } else { row.article.to_string() };
    put(buffer, cell(title, id), 0, y, &name, theme.dim);
    put(buffer, cell(title + id, words), 0, y, &typed(row), theme.dim);
    let far = kept.distance(row);
    let (far, style) = match far {
        _ if row.elsewhere => ("open in another window", theme.warn),
        Distance::Moved | Distance::Gone => (far.words(), theme.warn),
        Distance::Same => (far.words(), theme.good),
        Distance::New | Distance::Unknown => (far.words(), theme.dim),
    };
    put(buffer, cell(title + id + words, distance), 0, y, far, style);
    put_right(buffer, room, y, &ago(model.shell.now.unix, Unix(row.kept_at)), theme.dim);
}

//! Drawing the articles screen: the list, the article, the editor and what lies on the road of an edit.

pub(super) mod confirmation;
mod conflict;
mod editor;
mod handing;
mod head;
mod history;
mod kept;
mod lint;
mod list;
mod outline;
mod picker;
pub(super) mod reader;
mod sheet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::cell::divider;
use super::theme::Theme;
use crate::app::model::Model;
use crate::app::pane::articles::desk::{Desk, Stage};
use crate::app::pane::articles::geometry::areas;

/// Draws the screen into `area`.
pub fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    below(buffer, area, model, theme);
    if let Some(form) = &model.articles.handing.form {
        handing::draw(buffer, area, form, theme);
    }
}

fn below(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let articles = &model.articles;
    if let Some(desk) = &articles.desk {
        return desk_drawn(buffer, area, desk, model, theme);
    }
    if let Some(kept) = &articles.kept {
        return kept::draw(buffer, area, kept, model, theme);
    }
    if let Some(history) = &articles.history {
        return history::draw(buffer, area, history, model, theme);
    }
    let parts = areas(area, articles.reader.is_some());
    if parts.list.width > 0 {
        list::draw(buffer, parts.list, model, theme);
    }
    if let Some(reader) = &articles.reader {
        if parts.list.width > 0 {
            divider(buffer, parts.list, theme.line);
        }
        reader::draw(buffer, parts.reader, reader, model, theme);
        if let Some(outline) = &reader.outline {
            outline::draw(buffer, area, reader, outline, theme);
        }
    }
}

fn desk_drawn(buffer: &mut Buffer, area: Rect, desk: &Desk, model: &Model, theme: &Theme) {
    if let Stage::Conflict(there) = &desk.stage {
        return conflict::draw(buffer, area, there, theme);
    }
    match desk.sheet() {
        Some(sheet) => sheet::draw(buffer, area, sheet, theme),
        None => editor::draw(buffer, area, desk, model, theme),
    }
    if let Some(picker) = &desk.picker {
        picker::draw(buffer, area, picker, theme);
    }
    if let Stage::Confirming(dialog, sheet) = &desk.stage {
        confirmation::draw(buffer, area, (dialog, sheet), model.shell.now, theme);
    }
}

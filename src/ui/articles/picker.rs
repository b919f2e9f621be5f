//! Drawing the list to choose an author or a place from.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::pane::articles::geometry::choices;
use crate::app::pane::articles::picker::Picker;
use crate::ui::choice::{self, Question, Row};
use crate::ui::theme::Theme;

/// Draws the list in a box over the editor.
pub(super) fn draw(buffer: &mut Buffer, body: Rect, picker: &Picker, theme: &Theme) {
    let rows = picker.shown().iter();
    let rows = rows.map(|entry| Row { words: &entry.words, beside: &entry.beside, current: entry.current });
    let list = Question {
        title: picker.title(),
        prompt: picker.prompt(),
        nothing: picker.nothing(),
        field: &picker.field,
        list: picker.list,
    };
    choice::draw(buffer, body, choices(body) + 4, &list, &rows.collect::<Vec<_>>(), theme);
}

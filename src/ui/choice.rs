//! Drawing a list to choose one of, in a box, with a line to narrow it. Refuses to know what is chosen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::cell::{boxed, centred, put, put_right, tint};
use super::field::typed;
use super::theme::Theme;
use crate::app::field::Field;
use crate::app::list::List;
use crate::domain::text::{fit, width};

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question<'a> {
    /// In the edge of the box.
    pub(super) title: &'a str,
    /// What can be typed, while nothing is.
    pub(super) prompt: &'a str,
    /// What to type where nothing matches.
    pub(super) nothing: &'a str,
    /// What was typed.
    pub(super) field: &'a Field,
    /// The cursor, and the rows in view.
    pub(super) list: List,
}

/// Something to choose. All of it is clean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a> {
    /// Its words.
    pub(super) words: &'a str,
    /// What else is known of it.
    pub(super) beside: &'a str,
    /// Whether it is what is so now.
    pub(super) current: bool,
}

/// Draws the box in the middle of `body`, at most `height` rows high.
pub(super) fn draw(
    buffer: &mut Buffer,
    body: Rect,
    height: u16,
    question: &Question<'_>,
    rows: &[Row<'_>],
    theme: &Theme,
) {
    let inside = boxed(buffer, centred(body, 76, height), question.title, theme.accent);
    let room = Rect { x: inside.x + 1.min(inside.width), width: inside.width.saturating_sub(2), ..inside };
    line(buffer, room, question, theme);
    let list = Rect { y: room.y + 2.min(room.height), height: room.height.saturating_sub(2), ..room };
    if rows.is_empty() {
        put(buffer, list, 0, 0, question.nothing, theme.dim);
    }
    for (y, at) in (0..list.height).zip(question.list.view()) {
        let Some(entry) = rows.get(at) else { continue };
        row(buffer, list, y, entry, theme);
        if at == question.list.cursor() {
            tint(buffer, list, y, theme.cursor);
        }
    }
}

fn line(buffer: &mut Buffer, room: Rect, question: &Question<'_>, theme: &Theme) {
    let x = put(buffer, room, 0, 0, "› ", theme.accent).min(room.width);
    if question.field.text().is_empty() {
        put(buffer, room, x, 0, question.prompt, theme.dim);
        return;
    }
    typed(buffer, Rect { x: room.x + x, width: room.width - x, ..room }, question.field, theme);
}

fn row(buffer: &mut Buffer, list: Rect, y: u16, entry: &Row<'_>, theme: &Theme) {
    let mark = if entry.current { "● " } else { "  " };
    let mut x = put(buffer, list, 0, y, mark, theme.good);
    let room = usize::from(list.width.saturating_sub(x));
    // The words say what is chosen, and come before what is known of it.
    x += put(buffer, list, x, y, &fit(entry.words, room), theme.plain);
    let beside =
        Rect { x: list.x + (x + 2).min(list.width), width: list.width.saturating_sub(x + 2), ..list };
    let words = fit(entry.beside, usize::from(beside.width));
    if width(&words) > 1 {
        put_right(buffer, beside, y, &words, theme.dim);
    }
}

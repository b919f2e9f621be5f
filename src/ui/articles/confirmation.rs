//! Drawing the confirmation. Its words are ours; the one line of somebody else's text in it, the title, is cut, in quotes
//! of ours, and always in the same place and look.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::pane::articles::dialog::{Words, place, words};
use crate::app::pane::articles::sheet::Sheet;
use crate::domain::change::{Confirmation, Review};
use crate::domain::rich::wrap;
use crate::domain::time::Moment;
use crate::ui::cell::{boxed, put};
use crate::ui::theme::Theme;

/// Draws the dialog over `area`.
pub(super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    (dialog, sheet): (&Confirmation, &Sheet),
    now: Moment,
    theme: &Theme,
) {
    let Some(words) = words(dialog, sheet, area) else { return };
    let is_new = dialog.review().is_some_and(Review::is_new);
    let title = if is_new { "Create this article?" } else { "Save this change?" };
    asked(buffer, (area, place(&words, sheet, area)), (dialog, &words, title), now, theme);
}

/// Draws a question at a place within `area`: its words under a title, what was typed, and the way out.
pub(in crate::ui) fn asked(
    buffer: &mut Buffer,
    (area, place): (Rect, Rect),
    (dialog, words, title): (&Confirmation, &Words, &str),
    now: Moment,
    theme: &Theme,
) {
    let inside = boxed(buffer, place, title, theme.warn);
    let room = Rect { x: inside.x + 1.min(inside.width), width: inside.width.saturating_sub(2), ..inside };
    if !words.fit(area) {
        for (y, line) in (0..room.height).zip(wrap("Too small. Enlarge, or Esc.", room.width)) {
            put(buffer, room, 0, y, &line, theme.warn);
        }
        return;
    }
    put(buffer, room, 0, 0, &words.article, theme.dim);
    let consequence = words.consequence.iter().map(|line| (line, theme.strong));
    let summary = words.summary.iter().map(|line| (line, theme.plain));
    let mut y = 1;
    for (line, style) in consequence.chain(summary) {
        put(buffer, room, 0, y, line, style);
        y += 1;
    }
    y += 1;
    for line in &words.demand {
        put(buffer, room, 0, y, line, theme.plain);
        y += 1;
    }
    typed(buffer, room, y, dialog, now, theme);
    way_out(buffer, room, y + 2, theme);
}

fn way_out(buffer: &mut Buffer, room: Rect, y: u16, theme: &Theme) {
    let x = put(buffer, room, 0, y, "[ Cancel ]", theme.cursor) + 2;
    let x = x + put(buffer, room, x, y, "Esc", theme.dim);
    if room.width >= 44 {
        put(buffer, room, x, y, ". Enter does not confirm.", theme.dim);
    }
}

fn typed(buffer: &mut Buffer, room: Rect, y: u16, dialog: &Confirmation, now: Moment, theme: &Theme) {
    let x = put(buffer, room, 0, y, "› ", theme.accent);
    if !dialog.is_armed(now) {
        put(buffer, room, x, y, "wait…", theme.dim);
        return;
    }
    let x = x + put(buffer, room, x, y, dialog.typed(), theme.strong);
    put(buffer, room, x, y, "▏", theme.dim);
}

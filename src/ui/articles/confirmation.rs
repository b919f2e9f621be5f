//! Drawing the confirmation. Its words are ours; the one line of somebody else's text in it, the title, is cut, in quotes
//! of ours, and always in the same place and look.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::pane::articles::dialog::{place, words};
use crate::app::pane::articles::sheet::Sheet;
use crate::domain::change::Confirmation;
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
    let inside = boxed(buffer, place(&words, sheet, area), "Save this change?", theme.warn);
    let room = Rect { x: inside.x + 1.min(inside.width), width: inside.width.saturating_sub(2), ..inside };
    if !words.fit(area) {
        for (y, line) in (0..room.height).zip(wrap("Too small. Enlarge, or Esc.", room.width)) {
            put(buffer, room, 0, y, &line, theme.warn);
        }
        return;
    }
    put(buffer, room, 0, 0, &words.article, theme.dim);
    let mut y = 1;
    for line in &words.workspace {
        put(buffer, room, 0, y, line, theme.dim);
        y += 1;
    }
    for line in &words.consequence {
        put(buffer, room, 0, y, line, theme.strong);
        y += 1;
    }
    for line in &words.summary {
        put(buffer, room, 0, y, line, theme.plain);
        y += 1;
    }
    y += 1;
    for line in &words.demand {
        put(buffer, room, 0, y, line, theme.plain);
        y += 1;
    }
    typed(buffer, room, y, dialog, now, theme);
    let x = put(buffer, room, 0, y + 2, "[ Cancel ]", theme.cursor) + 2;
    let x = x + put(buffer, room, x, y + 2, "Esc", theme.dim);
    if room.width >= 44 {
        put(buffer, room, x, y + 2, ". Enter does not confirm.", theme.dim);
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

//! Drawing a note: the text below the thread while it is written, the page of what would be sent, and the question over it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::app::model::Model;
use crate::app::pane::articles::dialog;
use crate::app::pane::inbox::note::page::{Look, Page, VISIBLE, room, text_room};
use crate::app::pane::inbox::note::{Composer, Stage};
use crate::domain::text::width;
use crate::ui::articles::confirmation;
use crate::ui::cell::{centred, clear, put, put_right};
use crate::ui::theme::Theme;

/// Draws the note that is being written into its panel.
pub(super) fn panel(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let Some(open) = &model.inbox.notes.open else { return };
    if area.height == 0 {
        return;
    }
    clear(buffer, area);
    put(buffer, area, 0, 0, &"─".repeat(usize::from(area.width)), theme.line);
    let x = put(buffer, area, 2, 0, " Internal note ", theme.warn.patch(theme.strong));
    if usize::from(area.width) > usize::from(x) + width(VISIBLE) + 8 {
        let edge = Rect { width: area.width - 2, ..area };
        put_right(buffer, edge, 0, &format!(" {VISIBLE} "), theme.dim);
    }
    text(buffer, text_room(area), open, theme);
}

fn text(buffer: &mut Buffer, area: Rect, open: &Composer, theme: &Theme) {
    for (y, row) in (0..area.height).zip(open.text.view()) {
        let mut x = 0;
        for bit in row {
            let cursor = theme.plain.add_modifier(Modifier::REVERSED);
            let style = if bit.cursor { cursor } else { theme.plain };
            x += put(buffer, area, x, y, &bit.text, style);
        }
    }
}

/// Draws what would be sent over the whole body, and the question where it is asked. False while the note is written.
pub(super) fn page(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) -> bool {
    let Some(open) = &model.inbox.notes.open else { return false };
    let Some(page) = open.page() else { return false };
    rows(buffer, room(area), page, theme);
    if let Stage::Confirming(confirmation, page) = &open.stage {
        let words = page.question(area);
        // At the bottom, where it leaves the words of the note in view.
        let place = centred(area, dialog::width(area), words.rows());
        let place = Rect { y: area.bottom() - place.height, ..place };
        let about = (confirmation.as_ref(), &words, "Send this note?");
        confirmation::asked(buffer, (area, place), about, model.shell.now, theme);
    }
    true
}

fn rows(buffer: &mut Buffer, room: Rect, page: &Page, theme: &Theme) {
    let view = page.scroll.view();
    for (y, (look, row)) in (0..room.height).zip(page.rows.get(view).unwrap_or_default()) {
        let (x, style) = match look {
            Look::Heading => (0, theme.strong),
            Look::Dim => (0, theme.dim),
            Look::Plain => (0, theme.plain),
            Look::Strong => (0, theme.warn.patch(theme.strong)),
            Look::Name => (0, theme.accent.patch(theme.strong)),
            Look::Words => (put(buffer, room, 0, y, "▎", theme.warn) + 1, theme.plain),
        };
        put(buffer, room, x, y, row, style);
    }
}

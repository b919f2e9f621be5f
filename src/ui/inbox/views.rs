//! Drawing the views: their names, how many conversations each has, how sure and how fresh that is; and the question who
//! one is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::inset;
use crate::app::model::Model;
use crate::app::pane::articles::geometry::choices;
use crate::app::pane::inbox::layout::Focus;
use crate::app::pane::inbox::views::HEAD;
use crate::app::pane::inbox::views::words::{SEARCHES, Shown, say_who};
use crate::domain::text::width;
use crate::domain::view::Unusable;
use crate::ui::cell::{put, put_right, tint};
use crate::ui::choice::{self, Question, Row};
use crate::ui::theme::Theme;

/// Cells of a name, with the blank after it, where the searches stand beside them.
const NAME: u16 = 28;
/// Cells of an age at the right edge, with the blank before it.
const AGE: u16 = 5;

/// Draws the views in their column, or in place of the list.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let inbox = &model.inbox;
    if area.width == 0 {
        return;
    }
    let room = inset(area);
    let here = inbox.views.focused && inbox.focus == Focus::List;
    put(buffer, room, 0, 0, "Views", if here { theme.accent.patch(theme.strong) } else { theme.strong });
    put_right(buffer, room, 0, "counted", theme.dim);
    let rule = "─".repeat(usize::from(area.width));
    put(buffer, area, 0, 1, &rule, if here { theme.accent } else { theme.line });
    let rows = Rect { y: area.y + HEAD.min(area.height), height: area.height.saturating_sub(HEAD), ..area };
    let shown = inbox.views.shown(&inbox.listing);
    for (y, at) in (0..rows.height).zip(inbox.views.list.view()) {
        row(buffer, rows, y, (at, shown == Some(at)), model, theme);
        if shown == Some(at) {
            put(buffer, rows, 0, y, "▎", theme.accent);
        }
        if here && at == inbox.views.list.cursor() {
            tint(buffer, rows, y, if inbox.views.who.is_some() { theme.cursor_away } else { theme.cursor });
        }
    }
}

fn row(buffer: &mut Buffer, rows: Rect, y: u16, (at, is_shown): (usize, bool), model: &Model, theme: &Theme) {
    let (views, shell) = (&model.inbox.views, &model.shell);
    let room = inset(rows);
    let Some(entry) = views.entries.get(at) else {
        return unusable(buffer, rows, y, views.unusable_at(at), theme);
    };
    let right = if views.wants_me(at, shell) {
        let words = say_who(shell);
        put_right(buffer, room, y, &words, theme.dim)
    } else {
        let (number, age, look) = views.number(at, shell.now.unix);
        let (number_style, age_style) = match look {
            Shown::Known => (theme.plain, theme.dim),
            Shown::Failed => (theme.dim, theme.bad),
            Shown::Unknown => (theme.dim, theme.dim),
        };
        put_right(buffer, room, y, &age, age_style);
        let number_room = Rect { width: room.width.saturating_sub(AGE), ..room };
        put_right(buffer, number_room, y, &number, number_style) + AGE
    };
    let left = Rect { width: room.width.saturating_sub(right + 1), ..room };
    let style = if is_shown { theme.strong } else { theme.plain };
    let off = entry.tally.taken_off().filter(|_| !views.wants_me(at, shell));
    if rows.width < SEARCHES {
        let used = put(buffer, left, 0, y, &entry.view.name, style);
        // Whole or not at all.
        let rest = Rect { x: left.x + used, width: left.width - used, ..left };
        if let Some(words) = off.filter(|words| width(words) + 2 <= usize::from(rest.width)) {
            put_right(buffer, rest, y, &words, theme.dim);
        }
        return;
    }
    let mut left = left;
    if let Some(words) = off {
        left.width = left.width.saturating_sub(put_right(buffer, left, y, &words, theme.dim) + 2);
    }
    let name = Rect { width: NAME.saturating_sub(2).min(left.width), ..left };
    put(buffer, name, 0, y, &entry.view.name, style);
    put(buffer, left, NAME, y, &entry.view.query, theme.dim);
}

/// A view of the settings file that cannot be used: why, where there is room; else the status line says it.
fn unusable(buffer: &mut Buffer, rows: Rect, y: u16, view: Option<&Unusable>, theme: &Theme) {
    let Some(view) = view else { return };
    let room = inset(rows);
    let right = put_right(buffer, room, y, "!", theme.bad);
    let left = Rect { width: room.width.saturating_sub(right + 1), ..room };
    if rows.width < SEARCHES {
        put(buffer, left, 0, y, &view.name, theme.dim);
        return;
    }
    put(buffer, Rect { width: NAME.saturating_sub(2).min(left.width), ..left }, 0, y, &view.name, theme.dim);
    put(buffer, left, NAME, y, &view.why, theme.bad);
}

/// The name of the view that the list shows, for beside its search; none where the views themselves tell it.
pub(super) fn name(model: &Model) -> Option<&str> {
    let inbox = &model.inbox;
    if inbox.is_beside_views() {
        return None;
    }
    inbox.views.shown(&inbox.listing).map(|at| inbox.views.entries[at].view.name.as_str())
}

/// Draws the question who one is, while it is open.
pub(super) fn who(buffer: &mut Buffer, body: Rect, model: &Model, theme: &Theme) {
    let Some(who) = &model.inbox.views.who else { return };
    let rows = who.shown().iter();
    let rows = rows.map(|one| Row { words: &one.words, beside: &one.beside, current: one.current });
    let question = Question {
        title: "Which teammate are you?",
        prompt: who.prompt(),
        nothing: who.nothing(),
        field: &who.field,
        list: who.list,
    };
    choice::draw(buffer, body, choices(body) + 4, &question, &rows.collect::<Vec<_>>(), theme);
}

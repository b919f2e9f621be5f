//! Drawing the history: when, what became of it, which article, what changed, how much was sent; the newest first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::model::Model;
use crate::app::pane::articles::geometry::list_rows;
use crate::app::pane::articles::history::{History, about_words, outcome_words};
use crate::domain::journal::{Head, Outcome};
use crate::domain::text::{Clean, fit};
use crate::domain::time::stamp;
use crate::ui::cell::{put, put_right, tint};
use crate::ui::theme::Theme;

/// Cells of the time, of the outcome and of the size.
const WHEN: u16 = 18;
const OUTCOME: u16 = 17;
const SIZE: u16 = 9;
/// From this width on there is room for the size.
const WIDE: u16 = 100;

/// Draws the write that is open, or the list.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, history: &History, model: &Model, theme: &Theme) {
    if let Some(change) = &history.change {
        return super::sheet::draw(buffer, area, &change.sheet, theme);
    }
    let room = inset(area);
    let words = match &history.of {
        None => "Written from here, newest first".to_owned(),
        Some((id, title)) => format!("Written from here to “{}”, article {id}", fit(title, 40)),
    };
    put(buffer, room, 0, 0, &words, theme.dim);
    let place = list_rows(area);
    let Some(heads) = &history.heads else { return };
    if heads.is_empty() {
        return nothing(buffer, inset(place), history, theme);
    }
    for (y, at) in (0..place.height).zip(history.list.view()) {
        let Some(head) = heads.get(at) else { continue };
        line(buffer, inset(place), y, head, model, theme);
        if at == history.list.cursor() {
            tint(buffer, place, y, theme.cursor);
        }
    }
}

/// A margin of one cell.
pub(super) fn inset(area: Rect) -> Rect {
    Rect { x: area.x + area.width.min(1), width: area.width.saturating_sub(2), ..area }
}

fn nothing(buffer: &mut Buffer, room: Rect, history: &History, theme: &Theme) {
    let sentence = if history.of.is_some() {
        "Nothing was written to this article from here."
    } else {
        "Nothing was written from here yet."
    };
    put(buffer, room, 0, 1, sentence, theme.plain);
    let hint = "Every save is listed here, with how the article read before and after it.";
    put(buffer, room, 0, 2, hint, theme.dim);
}

fn style(head: &Head, theme: &Theme) -> Style {
    match head.told.as_ref().map(|told| &told.outcome) {
        Some(Outcome::Landed | Outcome::Altered) => theme.good,
        Some(Outcome::Refused(_) | Outcome::NotSent(_) | Outcome::NotLanded) => theme.bad,
        Some(Outcome::CannotTell) | None => theme.warn,
    }
}

/// Bytes in a few cells.
fn size(bytes: u64) -> String {
    match bytes {
        0 => String::new(),
        1..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

fn line(buffer: &mut Buffer, room: Rect, y: u16, head: &Head, model: &Model, theme: &Theme) {
    let (mark, words) = outcome_words(head);
    let when = stamp(head.at, model.shell.now.zone);
    // In narrow windows the year gives way first, then the words of the outcome.
    let narrow = room.width < WIDE;
    let (when, time_cells) = if narrow { (when.get(5..).unwrap_or(""), 13) } else { (when.as_str(), WHEN) };
    let outcome_cells = if room.width < 60 { 2 } else { OUTCOME };
    let cell = |x: u16, width: u16| Rect {
        x: room.x + x.min(room.width),
        width: width.min(room.width.saturating_sub(x)),
        ..room
    };
    put(buffer, cell(0, time_cells - 1), 0, y, when, theme.dim);
    let outcome = cell(time_cells, outcome_cells - 1);
    put(buffer, outcome, 0, y, mark, style(head, theme));
    put(buffer, outcome, 2, y, words, theme.plain);
    let size_cells = if room.width >= WIDE { SIZE } else { 0 };
    let taken = time_cells + outcome_cells;
    let left = room.width.saturating_sub(taken + size_cells);
    let about_cells = if left >= 40 { left / 2 } else { left };
    let (room_for_it, what) = (usize::from(about_cells.saturating_sub(2)), head.what.as_str());
    let about = Clean::line(&about_words(head, room_for_it));
    put(buffer, cell(taken, about_cells.saturating_sub(2)), 0, y, &about, theme.plain);
    put(buffer, cell(taken + about_cells, (left - about_cells).saturating_sub(1)), 0, y, what, theme.dim);
    if size_cells > 0 {
        put_right(buffer, room, y, &size(head.bytes), theme.dim);
    }
}

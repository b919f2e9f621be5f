//! Drawing the search line, what stands beside it, and below it what cannot be read.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Listed;
use crate::app::command::Command;
use crate::app::field::end_within;
use crate::app::model::Model;
use crate::app::pane::catalogue::Catalogue;
use crate::domain::query::Wrong;
use crate::domain::rich::wrap;
use crate::domain::text::{Clean, reveal, width};
use crate::ui::cell::{clear, put, put_right};
use crate::ui::field::typed;
use crate::ui::inbox::inset;
use crate::ui::theme::Theme;

/// Cells before the text.
const PROMPT: u16 = 2;

/// Draws the line at the top of `area`, which is the whole column of the list.
pub(super) fn draw<R: Listed>(
    buffer: &mut Buffer,
    area: Rect,
    screen: &Catalogue<R>,
    model: &Model,
    theme: &Theme,
) {
    let line = &screen.line;
    let room = Rect { height: area.height.min(1), ..inset(area) };
    if area.height > 3 {
        put(buffer, area, 0, 1, &"─".repeat(usize::from(area.width)), theme.line);
    }
    let prompt = if line.focused { ("› ", theme.accent) } else { ("/ ", theme.dim) };
    put(buffer, room, 0, 0, prompt.0, prompt.1);
    let text = Rect { x: room.x + PROMPT.min(room.width), width: room.width.saturating_sub(PROMPT), ..room };
    if line.focused {
        typed(buffer, text, &line.field, theme);
    } else {
        rest(buffer, text, screen, model, theme);
    }
    if let Some(wrong) = &line.wrong {
        complain(buffer, area, text, (line.field.text(), wrong), theme);
    }
}

/// The search that is shown or asked for, and at the right how it stands to the list.
fn rest<R: Listed>(buffer: &mut Buffer, text: Rect, screen: &Catalogue<R>, model: &Model, theme: &Theme) {
    let words = reveal(screen.searched());
    let note = note(screen, model);
    let cells = |text: &str| u16::try_from(width(text)).unwrap_or(u16::MAX);
    let free = text.width.saturating_sub(cells(&words).saturating_add(2));
    let used = if cells(&note) <= free { put_right(buffer, text, 0, &note, theme.dim) } else { 0 };
    let left = Rect { width: text.width.saturating_sub(used), ..text };
    let apart = if screen.listing.is_apart() { theme.warn } else { theme.plain };
    match words.as_str() {
        "" => put(buffer, left, 0, 0, &format!("search {}", R::WORDS.many), theme.dim),
        words => put(buffer, left, 0, 0, words, apart),
    };
}

fn note<R: Listed>(screen: &Catalogue<R>, model: &Model) -> String {
    let listing = &screen.listing;
    let all = format!("all {}", R::WORDS.many);
    if listing.waits_for_link() {
        return "not searched yet".into();
    }
    if listing.is_apart() {
        let shown = match listing.rows.words() {
            "" => all,
            words => reveal(words),
        };
        return format!("list: {shown}");
    }
    if listing.rows.words().is_empty() || listing.is_searching() {
        return String::new();
    }
    format!("{}: {all}", model.shell.key(R::PLACE, Command::Back))
}

/// Marks the word that is wrong, and says why, over the first rows.
fn complain(buffer: &mut Buffer, area: Rect, text: Rect, (typed, wrong): (&str, &Wrong), theme: &Theme) {
    let cells = |part: &str| width(&reveal(part));
    let before = typed.get(..wrong.at.start).unwrap_or_default();
    let word = typed.get(wrong.at.clone()).unwrap_or_default();
    // The line shows the end of what stands before its cursor.
    let room = usize::from(text.width.saturating_sub(1));
    let whole = reveal(typed);
    let cut = width(&whole) - width(end_within(&whole, room));
    let from = u16::try_from(cells(before).saturating_sub(cut)).unwrap_or(u16::MAX);
    let below = Rect { y: area.y + 1.min(area.height), height: area.height.saturating_sub(1), ..area };
    let lines = wrap(&Clean::line(&wrong.sentence), text.width.max(1));
    let rows = u16::try_from(lines.len() + 1).unwrap_or(u16::MAX).min(below.height);
    clear(buffer, Rect { height: rows, ..below });
    let place = Rect { x: text.x, width: text.width, ..below };
    put(buffer, place, from, 0, &"^".repeat(cells(word).clamp(1, room.max(1))), theme.bad);
    for (y, line) in (1..rows).zip(lines) {
        put(buffer, place, 0, y, &line, theme.bad);
    }
}

//! Drawing the search line, and below it what cannot be read.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_segmentation::UnicodeSegmentation as _;

use super::views::name;
use super::{inset, rule_style};
use crate::app::model::Model;
use crate::app::pane::inbox::layout::Focus;
use crate::app::pane::inbox::search_line::SearchLine;
use crate::domain::call::Fault;
use crate::domain::query::Wrong;
use crate::domain::rich::wrap;
use crate::domain::text::{Clean, reveal, width};
use crate::ui::cell::{clear, put};
use crate::ui::theme::Theme;

/// Cells before the text.
const PROMPT: u16 = 2;

/// Draws the line at the top of `area`, which is the whole column of the list.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let line = &model.inbox.search;
    let room = inset(area);
    let rule = "─".repeat(usize::from(area.width));
    if area.height > 3 {
        put(buffer, area, 0, 1, &rule, rule_style(model, Focus::List, theme));
    }
    let prompt = if line.focused { theme.accent } else { theme.dim };
    put(buffer, room, 0, 0, if line.focused { "› " } else { "/ " }, prompt);
    let text = Rect { x: room.x + PROMPT.min(room.width), width: room.width.saturating_sub(PROMPT), ..room };
    let note = model.inbox.search_note();
    let note = note.as_deref().or_else(|| name(model).filter(|_| !line.focused));
    let text = beside(buffer, text, line, note, theme);
    let shift = typed(buffer, text, line, theme);
    if let Some(fault) = model.inbox.search_fault().filter(|_| line.wrong.is_none()) {
        refusal(buffer, area, fault, theme);
    }
    if let Some(wrong) = &line.wrong {
        let below = Rect { y: area.y + 1.min(area.height), height: area.height.saturating_sub(1), ..area };
        clear(buffer, Rect { height: 2.min(below.height), ..below });
        let below = Rect { x: text.x, width: text.width, ..below };
        complain(buffer, below, line.field.text(), wrong, shift, theme);
    }
}

/// Writes the note at the right; returns the room that is left for the text. What is being typed is not pushed aside.
fn beside(buffer: &mut Buffer, area: Rect, line: &SearchLine, note: Option<&str>, theme: &Theme) -> Rect {
    let Some(note) = note else { return area };
    let cells = |text: &str| u16::try_from(width(text)).unwrap_or(u16::MAX);
    let typed = cells(&reveal(line.field.text())).saturating_add(2 + u16::from(line.focused));
    let free = area.width.saturating_sub(typed);
    if line.focused && free < cells(note) {
        return area;
    }
    let room = cells(note).min(free.max(area.width / 2));
    let right = Rect { x: area.right() - room, width: room, ..area };
    put(buffer, right, 0, 0, note, theme.dim);
    Rect { width: area.width.saturating_sub(room + 2), ..area }
}

/// Writes what the server says of the search over the first rows, as long as it takes.
fn refusal(buffer: &mut Buffer, area: Rect, fault: &Fault, theme: &Theme) {
    let rule = u16::from(area.height > 3) + 1;
    let below = Rect { y: area.y + rule.min(area.height), height: area.height.saturating_sub(rule), ..area };
    let room = inset(below);
    let lines = [(&fault.sentence, theme.bad), (&fault.hint, theme.dim)].into_iter();
    let lines = lines.filter(|(words, _)| !words.is_empty());
    let lines = lines
        .flat_map(|(words, style)| wrap(words, room.width.max(1)).into_iter().map(move |line| (line, style)));
    for (y, (line, style)) in (0..below.height).zip(lines) {
        clear(buffer, Rect { y: below.y + y, height: 1, ..below });
        put(buffer, room, 0, y, &line, style);
    }
}

/// Writes the text with its cursor in view; returns the cells cut at the left.
fn typed(buffer: &mut Buffer, area: Rect, line: &SearchLine, theme: &Theme) -> u16 {
    let text = line.field.text();
    if !line.focused {
        let apart = if line.is_apart() { theme.warn } else { theme.plain };
        let style = if text.is_empty() { theme.dim } else { apart };
        put(buffer, area, 0, 0, &if text.is_empty() { "search".into() } else { reveal(text) }, style);
        return 0;
    }
    let (before, after) = text.split_at(line.field.cursor());
    let at = u16::try_from(width(&reveal(before))).unwrap_or(u16::MAX);
    let shift = at.saturating_sub(area.width.saturating_sub(2));
    let shown = tail(&reveal(text), shift);
    put(buffer, area, 0, 0, &shown, theme.plain);
    let under = after.graphemes(true).next().map_or(" ".into(), reveal);
    put(buffer, area, at - shift, 0, &under, theme.plain.add_modifier(Modifier::REVERSED));
    shift
}

/// The text without its first `cells` cells; a wide character cut in two leaves a blank.
fn tail(text: &str, cells: u16) -> String {
    let (cells, mut used) = (usize::from(cells), 0);
    let mut kept = String::new();
    for grapheme in text.graphemes(true) {
        let wide = width(grapheme);
        if used >= cells {
            kept.push_str(grapheme);
        } else if used + wide > cells {
            kept.push(' ');
        }
        used += wide;
    }
    kept
}

fn complain(buffer: &mut Buffer, area: Rect, text: &str, wrong: &Wrong, shift: u16, theme: &Theme) {
    let cells = |part: Option<&str>| u16::try_from(width(&reveal(part.unwrap_or("")))).unwrap_or(u16::MAX);
    let from = cells(text.get(..wrong.at.start)).saturating_sub(shift);
    let to = cells(text.get(..wrong.at.end)).saturating_sub(shift).min(area.width);
    let marks = "^".repeat(usize::from(to.saturating_sub(from)).max(1));
    put(buffer, area, from, 0, &marks, theme.bad);
    put(buffer, area, 0, 1, &Clean::line(&wrong.sentence), theme.bad);
}

//! Drawing the search line, and below it what cannot be read.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{inset, rule_style};
use crate::app::model::Model;
use crate::app::pane::inbox::layout::Focus;
use crate::app::pane::inbox::search_line::SearchLine;
use crate::domain::query::Wrong;
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
    let shift = typed(buffer, text, line, theme);
    if let Some(wrong) = &line.wrong {
        let below = Rect { y: area.y + 1.min(area.height), height: area.height.saturating_sub(1), ..area };
        clear(buffer, Rect { height: 2.min(below.height), ..below });
        let below = Rect { x: text.x, width: text.width, ..below };
        complain(buffer, below, line.field.text(), wrong, shift, theme);
    }
}

/// Writes the text with its cursor in view; returns the cells cut at the left.
fn typed(buffer: &mut Buffer, area: Rect, line: &SearchLine, theme: &Theme) -> u16 {
    let text = line.field.text();
    if !line.focused {
        let style = if text.is_empty() { theme.dim } else { theme.plain };
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

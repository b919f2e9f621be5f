//! Drawing the search line with the look of its words, and below it what is wrong and what helps.

mod call;
mod form;
mod panel;

pub(super) use call::draw as call;
pub(super) use form::draw as form;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation as _;

use super::views::name;
use super::{inset, rule_style};
use crate::app::model::Model;
use crate::app::pane::inbox::layout::Focus;
use crate::app::pane::inbox::search_line::{SearchLine, Standing};
use crate::domain::call::Fault;
use crate::domain::query::{TokenKind, Wrong, tokens};
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
    let note = model.inbox.search_note(&model.shell);
    let free = usize::from(text.width).saturating_sub(width(&reveal(line.field.text())) + 2);
    let note = note.or_else(|| shown(model, free)).filter(|note| !note.is_empty());
    let text = beside(buffer, text, line, note.as_deref(), theme);
    let shift = typed(buffer, text, line, theme);
    if let Some(fault) = model.inbox.search_fault().filter(|_| line.wrong.is_none()) {
        refusal(buffer, area, fault, theme);
    }
    let mut below = panel::down(area, 1 + u16::from(area.height > 3));
    if let Some(wrong) = &line.wrong {
        let words = panel::down(area, 1);
        below = panel::down(words, complain(buffer, words, text, line.field.text(), wrong, shift, theme));
    }
    if line.focused {
        panel::draw(buffer, below, &line.offers, &line.rest, theme);
    }
}

/// What stands beside the search that the list shows: the name of its view, and what is cut here; in `cells` cells that
/// something is.
fn shown(model: &Model, cells: usize) -> Option<String> {
    let line = &model.inbox.search;
    if line.focused {
        return None;
    }
    let cut = Some(line.cut()).filter(|cut| !cut.is_empty() && line.standing == Standing::Shown);
    let whose = model.inbox.whose().or_else(|| name(model));
    let with = |cut: Option<&'static str>, long: Option<&str>| -> String {
        whose.into_iter().chain(long).chain(cut).collect::<Vec<_>>().join(" · ")
    };
    let long = with(None, cut);
    let short = with(cut.map(|_| "part cut here"), None);
    Some([long, short].into_iter().find(|note| width(note) <= cells).unwrap_or_else(|| with(None, None)))
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
    let at = cells(before);
    let shift = at.saturating_sub(area.width.saturating_sub(2));
    if text.is_empty() {
        put(buffer, area, 1, 0, EMPTY, theme.dim);
    }
    pieces(buffer, area, text, shift, theme);
    let under = after.graphemes(true).next().map_or(" ".into(), reveal);
    put(buffer, area, at - shift, 0, &under, theme.plain.add_modifier(Modifier::REVERSED));
    shift
}

/// Said in a line where nothing is typed.
const EMPTY: &str = " words, or Tab for what can be searched by";

/// Writes the words of a query, each with its look, without the first cells.
fn pieces(buffer: &mut Buffer, area: Rect, text: &str, shift: u16, theme: &Theme) {
    let (mut at, mut from) = (0, 0_u16);
    let mut write = |part: &str, style| {
        let shown = tail(&reveal(part), shift.saturating_sub(from));
        put(buffer, area, from.saturating_sub(shift), 0, &shown, style);
        from = from.saturating_add(cells(part));
    };
    for token in tokens(text) {
        write(text.get(at..token.at.start).unwrap_or_default(), theme.plain);
        write(text.get(token.at.clone()).unwrap_or_default(), look(token.kind, theme));
        at = token.at.end;
    }
    write(text.get(at..).unwrap_or_default(), theme.plain);
}

/// The look of a piece of the query.
fn look(kind: TokenKind, theme: &Theme) -> Style {
    match kind {
        TokenKind::Field => theme.accent,
        TokenKind::Operator => theme.dim,
        TokenKind::Value => theme.strong,
        TokenKind::Unknown | TokenKind::Odd => theme.warn,
        TokenKind::Words => theme.plain,
        TokenKind::Wrong => theme.bad.add_modifier(Modifier::UNDERLINED),
    }
}

fn cells(text: &str) -> u16 {
    u16::try_from(width(&reveal(text))).unwrap_or(u16::MAX)
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

/// Marks the word that is wrong and says why; `text` is where the text is. Returns the rows it took.
fn complain(
    buffer: &mut Buffer,
    area: Rect,
    text: Rect,
    typed: &str,
    wrong: &Wrong,
    shift: u16,
    theme: &Theme,
) -> u16 {
    let at = |byte| cells(typed.get(..byte).unwrap_or_default()).saturating_sub(shift).min(text.width);
    let (from, to) = (at(wrong.at.start), at(wrong.at.end));
    let marks = "^".repeat(usize::from(to.saturating_sub(from)).max(1));
    let room = inset(area);
    let lines = wrap(&Clean::line(&wrong.sentence), room.width.max(1));
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(1).min(area.height);
    clear(buffer, Rect { height: rows, ..area });
    let marked = Rect { y: area.y, height: area.height, ..text };
    put(buffer, marked, from.min(text.width.saturating_sub(1)), 0, &marks, theme.bad);
    // The sentence begins under its word where there is room for it.
    let left = if lines.len() == 1 && cells(&lines[0]) + from + 2 <= text.width { PROMPT + from } else { 0 };
    for (y, line) in (1..rows).zip(&lines) {
        put(buffer, room, left, y, line, theme.bad);
    }
    rows
}

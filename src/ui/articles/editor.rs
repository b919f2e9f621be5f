//! Drawing the editor: the fields, and the rows of the text that are in view.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;

use crate::app::field::Field;
use crate::app::model::Model;
use crate::app::pane::articles::desk::{Desk, Part};
use crate::app::pane::articles::fields::Remark;
use crate::app::pane::articles::geometry::{NAMES, desktop};
use crate::domain::text::{Clean, fit, reveal, width};
use crate::ui::articles::head;
use crate::ui::cell::{put, put_right};
use crate::ui::theme::Theme;

/// How the text works, in one line.
const RULE: &str = "HTML. Line breaks between block tags are not sent, all others are.";
const RULE_SHORT: &str = "HTML";

/// Draws the editor.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, desk: &Desk, model: &Model, theme: &Theme) {
    let parts = desktop(area, desk.part);
    name(buffer, parts.fields[0], "Title", desk.part == Part::Title, theme);
    line(buffer, value(parts.fields[0]), desk, Part::Title, theme);
    name(buffer, parts.fields[1], "Summary", desk.part == Part::Description, theme);
    line(buffer, value(parts.fields[1]), desk, Part::Description, theme);
    head::draw(buffer, parts.fields[2], desk, model, theme);
    rule(buffer, parts.line, desk, model, theme);
    text(buffer, parts.text, desk, theme);
}

pub(super) fn value(row: Rect) -> Rect {
    let names = NAMES.min(row.width);
    Rect { x: row.x + names, width: row.width - names, ..row }
}

pub(super) fn name(buffer: &mut Buffer, row: Rect, words: &str, active: bool, theme: &Theme) {
    let style = if active { theme.accent.patch(theme.strong) } else { theme.dim };
    put(buffer, Rect { width: NAMES.min(row.width), ..row }, 0, 0, words, style);
}

/// The title or the summary, and at the right what there is to say of it.
fn line(buffer: &mut Buffer, row: Rect, desk: &Desk, part: Part, theme: &Theme) {
    let (words, style) = match desk.remark(part) {
        Remark::Fine => (String::new(), theme.dim),
        Remark::Near(words) => (words, theme.dim),
        Remark::Broken(words) => (words, theme.bad),
    };
    let cells = put_right(buffer, row, 0, &words, style);
    let left = Rect { width: row.width.saturating_sub(if cells > 0 { cells + 2 } else { 0 }), ..row };
    let typed = if part == Part::Title { &desk.title } else { &desk.description };
    field(buffer, left, typed, desk.part == part, theme);
}

pub(super) fn cursor_style(theme: &Theme) -> Style {
    theme.plain.add_modifier(Modifier::REVERSED)
}

/// One line with a cursor; what stands before the cursor gives way when the line is too long.
fn field(buffer: &mut Buffer, row: Rect, field: &Field, active: bool, theme: &Theme) {
    if !active {
        put(buffer, row, 0, 0, &reveal(field.text()).replace('\n', "‹LF›"), theme.plain);
        return;
    }
    let shown = |text: &str| reveal(text).replace('\n', "‹LF›");
    let (before, after) = field.text().split_at(field.cursor());
    let at = after.graphemes(true).next().unwrap_or("");
    let (before, under) = (shown(before), if at.is_empty() { " ".into() } else { shown(at) });
    let room = usize::from(row.width).saturating_sub(width(&under) + 1);
    let from = before.grapheme_indices(true).map(|(at, _)| at).find(|&at| width(&before[at..]) <= room);
    let visible = &before[from.unwrap_or(before.len())..];
    let mut x = put(buffer, row, 0, 0, visible, theme.plain);
    x += put(buffer, row, x, 0, &under, cursor_style(theme));
    put(buffer, row, x, 0, &shown(&after[at.len()..]), theme.plain);
}

/// The line above the text; what became of the last save stands in it until something is done about that.
fn rule(buffer: &mut Buffer, row: Rect, desk: &Desk, model: &Model, theme: &Theme) {
    let active = desk.part == Part::Body;
    let fate = model.articles.fate_of(&desk.base.row.id);
    let read_only = model.shell.options.read_only;
    put(buffer, row, 0, 0, &"─".repeat(usize::from(row.width)), theme.line);
    let fits = usize::from(row.width) > width(RULE) + 12;
    let (words, style) = match (fate, fits) {
        ("", _) if read_only => ("read-only: nothing is sent", theme.warn),
        ("", true) => (RULE, theme.dim),
        ("", false) => (RULE_SHORT, theme.dim),
        (fate, _) => (fate, theme.bad),
    };
    let words = fit(&Clean::line(words), usize::from(row.width).saturating_sub(12)).into_owned();
    let words = format!(" {words} ");
    put(buffer, row, 2, 0, " Text ", if active { theme.accent.patch(theme.strong) } else { theme.dim });
    let cells = u16::try_from(width(&words)).unwrap_or(0);
    put(buffer, row, row.width.saturating_sub(cells + 2), 0, &words, style);
}

fn text(buffer: &mut Buffer, area: Rect, desk: &Desk, theme: &Theme) {
    let active = desk.part == Part::Body;
    for (y, row) in (0..area.height).zip(desk.body.view()) {
        let mut x = 0;
        for bit in row {
            let style = match (bit.cursor && active, bit.tag) {
                (true, _) => cursor_style(theme),
                (false, true) => theme.dim,
                (false, false) => theme.plain,
            };
            x += put(buffer, area, x, y, &bit.text, style);
        }
    }
}

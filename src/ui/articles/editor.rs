//! Drawing the editor: the fields, the rows of the text that are in view, the preview and the line for words to find.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;

use crate::app::editor::Bit;
use crate::app::field::Field;
use crate::app::model::Model;
use crate::app::pane::articles::desk::{Desk, Part};
use crate::app::pane::articles::fields::Remark;
use crate::app::pane::articles::geometry::{NAMES, Texts, desktop, texts};
use crate::app::pane::articles::views::View;
use crate::domain::text::{Clean, fit, reveal, width};
use crate::ui::articles::{head, lint};
use crate::ui::cell::{divider, put, put_right};
use crate::ui::rich;
use crate::ui::theme::Theme;

/// How a text works, in one line, and shorter.
fn rule_of(view: View) -> [&'static str; 2] {
    match view {
        View::Markdown => {
            ["Blocks that you leave alone are sent byte for byte.", "what you leave alone stays as it is"]
        }
        View::Html => [
            "Line breaks between block tags are not sent, all others are.",
            "breaks between blocks are not sent",
        ],
        View::Preview => ["As a reader sees it; nothing is typed here.", "nothing is typed here"],
    }
}

/// Draws the editor.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, desk: &Desk, model: &Model, theme: &Theme) {
    let parts = desktop(area, desk.part);
    name(buffer, parts.fields[0], "Title", desk.part == Part::Title, theme);
    line(buffer, value(parts.fields[0]), desk, Part::Title, theme);
    name(buffer, parts.fields[1], "Summary", desk.part == Part::Description, theme);
    line(buffer, value(parts.fields[1]), desk, Part::Description, theme);
    head::draw(buffer, parts.fields[2], desk, model, theme);
    rule(buffer, parts.line, desk, model, theme);
    let parts = texts(area, desk);
    text(buffer, parts.text, desk, theme);
    preview(buffer, parts, desk, theme);
    find(buffer, parts.find, desk, theme);
    if desk.shows_lint() {
        lint::draw(buffer, parts.lint, &desk.linting, theme);
    }
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

/// The line above the text: how it is shown and how that works. What became of the last save stands in it until
/// something is done about that.
fn rule(buffer: &mut Buffer, row: Rect, desk: &Desk, model: &Model, theme: &Theme) {
    let active = desk.part == Part::Body;
    let fate = model.articles.fate_of(&desk.base.row.id);
    put(buffer, row, 0, 0, &"─".repeat(usize::from(row.width)), theme.line);
    let title = format!(" {} ", desk.body.view().title());
    let style = if active { theme.accent.patch(theme.strong) } else { theme.dim };
    let used = 2 + put(buffer, row, 2, 0, &title, style);
    let beside = texts(model.shell.frame.body, desk).preview;
    let is_beside = beside.width > 0 && desk.body.view() != View::Preview;
    let room = if is_beside { beside.x - 2 - row.x } else { row.width };
    if is_beside {
        put(buffer, row, room, 0, "┬ Preview ", theme.dim);
    }
    let left = usize::from(room.saturating_sub(used + 4));
    let [long, short] = rule_of(desk.body.view());
    let (words, style) = match fate {
        "" if model.shell.options.read_only => ("read-only: nothing is sent", theme.warn),
        "" if width(long) <= left => (long, theme.dim),
        "" if width(short) <= left => (short, theme.dim),
        "" => return,
        fate => (fate, theme.bad),
    };
    let words = format!(" {} ", fit(&Clean::line(words), left));
    put_right(buffer, Rect { width: room.saturating_sub(2), ..row }, 0, &words, style);
}

fn text(buffer: &mut Buffer, area: Rect, desk: &Desk, theme: &Theme) {
    let active = desk.part == Part::Body;
    let Some(editor) = desk.body.editor() else { return };
    for (y, row) in (0..area.height).zip(editor.view()) {
        let mut x = 0;
        for bit in row {
            x += put(buffer, area, x, y, &bit.text, look(&bit, active, theme));
        }
    }
    let margin = Rect { x: area.x.saturating_sub(1), width: area.x.min(1), ..area };
    for (y, flag) in (0..area.height).zip(editor.flags()) {
        match flag {
            Some(true) => put(buffer, margin, 0, y, "!", theme.bad),
            Some(false) => put(buffer, margin, 0, y, "~", theme.warn),
            None => 0,
        };
    }
}

fn look(bit: &Bit, active: bool, theme: &Theme) -> Style {
    match bit {
        Bit { cursor: true, .. } if active => cursor_style(theme),
        Bit { hit: true, .. } => theme.hit,
        Bit { tag: true, .. } => theme.dim,
        Bit { strong: true, .. } => theme.strong,
        Bit { .. } => theme.plain,
    }
}

/// The preview, with a line before it where it stands beside the text.
fn preview(buffer: &mut Buffer, parts: Texts, desk: &Desk, theme: &Theme) {
    let area = parts.preview;
    if area.width == 0 {
        return;
    }
    if parts.text.width > 0 {
        divider(buffer, parts.text, theme.line);
    }
    if desk.body.preview().is_empty() {
        put(buffer, area, 0, 0, "There is no text yet.", theme.dim);
    }
    rich::lines(buffer, area, desk.body.preview().view(), theme);
}

/// The line for words to find, and what the search said.
fn find(buffer: &mut Buffer, row: Rect, desk: &Desk, theme: &Theme) {
    let Some(finding) = &desk.finding else { return };
    let said = if finding.said.is_empty() { 0 } else { put_right(buffer, row, 0, finding.said, theme.warn) };
    put(buffer, row, 0, 0, "Find", theme.accent.patch(theme.strong));
    let room = value(Rect { width: row.width.saturating_sub(said + 1), ..row });
    field(buffer, room, &finding.field, true, theme);
    if finding.field.text().is_empty() && !finding.before.is_empty() {
        let words = format!("Enter finds \"{}\" again", fit(&reveal(&finding.before), 40));
        put(buffer, room, 2, 0, &words, theme.dim);
    }
}

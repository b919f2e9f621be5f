//! Drawing the parts of a thread: a slice of the lines that the reader keeps.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{inset, marks, said};
use crate::app::model::Model;
use crate::app::pane::inbox::coverage::grouped;
use crate::app::pane::inbox::happenings::sentence;
use crate::app::pane::inbox::lines::{INDENT, ThreadLine, What, has_own_look};
use crate::domain::conversation::{Attachment, Part, PartKind};
use crate::domain::rich;
use crate::domain::time::{ago, stamp};
use crate::ui::cell::{put, put_right};
use crate::ui::theme::Theme;

/// Draws the lines in view.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let reader = &model.inbox.reader;
    let Some(thread) = reader.thread() else { return empty(buffer, area, model, theme) };
    if reader.is_empty() {
        let hint = if reader.hidden() > 0 { "Press e to show its events." } else { "" };
        return said(buffer, area, ("There is no message in this conversation.", theme.plain), hint, theme);
    }
    for (y, line) in (0..area.height).zip(reader.view()) {
        if let Some(part) = thread.parts.get(line.part) {
            draw_line(buffer, area, y, (line, part), model, theme);
        } else if let What::Cut(count) = line.what {
            cut(buffer, area, y, count, theme);
        }
    }
}

fn empty(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let reader = &model.inbox.reader;
    match reader.fault() {
        Some(fault) => super::fault(buffer, area, fault, theme),
        None if reader.is_asking() => {
            if model.shell.waiting().is_some() {
                said(buffer, area, ("Loading…", theme.dim), "", theme);
            }
        }
        None => {
            let sentence = if reader.was_cancelled() {
                "Loading this conversation was cancelled."
            } else {
                "The answer held no conversation."
            };
            said(buffer, area, (sentence, theme.plain), "Press r to load it.", theme);
        }
    }
}

fn cut(buffer: &mut Buffer, area: Rect, y: u16, count: u64, theme: &Theme) {
    let words = format!("{} older parts are not sent by the server; o opens all of it.", grouped(count));
    put(buffer, inset(area), 0, y, &words, theme.dim);
}

fn draw_line(
    buffer: &mut Buffer,
    area: Rect,
    y: u16,
    of: (&ThreadLine, &Part),
    model: &Model,
    theme: &Theme,
) {
    let (line, part) = of;
    let room = inset(area);
    let note = part.kind == PartKind::Note && line.what != What::Gap;
    if note {
        put(buffer, room, 0, y, "▌", theme.warn);
    }
    let words = Rect { x: room.x + INDENT.min(room.width), width: room.width.saturating_sub(INDENT), ..room };
    match &line.what {
        What::Gap | What::Space => {}
        What::Cut(count) => cut(buffer, area, y, *count, theme),
        What::Author => author(buffer, room, y, part, model, theme),
        What::Words(line) => spans(buffer, words, y, line, note, theme),
        What::Deleted => {
            put(buffer, words, 0, y, "This message was removed.", theme.dim);
        }
        What::File(at, number) => {
            if let Some(file) = part.attachments.get(*at) {
                file_line(buffer, words, y, file, *number, theme);
            }
        }
        What::Link(number, address) => {
            let x = put(buffer, words, 0, y, &format!("[{number}] "), theme.accent);
            put(buffer, words, x, y, address, theme.dim);
        }
        What::Event => {
            let age = part.created_at.map(|at| format!(" · {}", ago(model.shell.now.unix, at)));
            let words = format!("· {}{}", sentence(part, &model.shell.roster), age.unwrap_or_default());
            put(buffer, room, 0, y, &words, theme.dim);
        }
    }
}

/// Who wrote it, what kind of author that is, and when.
fn author(buffer: &mut Buffer, room: Rect, y: u16, part: &Part, model: &Model, theme: &Theme) {
    let note = part.kind == PartKind::Note;
    let (sign, word, style) = marks::author(part.author.kind, theme);
    let (word, style) = if note { ("internal note", theme.warn) } else { (word, style) };
    let when = part.created_at.map(|at| {
        let age = ago(model.shell.now.unix, at);
        if room.width >= 60 { format!("{age} · {}", stamp(at, model.shell.now.zone)) } else { age }
    });
    let used = put_right(buffer, room, y, when.as_deref().unwrap_or(""), theme.dim);
    let left = Rect { width: room.width.saturating_sub(used + 1), ..room };
    if !note {
        put(buffer, left, 0, y, sign, style);
    }
    let name = if note { style.patch(theme.strong) } else { theme.strong };
    let x = INDENT + put(buffer, left, INDENT, y, part.author.called(), name);
    if part.author.called() != word {
        put(buffer, left, x + 2, y, word, style);
    }
}

/// Words of a part; inside an internal note all of them look like one.
fn spans(buffer: &mut Buffer, area: Rect, y: u16, line: &rich::Line, note: bool, theme: &Theme) {
    let mut x = 0;
    for span in &line.spans {
        let style = theme.span(span);
        let style = if note && !has_own_look(span.tone) { style.patch(theme.warn) } else { style };
        x += put(buffer, area, x, y, &span.text, style);
    }
}

fn file_line(buffer: &mut Buffer, area: Rect, y: u16, file: &Attachment, number: usize, theme: &Theme) {
    let name = if file.name.is_empty() { "unnamed file" } else { file.name.as_str() };
    let mut facts = String::new();
    if !file.content_type.is_empty() {
        facts.push_str(" · ");
        facts.push_str(&file.content_type);
    }
    if let Some(bytes) = file.size {
        facts.push_str(" · ");
        facts.push_str(&size(bytes));
    }
    let x = put(buffer, area, 0, y, &format!("▤ {number}  "), theme.accent);
    let x = x + put(buffer, area, x, y, name, theme.plain);
    put(buffer, area, x, y, &facts, theme.dim);
}

/// A size in the largest unit that leaves a number of at least one.
fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    match UNITS.into_iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) => format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit),
        None => format!("{bytes} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes() {
        assert_eq!(
            [0, 1023, 1536, 5 << 20, u64::MAX].map(size),
            ["0 B", "1023 B", "1.5 KiB", "5.0 MiB", "17179869183.9 GiB"]
        );
    }
}

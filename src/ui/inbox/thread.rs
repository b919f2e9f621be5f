//! Drawing the parts of a thread: a slice of the lines that the reader keeps.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::{inset, marks, said};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::pane::inbox::coverage::grouped;
use crate::app::pane::inbox::happenings::sentence;
use crate::app::pane::inbox::lines::{INDENT, What, has_own_look};
use crate::app::pane::inbox::thread::finding::Hit;
use crate::app::place::Place;
use crate::domain::conversation::{AuthorKind, Part, PartKind};
use crate::domain::rich;
use crate::domain::time::{ago, stamp};
use crate::ui::cell::{put, put_right};
use crate::ui::theme::Theme;

/// What the lines of one part are drawn with.
struct Pen<'a> {
    model: &'a Model,
    theme: &'a Theme,
    part: &'a Part,
    /// The places found in the line.
    hits: &'a [Hit],
}

/// Draws the lines in view.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let reader = &model.inbox.reader;
    let Some(thread) = reader.thread() else { return empty(buffer, area, model, theme) };
    if reader.view().is_empty() && area.height > 0 {
        return said(buffer, area, ("There is no message in this conversation.", theme.plain), "", theme);
    }
    let mut marked = false;
    for (row, (y, spot)) in (0..area.height).zip(reader.view()).enumerate() {
        let (Some(part), Some(what)) = (thread.parts.get(spot.part), reader.line(*spot)) else { continue };
        let above = matches!(what, What::Gap | What::Cut(_));
        if spot.part == reader.window.mark && !above && !std::mem::replace(&mut marked, true) {
            put(buffer, area, 0, y, "▸", theme.accent);
        }
        let pen = Pen { model, theme, part, hits: reader.hits(row) };
        pen.line(buffer, area, y, what);
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
            let key = model.shell.key(Place::Thread, Command::Refresh);
            said(buffer, area, (sentence, theme.plain), &format!("{key} loads it."), theme);
        }
    }
}

impl Pen<'_> {
    fn line(&self, buffer: &mut Buffer, area: Rect, y: u16, what: &What) {
        let (room, theme) = (inset(area), self.theme);
        if !matches!(what, What::Gap | What::Cut(_)) {
            let (bar, style) = self.bar(what);
            put(buffer, room, 0, y, bar, style);
        }
        let words =
            Rect { x: room.x + INDENT.min(room.width), width: room.width.saturating_sub(INDENT), ..room };
        match what {
            What::Gap | What::Space => {}
            What::Cut(count) => self.cut(buffer, room, y, *count),
            What::Author => self.author(buffer, room, y),
            What::Words(line) => self.spans(buffer, words, y, line),
            What::Folded(quoted, signed) => {
                put(buffer, words, 0, y, &self.folded(*quoted, *signed), theme.dim);
            }
            What::Deleted => {
                put(buffer, words, 0, y, "This message was removed.", theme.dim);
            }
            What::File(at, number) => self.file(buffer, words, y, (*at, *number)),
            What::Link(number, address) => {
                let x = put(buffer, words, 0, y, &format!("[{number}] "), theme.accent);
                self.found(buffer, words, (x, y), address, theme.dim);
            }
            What::Event => self.event(buffer, room, y),
            What::Events(events) => {
                let key = self.model.shell.key(Place::Thread, Command::Events);
                let events = if *events == 1 { "1 event".to_owned() } else { format!("{events} events") };
                put(buffer, room, 0, y, &format!("· {events}, {key} shows them"), theme.dim);
            }
        }
    }

    /// What stands in the margin of a part: notes and answers of machines are told by it on every line.
    fn bar(&self, what: &What) -> (&'static str, Style) {
        match (self.part.kind, self.part.author.kind) {
            (PartKind::Note, _) => ("▌", self.theme.warn),
            (PartKind::Message, AuthorKind::Fin | AuthorKind::Bot) if *what != What::Author => {
                ("┊", self.theme.dim)
            }
            (PartKind::Message | PartKind::Event, _) => ("", self.theme.plain),
        }
    }

    fn cut(&self, buffer: &mut Buffer, room: Rect, y: u16, count: u64) {
        let key = self.model.shell.key(Place::Thread, Command::Browse);
        let words =
            format!("{} older parts are not sent by the server; {key} opens all of it.", grouped(count));
        put(buffer, room, 0, y, &words, self.theme.dim);
    }

    /// How much is folded, and the key that shows it.
    fn folded(&self, quoted: usize, signed: usize) -> String {
        let key = self.model.shell.key(Place::Thread, Command::Quotes);
        let count = |number: usize, word: &str| match number {
            1 => format!("1 {word} line"),
            more => format!("{} {word} lines", grouped(more as u64)),
        };
        let parts = [(quoted, "quoted"), (signed, "signature")];
        let said =
            parts.into_iter().filter(|(number, _)| *number > 0).map(|(number, word)| count(number, word));
        let them = if quoted + signed == 1 { "it" } else { "them" };
        format!("··· {}, {key} shows {them}", said.collect::<Vec<_>>().join(" and "))
    }

    /// Who wrote it, what kind of author that is, and when.
    fn author(&self, buffer: &mut Buffer, room: Rect, y: u16) {
        let (part, theme, now) = (self.part, self.theme, self.model.shell.now);
        let note = part.kind == PartKind::Note;
        let (sign, word, style) = marks::author(part.author.kind, theme);
        let word = if part.author.kind == AuthorKind::Fin { "AI answer" } else { word };
        let (word, style) = if note { ("internal note", theme.warn) } else { (word, style) };
        let when = part.created_at.map(|at| {
            let age = ago(now.unix, at);
            if room.width >= 60 { format!("{age} · {}", stamp(at, now.zone)) } else { age }
        });
        let used = put_right(buffer, room, y, when.as_deref().unwrap_or(""), theme.dim);
        let left = Rect { width: room.width.saturating_sub(used + 1), ..room };
        if !note {
            put(buffer, left, 0, y, sign, style);
        }
        let name = if note { style.patch(theme.strong) } else { theme.strong };
        let x = INDENT + self.found(buffer, left, (INDENT, y), part.author.called(), name);
        if part.author.called() != word {
            put(buffer, left, x + 2, y, word, style);
        }
    }

    /// Words of a part; inside an internal note all of them look like one.
    fn spans(&self, buffer: &mut Buffer, area: Rect, y: u16, line: &rich::Line) {
        let note = self.part.kind == PartKind::Note;
        let (mut x, mut from) = (0, 0);
        for span in &line.spans {
            let style = self.theme.span(span);
            let style = if note && !has_own_look(span.tone) { style.patch(self.theme.warn) } else { style };
            x += self.stretch(buffer, area, (x, y), (&span.text, from), style);
            from += span.text.len();
        }
    }

    /// A text alone on its line, with the places found in it.
    fn found(&self, buffer: &mut Buffer, area: Rect, at: (u16, u16), text: &str, style: Style) -> u16 {
        self.stretch(buffer, area, at, (text, 0), style)
    }

    /// A stretch of a line that begins at a byte of it, with the places found there.
    fn stretch(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        (x, y): (u16, u16),
        (text, from): (&str, usize),
        style: Style,
    ) -> u16 {
        let (mut used, mut done) = (0, 0);
        let mut write = |buffer: &mut Buffer, part: &str, style| {
            used += put(buffer, area, x + used, y, part, style);
        };
        for hit in self.hits {
            let (begin, end) = (hit.at.start.saturating_sub(from), hit.at.end.saturating_sub(from));
            let (begin, end) = (begin.min(text.len()).max(done), end.min(text.len()));
            let (Some(before), Some(words)) = (text.get(done..begin), text.get(begin..end)) else { continue };
            if words.is_empty() {
                continue;
            }
            let here = if hit.here { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() };
            write(buffer, before, style);
            write(buffer, words, style.patch(self.theme.hit).patch(here));
            done = end;
        }
        write(buffer, text.get(done..).unwrap_or_default(), style);
        used
    }

    /// Something that happened, in a thin line.
    fn event(&self, buffer: &mut Buffer, room: Rect, y: u16) {
        let shell = &self.model.shell;
        let age = self.part.created_at.map(|at| format!(" · {}", ago(shell.now.unix, at)));
        let x = put(buffer, room, 0, y, "· ", self.theme.dim);
        let x = x + self.found(buffer, room, (x, y), &sentence(self.part, &shell.roster), self.theme.dim);
        put(buffer, room, x, y, &age.unwrap_or_default(), self.theme.dim);
    }

    fn file(&self, buffer: &mut Buffer, area: Rect, y: u16, (at, number): (usize, usize)) {
        let Some(file) = self.part.attachments.get(at) else { return };
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
        let number = if number == 0 { "…".to_owned() } else { number.to_string() };
        let x = put(buffer, area, 0, y, &format!("[{number}] ▤ "), self.theme.accent);
        let x = x + self.found(buffer, area, (x, y), name, self.theme.plain);
        put(buffer, area, x, y, &facts, self.theme.dim);
    }
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

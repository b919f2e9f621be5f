//! Drawing the head of a thread: subject, where it stands, who has it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{inset, marks, rule_style};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::pane::inbox::layout::Focus;
use crate::app::pane::inbox::thread::words::last_word;
use crate::app::place::Place;
use crate::domain::conversation::{Conversation, ConversationRow};
use crate::domain::text::{fit, width as cells};
use crate::domain::time::{long, stamp};
use crate::ui::cell::{put, put_right};
use crate::ui::theme::Theme;

/// Words and how they look; empty ones are left out.
type Words = Vec<(String, Style)>;

/// Cells that the beginning of words must have to be worth showing.
const LEAST: u16 = 8;

/// Draws the head, with a line below it; on a short one the subject only.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    if area.height == 0 {
        return;
    }
    let rule = "─".repeat(usize::from(area.width));
    put(buffer, area, 0, area.height - 1, &rule, rule_style(model, Focus::Thread, theme));
    let Some(row) = model.inbox.open_row() else { return };
    let room = Rect { height: area.height - 1, ..inset(area) };
    let titles = [row.subject.as_str(), row.preview.as_str()];
    let title = titles.into_iter().find(|title| !title.is_empty()).unwrap_or("(no subject)");
    put(buffer, room, 0, 0, title, theme.strong);
    let thread = model.inbox.reader.thread();
    words(buffer, room, 1, standing(row, thread, model, theme), theme);
    // One's own note first, unless it is so long that it stands below the head.
    let below = model.inbox.areas.memo.height > 0;
    let note = model.shell.triage.note(row).filter(|_| !below);
    let note = note.map(|note| fit(&note, usize::from(room.width / 2)).into_owned());
    let holders = note.map(|note| (note, theme.accent)).into_iter();
    words(buffer, room, 2, holders.chain(self::holders(row, thread, model, theme)).collect(), theme);
}

/// Draws one's own note below the head; when there is no room for all of it, its last line says with which key it is read.
pub(super) fn memo(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let room = inset(area);
    let lines = model.inbox.memo(&model.shell);
    for (y, line) in (0..area.height).zip(&lines) {
        let left = lines.len() > usize::from(area.height) && y + 1 == area.height;
        let key = model.shell.key(Place::Thread, Command::Memo);
        let more = if left { format!("… {key} has the rest") } else { String::new() };
        let used = put_right(buffer, room, y, &more, theme.dim);
        let words = Rect { width: room.width.saturating_sub(used + u16::from(left)), ..room };
        put(buffer, words, 0, y, line, theme.accent);
    }
}

/// Writes words with dots between them, as many as fit; what is cut ends in `…`.
fn words(buffer: &mut Buffer, room: Rect, y: u16, words: Words, theme: &Theme) {
    let mut x = 0;
    for (text, style) in words.into_iter().filter(|(text, _)| !text.is_empty()) {
        let between = if x > 0 { 3 } else { 0 };
        let left = room.width.saturating_sub(x + between);
        let whole = cells(&text) <= usize::from(left);
        if !whole && left < LEAST {
            put(buffer, room, x, y, if x > 0 { " …" } else { "" }, theme.dim);
            return;
        }
        put(buffer, room, x, y, if x > 0 { " · " } else { "" }, theme.dim);
        x += between + put(buffer, room, x + between, y, &fit(&text, usize::from(left)), style);
        if !whole {
            return;
        }
    }
}

/// State, waiting time, urgency, service level, the last word, rating, Fin.
fn standing(row: &ConversationRow, thread: Option<&Conversation>, model: &Model, theme: &Theme) -> Words {
    let now = model.shell.now;
    let (mark, style) = marks::state(&row.state, theme);
    let mut words = vec![(format!("{mark} {}", marks::state_word(&row.state)), style)];
    if let Some(until) = row.snoozed_until {
        words.push((format!("until {}", stamp(until, now.zone)), theme.dim));
    }
    if let Some(since) = row.waiting_since {
        words.push((format!("waiting {}", long(now.unix.0.saturating_sub(since.0))), theme.warn));
    }
    words.extend(model.shell.triage.words(row, now).map(|words| (words, theme.accent)));
    let (_, style) = marks::priority(row.priority, theme);
    words.push((marks::priority_word(row.priority).to_owned(), style));
    if let Some(sla) = &row.sla {
        let (_, style) = marks::sla(Some(sla), theme);
        words.push((format!("SLA {}: {}", sla.status, sla.name), style));
    }
    if let Some((who, at)) = thread.and_then(last_word) {
        let age = at.map(|at| format!(", {} ago", long(now.unix.0.saturating_sub(at.0)))).unwrap_or_default();
        words.push((format!("last word: {who}{age}"), theme.plain));
    }
    if let Some(rating) = row.rating {
        let remark = thread.map(|thread| thread.remark.as_str()).filter(|remark| !remark.is_empty());
        let remark = remark.map(|remark| format!(" “{remark}”")).unwrap_or_default();
        let style = if rating <= 2 { theme.bad } else { theme.plain };
        words.push((format!("rated {rating}/5{remark}"), style));
    }
    if let Some(fin) = row.fin.as_ref().filter(|fin| !fin.resolution.is_empty()) {
        words.push((format!("Fin: {}", fin.resolution.replace('_', " ")), theme.dim));
    }
    if let Some(thread) = thread.filter(|thread| row.rating.is_none() && !thread.remark.is_empty()) {
        words.push((format!("“{}”", thread.remark), theme.dim));
    }
    words
}

/// Customer, assignee, tags, channel, address.
fn holders(row: &ConversationRow, thread: Option<&Conversation>, model: &Model, theme: &Theme) -> Words {
    let author = &row.author;
    let mut words = vec![(author.called().to_owned(), theme.plain)];
    words.push(match marks::assignee(row, &model.shell.roster) {
        Some(name) => (format!("assigned to {name}"), theme.plain),
        None => ("unassigned".to_owned(), theme.dim),
    });
    let tags: Vec<&str> = row.tags.iter().map(|tag| tag.name.as_str()).collect();
    words.push((tags.join(", "), theme.accent));
    words.push((row.channel.to_string(), theme.dim));
    words.push((
        if thread.is_some_and(|thread| thread.ticket) { "ticket".into() } else { String::new() },
        theme.dim,
    ));
    if !author.email.is_empty() && author.email.as_str() != author.called() {
        words.push((author.email.to_string(), theme.dim));
    }
    words
}

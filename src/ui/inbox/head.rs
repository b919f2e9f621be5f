//! Drawing the head of a thread: subject, where it stands, who has it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{inset, marks, rule_style};
use crate::app::model::Model;
use crate::app::pane::inbox::layout::Focus;
use crate::domain::conversation::{Conversation, ConversationRow};
use crate::domain::time::{long, stamp};
use crate::ui::cell::put;
use crate::ui::theme::Theme;

/// Words and how they look; empty ones are left out.
type Words = Vec<(String, Style)>;

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
    words(buffer, room, 2, holders(row, thread, model, theme), theme);
}

/// Writes words with dots between them, as many as fit.
fn words(buffer: &mut Buffer, room: Rect, y: u16, words: Words, theme: &Theme) {
    let mut x = 0;
    for (text, style) in words.into_iter().filter(|(text, _)| !text.is_empty()) {
        if x > 0 {
            x += put(buffer, room, x, y, " · ", theme.dim);
        }
        x += put(buffer, room, x, y, &text, style);
    }
}

/// State, waiting time, urgency, rating, Fin, service level.
fn standing(row: &ConversationRow, thread: Option<&Conversation>, model: &Model, theme: &Theme) -> Words {
    let now = model.shell.now;
    let (mark, style) = marks::state(&row.state, theme);
    let mut words = vec![(format!("{mark} {}", marks::state_word(&row.state)), style)];
    words.extend(model.shell.triage.words(row, now).into_iter().map(|words| (words, theme.accent)));
    if let Some(until) = row.snoozed_until {
        words.push((format!("until {}", stamp(until, now.zone)), theme.dim));
    }
    if let Some(since) = row.waiting_since {
        words.push((format!("waiting {}", long(now.unix.0.saturating_sub(since.0))), theme.warn));
    }
    let (_, style) = marks::priority(row.priority, theme);
    words.push((marks::priority_word(row.priority).to_owned(), style));
    if let Some(rating) = row.rating {
        words.push((format!("rated {rating} of 5"), if rating <= 2 { theme.bad } else { theme.plain }));
    }
    if let Some(fin) = row.fin.as_ref().filter(|fin| !fin.resolution.is_empty()) {
        words.push((format!("Fin: {}", fin.resolution.replace('_', " ")), theme.dim));
    }
    if let Some(thread) = thread.filter(|thread| !thread.remark.is_empty()) {
        words.push((format!("“{}”", thread.remark), theme.dim));
    }
    if let Some(sla) = &row.sla {
        let (_, style) = marks::sla(Some(sla), theme);
        words.push((format!("SLA {}: {}", sla.status, sla.name), style));
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

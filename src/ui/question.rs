//! Drawing a question of the server's. Its words stand behind a mark of ours on every row, in a box that says who asks and
//! that looks like no other.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::cell::{boxed, centred, put, put_right};
use super::rows;
use super::theme::Theme;
use crate::app::model::Model;
use crate::app::overlay::question::{Asked, Questions, columns};
use crate::domain::text::fit;

/// Draws the question over `body`.
pub fn draw(buffer: &mut Buffer, body: Rect, asked: &Asked, model: &Model, theme: &Theme) {
    let questions = &model.questions;
    let title = title(model, questions.behind());
    let height = questions.height(body) + 4;
    let area = centred(body, columns(body), height);
    let inside = boxed(buffer, area, &title, theme.accent);
    let room = Rect { x: inside.x + 1.min(inside.width), width: inside.width.saturating_sub(2), ..inside };
    let words = Rect { height: room.height.saturating_sub(2), ..room };
    rows::draw(buffer, words, questions.rows.get(questions.scroll.view()).unwrap_or_default(), theme);
    let keys = Rect { y: room.bottom().saturating_sub(1), height: room.height.min(1), ..room };
    below(buffer, keys, asked, model, body, theme);
}

fn title(model: &Model, behind: usize) -> String {
    let host = model.session.server.as_ref().map_or("the server", |server| server.host.as_str());
    let more = if behind == 0 { String::new() } else { format!(", {behind} more after this") };
    format!("{} asks{more}", fit(host, 40))
}

fn below(buffer: &mut Buffer, keys: Rect, asked: &Asked, model: &Model, body: Rect, theme: &Theme) {
    if !Questions::fits(body) {
        put(buffer, keys, 0, 0, "Enlarge; Esc: not now", theme.warn);
        return;
    }
    if !model.questions.is_armed(model.shell.now, body) {
        put(buffer, keys, 0, 0, "wait…", theme.dim);
        return;
    }
    let first = match (&asked.page, asked.at + 1 < asked.fields.len()) {
        (Some(_), _) => ("o", "opens the page"),
        (None, true) => ("Enter", "next field"),
        (None, false) => ("Enter", "answers"),
    };
    if model.questions.scroll.percent() < 100 && keys.width >= 60 {
        put_right(buffer, keys, 0, "PgDn more", theme.dim);
    }
    let mut x = 0;
    let copies = asked.page.is_some() && keys.width >= 60;
    let copies = copies.then_some(("y", "copies it"));
    for (key, words) in [first].into_iter().chain(copies).chain([("Esc", "not now"), ("Ctrl-D", "declines")])
    {
        x += put(buffer, keys, x, 0, key, theme.accent) + 1;
        x += put(buffer, keys, x, 0, words, theme.dim) + 3;
    }
}

//! Drawing the Session screen: the names of its views, and the one that is open.

mod accounts;
mod names;
mod tools;
mod traffic;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::cell::put;
use super::rows;
use super::theme::Theme;
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::pane::session::{HEAD, View};
use crate::app::place::Place;
use crate::domain::text::width;

/// Draws the screen into `area`.
pub fn draw(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let session = &model.session;
    let below = HEAD.min(area.height);
    let body = Rect { y: area.y + below, height: area.height - below, ..area };
    let room = inset(body);
    head(buffer, area, model, theme);
    if let Some(signing) = &session.signing {
        let view = signing.rows.get(signing.scroll.view()).unwrap_or_default();
        return rows::draw(buffer, room, view, theme);
    }
    match session.view {
        View::Overview => rows::draw(buffer, room, session.overview_rows(), theme),
        View::Tools => tools::draw(buffer, body, model, theme),
        View::Traffic => traffic::draw(buffer, body, model, theme),
        View::Accounts => accounts::draw(buffer, body, model, theme),
        View::Names => names::draw(buffer, body, model, theme),
        View::Doctor => {
            let view = session.doctor.rows.get(session.doctor.scroll.view()).unwrap_or_default();
            rows::draw(buffer, room, view, theme);
        }
    }
}

/// The room within the screen, one cell from its edges.
fn inset(area: Rect) -> Rect {
    Rect { x: area.x + area.width.min(1), width: area.width.saturating_sub(2), ..area }
}

/// The command that leads to a view.
fn leads_to(view: View) -> Command {
    match view {
        View::Overview => Command::ShowOverview,
        View::Tools => Command::ShowTools,
        View::Traffic => Command::ShowTraffic,
        View::Accounts => Command::ShowAccounts,
        View::Names => Command::ShowNames,
        View::Doctor => Command::Examine,
    }
}

fn head(buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
    let room = inset(area);
    if model.session.signing.is_some() {
        put(buffer, room, 0, 0, "Sign-in", theme.accent.patch(theme.strong));
    } else {
        views(buffer, room, model, theme);
    }
    if area.height > HEAD {
        put(buffer, area, 0, 1, &"─".repeat(usize::from(area.width)), theme.line);
    }
}

/// The names of the views with their keys; only the open one where there is no room for all.
fn views(buffer: &mut Buffer, room: Rect, model: &Model, theme: &Theme) {
    let open = model.session.view;
    let keymap = &model.shell.options.keymap;
    let key =
        |view| keymap.shown(Place::Overview, leads_to(view)).map(|key| key.to_string()).unwrap_or_default();
    let named: Vec<(View, String)> = View::ALL.into_iter().map(|view| (view, key(view))).collect();
    let cells: usize = named.iter().map(|(view, key)| width(key) + 1 + width(view.title()) + 3).sum();
    let all = cells <= usize::from(room.width) + 3;
    let mut x = 0;
    for (view, key) in named.iter().filter(|(view, _)| all || *view == open) {
        let (mark, style) = if *view == open {
            (theme.accent, theme.accent.patch(theme.strong))
        } else {
            (theme.dim, theme.plain)
        };
        x += put(buffer, room, x, 0, key, mark) + 1;
        x += put(buffer, room, x, 0, view.title(), style) + 3;
    }
}

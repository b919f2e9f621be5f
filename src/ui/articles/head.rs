//! Drawing the third row of the editor's head: state, author and parent beside each other, so that the text keeps its rows.
//! Where not everything fits, the part with the cursor is whole and the others are cut.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::editor::{cursor_style, name, value};
use crate::app::model::Model;
use crate::app::pane::articles::desk::{Desk, Part};
use crate::app::pane::articles::picker::{parent_words, teammate};
use crate::domain::article::ArticleState;
use crate::domain::text::width;
use crate::ui::cell::{put, put_right};
use crate::ui::theme::Theme;

/// What is between two parts.
const BETWEEN: &str = " · ";

/// A part: its words, whole and short, and how they look without the cursor.
struct Piece {
    part: Part,
    whole: String,
    short: String,
    style: Style,
}

/// Draws the row.
pub(super) fn draw(buffer: &mut Buffer, row: Rect, desk: &Desk, model: &Model, theme: &Theme) {
    let label = match desk.part {
        Part::Author => "Author",
        Part::Parent => "Parent",
        Part::Title | Part::Description | Part::State | Part::Body => "State",
    };
    name(buffer, row, label, desk.part.row() == Some(2), theme);
    let room = value(row);
    let (mark, mark_style) = state_mark(desk.state, theme);
    let mut x = put(buffer, room, 0, 0, mark, mark_style) + 1;
    let pieces = pieces(desk, model, theme);
    let used = usize::from(x);
    let words = fitting(&pieces, desk.part, usize::from(room.width).saturating_sub(used));
    for (at, (piece, words)) in pieces.iter().zip(&words).enumerate() {
        if at > 0 {
            x += put(buffer, room, x, 0, BETWEEN, theme.dim);
        }
        let style = if piece.part == desk.part { cursor_style(theme) } else { piece.style };
        x += put(buffer, room, x, 0, words, style);
    }
    hint(buffer, room, x, desk.part, theme);
}

fn state_mark(state: ArticleState, theme: &Theme) -> (&'static str, Style) {
    match state {
        ArticleState::Published => ("●", theme.good),
        ArticleState::Draft => ("○", theme.warn),
    }
}

fn pieces(desk: &Desk, model: &Model, theme: &Theme) -> [Piece; 3] {
    let (short, whole) = state_words(desk);
    let by = desk
        .author
        .as_ref()
        .map_or("no author chosen".into(), |id| format!("by {}", teammate(id, &model.shell.roster)));
    let author_style = if desk.lacks_author() { theme.bad } else { theme.plain };
    let parent = |parent| parent_words(parent, &model.shell.roster);
    let parent = desk.parent.as_ref().map_or("in no collection".into(), parent);
    let piece = |part, whole: String, short: String, style| Piece { part, whole, short, style };
    [
        piece(Part::State, whole.into(), short.into(), theme.plain),
        piece(Part::Author, by.clone(), by, author_style),
        piece(Part::Parent, parent.clone(), parent, theme.plain),
    ]
}

fn state_words(desk: &Desk) -> (&'static str, &'static str) {
    use ArticleState::{Draft, Published};
    let is_new = desk.base.row.state.is_some_and(|state| state != desk.state);
    match (desk.state, is_new) {
        (Published, false) => ("live", "live: readers see it"),
        (Published, true) => ("will be live", "will be live: readers will see it"),
        (Draft, false) => ("draft", "draft: only teammates see it"),
        (Draft, true) => ("will be a draft", "will be a draft: only teammates will see it"),
    }
}

/// The words of each part: whole ones as far as there is room, the one with the cursor first.
fn fitting(pieces: &[Piece; 3], active: Part, room: usize) -> Vec<String> {
    let room = room.saturating_sub(2 * width(BETWEEN));
    let mut words: Vec<String> = pieces.iter().map(|piece| piece.short.clone()).collect();
    let order = pieces.iter().position(|piece| piece.part == active).into_iter().chain(0..pieces.len());
    for at in order {
        let others: usize =
            (0..pieces.len()).filter(|other| *other != at).map(|other| width(&words[other])).sum();
        if others + width(&pieces[at].whole) <= room || pieces[at].part == active {
            words[at].clone_from(&pieces[at].whole);
        }
    }
    words
}

/// What to press in the part with the cursor, where there is room for it.
fn hint(buffer: &mut Buffer, room: Rect, x: u16, part: Part, theme: &Theme) {
    let words = match part {
        Part::State => "Space switches",
        Part::Author | Part::Parent => "Enter chooses",
        Part::Title | Part::Description | Part::Body => return,
    };
    if usize::from(room.width) > usize::from(x) + width(words) + 2 {
        put_right(buffer, room, 0, words, theme.dim);
    }
}

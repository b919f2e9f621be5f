//! Where the parts of the articles screen are. Pure arithmetic, shared by behaviour and drawing.

use ratatui::layout::Rect;

use super::desk::{Desk, Part};
use super::reader::WIDEST;
use super::views::View;
use crate::app::layout::columns;

/// From this width on the list stays beside the article.
pub const WIDE: u16 = 120;

/// The list and the reading view; the one that is not there has no cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Areas {
    /// The list with its heading row.
    pub list: Rect,
    /// The reading view, the full pane.
    pub reader: Rect,
}

/// Shares the body out.
pub fn areas(body: Rect, reading: bool) -> Areas {
    let none = Rect { width: 0, height: 0, ..body };
    if !reading {
        return Areas { list: body, reader: none };
    }
    if body.width < WIDE {
        return Areas { list: none, reader: body };
    }
    let [list, reader] = columns(body, [(body.width / 3).min(56), 0]);
    Areas { list, reader }
}

/// The rows below the heading of the list.
pub fn list_rows(list: Rect) -> Rect {
    let heading = list.height.min(1);
    Rect { y: list.y + heading, height: list.height - heading, ..list }
}

/// The text inside a pane: a margin at both sides, never wider than reads well, in the middle of what is left.
pub fn column(pane: Rect) -> Rect {
    let margin = if pane.width > 40 { 2 } else { pane.width.min(1) };
    let room = pane.width.saturating_sub(2 * margin);
    let width = room.min(WIDEST);
    Rect { x: pane.x + margin.min(pane.width) + (room - width) / 2, width, ..pane }
}

/// The page of a review, with a margin of one cell.
pub fn page(body: Rect) -> Rect {
    Rect { x: body.x + body.width.min(1), width: body.width.saturating_sub(2), ..body }
}

/// Rows of a list to choose from that fit into its box over `body`; constant while one types.
pub fn choices(body: Rect) -> u16 {
    body.height.saturating_sub(4).min(12)
}

/// The editor: one row each for title and summary, one for state, author and place, a line, and the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Desktop {
    /// Title, summary, and state with author and place, from top to bottom.
    pub fields: [Rect; 3],
    /// The line that says how the text works.
    pub line: Rect,
    /// The text.
    pub text: Rect,
}

/// Cells before a field's value, for its name.
pub const NAMES: u16 = 9;

/// Shares the body out for the editor. Where not everything fits, the field with the cursor is above the text, and where
/// there is one row only, it is that field's.
pub fn desktop(body: Rect, focus: Part) -> Desktop {
    let inside = page(body);
    if body.height < 8 {
        let heads = u16::from(focus.row().is_some()).min(body.height);
        let row = |at: usize| Rect { height: if Some(at) == focus.row() { heads } else { 0 }, ..inside };
        return Desktop {
            fields: [row(0), row(1), row(2)],
            line: Rect { height: 0, ..inside },
            text: Rect { y: inside.y + heads, height: inside.height - heads, ..inside },
        };
    }
    let heads = 4;
    let row = |at: u16| Rect { y: inside.y + at, height: 1, ..inside };
    Desktop {
        fields: [row(0), row(1), row(2)],
        line: row(3),
        text: Rect { y: inside.y + heads, height: inside.height - heads, ..inside },
    }
}

/// From this width on the preview stands beside the text.
pub const BESIDE: u16 = 140;

/// What the text's area is shared out to; what is not there has no cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts {
    /// The text that is typed in.
    pub text: Rect,
    /// The preview, instead of the text or beside it.
    pub preview: Rect,
    /// The line for words to find.
    pub find: Rect,
    /// What Intercom will change or refuse, below the text.
    pub lint: Rect,
}

/// Shares the text's area out.
pub fn texts(body: Rect, desk: &Desk) -> Texts {
    let area = desktop(body, desk.part).text;
    let rows = if desk.shows_lint() { desk.linting.rows() } else { 0 };
    let rows = rows.min(area.height.div_ceil(2));
    let list = Rect { y: area.bottom() - rows, height: rows, ..area };
    let area = Rect { height: area.height - rows, ..area };
    let line = u16::from(desk.finding.is_some()).min(area.height);
    let find = Rect { y: area.bottom() - line, height: line, ..area };
    let room = Rect { height: area.height - line, ..area };
    let none = Rect { width: 0, height: 0, ..room };
    if desk.body.view() == View::Preview {
        return Texts { text: none, preview: column(room), find, lint: list };
    }
    if body.width < BESIDE || !desk.body.may_be_beside() {
        return Texts { text: room, preview: none, find, lint: list };
    }
    let [text, preview] = columns(room, [(room.width - 1) / 2, 0]);
    let width = (preview.width - 1).min(WIDEST);
    Texts { text, preview: Rect { x: preview.x + 1, width, ..preview }, find, lint: list }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_the_body() {
        for (width, height) in (0..150).flat_map(|w| (0..12).map(move |h| (w, h))) {
            let body = Rect::new(0, 1, width, height);
            let parts = areas(body, true);
            let all = [parts.list, parts.reader, list_rows(parts.list), column(parts.reader)];
            let focuses =
                [Part::Title, Part::Description, Part::State, Part::Author, Part::Parent, Part::Body];
            let desks = focuses.map(|focus| {
                let desk = desktop(body, focus);
                let seen = focus.row().map_or(&desk.text, |row| &desk.fields[row]);
                assert!(seen.height > 0 || height == 0, "{body:?}: the field with the cursor is not there");
                [desk.fields[0], desk.fields[1], desk.fields[2], desk.text, desk.line]
            });
            for part in all.into_iter().chain(desks.into_iter().flatten()) {
                assert!(part.right() <= body.right() && part.bottom() <= body.bottom(), "{body:?}: {part:?}");
            }
        }
    }
}

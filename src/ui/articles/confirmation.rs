//! Drawing the confirmation. Its words are ours; the one line of somebody else's text in it, the title, is cut, in quotes
//! of ours, and always in the same place and look.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::change::{Confirmation, Demand};
use crate::domain::text::{Clean, fit};
use crate::domain::time::Moment;
use crate::ui::cell::{boxed, centred, put};
use crate::ui::theme::Theme;

/// Columns and rows of the dialog, its edge included.
const SIZE: (u16, u16) = (72, 11);
/// Cells of the title shown.
const TITLE: usize = 56;

fn demand_words(demand: Demand) -> String {
    match demand {
        Demand::Word(word) => format!("To save it, type the word {word}, letter by letter."),
        Demand::Letter(letter) => format!("To save it, press {letter}."),
    }
}

/// Draws the dialog over `area`.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, dialog: &Confirmation, now: Moment, theme: &Theme) {
    let Some(review) = dialog.review() else { return };
    let inside = boxed(buffer, centred(area, SIZE.0, SIZE.1), "Save this change?", theme.warn);
    let room = Rect { x: inside.x + 1.min(inside.width), width: inside.width.saturating_sub(2), ..inside };
    let title = Clean::line(review.base().title.as_str());
    let title = if title.is_empty() { "(no title)".into() } else { fit(&title, TITLE) };
    put(buffer, room, 0, 0, &format!("Article {} “{title}”", review.base().row.id), theme.dim);
    put(buffer, room, 0, 2, review.consequence(), theme.strong);
    put(buffer, room, 0, 4, &demand_words(dialog.demand()), theme.plain);
    let x = put(buffer, room, 0, 5, "› ", theme.accent);
    if dialog.is_armed(now) {
        let x = x + put(buffer, room, x, 5, dialog.typed(), theme.strong);
        put(buffer, room, x, 5, "▏", theme.dim);
    } else {
        put(buffer, room, x, 5, "wait…", theme.dim);
    }
    let x = put(buffer, room, 0, 7, "[ Cancel ]", theme.cursor) + 2;
    put(buffer, room, x, 7, "Esc. Enter does not confirm.", theme.dim);
}

//! Drawing what helps below the search line, over the list: what can be typed next, and what is said of what is typed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::pane::inbox::search::offers::{Offers, ROWS};
use crate::app::pane::inbox::search::rest::Rest;
use crate::domain::query::Offer;
use crate::domain::rich::wrap;
use crate::domain::text::{fit, reveal, width};
use crate::ui::cell::{clear, put, put_right, tint};
use crate::ui::theme::Theme;

/// The most rows that the tool call takes.
const CALL_ROWS: usize = 3;

/// Draws the panel from the top of `area`; returns the rows it took.
pub(in crate::ui::inbox) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    offers: &Offers,
    rest: &Rest,
    theme: &Theme,
) -> u16 {
    let listed = list(buffer, area, offers, theme);
    let below = down(area, listed);
    let used = listed + said(buffer, below, rest, theme);
    if used == 0 || used >= area.height {
        return used;
    }
    let last = down(area, used);
    clear(buffer, Rect { height: 1, ..last });
    put(buffer, last, 0, 0, &"─".repeat(usize::from(area.width)), theme.accent);
    let shown = offers.list().view();
    if shown.len() < offers.rows().len() {
        let words = format!(" {}–{} of {} ", shown.start + 1, shown.end, offers.rows().len());
        put_right(buffer, Rect { width: last.width.saturating_sub(2), ..last }, 0, &words, theme.dim);
    }
    used + 1
}

/// What is left of an area below its first rows.
pub(in crate::ui::inbox) fn down(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// Draws what can be typed next from the top of `area`; returns the rows it took.
pub(in crate::ui::inbox) fn list(buffer: &mut Buffer, area: Rect, offers: &Offers, theme: &Theme) -> u16 {
    let view = offers.list().view();
    let shown = offers.rows().get(view.clone()).unwrap_or_default();
    let shown = &shown[..shown.len().min(usize::from(area.height)).min(ROWS)];
    let widest = shown.iter().map(|offer| width(&reveal(&offer.insert))).max().unwrap_or(0);
    let column = u16::try_from(widest).unwrap_or(u16::MAX).min(area.width / 2) + 4;
    let mut used = 0;
    for ((y, at), offer) in (0..area.height).zip(view).zip(shown) {
        clear(buffer, Rect { y: area.y + y, height: 1, ..area });
        let marked = at == offers.list().cursor();
        line(buffer, area, y, offer, column, marked, theme);
        if marked && offers.is_moved() {
            tint(buffer, area, y, theme.cursor);
        }
        used = y + 1;
    }
    used
}

fn line(buffer: &mut Buffer, area: Rect, y: u16, offer: &Offer, column: u16, marked: bool, theme: &Theme) {
    // The row that Tab takes is told apart without colour too.
    put(buffer, area, 0, y, if marked { " ▸ " } else { "   " }, theme.accent);
    let left = Rect { width: column.min(area.width).saturating_sub(1), ..area };
    let style = if marked { theme.strong } else { theme.plain };
    put(buffer, left, 3, y, &reveal(offer.insert.trim_end()), style);
    let right = Rect { width: area.width.saturating_sub(1), ..area };
    put(buffer, right, column, y, &reveal(&offer.about), theme.dim);
}

/// Writes what is said of the text; returns the rows it took.
pub(in crate::ui::inbox) fn said(buffer: &mut Buffer, area: Rect, rest: &Rest, theme: &Theme) -> u16 {
    let room = Rect { x: area.x + 2.min(area.width), width: area.width.saturating_sub(3), ..area };
    let (meaning, cells) = (&rest.meaning, room.width.max(1));
    let mut lines: Vec<(String, Style)> = Vec::new();
    let mut say = |words: &str, most, style| {
        lines.extend(first(words, cells, most).into_iter().map(|line| (line, style)));
    };
    meaning.times.iter().for_each(|words| say(words, 2, theme.plain));
    say(&meaning.cut, 2, theme.warn);
    match &rest.call {
        Some(Ok(text)) => say(&format!("sends {text}"), CALL_ROWS, theme.dim),
        Some(Err(fault)) => say(&fault.sentence, CALL_ROWS, theme.dim),
        None => {}
    }
    let rows = usize::from(area.height);
    let is_cut = lines.len() > rows;
    if let Some((last, _)) = lines.get_mut(rows.saturating_sub(1)).filter(|_| is_cut) {
        *last = fit(&format!("{last} …"), usize::from(cells)).into_owned();
    }
    let mut used = 0;
    for (y, (line, style)) in (0..area.height).zip(&lines) {
        clear(buffer, Rect { y: area.y + y, height: 1, ..area });
        put(buffer, room, 0, y, line, *style);
        used = y + 1;
    }
    used
}

/// The first lines of wrapped words. The last one has all that is left, and is cut where it is written.
pub(in crate::ui::inbox) fn first(words: &str, cells: u16, most: usize) -> Vec<String> {
    if words.is_empty() || most == 0 {
        return Vec::new();
    }
    let mut lines = wrap(&reveal(words), cells);
    if lines.len() > most {
        let left = lines.split_off(most - 1).join(" ");
        lines.push(left);
    }
    lines
}

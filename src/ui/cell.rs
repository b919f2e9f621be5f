//! Putting text into cells. Owns cutting with an ellipsis and filling; nothing else writes symbols into the buffer.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::domain::text::{fit, width};

/// Writes clean text on one row of `area`, `x` cells from its left edge, cut with an ellipsis at its right edge. Rows and
/// columns outside of the area are nothing. Returns the cells used.
pub fn put(buffer: &mut Buffer, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
    let area = area.intersection(buffer.area);
    if y >= area.height || x >= area.width {
        return 0;
    }
    let shown = fit(text, usize::from(area.width - x));
    let (end, _) = buffer.set_stringn(area.x + x, area.y + y, &shown, usize::from(area.width - x), style);
    end - area.x - x
}

/// Writes clean text so that it ends at the right edge of `area`; cut at its own right edge when it does not fit.
pub fn put_right(buffer: &mut Buffer, area: Rect, y: u16, text: &str, style: Style) -> u16 {
    let cells = u16::try_from(width(text)).unwrap_or(u16::MAX);
    put(buffer, area, area.width.saturating_sub(cells), y, text, style)
}

/// Gives a whole row of `area` a style, over what is there.
pub fn tint(buffer: &mut Buffer, area: Rect, y: u16, style: Style) {
    let row = Rect::new(area.x, area.y.saturating_add(y), area.width, 1);
    buffer.set_style(row.intersection(area).intersection(buffer.area), style);
}

/// Blanks an area, for what is drawn over something else. A wide character that reaches into it from the left is blanked too:
/// a terminal would show its second half instead of the first column of what is drawn here.
pub fn clear(buffer: &mut Buffer, area: Rect) {
    use ratatui::widgets::Widget;
    let area = area.intersection(buffer.area);
    if area.x > buffer.area.x {
        for y in area.top()..area.bottom() {
            let neighbour = &mut buffer[(area.x - 1, y)];
            if width(neighbour.symbol()) > 1 {
                neighbour.set_symbol(" ");
            }
        }
    }
    ratatui::widgets::Clear.render(area, buffer);
}

/// A vertical line in the column right of `area`.
pub fn divider(buffer: &mut Buffer, area: Rect, style: Style) {
    let line = Rect::new(area.right(), area.y, 1, area.height).intersection(buffer.area);
    for position in line.positions() {
        buffer[position].set_symbol("│").set_style(style);
    }
}

/// A box with a title in its upper edge; blanks what is below and returns the room inside.
pub fn boxed(buffer: &mut Buffer, area: Rect, title: &str, style: Style) -> Rect {
    use ratatui::widgets::{Block, BorderType, Widget};
    let area = area.intersection(buffer.area);
    clear(buffer, area);
    let block = Block::bordered().border_type(BorderType::Rounded).border_style(style);
    let inside = block.inner(area);
    block.render(area, buffer);
    if area.width > 6 {
        let top = Rect::new(area.x + 2, area.y, area.width - 4, 1);
        put(buffer, top, 0, 0, &format!(" {title} "), style);
    }
    inside
}

/// An area of at most this size in the middle of another.
pub fn centred(area: Rect, cols: u16, rows: u16) -> Rect {
    let (cols, rows) = (cols.min(area.width), rows.min(area.height));
    Rect::new(area.x + (area.width - cols) / 2, area.y + (area.height - rows) / 2, cols, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_with_an_ellipsis_and_stays_inside() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 2));
        put(&mut buffer, Rect::new(1, 0, 5, 1), 1, 0, "abcdefgh", Style::new());
        put(&mut buffer, Rect::new(0, 1, 8, 1), 0, 1, "outside", Style::new());
        put_right(&mut buffer, Rect::new(0, 1, 8, 1), 0, "船x", Style::new());
        assert_eq!(buffer, Buffer::with_lines(["  abc…  ", "     船x"]));
    }

    #[test]
    fn what_is_drawn_over_a_wide_character_shows_its_edge() {
        let mut buffer = Buffer::with_lines(["林志林志林志", "a林志林志林b", "林志林志林志", "船船船船船船"]);
        boxed(&mut buffer, Rect::new(3, 0, 6, 3), "", Style::new());
        let lines = ["林 ╭────╮ 志", "a林│    │林b", "林 ╰────╯ 志", "船船船船船船"];
        assert_eq!(buffer, Buffer::with_lines(lines));
    }
}

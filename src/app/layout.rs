//! Where things are on the screen. Computed once per event in `update`; drawing only reads it, so that a key never goes to
//! something that was drawn elsewhere.

use ratatui::layout::Rect;

/// The frame around every place: tabs above, one line of status and one of hints below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Frame {
    /// Tabs at the left, the link at the right; one row.
    pub header: Rect,
    /// Everything else.
    pub body: Rect,
    /// What is under way or just happened; one row.
    pub status: Rect,
    /// Keys that work here; one row.
    pub hints: Rect,
}

impl Frame {
    /// Rows of the whole terminal.
    pub fn rows(&self) -> u16 {
        self.header.height + self.body.height + self.status.height + self.hints.height
    }
}

/// The frame for a terminal of this size. What does not fit has no rows: first the hints go, then the status, then the
/// header, so that the body is the last to vanish.
pub fn frame(cols: u16, rows: u16) -> Frame {
    let header = u16::from(rows >= 3);
    let status = u16::from(rows >= 5);
    let hints = u16::from(rows >= 7);
    let body = rows - header - status - hints;
    let row = |y, height| Rect::new(0, y, cols, height);
    Frame {
        header: row(0, header),
        body: row(header, body),
        status: row(header + body, status),
        hints: row(header + body + status, hints),
    }
}

/// Cuts `area` into columns of these widths, left to right, with one column between two for a line. The last takes what is
/// left; columns that do not fit are empty.
pub fn columns<const N: usize>(area: Rect, widths: [u16; N]) -> [Rect; N] {
    let end = area.x + area.width;
    let mut x = area.x;
    let mut cut = [Rect::new(end, area.y, 0, area.height); N];
    for (at, width) in widths.into_iter().enumerate() {
        let width = if at + 1 == N { end - x } else { width.min(end - x) };
        cut[at] = Rect::new(x, area.y, width, area.height);
        x = (x + width + 1).min(end);
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_always_add_up() {
        for rows in 0..30 {
            let f = frame(80, rows);
            assert_eq!(f.header.height + f.body.height + f.status.height + f.hints.height, rows);
            assert_eq!(f.hints.y + f.hints.height, rows);
        }
        assert_eq!(frame(80, 24).body.height, 21);
    }

    #[test]
    fn columns_never_leave_the_area() {
        for width in 0..60 {
            let cut = columns(Rect::new(3, 0, width, 4), [20, 10, 5]);
            assert!(cut.iter().all(|c| c.x >= 3 && c.x + c.width <= 3 + width), "{width}: {cut:?}");
        }
    }
}

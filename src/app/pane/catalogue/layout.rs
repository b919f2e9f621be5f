//! Where the parts of the screen are.

use ratatui::layout::Rect;

use crate::app::layout::columns;

/// From this width on an open page stands beside the list.
const TWO: u16 = 120;

/// Where everything is; what is not shown has no cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Areas {
    /// The search line and the rule below it.
    pub search: Rect,
    /// The names of the columns.
    pub head: Rect,
    /// The rows.
    pub list: Rect,
    /// The open page.
    pub page: Rect,
}

/// The areas for a body.
pub(super) fn areas(body: Rect, page: bool) -> Areas {
    let none = Rect { width: 0, height: 0, ..body };
    if page && body.width < TWO {
        return Areas { search: none, head: none, list: none, page: body };
    }
    let (left, page) = if page {
        let [left, right] = columns(body, [body.width * 2 / 5, 0]);
        (left, right)
    } else {
        (body, none)
    };
    let (search, rest) = split(left, if left.height > 3 { 2 } else { 1 });
    let (head, list) = split(rest, u16::from(rest.height > 5));
    Areas { search, head, list, page }
}

fn split(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height);
    let top = Rect { height: rows, ..area };
    (top, Rect { y: area.y + rows, height: area.height - rows, ..area })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_the_body() {
        for (width, height) in (0..220).flat_map(|width| (0..16).map(move |height| (width, height))) {
            let body = Rect::new(0, 1, width, height);
            for page in [false, true] {
                let cut = areas(body, page);
                for area in [cut.search, cut.head, cut.list, cut.page] {
                    assert!(area.right() <= body.right() && area.bottom() <= body.bottom(), "{area:?}");
                }
            }
        }
    }
}

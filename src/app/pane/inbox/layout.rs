//! Where the columns of the Inbox are for a width, and which of them have the keys.

use ratatui::layout::Rect;

use crate::app::layout::columns;

/// From this width on thread and customer stand beside the list.
pub const THREE: u16 = 160;
/// Cells that a list has at least beside the column of the views: enough for every column of its own.
const LIST: u16 = 125;
/// Cells of the column of the views, with the line right of it.
const VIEWS: u16 = 35;
/// From this width on the thread stands beside the list.
pub const TWO: u16 = 100;

/// The part of the Inbox that keys go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Focus {
    /// The list or its search line.
    #[default]
    List,
    /// The thread.
    Thread,
    /// The contact's page.
    Contact,
    /// The company's page.
    Company,
}

/// What is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Shape {
    /// Where keys go.
    pub focus: Focus,
    /// Whether the keys of the list go to the views instead.
    pub views: bool,
    /// Whether a thread is open.
    pub thread: bool,
    /// Whether the customer on the page is the one of the open thread.
    pub beside: bool,
}

/// Where everything is; what is not shown has no cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Areas {
    /// The views: a column of their own, or over the list and its search line.
    pub views: Rect,
    /// Whether the views lie over the list, which cannot be seen then.
    pub views_cover: bool,
    /// The search line with the line below it, above the list.
    pub search: Rect,
    /// The rows.
    pub list: Rect,
    /// The head of the thread and the line below it.
    pub head: Rect,
    /// The parts.
    pub thread: Rect,
    /// Contact or company.
    pub customer: Rect,
    /// One's own private note, above the parts, where the head has no room for all of it.
    pub memo: Rect,
    /// The note that is being written, below the parts.
    pub note: Rect,
    /// The field of ours, below the part that has the keys.
    pub line: Rect,
}

fn split(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height);
    let top = Rect { height: rows, ..area };
    (top, Rect { y: area.y + rows, height: area.height - rows, ..area })
}

fn framed(list: Rect, thread: Rect, customer: Rect) -> Areas {
    let (search, list) = split(list, if list.height > 3 { 2 } else { 1 });
    let head = match thread.height {
        12.. => 4,
        6..12 => 2,
        _ => 0,
    };
    let (head, thread) = split(thread, head);
    Areas {
        views: Rect::default(),
        views_cover: false,
        search,
        list,
        head,
        thread,
        customer,
        memo: Rect::default(),
        note: Rect::default(),
        line: Rect::default(),
    }
}

/// Whether a customer stands beside the thread in a body that is so wide.
pub fn has_third(width: u16) -> bool {
    let column = if width >= LIST + VIEWS { VIEWS } else { 0 };
    width >= THREE + column
}

/// The areas for a body. The views have a column of their own where the list keeps every column beside it, and keep it
/// whatever is opened, so that nothing jumps; else they lie over the list while they have the keys.
pub fn areas(body: Rect, shape: Shape) -> Areas {
    let column = Rect { width: VIEWS.min(body.width), ..body };
    let rest = Rect { x: body.x + column.width, width: body.width - column.width, ..body };
    if rest.width >= LIST {
        let views = Rect { width: column.width - 1, ..column };
        return Areas { views, ..right_of_views(rest, shape) };
    }
    let cut = right_of_views(body, shape);
    if shape.views && shape.focus == Focus::List {
        return Areas { views: cut.search.union(cut.list), views_cover: true, ..cut };
    }
    cut
}

fn right_of_views(body: Rect, shape: Shape) -> Areas {
    let none = Rect { width: 0, height: 0, ..body };
    let customer = matches!(shape.focus, Focus::Contact | Focus::Company);
    if shape.thread && body.width >= THREE && (shape.beside || !customer) {
        let (list, third) = ((body.width / 4).clamp(44, 60), (body.width / 5).clamp(38, 56));
        let middle = body.width - list - third - 2;
        let [list, thread, customer] = columns(body, [list, middle, third]);
        return framed(list, thread, customer);
    }
    if customer {
        return framed(none, none, body);
    }
    if shape.thread && body.width >= TWO {
        let [list, thread] = columns(body, [(body.width * 2 / 5).clamp(36, 56), 0]);
        return framed(list, thread, none);
    }
    if shape.focus == Focus::Thread { framed(none, body, none) } else { framed(body, none, none) }
}

impl Areas {
    /// Takes rows of the thread for one's own note, at most half of it.
    pub(super) fn take_memo(&mut self, rows: usize) {
        let rows = u16::try_from(rows).unwrap_or(u16::MAX).min(self.thread.height / 2);
        (self.memo, self.thread) = split(self.thread, rows);
    }

    /// Takes the last row of the part that has the keys for a field of ours.
    pub(super) fn take_line(&mut self, focus: Focus) {
        let part = match focus {
            Focus::List => &mut self.list,
            Focus::Thread => &mut self.thread,
            Focus::Contact | Focus::Company => &mut self.customer,
        };
        let rows = part.height.min(1);
        part.height -= rows;
        self.line = Rect { y: part.bottom(), height: rows, ..*part };
    }

    /// The parts in view from left to right.
    pub fn visible(&self) -> [bool; 3] {
        [self.list.width > 0, self.thread.width > 0, self.customer.width > 0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_by_width() {
        let open = Shape { focus: Focus::Thread, views: false, thread: true, beside: true };
        for (width, visible) in
            [(80, [false, true, false]), (120, [true, true, false]), (200, [true, true, true])]
        {
            assert_eq!(areas(Rect::new(0, 0, width, 40), open).visible(), visible, "{width}");
        }
        let list = Shape { focus: Focus::List, ..open };
        assert_eq!(areas(Rect::new(0, 0, 80, 20), list).visible(), [true, false, false]);
        let contact = Shape { focus: Focus::Contact, ..open };
        assert_eq!(areas(Rect::new(0, 0, 120, 20), contact).visible(), [false, false, true]);
    }

    #[test]
    fn the_views_have_a_column_where_nothing_else_goes_for_it() {
        let list = Shape::default();
        let column = |width, shape| {
            let cut = areas(Rect::new(0, 0, width, 40), shape);
            (cut.views.width > 0, cut.views_cover)
        };
        assert_eq!([159, 160, 200].map(|width| column(width, list).0), [false, true, true]);
        let open = Shape { thread: true, ..list };
        assert_eq!([159, 160, 194, 195].map(|width| column(width, open).0), [false, true, true, true]);
        for width in [160, 194, 195, 220] {
            let body = Rect::new(0, 0, width, 40);
            assert_eq!(areas(body, list).list.x, areas(body, open).list.x, "{width}: the list does not jump");
            assert_eq!(areas(body, open).customer.width > 0, has_third(width), "{width}");
        }
        let keys = Shape { views: true, ..open };
        assert_eq!(
            [80, 120, 200].map(|width| column(width, keys)),
            [(true, true), (true, true), (true, false)]
        );
        let contact = Shape { focus: Focus::Contact, ..keys };
        assert_eq!(column(120, contact), (false, false));
    }

    #[test]
    fn nothing_leaves_the_body() {
        for focus in [Focus::List, Focus::Thread, Focus::Contact, Focus::Company] {
            for (width, height, views) in
                (0..220).flat_map(|w| (0..16).flat_map(move |h| [true, false].map(|views| (w, h, views))))
            {
                let body = Rect::new(0, 1, width, height);
                let cut = areas(body, Shape { focus, views, thread: true, beside: false });
                for area in [cut.views, cut.search, cut.list, cut.head, cut.thread, cut.customer] {
                    assert!(area.right() <= body.right() && area.bottom() <= body.bottom(), "{area:?}");
                }
            }
        }
    }
}

//! The outline: the headings of the article that is open, to jump to one. Owns which of them the cursor is on.

use ratatui::layout::Rect;

use super::Articles;
use super::geometry::areas;
use crate::app::list::List;
use crate::app::notice::Weight;
use crate::app::shell::Shell;

/// The headings, shown to choose from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outline {
    /// The cursor over them.
    pub list: List,
}

/// The widest box that reads well over the text, in cells.
const WIDEST: u16 = 64;

/// Where the outline is: in place of the list where that stands beside the text, else over the text, as high as it
/// needs.
pub fn area(body: Rect, headings: usize) -> Rect {
    let list = areas(body, true).list;
    if list.width > 0 {
        return list;
    }
    let rows = u16::try_from(headings).unwrap_or(u16::MAX).saturating_add(2);
    let height = rows.min(body.height.saturating_sub(2).max(3)).min(body.height);
    let width = WIDEST.min(body.width.saturating_sub(4).max(8)).min(body.width);
    let (x, y) = (body.x + (body.width - width) / 2, body.y + (body.height - height) / 2);
    Rect { x, y, width, height }
}

/// The rows of the headings within the area.
pub fn rows(body: Rect, headings: usize) -> Rect {
    let area = area(body, headings);
    let beside = areas(body, true).list.width > 0;
    let (sides, above, below) = if beside { (1, 1, 0) } else { (2, 1, 1) };
    Rect {
        x: area.x + sides.min(area.width),
        width: area.width.saturating_sub(2 * sides),
        y: area.y + above.min(area.height),
        height: area.height.saturating_sub(above + below),
    }
}

impl Articles {
    /// Shows the headings of the open article, with the cursor on the one that is being read.
    pub(super) fn show_outline(&mut self, shell: &mut Shell) {
        let Some(reader) = &mut self.reader else { return };
        reader.paper.lay_rest();
        let headings = reader.paper.headings();
        if headings.is_empty() {
            return shell.say(Weight::Quiet, "This article has no headings.");
        }
        let view = reader.scroll.view();
        let at_end = view.end >= reader.paper.lines().len();
        let read = headings.partition_point(|heading| heading.line <= view.start).saturating_sub(1);
        // At the end of the text no jump brings a heading to the top; the one that was jumped to is the one meant.
        let jumped = reader.jumped.filter(|(top, at)| at_end && *top == view.start && *at < headings.len());
        let mut outline = Outline::default();
        let height = rows(shell.frame.body, headings.len()).height;
        outline.list.fit(headings.len(), usize::from(height));
        outline.list.select(jumped.map_or(read, |(_, at)| at));
        reader.outline = Some(outline);
    }

    /// Goes to the heading under the cursor.
    pub(super) fn jump(&mut self) {
        let Some(reader) = &mut self.reader else { return };
        let Some(outline) = reader.outline.take() else { return };
        let at = outline.list.cursor();
        if let Some(heading) = reader.paper.headings().get(at) {
            reader.scroll.to(heading.line);
            reader.jumped = Some((reader.scroll.view().start, at));
        }
    }

    /// Fits the outline to its room, and closes it when a fresh copy has no headings.
    pub(super) fn arrange_outline(&mut self, shell: &Shell) {
        let Some(reader) = &mut self.reader else { return };
        let headings = reader.paper.headings().len();
        if let Some(outline) = &mut reader.outline {
            let height = rows(shell.frame.body, headings).height;
            outline.list.fit(headings, usize::from(height));
        }
        reader.outline.take_if(|_| headings == 0);
    }
}

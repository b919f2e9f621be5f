//! A cursor over rows, and a window over lines. Owns the arithmetic of both; refuses to hold the rows themselves.

use std::ops::Range;

/// How far a movement goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// One row back.
    Up,
    /// One row on.
    Down,
    /// One window back.
    PageUp,
    /// One window on.
    PageDown,
    /// The first row.
    Top,
    /// The last row.
    Bottom,
}

/// A list with a cursor that is always in view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct List {
    cursor: usize,
    top: usize,
    len: usize,
    height: usize,
}

impl List {
    /// Tells how many rows there are and how many fit. Cursor and window stay as near as they can; while the list is
    /// hidden (no row fits) the window waits where it was.
    pub fn fit(&mut self, len: usize, height: usize) {
        (self.len, self.height) = (len, height);
        self.cursor = self.cursor.min(len.saturating_sub(1));
        self.show();
    }

    fn show(&mut self) {
        if self.height == 0 {
            self.top = self.top.min(self.len);
            return;
        }
        let last_top = self.len.saturating_sub(self.height);
        let lowest = (self.cursor + 1).saturating_sub(self.height);
        self.top = self.top.clamp(lowest, self.cursor.max(lowest)).min(last_top.max(lowest));
    }

    /// Moves the cursor.
    pub fn go(&mut self, movement: Move) {
        let (page, last) = (self.height.max(2) - 1, self.len.saturating_sub(1));
        self.cursor = match movement {
            Move::Up => self.cursor.saturating_sub(1),
            Move::Down => self.cursor + 1,
            Move::PageUp => self.cursor.saturating_sub(page),
            Move::PageDown => self.cursor + page,
            Move::Top => 0,
            Move::Bottom => last,
        }
        .min(last);
        self.show();
    }

    /// Puts the cursor on a row.
    pub fn select(&mut self, row: usize) {
        self.cursor = row.min(self.len.saturating_sub(1));
        self.show();
    }

    /// The rows are others now: `len` of them, the cursor on `row`, with as many rows above it in the window as `above`, as far
    /// as there are rows; none for a window that stays at the top, so that what is new there is seen.
    pub fn hold(&mut self, len: usize, row: usize, above: Option<usize>) {
        self.len = len;
        self.cursor = row.min(len.saturating_sub(1));
        self.top = above.map_or(0, |above| self.cursor.saturating_sub(above));
        self.show();
    }

    /// Rows in the window above the cursor; none while the window is at the top.
    pub fn above(&self) -> Option<usize> {
        (self.top > 0).then(|| self.cursor.saturating_sub(self.top))
    }

    /// Back to the first row of an empty list.
    pub fn clear(&mut self) {
        (self.cursor, self.top, self.len) = (0, 0, 0);
    }

    /// Rows went away at the front: cursor and window stay on what they show, as far as it is there.
    pub fn dropped(&mut self, rows: usize) {
        self.cursor = self.cursor.saturating_sub(rows);
        self.top = self.top.saturating_sub(rows);
        self.len = self.len.saturating_sub(rows);
    }

    /// The row under the cursor, from 0; meaningless while the list is empty.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The rows in view.
    pub fn view(&self) -> Range<usize> {
        self.top..(self.top + self.height).min(self.len)
    }

    /// Whether fewer than `rows` are left below the cursor.
    pub fn is_near_end(&self, rows: usize) -> bool {
        self.cursor + rows >= self.len
    }
}

/// A window over lines that have no cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Scroll {
    top: usize,
    len: usize,
    height: usize,
}

impl Scroll {
    /// Tells how many lines there are and how many fit.
    pub fn fit(&mut self, len: usize, height: usize) {
        (self.len, self.height) = (len, height);
        self.top = self.top.min(self.last_top());
    }

    fn last_top(self) -> usize {
        self.len.saturating_sub(self.height)
    }

    /// Moves the window.
    pub fn go(&mut self, movement: Move) {
        let page = self.height.max(2) - 1;
        self.top = match movement {
            Move::Up => self.top.saturating_sub(1),
            Move::Down => self.top + 1,
            Move::PageUp => self.top.saturating_sub(page),
            Move::PageDown => self.top + page,
            Move::Top => 0,
            Move::Bottom => usize::MAX,
        }
        .min(self.last_top());
    }

    /// Puts a line at the top, as far as there are lines below it.
    pub fn to(&mut self, line: usize) {
        self.top = line.min(self.last_top());
    }

    /// The lines in view.
    pub fn view(&self) -> Range<usize> {
        self.top..(self.top + self.height).min(self.len)
    }

    /// How far down the end of the window is, in percent; 100 when everything is in view.
    pub fn percent(&self) -> usize {
        (self.view().end * 100).checked_div(self.len).unwrap_or(100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MOVES: [Move; 6] = [Move::Up, Move::Down, Move::PageUp, Move::PageDown, Move::Top, Move::Bottom];

    #[test]
    fn a_list_that_was_hidden_comes_back_as_it_was() {
        let mut list = List::default();
        list.fit(150, 19);
        (0..40).for_each(|_| list.go(Move::Down));
        (0..7).for_each(|_| list.go(Move::Up));
        let before = list;
        list.fit(150, 0);
        list.fit(150, 19);
        assert_eq!(list, before);
    }

    proptest! {
        #[test]
        fn the_cursor_is_always_in_view(steps in proptest::collection::vec((0usize..6, 0usize..40, 0usize..12, any::<bool>()), 0..60)) {
            let mut list = List::default();
            let mut scroll = Scroll::default();
            for (movement, len, height, refit) in steps {
                if refit { list.fit(len, height); scroll.fit(len, height); }
                list.go(MOVES[movement]);
                scroll.go(MOVES[movement]);
                let view = list.view();
                prop_assert!(list.cursor() == 0 || list.cursor() < list.len);
                prop_assert!(list.height == 0 || list.len == 0 || view.contains(&list.cursor()), "{list:?}");
                prop_assert!(view.len() == list.height.min(list.len), "{list:?}");
                prop_assert!(scroll.view().end <= scroll.len);
            }
        }
    }
}

//! What can be typed next: the list under a field. Owns when it is open and what is marked in it; what is offered belongs to
//! the search language, and the field to the one who shows the list.

use std::ops::Range;

use crate::app::list::{List, Move};
use crate::domain::query::{Completion, Known, Offer, complete};

/// The most rows of the list that are seen at once.
pub const ROWS: usize = 8;

/// The list under a field.
#[derive(Debug, Default)]
pub struct Offers {
    open: Option<Completion>,
    list: List,
    moved: bool,
    /// The first byte of the word whose list was closed; it stays closed until another word is typed.
    closed: Option<usize>,
}

impl Offers {
    /// What is offered, the best first; nothing while the list is closed.
    pub fn rows(&self) -> &[Offer] {
        self.open.as_ref().map_or(&[], |completion| &completion.offers)
    }

    /// Whether the list is open. It is never open over nothing.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether somebody went into the list, so that Enter takes what is marked.
    pub fn is_moved(&self) -> bool {
        self.moved && self.is_open()
    }

    /// The cursor and the window over the rows.
    pub fn list(&self) -> List {
        self.list
    }

    /// Tells how many rows there is room for.
    pub fn fit(&mut self, room: usize) {
        self.list.fit(self.rows().len(), room.min(ROWS));
    }

    /// The text changed: the list opens by itself where a word or a value has begun. `cursor` is a byte of the text.
    pub fn typed(&mut self, text: &str, cursor: usize, known: &Known<'_>) {
        self.look(text, offered(text, cursor, known));
    }

    /// The same for a text whose field and operator stand: only values are offered.
    pub fn typed_value(&mut self, text: &str, cursor: usize, known: &Known<'_>) {
        self.look(text, values(text, cursor, known));
    }

    /// Opens the list of values, even where nothing was typed.
    pub fn ask_value(&mut self, text: &str, cursor: usize, known: &Known<'_>) {
        self.closed = None;
        self.show(values(text, cursor, known));
    }

    fn look(&mut self, text: &str, found: Option<Completion>) {
        let word = found.as_ref().map(|completion| completion.at.start);
        if self.closed.is_some() && self.closed != word {
            self.closed = None;
        }
        self.show(found.filter(|completion| self.closed.is_none() && has_begun(text, completion)));
    }

    /// Opens the list for the place of the cursor, even where nothing was typed. False when there is nothing to offer.
    pub fn ask(&mut self, text: &str, cursor: usize, known: &Known<'_>) -> bool {
        self.closed = None;
        self.show(offered(text, cursor, known));
        self.is_open()
    }

    fn show(&mut self, found: Option<Completion>) {
        (self.open, self.moved) = (found, false);
        self.list.clear();
        self.fit(ROWS);
    }

    /// Closes the list until another word is typed. False when it was not open.
    pub fn close(&mut self) -> bool {
        let Some(completion) = self.open.take() else { return false };
        (self.closed, self.moved) = (Some(completion.at.start), false);
        true
    }

    /// Closes the list for now: the next letter may open it again.
    pub fn hide(&mut self) {
        (self.open, self.moved) = (None, false);
    }

    /// Forgets everything, for a field that is left.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Moves in the list: into it by going down, out of it by going up from its first row. False when the key is not for the
    /// list.
    pub fn go(&mut self, down: bool) -> bool {
        if !self.is_open() || (!down && !self.moved) {
            return false;
        }
        match (self.moved, down) {
            (false, _) => self.moved = true,
            (true, true) => self.list.go(Move::Down),
            (true, false) if self.list.cursor() == 0 => self.moved = false,
            (true, false) => self.list.go(Move::Up),
        }
        true
    }

    /// Closes the list and gives what is marked: the bytes to replace, and with what. None when the list is closed.
    pub fn take(&mut self) -> Option<(Range<usize>, String)> {
        let completion = self.open.take()?;
        (self.closed, self.moved) = (None, false);
        let offer = completion.offers.into_iter().nth(self.list.cursor())?;
        Some((completion.at, offer.insert))
    }
}

/// What is offered where the field and its operator stand.
fn values(text: &str, cursor: usize, known: &Known<'_>) -> Option<Completion> {
    let mut completion = offered(text, cursor, known)?;
    completion.offers.retain(|offer| !offer.insert.ends_with(':'));
    (!completion.offers.is_empty()).then_some(completion)
}

/// What is offered at the cursor, unless the best of it stands there already.
fn offered(text: &str, cursor: usize, known: &Known<'_>) -> Option<Completion> {
    let found = complete(text, cursor, known)?;
    let best = found.offers.first()?.insert.trim_end();
    (text.get(found.at.clone())? != best).then_some(found)
}

/// Whether something of the word was typed: its first letter, or a field before its value.
fn has_begun(text: &str, completion: &Completion) -> bool {
    let before = text.get(..completion.at.start).unwrap_or_default();
    !completion.at.is_empty() || before.ends_with([':', ',', '"'])
}

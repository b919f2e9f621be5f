//! The records of a search, in the server's order, where its next page is, and which of them are shown. Owns the rules for
//! duplicates and for the end of paging; refuses to ask.

use std::collections::{HashMap, HashSet};

use super::Record;
use crate::app::list::List;
use crate::domain::page::{Cursor, Next, Page};

/// The rows that hold some letters, where the server found nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrowed {
    /// The letters, lower case.
    pub letters: String,
    /// What was typed.
    pub words: String,
    at: Vec<usize>,
}

impl Narrowed {
    /// How many rows hold the letters.
    pub fn len(&self) -> usize {
        self.at.len()
    }

    /// Whether no row holds them.
    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
    }
}

/// What a search has brought so far.
#[derive(Debug)]
pub struct Rows<R: Record> {
    /// What was asked.
    pub filter: R::Filter,
    /// The cursor and the window over the shown rows.
    pub list: List,
    /// How many the server says there are.
    pub total: Option<u64>,
    /// Records that could not be read.
    pub skipped: usize,
    /// Only these are shown.
    pub narrowed: Option<Narrowed>,
    words: String,
    loaded: Vec<R>,
    at: HashMap<R::Id, usize>,
    next: Option<Next>,
    used: HashSet<Cursor>,
    page: u32,
}

impl<R: Record> Rows<R> {
    /// A search that has brought nothing yet.
    pub fn of(filter: R::Filter, words: String) -> Self {
        Self {
            filter,
            words,
            list: List::default(),
            total: None,
            skipped: 0,
            narrowed: None,
            loaded: Vec::new(),
            at: HashMap::new(),
            next: None,
            used: HashSet::new(),
            page: 1,
        }
    }

    /// What a person typed to see what is shown.
    pub fn words(&self) -> &str {
        self.narrowed.as_ref().map_or(&self.words, |narrowed| &narrowed.words)
    }

    /// Every row that is loaded.
    pub fn all(&self) -> &[R] {
        &self.loaded
    }

    /// Rows that are shown.
    pub fn len(&self) -> usize {
        self.narrowed.as_ref().map_or(self.loaded.len(), Narrowed::len)
    }

    /// Whether no row is shown.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row at a place of the list.
    pub fn get(&self, place: usize) -> Option<&R> {
        let at = match &self.narrowed {
            Some(narrowed) => *narrowed.at.get(place)?,
            None => place,
        };
        self.loaded.get(at)
    }

    /// The row under the cursor.
    pub fn current(&self) -> Option<&R> {
        self.get(self.list.cursor())
    }

    /// Where the record stands among all rows.
    pub fn position(&self, id: &R::Id) -> Option<usize> {
        self.at.get(id).copied()
    }

    /// Where the record stands among those that are shown. Walks them where some are not.
    pub fn place(&self, id: &R::Id) -> Option<usize> {
        let position = self.position(id)?;
        match &self.narrowed {
            Some(narrowed) => narrowed.at.iter().position(|&at| at == position),
            None => Some(position),
        }
    }

    /// Where the next page is; none when paging has ended.
    pub fn next(&self) -> Option<&Next> {
        self.next.as_ref()
    }

    /// Whether paging ended because the server lists no more, though there are more.
    pub fn ends_early(&self) -> bool {
        let most = R::WORDS.most.filter(|most| self.loaded.len() >= *most);
        most.is_some_and(|most| self.total.is_none_or(|total| total > most as u64)) && self.next.is_none()
    }

    /// Adds a page. Rows already here are dropped. A page without new rows, a cursor that was used before, a number that
    /// does not rise, or the server's limit end paging. Returns the ids whose rows are thin.
    pub fn add(&mut self, page: Page<R>) -> Vec<R::Id> {
        let before = self.loaded.len();
        self.total = page.total.or(self.total);
        self.skipped += page.skipped;
        for row in page.items {
            if !self.at.contains_key(row.id()) {
                self.at.insert(row.id().clone(), self.loaded.len());
                self.loaded.push(row);
            }
        }
        let full = R::WORDS.most.is_some_and(|most| self.loaded.len() >= most);
        let new = self.loaded.len() > before && !full;
        self.next = page.next.filter(|next| new && self.goes_on(next));
        self.narrow_more(before);
        self.loaded[before..].iter().filter(|row| row.is_thin()).map(|row| row.id().clone()).collect()
    }

    fn goes_on(&mut self, next: &Next) -> bool {
        match next {
            Next::Cursor(cursor) => self.used.insert(cursor.clone()),
            Next::Number(number) => {
                let rises = *number > self.page;
                self.page = *number;
                rises
            }
        }
    }

    /// Puts whole rows in the place of thin ones; rows of other records are nothing here.
    pub fn replace(&mut self, rows: Vec<R>) {
        for row in rows {
            if let Some(old) = self.at.get(row.id()).and_then(|&at| self.loaded.get_mut(at)) {
                *old = row;
            }
        }
    }

    /// Shows only the rows that hold these letters. Walks all rows.
    pub fn narrow(&mut self, letters: &str, words: String) {
        self.narrowed = Some(Narrowed { letters: letters.to_lowercase(), words, at: Vec::new() });
        self.narrow_more(0);
        self.list = List::default();
    }

    fn narrow_more(&mut self, from: usize) {
        let Some(narrowed) = &mut self.narrowed else { return };
        let new = self.loaded.iter().enumerate().skip(from);
        narrowed.at.extend(new.filter(|(_, row)| row.holds(&narrowed.letters)).map(|(at, _)| at));
    }
}

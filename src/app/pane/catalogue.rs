//! A screen that lists records of one kind: a search line, the rows, and the pages that they lead to. People and companies
//! are two of it. Owns which part has the keys; each kind says for itself how it is asked for; refuses to draw.

mod cards;
mod commands;
mod layout;
mod line;
pub mod listing;
mod reasons;
mod rows;
mod screen;

pub use cards::{Card, Cards};
pub use layout::Areas;
pub use line::SearchField;
pub use listing::Listing;
pub use rows::{Narrowed, Rows};

use std::fmt::Debug;
use std::hash::Hash;

use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::call::{Answer, Call, Fault};
use crate::domain::page::{Next, Page};
use crate::domain::query::Wrong;

/// What a kind of record is called, and its limits.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// One of them.
    pub one: &'static str,
    /// Several of them.
    pub many: &'static str,
    /// The most that the server lists, however many there are.
    pub most: Option<usize>,
}

/// A kind of record that can be listed.
pub trait Record: Clone + Debug + 'static {
    /// Its id.
    type Id: Clone + Eq + Hash + Debug;
    /// What it can be searched by; the default asks for all.
    type Filter: Clone + PartialEq + Debug + Default;
    /// What it is called.
    const WORDS: Words;
    /// Where keys go in its list.
    const PLACE: Place;

    /// Its id.
    fn id(&self) -> &Self::Id;

    /// What it is called; never empty.
    fn called(&self) -> &str;

    /// Whether only a part of it is known.
    fn is_thin(&self) -> bool;

    /// The page that it leads to.
    fn card(&self) -> Card;

    /// Puts what is known of it where its page looks for it.
    fn lay_out(&self, cards: &mut Cards);

    /// The record as JSON.
    fn json(&self) -> String;

    /// Tells everybody what it says about names.
    fn learn(&self, shell: &mut Shell);

    /// Reads what was typed.
    ///
    /// # Errors
    /// The first word that cannot be read.
    fn read(typed: &str, shell: &Shell) -> Result<Self::Filter, Wrong>;

    /// The call for a page; the first one when there is no `next`.
    fn call(filter: &Self::Filter, next: Option<&Next>) -> Call;

    /// The call that brings whole records in the place of thin ones, if there is any.
    fn whole(thin: &[Self::Id]) -> Option<Call>;

    /// The page that an answer holds.
    fn page(answer: Answer) -> Option<Page<Self>>;

    /// Whether a fault only says that there is no such record.
    fn is_none(fault: &Fault) -> bool;

    /// The letters to look for in what is loaded when the server finds nothing; none when it looks for parts by itself.
    fn letters(filter: &Self::Filter) -> Option<&str>;

    /// Whether it holds these letters, which are lower case.
    fn holds(&self, letters: &str) -> bool;

    /// What has to be said of how a search is understood; empty for nothing.
    fn caveat(filter: &Self::Filter) -> &'static str;
}

/// The screen.
#[derive(Debug)]
pub struct Catalogue<R: Record> {
    /// The search line.
    pub line: SearchField,
    /// The list and its calls.
    pub listing: Listing<R>,
    /// The pages that are open.
    pub cards: Cards,
    /// Where everything is.
    pub areas: Areas,
    /// Whether anybody looked at the screen yet; before that nothing is asked.
    visited: bool,
}

impl<R: Record> Default for Catalogue<R> {
    fn default() -> Self {
        Self {
            line: SearchField::default(),
            listing: Listing::default(),
            cards: Cards::default(),
            areas: Areas::default(),
            visited: false,
        }
    }
}

impl<R: Record> Catalogue<R> {
    /// The record that keys are about in the list.
    pub fn current(&self) -> Option<&R> {
        self.listing.rows.current()
    }

    /// The search that the line stands for when nobody types in it.
    pub fn searched(&self) -> &str {
        self.listing.asked_words().unwrap_or_else(|| self.listing.rows.words())
    }

    /// Leaves every page and searches for words that another screen gave.
    pub fn search_for(&mut self, shell: &mut Shell, words: &str) {
        self.cards.close(shell);
        self.visited = true;
        self.line.begin(words);
        self.submit(shell);
    }

    /// Opens a page that another screen asked for.
    pub fn open_card(&mut self, shell: &mut Shell, card: Card) {
        self.cards.close(shell);
        self.cards.open(shell, card);
    }

    /// Searches for what is typed; what cannot be read keeps the cursor.
    fn submit(&mut self, shell: &mut Shell) {
        match R::read(self.line.field.text(), shell) {
            Ok(filter) => {
                let words = self.line.done();
                self.listing.search(shell, filter, words);
            }
            Err(wrong) => self.line.wrong = Some(wrong),
        }
    }
}

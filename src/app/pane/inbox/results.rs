//! The rows of a search, in the server's order, what is shown of them, and where the next page is. Owns the rule for
//! duplicates, for the end of paging and for where the cursor goes when rows move; refuses to ask.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::rows::filter::Hits;
use super::rows::{Arranged, Known};
use crate::app::list::{List, Move};
use crate::app::shell::Shell;
use crate::domain::conversation::ConversationRow;
use crate::domain::id::ConversationId;
use crate::domain::page::{Cursor, Next, Page};
use crate::domain::query::{Query, Settled, parse};
use crate::domain::roster::Roster;
use crate::domain::time::Unix;

/// A query as a person would type it: free text without `q:`, unless it would be read as something else.
fn as_typed(query: &Query) -> String {
    let bare = Query { text: query.text.clone(), ..Query::default() };
    if bare.text.is_empty() || parse(&bare.text).ok().as_ref() != Some(&bare) {
        return query.typed();
    }
    let filters = Query { text: String::new(), ..query.clone() }.typed();
    if filters.is_empty() { bare.text } else { format!("{filters} {}", bare.text) }
}

/// What a search has brought so far.
#[derive(Debug, Default)]
pub struct Results {
    /// What was asked, as it was typed.
    pub query: Query,
    /// What of it goes to the server, and what is cut here.
    pub settled: Settled,
    /// The same as a person would type it.
    pub words: String,
    /// The cursor and the window over the rows that are shown.
    pub list: List,
    /// How many the server says there are.
    pub total: Option<u64>,
    /// What is shown, in which order.
    pub arranged: Arranged,
    /// When its first page came.
    pub answered_at: Unix,
    /// Where the cursor was when the filter was opened, by number of the row, until somebody moves it.
    home: Option<u32>,
    rows: Vec<ConversationRow>,
    at: HashMap<ConversationId, usize>,
    next: Option<Cursor>,
    used: HashSet<Cursor>,
}

impl Results {
    /// A search that has brought nothing yet.
    pub fn of(query: Query) -> Self {
        let settled = Settled { sent: query.clone(), cut: Vec::new() };
        Self::divided(query, settled)
    }

    /// A search that has brought nothing yet, divided into what is asked and what is cut here.
    pub fn divided(query: Query, settled: Settled) -> Self {
        Self { words: as_typed(&query), query, settled, ..Self::default() }
    }

    /// Every row that is loaded, in the server's order.
    pub fn rows(&self) -> &[ConversationRow] {
        &self.rows
    }

    /// The rows that are shown, in the order of the list.
    pub fn shown(&self) -> impl DoubleEndedIterator<Item = &ConversationRow> + ExactSizeIterator {
        self.arranged.shown().iter().map(|&number| &self.rows[number as usize])
    }

    /// How many rows are shown.
    pub fn shown_len(&self) -> usize {
        self.arranged.shown().len()
    }

    /// The row that is shown in this place, from 0.
    pub fn shown_at(&self, place: usize) -> Option<&ConversationRow> {
        self.arranged.shown().get(place).and_then(|&number| self.rows.get(number as usize))
    }

    /// In which place a conversation is shown, from 0; none when it is not. Walks the numbers of the rows.
    pub fn shown_place(&self, id: &ConversationId) -> Option<usize> {
        let number = u32::try_from(*self.at.get(id)?).ok()?;
        self.arranged.shown().iter().position(|shown| *shown == number)
    }

    /// The row under the cursor.
    pub fn current(&self) -> Option<&ConversationRow> {
        self.shown_at(self.list.cursor())
    }

    /// Works out what is shown, if anything changed; the cursor stays on its conversation, else goes to the next one that
    /// was below it, else to the one above. False when nothing had changed.
    pub fn settle(&mut self, shell: &Shell) -> bool {
        if !self.arranged.is_stale(&shell.triage, shell.now.unix) {
            return false;
        }
        let before = self.arranged.arrange(Known {
            rows: &self.rows,
            settled: &self.settled,
            triage: &shell.triage,
            roster: &shell.roster,
            now: shell.now.unix,
            zone: shell.now.zone,
        });
        let at = self.list.cursor().min(before.len());
        let mut places = vec![None; self.rows.len()];
        for (place, &number) in self.arranged.shown().iter().enumerate() {
            places[number as usize] = Some(place);
        }
        let (above, below) = before.split_at(at);
        let ways = self.home.iter().chain(below).chain(above.iter().rev());
        let stays = ways.copied().find_map(|number| places[number as usize]);
        self.list.hold(self.arranged.shown().len(), stays.unwrap_or_default(), self.list.above());
        true
    }

    /// Filters what is loaded by these words; none for no filter. The cursor comes back to where it was when its row does.
    pub(super) fn set_filter(&mut self, shell: &Shell, typed: Option<&str>) {
        let here = self.arranged.shown().get(self.list.cursor()).copied();
        self.home = self.home.or(here);
        self.arranged.set_filter(typed, &self.rows, &shell.roster);
        self.settle(shell);
        if typed.is_none() {
            self.home = None;
        }
    }

    /// Shows these rows alone, for a reason in words; none for all rows. The cursor comes back to where it was with them.
    pub(super) fn set_only(&mut self, shell: &Shell, only: Option<(String, HashSet<ConversationId>)>) {
        let here = self.arranged.shown().get(self.list.cursor()).copied();
        self.home = self.home.or(here);
        let is_all = only.is_none();
        self.arranged.set_only(only);
        self.settle(shell);
        if is_all {
            self.home = None;
        }
    }

    /// Where the filter's words are in the rows of these places.
    pub(super) fn hits(&mut self, places: Range<usize>, roster: &Roster) -> Vec<Hits> {
        let rows: Vec<&ConversationRow> = places
            .filter_map(|place| {
                self.arranged.shown().get(place).and_then(|&number| self.rows.get(number as usize))
            })
            .collect();
        let Some(filter) = self.arranged.filter_mut().filter(|filter| !filter.is_blank()) else {
            return Vec::new();
        };
        rows.into_iter().map(|row| filter.hits(row, roster)).collect()
    }

    /// Moves the cursor.
    pub(super) fn go(&mut self, movement: Move) {
        self.home = None;
        self.list.go(movement);
    }

    /// Puts the cursor where it was in the rows that these replace: on its conversation, else on the next one below that is
    /// still here, else on one above, else in the same place.
    pub(super) fn stay(&mut self, old: &Self) {
        let places: HashMap<&ConversationId, usize> =
            self.shown().enumerate().map(|(place, row)| (&row.id, place)).collect();
        let (at, len) = (old.list.cursor(), old.shown_len());
        let ways = (at..len).chain((0..at.min(len)).rev());
        let stays = ways.filter_map(|place| old.shown_at(place)).find_map(|row| places.get(&row.id).copied());
        self.list.hold(self.shown_len(), stays.unwrap_or(at), old.list.above());
    }

    /// The row of a conversation.
    pub fn row(&self, id: &ConversationId) -> Option<&ConversationRow> {
        self.at.get(id).and_then(|&at| self.rows.get(at))
    }

    /// Where a conversation stands, from 0.
    pub fn position(&self, id: &ConversationId) -> Option<usize> {
        self.at.get(id).copied()
    }

    /// Where the next page is; none when paging has ended.
    pub fn next(&self) -> Option<&Cursor> {
        self.next.as_ref()
    }

    /// Adds a page. Rows already here are dropped. A page without new rows, or a cursor that was used before, ends
    /// paging. Returns the ids whose rows are thin.
    pub fn add(&mut self, page: Page<ConversationRow>) -> Vec<ConversationId> {
        let before = self.rows.len();
        self.total = page.total.or(self.total);
        for row in page.items {
            if !self.at.contains_key(&row.id) {
                self.at.insert(row.id.clone(), self.rows.len());
                self.rows.push(row);
            }
        }
        self.next = match page.next {
            Some(Next::Cursor(cursor)) if self.rows.len() > before => Some(cursor),
            Some(Next::Cursor(_) | Next::Number(_)) | None => None,
        };
        if let Some(cursor) = &self.next
            && !self.used.insert(cursor.clone())
        {
            self.next = None;
        }
        self.arranged.touch();
        self.rows[before..].iter().filter(|row| row.thin).map(|row| row.id.clone()).collect()
    }

    /// Puts whole rows in the place of thin ones; rows of other conversations are nothing here.
    pub fn replace(&mut self, rows: Vec<ConversationRow>) {
        for row in rows {
            if let Some((at, old)) = self.at.get(&row.id).and_then(|&at| Some((at, self.rows.get_mut(at)?))) {
                *old = row;
                self.arranged.touch_one(at);
            }
        }
    }

    /// Puts a fresher row where the old one was.
    pub fn refresh(&mut self, row: &ConversationRow) {
        if let Some((at, old)) = self.at.get(&row.id).and_then(|&at| Some((at, self.rows.get_mut(at)?)))
            && old != row
        {
            *old = row.clone();
            self.arranged.touch_one(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::conversation::bare_row;
    use proptest::prelude::*;

    fn row(id: u64) -> ConversationRow {
        ConversationRow { thin: true, ..bare_row(id) }
    }

    fn page(ids: &[u64], next: Option<&str>) -> Page<ConversationRow> {
        let next = next.map(|text| Next::Cursor(Cursor(text.into())));
        Page { items: ids.iter().map(|&id| row(id)).collect(), next, total: Some(9), skipped: 0 }
    }

    #[test]
    fn duplicates_are_dropped_and_a_repeated_cursor_ends_paging() {
        let mut results = Results::default();
        assert_eq!(results.add(page(&[1, 2, 1], Some("a"))).len(), 2);
        assert_eq!(results.add(page(&[2, 3], Some("b"))).len(), 1);
        assert!(results.next().is_some());
        results.add(page(&[4], Some("a")));
        assert_eq!((results.rows().len(), results.next()), (4, None));
    }

    #[test]
    fn a_page_without_new_rows_ends_paging() {
        let mut results = Results::default();
        results.add(page(&[1], Some("a")));
        results.add(page(&[1], Some("b")));
        assert_eq!(results.next(), None);
    }

    #[test]
    fn queries_are_shown_as_typed() {
        let shown = |typed: &str| as_typed(&parse(typed).unwrap());
        assert_eq!(shown("refund"), "refund");
        assert_eq!(shown("refund state:closed now"), "state:closed refund now");
        assert_eq!(shown("state:closed"), "state:closed");
        assert_eq!(shown("q:\"a:b\""), "q:\"a:b\"");
        assert_eq!(shown(""), "");
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_as_the_same_query(typed in "[a-z:\" ]{0,24}") {
            if let Ok(query) = parse(&typed) {
                prop_assert_eq!(parse(&as_typed(&query)), Ok(query));
            }
        }

        #[test]
        fn ids_are_unique_and_paging_ends(pages in proptest::collection::vec((proptest::collection::vec(0u64..30, 0..8), 0u8..6), 0..40)) {
            let mut results = Results::default();
            let mut asked = 0;
            for (ids, cursor) in pages {
                asked += 1;
                results.add(page(&ids, Some(&cursor.to_string())));
                if results.next().is_none() {
                    break;
                }
            }
            let ids: HashSet<&ConversationId> = results.rows().iter().map(|row| &row.id).collect();
            prop_assert_eq!(ids.len(), results.rows().len());
            prop_assert!(results.rows().iter().enumerate().all(|(at, row)| results.position(&row.id) == Some(at)));
            prop_assert!(asked <= 7, "a cursor was followed twice");
        }
    }

    #[test]
    fn whole_rows_take_the_place_of_thin_ones() {
        let mut results = Results::default();
        results.add(page(&[1, 2], None));
        let whole = ConversationRow { thin: false, ..row(2) };
        results.replace(vec![whole, row(7)]);
        assert_eq!(results.rows().iter().map(|row| row.thin).collect::<Vec<_>>(), [true, false]);
    }
}

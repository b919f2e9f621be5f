//! The rows of a search, in the server's order, what is shown of them, and where the next page is. Owns the rule for
//! duplicates, for the end of paging and for where the cursor goes when rows move; refuses to ask.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::rows::filter::Hits;
use super::rows::{Arranged, Known};
use super::thread::standing::{Beside, Stand};
use crate::app::list::{List, Move};
use crate::app::shell::Shell;
use crate::domain::conversation::ConversationRow;
use crate::domain::id::ConversationId;
use crate::domain::page::{Cursor, Next, Page};
use crate::domain::query::{Query, Settled, parse};
use crate::domain::roster::Roster;
use crate::domain::sort::Sort;
use crate::domain::text::reveal;
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

/// What arranging needs to know.
fn known<'a>(rows: &'a [ConversationRow], settled: &'a Settled, shell: &'a Shell) -> Known<'a> {
    Known {
        rows,
        settled,
        triage: &shell.triage,
        roster: &shell.roster,
        now: shell.now.unix,
        zone: shell.now.zone,
    }
}

/// What a search has brought so far.
#[derive(Debug, Default)]
pub struct Results {
    /// What was asked, as it was typed.
    pub query: Query,
    /// What of it goes to the server, and what is cut here.
    pub settled: Settled,
    /// The same as a person would type it, with what nobody sees spelt out.
    pub words: String,
    /// The cursor and the window over the rows that are shown.
    pub list: List,
    /// How many the server says there are.
    pub total: Option<u64>,
    /// How many rows that came could not be read.
    pub skipped: usize,
    /// What is shown, in which order.
    pub arranged: Arranged,
    /// When its first page came.
    pub answered_at: Unix,
    /// Where the cursor was when the filter was opened, by number of the row, until somebody moves it.
    home: Option<u32>,
    /// Whether nobody meant the row under the cursor yet.
    pub(super) untouched: bool,
    /// The conversation that was read last from here.
    stand: Stand,
    /// Shared with whoever writes them to a file.
    rows: Arc<Vec<ConversationRow>>,
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
        Self { words: reveal(&as_typed(&query)), query, settled, ..Self::default() }
    }

    /// Every row that is loaded, in the server's order.
    pub fn rows(&self) -> &[ConversationRow] {
        &self.rows
    }

    /// The same, for somebody who reads them while the list goes on.
    pub(super) fn shared(&self) -> Arc<Vec<ConversationRow>> {
        Arc::clone(&self.rows)
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

    /// In which place a conversation is shown, from 0; none when it is not.
    pub fn shown_place(&self, id: &ConversationId) -> Option<usize> {
        self.arranged.shown_place(u32::try_from(*self.at.get(id)?).ok()?)
    }

    /// The row under the cursor.
    pub fn current(&self) -> Option<&ConversationRow> {
        self.shown_at(self.list.cursor())
    }

    /// Works out what is shown, if anything changed; the cursor stays on its conversation, else goes to the next one that
    /// was below it, else to the one above. False when nothing had changed.
    pub fn settle(&mut self, shell: &Shell) -> bool {
        if !self.arranged.is_stale(shell) {
            return false;
        }
        self.rearrange(|results| results.splice(shell).unwrap_or_else(|| results.arrange(shell)));
        true
    }

    /// Shows the rows that are away, or hides them. Costs a look at those with marks, not at all.
    pub(super) fn show_away(&mut self, shell: &Shell, show: bool) {
        self.settle(shell);
        let aside = shell.triage.marks().filter(|(_, mark)| mark.is_aside());
        let aside = aside.filter_map(|(id, _)| u32::try_from(*self.at.get(id)?).ok());
        let aside: Vec<u32> = aside.collect();
        self.rearrange(|results| {
            let known = known(&results.rows, &results.settled, shell);
            let before = results.arranged.turn_away(known, &aside, show);
            results.place_after(&before)
        });
    }

    /// Shows other rows, or in another order, by `arrange`, which gives back where the cursor goes.
    fn rearrange(&mut self, arrange: impl FnOnce(&mut Self) -> usize) {
        let stood = self.stand.id().and_then(|id| self.shown_place(id));
        let before = self.stand.id().map(|_| self.arranged.shown().to_vec()).unwrap_or_default();
        let place = arrange(self);
        let arranged = &self.arranged;
        let now = self
            .stand
            .id()
            .and_then(|id| self.at.get(id))
            .and_then(|&at| arranged.shown_place(u32::try_from(at).ok()?));
        self.stand.settle(before.len(), stood, now, |place| arranged.shown_place(before[place]));
        // Where one was is waited for while the filter hides it; what went away by a mark is not.
        self.home = self.home.filter(|&number| !self.arranged.is_gone(number));
        self.list.hold(self.arranged.shown().len(), place, self.list.above());
    }

    /// Moves the rows that were marked, and gives back where the cursor goes; none when more than a few marks changed.
    fn splice(&mut self, shell: &Shell) -> Option<usize> {
        let since = self.arranged.marked_since(shell)?;
        let changed = shell.triage.changed_since(since)?.filter_map(|id| self.at.get(id));
        let mut numbers: Vec<u32> = changed.filter_map(|&at| u32::try_from(at).ok()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let known = known(&self.rows, &self.settled, shell);
        let stays = self.arranged.splice(known, &numbers, self.home, self.list.cursor());
        Some(stays.unwrap_or_default())
    }

    /// Works out everything anew, and gives back where the cursor goes.
    fn arrange(&mut self, shell: &Shell) -> usize {
        let before = self.arranged.arrange(known(&self.rows, &self.settled, shell));
        self.place_after(&before)
    }

    /// Where the cursor goes when other rows are shown than those.
    fn place_after(&self, before: &[u32]) -> usize {
        if self.stays_on_top() {
            return 0;
        }
        let (above, below) = before.split_at(self.list.cursor().min(before.len()));
        let ways = self.home.iter().chain(below).chain(above.iter().rev());
        ways.copied().find_map(|number| self.arranged.shown_place(number)).unwrap_or_default()
    }

    /// Whether the cursor keeps to the first row, whichever that is: in an order of ours, until somebody chose a row by moving to it
    /// or doing something to it.
    pub fn stays_on_top(&self) -> bool {
        self.untouched
            && self.home.is_none()
            && self.list.cursor() == 0
            && self.arranged.order().by != Sort::Server
    }

    /// Somebody means the row under the cursor.
    pub(super) fn mean(&mut self) {
        (self.untouched, self.home) = (false, None);
    }

    /// A conversation is read; where it stands is known from now on, even when its row goes away.
    pub(super) fn read(&mut self, id: &ConversationId) {
        if self.place_of(id).is_some() {
            self.stand.read(id);
        }
    }

    /// In which place a conversation is shown; the one under the cursor is found at once.
    fn place_of(&self, id: &ConversationId) -> Option<usize> {
        let here = self.current().filter(|row| row.id == *id).map(|_| self.list.cursor());
        here.or_else(|| self.shown_place(id))
    }

    /// The places beside a conversation that is read: beside its own, where it is or was; else beside that of the one that
    /// was read last from here; else the one under the cursor is next.
    pub(super) fn beside(&self, open: &ConversationId) -> Beside {
        let place = |id: &ConversationId| self.place_of(id).map(Beside::row);
        let last = || self.stand.left().map(Beside::gap).or_else(|| place(self.stand.id()?));
        let own = if self.stand.id() == Some(open) { None } else { place(open) };
        own.or_else(last).unwrap_or_else(|| Beside::gap(self.list.cursor()))
    }

    /// Puts the cursor on the row of a place.
    pub(super) fn select(&mut self, place: usize) {
        self.mean();
        self.list.select(place);
    }

    /// What was read last from the rows that these replace stands where it stood there; in another search nowhere.
    pub(super) fn stand_as(&mut self, old: &mut Self, same_search: bool) {
        self.stand = std::mem::take(&mut old.stand);
        let Some(id) = self.stand.id().cloned() else { return };
        if !same_search {
            return self.stand.read(&id);
        }
        let mut stand = std::mem::take(&mut self.stand);
        let places: HashMap<&ConversationId, usize> =
            self.shown().enumerate().map(|(place, row)| (&row.id, place)).collect();
        let (was, now) = (old.shown_place(&id), places.get(&id).copied());
        stand.settle(old.shown_len(), was, now, |place| places.get(&old.shown_at(place)?.id).copied());
        self.stand = stand;
    }

    /// Filters what is loaded by these words; none for no filter. The cursor comes back to where it was when its row does.
    pub(super) fn set_filter(&mut self, shell: &Shell, typed: Option<&str>) {
        self.remember_place();
        self.arranged.set_filter(typed, &self.rows, &shell.roster);
        self.settle(shell);
        self.home = self.home.filter(|_| typed.is_some());
    }

    /// Reads some more rows for the filter that is open. False when every one was read.
    pub(super) fn read_for_filter(&mut self, shell: &Shell) -> bool {
        self.arranged.read_for_filter(&self.rows, &shell.roster)
    }

    fn remember_place(&mut self) {
        self.home = self.home.or_else(|| self.arranged.shown().get(self.list.cursor()).copied());
    }

    /// Shows these rows alone, for a reason in words; none for all rows. The cursor comes back to where it was with them.
    pub(super) fn set_only(&mut self, shell: &Shell, only: Option<(String, HashSet<ConversationId>)>) {
        self.remember_place();
        let some = only.is_some();
        self.arranged.set_only(only);
        self.settle(shell);
        self.home = self.home.filter(|_| some);
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
        // Who goes to the top wants to see what is first there.
        self.untouched = movement == Move::Top;
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
        self.skipped += page.skipped;
        let rows = Arc::make_mut(&mut self.rows);
        for row in page.items {
            if !self.at.contains_key(&row.id) {
                self.at.insert(row.id.clone(), rows.len());
                rows.push(row);
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
        let old_rows = Arc::make_mut(&mut self.rows);
        for row in rows {
            if let Some((at, old)) = self.at.get(&row.id).and_then(|&at| Some((at, old_rows.get_mut(at)?))) {
                *old = row;
                self.arranged.touch_one(at);
            }
        }
    }

    /// Puts a fresher row where the old one was.
    pub fn refresh(&mut self, row: &ConversationRow) {
        let at = self.at.get(&row.id).copied();
        let at = at.filter(|&at| self.rows.get(at).is_some_and(|old| old != row));
        if let Some(at) = at
            && let Some(old) = Arc::make_mut(&mut self.rows).get_mut(at)
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

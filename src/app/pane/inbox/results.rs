//! The rows of a search, in the server's order, and where its next page is. Owns the rule for duplicates and for the end
//! of paging; refuses to ask.

use std::collections::{HashMap, HashSet};

use crate::app::list::List;
use crate::domain::conversation::ConversationRow;
use crate::domain::id::ConversationId;
use crate::domain::page::{Cursor, Next, Page};
use crate::domain::query::{Query, parse};

/// A query as a person would type it: free text without `q:`, unless it would be read as something else.
fn as_typed(query: &Query) -> String {
    let bare = Query { text: query.text.clone(), ..Query::default() };
    if bare.text.is_empty() || parse(&bare.text).ok().as_ref() != Some(&bare) {
        return query.to_string();
    }
    let filters = Query { text: String::new(), ..query.clone() }.to_string();
    if filters.is_empty() { bare.text } else { format!("{filters} {}", bare.text) }
}

/// What a search has brought so far.
#[derive(Debug, Default)]
pub struct Results {
    /// What was asked.
    pub query: Query,
    /// The same as a person would type it.
    pub words: String,
    /// The cursor and the window over the rows.
    pub list: List,
    /// How many the server says there are.
    pub total: Option<u64>,
    rows: Vec<ConversationRow>,
    at: HashMap<ConversationId, usize>,
    next: Option<Cursor>,
    used: HashSet<Cursor>,
}

impl Results {
    /// A search that has brought nothing yet.
    pub fn of(query: Query) -> Self {
        Self { words: as_typed(&query), query, ..Self::default() }
    }

    /// The rows, in the server's order.
    pub fn rows(&self) -> &[ConversationRow] {
        &self.rows
    }

    /// The row under the cursor.
    pub fn current(&self) -> Option<&ConversationRow> {
        self.rows.get(self.list.cursor())
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
        self.rows[before..].iter().filter(|row| row.thin).map(|row| row.id.clone()).collect()
    }

    /// Puts whole rows in the place of thin ones; rows of other conversations are nothing here.
    pub fn replace(&mut self, rows: Vec<ConversationRow>) {
        for row in rows {
            if let Some(old) = self.at.get(&row.id).and_then(|&at| self.rows.get_mut(at)) {
                *old = row;
            }
        }
    }

    /// Puts a fresher row where the old one was.
    pub fn refresh(&mut self, row: &ConversationRow) {
        if let Some(old) = self.at.get(&row.id).and_then(|&at| self.rows.get_mut(at))
            && old != row
        {
            *old = row.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(id: u64) -> ConversationRow {
        ConversationRow {
            id: ConversationId::read(&id.to_string()).unwrap(),
            subject: crate::domain::text::Clean::default(),
            preview: crate::domain::text::Clean::default(),
            state: crate::domain::conversation::State::Open,
            author: crate::domain::conversation::Author::default(),
            contacts: Vec::new(),
            created_at: None,
            updated_at: None,
            waiting_since: None,
            snoozed_until: None,
            admin: None,
            team: None,
            tags: Vec::new(),
            priority: crate::domain::conversation::Priority::None,
            sla: None,
            rating: None,
            fin: None,
            channel: crate::domain::text::Clean::default(),
            read: None,
            first_reply: None,
            first_close: None,
            thin: true,
        }
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

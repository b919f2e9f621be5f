//! Cursors: opaque texts that say where a page ended, and only fit the query they were made for.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::{Value, json};

use super::fields::Subject;
use super::filter::Query;
use super::refusal::Refusal;
use super::workspace::Workspace;

/// Page size when none is asked for.
pub(crate) const DEFAULT_PAGE: usize = 5;
/// The largest page.
pub(crate) const MOST_PER_PAGE: usize = 150;
/// Counts kept; beyond it they are counted again.
const MOST_COUNTS: usize = 64;

/// One page of a search.
#[derive(Debug)]
pub(crate) struct Page {
    /// Positions of the records.
    pub(crate) found: Vec<u32>,
    /// How many records match in all.
    pub(crate) total: usize,
    number: usize,
    size: usize,
    next: Option<String>,
}

impl Page {
    /// The `pages` object of a result.
    pub(crate) fn pages(&self) -> Value {
        let mut pages = json!({
            "type": "pages",
            "page": self.number,
            "per_page": self.size,
            "total_pages": self.total.div_ceil(self.size),
        });
        if let (Some(next), Some(pages)) = (&self.next, pages.as_object_mut()) {
            pages.insert("next".to_owned(), json!({"page": self.number + 1, "starting_after": next}));
        }
        pages
    }

    /// The `_note` of a result, absent on the last page.
    pub(crate) fn note(&self, how: &str) -> Option<String> {
        let next = self.next.as_ref()?;
        Some(format!("More results available. To get the next page, {how}{next}"))
    }
}

/// Where a page ended: time and position of its last record, the page's number, and whose query it was.
#[derive(Debug, PartialEq, Eq)]
struct Cursor {
    at: i64,
    index: u32,
    page: usize,
    query: u64,
}

/// A number that differs between queries.
pub(crate) fn fingerprint(subject: Subject, arguments: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    subject.word().hash(&mut hasher);
    arguments.hash(&mut hasher);
    hasher.finish()
}

/// One page: the records after the cursor that the query asks for, most recently updated first.
///
/// # Errors
/// `parameter_invalid` for a cursor that is none, or that belongs to another query.
pub(crate) fn page(
    workspace: &mut Workspace,
    query: &Query,
    fingerprint: u64,
    per_page: usize,
    starting_after: Option<&str>,
) -> Result<Page, Refusal> {
    let cursor = starting_after.map(|text| Cursor::read(text, fingerprint)).transpose()?;
    let total = total(workspace, query, fingerprint);
    let (order, key) = order(workspace, query.subject);
    let start = cursor.as_ref().map_or(0, |cursor| {
        order.partition_point(|&index| (key(workspace, index), index) >= (cursor.at, cursor.index))
    });
    let mut matching =
        order.get(start..).unwrap_or(&[]).iter().copied().filter(|&index| query.matches(workspace, index));
    let found: Vec<u32> = matching.by_ref().take(per_page).collect();
    let number = cursor.map_or(1, |cursor| cursor.page);
    let more = found.len() == per_page && matching.next().is_some();
    let last = found.last().copied().filter(|_| more);
    let next = last.map(|index| {
        Cursor { at: key(workspace, index), index, page: number + 1, query: fingerprint }.text()
    });
    Ok(Page { found, total, number, size: per_page, next })
}

type Updated = fn(&Workspace, u32) -> i64;

/// The records of a subject, most recently updated first, and what tells when each was.
fn order(workspace: &Workspace, subject: Subject) -> (&[u32], Updated) {
    match subject {
        Subject::Conversations => (&workspace.conversation_order, Workspace::conversation_updated),
        Subject::Contacts => (&workspace.person_order, Workspace::person_updated),
    }
}

fn total(workspace: &mut Workspace, query: &Query, fingerprint: u64) -> usize {
    if let Some(&total) = workspace.counts.get(&fingerprint) {
        return total;
    }
    let (order, _) = order(workspace, query.subject);
    let total = order.iter().filter(|&&index| query.matches(workspace, index)).count();
    if workspace.counts.len() >= MOST_COUNTS {
        workspace.counts.clear();
    }
    workspace.counts.insert(fingerprint, total);
    total
}

impl Cursor {
    fn text(&self) -> String {
        let fields = format!("{:x}.{:x}.{:x}.{:x}", self.at, self.index, self.page, self.query);
        // Turned around and without a readable number: nobody should build one.
        fields.bytes().rev().map(|byte| char::from(if byte == b'.' { b'z' } else { byte })).collect()
    }

    fn read(text: &str, fingerprint: u64) -> Result<Self, Refusal> {
        let turned: String = text.chars().rev().collect();
        let mut fields = turned.split('z').map(|field| u64::from_str_radix(field, 16).ok());
        let mut next = || fields.next().flatten();
        let cursor = || -> Option<Self> {
            Some(Self {
                at: next()?.cast_signed(),
                index: u32::try_from(next()?).ok()?,
                page: usize::try_from(next()?).ok().filter(|page| *page < usize::MAX)?,
                query: next()?,
            })
        };
        let mut cursor = cursor;
        match cursor() {
            Some(cursor) if cursor.query == fingerprint => Ok(cursor),
            Some(_) => Err(Refusal::invalid("starting_after belongs to a query with other arguments")),
            None => Err(Refusal::invalid("starting_after is not a valid cursor")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_fits_one_query_only() {
        let cursor = Cursor { at: -5, index: 7, page: 2, query: 0xabc };
        let text = cursor.text();
        assert_eq!(Cursor::read(&text, 0xabc).unwrap(), cursor);
        assert!(Cursor::read(&text, 0xabd).unwrap_err().text().contains("other arguments"));
        for broken in ["", "zzz", "é", "12z", &"f".repeat(99)] {
            assert!(Cursor::read(broken, 1).unwrap_err().text().contains("not a valid cursor"), "{broken}");
        }
    }
}

//! Lists in every shape they come in (section 12, rules 7 and 8), and where the next page is.

use serde_json::Value;

use super::fields;
use crate::domain::call::{Counted, Fault, FaultKind};
use crate::domain::page::{Cursor, Next, Page};

/// Longest cursor taken, in bytes.
const LONGEST_CURSOR: usize = 4_096;

/// How the page was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    way: Way,
    rows: u16,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Way {
    /// By cursor; none for the first page.
    Cursor(Option<Cursor>),
    /// By number, from 1.
    Number(u32),
    /// Not at all: there is one page.
    One,
}

impl Asked {
    pub(super) fn after(cursor: Option<Cursor>, rows: u16) -> Self {
        Self { way: Way::Cursor(cursor), rows }
    }

    pub(super) fn number(page: u32, rows: u16) -> Self {
        Self { way: Way::Number(page.max(1)), rows }
    }

    pub(super) fn one() -> Self {
        Self { way: Way::One, rows: 0 }
    }
}

/// Reads a page: its records through `read`, what cannot be read is counted.
pub(super) fn of<T>(
    value: &Value,
    asked: &Asked,
    kind: &str,
    read: impl Fn(&Value) -> Option<T>,
) -> Result<Page<T>, Fault> {
    let records = records(value, kind).ok_or_else(no_list)?;
    let items: Vec<T> = records.iter().filter_map(read).collect();
    Ok(Page {
        next: next(value, asked, records.len()),
        total: total(value),
        skipped: records.len() - items.len(),
        items,
    })
}

fn no_list() -> Fault {
    Fault::new(
        FaultKind::Protocol,
        "The server's answer holds no list.",
        "Try again; another search may be answered better.",
    )
}

/// How many records there are, asked with a page of one row (intercom-mcp 4.2): the total that the server says, else the
/// number of its pages of one row, else the rows of the page when it is the last one.
pub(super) fn counted(value: &Value, asked: &Asked) -> Result<Counted, Fault> {
    let found = records(value, "conversations").ok_or_else(no_list)?.len();
    let rows = u64::try_from(found).unwrap_or(u64::MAX);
    let said = total(value).or_else(|| pages_of_one(value, found)).filter(|&said| said >= rows);
    let exact = said.is_some() || next(value, asked, found).is_none();
    Ok(Counted { number: said.unwrap_or(rows), exact, wider: false })
}

/// The number of pages where a page has one row, as it was asked for: a server that does not say how long its pages are
/// may have given more than that, and then the pages count nothing.
fn pages_of_one(value: &Value, found: usize) -> Option<u64> {
    let pages = value.get("pages")?;
    let silent = fields::count(pages, "per_page").is_none() && found <= 1;
    silent.then(|| fields::count(pages, "total_pages"))?
}

/// The records of a list, in whatever shape; none when there is no list at all.
fn records<'a>(value: &'a Value, kind: &str) -> Option<&'a [Value]> {
    if let Value::Array(items) = value {
        return Some(items);
    }
    let names = [kind, "data", "results", "conversations", "articles", "companies", "contacts", "items"];
    for name in names {
        match value.get(name) {
            Some(Value::Array(items)) => return Some(items),
            Some(inner @ Value::Object(_)) => {
                let within = names.iter().find_map(|name| inner.get(name)?.as_array());
                if let Some(items) = within {
                    return Some(items);
                }
                if inner.get("id").is_some() {
                    return Some(std::slice::from_ref(inner));
                }
            }
            _ => {}
        }
    }
    let counted_none =
        fields::whole(value, "total_in_page").or_else(|| fields::whole(value, "total_count")) == Some(0);
    if counted_none {
        return Some(&[]);
    }
    value.get("id").is_some().then(|| std::slice::from_ref(value))
}

fn total(value: &Value) -> Option<u64> {
    let said = fields::count(value, "total_count");
    said.or_else(|| {
        let pages = value.get("pages")?;
        let each_is_one = fields::count(pages, "per_page") == Some(1);
        each_is_one.then(|| fields::count(pages, "total_pages"))?
    })
}

fn next(value: &Value, asked: &Asked, found: usize) -> Option<Next> {
    if found == 0 {
        return None;
    }
    match &asked.way {
        Way::One => None,
        Way::Cursor(used) => {
            let cursor = cursor(value)?;
            let new = used.as_ref() != Some(&cursor);
            new.then_some(Next::Cursor(cursor))
        }
        Way::Number(page) => {
            let pages = value.get("pages").unwrap_or(&Value::Null);
            let more = match fields::count(pages, "total_pages") {
                Some(last) => u64::from(*page) < last,
                None if pages.get("next").is_some() => !pages["next"].is_null(),
                None => found >= usize::from(asked.rows.max(1)),
            };
            more.then(|| Next::Number(page.saturating_add(1)))
        }
    }
}

/// The cursor from `pages.next`, as an object, an address or the cursor itself, else from the note in words (4.1).
fn cursor(value: &Value) -> Option<Cursor> {
    const MARK: &str = "starting_after";
    let next = value.get("pages").and_then(|pages| pages.get("next"));
    let named = match next {
        Some(Value::String(address)) if address.contains("://") => {
            let address = url::Url::parse(address).ok()?;
            let mut pairs = address.query_pairs();
            pairs.find(|(name, _)| name == MARK).map(|(_, cursor)| cursor.into_owned())
        }
        Some(Value::String(cursor)) => Some(cursor.clone()),
        Some(next) => fields::identifier(next, MARK),
        None => None,
    };
    let noted = || {
        let note = fields::text(value, "_note");
        let (_, after) = note.split_once("starting_after:")?;
        let cursor = after.split_whitespace().next()?;
        Some(cursor.trim_matches(['"', '\'', '`', '.', ',']).to_owned())
    };
    let cursor = named.or_else(noted)?;
    let fits = !cursor.is_empty() && cursor.len() <= LONGEST_CURSOR;
    fits.then(|| Cursor(cursor.into_boxed_str()))
}

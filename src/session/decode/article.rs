//! Articles as rows and whole (4.5, 6.4), with the snippets of a search.

use std::collections::HashMap;

use serde_json::Value;

use super::fields::{self, clean, raw, text};
use super::page::{self, Asked};
use crate::domain::article::{Article, ArticleRow, ArticleState, Parent};
use crate::domain::call::Fault;
use crate::domain::html;
use crate::domain::id::{AdminId, ArticleId};
use crate::domain::page::Page;
use crate::domain::text::Clean;

/// Pieces of highlighted text kept for one row.
const MOST_PIECES: usize = 64;
/// Graphemes kept of one piece.
const PIECE: usize = 400;

/// A page of articles; a search's snippets are put to their rows.
pub(super) fn page(value: &Value, asked: &Asked) -> Result<Page<ArticleRow>, Fault> {
    let mut page = page::of(value, asked, "articles", row)?;
    let mut snippets = snippets(value);
    for row in &mut page.items {
        row.highlights = snippets.remove(row.id.as_str()).unwrap_or_default();
    }
    Ok(page)
}

/// Snippets by article id (`data.highlights[]`, REST's article search).
fn snippets(value: &Value) -> HashMap<String, Vec<(Clean, bool)>> {
    let data = value.get("data").filter(|data| data.is_object());
    let listed = fields::list(data.unwrap_or(value), "highlights");
    listed
        .iter()
        .filter_map(|entry| Some((fields::identifier(entry, "article_id")?, pieces(entry))))
        .collect()
}

/// The summary's pieces, else the title's.
fn pieces(entry: &Value) -> Vec<(Clean, bool)> {
    let summary = flat(fields::list(entry, "highlighted_summary"));
    if summary.is_empty() { flat(fields::list(entry, "highlighted_title")) } else { summary }
}

/// Pieces of all snippets, with a sign between two of them: they are from different places of a text.
fn flat(pieces: &[Value]) -> Vec<(Clean, bool)> {
    let mut out: Vec<(Clean, bool)> = Vec::new();
    let (mut parted, mut is_next_apart) = (false, false);
    for piece in pieces {
        let (inner, is_snippet) = match piece {
            Value::Array(inner) => (inner.as_slice(), true),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                (std::slice::from_ref(piece), false)
            }
        };
        parted |= is_snippet || is_next_apart;
        is_next_apart = is_snippet;
        for piece in inner {
            let words = snippet(text(piece, "text"));
            if words.is_empty() {
                continue;
            }
            if std::mem::take(&mut parted) && !out.is_empty() {
                out.push((Clean::text(" … "), false));
            }
            out.push((words, text(piece, "type") == "highlight"));
        }
        if out.len() >= MOST_PIECES {
            break;
        }
    }
    out.truncate(MOST_PIECES);
    out
}

/// The words of a piece, with the blank that parts it from its neighbours; it may hold HTML and entities.
fn snippet(piece: &str) -> Clean {
    let blank = |at_edge: bool| if at_edge { " " } else { "" };
    let words = html::words(piece, PIECE);
    let (start, end) = (piece.starts_with(char::is_whitespace), piece.ends_with(char::is_whitespace));
    Clean::text(&format!("{}{words}{}", blank(start), blank(end && !words.is_empty())))
}

/// An article row; none without an id.
pub(super) fn row(record: &Value) -> Option<ArticleRow> {
    Some(ArticleRow {
        id: ArticleId::read(&fields::identifier(record, "id")?)?,
        title: clean(record, "title"),
        description: clean(record, "description"),
        state: state(record),
        parent: parent(record),
        author: fields::identifier(record, "author_id").and_then(|id| AdminId::read(&id)),
        created_at: fields::time(record, "created_at"),
        updated_at: fields::time(record, "updated_at"),
        address: clean(record, "url"),
        highlights: Vec::new(),
    })
}

fn state(record: &Value) -> Option<ArticleState> {
    match text(record, "state") {
        "published" => Some(ArticleState::Published),
        "draft" => Some(ArticleState::Draft),
        _ => None,
    }
}

/// `parent_id`, or the last of `parent_ids`, which newer versions send instead.
fn parent(record: &Value) -> Option<Parent> {
    let listed = || fields::list(record, "parent_ids").iter().rev().find_map(fields::as_identifier);
    let id = fields::identifier(record, "parent_id").or_else(listed)?;
    Some(Parent { id: id.into(), kind: clean(record, "parent_type") })
}

/// Whether the text was said: a string, or null for "none yet".
pub(super) fn has_body(record: &Value) -> bool {
    matches!(record.get("body"), Some(Value::String(_) | Value::Null))
}

/// A whole article; none without an id. Whether it has its text is for [`has_body`] to say.
pub(super) fn article(record: &Value) -> Option<Article> {
    Some(Article {
        row: row(record)?,
        title: raw(record, "title"),
        description: raw(record, "description"),
        description_said: matches!(record.get("description"), Some(Value::String(_) | Value::Null)),
        body: raw(record, "body"),
    })
}

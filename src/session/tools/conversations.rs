//! Searches for conversations as tool calls (intercom-mcp 3.2, 3.4): by the structured tool where its schema can say it all, else
//! by the one-string `search`. Owns what is left unsaid where neither can.

use serde_json::{Map, json};

use super::schema::Schema;
use super::{Ask, Asking, MOST_ROWS, cannot_filter, offered};
use crate::domain::call::{Call, Fault};
use crate::domain::query::{Condition, MOST_FILTERS, Query};
use crate::session::wire::Offer;

/// The tool and arguments of a search.
pub(super) fn searched(query: &Query, cursor: Option<&str>, rows: u16, offer: &Offer) -> Result<Ask, Fault> {
    let schema = offer.schemas.get("search_conversations").map(Schema::of);
    let pages = |schema: &&Schema<'_>| cursor.is_none() || schema.takes("starting_after");
    match schema.as_ref().filter(pages).and_then(|schema| Some((schema, divided(query, schema, offer)?))) {
        Some((schema, Divided { said, .. })) => {
            let sparing = query.sparing().filter(|one| schema.knows(one) && schema.compares(one.filter));
            Ok(structured(schema, said.into_iter().chain(sparing), cursor, rows))
        }
        None => one_string(query, cursor, rows, offer),
    }
}

/// Conditions for the structured tool.
struct Divided<'q> {
    said: Vec<Condition<'q>>,
    /// What its schema has no operator for, and every row tells.
    unsaid: Vec<Condition<'q>>,
}

/// How the structured tool can be asked; none where only the one-string tool can say it all. Where that one is not offered,
/// bounds that every row tells are left to whoever looks at the rows.
fn divided<'q>(query: &'q Query, schema: &Schema<'_>, offer: &Offer) -> Option<Divided<'q>> {
    let conditions = query.structured()?;
    if !conditions.iter().all(|one| schema.knows(one)) {
        return None;
    }
    let (said, unsaid): (Vec<_>, Vec<_>) =
        conditions.into_iter().partition(|one| schema.compares(one.filter));
    let told = unsaid.iter().all(|one| one.filter.is_told_by_rows());
    let can = unsaid.is_empty() || (told && !offer.schemas.contains_key("search"));
    can.then_some(Divided { said, unsaid })
}

/// Conditions that are not sent because the tool has no operator for them; the rows are cut by them where they are shown.
pub(crate) fn unsaid(call: &Call, offer: &Offer) -> Vec<String> {
    let (Call::SearchConversations { query, .. } | Call::Count(query)) = call else { return Vec::new() };
    let schema = offer.schemas.get("search_conversations").map(Schema::of);
    let divided = schema.as_ref().and_then(|schema| divided(query, schema, offer));
    divided.map_or_else(Vec::new, |divided| divided.unsaid.iter().map(|one| one.filter.to_string()).collect())
}

/// At most 15 conditions, the needed ones first (3.4).
fn structured<'q>(
    schema: &Schema<'_>,
    conditions: impl Iterator<Item = Condition<'q>>,
    cursor: Option<&str>,
    rows: u16,
) -> Ask {
    let mut ask = Asking::new(schema);
    for Condition { filter, shape, .. } in conditions.take(MOST_FILTERS) {
        if !ask.arguments.contains_key(&filter.field) {
            ask.put(&filter.field, schema.filter(filter, shape));
        }
    }
    ask.rows(rows);
    if let Some(cursor) = cursor {
        ask.put("starting_after", json!(cursor));
    }
    ask.of("search_conversations")
}

fn one_string(query: &Query, cursor: Option<&str>, rows: u16, offer: &Offer) -> Result<Ask, Fault> {
    offered("search", offer)?;
    let mut words = vec!["object_type:conversations".to_owned()];
    let typed = query.to_string();
    if !typed.is_empty() {
        words.push(typed);
    }
    words.push(format!("limit:{}", rows.clamp(1, MOST_ROWS)));
    words.extend(cursor.map(|cursor| format!("starting_after:{cursor}")));
    let mut arguments = Map::new();
    arguments.insert("query".to_owned(), json!(words.join(" ")));
    Ok(Ask { tool: "search", arguments })
}

/// Conversations by a list of ids of one kind.
pub(super) fn listed(name: &str, ids: &[&str], rows: u16, offer: &Offer) -> Result<Ask, Fault> {
    let schema = offered("search_conversations", offer)?;
    if !schema.takes(name) {
        return Err(cannot_filter(name, offer));
    }
    let mut ask = Asking::new(&schema);
    ask.put(name, schema.list(name, ids));
    ask.rows(rows);
    Ok(ask.of("search_conversations"))
}

//! From a call to a tool and its arguments, by the schema the server itself published. Never sends a property that a
//! closed schema lacks, never an empty filter, always a page size (intercom-mcp 3.2 to 3.8, 12). Owns the list of tools
//! that are reads; refuses to send anything.

mod by_hand;
mod conversations;
mod people;
mod schema;

use serde_json::{Map, Value, json};

use super::wire::Offer;
use crate::domain::call::{Call, Fault, FaultKind};
use crate::domain::change::{Approved, Changes, Deed};
use crate::domain::id::ConversationId;
pub(crate) use by_hand::{accepted, by_hand, only_by_review, reads};
pub(crate) use conversations::unsaid;
use conversations::{listed, searched};
use schema::Schema;

/// Every tool known to change nothing. All others count as writes, whatever they are called.
const READS: [&str; 11] = [
    "search",
    "fetch",
    "search_conversations",
    "get_conversation",
    "search_contacts",
    "get_contact",
    "list_companies",
    "get_company",
    "list_articles",
    "search_articles",
    "get_article",
];

/// The tools that write articles and notes. Nothing but an `Approved` carries them.
const WRITES: [&str; 3] = ["create_article", "update_article", "add_internal_note"];

/// Rows of one page of conversations at most (intercom-mcp 3.2).
const MOST_ROWS: u16 = 150;

/// Whether a tool is known to change nothing.
pub(crate) fn is_read(tool: &str) -> bool {
    READS.contains(&tool)
}

/// A tool and what it is called with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ask {
    /// The tool.
    pub(crate) tool: &'static str,
    /// Its arguments.
    pub(crate) arguments: Map<String, Value>,
}

/// The tool and arguments for a read.
pub(crate) fn plan(call: &Call, offer: &Offer) -> Result<Ask, Fault> {
    match call {
        Call::SearchConversations { query, cursor, per_page } => {
            let cursor = cursor.as_ref().map(|cursor| &*cursor.0);
            searched(query, cursor, *per_page, offer)
        }
        Call::Count(query) => searched(query, None, 1, offer),
        Call::ConversationsById(ids) => {
            let ids: Vec<&str> = ids.iter().map(ConversationId::as_str).collect();
            let rows = u16::try_from(ids.len()).unwrap_or(MOST_ROWS);
            listed("ids", &ids, rows, offer)
        }
        Call::ConversationsOf { contact, per_page } => {
            listed("contact_ids", &[contact.as_str()], *per_page, offer)
        }
        Call::Conversation(id) => one("get_conversation", "conversation", id.as_str(), offer),
        Call::Contact(id) => one("get_contact", "contact", id.as_str(), offer),
        Call::Company(id) => one("get_company", "company", id.as_str(), offer),
        Call::SearchContacts { filter, cursor, per_page } => {
            people::contacts(filter, cursor.as_ref().map(|cursor| &*cursor.0), *per_page, offer)
        }
        Call::ListCompanies { filter, page, per_page } => people::companies(filter, *page, *per_page, offer),
        Call::Article(id) if id.is_local() => Err(not_there_yet()),
        Call::Article(id) => article("get_article", id.as_str(), offer),
        Call::ListArticles { page, per_page } => articles(*page, *per_page, offer),
        Call::SearchArticles { phrase, state } => {
            let schema = offered("search_articles", offer)?;
            let needed = if state.is_some() { &["phrase", "state"][..] } else { &["phrase"] };
            if let Some(name) = needed.iter().find(|name| !schema.takes(name)) {
                return Err(cannot_filter(name, offer));
            }
            let mut ask = Asking::new(&schema);
            ask.put("phrase", json!(phrase));
            ask.put("highlight", json!(true));
            if let Some(state) = state {
                ask.put("state", json!(state.word()));
            }
            Ok(ask.of("search_articles"))
        }
    }
}

/// The tool and arguments for the write that was approved: the id and exactly the approved fields. A tool that takes
/// one of them not at all is a fault: a write is carried whole or not.
pub(crate) fn write(approved: &Approved, offer: &Offer) -> Result<Ask, Fault> {
    let ask = match approved.deed() {
        Deed::Article(deed) if deed.id().is_local() => {
            let schema = offered("create_article", offer)?;
            Ask { tool: "create_article", arguments: fields(&deed.changes, &schema) }
        }
        Deed::Article(deed) => {
            let mut ask = article("update_article", deed.id().as_str(), offer)?;
            ask.arguments.extend(fields(&deed.changes, &offered("update_article", offer)?));
            ask
        }
        Deed::Note { conversation, body } => {
            let schema = offered("add_internal_note", offer)?;
            let name = schema.first_of(&["conversation_id", "id"]);
            let id = (name.to_owned(), schema.identifier(name, conversation.as_str()));
            Ask {
                tool: "add_internal_note",
                arguments: [id, ("body".to_owned(), json!(body))].into_iter().collect(),
            }
        }
    };
    let schema = offered(ask.tool, offer)?;
    match ask.arguments.keys().find(|name| !schema.takes(name)) {
        Some(name) => Err(cannot_write(ask.tool, name, offer)),
        None => Ok(ask),
    }
}

/// The approved fields as arguments; a parent's number and kind go together (intercom-mcp 3.8).
fn fields(changes: &Changes, schema: &Schema<'_>) -> Map<String, Value> {
    let mut fields = Map::new();
    let texts = [("title", &changes.title), ("description", &changes.description), ("body", &changes.body)];
    for (name, text) in texts {
        if let Some(text) = text {
            fields.insert(name.to_owned(), json!(text));
        }
    }
    if let Some(state) = changes.state {
        fields.insert("state".to_owned(), json!(state.word()));
    }
    if let Some(author) = &changes.author {
        fields.insert("author_id".to_owned(), schema.identifier("author_id", author.as_str()));
    }
    if let Some(parent) = &changes.parent {
        fields.insert("parent_id".to_owned(), schema.identifier("parent_id", &parent.id));
        fields.insert("parent_type".to_owned(), json!(parent.kind.as_str()));
    }
    fields
}

fn not_there_yet() -> Fault {
    Fault::new(
        FaultKind::NotFound,
        "The server does not have this article yet.",
        "It is a new one; save it first.",
    )
}

fn cannot_write(tool: &str, field: &str, offer: &Offer) -> Fault {
    let host = &offer.server.host;
    Fault::new(
        FaultKind::Invalid,
        &format!("The tool {tool} of {host} takes no {field}, so nothing was sent."),
        "Leave that field as it is, or change it in Intercom.",
    )
}

/// Arguments under construction, held against the tool's schema.
struct Asking<'a> {
    schema: &'a Schema<'a>,
    arguments: Map<String, Value>,
}

impl<'a> Asking<'a> {
    fn new(schema: &'a Schema<'a>) -> Self {
        Self { schema, arguments: Map::new() }
    }

    /// Adds an argument unless the schema forbids it.
    fn put(&mut self, name: &str, value: Value) {
        if self.schema.takes(name) {
            self.arguments.insert(name.to_owned(), value);
        }
    }

    /// Adds a page size within the tool's limits.
    fn rows(&mut self, wanted: u16) {
        let most = self.schema.maximum("per_page").unwrap_or_else(|| u64::from(MOST_ROWS));
        let rows = u64::from(wanted.clamp(1, MOST_ROWS)).min(most.max(1));
        self.put("per_page", json!(rows));
    }

    fn of(self, tool: &'static str) -> Ask {
        Ask { tool, arguments: self.arguments }
    }
}

fn offered<'a>(tool: &'static str, offer: &'a Offer) -> Result<Schema<'a>, Fault> {
    let schema = offer.schemas.get(tool).map(Schema::of);
    schema.ok_or_else(|| {
        let host = &offer.server.host;
        Fault::new(
            FaultKind::NoTool,
            &format!("{host} does not offer the tool {tool}."),
            "The account may lack the permission for it, or the server is an older one.",
        )
    })
}

/// One record by its id, with its own tool or, where that is missing, with `fetch`, which wants a prefix (3.3).
fn one(tool: &'static str, kind: &'static str, id: &str, offer: &Offer) -> Result<Ask, Fault> {
    let (tool, prefixed) = if offer.schemas.contains_key(tool) {
        (tool, None)
    } else if offer.schemas.contains_key("fetch") {
        ("fetch", Some(format!("{kind}_{id}")))
    } else {
        (tool, None)
    };
    let schema = offered(tool, offer)?;
    let long = format!("{kind}_id");
    let name = schema.first_of(&["id", &long]);
    let mut arguments = Map::new();
    let id = prefixed.as_deref().unwrap_or(id);
    arguments.insert(name.to_owned(), schema.identifier(name, id));
    Ok(Ask { tool, arguments })
}

fn article(tool: &'static str, id: &str, offer: &Offer) -> Result<Ask, Fault> {
    let schema = offered(tool, offer)?;
    let name = schema.first_of(&["id", "article_id"]);
    let mut arguments = Map::new();
    arguments.insert(name.to_owned(), schema.identifier(name, id));
    Ok(Ask { tool, arguments })
}

fn articles(page: u32, per_page: u16, offer: &Offer) -> Result<Ask, Fault> {
    let schema = offered("list_articles", offer)?;
    if page > 1 && !schema.takes("page") {
        return Err(cannot_filter("page", offer));
    }
    let mut ask = Asking::new(&schema);
    ask.put("page", json!(page.max(1)));
    ask.rows(per_page);
    Ok(ask.of("list_articles"))
}

fn cannot_filter(field: &str, offer: &Offer) -> Fault {
    let host = &offer.server.host;
    Fault::new(
        FaultKind::Invalid,
        &format!("The search of {host} cannot filter by {field}."),
        "Leave that condition out.",
    )
}

#[cfg(test)]
mod tests;

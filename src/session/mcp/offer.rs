//! What the server offers: its name and its tools, read tolerantly: one odd tool costs that tool.

use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use rmcp::model::{ClientRequest, ListToolsRequest, PaginatedRequestParams};
use rmcp::service::{Peer, RoleClient};
use serde_json::Value;

use super::failure::Failure;
use super::parameters;
use super::pending;
use super::talk::Talk;
use crate::domain::link::{Kind, Region, Server, Tool};
use crate::domain::text::Clean;
use crate::session::auth::Account;
use crate::session::tools::{is_read, only_by_review};
use crate::session::wire::Offer;

/// Pages of tools that are read; the real server has one.
const MOST_PAGES: usize = 20;
/// Tools that are kept.
const MOST_TOOLS: usize = 1_000;

/// What is known of a session beside what the server says.
pub(super) struct Known {
    pub(super) region: Region,
    /// The way of talking, for people.
    pub(super) transport: String,
    pub(super) account: Option<Account>,
    /// Whether it is of the era without greetings and sessions (2026-07-28).
    pub(super) modern: bool,
    /// Whether arguments are mirrored in headers there.
    pub(super) mirrors: bool,
}

/// What was learnt: the offer, and the tools that were left out with the reason.
pub(super) struct Learnt {
    pub(super) offer: Offer,
    pub(super) left_out: Vec<(String, String)>,
}

/// Asks for the tools and puts them together with the server's greeting.
pub(super) async fn learn(
    peer: &Peer<RoleClient>,
    talk: &Arc<Talk>,
    known: &Known,
) -> Result<Learnt, Failure> {
    let offer = Offer { server: server(peer, talk, known), ..Offer::default() };
    let mut learnt = Learnt { offer, left_out: Vec::new() };
    let mut mirrored = HashMap::new();
    let mut cursor = None;
    for _ in 0..MOST_PAGES {
        let mut page = page(peer, talk, cursor.take()).await?;
        let next = page.get("nextCursor").and_then(Value::as_str).map(str::to_owned);
        let tools = page.get_mut("tools").map(Value::take);
        for tool in tools.as_ref().and_then(Value::as_array).into_iter().flatten() {
            learnt.add(tool, known, &mut mirrored);
        }
        let Some(next) = next.filter(|next| !next.is_empty()) else {
            break;
        };
        cursor = Some(next);
    }
    *talk.mirrored.write().unwrap_or_else(PoisonError::into_inner) = mirrored;
    Ok(learnt)
}

async fn page(peer: &Peer<RoleClient>, talk: &Arc<Talk>, cursor: Option<String>) -> Result<Value, Failure> {
    let mut request = ListToolsRequest::default();
    if cursor.is_some() {
        request.params = Some(PaginatedRequestParams::default().with_cursor(cursor));
    }
    pending::ask(peer, talk, ClientRequest::ListToolsRequest(request), true).await
}

fn server(peer: &Peer<RoleClient>, talk: &Talk, known: &Known) -> Server {
    let greeting = talk.mailbox.greeting();
    let said =
        greeting.get("serverInfo").or_else(|| greeting.pointer("/_meta/io.modelcontextprotocol~1serverInfo"));
    let word = |name| said.and_then(|said| said.get(name)).and_then(Value::as_str).unwrap_or("");
    let info = peer.peer_info();
    Server {
        host: Clean::line(&talk.place.host),
        name: Clean::line(word("name")),
        version: Clean::line(word("version")),
        protocol: info.map(|info| Clean::line(info.protocol_version.as_str())).unwrap_or_default(),
        transport: Clean::line(&known.transport),
        session: talk.session.load(Ordering::Relaxed),
        region: known.region,
        standing: known.account.as_ref().map(Account::standing).unwrap_or_default(),
        tools: Vec::new(),
    }
}

impl Learnt {
    fn add(
        &mut self,
        tool: &Value,
        known: &Known,
        mirrored: &mut HashMap<String, Vec<parameters::Mirrored>>,
    ) {
        let offer = &mut self.offer;
        let name = tool.get("name").and_then(Value::as_str).unwrap_or("");
        if name.is_empty() || offer.schemas.contains_key(name) || offer.schemas.len() >= MOST_TOOLS {
            return;
        }
        let schema = tool.get("inputSchema").cloned().unwrap_or(Value::Null);
        if known.mirrors {
            match parameters::of(&schema) {
                Ok(marked) => drop(mirrored.insert(name.to_owned(), marked)),
                Err(reason) => return self.left_out.push((name.to_owned(), reason)),
            }
        }
        let description = tool.get("description").and_then(Value::as_str);
        offer.server.tools.push(Tool {
            name: Clean::line(name),
            description: Clean::line(description.unwrap_or("")),
            whole: tool.to_string(),
            kind: kind(name, tool),
            ..Tool::default()
        });
        offer.schemas.insert(name.to_owned(), schema);
    }
}

/// What calling a tool may do: by our own lists, and then by what the server says of it.
fn kind(name: &str, tool: &Value) -> Kind {
    if only_by_review(name).is_err() {
        Kind::Write
    } else if is_read(name) || tool.pointer("/annotations/readOnlyHint") == Some(&Value::Bool(true)) {
        Kind::Read
    } else {
        Kind::Unknown
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_tool_is_what_we_know_before_what_it_says() {
        let hint = json!({"annotations": {"readOnlyHint": true}});
        assert_eq!(kind("add_internal_note", &hint), Kind::Write);
        assert_eq!(kind("get_article", &json!({})), Kind::Read);
        assert_eq!(kind("get_ticket", &hint), Kind::Read);
        assert_eq!(kind("get_ticket", &json!({"annotations": {"readOnlyHint": "true"}})), Kind::Unknown);
    }
}

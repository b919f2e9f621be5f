//! What the server offers: its name and its tools, read tolerantly: one odd tool costs that tool.

use rmcp::model::{ClientRequest, ListToolsRequest, PaginatedRequestParams};
use rmcp::service::{Peer, RoleClient};
use serde_json::Value;

use super::failure;
use super::http::Http;
use crate::domain::call::Fault;
use crate::domain::link::{Server, Tool};
use crate::domain::text::Clean;
use crate::session::wire::Offer;

/// Pages of tools that are read; the real server has one.
const MOST_PAGES: usize = 20;
/// Tools that are kept.
const MOST_TOOLS: usize = 1_000;

/// Asks for the tools and puts them together with the server's greeting.
pub(super) async fn learn(peer: &Peer<RoleClient>, http: &Http) -> Result<Offer, Fault> {
    let mut offer = Offer { server: server(peer, &http.endpoint.host), ..Offer::default() };
    let mut cursor = None;
    for _ in 0..MOST_PAGES {
        let page = page(peer, http, cursor.take()).await?;
        let tools = page.get("tools").and_then(Value::as_array);
        for tool in tools.into_iter().flatten() {
            add(&mut offer, tool);
        }
        let next = page.get("nextCursor").and_then(Value::as_str);
        let Some(next) = next.filter(|next| !next.is_empty()) else {
            break;
        };
        cursor = Some(next.to_owned());
    }
    Ok(offer)
}

async fn page(peer: &Peer<RoleClient>, http: &Http, cursor: Option<String>) -> Result<Value, Fault> {
    let mut request = ListToolsRequest::default();
    if cursor.is_some() {
        request.params = Some(PaginatedRequestParams::default().with_cursor(cursor));
    }
    let result = peer
        .send_request(ClientRequest::ListToolsRequest(request))
        .await
        .map_err(|error| failure::of_service(error, http, None).fault)?;
    serde_json::to_value(result).map_err(|_| http.endpoint.gone())
}

fn server(peer: &Peer<RoleClient>, host: &str) -> Server {
    let info = peer.peer_info();
    let said = info.as_ref().and_then(|info| info.server_info.as_ref());
    Server {
        host: Clean::line(host),
        name: said.map(|server| Clean::line(&server.name)).unwrap_or_default(),
        version: said.map(|server| Clean::line(&server.version)).unwrap_or_default(),
        protocol: info.as_ref().map(|info| Clean::line(info.protocol_version.as_str())).unwrap_or_default(),
        ..Server::default()
    }
}

fn add(offer: &mut Offer, tool: &Value) {
    let name = tool.get("name").and_then(Value::as_str).unwrap_or("");
    if name.is_empty() || offer.schemas.contains_key(name) || offer.schemas.len() >= MOST_TOOLS {
        return;
    }
    let description = tool.get("description").and_then(Value::as_str);
    offer.server.tools.push(Tool {
        name: Clean::line(name),
        description: Clean::line(description.unwrap_or("")),
        ..Tool::default()
    });
    let schema = tool.get("inputSchema").cloned().unwrap_or(Value::Null);
    offer.schemas.insert(name.to_owned(), schema);
}

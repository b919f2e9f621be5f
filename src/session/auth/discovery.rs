//! Finds out how to sign in: the server's own document (RFC 9728), the authorization server's (RFC 8414 and its older forms), or the
//! fixed paths of MCP 2025-03-26 where there is neither. Owns the checks that keep one server from speaking for another.

mod server;

use serde_json::Value;
use url::Url;

use super::addresses;
use super::challenge::Challenge;
use super::faults;
use super::net::{Net, Reply, fault};
use crate::domain::call::{Fault, FaultKind};
pub(super) use server::{Server, words};

/// Authorization servers of one document that are tried.
const MOST_SERVERS: usize = 4;

/// How to sign in at an endpoint.
#[derive(Debug)]
pub(super) struct Found {
    /// `resource`, byte for byte as its document has it; none where there is no document. There MCP 2025-03-26 rules, which
    /// knows no `resource`; servers of that time bind tokens to it in ways that then fail.
    pub(super) resource: Option<String>,
    /// What the document lists as scopes.
    pub(super) scopes: Vec<String>,
    /// The authorization server.
    pub(super) server: Server,
}

/// Asks for documents until it is clear how to sign in.
pub(super) async fn discover(net: &Net, endpoint: &Url, challenge: &Challenge) -> Result<Found, Fault> {
    let here = addresses::is_loopback(endpoint);
    let Some(document) = resource_document(net, endpoint, challenge).await? else {
        let server = guessed(net, endpoint).await?;
        return Ok(Found { resource: None, scopes: Vec::new(), server });
    };
    let resource = document.get("resource").and_then(Value::as_str).unwrap_or_default();
    if !addresses::covers(resource, endpoint) {
        let host = addresses::host(endpoint);
        let sentence = format!("{host} names another resource than itself to sign in for: {resource}");
        return Err(faults::refused_because(
            &sentence,
            "Do not sign in there; check the address of the server.",
        ));
    }
    let issuers = words(&document, "authorization_servers").unwrap_or_default();
    let server = match issuers.as_slice() {
        [] => guessed(net, endpoint).await?,
        issuers => named(net, endpoint, &issuers[..issuers.len().min(MOST_SERVERS)], here).await?,
    };
    let scopes = words(&document, "scopes_supported").unwrap_or_default();
    Ok(Found { resource: Some(resource.to_owned()), scopes, server })
}

/// The protected-resource document: where the challenge says, else at the well-known places.
async fn resource_document(net: &Net, endpoint: &Url, challenge: &Challenge) -> Result<Option<Value>, Fault> {
    let here = addresses::is_loopback(endpoint);
    let hinted = challenge.resource_metadata.as_deref().and_then(|text| addresses::allowed(text, here));
    let places = hinted.into_iter().chain(addresses::resource_documents(endpoint));
    for place in places {
        let reply = net.document(&place).await?;
        if let Some(document) = present(&reply, &place)?
            && document.get("resource").is_some_and(Value::is_string)
        {
            return Ok(Some(document));
        }
    }
    Ok(None)
}

/// The first of the named authorization servers whose metadata can be used.
async fn named(net: &Net, endpoint: &Url, issuers: &[String], here: bool) -> Result<Server, Fault> {
    let mut first = None;
    for issuer in issuers {
        let asked = match addresses::allowed(issuer, here) {
            Some(address) => metadata(net, &address, &[issuer]).await,
            None => Err(unsafe_address(endpoint, issuer)),
        };
        match asked {
            Ok(Some(server)) => return Ok(server),
            Ok(None) => {
                let sentence = format!("{issuer} does not say how to sign in there.");
                first.get_or_insert_with(|| faults::refused(&sentence));
            }
            Err(fault) => {
                first.get_or_insert(fault);
            }
        }
    }
    Err(first.unwrap_or_else(|| faults::refused("No authorization server is named.")))
}

/// Where no document names one, the endpoint's own origin is the authorization server; where it has no metadata either,
/// its paths are fixed.
async fn guessed(net: &Net, endpoint: &Url) -> Result<Server, Fault> {
    let origin = addresses::origin(endpoint);
    let here = addresses::is_loopback(endpoint);
    let Some(address) = addresses::allowed(&origin, here) else {
        return Err(unsafe_address(endpoint, &origin));
    };
    let slashed = format!("{origin}/");
    match metadata(net, &address, &[&origin, &slashed]).await? {
        Some(server) => Ok(server),
        None => Ok(Server::without_metadata(&address)),
    }
}

/// The metadata of an authorization server. Its `issuer` must be one of these, by plain string.
async fn metadata(net: &Net, issuer: &Url, names: &[&str]) -> Result<Option<Server>, Fault> {
    for place in addresses::server_documents(issuer) {
        let reply = net.document(&place).await?;
        let Some(document) = present(&reply, &place)? else { continue };
        let said = document.get("issuer").and_then(Value::as_str).unwrap_or_default();
        if !names.contains(&said) {
            let sentence = format!("The sign-in document of {} is somebody else's: {said}", names[0]);
            return Err(faults::refused_because(
                &sentence,
                "Do not sign in there; tell whoever runs the server.",
            ));
        }
        return Server::of(&document, issuer).map(Some);
    }
    Ok(None)
}

/// A document that is there. Whatever is no JSON object, a page for people say, is not; a server that fails is a fault.
fn present(reply: &Reply, place: &Url) -> Result<Option<Value>, Fault> {
    if reply.status >= 500 || reply.status == 429 {
        let did = format!("could not say how to sign in ({})", reply.status);
        return Err(fault(place, FaultKind::Server, &did));
    }
    let document = Some(reply.json()).filter(|document| reply.status == 200 && document.is_object());
    Ok(document)
}

fn unsafe_address(endpoint: &Url, address: &str) -> Fault {
    let host = addresses::host(endpoint);
    let sentence = format!("{host} wants the sign-in at an address that is not safe: {address}");
    faults::refused_because(&sentence, "Only https is, and http on this machine.")
}

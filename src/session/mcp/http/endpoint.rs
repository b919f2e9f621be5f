//! Where to connect and as whom, and the HTTP client for it. The token goes to this origin and nowhere else.

use std::sync::Arc;

use reqwest::{Client, Response};
use url::Url;

use crate::domain::call::FaultKind;
use crate::domain::link::Region;
use crate::session::auth::Account;
use crate::session::client::{client, is_same_server};
use crate::session::mcp::failure::{Failure, What};
use crate::session::mcp::place::Place;
use crate::session::tap::Tap;
use crate::session::{Limits, StartError};

/// An endpoint with the client that reaches it.
pub(in crate::session::mcp) struct Endpoint {
    pub(in crate::session::mcp) address: Url,
    pub(in crate::session::mcp) place: Arc<Place>,
    pub(in crate::session::mcp) account: Account,
    pub(super) client: Client,
}

impl Endpoint {
    pub(in crate::session::mcp) fn new(
        mut address: Url,
        account: Account,
        tap: Tap,
        limits: &Limits,
    ) -> Result<Self, StartError> {
        let host = named(&address)?;
        // Credentials in an address would be sent by themselves; the token is the only way to sign in.
        let _ = address.set_username("");
        let _ = address.set_password(None);
        address.set_fragment(None);
        let place = Arc::new(Place { host, limits: limits.clone(), tap });
        Ok(Self { client: client(&address, limits)?, account, place, address })
    }

    /// The same server at another address of the same origin.
    pub(in crate::session::mcp) fn beside(&self, address: Url) -> Self {
        Self {
            address,
            place: Arc::clone(&self.place),
            account: self.account.clone(),
            client: self.client.clone(),
        }
    }

    /// Where it stands, by its host (intercom-mcp 1).
    pub(in crate::session::mcp) fn region(&self) -> Region {
        match self.address.host_str() {
            Some("mcp.intercom.com") => Region::Us,
            Some("mcp.eu.intercom.com") => Region::Eu,
            _ => Region::Other,
        }
    }

    fn is_ours(&self, target: &Url) -> bool {
        is_same_server(&self.address, target)
    }

    /// The next address of a redirect, which must keep method, body and origin.
    pub(super) fn hop(&self, response: &Response) -> Result<Url, Failure> {
        let location = response.headers().get(http::header::LOCATION);
        let target =
            location.and_then(|value| value.to_str().ok()).and_then(|value| response.url().join(value).ok());
        let Some(target) = target else {
            return Err(self.astray("an address that cannot be read"));
        };
        let keeps = matches!(response.status().as_u16(), 307 | 308);
        if keeps && self.is_ours(&target) {
            return Ok(target);
        }
        let mut shown = target;
        shown.set_query(None);
        shown.set_fragment(None);
        let _ = shown.set_username("");
        let _ = shown.set_password(None);
        Err(self.astray(&self.place.hide(shown.as_str())))
    }

    /// A redirect that is not followed.
    pub(super) fn astray(&self, target: &str) -> Failure {
        Failure::new(
            What::Refused,
            FaultKind::Protocol,
            &format!("{} sends us elsewhere, to {target}; that is not followed.", self.place.host),
            "If the new address is right, set it as the endpoint.",
        )
    }
}

/// Host and port for sentences.
fn named(address: &Url) -> Result<String, StartError> {
    let wrong = || StartError::Endpoint(address.scheme().to_owned());
    if !matches!(address.scheme(), "http" | "https") {
        return Err(wrong());
    }
    let host = address.host_str().ok_or_else(wrong)?;
    Ok(match address.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_origin_and_its_secure_twin_are_ours() {
        let at = |address: &str| {
            let address = address.parse().unwrap();
            Endpoint::new(address, Account::nobody(), Tap::default(), &Limits::default()).unwrap()
        };
        let rows = [
            ("http://h.example/mcp", "http://h.example/mcp/", true),
            ("http://h.example/mcp", "https://h.example/mcp", true),
            ("https://h.example/mcp", "http://h.example/mcp", false),
            ("http://h.example/mcp", "https://h.example:8443/mcp", false),
            ("http://h.example:80/mcp", "http://h.example/x", true),
            ("http://h.example/mcp", "http://www.h.example/mcp", false),
            ("http://localhost:1/mcp", "http://localhost:2/mcp", false),
        ];
        for (from, to, ours) in rows {
            assert_eq!(at(from).is_ours(&to.parse().unwrap()), ours, "{from} -> {to}");
        }
        assert_eq!(at("https://mcp.intercom.com/mcp").region(), Region::Us);
        assert_eq!(at("https://mcp.eu.intercom.com/mcp").region(), Region::Eu);
        assert_eq!(at("https://mcp.intercom.com.evil.example/mcp").region(), Region::Other);
    }
}

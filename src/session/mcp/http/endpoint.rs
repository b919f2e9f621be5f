//! Where to connect and as whom, and the HTTP client for it. The token goes to this origin and nowhere else.

use std::time::Duration;

use reqwest::{Client, Response, redirect};
use url::{Host, Url};

use crate::domain::call::{Fault, FaultKind};
use crate::domain::time::long;
use crate::session::auth::Account;
use crate::session::mcp::failure::{Failure, What};
use crate::session::tap::Tap;
use crate::session::{Limits, StartError};

/// An endpoint with the client that reaches it.
pub(in crate::session::mcp) struct Endpoint {
    pub(in crate::session::mcp) address: Url,
    /// Host, and port where one is given: what sentences name.
    pub(in crate::session::mcp) host: String,
    pub(in crate::session::mcp) limits: Limits,
    pub(super) account: Account,
    pub(super) tap: Tap,
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
        Ok(Self { client: client(&address, limits)?, account, tap, limits: limits.clone(), host, address })
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
        if keeps && target.origin() == self.address.origin() {
            return Ok(target);
        }
        let mut shown = target;
        shown.set_query(None);
        shown.set_fragment(None);
        let _ = shown.set_username("");
        let _ = shown.set_password(None);
        Err(self.astray(shown.as_str()))
    }

    /// A redirect that is not followed.
    pub(super) fn astray(&self, target: &str) -> Failure {
        Failure::new(
            What::Refused,
            FaultKind::Protocol,
            &format!("{} sends us elsewhere, to {target}; that is not followed.", self.host),
            "If the new address is right, set it as the endpoint.",
        )
    }

    /// The connection is gone.
    pub(in crate::session::mcp) fn gone(&self) -> Fault {
        Fault::new(
            FaultKind::Unreachable,
            &format!("The connection to {} is gone.", self.host),
            "Check that the server is running.",
        )
    }

    /// An answer that broke off.
    pub(in crate::session::mcp) fn cut(&self) -> Failure {
        Failure::new(
            What::Broken,
            FaultKind::Unreachable,
            &format!("{} broke off in the middle of its answer.", self.host),
            "Try again; check that the server is running.",
        )
    }

    /// An answer that is too large.
    pub(in crate::session::mcp) fn too_large(&self) -> Failure {
        let most = self.limits.max_body / 1024;
        Failure::new(
            What::Unclear,
            FaultKind::TooLarge,
            &format!("The answer of {} is larger than {most} KiB and was not read.", self.host),
            "Ask for fewer rows.",
        )
    }

    /// Nothing came for so long.
    pub(in crate::session::mcp) fn silent(&self, limit: Duration) -> Fault {
        let spent = long(i64::try_from(limit.as_secs().max(1)).unwrap_or(i64::MAX));
        Fault::new(
            FaultKind::TimedOut,
            &format!("{} has been silent for {spent}.", self.host),
            "Check the network and that the server is running.",
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

fn client(address: &Url, limits: &Limits) -> Result<Client, StartError> {
    let mut builder = Client::builder()
        .user_agent(concat!("switchboard/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(limits.connect)
        .tcp_nodelay(true)
        .tcp_keepalive(Duration::from_secs(30))
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false);
    if address.scheme() == "http" {
        // No TLS will be spoken: reading the system's certificates would cost most of the start.
        builder = builder.tls_certs_only([]);
    }
    if is_loopback(address) {
        builder = builder.no_proxy();
    }
    builder.build().map_err(|error| StartError::Client(error.without_url().to_string()))
}

fn is_loopback(address: &Url) -> bool {
    match address.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

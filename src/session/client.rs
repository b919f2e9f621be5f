//! The HTTP client that everything in the session speaks through: the wire, sign-in and the doctor. Owns its limits, its
//! roots and its proxies; refuses to follow redirects or to repeat anything by itself.

use std::time::Duration;

use reqwest::{Certificate, Client, ClientBuilder, redirect};
use url::{Host, Url};

use super::{Limits, StartError};

/// Seconds of quiet after which the system asks whether the other end of a connection is still there.
const KEEPALIVE: Duration = Duration::from_secs(30);

/// A client for servers such as the one at `address`, whose scheme and host decide about certificates and proxies: this
/// machine is never asked for through a proxy. Where the system has no certificates, bundled ones are used.
///
/// # Errors
/// When no client can be built at all.
pub(crate) fn client(address: &Url, limits: &Limits) -> Result<Client, StartError> {
    let loopback = is_loopback(address);
    if speaks_no_tls(address) {
        // No TLS will be spoken: reading the system's certificates would cost most of the start.
        return built(builder(limits.connect).no_proxy().tls_certs_only([]));
    }
    let usual = || if loopback { builder(limits.connect).no_proxy() } else { builder(limits.connect) };
    built(usual()).or_else(|_| built(usual().tls_certs_only(bundled())))
}

/// Whether no TLS will be spoken with an address: only plain http to this machine, for elsewhere a redirect may lead to the
/// same host's https.
pub(crate) fn speaks_no_tls(address: &Url) -> bool {
    is_loopback(address) && address.scheme() == "http"
}

/// What every client of ours has in common: nothing is followed or repeated by itself. `connect` limits one connection.
pub(crate) fn builder(connect: Duration) -> ClientBuilder {
    Client::builder()
        .user_agent(concat!("switchboard/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(connect)
        .tcp_nodelay(true)
        .tcp_keepalive(KEEPALIVE)
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
}

fn built(builder: ClientBuilder) -> Result<Client, StartError> {
    builder.build().map_err(|error| StartError::Client(error.without_url().to_string()))
}

/// The roots that browsers trust, as they were when this program was built.
pub(crate) fn bundled() -> Vec<Certificate> {
    let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS;
    roots.iter().filter_map(|root| Certificate::from_der(root).ok()).collect()
}

/// Whether a target may be given what the origin of `home` is given: that origin itself, and its secure twin.
pub(crate) fn is_same_server(home: &Url, target: &Url) -> bool {
    let upgrade = home.scheme() == "http"
        && target.scheme() == "https"
        && target.host() == home.host()
        && target.port().is_none()
        && home.port().is_none();
    upgrade || target.origin() == home.origin()
}

/// Whether an address is on this machine.
pub(crate) fn is_loopback(address: &Url) -> bool {
    match address.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// All causes of an error in lower case, one a line, for telling apart what the libraries tell by words only.
pub(crate) fn causes(error: &reqwest::Error) -> String {
    let mut words = String::new();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        words.push_str(&error.to_string().to_lowercase());
        words.push('\n');
        cause = error.source();
    }
    words
}

/// `/sse` beside `/mcp`: where a server that has only the older way of talking (HTTP+SSE) has it, when it is Intercom's kind
/// (intercom-mcp 1).
pub(crate) fn beside(address: &Url) -> Option<Url> {
    let path = address.path().trim_end_matches('/').strip_suffix("/mcp")?;
    let mut beside = address.clone();
    beside.set_path(&format!("{path}/sse"));
    Some(beside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_root_is_read_and_enough_for_a_client() {
        assert_eq!(bundled().len(), webpki_root_certs::TLS_SERVER_ROOT_CERTS.len());
        assert!(bundled().len() > 50);
        assert!(built(builder(Limits::default().connect).tls_certs_only(bundled())).is_ok());
    }

    #[test]
    fn a_client_is_built_for_every_address() {
        for address in
            ["https://mcp.intercom.com/mcp", "http://localhost:1/mcp", "http://10.0.0.1/", "http://[::1]/"]
        {
            assert!(client(&address.parse().unwrap(), &Limits::default()).is_ok(), "{address}");
        }
        assert!(is_loopback(&"http://[::1]:4/".parse().unwrap()));
        assert!(!is_loopback(&"http://localhost.example/".parse().unwrap()));
    }
}

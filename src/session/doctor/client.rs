//! The HTTP client of the doctor's probes. Owns how it is built: nothing is followed or repeated by itself, and the proxy is the
//! one that was told.

use std::time::Duration;

use reqwest::{Client, redirect};
use url::Url;

use super::proxy::Route;
use super::trouble::Trouble;
use crate::domain::examination::Rung;

/// Certificates of the system, those we bring where it has none, and the proxy the environment names.
pub(super) fn client(endpoint: &Url, route: &Route, limit: Duration) -> Result<Client, Trouble> {
    let builder = || {
        let builder = Client::builder()
            .user_agent(concat!("switchboard/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(limit)
            .tcp_nodelay(true)
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false);
        let builder = if endpoint.scheme() == "http" { builder.tls_certs_only([]) } else { builder };
        match route {
            Route::Through(proxy) => match reqwest::Proxy::all(proxy.address.clone()) {
                Ok(proxy) => builder.no_proxy().proxy(proxy),
                Err(_) => builder,
            },
            Route::Exempt => builder.no_proxy(),
            Route::Straight | Route::Unusable(_) => builder,
        }
    };
    builder().build().or_else(|_| builder().tls_certs_only(bundled()).build()).map_err(|error| {
        Trouble::new(
            Rung::Tls,
            "no-client",
            format!("This program could not set up secure connections: {}.", error.without_url()),
            "The system's certificates may be missing or broken: install the package ca-certificates.",
        )
    })
}

fn bundled() -> Vec<reqwest::Certificate> {
    let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS;
    roots.iter().filter_map(|root| reqwest::Certificate::from_der(root).ok()).collect()
}

//! The HTTP client of the doctor's probes: built as the session's own, with the proxy that was told.

use std::time::Duration;

use reqwest::Client;
use url::Url;

use super::proxy::Route;
use super::trouble::Trouble;
use crate::domain::examination::Rung;
use crate::session::client as shared;

/// Certificates of the system, those we bring where it has none, and the proxy the environment names.
pub(super) fn client(endpoint: &Url, route: &Route, limit: Duration) -> Result<Client, Trouble> {
    let builder = || {
        let builder = shared::builder(limit);
        let builder = if shared::speaks_no_tls(endpoint) { builder.tls_certs_only([]) } else { builder };
        match route {
            Route::Through(proxy) => match reqwest::Proxy::all(proxy.address.clone()) {
                Ok(proxy) => builder.no_proxy().proxy(proxy),
                Err(_) => builder,
            },
            Route::Exempt => builder.no_proxy(),
            Route::Straight | Route::Unusable(_) => builder,
        }
    };
    builder().build().or_else(|_| builder().tls_certs_only(shared::bundled()).build()).map_err(|error| {
        Trouble::new(
            Rung::Tls,
            "no-client",
            format!("This program could not set up secure connections: {}.", error.without_url()),
            "The system's certificates may be missing or broken: install the package ca-certificates.",
        )
    })
}

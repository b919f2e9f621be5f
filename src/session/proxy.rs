//! Which proxy stands before an address, by the rules of the environment that HTTP clients share: `HTTPS_PROXY`, `HTTP_PROXY`,
//! `ALL_PROXY`, `NO_PROXY`, each also in lower case. Refuses to show a proxy's password.

use std::net::IpAddr;

use url::{Host, Url};

use crate::session::client::is_loopback;

/// Looks up a variable of the environment.
pub(super) type Environment<'a> = dyn Fn(&str) -> Option<String> + Send + Sync + 'a;

/// A proxy that requests go through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proxy {
    /// Where it is; may hold a password.
    pub(super) address: Url,
    /// The variable that names it.
    pub(super) variable: &'static str,
}

impl Proxy {
    /// Host and port, for sentences.
    pub(super) fn shown(&self) -> String {
        format!("{}:{}", self.host(), self.port())
    }

    pub(super) fn host(&self) -> &str {
        self.address.host_str().unwrap_or_default()
    }

    pub(super) fn port(&self) -> u16 {
        self.address.port_or_known_default().unwrap_or(80)
    }
}

/// What the environment says about an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// No proxy is named.
    Straight,
    /// One is named, and this address is exempt from it.
    Exempt,
    /// Through this one.
    Through(Proxy),
    /// Through one whose address cannot be used; the variable that names it.
    Unusable(&'static str),
}

/// The way to an endpoint. This machine itself is never reached through a proxy.
pub(super) fn route(endpoint: &Url, environment: &Environment<'_>) -> Route {
    if is_loopback(endpoint) {
        return Route::Exempt;
    }
    let names: [&'static str; 2] = if endpoint.scheme() == "https" {
        ["HTTPS_PROXY", "https_proxy"]
    } else {
        ["HTTP_PROXY", "http_proxy"]
    };
    let proxy = first(&names, environment).or_else(|| first(&["ALL_PROXY", "all_proxy"], environment));
    let Some((variable, value)) = proxy else { return Route::Straight };
    let exempt = first(&["NO_PROXY", "no_proxy"], environment).map(|(_, value)| value).unwrap_or_default();
    if is_exempt(endpoint, &exempt) {
        return Route::Exempt;
    }
    let value = if value.contains("://") { value } else { format!("http://{value}") };
    let usable = |address: &Url| matches!(address.scheme(), "http" | "https") && address.has_host();
    match Url::parse(&value).ok().filter(usable) {
        Some(address) => Route::Through(Proxy { address, variable }),
        None => Route::Unusable(variable),
    }
}

/// For a sentence about a connection that could not be made: which proxy was to make it. Either may be at fault, and only the
/// doctor looks which.
pub(super) fn through(endpoint: &Url) -> Option<String> {
    match route(endpoint, &|name| std::env::var(name).ok()) {
        Route::Through(proxy) => {
            Some(format!("through the proxy {}, which {} names", proxy.shown(), proxy.variable))
        }
        Route::Straight | Route::Exempt | Route::Unusable(_) => None,
    }
}

fn first(names: &[&'static str], environment: &Environment<'_>) -> Option<(&'static str, String)> {
    let set = names.iter().find_map(|name| Some((*name, environment(name)?)));
    set.map(|(name, value)| (name, value.trim().to_owned())).filter(|(_, value)| !value.is_empty())
}

fn is_exempt(endpoint: &Url, list: &str) -> bool {
    let entries = || list.split(',').map(str::trim).filter(|entry| !entry.is_empty());
    match endpoint.host() {
        Some(Host::Domain(name)) => entries().any(|entry| covers(entry, name)),
        Some(Host::Ipv4(ip)) => entries().any(|entry| holds(entry, ip.into())),
        Some(Host::Ipv6(ip)) => entries().any(|entry| holds(entry, ip.into())),
        None => false,
    }
}

/// A name, or a name above it; `*` for all.
fn covers(entry: &str, name: &str) -> bool {
    let entry = entry.trim_start_matches('.').to_ascii_lowercase();
    let below = || name.strip_suffix(&entry).is_some_and(|rest| rest.ends_with('.'));
    entry == "*" || entry == name || !entry.is_empty() && below()
}

/// An address, or a network such as `10.0.0.0/8`.
fn holds(entry: &str, ip: IpAddr) -> bool {
    let (network, bits) =
        entry.split_once('/').map_or((entry, None), |(network, bits)| (network, Some(bits)));
    let Ok(network) = network.parse::<IpAddr>() else { return false };
    let width = if network.is_ipv4() { 32 } else { 128 };
    let bits = bits.map_or(Some(width), |bits| bits.parse::<u32>().ok()).filter(|bits| *bits <= width);
    let (Some(bits), true) = (bits, network.is_ipv4() == ip.is_ipv4()) else { return false };
    // Both are shifted to the width of 128, so that one comparison serves both kinds.
    let number = |ip: IpAddr| match ip {
        IpAddr::V4(ip) => u128::from(u32::from(ip)) << 96,
        IpAddr::V6(ip) => u128::from(ip),
    };
    bits == 0 || (number(network) ^ number(ip)) >> (128 - bits) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(endpoint: &str, set: &[(&str, &str)]) -> Route {
        let set: Vec<(String, String)> = set.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect();
        let environment =
            move |name: &str| set.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        route(&endpoint.parse().unwrap(), &environment)
    }

    #[test]
    fn the_environment_names_the_proxy() {
        let through = |endpoint: &str, set: &[(&str, &str)]| match way(endpoint, set) {
            Route::Through(proxy) => format!("{} {}", proxy.variable, proxy.shown()),
            other @ (Route::Straight | Route::Exempt | Route::Unusable(_)) => format!("{other:?}"),
        };
        let https = "https://mcp.intercom.com/mcp";
        assert_eq!(through(https, &[]), "Straight");
        assert_eq!(
            through(https, &[("HTTPS_PROXY", "http://me:secret@proxy.corp:3128")]),
            "HTTPS_PROXY proxy.corp:3128"
        );
        assert_eq!(through(https, &[("https_proxy", "proxy.corp:8080")]), "https_proxy proxy.corp:8080");
        assert_eq!(through(https, &[("HTTP_PROXY", "http://a")]), "Straight");
        assert_eq!(through("http://a.example/", &[("HTTP_PROXY", "http://b")]), "HTTP_PROXY b:80");
        assert_eq!(through(https, &[("ALL_PROXY", "http://b:1"), ("HTTPS_PROXY", "")]), "ALL_PROXY b:1");
        assert_eq!(through(https, &[("ALL_PROXY", "socks5://b:1")]), "Unusable(\"ALL_PROXY\")");
        assert_eq!(through("http://127.0.0.1:1/", &[("ALL_PROXY", "http://b")]), "Exempt");
    }

    #[test]
    fn some_addresses_are_exempt() {
        let exempt = |host: &str, list: &str| {
            way(&format!("https://{host}/"), &[("HTTPS_PROXY", "http://b"), ("NO_PROXY", list)])
                == Route::Exempt
        };
        assert!(exempt("mcp.intercom.com", "a.example, .intercom.com"));
        assert!(exempt("mcp.intercom.com", "INTERCOM.com"));
        assert!(exempt("mcp.intercom.com", "*"));
        assert!(exempt("10.1.2.3", "10.0.0.0/8") && exempt("10.1.2.3", "0.0.0.0/0"));
        assert!(exempt("[fd00::1]", "fd00::/8"));
        assert!(!exempt("notintercom.com", "intercom.com"));
        assert!(!exempt("11.1.2.3", "10.0.0.0/8") && !exempt("10.1.2.3", "10.0.0.0/99"));
        assert!(!exempt("mcp.intercom.com", "") && !exempt("mcp.intercom.com", "."));
    }
}

//! Which addresses a sign-in may use, and where well-known documents are. Owns the rule that nothing of a sign-in goes over
//! the network in the clear.

use url::{Host, Url};

/// An address that may be asked: https, or http on this machine where that is allowed. None for all others.
pub(super) fn allowed(text: &str, on_this_machine: bool) -> Option<Url> {
    let mut address = Url::parse(text).ok()?;
    let fits = match address.scheme() {
        "https" => address.has_host(),
        "http" => on_this_machine && is_loopback(&address),
        _ => false,
    };
    let plain = address.username().is_empty() && address.password().is_none();
    address.set_fragment(None);
    (fits && plain).then_some(address)
}

/// Whether an address is on this machine.
pub(super) fn is_loopback(address: &Url) -> bool {
    match address.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// Scheme, host and port, without a slash at the end.
pub(super) fn origin(address: &Url) -> String {
    address.origin().ascii_serialization()
}

/// Host, and port where one is given: what sentences name.
pub(super) fn host(address: &Url) -> String {
    let host = address.host_str().unwrap_or_default();
    match address.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// Where the protected-resource document may be (RFC 9728 3.1): path form first, then root form.
pub(super) fn resource_documents(endpoint: &Url) -> Vec<Url> {
    let inserted = inserted(endpoint, "oauth-protected-resource");
    let mut root = endpoint.clone();
    root.set_path("/.well-known/oauth-protected-resource");
    root.set_query(None);
    let mut all = vec![inserted];
    if all[0] != root {
        all.push(root);
    }
    all
}

/// Where the metadata of an authorization server may be (RFC 8414 3.1, and its two older forms), in the order of the MCP
/// specification. An issuer with a path is never asked for at its root.
pub(super) fn server_documents(issuer: &Url) -> Vec<Url> {
    let mut all =
        vec![inserted(issuer, "oauth-authorization-server"), inserted(issuer, "openid-configuration")];
    let path = issuer.path().trim_end_matches('/');
    if !path.is_empty() {
        let mut appended = issuer.clone();
        appended.set_path(&format!("{path}/.well-known/openid-configuration"));
        all.push(appended);
    }
    all
}

fn inserted(address: &Url, name: &str) -> Url {
    let mut document = address.clone();
    let path = address.path().trim_end_matches('/');
    document.set_path(&format!("/.well-known/{name}{path}"));
    document.set_fragment(None);
    document
}

/// Whether a token for this resource is for this endpoint: the same origin, and the resource's path is the endpoint's or
/// stands above it. A slash at the end makes no difference.
pub(super) fn covers(resource: &str, endpoint: &Url) -> bool {
    let Ok(resource) = Url::parse(resource) else { return false };
    let above = resource.path().trim_end_matches('/');
    let rest = endpoint.path().trim_end_matches('/').strip_prefix(above);
    resource.origin() == endpoint.origin()
        && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_safe_addresses_are_allowed() {
        for good in ["https://h/x", "http://localhost:1/x", "http://127.0.0.1:9", "http://[::1]:9/"] {
            assert!(allowed(good, true).is_some(), "{good}");
        }
        for bad in [
            "http://h/x",
            "ftp://localhost",
            "javascript:alert(1)",
            "https://u:p@h/",
            "x",
            "http://10.0.0.1/",
        ] {
            assert!(allowed(bad, true).is_none(), "{bad}");
        }
        assert!(allowed("http://localhost:1/", false).is_none());
    }

    #[test]
    fn documents_are_where_the_rules_say() {
        let names = |all: Vec<Url>| all.iter().map(|one| one.path().to_owned()).collect::<Vec<_>>();
        let url = |text| Url::parse(text).unwrap();
        assert_eq!(
            names(resource_documents(&url("https://h/mcp"))),
            ["/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-protected-resource"]
        );
        assert_eq!(names(resource_documents(&url("https://h"))), ["/.well-known/oauth-protected-resource"]);
        assert_eq!(
            names(server_documents(&url("https://h/tenant1"))),
            [
                "/.well-known/oauth-authorization-server/tenant1",
                "/.well-known/openid-configuration/tenant1",
                "/tenant1/.well-known/openid-configuration"
            ]
        );
        assert_eq!(server_documents(&url("https://h/")).len(), 2);
    }

    #[test]
    fn a_resource_covers_its_own_paths_only() {
        let endpoint = Url::parse("https://h/a/mcp").unwrap();
        for good in [
            "https://h",
            "https://h/",
            "https://h/a",
            "https://h/a/mcp",
            "https://h/a/mcp/",
            "https://H:443/a",
        ] {
            assert!(covers(good, &endpoint), "{good}");
        }
        for bad in [
            "https://h/b/mcp",
            "https://h/a/mcp/x",
            "https://h/a/mc",
            "http://h/a",
            "https://evil/a/mcp",
            "x",
        ] {
            assert!(!covers(bad, &endpoint), "{bad}");
        }
    }
}

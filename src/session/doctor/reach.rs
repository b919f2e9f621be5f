//! The two lowest rungs: a name becomes addresses, and one of them takes a connection. Owns their words; sends no byte.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::trouble::Trouble;
use crate::domain::examination::Rung;

/// Addresses of one name that are tried, all at once.
const MOST_ADDRESSES: usize = 6;

/// What is being reached, for the words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target<'a> {
    /// The name or address.
    pub(super) host: &'a str,
    pub(super) port: u16,
    /// The variable of the environment, when it is a proxy and not the server itself.
    pub(super) proxy: Option<&'a str>,
}

/// The addresses of a name.
pub(super) async fn look_up(target: Target<'_>, limit: Duration) -> Result<Vec<SocketAddr>, Trouble> {
    let bare = target.host.trim_start_matches('[').trim_end_matches(']');
    let found = timeout(limit, tokio::net::lookup_host((bare, target.port))).await;
    let Ok(found) = found else { return Err(slow_name(target)) };
    let addresses: Vec<SocketAddr> = found.map_err(|_| unknown(target))?.take(MOST_ADDRESSES).collect();
    if addresses.is_empty() { Err(unknown(target)) } else { Ok(addresses) }
}

/// The first address that takes a connection.
pub(super) async fn connect(
    target: Target<'_>,
    addresses: &[SocketAddr],
    limit: Duration,
) -> Result<SocketAddr, Trouble> {
    let mut tries: FuturesUnordered<_> = addresses
        .iter()
        .map(|address| async move { TcpStream::connect(address).await.map(|_| *address) })
        .collect();
    let first = async {
        let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
        while let Some(tried) = tries.next().await {
            match tried {
                Ok(address) => return Ok(address),
                Err(error) => last = error,
            }
        }
        Err(last)
    };
    match timeout(limit, first).await {
        Ok(Ok(address)) => Ok(address),
        Ok(Err(error)) => Err(no_connection(target, error.kind())),
        Err(_) => Err(no_connection(target, io::ErrorKind::TimedOut)),
    }
}

fn unknown(target: Target<'_>) -> Trouble {
    let host = target.host;
    if let Some(variable) = target.proxy {
        return Trouble::new(
            Rung::Name,
            "proxy-unreachable",
            format!("The proxy {host} has no address: its name is not known."),
            format!("Correct {variable} in the environment, or unset it where no proxy is needed."),
        );
    }
    let hint = if host.ends_with("intercom.com") || host.ends_with("intercom.io") {
        "Check the network and the spelling. Intercom has two such servers, mcp.intercom.com (United States) and \
         mcp.eu.intercom.com (Europe), and none for Australia."
    } else {
        "Check the spelling of the address and whether this machine is online; a private name may need the VPN."
    };
    Trouble::new(Rung::Name, "name-unknown", format!("The name {host} is not known on this network."), hint)
}

fn slow_name(target: Target<'_>) -> Trouble {
    Trouble::new(
        Rung::Name,
        "name-no-answer",
        format!("Nobody answered when asked for the address of {}.", target.host),
        "This machine seems to be offline, or its name server (DNS) is down: check the network.",
    )
}

fn no_connection(target: Target<'_>, kind: io::ErrorKind) -> Trouble {
    let Target { host, port, proxy } = target;
    if let Some(variable) = proxy {
        return Trouble::new(
            Rung::Tcp,
            "proxy-unreachable",
            format!("The proxy {host}:{port}, which the environment names, takes no connection."),
            format!(
                "Start the proxy, correct {variable} in the environment, or unset it where none is needed."
            ),
        );
    }
    #[expect(clippy::wildcard_enum_match_arm, reason = "the list of kinds is open")]
    match kind {
        io::ErrorKind::ConnectionRefused => Trouble::new(
            Rung::Tcp,
            "refused",
            format!("{host} refused the connection on port {port}: nothing listens there."),
            "Check that the server is running and that the port is right.",
        ),
        io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable => Trouble::new(
            Rung::Tcp,
            "unreachable",
            format!("There is no way from here to {host}."),
            "Check that this machine is online; a private address may need the VPN.",
        ),
        io::ErrorKind::TimedOut => Trouble::new(
            Rung::Tcp,
            "connection-no-answer",
            format!("{host} did not answer on port {port}."),
            "A firewall may swallow the connection, or the machine is off. Where a proxy is required, name it in \
             HTTPS_PROXY.",
        ),
        _ => Trouble::new(
            Rung::Tcp,
            "unreachable",
            format!("No connection to {host} on port {port} could be made ({kind})."),
            "Check the network, the firewall and the address.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_no_connection_has_its_own_words() {
        let target = Target { host: "a.example", port: 443, proxy: None };
        let cause = |kind| no_connection(target, kind).cause;
        assert_eq!(cause(io::ErrorKind::ConnectionRefused), "refused");
        assert_eq!(cause(io::ErrorKind::HostUnreachable), "unreachable");
        assert_eq!(cause(io::ErrorKind::TimedOut), "connection-no-answer");
        assert!(no_connection(target, io::ErrorKind::TimedOut).hint.contains("HTTPS_PROXY"));
        let other = no_connection(target, io::ErrorKind::PermissionDenied);
        assert_eq!(other.cause, "unreachable");
        assert!(other.sentence.contains("permission denied"), "{}", other.sentence);
        let proxy = Target { proxy: Some("HTTPS_PROXY"), ..target };
        assert_eq!(no_connection(proxy, io::ErrorKind::ConnectionRefused).cause, "proxy-unreachable");
    }

    #[test]
    fn a_host_that_intercom_lacks_is_met_with_those_it_has() {
        let target = Target { host: "mcp.au.intercom.com", port: 443, proxy: None };
        let trouble = unknown(target);
        assert_eq!(trouble.cause, "name-unknown");
        assert!(trouble.hint.contains("mcp.eu.intercom.com") && trouble.hint.contains("Australia"));
        assert_eq!(slow_name(target).cause, "name-no-answer");
    }
}

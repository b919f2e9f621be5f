//! Why no secure connection came about, or no reply at all, told by the words of the libraries, which tell it no other way.

use super::case::Case;
use super::trouble::Trouble;
use crate::domain::examination::Rung;
use crate::session::client::causes;

/// What a request that got no reply means.
pub(super) fn of_request(error: &reqwest::Error, case: &Case) -> Trouble {
    let words = causes(error);
    if !error.is_connect() {
        return case.cut_before_answer();
    }
    if let Some(proxy) = &case.proxy
        && let Some(trouble) = of_tunnel(&words, proxy, &case.host)
    {
        return trouble;
    }
    if case.https
        && let Some(trouble) = of_words(&words, &case.host)
    {
        return trouble;
    }
    if error.is_timeout() && case.https {
        return Trouble::new(
            Rung::Tls,
            "tls-no-answer",
            format!("{} takes connections but does not answer when asked for a secure one.", case.host),
            "A firewall may hold it back, or the port is not one for https: check the address, or ask the network's \
             administrator.",
        );
    }
    case.cut_before_answer()
}

fn of_tunnel(words: &str, proxy: &str, host: &str) -> Option<Trouble> {
    if words.contains("proxy authorization required") {
        return Some(wants_sign_in(Rung::Tls, proxy));
    }
    if !words.contains("tunnel error") {
        return None;
    }
    Some(Trouble::new(
        Rung::Tls,
        "proxy-refused",
        format!("The proxy {proxy} does not let connections through to {host}."),
        "Ask the proxy's administrator to permit this host; where no proxy is needed, add the host to NO_PROXY.",
    ))
}

/// 407, on a tunnel or on a plain request.
pub(super) fn wants_sign_in(rung: Rung, proxy: &str) -> Trouble {
    Trouble::new(
        rung,
        "proxy-sign-in",
        format!("The proxy {proxy} wants a sign-in of its own (407)."),
        "Put its user and password into the proxy's address in the environment: \
         HTTPS_PROXY=http://user:password@host:port.",
    )
}

/// Words that stand in what a library says, and what they mean for a host.
type Saying = (&'static [&'static str], fn(&str) -> Trouble);

/// What TLS libraries say; the first that fits.
const SAYINGS: [Saying; 8] = [
    (&["not valid yet", "notvalidyet"], |host| {
        Trouble::new(
            Rung::Tls,
            "certificate-not-yet-valid",
            format!(
                "The certificate of {host} is not valid yet: by this computer's clock its time lies in the future."
            ),
            "Check this computer's date and time, and set the clock right.",
        )
    }),
    (&["expired"], |host| {
        Trouble::new(
            Rung::Tls,
            "certificate-expired",
            format!("The certificate of {host} has expired."),
            "Check this computer's date and time first. If they are right, only the server's owner can renew it.",
        )
    }),
    (&["not valid for name", "notvalidforname"], |host| {
        Trouble::new(
            Rung::Tls,
            "certificate-other-name",
            format!("The certificate shown for {host} belongs to another name."),
            "Check the spelling of the address. On a guest network, open a web page in the browser to sign in to the \
             network first.",
        )
    }),
    (&["unknownissuer", "unknown issuer", "causedasendentity", "self-signed", "self signed"], |host| {
        Trouble::new(
            Rung::Tls,
            "certificate-untrusted",
            format!("The certificate of {host} is signed by nobody this computer trusts."),
            "It is self-signed, or a proxy or virus scanner opens secure connections. Have that proxy's root \
             certificate installed on this system (or name its file in SSL_CERT_FILE); do not go on if you expect none.",
        )
    }),
    (&["corrupt message", "invalidcontenttype"], |host| {
        Trouble::new(
            Rung::Tls,
            "not-tls",
            format!("What answers at {host} does not speak https."),
            "Use http:// if the server is meant to be reached so, or correct the port.",
        )
    }),
    (&["fatal alert"], |host| {
        Trouble::new(
            Rung::Tls,
            "tls-refused",
            format!("{host} refused the terms of a secure connection."),
            "Its TLS may be too old, or it does not know this name: check the address, or ask the server's owner.",
        )
    }),
    (&["certificate"], |host| {
        Trouble::new(
            Rung::Tls,
            "certificate-refused",
            format!("The certificate of {host} cannot be accepted."),
            "Check the address and this computer's clock, and whether a proxy stands between.",
        )
    }),
    (&["eof", "reset", "closed", "broken pipe"], |host| {
        Trouble::new(
            Rung::Tls,
            "tls-cut",
            format!("The connection to {host} was cut while it was being made secure."),
            "A firewall may forbid it, or the port is not one for https: check the address, or ask the network's \
             administrator.",
        )
    }),
];

fn of_words(words: &str, host: &str) -> Option<Trouble> {
    let said = SAYINGS.iter().find(|(sayings, _)| sayings.iter().any(|saying| words.contains(saying)));
    said.map(|(_, trouble)| trouble(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of rustls 0.23, which were met so against a server with such certificates.
    #[test]
    fn certificates_are_told_apart() {
        let cause = |words: &str| of_words(&words.to_lowercase(), "a.example").map(|trouble| trouble.cause);
        let table = [
            ("invalid peer certificate: UnknownIssuer", Some("certificate-untrusted")),
            ("invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))", Some("certificate-untrusted")),
            (
                "invalid peer certificate: certificate expired: verification time 1795173000 (UNIX), but certificate is \
                 not valid after 1700000000",
                Some("certificate-expired"),
            ),
            (
                "invalid peer certificate: certificate not valid yet: verification time 1795173000 (UNIX), but …",
                Some("certificate-not-yet-valid"),
            ),
            (
                "invalid peer certificate: certificate not valid for name \"localhost\"; certificate is only valid for …",
                Some("certificate-other-name"),
            ),
            ("received corrupt message of type InvalidContentType", Some("not-tls")),
            ("received fatal alert: HandshakeFailure", Some("tls-refused")),
            ("invalid peer certificate: Revoked", Some("certificate-refused")),
            ("tls handshake eof", Some("tls-cut")),
            ("something else", None),
        ];
        for (words, expected) in table {
            assert_eq!(cause(words), expected, "{words}");
        }
    }
}

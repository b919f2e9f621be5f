//! The search for planted secrets in everything that was written. Owns the forms a secret may take.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

/// The token of rows that sign in with one from the environment.
pub(crate) const TOKEN: &str = "planted-token/1+2=3&4";
/// What bridges are given to sign in with.
pub(crate) const BRIDGED: &str = "planted-bridge/1+2=3&4";
/// What a bridge tells that nobody gave it.
pub(crate) const OWN: &str = "planted-own-token";

/// The secrets that stand in a text, in whatever form.
pub(crate) fn found(text: &str, secrets: &[String]) -> Vec<String> {
    let stands = |secret: &&String| forms(secret).iter().any(|form| text.contains(form.as_str()));
    secrets.iter().filter(stands).cloned().collect()
}

/// Plain, percent-encoded in two ways, and base64 wherever in a longer text it begins.
fn forms(secret: &str) -> Vec<String> {
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let every: String =
        secret
            .bytes()
            .map(|byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            })
            .collect();
    let mut forms = vec![secret.to_owned(), form.to_lowercase(), form, every.to_lowercase(), every];
    for before in 0..3 {
        let padded = [vec![b'x'; before], secret.as_bytes().to_vec()].concat();
        for engine in [&STANDARD, &URL_SAFE] {
            // The first and last characters depend on the neighbours.
            let encoded = engine.encode(&padded);
            let encoded = encoded.trim_end_matches('=');
            let from = [0, 2, 3][before];
            forms.push(encoded[from..encoded.len() - 1].to_owned());
        }
    }
    forms
}

#[test]
fn a_secret_is_found_in_every_form() {
    let secrets = [TOKEN.to_owned()];
    let basic = |before: &str| STANDARD.encode(format!("{before}{TOKEN}:more"));
    let texts = [
        format!("a {TOKEN} b"),
        "token=planted-token%2F1%2B2%3D3%264&x=1".to_owned(),
        "planted-token%2f1%2b2%3d3%264".to_owned(),
        basic(""),
        basic("i"),
        basic("id"),
        basic("id:"),
        URL_SAFE.encode(format!("{{\"t\":\"{TOKEN}\"}}")),
    ];
    for text in texts {
        assert_eq!(found(&text, &secrets), secrets, "{text}");
    }
    assert!(found("planted-token ‹hidden›", &secrets).is_empty());
}

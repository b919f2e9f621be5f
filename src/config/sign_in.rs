//! The `[oauth]` table: how authorization servers know this program. Owns what may be said there; refuses secrets, which are
//! named by the variable that holds them and never written into the file.

use serde::Deserialize;
use toml::Spanned;

use super::file::{Mistake, address};

/// How authorization servers know this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuth {
    /// A client id that was registered by hand; none registers by itself.
    pub client_id: Option<String>,
    /// The name of the variable that holds the client's secret.
    pub client_secret_env: Option<String>,
    /// The https address of a client id document.
    pub client_document: Option<url::Url>,
    /// The port on this machine that the browser comes back to; none takes any free one.
    pub callback_port: Option<u16>,
    /// Whether sign-ins are kept in the system keyring where there is one.
    pub keyring: bool,
}

impl Default for OAuth {
    fn default() -> Self {
        Self {
            client_id: None,
            client_secret_env: None,
            client_document: None,
            callback_port: None,
            keyring: true,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Written {
    client_id: Option<String>,
    client_secret_env: Option<Spanned<String>>,
    client_document: Option<Spanned<String>>,
    callback_port: Option<Spanned<i64>>,
    keyring: Option<bool>,
}

pub(super) fn check(written: Written) -> Result<OAuth, Mistake> {
    Ok(OAuth {
        client_id: written.client_id.filter(|id| !id.is_empty()),
        client_secret_env: written.client_secret_env.map(variable).transpose()?,
        client_document: written.client_document.map(|document| secure(&document)).transpose()?,
        callback_port: written.callback_port.map(|port| self::port(&port)).transpose()?,
        keyring: written.keyring.unwrap_or(true),
    })
}

fn port(written: &Spanned<i64>) -> Result<u16, Mistake> {
    let port = u16::try_from(*written.get_ref()).ok().filter(|port| *port > 0);
    let sentence = "\"callback_port\" is a number from 1 to 65535.";
    port.ok_or_else(|| (written.span().start, sentence.to_owned()))
}

/// The words are not repeated in the error: somebody may have put the secret itself here.
fn variable(written: Spanned<String>) -> Result<String, Mistake> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let start = written.span().start;
    let name = written.into_inner();
    let first = name.chars().next();
    if first.is_some_and(|c| !c.is_ascii_digit()) && name.chars().all(plain) {
        return Ok(name);
    }
    Err((
        start,
        "\"client_secret_env\" is the name of a variable that holds the secret, not the secret.".into(),
    ))
}

fn secure(written: &Spanned<String>) -> Result<url::Url, Mistake> {
    let document = address(written)?;
    if document.scheme() == "https" {
        return Ok(document);
    }
    Err((written.span().start, "\"client_document\" must begin with https://.".to_owned()))
}

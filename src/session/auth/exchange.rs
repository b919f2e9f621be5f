//! The token endpoint: a code or a refresh token is spent there, tokens are revoked beside it. Owns how a program proves
//! itself (RFC 6749 2.3.1); refuses to know what comes of the tokens.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::RETRY_AFTER;
use secrecy::SecretString;
use serde_json::Value;
use url::Url;

use super::net::{As, Net, Reply, fault};
use super::registration::{Identity, Method};
use super::tokens::Granted;
use super::{addresses, clock, faults};
use crate::domain::call::{Fault, FaultKind};
use crate::session::mcp::waiting;

/// Why no token came.
pub(super) enum Denied {
    /// The server said no, by this code of RFC 6749 5.2.
    Refused(String, Fault),
    /// Whether it would is open: no connection, no answer, its own failure.
    Failed(Fault),
}

impl Denied {
    /// What to tell.
    pub(super) fn fault(self) -> Fault {
        match self {
            Self::Refused(_, fault) | Self::Failed(fault) => fault,
        }
    }

    /// Whether the server does not know this program any more.
    pub(super) fn is_of_client(&self) -> bool {
        matches!(self, Self::Refused(code, _) if matches!(code.as_str(), "invalid_client" | "unauthorized_client"))
    }
}

/// Spends a code or a refresh token, which is in the form.
pub(super) async fn spend(
    net: &Net,
    endpoint: &Url,
    client: &Identity,
    form: &[(&str, &str)],
) -> Result<Granted, Denied> {
    let reply = post(net, endpoint, client, form).await.map_err(Denied::Failed)?;
    if let Some(fault) = put_off(endpoint, &reply) {
        return Err(Denied::Failed(fault));
    }
    let body = reply.json();
    let granted = reply.is_success().then(|| Granted::of(&body)).flatten();
    granted.ok_or_else(|| refused(net, endpoint, reply.status, &body))
}

/// What a reply says that gives no token now and may give one later, with the wait that it asks for.
fn put_off(endpoint: &Url, reply: &Reply) -> Option<Fault> {
    let wait = reply.headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok());
    let wait = wait.and_then(|value| waiting::seconds(value, clock::now()));
    let fault = match reply.status {
        429 => {
            let sentence = format!("{} asks us to slow down (429).", addresses::host(endpoint));
            Fault::new(FaultKind::RateLimited, &sentence, "Wait a little and try again.")
        }
        500.. => {
            let did = format!("could not give a token ({})", reply.status);
            fault(endpoint, FaultKind::Server, &did)
        }
        _ => return None,
    };
    Some(Fault { wait, ..fault })
}

/// Revokes a token (RFC 7009). An answer of any kind but a failure is good: what is unknown needs no revoking.
pub(super) async fn revoke(
    net: &Net,
    endpoint: &Url,
    client: &Identity,
    token: &str,
    kind: &str,
) -> Result<(), Fault> {
    let form = [("token", token), ("token_type_hint", kind)];
    let reply = post(net, endpoint, client, &form).await?;
    if reply.is_success() {
        return Ok(());
    }
    Err(fault(endpoint, FaultKind::Server, &format!("did not take back the sign-in ({})", reply.status)))
}

async fn post(net: &Net, endpoint: &Url, client: &Identity, form: &[(&str, &str)]) -> Result<Reply, Fault> {
    let mut form = form.to_vec();
    let secret = client.secret.as_deref().unwrap_or_default();
    net.tap().secrets().learn(secret);
    let basic = match client.method {
        Method::Basic => {
            let encoded = basic(&client.id, secret);
            return net.form(endpoint, &form, As::Basic(&encoded)).await;
        }
        Method::Post => Some(("client_secret", secret)),
        Method::None => None,
    };
    form.push(("client_id", &client.id));
    form.extend(basic);
    net.form(endpoint, &form, As::Nobody).await
}

/// Id and secret as a form would write them, then joined and encoded.
fn basic(id: &str, secret: &str) -> SecretString {
    let encode = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    SecretString::from(STANDARD.encode(format!("{}:{}", encode(id), encode(secret))))
}

fn refused(net: &Net, endpoint: &Url, status: u16, body: &Value) -> Denied {
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    let words = if text("error_description").is_empty() { text("error") } else { text("error_description") };
    let said = faults::said(words, net.tap().secrets());
    let host = addresses::host(endpoint);
    let sentence = format!("{host} gave no token ({status}){said}");
    Denied::Refused(text("error").to_owned(), faults::refused(&sentence))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn basic_is_encoded_as_a_form_first() {
        let decoded = STANDARD.decode(basic("a:b c", "s/é").expose_secret()).unwrap();
        assert_eq!(String::from_utf8(decoded).unwrap(), "a%3Ab+c:s%2F%C3%A9");
    }
}

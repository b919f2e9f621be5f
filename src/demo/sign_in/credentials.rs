//! Which client speaks to the token endpoint: by its id alone, or with its secret in the header or in the form.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::form::Form;
use super::registration::Client;
use super::{Bounded, Failure};

/// The client that speaks.
///
/// # Errors
/// 401 `invalid_client` when it is not known, or keeps a secret and does not show it.
pub(super) fn client<'a>(
    clients: &'a Bounded<Client>,
    headers: &HeaderMap,
    form: &Form,
) -> Result<&'a Client, Failure> {
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (id, shown) = if let Some(header) = header {
        let (id, shown) =
            basic(header).ok_or_else(|| Failure::client("The Authorization header cannot be read"))?;
        if form.get("client_id").is_some_and(|said| said != id) || form.get("client_secret").is_some() {
            return Err(Failure::client("The client names itself in two ways"));
        }
        (id, Some(shown))
    } else {
        let id = form.get("client_id").ok_or_else(|| Failure::client("client_id is missing"))?;
        (id.to_owned(), form.get("client_secret").map(str::to_owned))
    };
    let client = clients.get(&id).ok_or_else(|| Failure::client("The client is not registered"))?;
    if client.secret.is_some() && client.secret != shown {
        return Err(Failure::client("The client's secret is missing or wrong"));
    }
    Ok(client)
}

/// Id and secret out of a Basic header, each of them form-encoded (RFC 6749, 2.3.1).
fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((decoded(id), decoded(secret)))
}

fn decoded(text: &str) -> String {
    // A name without a value is exactly one form-encoded text.
    url::form_urlencoded::parse(text.as_bytes()).next().map(|(text, _)| text.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_headers_are_read() {
        // "a%20b:c%3Ad"
        assert_eq!(basic("Basic YSUyMGI6YyUzQWQ="), Some(("a b".into(), "c:d".into())));
        for wrong in ["Basic", "Bearer YTpi", "Basic !!", "Basic YWI="] {
            assert_eq!(basic(wrong), None, "{wrong}");
        }
    }
}

//! Parameters as forms and queries carry them, each at most once (RFC 6749, 3.1 and 3.2).

use std::collections::HashMap;

use axum::body::{Body, to_bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;

use super::Failure;

/// The largest form.
const MOST_BYTES: usize = 64 * 1024;

/// Parameters by name. Empty ones count as absent.
#[derive(Debug)]
pub(super) struct Form {
    fields: HashMap<String, String>,
}

impl Form {
    /// Reads a query or a form's body.
    ///
    /// # Errors
    /// `invalid_request` for a parameter that comes twice.
    pub(super) fn read(written: &[u8]) -> Result<Self, Failure> {
        let mut fields = HashMap::new();
        for (name, value) in url::form_urlencoded::parse(written) {
            if value.is_empty() {
                continue;
            }
            let message = format!("The parameter {name} comes twice");
            if fields.insert(name.into_owned(), value.into_owned()).is_some() {
                return Err(Failure::new("invalid_request", message));
            }
        }
        Ok(Self { fields })
    }

    /// Reads a posted form.
    ///
    /// # Errors
    /// `invalid_request` for anything that is no form.
    pub(super) async fn posted(headers: &HeaderMap, body: Body) -> Result<Self, Failure> {
        let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
        let kind = kind.split(';').next().unwrap_or("").trim();
        if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(Failure::new(
                "invalid_request",
                "Content-Type must be application/x-www-form-urlencoded",
            ));
        }
        let body = to_bytes(body, MOST_BYTES)
            .await
            .map_err(|_| Failure::new("invalid_request", "The form is too large"))?;
        Self::read(&body)
    }

    /// The value of a parameter.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }

    /// The value of a parameter that must be there.
    ///
    /// # Errors
    /// `invalid_request` when it is not.
    pub(super) fn needed(&self, name: &str) -> Result<&str, Failure> {
        self.get(name).ok_or_else(|| Failure::new("invalid_request", format!("{name} is missing")))
    }
}

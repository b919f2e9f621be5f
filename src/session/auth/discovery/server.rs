//! What an authorization server offers, out of its metadata. Owns which of it may be used at all.

use serde_json::Value;
use url::Url;

use crate::domain::call::Fault;
use crate::session::auth::{addresses, faults};

/// An authorization server.
#[derive(Debug)]
pub(in crate::session::auth) struct Server {
    /// Its name, by plain string.
    pub(in crate::session::auth) issuer: String,
    /// Where a person signs in.
    pub(in crate::session::auth) authorize: Url,
    /// Where codes and refresh tokens are spent.
    pub(in crate::session::auth) token: Url,
    /// Where programs register.
    pub(in crate::session::auth) register: Option<Url>,
    /// Where tokens are revoked.
    pub(in crate::session::auth) revoke: Option<Url>,
    /// How programs may prove themselves at `token`; none when it does not say.
    pub(in crate::session::auth) methods: Option<Vec<String>>,
    /// The scopes it lists.
    pub(in crate::session::auth) scopes: Vec<String>,
    /// Whether its answers must carry `iss` (RFC 9207).
    pub(in crate::session::auth) names_itself: bool,
    /// Whether it takes the address of a document as client id.
    pub(in crate::session::auth) takes_documents: bool,
    /// Whether it has no metadata and its paths are those of MCP 2025-03-26.
    pub(in crate::session::auth) is_guessed: bool,
}

impl Server {
    /// Out of metadata whose `issuer` was checked. Without PKCE by S256 it is not used.
    pub(super) fn of(document: &Value, issuer: &Url) -> Result<Self, Fault> {
        let here = addresses::is_loopback(issuer);
        let name = document.get("issuer").and_then(Value::as_str).unwrap_or_default();
        let address = |member: &str| addresses::allowed(document.get(member)?.as_str()?, here);
        let flag = |member: &str| document.get(member).and_then(Value::as_bool).unwrap_or_default();
        let (Some(authorize), Some(token)) = (address("authorization_endpoint"), address("token_endpoint"))
        else {
            let sentence = format!("{name} names no safe address to sign in at.");
            return Err(faults::refused(&sentence));
        };
        let challenges = words(document, "code_challenge_methods_supported").unwrap_or_default();
        if !challenges.iter().any(|method| method == "S256") {
            let sentence =
                format!("{name} does not offer the protection (PKCE, S256) that a sign-in here needs.");
            return Err(faults::refused_because(
                &sentence,
                "Use a token instead, if the server gives any out.",
            ));
        }
        Ok(Self {
            issuer: name.to_owned(),
            authorize,
            token,
            register: address("registration_endpoint"),
            revoke: address("revocation_endpoint"),
            methods: words(document, "token_endpoint_auth_methods_supported"),
            scopes: words(document, "scopes_supported").unwrap_or_default(),
            names_itself: flag("authorization_response_iss_parameter_supported"),
            takes_documents: flag("client_id_metadata_document_supported"),
            is_guessed: false,
        })
    }

    /// For tests elsewhere.
    #[cfg(test)]
    pub(in crate::session::auth) fn for_tests(document: &Value, issuer: &Url) -> Self {
        Self::of(document, issuer).unwrap()
    }

    /// The fixed paths of MCP 2025-03-26.
    pub(super) fn without_metadata(origin: &Url) -> Self {
        let at = |path: &str| {
            let mut address = origin.clone();
            address.set_path(path);
            address
        };
        Self {
            issuer: addresses::origin(origin),
            authorize: at("/authorize"),
            token: at("/token"),
            register: Some(at("/register")),
            revoke: None,
            methods: None,
            scopes: Vec::new(),
            names_itself: false,
            takes_documents: false,
            is_guessed: true,
        }
    }
}

/// The strings of a list; none when there is no list.
pub(in crate::session::auth) fn words(document: &Value, member: &str) -> Option<Vec<String>> {
    let list = document.get(member)?.as_array()?;
    Some(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

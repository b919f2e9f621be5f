//! What must never be shown: every token, code and client secret that this process has seen. Whatever leaves the session as
//! words (traffic, recordings, faults with the server's own text) goes through [`Secrets::hide`] first.

use std::borrow::Cow;
use std::sync::{Arc, PoisonError, RwLock};

use secrecy::{ExposeSecret, SecretString};

/// What stands in place of a secret.
pub const HIDDEN: &str = "‹hidden›";
/// Shorter strings are not replaced: they would tear ordinary words apart, and no secret is so short.
const SHORTEST: usize = 8;

/// A register of secrets. Clones share it.
#[derive(Clone, Default)]
pub struct Secrets(Arc<RwLock<Vec<SecretString>>>);

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets")
    }
}

impl Secrets {
    /// Remembers a secret. Too short ones and known ones are passed over.
    pub fn learn(&self, secret: &str) {
        if secret.len() < SHORTEST {
            return;
        }
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.iter().all(|one| one.expose_secret() != secret) {
            known.push(SecretString::from(secret.to_owned()));
        }
    }

    /// The text with every known secret replaced, also where it is percent-encoded or escaped for JSON.
    pub fn hide<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut text = Cow::Borrowed(text);
        for secret in known.iter().map(ExposeSecret::expose_secret) {
            for form in forms(secret) {
                if text.contains(&form) {
                    text = Cow::Owned(text.replace(&form, HIDDEN));
                }
            }
        }
        text
    }
}

/// The ways a secret may be written.
fn forms(secret: &str) -> Vec<String> {
    let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let escaped = serde_json::to_string(secret).unwrap_or_default();
    let mut forms = vec![secret.to_owned(), encoded, escaped.trim_matches('"').to_owned()];
    forms.dedup();
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_what_it_learnt_however_it_is_written() {
        let secrets = Secrets::default();
        secrets.learn("to:ken/with=signs");
        secrets.learn("short");
        for text in
            ["a to:ken/with=signs b", "code=to%3Aken%2Fwith%3Dsigns&x=1", "{\"t\":\"to:ken/with=signs\"}"]
        {
            let hidden = secrets.hide(text);
            assert!(hidden.contains(HIDDEN), "{hidden}");
            assert!(!hidden.contains("ken"), "{hidden}");
        }
        assert_eq!(secrets.hide("a short word"), "a short word");
    }
}

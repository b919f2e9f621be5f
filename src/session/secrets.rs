//! What must never be shown: every token, code and client secret that this process has seen, and whatever stands behind
//! `Bearer`. All that leaves the session as words (traffic, recordings, faults with the server's own text) goes through
//! [`Secrets::hide`] first.

mod bearer;
mod command;

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
    /// Remembers a secret, however it may be written. Too short ones and known ones are passed over.
    pub fn learn(&self, secret: &str) {
        if secret.len() < SHORTEST {
            return;
        }
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for form in forms(secret) {
            if known.iter().all(|one| one.expose_secret() != form) {
                // The longest first: a secret that begins with another one must go as a whole.
                let at = known.partition_point(|one| one.expose_secret().len() > form.len());
                known.insert(at, SecretString::from(form));
            }
        }
    }

    /// Remembers what looks like a credential in the words of a command, and in the environment that it will be given.
    pub fn learn_command(&self, words: &[String]) {
        let environment = std::env::vars_os();
        let environment = environment
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        for secret in command::credentials(words, environment) {
            self.learn(&secret);
        }
    }

    /// The text with every known secret replaced, also where it is percent-encoded or escaped for JSON, and with every
    /// token that stands behind `Bearer`.
    pub fn hide<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut text = Cow::Borrowed(text);
        for form in known.iter().map(ExposeSecret::expose_secret) {
            if text.contains(form) {
                text = Cow::Owned(text.replace(form, HIDDEN));
            }
        }
        match bearer::hidden(&text) {
            Some(hidden) => Cow::Owned(hidden),
            None => text,
        }
    }
}

/// The ways a secret may be written.
fn forms(secret: &str) -> Vec<String> {
    let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let escaped = serde_json::to_string(secret).unwrap_or_default();
    vec![secret.to_owned(), encoded, escaped.trim_matches('"').to_owned()]
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

    #[test]
    fn a_secret_that_begins_with_another_one_goes_as_a_whole() {
        for order in [["first-part", "first-part.second"], ["first-part.second", "first-part"]] {
            let secrets = Secrets::default();
            for secret in order {
                secrets.learn(secret);
            }
            assert_eq!(secrets.hide("x first-part.second first-part y"), "x ‹hidden› ‹hidden› y");
        }
    }

    #[test]
    fn what_a_command_carries_is_learnt() {
        let secrets = Secrets::default();
        secrets.learn_command(&["npx".to_owned(), "--token".to_owned(), "an-argument".to_owned()]);
        assert_eq!(secrets.hide("it said an-argument"), "it said ‹hidden›");
    }
}

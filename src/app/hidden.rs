//! A field whose text is a secret: typed or pasted, never shown, never told by `Debug`.

use secrecy::SecretString;

use super::field::Field;
use super::key::Key;

/// The most dots shown for it.
const DOTS: usize = 24;

/// A line of secret text being typed.
#[derive(Default)]
pub struct Hidden(Field);

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hidden")
    }
}

impl Hidden {
    /// Whether nothing but blanks was typed.
    pub fn is_empty(&self) -> bool {
        self.0.text().trim().is_empty()
    }

    /// What may be shown: a dot for each character, at most 24, and how many characters there are.
    pub fn shown(&self) -> String {
        let count = self.0.text().chars().count();
        let dots = "•".repeat(count.min(DOTS));
        if count > DOTS { format!("{dots}… {count} characters") } else { dots }
    }

    /// Takes an editing key; false when the key means nothing to a field.
    pub fn press(&mut self, key: Key) -> bool {
        self.0.press(key)
    }

    /// Types or pastes text.
    pub fn insert(&mut self, text: &str) {
        self.0.insert(text);
    }

    /// What to say when the last key or paste did not fit, once.
    pub fn complaint(&mut self, what: &str) -> Option<String> {
        self.0.complaint(what)
    }

    /// Takes the secret out, without the blanks around it; the field is empty then.
    pub fn take(&mut self) -> SecretString {
        let field = std::mem::take(&mut self.0);
        SecretString::from(field.text().trim().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret as _;

    #[test]
    fn nothing_of_it_is_told() {
        let mut hidden = Hidden::default();
        assert!(hidden.is_empty());
        hidden.insert("  tok_planted_secret_that_is_rather_long ");
        assert_eq!(format!("{hidden:?}"), "Hidden");
        assert!(!hidden.shown().contains("tok"));
        assert!(hidden.shown().ends_with("41 characters"), "{}", hidden.shown());
        assert_eq!(hidden.take().expose_secret(), "tok_planted_secret_that_is_rather_long");
        assert!(hidden.is_empty());
    }
}

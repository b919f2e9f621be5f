//! A field whose text is a secret: typed or pasted, never shown, never told by `Debug`.

use secrecy::SecretString;

use super::field::Field;
use super::key::Key;

/// The most dots shown for it.
const DOTS: usize = 24;

/// A line of secret text being typed.
/// One that did not fit is gone as a whole: a part of a secret is a wrong secret, and nobody could see that it is cut.
#[derive(Default)]
pub struct Hidden(Field, bool);

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
        let before = self.0.text().len();
        let known = self.0.press(key);
        let typed = key.typed().is_some() && self.0.text().len() == before;
        self.empty_if(typed);
        known
    }

    fn empty_if(&mut self, cut: bool) {
        if cut {
            (self.0, self.1) = (Field::default(), true);
        }
    }

    /// Types or pastes text.
    pub fn insert(&mut self, text: &str) {
        let cut = !self.0.insert(text);
        self.empty_if(cut);
    }

    /// What to say when the last key or paste did not fit, once.
    pub fn complaint(&mut self, what: &str) -> Option<String> {
        let words = || format!("{what} is too long: 4,096 bytes fit. Nothing of it was kept.");
        std::mem::take(&mut self.1).then(words)
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
    fn one_that_does_not_fit_is_not_cut_but_gone() {
        let mut hidden = Hidden::default();
        hidden.insert(&"t".repeat(5_000));
        assert!(hidden.is_empty());
        let said = hidden.complaint("The token");
        assert_eq!(said.as_deref(), Some("The token is too long: 4,096 bytes fit. Nothing of it was kept."));
        assert_eq!(hidden.complaint("The token"), None);
        hidden.insert(&"t".repeat(4_096));
        assert!(!hidden.is_empty() && hidden.complaint("The token").is_none());
        hidden.press("x".parse().unwrap());
        assert!(hidden.is_empty() && hidden.complaint("The token").is_some());
    }

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

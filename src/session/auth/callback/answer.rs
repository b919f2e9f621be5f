//! Judges the answer that a browser brings back: `state`, then `iss` (RFC 9207), then `error`, then the code. Nothing of an
//! answer is shown before the first two hold.

use secrecy::SecretString;
use url::{Url, form_urlencoded};

use crate::domain::call::Fault;
use crate::session::auth::{faults, pkce};
use crate::session::secrets::Secrets;

/// What an answer must be like.
pub(in crate::session::auth) struct Expected {
    /// The word that only this sign-in knows.
    pub(in crate::session::auth) state: String,
    /// The authorization server, by plain string.
    pub(in crate::session::auth) issuer: String,
    /// Whether it must name itself.
    pub(in crate::session::auth) must_name: bool,
    /// What must not be shown.
    pub(in crate::session::auth) secrets: Secrets,
}

/// What an answer is.
pub(in crate::session::auth) enum Outcome {
    /// It belongs to another sign-in or to none.
    Foreign,
    /// It says no, or must not be believed; with the code of RFC 6749 4.1.2.1, if it gave one.
    Refused(String, Fault),
    /// The code to spend.
    Code(SecretString),
}

impl Expected {
    /// Judges a query.
    pub(super) fn judge(&self, query: &str) -> Outcome {
        let one = |name: &str| single(query, name);
        if !one("state").is_some_and(|state| pkce::same(&state, &self.state)) {
            return Outcome::Foreign;
        }
        let is_named = form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "iss");
        if (is_named || self.must_name) && one("iss").is_none_or(|issuer| issuer != self.issuer) {
            let sentence = format!("The browser came back from somebody else than {}.", self.issuer);
            let hint = "Do not go on with that page; check the address of the server.";
            return Outcome::Refused(String::new(), faults::refused_because(&sentence, hint));
        }
        if let Some(error) = one("error") {
            return self.refused(&error, &one("error_description").unwrap_or_default());
        }
        match one("code").filter(|code| !code.is_empty()) {
            Some(code) => {
                self.secrets.learn(&code);
                Outcome::Code(SecretString::from(code))
            }
            None => Outcome::Refused(String::new(), faults::refused("The browser came back without a code.")),
        }
    }

    /// Judges an address, or the part behind its question mark, that a person pasted.
    pub(super) fn pasted(&self, text: &str) -> Outcome {
        let text = text.trim().trim_matches(['"', '\'', '<', '>']);
        let query = match Url::parse(text) {
            Ok(address) => address.query().unwrap_or_default().to_owned(),
            Err(_) => text.split_once('?').map_or(text, |(_, query)| query).to_owned(),
        };
        self.judge(&query)
    }

    fn refused(&self, error: &str, description: &str) -> Outcome {
        let fault = if error == "access_denied" {
            faults::refused_because("The sign-in was declined in the browser.", faults::SIGN_IN)
        } else {
            let words = if description.is_empty() { error } else { description };
            let said = faults::said(words, &self.secrets);
            faults::refused(&format!("{} refused the sign-in{said}", self.issuer))
        };
        Outcome::Refused(error.to_owned(), fault)
    }
}

/// The value of a parameter that is there exactly once.
fn single(query: &str, name: &str) -> Option<String> {
    let mut values = form_urlencoded::parse(query.as_bytes()).filter(|(one, _)| one == name);
    let value = values.next()?.1.into_owned();
    values.next().is_none().then_some(value)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    fn expected(must_name: bool) -> Expected {
        Expected {
            state: "right".into(),
            issuer: "https://as".into(),
            must_name,
            secrets: Secrets::default(),
        }
    }

    fn words(outcome: Outcome) -> String {
        match outcome {
            Outcome::Foreign => "foreign".into(),
            Outcome::Refused(code, fault) => format!("{code}: {}", fault.sentence),
            Outcome::Code(code) => code.expose_secret().into(),
        }
    }

    #[test]
    fn only_the_right_answer_gives_its_code() {
        let lax = |query: &str| words(expected(false).judge(query));
        let strict = |query: &str| words(expected(true).judge(query));
        assert_eq!(lax("code=c0&state=right"), "c0");
        assert_eq!(lax("code=c0&state=right&iss=https%3A%2F%2Fas"), "c0");
        assert_eq!(strict("code=c0&state=right&iss=https://as"), "c0");
        for foreign in
            ["", "code=c0", "code=c0&state=wrong", "code=c0&state=right&state=right", "code=c0&state="]
        {
            assert_eq!(lax(foreign), "foreign", "{foreign}");
        }
        for query in [
            "state=right&iss=https://as/",
            "state=right&iss=https://evil",
            "state=right&iss=",
            "state=right&iss=https://as&iss=https://as",
        ] {
            assert!(lax(&format!("code=c0&{query}")).contains("somebody else"), "{query}");
        }
        assert!(strict("code=c0&state=right").contains("somebody else"));
        assert!(lax("state=right").contains("without a code"));
    }

    #[test]
    fn words_are_shown_only_of_answers_that_hold() {
        let refused =
            words(expected(false).judge("error=server_error&error_description=PLANTED&state=right"));
        assert!(refused.starts_with("server_error: ") && refused.contains("PLANTED"), "{refused}");
        let query = "error=server_error&error_description=PLANTED&state=right&iss=https://evil";
        assert!(!words(expected(false).judge(query)).contains("PLANTED"));
        assert!(
            !words(expected(true).judge("error=x&error_description=PLANTED&state=right")).contains("PLANTED")
        );
        assert!(words(expected(false).judge("error=access_denied&state=right")).contains("declined"));
    }

    #[test]
    fn addresses_can_be_pasted_in_several_ways() {
        let pasted = |text: &str| words(expected(false).pasted(text));
        for good in [
            " \"http://localhost:1/oauth/callback?code=c0&state=right\" \n",
            "localhost:1/oauth/callback?code=c0&state=right",
            "?code=c0&state=right",
            "code=c0&state=right",
        ] {
            assert_eq!(pasted(good), "c0", "{good}");
        }
        for other in ["http://localhost:1/", "code=c0&state=wrong", "", "yes"] {
            assert_eq!(pasted(other), "foreign", "{other}");
        }
    }
}

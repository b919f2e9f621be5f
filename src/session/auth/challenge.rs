//! Reads `WWW-Authenticate` (RFC 9110 11.6.1): many schemes in one or in many headers. Owns what a challenge says; refuses
//! to believe it.

use http::HeaderMap;
use http::header::WWW_AUTHENTICATE;

/// Bytes of all such headers together that are read.
const MOST: usize = 16 * 1024;

/// What a server says when it wants a sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Challenge {
    /// Where its protected-resource document is (RFC 9728 5.1).
    pub(super) resource_metadata: Option<String>,
    /// The scopes that would do; empty when it does not say.
    pub(super) scopes: Vec<String>,
    /// The error code of RFC 6750 3.1.
    pub(super) error: Option<String>,
}

impl Challenge {
    /// Whether a token with more scopes would do.
    pub(super) fn wants_scope(&self) -> bool {
        self.error.as_deref() == Some("insufficient_scope")
    }
}

/// The challenge of the Bearer scheme; of several, the first that says anything.
pub(super) fn read(headers: &HeaderMap) -> Option<Challenge> {
    let mut joined = String::new();
    for value in headers.get_all(WWW_AUTHENTICATE) {
        joined.push_str(&String::from_utf8_lossy(value.as_bytes()));
        joined.push_str(", ");
    }
    let end = joined.char_indices().map(|(at, _)| at).find(|at| *at >= MOST).unwrap_or(joined.len());
    let bearer = schemes(&joined[..end]).into_iter().filter(|one| one.name.eq_ignore_ascii_case("bearer"));
    let mut challenges: Vec<Challenge> = bearer.map(|one| one.challenge()).collect();
    let telling = challenges.iter().position(|one| *one != Challenge::default());
    (!challenges.is_empty()).then(|| challenges.swap_remove(telling.unwrap_or(0)))
}

/// One scheme with its parameters, names in lower case.
struct Scheme {
    name: String,
    parameters: Vec<(String, String)>,
}

impl Scheme {
    fn value(&self, name: &str) -> Option<String> {
        let found = self.parameters.iter().find(|(one, _)| one == name);
        found.map(|(_, value)| value.clone()).filter(|value| !value.is_empty())
    }

    fn challenge(&self) -> Challenge {
        let scopes = self.value("scope").unwrap_or_default();
        Challenge {
            resource_metadata: self.value("resource_metadata"),
            scopes: scopes.split_ascii_whitespace().map(str::to_owned).collect(),
            error: self.value("error"),
        }
    }
}

/// All schemes in order. What cannot be read costs itself only.
fn schemes(text: &str) -> Vec<Scheme> {
    let mut found: Vec<Scheme> = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return found;
        }
        let (name, after) = token(rest);
        if name.is_empty() {
            rest = skip_one(rest);
            continue;
        }
        let behind = after.trim_start_matches([' ', '\t']);
        match (behind.strip_prefix('='), found.last_mut()) {
            (Some(value), Some(scheme)) => {
                let (value, after) = value_of(value.trim_start_matches([' ', '\t']));
                scheme.parameters.push((name.to_ascii_lowercase(), value));
                rest = after;
            }
            (Some(value), None) => rest = value_of(value.trim_start_matches([' ', '\t'])).1,
            (None, _) => {
                found.push(Scheme { name: name.to_owned(), parameters: Vec::new() });
                rest = behind_token68(behind);
            }
        }
    }
}

/// A token (RFC 9110 5.6.2) and what follows it.
fn token(text: &str) -> (&str, &str) {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let end = text.bytes().position(|byte| !is_token(byte)).unwrap_or(text.len());
    text.split_at(end)
}

/// A quoted or plain value and what follows it.
fn value_of(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', ' ', '\t']).unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut escaped = false;
    for (at, character) in quoted.char_indices() {
        match character {
            _ if escaped => {
                value.push(character);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => return (value, &quoted[at + 1..]),
            _ => value.push(character),
        }
    }
    (value, "")
}

/// What follows a token68, as Basic and Negotiate have them; the text itself when there is none.
fn behind_token68(text: &str) -> &str {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte);
    let end = text.bytes().position(|byte| !is_part(byte)).unwrap_or(text.len());
    let after = text[end..].trim_start_matches('=');
    let ends = after.trim_start_matches([' ', '\t']);
    if end > 0 && (ends.is_empty() || ends.starts_with(',')) { after } else { text }
}

fn skip_one(text: &str) -> &str {
    let mut characters = text.chars();
    characters.next();
    characters.as_str()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    fn of(values: &[&str]) -> Option<Challenge> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(WWW_AUTHENTICATE, HeaderValue::from_str(value).unwrap());
        }
        read(&headers)
    }

    #[test]
    fn reads_every_way_of_writing() {
        let whole = Challenge {
            resource_metadata: Some("https://h/x,y=z".into()),
            scopes: vec!["a:b".into(), "c".into()],
            error: Some("insufficient_scope".into()),
        };
        for values in [
            &["Bearer resource_metadata=\"https://h/x,y=z\", scope=\"a:b c\", error=\"insufficient_scope\""]
                [..],
            &[
                "Basic realm=\"x, Bearer scope=no\", bearer  Resource_Metadata = \"https://h/x,y=z\" ,scope= \"a:b c\",error =insufficient_scope",
            ],
            &[
                "Negotiate dG9rZW4=",
                "Basic realm=here, BEARER error=insufficient_scope, scope=\"a:b  c\", resource_metadata=\"https://h/x,y=z\"",
            ],
            &[
                "Bearer",
                "Bearer error=\"insufficient\\_scope\", scope=\"a:b c\", resource_metadata=\"https://h/x,y=z\", DPoP algs=\"ES256\"",
            ],
            &[
                "Negotiate, Bearer error=insufficient_scope, , scope=\"a:b c\", resource_metadata=\"https://h/x,y=z\"",
            ],
        ] {
            assert_eq!(of(values), Some(whole.clone()), "{values:?}");
        }
    }

    #[test]
    fn intercoms_own_challenge_names_nothing_but_its_error() {
        let said = of(&[
            "Bearer realm=\"OAuth\", error=\"invalid_token\", error_description=\"Missing or invalid access token\"",
        ]);
        let said = said.unwrap();
        assert_eq!(said.resource_metadata, None);
        assert_eq!(said.error.as_deref(), Some("invalid_token"));
        assert!(!said.wants_scope());
        assert_eq!(of(&["Basic realm=x"]), None);
        assert_eq!(of(&[]), None);
    }

    proptest! {
        #[test]
        fn any_header_is_read_without_harm(text in "[ -~]{0,200}") {
            let _ = of(&[&text]);
        }
    }
}

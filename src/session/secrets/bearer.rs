//! Tokens that nobody told us about, known by the word before them: `Bearer`. Owns where such a token begins and ends;
//! refuses to take prose and the parameters of a challenge for one.

use super::{HIDDEN, SHORTEST};

const WORD: &str = "bearer";
/// What ends a token; headers are quoted in JSON, in shells and in sentences.
const ENDS: [char; 11] = ['"', '\'', '`', '\\', ',', ';', '<', '>', ')', ']', '}'];
/// Parameters of a challenge, which hold no secret (RFC 6750, 9728).
const PARAMETERS: [&str; 7] =
    ["realm", "scope", "error", "error_description", "error_uri", "resource_metadata", "authorization_uri"];

/// The text without the tokens behind `Bearer`, in whatever case; none when there is none.
pub(super) fn hidden(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let (mut out, mut from) = (String::new(), 0);
    for (at, _) in lower.match_indices(WORD) {
        let Some((start, end)) = token(text, at + WORD.len()).filter(|_| at >= from) else { continue };
        let word = &text[start..end];
        let prose = &text[at..at + WORD.len()] == WORD && word.chars().all(|one| one.is_ascii_lowercase());
        if word.len() < SHORTEST || word == HIDDEN || prose || is_parameter(word) {
            continue;
        }
        out.push_str(&text[from..start]);
        out.push_str(HIDDEN);
        from = end;
    }
    if from == 0 {
        return None;
    }
    out.push_str(&text[from..]);
    Some(out)
}

/// The word after the gap that begins here.
fn token(text: &str, gap: usize) -> Option<(usize, usize)> {
    let after = &text[gap..];
    let word = after.trim_start_matches("%20").trim_start_matches([' ', '\t', '+']);
    if word.len() == after.len() {
        return None;
    }
    let start = text.len() - word.len();
    let length = word.find(|one: char| one.is_whitespace() || ENDS.contains(&one)).unwrap_or(word.len());
    Some((start, start + length))
}

fn is_parameter(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| PARAMETERS.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_bearer_is_gone_in_any_case() {
        let table = [
            (
                r#"Using custom headers: {"Authorization":"Bearer dG9r+/==:x.y","X":"1"}"#,
                r#"Using custom headers: {"Authorization":"Bearer ‹hidden›","X":"1"}"#,
            ),
            ("authorization: bearer abc-12345", "authorization: bearer ‹hidden›"),
            ("BEARER  ABCDEFGHI, Bearer jklmnopqr.", "BEARER  ‹hidden›, Bearer ‹hidden›"),
            ("h=Bearer%20abc%2F12345&x=1", "h=Bearer%20‹hidden›"),
        ];
        for (text, expected) in table {
            assert_eq!(hidden(text).as_deref(), Some(expected), "{text}");
        }
        let untouched = [
            "a Bearer token is wanted",
            "the bearer acknowledges this",
            r#"Bearer realm="a-long-realm", error="invalid_token""#,
            "Bearer",
            "Bearer ‹hidden›",
            "forbearers123456",
        ];
        for text in untouched {
            assert_eq!(hidden(text), None, "{text}");
        }
    }
}

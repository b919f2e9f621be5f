//! What is hidden in a body: the values of secret names, in JSON, in forms and in header lines. Owns the names. Works on text
//! that was cut, which no parser reads any more, and reads it once, whatever it holds.

use crate::session::secrets::HIDDEN;

/// Names whose values are secrets wherever they stand, in lower case.
const NAMES: [&str; 15] = [
    "access_token",
    "refresh_token",
    "id_token",
    "token",
    "client_secret",
    "code",
    "code_verifier",
    "client_assertion",
    "registration_access_token",
    "authorization",
    "proxy-authorization",
    "x-api-key",
    "api_key",
    "apikey",
    "password",
];
/// Those of them that are headers: their values reach to the end of the line.
const HEADERS: [&str; 3] = ["authorization", "proxy-authorization", "x-api-key"];

/// JSON, a form or lines with the values of secret names replaced, however the names are written. Whatever follows such a
/// name up to the end of its string is replaced.
pub(super) fn without_secrets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut told, mut at) = (0, 0);
    while let Some((start, end)) = next_word(text, at) {
        at = end;
        let Some((from, to)) = value_behind(text, start, end) else { continue };
        out.push_str(&text[told..from]);
        if from < to {
            out.push_str(HIDDEN);
        }
        (told, at) = (to, to);
    }
    out.push_str(&text[told..]);
    out
}

/// The next run of characters that a name may have.
fn next_word(text: &str, from: usize) -> Option<(usize, usize)> {
    let of_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-".contains(byte);
    let bytes = text.as_bytes();
    let start = from + bytes[from..].iter().position(of_name)?;
    let length = bytes[start..].iter().position(|byte| !of_name(byte)).unwrap_or(bytes.len() - start);
    Some((start, start + length))
}

/// The range of the value behind the name that stands at `start..end`, if it is one.
fn value_behind(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let name = &text[start..end];
    let known = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    if !known(&NAMES) {
        return None;
    }
    let (before, after) = (&text[..start], &text[end..]);
    if before.ends_with('"') {
        return in_json(text, after);
    }
    if let Some(value) = after.strip_prefix(':').filter(|_| known(&HEADERS)) {
        let value = value.trim_start_matches([' ', '\t']);
        return Some(range(text, value, value.find(['\r', '\n', '"'])));
    }
    let begins = before.is_empty() || before.ends_with(['&', '?', '\n']);
    let value = after.strip_prefix('=').filter(|_| begins)?;
    Some(range(text, value, value.find(['&', ' ', '\n', '"'])))
}

/// The string behind a name whose closing quote is next; in JSON inside of JSON both quotes are escaped.
fn in_json(text: &str, after: &str) -> Option<(usize, usize)> {
    let quote = |text: &str| {
        let escapes = text.len() - text.trim_start_matches('\\').len();
        text[escapes..].starts_with('"').then_some(escapes)
    };
    let escapes = quote(after)?;
    let value = after[escapes + 1..].trim_start().strip_prefix(':')?.trim_start();
    let opening = quote(value).filter(|opening| *opening == escapes)?;
    let value = &value[opening + 1..];
    Some(range(text, value, end_of_string(value, escapes)))
}

/// Where in the text a value stands that reaches to its end.
fn range(text: &str, value: &str, length: Option<usize>) -> (usize, usize) {
    let from = text.len() - value.len();
    (from, from + length.unwrap_or(value.len()))
}

/// Where the string ends: at a quote behind as many escapes as its first one had, those of the string itself left aside.
fn end_of_string(value: &str, escapes: usize) -> Option<usize> {
    let mut run = 0;
    for (at, byte) in value.bytes().enumerate() {
        match byte {
            b'\\' => run += 1,
            b'"' if run % (2 * (escapes + 1)) == escapes => return Some(at - escapes),
            _ => run = 0,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_behind_secret_names_are_gone() {
        let table = [
            (
                r#"{"access_token":"abc","expires_in":3600}"#,
                r#"{"access_token":"‹hidden›","expires_in":3600}"#,
            ),
            (r#"{"refresh_token" : "a\"b", "scope":"x"}"#, r#"{"refresh_token" : "‹hidden›", "scope":"x"}"#),
            (r#"{"access_token":"cut of"#, r#"{"access_token":"‹hidden›"#),
            (
                "grant_type=authorization_code&code=xyz&code_verifier=v&a=1",
                "grant_type=authorization_code&code=‹hidden›&code_verifier=‹hidden›&a=1",
            ),
            (r#"{"text":"the code of conduct"}"#, r#"{"text":"the code of conduct"}"#),
            (r#"{"error":{"code":-32600}}"#, r#"{"error":{"code":-32600}}"#),
            (r#"{"token":"","x":1}"#, r#"{"token":"","x":1}"#),
            (r#"{"my_token":"abc"}"#, r#"{"my_token":"abc"}"#),
        ];
        for (text, expected) in table {
            assert_eq!(without_secrets(text), expected);
        }
    }

    #[test]
    fn names_are_known_in_any_case_and_in_json_inside_of_json() {
        let table = [
            (r#"{"Authorization":"Basic abc"}"#, r#"{"Authorization":"‹hidden›"}"#),
            ("Proxy-Authorization: Basic abc\r\nX: 1", "Proxy-Authorization: ‹hidden›\r\nX: 1"),
            ("authorization:abc", "authorization:‹hidden›"),
            ("Code=abc&A=1", "Code=‹hidden›&A=1"),
            (
                r#"{"text":"{\"Access_Token\":\"a\\\"b\",\"x\":1}"}"#,
                r#"{"text":"{\"Access_Token\":\"‹hidden›\",\"x\":1}"}"#,
            ),
            (r#"{"a":"\"token\": \"cut"#, r#"{"a":"\"token\": \"‹hidden›"#),
        ];
        for (text, expected) in table {
            assert_eq!(without_secrets(text), expected);
        }
    }

    #[test]
    fn a_body_full_of_names_is_read_once() {
        let names = r#""token":"a","#.repeat(3_000);
        assert_eq!(without_secrets(&names), r#""token":"‹hidden›","#.repeat(3_000));
        let words = "token \"token\" token=".repeat(3_000);
        assert_eq!(without_secrets(&words), words);
    }
}

//! What looks like a credential in a command: bridges are given theirs as arguments (`--header "Authorization: Bearer …"`,
//! `--token …`, `NAME=…`, a query) or by the environment. Better one word too many than one too few; refuses paths.

use url::Url;

/// Parts of names, in lower case, whose values are secret.
const TELLING: [&str; 10] = [
    "token",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "credential",
    "authorization",
    "auth_header",
    "apikey",
    "cookie",
];
/// Headers that hold no secret.
const PLAIN_HEADERS: [&str; 5] =
    ["accept", "content-type", "user-agent", "accept-language", "intercom-version"];
/// A word of this many mixed characters is taken for a token wherever it stands.
const MIXED: usize = 24;

/// Everything secret in the arguments and in the environment.
pub(super) fn credentials(
    words: &[String],
    environment: impl IntoIterator<Item = (String, String)>,
) -> Vec<String> {
    let mut found = Vec::new();
    let mut before = "";
    for word in words.iter().skip(1) {
        of_argument(before, word, &mut found);
        before = word;
    }
    for (_, value) in environment.into_iter().filter(|(name, _)| is_telling(name)) {
        of_value(&value, &mut found);
    }
    found
}

fn of_argument(before: &str, word: &str, found: &mut Vec<String>) {
    if before.starts_with('-') && !before.contains('=') {
        if is_telling(before) {
            of_value(word, found);
        }
        if matches!(before, "--header" | "-H" | "--headers") {
            of_header(word, found);
        }
    }
    if let Some((name, value)) = word.split_once('=') {
        if is_telling(name) {
            of_value(value, found);
        }
        if name == "--header" {
            of_header(value, found);
        }
    }
    of_address(word, found);
    behind_scheme(word, found);
    if is_mixed(word) {
        found.push(word.to_owned());
    }
}

/// `Name: value`.
fn of_header(header: &str, found: &mut Vec<String>) {
    let Some((name, value)) = header.split_once(':') else { return };
    if !PLAIN_HEADERS.contains(&name.trim().to_ascii_lowercase().as_str()) {
        of_value(value, found);
    }
}

/// A value that is secret as a whole, and the part of it that follows the scheme of a sign-in.
fn of_value(value: &str, found: &mut Vec<String>) {
    let value = value.trim().trim_matches(['"', '\'']);
    if value.starts_with('/') || value.starts_with("${") {
        return;
    }
    behind_scheme(value, found);
    found.push(value.to_owned());
}

/// The words behind `Bearer` and `Basic`.
fn behind_scheme(text: &str, found: &mut Vec<String>) {
    let mut words = text.split([' ', '\t', '\n', '"', '\'']).filter(|word| !word.is_empty());
    while let Some(word) = words.next() {
        let scheme = word.rsplit([':', '=']).next().unwrap_or_default().to_ascii_lowercase();
        if matches!(scheme.as_str(), "bearer" | "basic") {
            found.extend(words.next().map(str::to_owned));
        }
    }
}

/// The password and the telling parts of an address.
fn of_address(word: &str, found: &mut Vec<String>) {
    let Some(address) = word.contains("://").then(|| Url::parse(word).ok()).flatten() else { return };
    found.extend(address.password().map(str::to_owned));
    let telling = address.query_pairs().filter(|(name, _)| is_telling(name));
    found.extend(telling.map(|(_, value)| value.into_owned()));
}

fn is_telling(name: &str) -> bool {
    let name = name.trim_start_matches('-').to_ascii_lowercase().replace('-', "_");
    TELLING.iter().any(|part| name.contains(part)) || name == "key" || name.ends_with("_key")
}

/// Digits, small and capital letters in one long word, as tokens are and words are not.
fn is_mixed(word: &str) -> bool {
    let fits = |one: char| one.is_ascii_alphanumeric() || "+=_-.:".contains(one);
    let has = |kind: fn(&char) -> bool| word.chars().any(|one| kind(&one));
    word.len() >= MIXED
        && word.chars().all(fits)
        && !word.starts_with('-')
        && has(char::is_ascii_digit)
        && has(char::is_ascii_lowercase)
        && has(char::is_ascii_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str], environment: &[(&str, &str)]) -> Vec<String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        credentials(&words, environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn credentials_of_a_command_are_found_wherever_they_stand() {
        let commands: [&[&str]; 11] = [
            &["npx", "mcp-remote", "https://h/mcp", "--header", "Authorization: Bearer s3cret-one"],
            &["npx", "mcp-remote", "--header", "Authorization:bearer s3cret-one"],
            &["npx", "mcp-remote", "--header=X-Own: s3cret-one"],
            &["bridge", "--token", "s3cret-one"],
            &["bridge", "--API-Key=s3cret-one"],
            &["env", "INTERCOM_ACCESS_TOKEN=s3cret-one", "bridge"],
            &["env", "AUTH_HEADER=Bearer s3cret-one", "bridge"],
            &["bridge", "https://me:s3cret-one@h/mcp"],
            &["bridge", "https://h/mcp?api_key=s3cret-one&x=1"],
            &["sh", "-c", "bridge -H \"Authorization: Bearer s3cret-one\""],
            &["bridge", "--client_secret", "'s3cret-one'"],
        ];
        for command in commands {
            assert!(
                of(command, &[]).contains(&"s3cret-one".to_owned()),
                "{command:?}: {:?}",
                of(command, &[])
            );
        }
        assert_eq!(of(&["bridge", "dG9rOjEyMzQ1Njc4OTBhYmNkZWY="], &[]), ["dG9rOjEyMzQ1Njc4OTBhYmNkZWY="]);
    }

    #[test]
    fn variables_of_the_environment_are_known_by_their_names() {
        let environment = [
            ("INTERCOM_ACCESS_TOKEN", "env-token"),
            ("MY_AUTH_HEADER", "Bearer env-other"),
            ("OPENAI_API_KEY", "env-key"),
            ("HOME", "/home/me-myself"),
            ("GOOGLE_APPLICATION_CREDENTIALS", "/home/me/file.json"),
            ("KEYBOARD", "qwertyuiop"),
        ];
        assert_eq!(of(&["bridge"], &environment), ["env-token", "env-other", "Bearer env-other", "env-key"]);
    }

    #[test]
    fn plain_arguments_are_left_alone() {
        let plain = [
            "npx",
            "-y",
            "mcp-remote@0.1.38",
            "https://mcp.intercom.com/mcp",
            "--port",
            "12345678",
            "--log=/var/log/bridge.log",
        ];
        assert!(of(&plain, &[]).is_empty(), "{:?}", of(&plain, &[]));
    }
}

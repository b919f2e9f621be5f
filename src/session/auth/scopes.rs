//! Which scopes to ask for. There is no default: the challenge says, else the resource's document, else nobody.

use super::challenge::Challenge;
use super::discovery::Found;

/// The scope that makes servers give refresh tokens.
pub(super) const OFFLINE: &str = "offline_access";

/// The scopes for a sign-in; empty asks for none. `prior` are kept when more is wanted.
pub(super) fn wanted(challenge: &Challenge, found: &Found, prior: &[String]) -> Vec<String> {
    let base = if challenge.scopes.is_empty() { &found.scopes } else { &challenge.scopes };
    let mut all = union(prior, base);
    all.retain(|scope| scope != OFFLINE);
    let is_listed = found.server.scopes.iter().any(|scope| scope == OFFLINE);
    if is_listed && !all.is_empty() {
        all.push(OFFLINE.to_owned());
    }
    all
}

/// Both, each once, in order. Words that no scope can be are left out.
pub(super) fn union(one: &[String], other: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let fits = |scope: &str| !scope.is_empty() && scope.bytes().all(|byte| matches!(byte, 0x21..=0x7e));
    for scope in one.iter().chain(other).filter(|scope| fits(scope)) {
        if !all.contains(scope) {
            all.push(scope.clone());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use url::Url;

    use super::*;
    use crate::session::auth::discovery::Server;

    fn list(words: &str) -> Vec<String> {
        words.split_whitespace().map(str::to_owned).collect()
    }

    fn ask(challenge: &str, document: &str, server: &str, prior: &str) -> String {
        let metadata = json!({ "issuer": "https://as", "authorization_endpoint": "https://as/a", "token_endpoint": "https://as/t",
            "code_challenge_methods_supported": ["S256"], "scopes_supported": list(server) });
        let server = Server::for_tests(&metadata, &Url::parse("https://as").unwrap());
        let found = Found { resource: None, scopes: list(document), server };
        let challenge = Challenge { scopes: list(challenge), ..Challenge::default() };
        wanted(&challenge, &found, &list(prior)).join(" ")
    }

    #[test]
    fn the_challenge_then_the_document_then_none() {
        assert_eq!(ask("a b", "c", "", ""), "a b");
        assert_eq!(ask("", "c d", "x y", ""), "c d");
        assert_eq!(ask("", "", "x y", ""), "");
        assert_eq!(ask("w", "c", "", "a b w"), "a b w");
    }

    #[test]
    fn offline_access_only_where_the_authorization_server_lists_it() {
        assert_eq!(ask("a", "", "a offline_access", ""), "a offline_access");
        assert_eq!(ask("a offline_access", "", "a", ""), "a");
        assert_eq!(ask("", "", "offline_access", ""), "");
    }
}

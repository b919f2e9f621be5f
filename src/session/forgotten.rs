//! By which words a server says that it does not know a session any more. Owns the rule for the session and for the doctor;
//! refuses a tool's own words about some session, a training say, which stand behind other codes.

/// Codes that the protocol's own layer uses for it: -32600, and -32000 and -32001 of the common libraries.
const CODES: [i64; 3] = [-32_000, -32_001, -32_600];
/// Said of a session before it is named.
const BEFORE: [&str; 6] = [
    "no valid session",
    "invalid session",
    "missing session",
    "unknown session",
    "no such session",
    "expired session",
];
/// Said of a session behind its name.
const BEHIND: [&str; 8] = [
    "not found",
    "does not exist",
    "no longer exists",
    "not exist",
    "expired",
    "is unknown",
    "is invalid",
    "terminated",
];
/// Words that may stand between: `Session with id 1f3 was not found`.
const BETWEEN: usize = 4;

/// Whether a JSON-RPC error says it.
pub(crate) fn by_error(code: i64, words: &str) -> bool {
    CODES.contains(&code) && says(words)
}

/// Whether a reply with the status 400 says it; its code, where there is a JSON-RPC error in it.
pub(crate) fn by_bad_request(code: Option<i64>, words: &str) -> bool {
    code.is_none_or(|code| CODES.contains(&code)) && says(words)
}

fn says(words: &str) -> bool {
    let lower = words.to_lowercase();
    let behind = |at: usize| {
        let rest = &lower[at..];
        BEHIND
            .iter()
            .filter_map(|said| rest.find(said))
            .any(|to| rest[..to].split_whitespace().count() <= BETWEEN)
    };
    BEFORE.iter().any(|said| lower.contains(said))
        || lower.match_indices("session").any(|(at, word)| behind(at + word.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_session_is_known_by_its_words_behind_the_right_codes() {
        let lost = [
            "Session not found",
            "Bad Request: No valid session ID provided",
            "Invalid session ID",
            "Session with id 1f3 was not found",
            "Session expired",
            "The session ID does not exist.",
            "Invalid or expired session",
        ];
        for words in lost {
            assert!(
                by_error(-32_000, words) && by_error(-32_001, words) && by_error(-32_600, words),
                "{words}"
            );
            assert!(by_bad_request(None, words) && by_bad_request(Some(-32_600), words), "{words}");
            assert!(!by_error(-32_602, words) && !by_error(-32_603, words), "{words}");
            assert!(!by_bad_request(Some(-32_602), words), "{words}");
        }
        let others = [
            "",
            "The argument session is wrong",
            "The tool training_session could not be carried out since its trainer was not found",
            "not found",
            "The session was saved",
        ];
        for words in others {
            assert!(!by_error(-32_000, words) && !by_bad_request(None, words), "{words}");
        }
    }
}

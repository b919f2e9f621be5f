//! An error that a tool reports in its result, as a script has to know it: by the code of the REST error in it. Refuses to guess
//! from words.

use serde_json::Value;

use super::exit::{Exit, Refusal};
use crate::domain::call::{Fault, FaultKind, Said};
use crate::domain::text::Clean;

/// Characters of the server's own words that are repeated.
const MOST_WORDS: usize = 300;

/// What a tool's own error means; none when it reports none. A whole text that is a REST error is one, whatever the flag says.
pub(super) fn error(tool: &str, said: &Said) -> Option<Refusal> {
    let rest = said.texts.iter().find_map(|text| rest(text, said.is_error));
    if !said.is_error && rest.is_none() {
        return None;
    }
    let (code, message) = rest.unwrap_or_default();
    let kind = FaultKind::of_code(&code).unwrap_or(FaultKind::Tool);
    let words = match (message.is_empty(), code.is_empty()) {
        (true, true) => said.texts.join(" "),
        (true, false) => code,
        (false, true) => message,
        (false, false) => format!("{message} ({code})"),
    };
    let short: String =
        words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MOST_WORDS).collect();
    let (tool, words) = (Clean::line(tool), Clean::line(&short));
    let sentence = match words.as_str() {
        "" => format!("{tool} reports an error and no reason."),
        words => format!("{tool} reports an error: {}.", words.trim_end_matches('.')),
    };
    let refusal = Refusal::of(&Fault::new(kind, &sentence, ""));
    // What a server says of its own arguments is no misuse of this program.
    Some(if refusal.exit == Exit::Usage { Refusal { exit: Exit::Error, ..refusal } } else { refusal })
}

/// Code and message of the REST error in a text (intercom-mcp 9): all of it, or after words such as `API error 404:` where the
/// result says that it is an error.
fn rest(text: &str, within_words: bool) -> Option<(String, String)> {
    let text = if within_words { text.get(text.find('{')?..=text.rfind('}')?)? } else { text.trim() };
    // Anything longer is an answer.
    if text.len() > 16 * 1024 {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    if value.get("type").and_then(Value::as_str) != Some("error.list") {
        return None;
    }
    let first = value.get("errors").and_then(|errors| errors.get(0));
    let part =
        |name: &str| first.and_then(|first| first.get(name)).and_then(Value::as_str).unwrap_or_default();
    Some((part("code").to_owned(), part("message").to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, is_error: bool) -> Said {
        Said { texts: vec![text.to_owned()], is_error, ..Said::default() }
    }

    #[test]
    fn a_code_decides_how_the_program_ends() {
        let table = [
            ("not_found", Exit::NotFound),
            ("company_not_found", Exit::NotFound),
            ("contact_merged", Exit::NotFound),
            ("parameter_not_found", Exit::Error),
            ("rate_limit_exceeded", Exit::Later),
            ("unauthorized", Exit::SignIn),
            ("token_unauthorized", Exit::Error),
            ("strange", Exit::Error),
        ];
        for (code, exit) in table {
            let body = format!(r#"{{"type":"error.list","errors":[{{"code":"{code}","message":"So."}}]}}"#);
            for (text, is_error) in
                [(body.clone(), true), (body.clone(), false), (format!("API 1: {body}"), true)]
            {
                let refusal = error("get_article", &said(&text, is_error)).unwrap();
                assert_eq!(refusal.exit, exit, "{text}");
                assert_eq!(refusal.sentence, format!("get_article reports an error: So. ({code})."));
            }
        }
    }

    #[test]
    fn words_decide_nothing_and_a_success_is_none() {
        let words = error("x", &said("It was\nnot_found.", true)).unwrap();
        assert_eq!((words.exit, &*words.sentence), (Exit::Error, "x reports an error: It was not_found."));
        assert_eq!(error("x", &said(" ", true)).unwrap().sentence, "x reports an error and no reason.");
        assert_eq!(error("x", &said("} {", true)).unwrap().exit, Exit::Error);
        assert_eq!(error("x", &said(r#"{"type":"list"}"#, false)), None);
        assert_eq!(error("x", &said(r#"About {"type":"error.list"}"#, false)), None);
    }
}

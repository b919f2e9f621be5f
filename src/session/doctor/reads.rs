//! The top of the ladder: what the sign-in permits, and whether one read works. Calls reads only.

use serde_json::{Map, Value, json};

use super::case::{Case, Told, elsewhere};
use super::status::said;
use super::talk::Talk;
use super::tools::Offered;
use super::trouble::Trouble;
use crate::domain::examination::Rung;
use crate::domain::link::Region;
use crate::domain::text::Clean;
use crate::session::tools::is_read;

/// What of Intercom's a permission opens, and the reads that try it; the first that is offered is called.
struct Group {
    /// In a sentence.
    what: &'static str,
    /// Intercom's name for it (intercom-mcp 8.2).
    permission: &'static str,
    tries: fn() -> [(&'static str, Value); 2],
}

const GROUPS: [Group; 3] = [
    Group {
        what: "conversations",
        permission: "Read conversations",
        tries: || {
            [
                ("search_conversations", json!({ "per_page": 1 })),
                ("search", json!({ "query": "object_type:conversations limit:1" })),
            ]
        },
    },
    Group {
        what: "people and companies",
        permission: "Read and list users and companies",
        tries: || {
            [
                ("list_companies", json!({ "page": 1, "per_page": 1 })),
                ("search", json!({ "query": "object_type:contacts limit:1" })),
            ]
        },
    },
    Group {
        what: "articles",
        permission: "Read and Write Articles",
        tries: || {
            [
                ("list_articles", json!({ "page": 1, "per_page": 1 })),
                ("search_articles", json!({ "phrase": "help" })),
            ]
        },
    },
];

/// A tool and its arguments.
type Planned = (String, Map<String, Value>);

/// How a read ended.
enum Ended {
    /// With rows, or not: none when that cannot be told.
    Rows(Option<usize>),
    /// A permission is missing.
    Denied,
    Failed(Trouble),
}

/// What the sign-in permits, and how the read is told.
pub(super) struct Tried {
    pub(super) scopes: Result<Told, Trouble>,
    pub(super) read: Result<Told, Trouble>,
}

/// Tries one read of each kind.
pub(super) async fn attempt(talk: &mut Talk, case: &mut Case, tools: &[Offered]) -> Tried {
    let plans: Vec<(&Group, Planned)> =
        GROUPS.iter().filter_map(|group| Some((group, plan(group, tools)?))).collect();
    if plans.is_empty() {
        let nothing = "None of its tools is known to be a mere read, so none was called.";
        return Tried { scopes: Ok(Told::skipped(nothing)), read: Ok(Told::skipped(nothing)) };
    }
    let calls: Vec<_> = plans.iter().map(|(_, call)| call.clone()).collect();
    let results = talk.call(case, &calls).await;
    let ends: Vec<(&Group, &str, Ended)> = plans
        .iter()
        .zip(results)
        .map(|((group, (tool, _)), result)| (*group, tool.as_str(), ended(tool, result, case)))
        .collect();
    Tried { scopes: scopes(&ends, case), read: read(&ends, case) }
}

/// The first read of a group that the server offers, with those arguments it takes.
fn plan(group: &Group, tools: &[Offered]) -> Option<Planned> {
    (group.tries)().into_iter().find_map(|(name, arguments)| {
        let tool = tools.iter().find(|tool| tool.name == name && is_read(name))?;
        let arguments = if let Value::Object(arguments) = arguments { arguments } else { Map::new() };
        let takes = |name: &String| tool.takes.as_ref().is_none_or(|takes| takes.contains(name));
        Some((name.to_owned(), arguments.into_iter().filter(|(name, _)| takes(name)).collect()))
    })
}

fn ended(tool: &str, result: Result<Value, Trouble>, case: &Case) -> Ended {
    let result = match result {
        Ok(result) => result,
        Err(trouble) if denies(&trouble.sentence) => return Ended::Denied,
        Err(trouble) => return Ended::Failed(patient(trouble)),
    };
    let texts = result.get("content").and_then(Value::as_array).into_iter().flatten();
    let texts: Vec<&str> = texts.filter_map(|block| block.get("text")?.as_str()).collect();
    let parsed = texts.iter().find_map(|text| serde_json::from_str::<Value>(text).ok());
    let parsed = result.get("structuredContent").cloned().or(parsed).unwrap_or_default();
    let is_error = result.get("isError").and_then(Value::as_bool).unwrap_or_default();
    if !is_error && parsed.get("type").and_then(Value::as_str) != Some("error.list") {
        return Ended::Rows(rows(&parsed));
    }
    let words = texts.join(" ");
    if denies(&words) || denies(&parsed.to_string()) {
        return Ended::Denied;
    }
    Ended::Failed(failed(tool, &words, case))
}

/// A read may merely be slow, which is no fault of the way to it.
fn patient(mut trouble: Trouble) -> Trouble {
    if matches!(trouble.cause, "silent-stream" | "no-answer" | "slow-answer" | "slow" | "accepted-and-silent")
    {
        trouble.hint.push_str(
            " Searches may also just take long in a large workspace: if lists fill up in the console, all is well.",
        );
    }
    trouble
}

/// Whether words say that the sign-in lacks a permission (intercom-mcp 5, 8.2, 9).
fn denies(words: &str) -> bool {
    words.contains("token_unauthorized") || words.to_lowercase().contains("not authorized to access")
}

fn failed(tool: &str, words: &str, case: &Case) -> Trouble {
    let lower = words.to_lowercase();
    if ["rate_limit", "rate limit", "too many requests"].iter().any(|words| lower.contains(words)) {
        return Trouble::new(
            Rung::Read,
            "rate-limited",
            format!("{} asks us to slow down{}", case.host, said(words)),
            "Wait a minute and try again; stop other programs that use the same token.",
        );
    }
    Trouble::new(
        Rung::Read,
        "read-failed",
        format!("{} could not carry out {tool}{}", case.host, said(words)),
        "Try again in a moment. If it stays so, the workspace or its permissions changed: sign in again.",
    )
}

/// How many rows an answer holds, in whichever of the known shapes (intercom-mcp 4).
fn rows(answer: &Value) -> Option<usize> {
    let names = ["conversations", "results", "articles", "contacts", "companies", "data"];
    let inside = answer.get("data").and_then(|inner| inner.get("articles"));
    let lists =
        std::iter::once(answer).chain(inside).chain(names.iter().filter_map(|name| answer.get(*name)));
    lists.filter_map(Value::as_array).map(Vec::len).max()
}

fn scopes(ends: &[(&Group, &str, Ended)], case: &Case) -> Result<Told, Trouble> {
    let of = |denied: bool| {
        let wanted = move |ended: &Ended| match ended {
            Ended::Denied => denied,
            Ended::Rows(_) => !denied,
            Ended::Failed(_) => false,
        };
        ends.iter().filter(move |(_, _, ended)| wanted(ended)).map(|(group, _, _)| *group)
    };
    let missing: Vec<&Group> = of(true).collect();
    if !missing.is_empty() {
        let what: Vec<&str> = missing.iter().map(|group| group.what).collect();
        let names: Vec<String> = missing.iter().map(|group| format!("\"{}\"", group.permission)).collect();
        return Err(Trouble::new(
            Rung::Scopes,
            "missing-scope",
            format!("The sign-in may not read {} (token_unauthorized).", what.join(", ")),
            format!(
                "Add {} to the token's permissions in Intercom's Developer Hub, or run `switchboard login` and agree to \
                 it there; then try again.",
                names.join(" and ")
            ),
        ));
    }
    let readable: Vec<&str> = of(false).map(|group| group.what).collect();
    if readable.is_empty() {
        return Ok(Told::skipped("No read worked, so nothing can be said about permissions."));
    }
    let granted: Vec<&str> = case.standing.scopes.iter().map(Clean::as_str).collect();
    let granted =
        if granted.is_empty() { String::new() } else { format!(" (granted: {})", granted.join(" ")) };
    Ok(Told::good(format!("The sign-in may read {}{granted}.", readable.join(", "))))
}

fn read(ends: &[(&Group, &str, Ended)], case: &Case) -> Result<Told, Trouble> {
    let mut counts = Vec::new();
    let mut first_failure = None;
    for (_, tool, ended) in ends {
        match ended {
            Ended::Rows(rows) => counts.push((*tool, *rows)),
            Ended::Failed(trouble) if first_failure.is_none() => first_failure = Some(trouble.clone()),
            Ended::Failed(_) | Ended::Denied => {}
        }
    }
    let Some((tool, _)) = counts.first() else {
        return match first_failure {
            Some(trouble) => Err(trouble),
            None => Ok(Told::skipped("Nothing may be read.")),
        };
    };
    if let Some(trouble) = first_failure {
        return Ok(Told::notice(
            trouble.cause,
            format!("{tool} answered, but not everything did: {}", trouble.sentence),
            trouble.hint,
        ));
    }
    if counts.iter().all(|(_, rows)| *rows == Some(0)) {
        return Ok(empty(case));
    }
    Ok(Told::good(format!("{tool} answered with data.")))
}

/// Every list is empty: at Intercom's own address perhaps for the region, but a new workspace is empty, too.
fn empty(case: &Case) -> Told {
    let sentence = "No data at all: everything works, and every list is empty.";
    if case.region == Region::Other {
        let hint = "A new workspace is empty at first. Otherwise check that this is the server and the workspace meant.";
        return Told::notice("no-data", sentence, hint);
    }
    let hint = format!(
        "A new workspace is empty at first. Otherwise it may live in the other region ({}): sign in there. A workspace opened \
         at app.eu.intercom.com is in the EU, at app.intercom.com in the US.",
        elsewhere(case.region)
    );
    Told::notice("no-data", sentence, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lists_speak_of_regions_only_at_an_address_of_intercoms() {
        for (region, words) in [(Region::Us, "mcp.eu.intercom.com"), (Region::Eu, "https://mcp.intercom.com")]
        {
            let told = empty(&Case { region, ..Case::default() });
            assert!(told.cause == "no-data" && told.hint.contains(words), "{told:?}");
        }
        let told = empty(&Case { region: Region::Other, ..Case::default() });
        assert!(!told.hint.contains("region"), "{told:?}");
    }
}

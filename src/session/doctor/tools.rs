//! Which tools a server offers, and what of this console has none. Owns the words for that.

use serde_json::{Value, json};

use super::case::{Case, Told};
use super::talk::Talk;
use super::trouble::Trouble;
use crate::domain::examination::Rung;
use crate::session::tools::is_read;

/// Pages of a list of tools that are read.
const MOST_PAGES: usize = 8;

/// A tool as the server lists it.
#[derive(Clone, Debug)]
pub(super) struct Offered {
    pub(super) name: String,
    /// The names of its arguments; none when it does not say.
    pub(super) takes: Option<Vec<String>>,
}

/// What the console can do with which tools, for saying what is missing.
const FEATURES: [(&str, &[&str]); 6] = [
    ("searching conversations", &["search_conversations", "search"]),
    ("opening a conversation", &["get_conversation", "fetch"]),
    ("opening a person", &["get_contact", "fetch"]),
    ("companies", &["list_companies"]),
    ("reading articles", &["get_article"]),
    ("editing articles", &["update_article"]),
];

/// Every tool the server offers.
pub(super) async fn list(talk: &mut Talk, case: &mut Case) -> Result<Vec<Offered>, Trouble> {
    let mut tools = Vec::new();
    let mut cursor: Option<String> = None;
    for _ in 0..MOST_PAGES {
        let params = cursor.as_ref().map_or_else(|| json!({}), |cursor| json!({ "cursor": cursor }));
        let page = talk.ask(case, "tools/list", params).await?;
        let listed = page.get("tools").and_then(Value::as_array);
        tools.extend(listed.into_iter().flatten().filter_map(offered));
        let next = page.get("nextCursor").and_then(Value::as_str).map(str::to_owned);
        if next.is_none() || next == cursor {
            break;
        }
        cursor = next;
    }
    Ok(tools)
}

fn offered(tool: &Value) -> Option<Offered> {
    let name = tool.get("name")?.as_str()?.to_owned();
    let properties = tool.get("inputSchema").and_then(|schema| schema.get("properties")?.as_object());
    let takes = properties.filter(|properties| !properties.is_empty());
    Some(Offered { name, takes: takes.map(|properties| properties.keys().cloned().collect()) })
}

/// What is told of the tools.
pub(super) fn told(tools: &[Offered], case: &Case) -> Result<Told, Trouble> {
    let host = &case.host;
    let offers = |name: &str| tools.iter().any(|tool| tool.name == name);
    let count = tools.len();
    let plural = if count == 1 { "tool" } else { "tools" };
    if tools.is_empty() {
        return Err(Trouble::new(
            Rung::Tools,
            "no-tools",
            format!("{host} is connected but offers no tools, so there is nothing it could be asked."),
            "Sign out and in again (`switchboard logout`, then `switchboard login`); the sign-in may belong to a \
             workspace or an admin without access.",
        ));
    }
    if !tools.iter().any(|tool| is_read(&tool.name)) {
        return Ok(Told::notice(
            "tools-unknown",
            format!("{count} {plural}, none of them one of Intercom's."),
            "Lists and articles stay empty here; the tools can be called by hand. Check the address if this should be \
             Intercom.",
        ));
    }
    let missing: Vec<&str> = FEATURES
        .iter()
        .filter(|(_, needed)| !needed.iter().any(|name| offers(name)))
        .map(|(feature, _)| *feature)
        .collect();
    if missing.is_empty() {
        return Ok(Told::good(format!("{count} {plural}, with everything this console uses.")));
    }
    Ok(Told::notice(
        "tools-missing",
        format!("{count} {plural}, but none for {}.", missing.join(", ")),
        "The rest works. Signing in again may bring the missing ones; older servers lack them.",
    ))
}

//! The fourteen tools: which of them are offered, what permission each needs, and which code answers a call.

mod articles;
mod companies;
mod contacts;
mod conversations;
mod identifier;
mod note;
mod search;

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::arguments::Arguments;
use super::fault::{Fault, Scope};
use super::faults::Faults;
use super::refusal::Refusal;
use super::workspace::Workspace;

/// What `tools/list` says.
static TOOLS: LazyLock<Value> = LazyLock::new(|| {
    // The file ships in the binary and a test reads it; an empty list would be seen at once.
    serde_json::from_str(include_str!("../../assets/demo/tools.json"))
        .unwrap_or_else(|_| Value::Array(Vec::new()))
});

/// A tool that no documentation describes; no schema of it is known, so this one is made up.
static EXTRA: LazyLock<Value> = LazyLock::new(|| {
    json!({
        "name": FEEDBACK,
        "title": "Submit feedback",
        "description": "Send feedback about this server to its makers",
        "inputSchema": {
            "type": "object",
            "properties": {"feedback": {"type": "string", "description": "What to say"}},
            "required": ["feedback"],
            "additionalProperties": false,
        },
        "annotations": {"readOnlyHint": false},
    })
});

const FEEDBACK: &str = "submit_mcp_feedback";
/// The tools of 2025.
const FIRST_SIX: [&str; 6] =
    ["search", "fetch", "search_conversations", "get_conversation", "search_contacts", "get_contact"];

/// The published tools, all fourteen.
fn published() -> impl Iterator<Item = &'static Value> {
    TOOLS.as_array().map_or(&[][..], Vec::as_slice).iter()
}

fn name_of(tool: &Value) -> &str {
    tool.get("name").and_then(Value::as_str).unwrap_or("")
}

/// The tools that are offered with these faults.
pub(crate) fn offered(faults: &Faults) -> Vec<&'static Value> {
    let era = faults.find(|fault| if let Fault::Tools(count) = fault { Some(*count) } else { None });
    let read_only = faults.has(&Fault::ReadOnly);
    let extra = faults.has(&Fault::ExtraTool).then(|| &*EXTRA);
    let there = |name: &str| match era {
        Some(6) => FIRST_SIX.contains(&name),
        Some(13) => name != "add_internal_note",
        _ => true,
    };
    let kept = |tool: &&Value| there(name_of(tool)) && !(read_only && is_write(name_of(tool)));
    published().filter(kept).chain(extra).collect()
}

/// The tools as `tools/list` gives them.
pub(crate) fn listed(faults: &Faults) -> Vec<Value> {
    let eager = faults.has(&Fault::OverEagerSchemas);
    offered(faults).into_iter().map(|tool| if eager { requiring_all(tool) } else { tool.clone() }).collect()
}

/// A tool that claims to require whatever it takes.
fn requiring_all(tool: &Value) -> Value {
    let mut tool = tool.clone();
    let names: Vec<String> = tool
        .pointer("/inputSchema/properties")
        .and_then(Value::as_object)
        .map_or_else(Vec::new, |properties| properties.keys().cloned().collect());
    tool["inputSchema"]["required"] = names.into();
    tool
}

/// The input schema of a tool, `None` when it is not offered.
pub(crate) fn schema(faults: &Faults, tool: &str) -> Option<&'static Value> {
    offered(faults).into_iter().find(|offered| name_of(offered) == tool)?.get("inputSchema")
}

/// Whether a tool changes something.
pub(crate) fn is_write(tool: &str) -> bool {
    matches!(tool, "create_article" | "update_article" | "add_internal_note" | FEEDBACK)
}

/// The permission a call needs; some tools read one thing or another, as their arguments say.
pub(crate) fn scope(tool: &str, given: &Map<String, Value>) -> Option<Scope> {
    let mentions = |key: &str, word: &str| {
        given.get(key).and_then(Value::as_str).is_some_and(|text| text.contains(word))
    };
    match tool {
        "search" if mentions("query", "object_type:contacts") => Some(Scope::People),
        "fetch" if !mentions("id", "conversation") => Some(Scope::People),
        "search" | "fetch" | "search_conversations" | "get_conversation" => Some(Scope::Conversations),
        "search_contacts" | "get_contact" | "list_companies" | "get_company" => Some(Scope::People),
        "list_articles" | "search_articles" | "get_article" | "create_article" | "update_article" => {
            Some(Scope::Articles)
        }
        "add_internal_note" => Some(Scope::Notes),
        _ => None,
    }
}

/// Answers a call of a published tool.
///
/// # Errors
/// A [`Refusal`], which travels as a tool result with `isError`.
pub(crate) fn call(
    workspace: &mut Workspace,
    tool: &str,
    schema: &Value,
    given: &Map<String, Value>,
) -> Result<Value, Refusal> {
    let arguments = Arguments::checked(tool, schema, given)?;
    match tool {
        "search" => search::search(workspace, &arguments),
        "fetch" => search::fetch(workspace, &arguments),
        "search_conversations" => conversations::search(workspace, &arguments),
        "get_conversation" => conversations::get(workspace, &arguments),
        "search_contacts" => contacts::search(workspace, &arguments),
        "get_contact" => contacts::get(workspace, &arguments),
        "list_companies" => companies::list(workspace, &arguments),
        "get_company" => companies::get(workspace, &arguments),
        "list_articles" => Ok(articles::list(workspace, &arguments)),
        "search_articles" => articles::search(workspace, &arguments),
        "get_article" => articles::get(workspace, &arguments),
        "create_article" => articles::create(workspace, &arguments),
        "update_article" => articles::update(workspace, &arguments),
        "add_internal_note" => note::add(workspace, &arguments),
        FEEDBACK => Ok(json!({"received": true})),
        other => Err(Refusal::sentence(format!("Unknown tool: {other}"))),
    }
}

/// The refusal of a search without any filter.
fn nothing_asked() -> Refusal {
    Refusal::sentence("At least one search parameter must be provided")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(faults: Vec<Fault>) -> Vec<&'static str> {
        offered(&Faults::new(faults)).into_iter().map(name_of).collect()
    }

    #[test]
    fn fourteen_tools_are_published_and_each_is_answered() {
        let all = names(Vec::new());
        assert_eq!(all.len(), 14);
        let mut workspace =
            super::super::workspace::load(super::super::clock::Clock::starting_at(1_790_000_000), None)
                .unwrap();
        let faults = Faults::new(vec![Fault::ExtraTool]);
        for name in all.into_iter().chain([FEEDBACK]) {
            let schema = schema(&faults, name).unwrap();
            if let Err(refusal) = call(&mut workspace, name, schema, &Map::new()) {
                assert!(!refusal.text().contains("Unknown tool"), "{name}");
            }
            assert_eq!(scope(name, &Map::new()).is_none(), name == FEEDBACK, "{name}");
        }
    }

    #[test]
    fn faults_choose_what_is_offered() {
        assert_eq!(names(vec![Fault::Tools(6)]), FIRST_SIX);
        let thirteen = names(vec![Fault::Tools(13)]);
        assert!(thirteen.len() == 13 && !thirteen.contains(&"add_internal_note"));
        assert_eq!(names(vec![Fault::Tools(14), Fault::ExtraTool]).len(), 15);
        let reading = names(vec![Fault::ReadOnly]);
        assert!(reading.len() == 11 && !reading.iter().any(|name| is_write(name)));
    }

    #[test]
    fn arguments_say_what_is_read() {
        let given = |key: &str, text: &str| Map::from_iter([(key.to_owned(), Value::from(text))]);
        assert_eq!(scope("search", &given("query", "object_type:contacts q:x")), Some(Scope::People));
        assert_eq!(scope("search", &given("query", "object_type:conversations")), Some(Scope::Conversations));
        assert_eq!(scope("fetch", &given("id", "company_1")), Some(Scope::People));
        assert_eq!(scope("fetch", &given("id", "conversation_1")), Some(Scope::Conversations));
    }
}

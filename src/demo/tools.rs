//! The fourteen tools: their published list, and which code answers a call.

mod articles;
mod companies;
mod contacts;
mod conversations;
mod identifier;
mod note;
mod search;

use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::arguments::Arguments;
use super::refusal::Refusal;
use super::workspace::Workspace;

/// What `tools/list` says.
static TOOLS: LazyLock<Value> = LazyLock::new(|| {
    // The file ships in the binary and a test reads it; an empty list would be seen at once.
    serde_json::from_str(include_str!("../../assets/demo/tools.json"))
        .unwrap_or_else(|_| Value::Array(Vec::new()))
});

/// The published tools.
pub(crate) fn list() -> &'static Value {
    &TOOLS
}

/// The input schema of a tool, `None` when there is no such tool.
pub(crate) fn schema(tool: &str) -> Option<&'static Value> {
    let tools = TOOLS.as_array()?;
    tools
        .iter()
        .find(|published| published.get("name").and_then(Value::as_str) == Some(tool))?
        .get("inputSchema")
}

/// Whether a tool changes the workspace.
pub(crate) fn is_write(tool: &str) -> bool {
    matches!(tool, "create_article" | "update_article" | "add_internal_note")
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

    #[test]
    fn fourteen_tools_are_published_and_each_is_answered() {
        let names: Vec<&str> =
            list().as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap()).collect();
        assert_eq!(names.len(), 14);
        let mut workspace =
            super::super::workspace::load(super::super::clock::Clock::starting_at(1_790_000_000), None)
                .unwrap();
        for name in names {
            let schema = schema(name).unwrap();
            if let Err(refusal) = call(&mut workspace, name, schema, &Map::new()) {
                assert!(!refusal.text().contains("Unknown tool"), "{name}");
            }
        }
    }
}

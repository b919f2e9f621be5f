//! `search_conversations` and `get_conversation`.

use serde_json::{Value, json};

use super::super::arguments::Arguments;
use super::super::fields::Subject;
use super::super::filter::{Filter, Operator, Query};
use super::super::paging::{self, DEFAULT_PAGE};
use super::super::refusal::Refusal;
use super::super::render;
use super::super::workspace::Workspace;
use super::identifier;

/// One page of conversations for structured filters.
pub(super) fn search(workspace: &mut Workspace, arguments: &Arguments<'_>) -> Result<Value, Refusal> {
    let mut filters = Vec::new();
    for (name, value) in arguments.iter().filter(|(name, _)| !matches!(*name, "per_page" | "starting_after"))
    {
        filters.push(filter(Subject::Conversations, name, value)?);
    }
    let query = Query { subject: Subject::Conversations, filters, words: String::new() }.checked()?;
    page(workspace, &query, arguments, "conversations", render::conversation::item)
}

/// One page as both structured searches give it.
pub(super) fn page(
    workspace: &mut Workspace,
    query: &Query,
    arguments: &Arguments<'_>,
    key: &str,
    item: fn(&Workspace, u32) -> Value,
) -> Result<Value, Refusal> {
    let repeated: Vec<String> = arguments
        .iter()
        .filter(|(name, _)| *name != "starting_after")
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let fingerprint = paging::fingerprint(query.subject, &repeated.join("&"));
    let per_page = arguments.count("per_page", DEFAULT_PAGE);
    let page = paging::page(workspace, query, fingerprint, per_page, arguments.text("starting_after"))?;
    let items: Vec<Value> = page.found.iter().map(|&index| item(workspace, index)).collect();
    let mut result =
        json!({"total_in_page": items.len(), "total_count": page.total, key: items, "pages": page.pages()});
    let note = page.note("repeat the call with the same arguments and starting_after: ");
    if let (Some(note), Some(result)) = (note, result.as_object_mut()) {
        result.insert("_note".to_owned(), note.into());
    }
    Ok(result)
}

/// A filter from an argument: a comparison object, a list, or a plain value.
pub(super) fn filter(subject: Subject, name: &str, value: &Value) -> Result<Filter, Refusal> {
    let field = if name == "ids" { "id" } else { name };
    match value {
        Value::Object(comparison) => {
            let sign = comparison.get("operator").and_then(Value::as_str).unwrap_or("");
            let operator = Operator::named(sign)
                .filter(|_| comparison.len() == 2 && !sign.starts_with(char::is_alphabetic));
            let number = comparison.get("value").filter(|value| value.is_number());
            let (Some(operator), Some(number)) = (operator, number) else {
                return Err(Refusal::sentence(format!(
                    "Invalid comparison for '{name}': expected an operator out of =, !=, <, >, <=, >= and a numeric value"
                )));
            };
            Filter::new(subject, field, operator, sign, &number.to_string())
        }
        Value::Array(values) => {
            let prefixes = ["conversation_", "contact_"];
            let strip = |text: String| {
                prefixes
                    .iter()
                    .find_map(|prefix| text.strip_prefix(prefix).map(str::to_owned))
                    .unwrap_or(text)
            };
            let texts: Vec<String> = values.iter().map(|value| strip(plain(value))).collect();
            Filter::new(subject, field, Operator::In, "in", &texts.join(","))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Filter::new(subject, field, Operator::Eq, "=", &plain(value))
        }
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// One conversation with its parts.
pub(super) fn get(workspace: &mut Workspace, arguments: &Arguments<'_>) -> Result<Value, Refusal> {
    let index = find(workspace, &arguments.identifier("id"))?;
    Ok(render::conversation::full(workspace, index))
}

/// The position of the conversation with this id, in any form.
pub(super) fn find(workspace: &Workspace, given: &str) -> Result<u32, Refusal> {
    workspace
        .conversation_at(&identifier::conversation(given))
        .ok_or_else(|| Refusal::rest("not_found", "Conversation not found"))
}

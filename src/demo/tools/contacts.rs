//! `search_contacts` and `get_contact`.

use serde_json::Value;

use super::super::arguments::Arguments;
use super::super::fields::Subject;
use super::super::filter::{Filter, Operator, Query};
use super::super::refusal::Refusal;
use super::super::render;
use super::super::workspace::Workspace;
use super::{conversations, identifier, nothing_asked};

/// One page of contacts for structured filters.
pub(super) fn search(workspace: &mut Workspace, arguments: &Arguments<'_>) -> Result<Value, Refusal> {
    let mut filters = Vec::new();
    for (name, value) in arguments.iter().filter(|(name, _)| !matches!(*name, "per_page" | "starting_after"))
    {
        match name {
            "name" => {
                let text = value.as_str().unwrap_or("");
                filters.push(Filter::new(Subject::Contacts, "name", Operator::Contains, "contains", text)?);
            }
            "location" => each(&mut filters, value, "location_")?,
            "custom_attributes" => each(&mut filters, value, "custom_attributes_")?,
            "contact_ids" => filters.push(conversations::filter(Subject::Contacts, "id", value)?),
            _ => filters.push(conversations::filter(Subject::Contacts, name, value)?),
        }
    }
    if filters.is_empty() {
        return Err(nothing_asked());
    }
    let query = Query { subject: Subject::Contacts, filters, words: String::new() }.checked()?;
    conversations::page(workspace, &query, arguments, "data", render::contact::full)
}

fn each(filters: &mut Vec<Filter>, object: &Value, prefix: &str) -> Result<(), Refusal> {
    for (key, value) in object.as_object().into_iter().flatten() {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        filters.push(Filter::new(Subject::Contacts, &format!("{prefix}{key}"), Operator::Eq, "=", &text)?);
    }
    Ok(())
}

/// One contact.
pub(super) fn get(workspace: &mut Workspace, arguments: &Arguments<'_>) -> Result<Value, Refusal> {
    let index = workspace
        .person_at(&identifier::contact(&arguments.identifier("id")))
        .ok_or_else(|| Refusal::rest("not_found", "User Not Found"))?;
    Ok(render::contact::full(workspace, index))
}

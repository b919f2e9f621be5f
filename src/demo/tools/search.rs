//! `search` and `fetch`.

use serde_json::{Value, json};

use super::super::arguments::Arguments;
use super::super::fields::Subject;
use super::super::refusal::Refusal;
use super::super::workspace::Workspace;
use super::super::{paging, query, render};
use super::{companies, contacts, conversations, identifier};

/// One page of conversations or contacts for a query string.
pub(super) fn search(workspace: &mut Workspace, arguments: &Arguments<'_>) -> Result<Value, Refusal> {
    let line = query::parse(arguments.text("query").unwrap_or(""))?;
    let subject = line.query.subject;
    let fingerprint = paging::fingerprint(subject, &line.without_cursor);
    let page = paging::page(workspace, &line.query, fingerprint, line.limit, line.starting_after.as_deref())?;
    let item = match subject {
        Subject::Conversations => render::conversation::found,
        Subject::Contacts => render::contact::found,
    };
    let results: Vec<Value> = page.found.iter().map(|&index| item(workspace, index)).collect();
    let mut result = json!({"total_in_page": results.len(), "results": results, "pages": page.pages()});
    if let (Some(note), Some(result)) =
        (page.note("add to your query: starting_after:"), result.as_object_mut())
    {
        result.insert("_note".to_owned(), note.into());
    }
    Ok(result)
}

/// One object by prefixed id or address, with its address in the app.
pub(super) fn fetch(workspace: &mut Workspace, arguments: &Arguments<'_>) -> Result<Value, Refusal> {
    let id = arguments.identifier("id");
    if id.starts_with("conversation_") || id.contains("/conversation") {
        let mut value = conversations::get(workspace, arguments)?;
        let raw = identifier::conversation(&id).parse().unwrap_or(0);
        value["url"] = render::conversation_url(workspace, raw).into();
        return Ok(value);
    }
    if id.starts_with("contact_") || id.contains("/users/") || id.contains("/contacts/") {
        let mut value = contacts::get(workspace, arguments)?;
        value["url"] = render::contact_url(workspace, &identifier::contact(&id)).into();
        return Ok(value);
    }
    if id.starts_with("company_") || id.contains("/companies/") {
        let mut value = companies::get(workspace, arguments)?;
        let raw = identifier::company(&id);
        value["url"] =
            format!("https://app.intercom.com/a/apps/{}/companies/{raw}", workspace.desk.id).into();
        return Ok(value);
    }
    Err(Refusal::sentence(format!(
        "Unsupported id '{id}': use conversation_<id>, contact_<id>, company_<id> or a URL of the Intercom app"
    )))
}

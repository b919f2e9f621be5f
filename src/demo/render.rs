//! The workspace's records as Intercom's REST objects (values as of version 2.14).

pub(crate) mod article;
pub(crate) mod company;
pub(crate) mod contact;
pub(crate) mod conversation;
mod part;
mod statistics;

use serde_json::{Map, Value, json};

use super::workspace::Workspace;

/// The address of a conversation in the Intercom app.
pub(crate) fn conversation_url(workspace: &Workspace, id: u64) -> String {
    format!("https://app.intercom.com/a/inbox/{}/inbox/conversation/{id}", workspace.desk.id)
}

/// The address of a contact in the Intercom app.
pub(crate) fn contact_url(workspace: &Workspace, id: &str) -> String {
    format!("https://app.intercom.com/a/apps/{}/users/{id}", workspace.desk.id)
}

/// A list of tags as objects carry it.
fn tags(workspace: &Workspace, names: &[String]) -> Vec<Value> {
    let tag = |tag: &super::workspace::Named| json!({"type": "tag", "id": tag.id, "name": tag.name});
    workspace.desk.tags_named(names).map(tag).collect()
}

/// Adds the fields of `more` to `object`.
fn extend(object: &mut Value, more: Value) {
    if let (Value::Object(object), Value::Object(more)) = (object, more) {
        object.extend(more);
    }
}

/// A list inside a contact: entries with id and address only.
fn short_list(kind: &str, owner: &str, ids: impl Iterator<Item = String>) -> Value {
    let ids: Vec<String> = ids.collect();
    let plural = if kind == "company" { "companies" } else { "tags" };
    let entry = |id: &String| json!({"type": kind, "id": id, "url": format!("/{plural}/{id}")});
    // Intercom gives at most ten.
    let data: Vec<Value> = ids.iter().take(10).map(entry).collect();
    json!({
        "type": "list",
        "data": data,
        "url": format!("/contacts/{owner}/{plural}"),
        "total_count": ids.len(),
        "has_more": ids.len() > 10,
    })
}

/// An object as a value; a shorthand that keeps the order of the fields.
fn map(fields: &Map<String, Value>) -> Value {
    Value::Object(fields.clone())
}

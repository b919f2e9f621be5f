//! Objects and lists as other versions of the server give them.

use serde_json::{Map, Value, json};

use super::super::fault::Fault;

type Change = fn(&str, &mut Value);

/// What each fault makes of a tool's result. A document wraps what the others made.
pub(super) const CHANGES: [(Fault, Change); 4] = [
    (Fault::NoTotals, without_totals),
    (Fault::Rest216, newer),
    (Fault::NumericIds, numbered),
    (Fault::DocumentFetch, document),
];

/// Names the cursor that was given as the next one.
pub(super) fn repeat(value: &mut Value, cursor: &str) {
    if let Some(pages) = value.get_mut("pages").and_then(Value::as_object_mut) {
        pages.insert("next".to_owned(), json!({"starting_after": cursor}));
        value["_note"] = format!("More results available. Continue with starting_after: {cursor}").into();
    }
}

fn without_totals(_: &str, value: &mut Value) {
    let Some(list) = value.as_object_mut() else { return };
    if let Some(pages) = list.get_mut("pages").and_then(Value::as_object_mut) {
        pages.remove("total_pages");
        list.remove("total_count");
    }
}

/// Does something with every object of a result: the entries of a list, or the object itself.
fn each(value: &mut Value, change: fn(&mut Map<String, Value>)) {
    let places = ["/conversations", "/data/articles", "/data", "/results"];
    let list = places.into_iter().find(|place| value.pointer(place).is_some_and(Value::is_array));
    match list.and_then(|place| value.pointer_mut(place)) {
        Some(Value::Array(entries)) => entries.iter_mut().filter_map(Value::as_object_mut).for_each(change),
        _ => {
            if let Some(object) = value.as_object_mut() {
                change(object);
            }
        }
    }
}

/// The values of REST 2.16.
fn newer(_: &str, value: &mut Value) {
    each(value, |object| {
        let priority = match object.get("priority").and_then(Value::as_str) {
            Some("priority") => Some("high"),
            Some(_) => Some("none"),
            None => None,
        };
        if let Some(priority) = priority {
            object.insert("priority".to_owned(), priority.into());
        }
        for assignee in ["admin_assignee_id", "team_assignee_id"] {
            if let Some(unassigned) = object.get_mut(assignee).filter(|assignee| assignee.is_null()) {
                *unassigned = 0.into();
            }
        }
        if let Some(parent) = object.remove("parent_id") {
            let parents: Vec<Value> = [parent].into_iter().filter(|parent| !parent.is_null()).collect();
            object.insert("parent_ids".to_owned(), parents.into());
        }
        object.remove("parent_type");
    });
}

fn numbered(_: &str, value: &mut Value) {
    each(value, |object| {
        let number = object.get("id").and_then(Value::as_str).and_then(|id| id.parse::<u64>().ok());
        if let Some(number) = number {
            object.insert("id".to_owned(), number.into());
        }
    });
}

/// The form of general search-and-fetch connectors.
fn document(tool: &str, value: &mut Value) {
    if tool != "fetch" {
        return;
    }
    let text = |place: &str| value.pointer(place).and_then(Value::as_str);
    let kind = text("/type").filter(|kind| matches!(*kind, "conversation" | "company")).unwrap_or("contact");
    let id = value
        .get("id")
        .map_or_else(String::new, |id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    let title = text("/title").or_else(|| text("/name")).unwrap_or("").to_owned();
    let words = text("/source/body").unwrap_or("").to_owned();
    let url = value.get("url").cloned().unwrap_or_default();
    *value = json!({
        "id": format!("{kind}_{id}"), "title": title, "text": words, "url": url, "metadata": value.take(),
    });
}

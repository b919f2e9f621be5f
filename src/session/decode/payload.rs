//! Where in a result the JSON is: structured content, a text block, several joined, or nowhere.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::fault;
use crate::domain::call::{Fault, FaultKind};
use crate::session::wire::Reply;

/// The JSON of a result. A tool error, or a REST error dressed as success, is a fault.
pub(super) fn of(mut reply: Reply) -> Result<Value, Fault> {
    if reply.is_error {
        return Err(fault::of_tool(&reply));
    }
    let structured = reply.structured.take().filter(|value| value.is_object() || value.is_array());
    let value = structured
        .or_else(|| reply.texts.iter().find_map(|text| json(text)))
        .or_else(|| json(&reply.texts.concat()))
        .or_else(|| json(&reply.texts.join("\n")));
    let Some(value) = value else {
        return Err(plain(&reply.texts.join(" ")));
    };
    match fault::of_rest(&value) {
        Some(fault) => Err(fault),
        None => Ok(value),
    }
}

/// A text that is JSON and more than a word or number.
fn json(text: &str) -> Option<Value> {
    let trimmed = text.trim_start_matches('\u{feff}').trim();
    if !trimmed.starts_with(['{', '[']) {
        return None;
    }
    serde_json::from_str(trimmed).ok()
}

fn plain(text: &str) -> Fault {
    let words: String = text.trim().chars().take(200).collect();
    let sentence = if words.is_empty() {
        "The server answered with nothing.".to_owned()
    } else {
        format!("The server answered in plain words: {words}")
    };
    Fault::new(FaultKind::Protocol, &sentence, "Try again; check that the address is the MCP server's.")
}

/// The one record of a result: itself, wrapped under its kind or `data`, the only one of a list, or in document form
/// (4.4) with `metadata` and a `text` that may be JSON merged under what stands at the top.
pub(super) fn single<'a>(value: &'a Value, kind: &str) -> Cow<'a, Value> {
    let record = unwrapped(value, kind);
    let Some(fields) = record.as_object() else {
        return Cow::Borrowed(record);
    };
    let inner = fields.get("text").and_then(Value::as_str).and_then(json).filter(Value::is_object);
    let metadata = fields.get("metadata").filter(|metadata| metadata.is_object());
    if inner.is_none() && (metadata.is_none() || !fields.contains_key("text")) {
        return Cow::Borrowed(record);
    }
    let mut merged = fields.clone();
    for source in [inner.as_ref(), metadata].into_iter().flatten() {
        merge(&mut merged, source);
    }
    Cow::Owned(Value::Object(merged))
}

fn unwrapped<'a>(value: &'a Value, kind: &str) -> &'a Value {
    if value.get("id").is_some() {
        return value;
    }
    let plural = format!("{kind}s");
    let wraps = [kind, "data", "result", "results", plural.as_str()];
    let inner = wraps.iter().find_map(|name| value.get(name));
    let inner = inner.unwrap_or(value);
    match inner {
        Value::Array(items) => items.first().unwrap_or(inner),
        Value::Object(_) if inner.get("id").is_none() => inner.get(kind).unwrap_or(inner),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => inner,
    }
}

/// Adds the fields that are missing.
fn merge(into: &mut Map<String, Value>, from: &Value) {
    for (name, value) in from.as_object().into_iter().flatten() {
        let there = into.get(name).is_some_and(|value| !value.is_null());
        if !there {
            into.insert(name.clone(), value.clone());
        }
    }
}

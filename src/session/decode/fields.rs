//! One field of a JSON object, read leniently: numbers may be strings and the reverse, null is missing.

use serde_json::{Map, Value};

use crate::domain::text::{Clean, Raw};
use crate::domain::time::Unix;

/// Bytes of one attribute value that are shown.
const LONGEST_VALUE: usize = 4_096;

/// The field as text, when it is a string.
pub(super) fn text<'a>(record: &'a Value, name: &str) -> &'a str {
    record.get(name).and_then(Value::as_str).unwrap_or("")
}

/// The field as one clean line; numbers and booleans as the server wrote them.
pub(super) fn clean(record: &Value, name: &str) -> Clean {
    record.get(name).map(shown).unwrap_or_default()
}

/// The field byte for byte.
pub(super) fn raw(record: &Value, name: &str) -> Raw {
    Raw::from(text(record, name))
}

/// A value as one clean line; objects by the value they wrap, else as JSON.
pub(super) fn shown(value: &Value) -> Clean {
    match value {
        Value::Null => Clean::default(),
        Value::String(text) => Clean::line(text),
        Value::Bool(_) | Value::Number(_) => Clean::line(&value.to_string()),
        Value::Object(fields) => match fields.get("value").or_else(|| fields.get("name")) {
            Some(inner @ (Value::String(_) | Value::Bool(_) | Value::Number(_))) => shown(inner),
            _ => Clean::line(&cut(&value.to_string())),
        },
        Value::Array(_) => Clean::line(&cut(&value.to_string())),
    }
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST_VALUE).collect()
}

/// An id-like field: a string, or a number as its digits. None for null, 0 and empty.
pub(super) fn identifier(record: &Value, name: &str) -> Option<String> {
    as_identifier(record.get(name)?)
}

/// An id-like value. None for null, 0 and empty.
pub(super) fn as_identifier(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty() && text != "0").then_some(text)
}

/// A whole number, also from a string or a fraction.
pub(super) fn whole(record: &Value, name: &str) -> Option<i64> {
    match record.get(name)? {
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().and_then(rounded)),
        Value::String(text) => {
            let text = text.trim();
            text.parse().ok().or_else(|| text.parse().ok().and_then(rounded))
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn rounded(number: f64) -> Option<i64> {
    /// Beyond this a float has no exact whole numbers left.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "the range was checked on the same line")]
    (number.abs() <= EXACT).then_some(number as i64)
}

/// A count; negative ones are none.
pub(super) fn count(record: &Value, name: &str) -> Option<u64> {
    whole(record, name).and_then(|number| u64::try_from(number).ok())
}

/// A point in time: Unix seconds as a number or digits, or an ISO date. 0 is none.
pub(super) fn time(record: &Value, name: &str) -> Option<Unix> {
    let seconds = whole(record, name).or_else(|| {
        let instant: jiff::Timestamp = text(record, name).parse().ok()?;
        Some(instant.as_second())
    })?;
    (seconds != 0).then_some(Unix(seconds))
}

/// A yes or no, also as a word.
pub(super) fn flag(record: &Value, name: &str) -> Option<bool> {
    match record.get(name)? {
        Value::Bool(flag) => Some(*flag),
        Value::String(word) if word == "true" => Some(true),
        Value::String(word) if word == "false" => Some(false),
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The records of a list field: `{name: {name: […]}}`, `{name: {data: […]}}`, `{name: […]}` or a single object.
pub(super) fn list<'a>(record: &'a Value, name: &str) -> &'a [Value] {
    let Some(field) = record.get(name) else {
        return &[];
    };
    match field {
        Value::Array(items) => items,
        Value::Object(inner) => inner
            .get(name)
            .or_else(|| inner.get("data"))
            .or_else(|| inner.values().find(|value| value.is_array()))
            .and_then(Value::as_array)
            .map_or(&[], Vec::as_slice),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => &[],
    }
}

/// What to call an item: itself when it is a word, else its name, else its id. None when it has neither.
pub(super) fn name_of(item: &Value) -> Option<Clean> {
    let name = if matches!(item, Value::String(_) | Value::Number(_)) {
        shown(item)
    } else {
        let name = clean(item, "name");
        if name.is_empty() { clean(item, "id") } else { name }
    };
    (!name.is_empty()).then_some(name)
}

/// Attribute names and values, in the server's order; nulls are left out.
pub(super) fn attributes(record: &Value) -> Vec<(Clean, Clean)> {
    let fields = record.get("custom_attributes").and_then(Value::as_object);
    fields.map(pairs).unwrap_or_default()
}

fn pairs(fields: &Map<String, Value>) -> Vec<(Clean, Clean)> {
    fields
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (Clean::line(name), shown(value)))
        .collect()
}

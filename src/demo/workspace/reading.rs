//! Tolerant reading of the shipped JSON: a missing or odd field is the default, never a failure.

use serde_json::{Map, Value};

/// A text; empty texts are kept.
pub(super) fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::to_owned)
}

/// An id, written as text or as a number.
pub(super) fn identifier(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A whole number.
pub(super) fn whole(value: &Value, key: &str) -> Option<i64> {
    value.get(key)?.as_i64()
}

/// Yes or no; no when missing.
pub(super) fn flag(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or(false)
}

/// An amount of some unit, in seconds; may be fractional.
pub(super) fn seconds(value: &Value, key: &str, unit: i32) -> Option<i64> {
    let amount = value.get(key)?.as_f64()? * f64::from(unit);
    #[expect(clippy::cast_possible_truncation, reason = "a cast from float saturates, and the range was cut")]
    Some(amount.clamp(-1e12, 1e12).round() as i64)
}

/// A list; empty when missing.
pub(super) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A list of texts or numbers, as texts.
pub(super) fn texts(value: &Value, key: &str) -> Vec<String> {
    list(value, key)
        .iter()
        .filter_map(|item| {
            item.as_str().map(str::to_owned).or_else(|| item.as_i64().map(|number| number.to_string()))
        })
        .collect()
}

/// An object; empty when missing.
pub(super) fn object(value: &Value, key: &str) -> Map<String, Value> {
    value.get(key).and_then(Value::as_object).cloned().unwrap_or_default()
}

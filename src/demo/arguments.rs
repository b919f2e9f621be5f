//! The arguments of a tool call, checked against the tool's published schema.

use serde_json::{Map, Value};

use super::refusal::Refusal;

/// Arguments that fit the schema.
#[derive(Debug)]
pub(crate) struct Arguments<'a> {
    given: &'a Map<String, Value>,
}

impl<'a> Arguments<'a> {
    /// Checks names, presence, types, enumerations and ranges.
    ///
    /// # Errors
    /// One sentence that lists what is wrong with the call.
    pub(crate) fn checked(
        tool: &str,
        schema: &Value,
        given: &'a Map<String, Value>,
    ) -> Result<Self, Refusal> {
        let mut wrong = Vec::new();
        for required in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
            let missing = required.as_str().filter(|name| given.get(*name).is_none_or(Value::is_null));
            wrong.extend(missing.map(|name| format!("{name} is required")));
        }
        for (name, value) in given {
            match schema.get("properties").and_then(|properties| properties.get(name)) {
                None => wrong.push(format!("unrecognized argument {name}")),
                Some(property) => wrong.extend(mismatch(name, property, value)),
            }
        }
        if wrong.is_empty() {
            return Ok(Self { given });
        }
        Err(Refusal::sentence(format!("Invalid arguments for tool {tool}: {}", wrong.join("; "))))
    }

    /// An argument that was given and is not null.
    pub(crate) fn get(&self, name: &str) -> Option<&'a Value> {
        self.given.get(name).filter(|value| !value.is_null())
    }

    /// A text.
    pub(crate) fn text(&self, name: &str) -> Option<&'a str> {
        self.get(name)?.as_str()
    }

    /// An id, given as text or number.
    pub(crate) fn identifier(&self, name: &str) -> String {
        match self.get(name) {
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(other) => other.to_string(),
            None => String::new(),
        }
    }

    /// A whole number, or `default`.
    pub(crate) fn count(&self, name: &str, default: usize) -> usize {
        let number = self.get(name).and_then(|value| value.as_u64().or_else(|| whole(value)));
        number.and_then(|number| usize::try_from(number).ok()).unwrap_or(default)
    }

    /// A whole number.
    pub(crate) fn whole(&self, name: &str) -> Option<i64> {
        let value = self.get(name)?;
        value.as_i64().or_else(|| whole(value)?.try_into().ok())
    }

    /// Everything given, in order, without nulls.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.given.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.as_str(), value))
    }

    /// Whether any argument but these was given.
    pub(crate) fn any_but(&self, names: &[&str]) -> bool {
        self.iter().any(|(name, _)| !names.contains(&name))
    }
}

/// A number such as `5.0`, as JavaScript may write it.
fn whole(value: &Value) -> Option<u64> {
    let number = value.as_f64().filter(|number| number.fract() == 0.0 && (0.0..1e15).contains(number))?;
    format!("{number:.0}").parse().ok()
}

fn mismatch(name: &str, property: &Value, value: &Value) -> Option<String> {
    if value.is_null() {
        return None;
    }
    let kinds: Vec<&str> = match property.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    if !kinds.iter().any(|kind| is_kind(kind, value)) {
        return Some(format!("{name} must be {}", kinds.join(" or ")));
    }
    let allowed = property.get("enum").and_then(Value::as_array);
    if let Some(allowed) = allowed.filter(|allowed| !allowed.contains(value)) {
        let words: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
        return Some(format!("{name} must be one of {}", words.join(", ")));
    }
    let number = value.as_f64()?;
    let bound = |key: &str| property.get(key).and_then(Value::as_f64);
    if bound("minimum").is_some_and(|least| number < least)
        || bound("maximum").is_some_and(|most| number > most)
    {
        return Some(format!("{name} is out of range"));
    }
    None
}

fn is_kind(kind: &str, value: &Value) -> bool {
    match kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_call_is_checked_against_the_schema() {
        let schema = json!({"properties": {
            "id": {"type": ["string", "number"]}, "page": {"type": "number", "minimum": 1}, "state": {"type": "string", "enum": ["a"]},
        }, "required": ["id"]});
        let check = |given: Value| {
            let given = given.as_object().unwrap().clone();
            Arguments::checked("t", &schema, &given).map(|_| ()).map_err(|refusal| refusal.text())
        };
        assert_eq!(check(json!({"id": 5, "page": 1.0, "state": null})), Ok(()));
        for (given, says) in [
            (json!({}), "id is required"),
            (json!({"id": null}), "id is required"),
            (json!({"id": [1]}), "id must be string or number"),
            (json!({"id": 1, "page": 0}), "page is out of range"),
            (json!({"id": 1, "state": "b"}), "state must be one of a"),
            (json!({"id": 1, "colour": "red"}), "unrecognized argument colour"),
        ] {
            assert_eq!(check(given), Err(format!("Invalid arguments for tool t: {says}")));
        }
    }
}

//! Arguments that are mirrored in headers (`x-mcp-header`, MCP 2026-07-28): which tools name them rightly, and the
//! headers of one call. Refuses tools whose annotations no header could carry. Never recurses: schemas are the server's.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderName, HeaderValue};
use serde_json::{Map, Value};

/// The annotation's name.
const NAME: &str = "x-mcp-header";

/// One argument that is mirrored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mirrored {
    /// Names from the root of the arguments to the value.
    path: Vec<String>,
    header: HeaderName,
}

/// A part of a schema that is still to be looked at.
struct Part<'a> {
    value: &'a Value,
    /// The path, when only `properties` led here; none anywhere else.
    path: Option<Vec<String>>,
    /// Whether its keys are names of properties or definitions instead of keywords.
    is_map: bool,
}

/// The mirrored arguments of a tool by its input schema, or why its annotations cannot be used.
pub(super) fn of(schema: &Value) -> Result<Vec<Mirrored>, String> {
    let mut mirrored: Vec<Mirrored> = Vec::new();
    let mut parts = vec![Part { value: schema, path: Some(Vec::new()), is_map: false }];
    while let Some(part) = parts.pop() {
        match part.value {
            Value::Object(fields) => {
                if let Some(annotation) = fields.get(NAME).filter(|_| !part.is_map) {
                    let one = annotated(annotation, fields, part.path.as_deref())?;
                    if mirrored.iter().any(|other| other.header == one.header) {
                        return Err(format!("it names the header {} twice", one.header));
                    }
                    mirrored.push(one);
                }
                parts.extend(fields.iter().filter_map(|(name, value)| below(&part, name, value)));
            }
            Value::Array(items) => {
                parts.extend(items.iter().map(|value| Part { value, path: None, is_map: false }));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    Ok(mirrored)
}

fn below<'a>(part: &Part<'a>, name: &str, value: &'a Value) -> Option<Part<'a>> {
    if part.is_map {
        let path = part.path.clone().map(|mut path| {
            path.push(name.to_owned());
            path
        });
        return Some(Part { value, path, is_map: false });
    }
    match name {
        "properties" => Some(Part { value, path: part.path.clone(), is_map: true }),
        "$defs" | "definitions" | "dependentSchemas" | "patternProperties" => {
            Some(Part { value, path: None, is_map: true })
        }
        // Values, not schemas.
        "default" | "const" | "enum" | "examples" => None,
        _ => Some(Part { value, path: None, is_map: false }),
    }
}

fn annotated(
    annotation: &Value,
    fields: &Map<String, Value>,
    path: Option<&[String]>,
) -> Result<Mirrored, String> {
    let path = path.filter(|path| !path.is_empty());
    let path = path.ok_or("it marks something that is no plain argument")?;
    let header = annotation.as_str().filter(|header| !header.is_empty());
    let header = header.ok_or_else(|| format!("the header of {} has no name", path.join(".")))?;
    let name = HeaderName::from_bytes(format!("mcp-param-{header}").as_bytes());
    let header = name.map_err(|_| format!("the header of {} has an impossible name", path.join(".")))?;
    match fields.get("type").and_then(Value::as_str) {
        Some("string" | "integer" | "boolean") => Ok(Mirrored { path: path.to_vec(), header }),
        _ => Err(format!("{} is neither text, whole number nor true or false", path.join("."))),
    }
}

/// The headers for one call; arguments that are missing or null have none.
pub(super) fn headers(mirrored: &[Mirrored], arguments: &Value) -> Vec<(HeaderName, HeaderValue)> {
    let one = |mirrored: &Mirrored| {
        let value = mirrored.path.iter().try_fold(arguments, |value, name| value.get(name))?;
        let value = match value {
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        Some((mirrored.header.clone(), HeaderValue::from_str(&encoded(&value)).ok()?))
    };
    mirrored.iter().filter_map(one).collect()
}

/// A value as a header can carry it: wrapped in base64 when it is not plain ASCII, has blanks at its ends, or looks
/// wrapped already.
fn encoded(value: &str) -> String {
    let plain = value.bytes().all(|byte| (0x20..=0x7e).contains(&byte));
    let padded = value.starts_with(' ') || value.ends_with(' ');
    let looks_wrapped = value.starts_with("=?base64?") && value.ends_with("?=");
    if plain && !padded && !looks_wrapped {
        return value.to_owned();
    }
    format!("=?base64?{}?=", BASE64_STANDARD.encode(value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn mirrors_plain_arguments_and_leaves_out_null() {
        let schema = json!({"type": "object", "properties": {
            "region": {"type": "string", "x-mcp-header": "Region"},
            "deep": {"type": "object", "properties": {"n": {"type": "integer", "x-mcp-header": "N"}}},
            "flag": {"type": "boolean", "x-mcp-header": "Flag"}, "rest": {"type": "string"},
            "x-mcp-header": {"type": "string"}}});
        let mut mirrored = of(&schema).unwrap();
        mirrored.sort_by(|one, other| one.path.cmp(&other.path));
        let arguments = json!({"region": "Zürich", "deep": {"n": 42}, "flag": null, "rest": "r"});
        let headers = headers(&mirrored, &arguments);
        let shown: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
        assert_eq!(shown, [("mcp-param-n", "42"), ("mcp-param-region", "=?base64?WsO8cmljaA==?=")]);
    }

    #[test]
    fn wraps_what_a_header_cannot_carry() {
        for (value, plain) in [
            ("us-west1", true),
            ("a b", true),
            ("", true),
            (" a", false),
            ("a\t", false),
            ("a\nb", false),
            ("é", false),
            ("=?base64?x?=", false),
        ] {
            assert_eq!(encoded(value) == value, plain, "{value:?}");
        }
    }

    #[test]
    fn annotations_that_no_header_can_carry_are_refused() {
        let with = |property: Value| json!({"type": "object", "properties": {"a": property}});
        for schema in [
            json!({"x-mcp-header": "Root"}),
            with(json!({"type": "string", "x-mcp-header": ""})),
            with(json!({"type": "string", "x-mcp-header": 4})),
            with(json!({"type": "string", "x-mcp-header": "a b"})),
            with(json!({"type": "string", "x-mcp-header": "a\r\nb"})),
            with(json!({"type": "number", "x-mcp-header": "A"})),
            with(json!({"type": "array", "items": {"type": "string", "x-mcp-header": "A"}})),
            with(json!({"anyOf": [{"type": "string", "x-mcp-header": "A"}]})),
            json!({"properties": {"a": {"type": "string", "x-mcp-header": "A"}, "b": {"type": "string", "x-mcp-header": "a"}}}),
        ] {
            assert!(of(&schema).is_err(), "{schema}");
        }
        assert_eq!(of(&json!({"default": {"x-mcp-header": 1}})), Ok(Vec::new()));
    }
}

//! A question's form out of the server's schema, and the answer's content out of what was typed. Owns the conversions;
//! declines what does not fit. A schema that cannot be shown as a form is no question.

use serde_json::{Map, Number, Value, json};
use url::Url;

use crate::domain::question::{Blank, Kind, Reply, Wants};
use crate::domain::text::Clean;

/// Fields of a form that are asked for; larger forms are declined.
const MOST_BLANKS: usize = 60;
/// Choices of one field.
const MOST_CHOICES: usize = 500;

/// What a request for an answer wants; none when it cannot be asked here.
pub(super) fn wants(params: &Value) -> Option<Wants> {
    let word = |name: &str| params.get(name).and_then(Value::as_str);
    if word("mode") == Some("url") {
        let address: Url = word("url")?.parse().ok()?;
        let is_page = matches!(address.scheme(), "http" | "https") && address.has_host();
        return is_page.then(|| Wants::Page(Clean::line(address.as_str())));
    }
    let schema = params.get("requestedSchema")?;
    let fields = schema.get("properties")?.as_object()?;
    if fields.len() > MOST_BLANKS {
        return None;
    }
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|one| one == name));
    let blanks = fields.iter().map(|(name, field)| blank(name, field, is_required(name)));
    Some(Wants::Form(blanks.collect::<Option<_>>()?))
}

fn blank(name: &str, field: &Value, required: bool) -> Option<Blank> {
    let word = |key: &str| field.get(key).and_then(Value::as_str);
    Some(Blank {
        name: name.to_owned(),
        title: Clean::line(word("title").unwrap_or(name)),
        description: Clean::line(word("description").unwrap_or("")),
        required,
        kind: kind(field)?,
        default: field.get("default").map(text).unwrap_or_default(),
    })
}

fn kind(field: &Value) -> Option<Kind> {
    match field.get("type").and_then(Value::as_str) {
        Some("string") | None => match choices(field) {
            Some(choices) => Some(Kind::One(choices)),
            None => field.get("type").is_some().then_some(Kind::Text),
        },
        Some("number") => Some(Kind::Number),
        Some("integer") => Some(Kind::Whole),
        Some("boolean") => Some(Kind::Truth),
        Some("array") => field.get("items").and_then(choices).map(Kind::Many),
        Some(_) => None,
    }
}

/// The values of `enum` with the titles of `enumNames`, or those of `oneOf` or `anyOf`.
fn choices(field: &Value) -> Option<Vec<(String, Clean)>> {
    let list = |name: &str| field.get(name).and_then(Value::as_array).filter(|all| all.len() <= MOST_CHOICES);
    if let Some(values) = list("enum") {
        let titles = list("enumNames");
        let title = |at: usize| titles.and_then(|titles| titles.get(at)).and_then(Value::as_str);
        let choice = |(at, value): (usize, &Value)| {
            let value = value.as_str()?;
            Some((value.to_owned(), Clean::line(title(at).unwrap_or(value))))
        };
        return values.iter().enumerate().map(choice).collect();
    }
    let titled = list("oneOf").or_else(|| list("anyOf"))?;
    let choice = |one: &Value| {
        let value = one.get("const")?.as_str()?;
        let title = one.get("title").and_then(Value::as_str).unwrap_or(value);
        Some((value.to_owned(), Clean::line(title)))
    };
    titled.iter().map(choice).collect()
}

/// A default as it is typed.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        Value::Array(items) => items.iter().map(text_of_one).collect::<Vec<_>>().join("\n"),
        Value::Null | Value::Object(_) => String::new(),
    }
}

fn text_of_one(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The answer for the server (MCP: `ElicitResult`). A field that was not spoken of has its default; one that was cleared is
/// left out, and a choice of several of which none is chosen is an empty list.
pub(super) fn answer(wants: &Wants, reply: &Reply) -> Value {
    let action = |action: &str| json!({ "action": action });
    match (reply, wants) {
        (Reply::Cancelled, _) => action("cancel"),
        (Reply::Declined, _) => action("decline"),
        (Reply::Filled(_), Wants::Page(_)) => action("accept"),
        (Reply::Filled(values), Wants::Form(blanks)) => match content(blanks, values) {
            Some(content) => json!({ "action": "accept", "content": content }),
            None => action("decline"),
        },
    }
}

fn content(blanks: &[Blank], values: &[(String, String)]) -> Option<Map<String, Value>> {
    let mut content = Map::new();
    for blank in blanks {
        let typed = values.iter().find(|(name, _)| *name == blank.name).map(|(_, value)| value.as_str());
        let cleared = typed == Some("") && !blank.default.is_empty();
        let typed = typed.unwrap_or(&blank.default);
        let none_chosen = matches!(blank.kind, Kind::Many(_)) && (blank.required || cleared);
        if typed.is_empty() && !none_chosen {
            if blank.required {
                return None;
            }
            continue;
        }
        content.insert(blank.name.clone(), value(&blank.kind, typed)?);
    }
    Some(content)
}

fn value(kind: &Kind, typed: &str) -> Option<Value> {
    let among = |choices: &[(String, Clean)], typed: &str| {
        choices.iter().any(|(value, _)| value == typed).then(|| Value::from(typed))
    };
    match kind {
        Kind::Text => Some(Value::from(typed)),
        Kind::Number => number(typed.trim()),
        Kind::Whole => typed.trim().parse::<i64>().ok().map(Value::from),
        Kind::Truth => typed.trim().parse::<bool>().ok().map(Value::from),
        Kind::One(choices) => among(choices, typed),
        Kind::Many(choices) => {
            let lines = typed.lines().filter(|line| !line.is_empty());
            lines.map(|line| among(choices, line)).collect::<Option<Vec<_>>>().map(Value::from)
        }
    }
}

fn number(typed: &str) -> Option<Value> {
    match typed.parse::<i64>() {
        Ok(whole) => Some(Value::from(whole)),
        Err(_) => Number::from_f64(typed.parse().ok()?).map(Value::Number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema() -> Value {
        json!({"message": "m", "requestedSchema": {"type": "object", "required": ["name", "tags"], "properties": {
            "name": {"type": "string", "title": "Your name", "default": "John"},
            "age": {"type": "integer", "default": 30}, "score": {"type": "number", "default": 95.5},
            "on": {"type": "boolean", "default": true},
            "state": {"type": "string", "enum": ["a", "b"], "enumNames": ["A!", "B!"], "default": "a"},
            "tags": {"type": "array", "items": {"anyOf": [{"const": "x", "title": "X!"}, {"const": "y"}]},
                "default": ["x", "y"]}}}})
    }

    #[test]
    fn defaults_make_a_whole_answer() {
        let wants = wants(&schema()).unwrap();
        let accepted = answer(&wants, &Reply::Filled(Vec::new()));
        let content =
            json!({"name": "John", "age": 30, "score": 95.5, "on": true, "state": "a", "tags": ["x", "y"]});
        assert_eq!(accepted, json!({"action": "accept", "content": content}));
        let Wants::Form(blanks) = wants else { panic!("no form") };
        assert_eq!(blanks[0].title.as_str(), "Your name");
        assert!(matches!(&blanks[4].kind, Kind::One(all) if all[1].1.as_str() == "B!"));
    }

    #[test]
    fn what_does_not_fit_is_declined() {
        let wants = wants(&schema()).unwrap();
        for (name, typed, fits) in [
            ("name", "", false),
            ("name", "Ada\n", true),
            ("age", "3.5", false),
            ("age", " 7 ", true),
            ("age", "", true),
            ("score", "many", false),
            ("score", "inf", false),
            ("on", "yes", false),
            ("state", "c", false),
            ("tags", "x\nz", false),
            ("tags", "y\n", true),
            ("tags", "", true),
        ] {
            let filled = Reply::Filled(vec![(name.to_owned(), typed.to_owned())]);
            let action = answer(&wants, &filled)["action"].clone();
            assert_eq!(action, if fits { "accept" } else { "decline" }, "{name}={typed:?}");
        }
        assert_eq!(answer(&wants, &Reply::Declined), json!({"action": "decline"}));
        assert_eq!(answer(&wants, &Reply::Cancelled), json!({"action": "cancel"}));
    }

    #[test]
    fn what_was_cleared_is_not_its_default() {
        let mut schema = schema();
        schema["requestedSchema"]["required"] = json!(["name"]);
        let wants = wants(&schema).unwrap();
        let cleared = ["age", "score", "on", "state", "tags"].map(|name| (name.to_owned(), String::new()));
        let accepted = answer(&wants, &Reply::Filled(cleared.to_vec()));
        assert_eq!(accepted, json!({"action": "accept", "content": {"name": "John", "tags": []}}));
    }

    #[test]
    fn only_what_can_be_asked_is_asked() {
        let page = |address: &str| wants(&json!({"mode": "url", "url": address, "message": "m"}));
        assert!(matches!(page("https://h.example/x"), Some(Wants::Page(_))));
        for odd in ["file:///etc/passwd", "javascript:alert(1)", "nonsense", ""] {
            assert_eq!(page(odd), None, "{odd}");
        }
        let form = |field: Value| wants(&json!({"requestedSchema": {"properties": {"a": field}}}));
        for odd in
            [json!({"type": "object"}), json!({"type": "array", "items": {"type": "string"}}), json!(7)]
        {
            assert_eq!(form(odd.clone()), None, "{odd}");
        }
        assert_eq!(wants(&json!({})), None);
    }
}

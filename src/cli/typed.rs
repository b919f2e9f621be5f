//! From `key=value` on a command line to JSON arguments, by the schema that the server itself published. Owns the guessing of
//! types; refuses to check what the server will check.

use serde_json::{Map, Value};

use super::exit::{Exit, Refusal};

/// Steps through references before a schema counts as endless.
const HOPS: usize = 8;
/// Alternatives of one property that are looked at.
const ALTERNATIVES: usize = 64;

/// One value as it was typed.
#[derive(Clone, Copy)]
enum Given<'a> {
    /// `key=value`: of the schema's type.
    Text(&'a str),
    /// `key:=JSON`: as it stands.
    Raw(&'a str),
}

/// The arguments for a tool with this input schema, in the order they were typed.
///
/// # Errors
/// A pair without `=`, or a value that is not of the schema's type. Names that a closed schema does not have are the session's
/// to refuse.
pub(super) fn arguments(schema: &Value, pairs: &[String]) -> Result<Map<String, Value>, Refusal> {
    let mut typed: Vec<(&str, Vec<Given<'_>>)> = Vec::new();
    for pair in pairs {
        let (key, given) = split(pair)?;
        match typed.iter_mut().find(|(known, _)| *known == key) {
            Some((_, values)) => values.push(given),
            None => typed.push((key, vec![given])),
        }
    }
    let mut arguments = Map::new();
    for (key, given) in typed {
        let property = Property::named(schema, key);
        arguments.insert(key.to_owned(), property.values(&given)?);
    }
    Ok(arguments)
}

fn wrong(sentence: String) -> Refusal {
    Refusal::new(Exit::Usage, sentence)
}

/// At the first `=`; a colon right before it asks for JSON.
fn split(pair: &str) -> Result<(&str, Given<'_>), Refusal> {
    let Some((key, value)) = pair.split_once('=').filter(|(key, _)| !matches!(*key, "" | ":")) else {
        return Err(wrong(format!("\"{pair}\" is no argument; write key=value, or key:=JSON.")));
    };
    Ok(match key.strip_suffix(':') {
        Some(key) => (key, Given::Raw(value)),
        None => (key, Given::Text(value)),
    })
}

/// The types a value may have.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "JSON Schema has these types, and a property any set of them"
)]
struct Types {
    string: bool,
    number: bool,
    whole: bool,
    truth: bool,
    null: bool,
    list: bool,
    object: bool,
}

impl Types {
    fn add(&mut self, word: &str) {
        match word {
            "string" => self.string = true,
            "number" => self.number = true,
            "integer" => self.whole = true,
            "boolean" => self.truth = true,
            "null" => self.null = true,
            "array" => self.list = true,
            "object" => self.object = true,
            _ => {}
        }
    }

    /// Whether a JSON value is of one of these types. Texts are asked for elsewhere.
    fn take(self, value: &Value) -> bool {
        match value {
            Value::Null => self.null,
            Value::Bool(_) => self.truth,
            Value::Number(number) => self.number || self.whole && is_whole(number),
            Value::Array(_) => self.list,
            Value::Object(_) => self.object,
            Value::String(_) => false,
        }
    }

    fn words(self) -> String {
        let words = [
            (self.number, "a number"),
            (self.whole && !self.number, "a whole number"),
            (self.truth, "true or false"),
            (self.list, "a list"),
            (self.object, "a JSON object"),
            (self.null, "null"),
        ];
        let words: Vec<&str> = words.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
        words.join(" or ")
    }
}

fn is_whole(number: &serde_json::Number) -> bool {
    number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|number| number.fract() == 0.0)
}

/// What the schema says of one argument.
struct Property<'a> {
    name: &'a str,
    types: Types,
    /// The types of a list's items.
    items: Types,
}

impl<'a> Property<'a> {
    fn named(schema: &Value, name: &'a str) -> Self {
        let Some(property) = schema.get("properties").and_then(|properties| properties.get(name)) else {
            return Self { name, types: Types::default(), items: Types::default() };
        };
        let mut items = Types::default();
        let types = types(schema, property, |list| {
            if let Some(item) = list.get("items") {
                items = self::types(schema, item, |_| {});
            }
        });
        Self { name, types, items }
    }

    fn values(&self, given: &[Given<'_>]) -> Result<Value, Refusal> {
        match given {
            [Given::Raw(json)] => self.json(json),
            [Given::Text(text)] if self.types.list && !self.types.string => self.list(text),
            [Given::Text(text)] => self.scalar(text, self.types),
            many if self.types.list || self.types == Types::default() => {
                let items = many.iter().map(|given| match given {
                    Given::Raw(json) => self.json(json),
                    Given::Text(text) => self.scalar(text, self.items),
                });
                items.collect::<Result<Vec<_>, _>>().map(Value::Array)
            }
            _ => Err(wrong(format!("\"{}\" takes one value; it was given more than once.", self.name))),
        }
    }

    fn json(&self, text: &str) -> Result<Value, Refusal> {
        serde_json::from_str(text)
            .map_err(|error| wrong(format!("The value of \"{}\" is no JSON: {error}.", self.name)))
    }

    /// One value where a list is wanted: the list itself as JSON, or its only item.
    fn list(&self, text: &str) -> Result<Value, Refusal> {
        let written = text.trim();
        if written.starts_with('[') {
            return self.json(written);
        }
        let other = Types { list: false, ..self.types };
        if let Ok(value) = serde_json::from_str::<Value>(written)
            && other.take(&value)
        {
            return Ok(value);
        }
        self.scalar(text, self.items).map(|item| Value::Array(vec![item]))
    }

    fn scalar(&self, text: &str, types: Types) -> Result<Value, Refusal> {
        if types.string || types == Types::default() {
            return Ok(Value::String(text.to_owned()));
        }
        let value = serde_json::from_str::<Value>(text).ok().filter(|value| types.take(value));
        value.ok_or_else(|| {
            wrong(format!("\"{}\" wants {}, and \"{text}\" is none.", self.name, types.words()))
        })
    }
}

/// The types that a schema permits, its alternatives and local references included. Every part that describes a list is
/// shown to `list`. Anything that lies outside of this document is left alone.
fn types<'s>(root: &'s Value, schema: &'s Value, mut list: impl FnMut(&'s Value)) -> Types {
    let mut types = Types::default();
    let mut parts = vec![schema];
    let mut looked_at = 0;
    while let Some(part) = parts.pop() {
        looked_at += 1;
        if looked_at > ALTERNATIVES {
            break;
        }
        let part = referred(root, part);
        match part.get("type") {
            Some(Value::String(word)) => types.add(word),
            Some(Value::Array(words)) => {
                words.iter().filter_map(Value::as_str).for_each(|word| types.add(word));
            }
            _ => literals(part).for_each(|literal| types.add(type_of(literal))),
        }
        if part.get("items").is_some() {
            list(part);
        }
        let alternatives =
            ["anyOf", "oneOf", "allOf"].into_iter().filter_map(|word| part.get(word)?.as_array());
        parts.extend(alternatives.flatten());
    }
    types
}

fn literals(schema: &Value) -> impl Iterator<Item = &Value> {
    let values = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    values.chain(schema.get("const"))
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// What a local reference points at; the schema itself where it is none.
fn referred<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    let mut schema = schema;
    for _ in 0..HOPS {
        let reference = schema.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix('#'));
        match reference.and_then(|pointer| root.pointer(pointer)) {
            Some(next) => schema = next,
            None => break,
        }
    }
    schema
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn schema() -> Value {
        json!({
            "type": "object",
            "properties": {
                "query": {"type": "string"},
                "rows": {"type": "integer"},
                "share": {"type": "number"},
                "open": {"type": "boolean"},
                "since": {"type": ["integer", "null"]},
                "ids": {"type": "array", "items": {"type": "string"}},
                "counts": {"type": "array", "items": {"type": "integer"}},
                "sort": {"type": "object"},
                "state": {"enum": ["open", "closed"]},
                "level": {"enum": [1, 2]},
                "filter": {"anyOf": [{"type": "number"}, {"$ref": "#/$defs/between"}]},
                "loop": {"$ref": "#/properties/loop"},
                "any": {}
            },
            "$defs": {"between": {"type": "object"}}
        })
    }

    fn given(pairs: &[&str]) -> Result<Value, String> {
        let pairs: Vec<String> = pairs.iter().map(|pair| (*pair).to_owned()).collect();
        arguments(&schema(), &pairs).map(Value::Object).map_err(|refusal| refusal.sentence)
    }

    #[test]
    fn values_take_their_type_from_the_schema() {
        let cases = [
            ("query=12", json!({"query": "12"})),
            ("query=a=b", json!({"query": "a=b"})),
            ("query=", json!({"query": ""})),
            ("rows=12", json!({"rows": 12})),
            ("share=0.5", json!({"share": 0.5})),
            ("open=true", json!({"open": true})),
            ("since=null", json!({"since": null})),
            ("since=5", json!({"since": 5})),
            ("ids=12", json!({"ids": ["12"]})),
            ("ids=[\"a\",\"b\"]", json!({"ids": ["a", "b"]})),
            ("counts=3", json!({"counts": [3]})),
            ("sort={\"by\":1}", json!({"sort": {"by": 1}})),
            ("state=open", json!({"state": "open"})),
            ("level=2", json!({"level": 2})),
            ("filter=7", json!({"filter": 7})),
            ("filter={\"from\":1}", json!({"filter": {"from": 1}})),
            ("loop=x", json!({"loop": "x"})),
            ("any=12", json!({"any": "12"})),
            ("any:=12", json!({"any": 12})),
            ("query:=[1]", json!({"query": [1]})),
        ];
        for (pair, expected) in cases {
            assert_eq!(given(&[pair]), Ok(expected), "{pair}");
        }
        assert_eq!(given(&["counts=1", "counts=2"]), Ok(json!({"counts": [1, 2]})));
        assert_eq!(given(&["any=1", "any=2"]), Ok(json!({"any": ["1", "2"]})));
        assert_eq!(given(&["rows=1", "query=x"]).unwrap().to_string(), r#"{"rows":1,"query":"x"}"#);
    }

    #[test]
    fn mistakes_say_what_is_wanted() {
        let cases = [
            (vec!["query"], "\"query\" is no argument; write key=value"),
            (vec!["=x"], "is no argument"),
            (vec!["rows=many"], "\"rows\" wants a whole number, and \"many\" is none"),
            (vec!["rows=1.5"], "a whole number"),
            (vec!["open=yes"], "true or false"),
            (vec!["since=x"], "a whole number or null"),
            (vec!["counts=x"], "a whole number"),
            (vec!["ids=[1"], "is no JSON"),
            (vec!["query:=x"], "is no JSON"),
            (vec!["rows=1", "rows=2"], "more than once"),
        ];
        for (pairs, words) in cases {
            let told = given(&pairs).unwrap_err();
            assert!(told.contains(words), "{pairs:?}: {told}");
        }
    }

    #[test]
    fn an_open_or_missing_schema_takes_any_name() {
        for schema in
            [Value::Null, json!({}), json!({"properties": 3}), json!({"properties": {"x": {"type": 3}}})]
        {
            assert_eq!(arguments(&schema, &["x=1".to_owned()]).unwrap()["x"], "1");
        }
    }

    proptest! {
        #[test]
        fn anything_typed_is_an_argument_or_a_sentence(pairs in prop::collection::vec("[a-z:]{0,6}=?.{0,12}", 0..5)) {
            match arguments(&schema(), &pairs) {
                Ok(arguments) => prop_assert!(arguments.len() <= pairs.len()),
                Err(refusal) => prop_assert!(refusal.exit == Exit::Usage && !refusal.sentence.is_empty()),
            }
        }
    }
}

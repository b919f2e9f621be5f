//! What a tool's input schema says about one property: whether it may be sent, and in which form. Reads the schema
//! leniently; one that cannot be read forbids nothing. Ignores `required`, which is wrong on the real server (3.4).

use serde_json::{Map, Value, json};

use crate::domain::query::{Condition, Filter, Operator, Shape};

/// A tool's input schema.
pub(super) struct Schema<'a> {
    properties: Option<&'a Map<String, Value>>,
    closed: bool,
}

/// The forms that matter here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Number,
    Boolean,
    Array,
    Object,
}

impl<'a> Schema<'a> {
    /// Reads a schema.
    pub(super) fn of(schema: &'a Value) -> Self {
        Self {
            properties: schema.get("properties").and_then(Value::as_object),
            closed: schema.get("additionalProperties") == Some(&Value::Bool(false)),
        }
    }

    fn property(&self, name: &str) -> Option<&'a Value> {
        self.properties.and_then(|properties| properties.get(name))
    }

    /// Whether an argument may be sent.
    pub(super) fn takes(&self, name: &str) -> bool {
        !self.closed || self.property(name).is_some()
    }

    /// The names of all arguments that the schema knows.
    pub(super) fn listed(&self) -> impl Iterator<Item = &'a str> {
        self.properties.into_iter().flatten().map(|(name, _)| name.as_str())
    }

    /// Whether a filter of this name works: the schema names it, or names nothing at all. A filter that the server
    /// would ignore brings back the wrong rows.
    pub(super) fn names(&self, name: &str) -> bool {
        match self.properties {
            Some(properties) if !properties.is_empty() => properties.contains_key(name),
            _ => !self.closed,
        }
    }

    /// Whether a condition's argument is there: an undocumented one only where the schema itself names it.
    pub(super) fn knows(&self, condition: &Condition<'_>) -> bool {
        let name = &condition.filter.field;
        self.property(name).is_some() || (condition.documented && self.names(name))
    }

    /// Whether a comparison can be said: the schema lists its operator or a wider one, or lists none at all (3.4).
    pub(super) fn compares(&self, filter: &Filter) -> bool {
        self.operators(&filter.field).is_none_or(|listed| Sign::of(filter, listed).is_some())
    }

    /// The operators that a property lists.
    fn operators(&self, name: &str) -> Option<&'a Vec<Value>> {
        let property = object_branch(self.property(name)?);
        property.pointer("/properties/operator/enum").and_then(Value::as_array)
    }

    /// The first of `names` that the schema has, else the very first.
    pub(super) fn first_of<'n>(&self, names: &[&'n str]) -> &'n str {
        let known = names.iter().find(|name| self.property(name).is_some());
        known.or(names.first()).copied().unwrap_or("id")
    }

    /// The greatest number a property takes.
    pub(super) fn maximum(&self, name: &str) -> Option<u64> {
        self.property(name)?.get("maximum")?.as_u64()
    }

    fn forms(&self, name: &str) -> Vec<Form> {
        self.property(name).map(forms).unwrap_or_default()
    }

    /// Whether a property may be an object: it says so, or says nothing.
    pub(super) fn takes_object(&self, name: &str) -> bool {
        let forms = self.forms(name);
        forms.is_empty() || forms.contains(&Form::Object)
    }

    /// An id as text, or as a number where the schema takes nothing else.
    pub(super) fn identifier(&self, name: &str, id: &str) -> Value {
        as_taken(id, &self.forms(name))
    }

    /// Several values as an array, or joined where the schema takes only text.
    pub(super) fn list(&self, name: &str, values: &[&str]) -> Value {
        let forms = self.forms(name);
        if forms == [Form::Text] {
            return json!(values.join(","));
        }
        let inner = self
            .property(name)
            .and_then(|property| property.get("items"))
            .map(self::forms)
            .unwrap_or_default();
        values.iter().map(|value| as_taken(value, &inner)).collect()
    }

    /// A condition in the form that the schema asks for, else in the documented one.
    pub(super) fn filter(&self, filter: &Filter, shape: Shape) -> Value {
        let name = filter.field.as_str();
        let value = filter.value.as_str();
        let forms = self.forms(name);
        if forms == [Form::Object] {
            return self.comparison(filter, &forms);
        }
        match shape {
            Shape::Text => as_taken(value, &forms),
            Shape::Number | Shape::Boolean if forms == [Form::Text] => json!(value),
            Shape::Number => number(value),
            Shape::Boolean => json!(value == "true"),
            Shape::List => {
                let values: Vec<&str> =
                    value.split(',').map(str::trim).filter(|value| !value.is_empty()).collect();
                self.list(name, &values)
            }
            Shape::Comparison => self.comparison(filter, &forms),
        }
    }

    fn comparison(&self, filter: &Filter, forms: &[Form]) -> Value {
        let sign = filter.operator.sign();
        let object = forms.is_empty() || forms.contains(&Form::Object);
        if object {
            let usual = Sign { sign, value: filter.value.parse().ok() };
            let sign =
                self.operators(&filter.field).and_then(|listed| Sign::of(filter, listed)).unwrap_or(usual);
            let value = sign.value.map_or_else(|| json!(filter.value), |number| json!(number));
            return json!({"operator": sign.sign, "value": value});
        }
        let number_only = forms.contains(&Form::Number) && filter.operator == Operator::Equal;
        if number_only {
            return number(&filter.value);
        }
        json!(format!("{sign} {}", filter.value))
    }
}

/// A comparison in the words of a schema that lists its operators.
struct Sign {
    sign: &'static str,
    value: Option<i64>,
}

impl Sign {
    /// The sign, or its word where the schema lists words; else a bound that takes in no less, since the server reads `>` and
    /// `<` as "or equal" (6.5), and more rows can be cut.
    fn of(filter: &Filter, listed: &[Value]) -> Option<Self> {
        let has = |word: &str| listed.iter().any(|item| item == word);
        let value: Option<i64> = filter.value.parse().ok();
        let (wider, step) = match filter.operator {
            Operator::Greater => (Operator::GreaterOrEqual, 0),
            Operator::Less => (Operator::LessOrEqual, 0),
            Operator::GreaterOrEqual => (Operator::Greater, -1),
            Operator::LessOrEqual => (Operator::Less, 1),
            same @ (Operator::Equal | Operator::NotEqual | Operator::Contains | Operator::In) => (same, 0),
        };
        [(filter.operator, 0), (wider, step)].into_iter().find_map(|(operator, step)| {
            let sign = [operator.sign(), operator.word()].into_iter().find(|word| has(word))?;
            Some(Self { sign, value: value.map(|value| value.saturating_add(step)) })
        })
    }
}

/// The branch of a property that describes an object; the property itself when there is no choice.
fn object_branch(property: &Value) -> &Value {
    branches(property).find(|branch| branch.get("properties").is_some()).unwrap_or(property)
}

/// The property and its alternatives, one level deep.
fn branches(property: &Value) -> impl Iterator<Item = &Value> {
    let choices = ["anyOf", "oneOf"]
        .into_iter()
        .filter_map(|key| property.get(key).and_then(Value::as_array))
        .flatten();
    std::iter::once(property).chain(choices)
}

/// The forms a property takes.
fn forms(property: &Value) -> Vec<Form> {
    let mut found = Vec::new();
    for branch in branches(property) {
        let words: Vec<&str> = match branch.get("type") {
            Some(Value::String(word)) => vec![word.as_str()],
            Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        for form in words.into_iter().filter_map(form) {
            if !found.contains(&form) {
                found.push(form);
            }
        }
    }
    found
}

fn form(word: &str) -> Option<Form> {
    match word {
        "string" => Some(Form::Text),
        "number" | "integer" => Some(Form::Number),
        "boolean" => Some(Form::Boolean),
        "array" => Some(Form::Array),
        "object" => Some(Form::Object),
        _ => None,
    }
}

/// Text, or a number where only numbers are taken and it is one.
fn as_taken(value: &str, forms: &[Form]) -> Value {
    let numbers_only = forms.contains(&Form::Number) && !forms.contains(&Form::Text);
    if numbers_only { number(value) } else { json!(value) }
}

fn number(value: &str) -> Value {
    value.parse::<i64>().map_or_else(|_| json!(value), |number| json!(number))
}

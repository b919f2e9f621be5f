//! The forms a result can take: on one line, in two blocks, as structured content too, with very many parts, or with
//! the objects of another time.

mod objects;

use serde_json::{Map, Value, json};

use super::fault::Fault;
use super::faults::Faults;

/// The result of a tool call that worked, in the form that is switched on.
pub(crate) fn result(faults: &Faults, tool: &str, given: &Map<String, Value>, mut value: Value) -> Value {
    if matches!(tool, "get_conversation" | "fetch")
        && let Some(parts) =
            faults.find(|fault| if let Fault::LargeThread(parts) = fault { Some(*parts) } else { None })
    {
        enlarge(&mut value, parts);
    }
    if faults.has(&Fault::CursorRepeats)
        && let Some(cursor) = cursor(given)
    {
        objects::repeat(&mut value, &cursor);
    }
    for (fault, change) in objects::CHANGES {
        if faults.has(&fault) {
            change(tool, &mut value);
        }
    }
    let text = if faults.has(&Fault::CompactJson) { value.to_string() } else { printed(&value) };
    let blocks: Vec<Value> = if faults.has(&Fault::SplitText) {
        let (first, second) = halves(&text);
        [first, second].map(|text| json!({"type": "text", "text": text})).to_vec()
    } else {
        vec![json!({"type": "text", "text": text})]
    };
    let mut result = json!({"content": blocks});
    if faults.has(&Fault::Structured)
        && let Some(result) = result.as_object_mut()
    {
        result.insert("structuredContent".to_owned(), value);
    }
    result
}

/// The cursor of a call: an argument of its own, or a word of the query.
pub(crate) fn cursor(given: &Map<String, Value>) -> Option<String> {
    let text = |key: &str| given.get(key).and_then(Value::as_str);
    let in_query = || text("query")?.split(' ').find_map(|word| word.strip_prefix("starting_after:"));
    text("starting_after").or_else(in_query).map(str::to_owned)
}

/// JSON over many lines, as the hosted server prints it. Half a megabyte is usual, so the fast way is worth it.
fn printed(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_else(|_| format!("{value:#}"))
}

/// Two halves, cut at a character.
fn halves(text: &str) -> (&str, &str) {
    let middle = text.len() / 2;
    let cut = (middle..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    text.split_at(cut)
}

/// Repeats the parts of a conversation until there are so many, each with an id of its own.
fn enlarge(conversation: &mut Value, wanted: usize) {
    let Some(parts) = conversation.get_mut("conversation_parts") else { return };
    let told = match parts.get_mut("conversation_parts").map(Value::take) {
        Some(Value::Array(told)) if !told.is_empty() => told,
        other => {
            parts["conversation_parts"] = other.unwrap_or_else(|| json!([]));
            return;
        }
    };
    let number = |(number, part): (usize, &Value)| {
        let mut part = part.clone();
        if let Some(id) = part.get("id").and_then(Value::as_str) {
            part["id"] = format!("{id}{number:07}").into();
        }
        part
    };
    let many: Vec<Value> = told.iter().cycle().take(wanted).enumerate().map(number).collect();
    parts["total_count"] = many.len().into();
    parts["conversation_parts"] = many.into();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_cut_at_characters_and_make_the_whole() {
        for text in ["", "a", "blåbær", "å"] {
            let (first, second) = halves(text);
            assert_eq!(format!("{first}{second}"), text);
        }
    }

    #[test]
    fn a_conversation_without_parts_stays_as_it_is() {
        for before in [json!({}), json!({"conversation_parts": {"conversation_parts": [], "total_count": 0}})]
        {
            let mut after = before.clone();
            enlarge(&mut after, 9);
            assert_eq!(after, before);
        }
    }
}

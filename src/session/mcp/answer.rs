//! From a result as the server sent it to a plain [`Reply`]. Only what is read is looked at, so that an odd block or field
//! costs itself and nothing else.

use serde_json::Value;

use crate::session::wire::Reply;

/// The reply in a result. `whole` is for calls by hand: the result is then handed over as it came.
pub(super) fn reply(mut result: Value, whole: bool) -> Reply {
    let kept = if whole { result.clone() } else { Value::Null };
    let blocks = match result.get_mut("content").map(Value::take) {
        Some(Value::Array(blocks)) => blocks,
        Some(block @ Value::Object(_)) => vec![block],
        _ => Vec::new(),
    };
    let texts = blocks.into_iter().filter_map(|mut block| match block.get_mut("text")?.take() {
        Value::String(text) => Some(text),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
    });
    Reply {
        texts: texts.collect(),
        is_error: result.get("isError") == Some(&Value::Bool(true)),
        structured: result.get_mut("structuredContent").map(Value::take).filter(|value| !value.is_null()),
        whole: kept,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_odd_block_costs_itself() {
        let result = json!({"content": [{"type": "text", "text": "a"}, {"type": "text", "text": 5}, 7,
            {"type": "hologram"}, {"type": "text", "text": "b", "annotations": {"audience": ["system"]}}],
            "structuredContent": {"x": [1]}, "isError": true, "more": {"kept": null}});
        let reply = reply(result.clone(), true);
        assert_eq!((reply.texts, reply.is_error), (vec!["a".to_owned(), "b".to_owned()], true));
        assert_eq!((reply.structured, reply.whole), (Some(json!({"x": [1]})), result));
        assert_eq!(super::reply(json!({"content": {"text": "x"}}), false).whole, Value::Null);
    }
}

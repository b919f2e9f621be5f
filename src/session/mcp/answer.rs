//! From the library's typed result to a plain [`Reply`]. The library reads results by closed lists; one odd block turns
//! a whole result into a "custom" one, which is read here by hand.

use rmcp::ServiceError;
use rmcp::model::{CallToolResult, ContentBlock, ServerResult};
use serde_json::Value;

use crate::session::wire::Reply;

/// What awaiting a request brings.
pub(super) type Result = std::result::Result<ServerResult, ServiceError>;

/// The reply in a result of whatever type the library took it for.
pub(super) fn reply(result: ServerResult) -> Reply {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the library's list of results is open; all others are read from their JSON"
    )]
    match result {
        ServerResult::CallToolResult(result) => typed(result),
        other => serde_json::to_value(other).map_or_else(|_| Reply::default(), by_hand),
    }
}

fn typed(result: CallToolResult) -> Reply {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the library's list of blocks is open, and only text is read"
    )]
    let texts = result.content.into_iter().filter_map(|block| match block {
        ContentBlock::Text(text) => Some(text.text),
        _ => None,
    });
    Reply {
        texts: texts.collect(),
        structured: result.structured_content.filter(|value| !value.is_null()),
        is_error: result.is_error == Some(true),
        whole: Value::Null,
    }
}

fn by_hand(mut result: Value) -> Reply {
    let blocks = match result.get_mut("content").map(Value::take) {
        Some(Value::Array(blocks)) => blocks,
        Some(block @ Value::Object(_)) => vec![block],
        _ => Vec::new(),
    };
    let texts = blocks.into_iter().filter_map(|mut block| {
        let text = block.get_mut("text")?.take();
        text.is_string().then_some(text)
    });
    let texts = texts.filter_map(|text| serde_json::from_value(text).ok());
    Reply {
        texts: texts.collect(),
        is_error: result.get("isError") == Some(&Value::Bool(true)),
        structured: result.get_mut("structuredContent").map(Value::take).filter(|value| !value.is_null()),
        whole: Value::Null,
    }
}

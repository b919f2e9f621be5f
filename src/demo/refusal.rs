//! Why a tool call failed, in the two forms the real server's texts take: a REST error list or one plain sentence.

use serde_json::json;

/// A tool call that failed; it travels as a tool result with `isError: true`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// A plain sentence.
    Sentence(String),
    /// A REST error with Intercom's error code.
    Rest {
        /// Intercom's error code.
        code: &'static str,
        /// What the error says.
        message: String,
    },
}

impl Refusal {
    /// A plain sentence.
    pub(crate) fn sentence(text: impl Into<String>) -> Self {
        Self::Sentence(text.into())
    }

    /// A REST error with this code.
    pub(crate) fn rest(code: &'static str, message: impl Into<String>) -> Self {
        Self::Rest { code, message: message.into() }
    }

    /// REST `parameter_invalid`.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::rest("parameter_invalid", message)
    }

    /// The text block of the tool result.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Sentence(sentence) => sentence.clone(),
            Self::Rest { code, message } => {
                let list = json!({
                    "type": "error.list",
                    "request_id": null,
                    "errors": [{"code": code, "message": message}],
                });
                format!("{list:#}")
            }
        }
    }
}

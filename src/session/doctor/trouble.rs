//! What broke a rung: the cause for scripts, the sentence and the next step for people. Owns the value; the words themselves
//! stand beside what notices them.

use crate::domain::examination::Rung;

/// Why a rung does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    /// The lowest rung it can belong to; found later, it breaks the rung that is being tried.
    pub(super) rung: Rung,
    /// Short, for scripts.
    pub(super) cause: &'static str,
    /// What is wrong. May carry a server's words: neither cleaned nor free of secrets yet.
    pub(super) sentence: String,
    /// What to do next.
    pub(super) hint: String,
}

impl Trouble {
    pub(super) fn new(
        rung: Rung,
        cause: &'static str,
        sentence: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self { rung, cause, sentence: sentence.into(), hint: hint.into() }
    }

    /// Whether the server no longer knows the session, so that a new one may help.
    pub(super) fn is_lost_session(&self) -> bool {
        matches!(self.cause, "session-lost-404" | "session-lost-400")
    }
}

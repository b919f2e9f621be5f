//! Tags and segments, which are asked for by id and may be typed by name.

use std::ops::Range;

use super::words::wrong;
use crate::domain::query::Wrong;

/// A list whose names may be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Tags.
    Tag,
    /// Segments.
    Segment,
}

impl Named {
    /// The word of the language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Segment => "segment",
        }
    }
}

/// The id that is meant: the one of a known name, else the value itself when it can be an id.
pub(super) fn identified(
    kind: Named,
    value: String,
    at: &Range<usize>,
    known: impl Fn(Named, &str) -> Option<String>,
) -> Result<String, Wrong> {
    if let Some(id) = known(kind, &value) {
        return Ok(id);
    }
    let can_be_id = value.is_empty()
        || (value.contains(|c: char| c.is_ascii_digit())
            && value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')));
    if can_be_id {
        return Ok(value);
    }
    let word = kind.word();
    Err(wrong(
        at.clone(),
        format!("No {word} called {value} was seen yet; load more of the list, or give its id."),
    ))
}

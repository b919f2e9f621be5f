//! Words of a search line for people and companies, as the search language scans them: a field before a colon may have any
//! letters here, since attributes are called as customers call them.

use std::ops::Range;

use crate::domain::query::{Wrong, spans, unquoted};

/// Longest line taken, in bytes.
const LONGEST: usize = 4_096;

/// What is wrong with the bytes `at`.
pub(super) fn wrong(at: Range<usize>, sentence: impl Into<String>) -> Wrong {
    Wrong { at, sentence: sentence.into() }
}

/// The places of the words. A quote that is never closed is wrong.
pub(super) fn words(source: &str) -> Result<Vec<Range<usize>>, Wrong> {
    if source.len() > LONGEST {
        return Err(wrong(0..source.len(), "The search is longer than 4,096 bytes."));
    }
    spans(source)
}

/// A word as a field in lower case and its value without quotes; none when it is no such pair.
pub(super) fn pair(word: &str) -> Option<(String, String)> {
    let (field, value) = word.split_once(':')?;
    let named = !field.is_empty()
        && field.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && !value.starts_with("//");
    named.then(|| (field.to_lowercase(), unquoted(value)))
}

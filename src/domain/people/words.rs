//! Words of a search line: split at blanks outside quotes, with their places.

use std::ops::Range;

use crate::domain::query::Wrong;

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
    let mut found = Vec::new();
    let (mut start, mut quote) = (None, None);
    for (at, c) in source.char_indices() {
        match c {
            '"' => {
                quote = if quote.is_some() { None } else { Some(at) };
                start.get_or_insert(at);
            }
            c if c.is_whitespace() && quote.is_none() => found.extend(start.take().map(|from| from..at)),
            _ => {
                start.get_or_insert(at);
            }
        }
    }
    if let Some(at) = quote {
        return Err(wrong(at..source.len(), "This quote is never closed; add a \" at the end."));
    }
    found.extend(start.map(|from| from..source.len()));
    Ok(found)
}

/// A word as a field in lower case and its value without quotes; none when it is no such pair.
pub(super) fn pair(word: &str) -> Option<(String, String)> {
    let (field, value) = word.split_once(':')?;
    let named = !field.is_empty()
        && field.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && !value.starts_with("//");
    named.then(|| (field.to_lowercase(), bare(value)))
}

/// The value without its quotes and outer blanks.
pub(super) fn bare(value: &str) -> String {
    value.replace('"', "").trim().to_owned()
}

//! What can be typed next. Owns the offers for fields, operators and values; refuses the history of searches.

use std::ops::Range;

use super::{FIELDS, Known};

/// Offers for one place of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that an offer replaces; empty where it is only put in.
    pub at: Range<usize>,
    /// Best first; never empty.
    pub offers: Vec<Offer>,
}

/// Something that could stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What is put in.
    pub insert: String,
    /// What it means, for showing beside it: a few words; a name from the data is raw, clean it before it is shown.
    pub about: String,
}

/// What could stand at the cursor, a byte position (one past the end counts as the end). None in free text and where
/// nothing is known.
pub fn complete(text: &str, cursor: usize, _known: &Known<'_>) -> Option<Completion> {
    let cursor = (0..=cursor.min(text.len())).rev().find(|&at| text.is_char_boundary(at))?;
    let start = text[..cursor].rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let typed = text.get(start..cursor)?;
    let offer = |name: &str| Offer { insert: format!("{name}:"), about: String::new() };
    let offers: Vec<Offer> =
        FIELDS.iter().filter(|field| field.name.starts_with(typed)).map(|field| offer(field.name)).collect();
    (!offers.is_empty()).then_some(Completion { at: start..cursor, offers })
}

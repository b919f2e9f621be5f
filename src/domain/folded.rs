//! Letters as they are compared where it does not matter how somebody writes them: small, Latin ones without accents, marks
//! without a width of their own left out. Owns that rule; refuses to compare.

use nucleo_matcher::Utf32Str;
use nucleo_matcher::chars::{normalize, to_lower_case};
use unicode_width::UnicodeWidthChar as _;

/// A character as it is compared; none for one that has no width of its own.
fn folded(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    (c.width() != Some(0)).then(|| to_lower_case(normalize(c)))
}

/// Text as it is compared.
pub fn fold(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter_map(folded)
}

/// The same, with the byte at which each character began.
pub fn fold_with_bytes(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().filter_map(|(at, c)| Some((at, folded(c)?)))
}

/// Folded text as the matcher takes it, letter by letter; `buffer` holds what is not ASCII.
pub fn letters<'a>(folded: &'a str, buffer: &'a mut Vec<char>) -> Utf32Str<'a> {
    if folded.is_ascii() {
        return Utf32Str::Ascii(folded.as_bytes());
    }
    buffer.clear();
    buffer.extend(folded.chars());
    Utf32Str::Unicode(buffer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_are_alike() {
        let folded = |text: &str| fold(text).collect::<String>();
        for (one, other) in
            [("MAËLLE", "maelle"), ("e\u{301}tude", "Étude"), ("Ωμέγα", "ωμέγα"), ("船", "船")]
        {
            assert_eq!(folded(one), folded(other), "{one}");
        }
        assert_ne!(folded("船"), folded("舟"));
        assert_eq!(fold_with_bytes("e\u{301}É").collect::<Vec<_>>(), [(0, 'e'), (3, 'e')]);
    }
}

//! Letters as they are compared where it does not matter how somebody writes them: small, Latin ones without accents, marks
//! without a width of their own left out. Owns that rule; refuses to compare.

use nucleo_matcher::Utf32Str;
use nucleo_matcher::chars::{normalize, to_lower_case};
use unicode_width::UnicodeWidthChar as _;

/// A character as it is compared; none for one that has no width of its own.
pub(super) fn folded(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    // The table knows small letters better than capital ones.
    (c.width() != Some(0)).then(|| to_lower_case(bare(to_lower_case(c))))
}

/// A letter without its accents.
fn bare(letter: char) -> char {
    match letter {
        // Letters with two accents, as Vietnamese has them, are not in the table of the crate.
        '\u{1ea0}'..='\u{1eb7}' => 'a',
        '\u{1eb8}'..='\u{1ec7}' => 'e',
        '\u{1ec8}'..='\u{1ecb}' => 'i',
        '\u{1ecc}'..='\u{1ee3}' => 'o',
        '\u{1ee4}'..='\u{1ef1}' => 'u',
        '\u{1ef2}'..='\u{1ef9}' => 'y',
        other => normalize(other),
    }
}

/// Text as it is compared.
pub fn fold(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter_map(folded)
}

/// Adds text to `all` as it is compared. Plain letters, which most texts are made of, are taken over in one go.
pub fn fold_into(all: &mut String, text: &str) {
    if text.is_ascii() {
        let from = all.len();
        all.push_str(text);
        all[from..].make_ascii_lowercase();
    } else {
        all.extend(fold(text));
    }
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
    fn plain_letters_are_folded_as_all_others() {
        let mut all = "KEPT".to_owned();
        for text in ["", "MiXed 7 \u{1}\t", "É船 Mixed\u{200b}"] {
            let from = all.len();
            fold_into(&mut all, text);
            assert_eq!(all[from..], fold(text).collect::<String>());
        }
        assert!(all.starts_with("KEPT"));
    }

    #[test]
    fn spellings_of_one_word_are_alike() {
        let folded = |text: &str| fold(text).collect::<String>();
        for (one, other) in
            [("MAËLLE", "maelle"), ("e\u{301}tude", "Étude"), ("Ωμέγα", "ωμέγα"), ("船", "船")]
        {
            assert_eq!(folded(one), folded(other), "{one}");
        }
        assert_eq!(folded("ÀÇĐÉĞİıŁÑØŘŞŤÜÝŻ ẾỘỰ Я"), "acdegiilnorstuyz eou я");
        assert_ne!(folded("船"), folded("舟"));
        assert_eq!(fold_with_bytes("e\u{301}É").collect::<Vec<_>>(), [(0, 'e'), (3, 'e')]);
    }
}

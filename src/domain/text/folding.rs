//! Letters as they are compared by people who leave accents out.

use nucleo_matcher::chars::{normalize, to_lower_case};
use unicode_width::UnicodeWidthChar as _;

/// A character as it is compared: small, Latin ones without accents; none for one that has no width of its own.
pub fn folded(letter: char) -> Option<char> {
    if letter.is_ascii() {
        return Some(letter.to_ascii_lowercase());
    }
    // The table knows small letters better than capital ones.
    (letter.width() != Some(0)).then(|| to_lower_case(bare(to_lower_case(letter))))
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

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn accents_and_case_make_no_difference() {
        let text = "ÀÇĐÉĞİıŁÑØŘŞŤÜÝŻ ẾỘỰ e\u{301} Я";
        assert_eq!(text.chars().filter_map(folded).collect::<String>(), "acdegiilnorstuyz eou e я");
    }
}

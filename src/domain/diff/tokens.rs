//! Cuts a row into the smallest things a change is shown for: words, wide characters, signs, blanks.

use unicode_segmentation::UnicodeSegmentation as _;

use super::signs;
use crate::domain::text::grapheme_width;

/// A word, a sign or a run of blanks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'row> {
    pub(super) text: &'row str,
    /// Whether this is a word that readers see: letters or digits, outside a tag.
    pub(super) word: bool,
}

impl Token<'_> {
    /// Whether this is nothing but blanks.
    pub(super) fn blank(self) -> bool {
        self.text.starts_with(' ')
    }
}

/// What may stand together in one token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    Letters,
    /// A letter of a script whose words are not parted by blanks; counts as a word of its own.
    Wide,
    /// Never joined with its neighbours.
    Sign,
}

/// The tokens of `row`; their concatenation is exactly `row`. A spelt-out character such as `‹NBSP›` is one token.
pub(super) fn tokens(row: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(row.len() / 4 + 1);
    let mut in_tag = false;
    let numbered = number(row);
    let mut at = 0;
    while at < row.len() {
        let (length, class) = token_length(&row[at..]);
        let text = &row[at..at + length];
        in_tag = (in_tag || text == "<") && text != ">";
        tokens.push(Token {
            text,
            word: matches!(class, Class::Letters | Class::Wide) && !in_tag && at >= numbered,
        });
        at += length;
    }
    tokens
}

/// Where the number of an item at the beginning of a row ends, in bytes; 0 where there is none. It is no word.
fn number(row: &str) -> usize {
    let rest = row.trim_start_matches(|c| c == ' ' || signs::is(c, '│') || signs::is(c, '▌'));
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_sign = after.chars().next().is_some_and(|c| signs::is(c, '.'));
    if after.len() < rest.len() && is_sign { row.len() - after.len() } else { 0 }
}

/// The length in bytes and the class of the token that `rest` starts with; `rest` is not empty.
fn token_length(rest: &str) -> (usize, Class) {
    let ascii = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if ascii > 0 && rest.as_bytes().get(ascii).is_none_or(u8::is_ascii) {
        return (ascii, Class::Letters);
    }
    if let Some(length) = spelling(rest) {
        return (length, Class::Sign);
    }
    let mut graphemes = rest.graphemes(true);
    let first = graphemes.next().unwrap_or(rest);
    let class = class(first);
    if matches!(class, Class::Sign | Class::Wide) {
        return (first.len(), class);
    }
    let more = graphemes.take_while(|grapheme| self::class(grapheme) == class).map(str::len);
    (first.len() + more.sum::<usize>(), class)
}

fn class(grapheme: &str) -> Class {
    let Some(first) = grapheme.chars().next() else {
        return Class::Sign;
    };
    if first == ' ' {
        Class::Blank
    } else if first.is_alphanumeric() && grapheme_width(grapheme) < 2 {
        Class::Letters
    } else if first.is_alphanumeric() {
        Class::Wide
    } else {
        Class::Sign
    }
}

/// The length of the spelt-out character that `rest` starts with.
fn spelling(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('‹')?;
    let end = inside.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'+').count();
    (end > 0 && inside[end..].starts_with('›')).then_some('‹'.len_utf8() + end + '›'.len_utf8())
}

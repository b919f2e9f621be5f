//! How a block spells its characters in HTML: `&rarr;` or the arrow itself. New words are spelt as the old ones were.

use std::collections::BTreeMap;

use crate::domain::html::decoded;

/// What a block writes for the characters that can be written in more than one way.
#[derive(Debug, Default)]
pub(super) struct Spelling<'html> {
    known: BTreeMap<char, &'html str>,
}

impl<'html> Spelling<'html> {
    /// Learns from one text of the source. The first spelling of a character counts.
    pub(super) fn learn(&mut self, source: &'html str) {
        let mut rest = source;
        while let Some(at) = rest.find(|character| default(character).is_some()) {
            rest = &rest[at..];
            let (character, length) = reference(rest).or_else(|| first(rest)).unwrap_or(('&', 1));
            if is_spelt(character) {
                self.known.entry(character).or_insert(&rest[..length]);
            }
            rest = &rest[length..];
        }
    }

    /// Writes `text` as HTML. What would be read as a tag or a reference is always spelt out.
    pub(super) fn write(&self, text: &str, out: &mut String) {
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            let mut encoded = [0; 4];
            let plain: &str = character.encode_utf8(&mut encoded);
            let known = self.known.get(&character).copied();
            let known = known.filter(|known| *known != plain || is_harmless(character, characters.peek()));
            match known.map(str::to_owned).or_else(|| default(character)) {
                Some(spelt) => out.push_str(&spelt),
                None => out.push(character),
            }
        }
    }
}

/// A text of the source decoded, if every reference in it is one that we know.
pub(super) fn certain(source: &str) -> Option<String> {
    is_certain(source).then(|| decoded(source).into_owned())
}

/// Whether every `&` in a source begins a reference that we know or stands alone. Browsers know more names than we do: a
/// block with others is not ours to respell.
fn is_certain(source: &str) -> bool {
    let mut rest = source;
    while let Some(at) = rest.find('&') {
        rest = &rest[at..];
        let harmless = is_harmless('&', rest[1..].chars().next().as_ref());
        let Some(length) = reference(rest).map(|(_, length)| length).or(harmless.then_some(1)) else {
            return false;
        };
        rest = &rest[length..];
    }
    true
}

/// Whether a character may stand for itself before `next`.
fn is_harmless(character: char, next: Option<&char>) -> bool {
    match character {
        '&' => next.is_none_or(|next| !next.is_ascii_alphanumeric() && *next != '#'),
        '<' => next.is_none_or(|next| !next.is_ascii_alphabetic() && !matches!(next, '/' | '!' | '?')),
        _ => true,
    }
}

/// Whether people mean a character when they spell it out: one that has to be, a sign, one that not all keyboards have. Not
/// letters, digits and blanks.
fn is_spelt(character: char) -> bool {
    default(character).is_some() || !character.is_ascii() || character.is_ascii_punctuation()
}

/// The spelling of a character in stored bodies, where it is not the character itself.
fn default(character: char) -> Option<String> {
    let spelt = match character {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '\u{A0}' => "&nbsp;",
        '\n' | '\t' | '\0' => return None,
        '\u{1}'..='\u{1F}' | '\u{7F}' => return Some(format!("&#{};", u32::from(character))),
        _ => return None,
    };
    Some(spelt.to_owned())
}

fn first(text: &str) -> Option<(char, usize)> {
    let character = text.chars().next()?;
    Some((character, character.len_utf8()))
}

/// The closed reference at the start of `text`: its character and its length in bytes.
fn reference(text: &str) -> Option<(char, usize)> {
    let inside = text.strip_prefix('&')?;
    let length =
        inside.bytes().take(32).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    let source = text.get(..length + 2).filter(|source| source.ends_with(';'))?;
    let decoded = decoded(source);
    let (character, decoded_length) = first(&decoded)?;
    (decoded_length == decoded.len()).then_some((character, source.len()))
}

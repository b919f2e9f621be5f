//! Decodes character references (`&amp;`, `&#8364;`, `&#x20AC;`). Knows characters, not markup; the result is as
//! hostile as its input.

use std::borrow::Cow;

use super::names::NAMES;

/// What Windows-1252 has at 0x80–0x9F: browsers read numeric references to C1 controls so.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];
/// Names that are understood without their semicolon, in text.
const BARE: [&str; 7] = ["amp", "lt", "gt", "quot", "nbsp", "copy", "reg"];
/// The longest name in the list.
const LONGEST_NAME: usize = 16;

/// `text` with its character references decoded. References nobody knows stay as they are.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    decode_with(text, true)
}

/// An attribute's value decoded: there a name without semicolon is no reference, or `?a=1&copy=2` would break.
pub(super) fn decode_attribute(value: &str) -> Cow<'_, str> {
    decode_with(value, false)
}

fn decode_with(text: &str, bare: bool) -> Cow<'_, str> {
    let Some(first) = text.find('&') else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((character, length)) = reference(rest, bare) {
            out.push(character);
            rest = &rest[length..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character that the reference at the start of `text` stands for, and the reference's length in bytes.
fn reference(text: &str, bare: bool) -> Option<(char, usize)> {
    let body = &text[1..];
    if let Some(digits) = body.strip_prefix(['#']) {
        let (character, length) = number(digits)?;
        return Some((character, 2 + length + usize::from(digits[length..].starts_with(';'))));
    }
    let length = body.bytes().take(LONGEST_NAME).take_while(u8::is_ascii_alphanumeric).count();
    let (name, closed) = (&body[..length], body[length..].starts_with(';'));
    let understood = closed || (bare && BARE.contains(&name));
    if !understood {
        return None;
    }
    let at = NAMES.binary_search_by_key(&name, |(known, _)| known).ok()?;
    Some((NAMES[at].1, 1 + length + usize::from(closed)))
}

/// A numeric reference after its `#`: the character and the length of the digits (with the `x`).
fn number(text: &str) -> Option<(char, usize)> {
    let (digits, radix, before) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (text, 10, 0),
    };
    let length = digits.chars().take_while(|digit| digit.is_digit(radix)).count();
    if length == 0 {
        return None;
    }
    let value = u32::from_str_radix(&digits[..length], radix).unwrap_or(u32::MAX);
    let character = match value {
        0 => None,
        0x80..=0x9F => WINDOWS_1252.get(value as usize - 0x80).copied(),
        _ => char::from_u32(value),
    };
    Some((character.unwrap_or(char::REPLACEMENT_CHARACTER), before + length))
}

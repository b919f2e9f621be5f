//! Characters that show nothing, in words that are read as HTML. Reading drops them or leaves one mark for all of them, so
//! that two bodies that differ in them alone would look alike; a review has to tell them. They pass through the reading
//! as characters of a private plane, and are spelt out behind it.

use std::borrow::Cow;

use crate::domain::text::reveal;

/// Where stand-ins for characters of the first plane begin, and for those of the plane of tags.
const FIRST: u32 = 0xF_0000;
const TAGS: u32 = 0x10_0000;
/// The last stand-in for a character of the plane of tags.
const LAST_TAG: u32 = 0x10_0FFF;
/// The last character of the private planes; those behind the stand-ins are signs of ours.
const LAST: u32 = 0x10_FFFF;
/// Where the plane of tags begins.
const TAG_PLANE: u32 = 0xE_0000;
/// The longest spelling that is looked at: `&ZeroWidthSpace;`.
const LONGEST: usize = 17;

/// Names that HTML has for them.
const NAMES: [(&str, char); 12] = [
    ("&shy;", '\u{AD}'),
    ("&zwj;", '\u{200D}'),
    ("&zwnj;", '\u{200C}'),
    ("&lrm;", '\u{200E}'),
    ("&rlm;", '\u{200F}'),
    ("&ZeroWidthSpace;", '\u{200B}'),
    ("&NoBreak;", '\u{2060}'),
    ("&af;", '\u{2061}'),
    ("&it;", '\u{2062}'),
    ("&ic;", '\u{2063}'),
    ("&ApplyFunction;", '\u{2061}'),
    ("&InvisibleTimes;", '\u{2062}'),
];

/// Whether reading would lose a character, which `reveal` spells out.
fn is_hidden(character: char) -> bool {
    if character.is_ascii_graphic() || character.is_alphanumeric() || character.is_whitespace() {
        return false;
    }
    let mut based = ['x', character].iter().collect::<String>();
    let plain = based.len();
    based = reveal(&based);
    based.len() != plain
}

fn stand_in(character: char) -> Option<char> {
    let code = u32::from(character);
    match code {
        ..=0xFFFF => char::from_u32(FIRST + code),
        TAG_PLANE..=0xE_0FFF => char::from_u32(TAGS + code - TAG_PLANE),
        _ => None,
    }
    .filter(|stand_in| u32::from(*stand_in) & 0xFFFE != 0xFFFE)
}

fn original(character: char) -> Option<char> {
    match u32::from(character) {
        code @ FIRST..=0xF_FFFF => char::from_u32(code - FIRST),
        code @ TAGS..=LAST_TAG => char::from_u32(code - TAGS + TAG_PLANE),
        _ => None,
    }
}

/// `html` with stand-ins for characters that reading would lose. Characters of the private planes that are there already
/// become their numbers, so that none is taken for a stand-in.
pub(super) fn kept(html: &str) -> Cow<'_, str> {
    let suspicious = |byte: &u8| !byte.is_ascii() || *byte == b'&' || byte.is_ascii_control();
    if !html.as_bytes().iter().any(suspicious) {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(character) = rest.chars().next() {
        let (found, length) = match character {
            '&' => entity(rest).unwrap_or((character, 1)),
            _ => (character, character.len_utf8()),
        };
        match stand_in(found).filter(|_| is_hidden(found)) {
            _ if (FIRST..=LAST).contains(&u32::from(found)) => {
                out.extend(["[U+", &format!("{:X}", u32::from(found)), "]"])
            }
            Some(stand_in) => out.push(stand_in),
            None => out.push_str(&rest[..length]),
        }
        rest = &rest[length..];
    }
    Cow::Owned(out)
}

/// The hidden character that `rest` begins with a spelling of, and how many bytes the spelling has.
fn entity(rest: &str) -> Option<(char, usize)> {
    if let Some(number) = rest.strip_prefix("&#") {
        return numbered(number).map(|(character, length)| (character, length + 2));
    }
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b';')? + 1;
    let spelling = &rest[..end];
    NAMES.iter().find(|(name, _)| *name == spelling).map(|(_, character)| (*character, end))
}

/// The character that `&#` and `rest` spell, and how many bytes of `rest` do; its semicolon may be missing.
fn numbered(rest: &str) -> Option<(char, usize)> {
    let (digits, radix, before) = match rest.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (rest, 10, 0),
    };
    let length = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    // HTML takes some numbers for letters of an old code page.
    let number = u32::from_str_radix(&digits[..length], radix)
        .ok()
        .filter(|number| !(0x80..=0x9F).contains(number))?;
    let semicolon = usize::from(digits[length..].starts_with(';'));
    char::from_u32(number).map(|character| (character, before + length + semicolon))
}

/// `revealed` with every stand-in spelt out.
pub(super) fn spelt(revealed: String) -> String {
    if !revealed.chars().any(|character| original(character).is_some()) {
        return revealed;
    }
    let mut out = String::with_capacity(revealed.len() + 16);
    for character in revealed.chars() {
        match original(character) {
            Some(original) => out.push_str(&reveal(original.encode_utf8(&mut [0; 4]))),
            None => out.push(character),
        }
    }
    out
}

//! Finds where a terminal escape sequence ends. Knows ECMA-48's grammar, not what any sequence does.

/// The length in bytes of the escape sequence that `text` starts with.
///
/// A sequence that never ends properly counts only its introducer, so that nobody can hide the rest of a message by
/// opening one; what follows is then shown as the plain text it is.
pub(super) fn length(text: &str) -> usize {
    let mut characters = text.chars();
    match characters.next() {
        Some('\u{1B}') => escape(text, characters.as_str()),
        Some(first @ '\u{9B}') => first.len_utf8() + control(characters.as_str()),
        Some(first) => first.len_utf8() + string(characters.as_str()),
        None => 0,
    }
}

/// A sequence that begins with ESC; `rest` is what follows it.
fn escape(text: &str, rest: &str) -> usize {
    let two = text.len() - rest.len() + 1;
    match rest.as_bytes().first() {
        Some(b'[') => two + control(&rest[1..]),
        Some(b']' | b'P' | b'X' | b'^' | b'_') => two + string(&rest[1..]),
        Some(0x20..=0x2F) => two - 1 + short(rest),
        Some(0x30..=0x7E) => two,
        _ => two - 1,
    }
}

/// Intermediates and a final byte, or nothing when the final byte is missing.
fn short(rest: &str) -> usize {
    let intermediates = run(rest, 0x20..=0x2F);
    match rest.as_bytes().get(intermediates) {
        Some(0x30..=0x7E) => intermediates + 1,
        _ => 0,
    }
}

/// Parameters, intermediates and a final byte of a control sequence, or nothing when it is broken.
fn control(rest: &str) -> usize {
    let parameters = run(rest, 0x30..=0x3F);
    let intermediates = run(&rest[parameters..], 0x20..=0x2F);
    let length = parameters + intermediates;
    match rest.as_bytes().get(length) {
        Some(0x40..=0x7E) => length + 1,
        _ => 0,
    }
}

/// The payload of a string sequence with its terminator (BEL, ESC `\` or ST), or nothing when a line ends or another
/// control comes first: terminals give up on the string there too.
fn string(rest: &str) -> usize {
    let Some((end, control)) = rest
        .char_indices()
        .find(|(_, character)| character.is_control())
    else {
        return 0;
    };
    match control {
        '\u{7}' | '\u{9C}' => end + control.len_utf8(),
        '\u{1B}' if rest[end + 1..].starts_with('\\') => end + 2,
        _ => 0,
    }
}

/// How many leading bytes of `text` are in `range`, which is within ASCII.
fn run(text: &str, range: std::ops::RangeInclusive<u8>) -> usize {
    text.bytes().take_while(|byte| range.contains(byte)).count()
}

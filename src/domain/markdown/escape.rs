//! Words as they stand in Markdown, so that nothing in them is read as Markdown.

use std::fmt::Write as _;

/// How careful to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Care {
    /// Only what would be read as something else where it stands.
    Light,
    /// Every mark, and elements rather than marks around words.
    Heavy,
}

/// Where words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) care: Care,
    /// Within the brackets of a link or a picture.
    pub(super) bracketed: bool,
}

/// Adds words to `out`, which holds the Markdown before them.
pub(super) fn push(words: &str, place: Place, out: &mut String) {
    let mut characters = words.char_indices().peekable();
    let mut before = out.chars().next_back();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let refers = character == '&' && is_reference(&words[at + 1..]);
        let seen = Seen { before, character, next, refers };
        let line = matches!(before, None | Some('\n')) || out.is_empty() || out.ends_with('\n');
        if is_unseen(character) || (character == ' ' && (line || next == Some('\n'))) {
            // Writing into a String cannot fail.
            let _ = spell(character, out);
        } else {
            if seen.escaped(place) || (line && seen.begins()) || seen.numbers(out) {
                out.push('\\');
            }
            out.push(character);
        }
        before = Some(character);
    }
}

fn spell(character: char, out: &mut String) -> std::fmt::Result {
    match character {
        '\u{A0}' => write!(out, "&nbsp;"),
        _ => write!(out, "&#{};", u32::from(character)),
    }
}

/// Whether a character cannot be seen, or would be lost, in a text. The joiners of scripts and emoji stay.
fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{1}'..='\u{8}'
            | '\u{B}'..='\u{1F}'
            | '\u{7F}'
            | '\u{A0}'
            | '\u{AD}'
            | '\u{200B}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}'
    )
}

/// Adds the bracket that opens a link to `out`: no mark before it may give it another meaning.
pub(super) fn open_bracket(out: &mut String) {
    if let Some(mark) = out.chars().next_back().filter(|mark| "!]".contains(*mark)) {
        let backslashes = out[..out.len() - 1].bytes().rev().take_while(|byte| *byte == b'\\').count();
        if backslashes % 2 == 0 {
            out.pop();
            out.push('\\');
            out.push(mark);
        }
    }
    out.push('[');
}

/// Whether what follows an `&` makes it a character reference.
pub(super) fn is_reference(rest: &str) -> bool {
    let name = rest.trim_start_matches(|next: char| next.is_ascii_alphanumeric() || next == '#');
    name.len() < rest.len() && name.starts_with(';')
}

/// A character between its neighbours.
#[derive(Clone, Copy)]
struct Seen {
    before: Option<char>,
    character: char,
    next: Option<char>,
    /// It begins a character reference.
    refers: bool,
}

impl Seen {
    fn next_is(self, test: impl Fn(char) -> bool) -> bool {
        self.next.is_none_or(test)
    }

    /// Whether it has a meaning anywhere in a line.
    fn escaped(self, place: Place) -> bool {
        if place.care == Care::Heavy {
            return "\\`*_{}[]<>()#+-=.!|~&:".contains(self.character);
        }
        match self.character {
            '`' => true,
            '\\' => self.next_is(|next| !next.is_alphanumeric() && next != ' '),
            '*' => !(self.before == Some(' ') && self.next == Some(' ')),
            '_' => {
                let word = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
                !(word(self.before) && word(self.next))
            }
            '[' => place.bracketed,
            ']' => place.bracketed || self.next.is_some_and(|next| "([:".contains(next)),
            '!' => self.next == Some('['),
            '<' => self.next.is_some_and(|next| next.is_ascii_alphabetic() || "/!?".contains(next)),
            '&' => self.refers,
            _ => false,
        }
    }

    /// Whether it would make its line something else, standing first.
    fn begins(self) -> bool {
        let alone = |next: char| next.is_whitespace() || next == self.character;
        match self.character {
            '>' => true,
            '#' | '-' | '+' | '=' | '~' => self.next_is(alone),
            // The line below the head of a table.
            '|' => self.next.is_some_and(|next| "-:".contains(next)),
            ':' => self.next == Some('-'),
            _ => false,
        }
    }

    /// Whether it would make a list of the number that stands first in its line.
    fn numbers(self, out: &str) -> bool {
        if !matches!(self.character, '.' | ')') || !self.next_is(char::is_whitespace) {
            return false;
        }
        let digits = out.bytes().rev().take(10).take_while(u8::is_ascii_digit).count();
        (1..=9).contains(&digits) && matches!(out.as_bytes().iter().rev().nth(digits), None | Some(b'\n'))
    }
}

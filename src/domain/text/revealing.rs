//! Spells out what cannot be seen, for reviews: two texts that differ look different, and the result is safe to show.

use super::characters::{Kind, MARKS_ON_A_BASE, kind};

/// `raw` with every invisible or dangerous character spelt out (`‹U+202E›`, `‹NBSP›`, `‹ZWSP›`, `‹ESC›`, `‹TAB›`),
/// line feeds kept. Different texts give different results: a `‹` that could be taken for the start of such a
/// spelling is spelt out itself.
pub fn reveal(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut marks = 0;
    let mut based = false;
    let mut characters = raw.chars().peekable();
    while let Some(character) = characters.next() {
        match kind(character) {
            Kind::Mark if based && marks < MARKS_ON_A_BASE => {
                marks += 1;
                out.push(character);
                continue;
            }
            Kind::Plain if !blank(character) => {
                let imitates =
                    character == '‹' && characters.peek().is_some_and(char::is_ascii_uppercase);
                if imitates {
                    spell(&mut out, character);
                } else {
                    out.push(character);
                }
            }
            Kind::Break if character == '\n' => out.push('\n'),
            Kind::Plain
            | Kind::Break
            | Kind::Tab
            | Kind::Escape
            | Kind::Joiner
            | Kind::Style
            | Kind::Mark
            | Kind::Forbidden => spell(&mut out, character),
        }
        marks = 0;
        based = character != '\n';
    }
    out
}

/// Blanks that look like a space, a tab of the page or nothing at all.
fn blank(character: char) -> bool {
    character != ' ' && (character.is_whitespace() || character == '\u{2800}')
}

/// Writes the name of `character`, or its number where it has no short name.
fn spell(out: &mut String, character: char) {
    let name = short_name(character)
        .map_or_else(|| format!("U+{:04X}", u32::from(character)), str::to_owned);
    out.extend(["‹", &name, "›"]);
}

/// The usual short name of an invisible character.
fn short_name(character: char) -> Option<&'static str> {
    Some(match character {
        '\0' => "NUL",
        '\u{7}' => "BEL",
        '\u{8}' => "BS",
        '\t' => "TAB",
        '\r' => "CR",
        '\u{1B}' => "ESC",
        '\u{7F}' => "DEL",
        '\u{85}' => "NEL",
        '\u{A0}' => "NBSP",
        '\u{AD}' => "SHY",
        '\u{200B}' => "ZWSP",
        '\u{200C}' => "ZWNJ",
        '\u{200D}' => "ZWJ",
        '\u{200E}' => "LRM",
        '\u{200F}' => "RLM",
        '\u{2060}' => "WJ",
        '\u{FE0E}' => "VS15",
        '\u{FE0F}' => "VS16",
        '\u{FEFF}' => "BOM",
        _ => return None,
    })
}

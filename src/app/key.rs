//! Keys in this program's own terms, so that behaviour never depends on a terminal library.
//! Owns their names in the config, in the help and in tests.

use std::fmt;
use std::str::FromStr;

/// What was pressed, without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A printable character; capitals come as capitals, without `shift`.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Tab; with `shift` for back-tab.
    Tab,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Function key, 1 to 24.
    Function(u8),
}

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// What was pressed.
    pub code: Code,
    /// Control was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
    /// Shift was held; only for keys that are not characters.
    pub shift: bool,
}

const NAMED: [(&str, &str, Code); 15] = [
    ("enter", "Enter", Code::Enter),
    ("esc", "Esc", Code::Esc),
    ("backspace", "Backspace", Code::Backspace),
    ("delete", "Del", Code::Delete),
    ("tab", "Tab", Code::Tab),
    ("up", "↑", Code::Up),
    ("down", "↓", Code::Down),
    ("left", "←", Code::Left),
    ("right", "→", Code::Right),
    ("home", "Home", Code::Home),
    ("end", "End", Code::End),
    ("pageup", "PgUp", Code::PageUp),
    ("pagedown", "PgDn", Code::PageDown),
    ("space", "Space", Code::Char(' ')),
    ("minus", "-", Code::Char('-')),
];

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// The character, when the key would type one.
    pub fn typed(self) -> Option<char> {
        let Code::Char(c) = self.code else { return None };
        (!self.ctrl && !self.alt).then_some(c)
    }
}

fn code_of(name: &str) -> Option<Code> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Some(Code::Char(c));
    }
    let lower = name.to_ascii_lowercase();
    if let Some((_, _, code)) = NAMED.iter().find(|(written, _, _)| *written == lower) {
        return Some(*code);
    }
    let number: u8 = lower.strip_prefix('f')?.parse().ok()?;
    (1..=24).contains(&number).then_some(Code::Function(number))
}

impl FromStr for Key {
    type Err = String;

    /// Reads `ctrl-s`, `alt-enter`, `shift-tab`, `G`, `?`, `f5`. The error is a sentence.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut key = Self::plain(Code::Esc);
        let mut rest = text;
        while let Some((modifier, tail)) = rest.split_once('-').filter(|(_, tail)| !tail.is_empty()) {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" => key.ctrl = true,
                "alt" => key.alt = true,
                "shift" => key.shift = true,
                _ => {
                    return Err(format!(
                        "\"{text}\" is no key; write it like ctrl-s, alt-enter, shift-tab, G or f5."
                    ));
                }
            }
            rest = tail;
        }
        let known = code_of(rest).ok_or_else(|| {
            format!("\"{rest}\" is no key; try enter, esc, space, pageup, f5 or one character.")
        })?;
        Ok(Self { code: known, ..key })
    }
}

impl fmt::Display for Key {
    /// As the help shows it: `Ctrl-S`, `Enter`, `↑`, `g`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            f.write_str(if held { name } else { "" })?;
        }
        if let Some((_, shown, _)) = NAMED.iter().find(|(_, _, code)| *code == self.code) {
            return f.write_str(shown);
        }
        if let Code::Function(number) = self.code {
            return write!(f, "F{number}");
        }
        let Code::Char(c) = self.code else { return Ok(()) };
        write!(f, "{}", if self.ctrl { c.to_ascii_uppercase() } else { c })
    }
}

/// Reads a script of keys for tests and recordings: characters stand for themselves, `<…>` names a key, `<lt>` is `<`.
pub fn script(text: &str) -> Result<Vec<Key>, String> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|tail| tail.split_once('>'));
        if let Some((name, tail)) = named {
            keys.push(if name == "lt" { Key::plain(Code::Char('<')) } else { name.parse()? });
            rest = tail;
        } else {
            keys.push(Key::plain(Code::Char(c)));
            rest = &rest[c.len_utf8()..];
        }
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_shows() {
        for (written, shown) in [
            ("ctrl-s", "Ctrl-S"),
            ("G", "G"),
            ("shift-tab", "Shift-Tab"),
            ("-", "-"),
            ("ctrl--", "Ctrl--"),
            ("f12", "F12"),
            ("Up", "↑"),
            ("space", "Space"),
        ] {
            assert_eq!(written.parse::<Key>().map(|k| k.to_string()), Ok(shown.to_owned()), "{written}");
        }
        for bad in ["", "meta-x", "f99", "enterr"] {
            assert!(bad.parse::<Key>().is_err(), "{bad}");
        }
    }

    #[test]
    fn scripts() {
        let keys = script("/a<enter><lt><ctrl-s>").unwrap();
        let shown: Vec<String> = keys.iter().map(Key::to_string).collect();
        assert_eq!(shown, ["/", "a", "Enter", "<", "Ctrl-S"]);
    }
}

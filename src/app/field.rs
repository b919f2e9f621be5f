//! One line of typed text with a cursor that moves by what a person sees as one character.

use unicode_segmentation::UnicodeSegmentation;

use super::key::{Code, Key};

/// Longest text taken, in bytes.
const LONGEST: usize = 4096;

/// A line being typed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Field {
    text: String,
    cursor: usize,
}

impl Field {
    /// A field holding `text`, with the cursor at its end.
    pub fn of(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.len() }
    }

    /// What was typed, raw.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The cursor's byte offset, always between two graphemes.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Types text at the cursor: line ends and tabs become blanks, other control characters are dropped.
    pub fn insert(&mut self, text: &str) {
        let line: String = text
            .chars()
            .map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c })
            .filter(|c| !c.is_control())
            .collect();
        if self.text.len() + line.len() <= LONGEST {
            self.text.insert_str(self.cursor, &line);
            self.cursor += line.len();
        }
    }

    fn before(&self) -> usize {
        self.text[..self.cursor].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.cursor + self.text[self.cursor..].graphemes(true).next().map_or(0, str::len)
    }

    fn word_before(&self) -> usize {
        let blank = |c: char| c.is_whitespace();
        let kept = self.text[..self.cursor].trim_end_matches(blank);
        kept.rfind(blank).map_or(0, |at| at + kept[at..].chars().next().map_or(1, char::len_utf8))
    }

    fn remove(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.cursor = from;
    }

    /// Takes an editing key; false when the key means nothing to a field.
    pub fn press(&mut self, key: Key) -> bool {
        if let Some(c) = key.typed() {
            self.insert(c.encode_utf8(&mut [0; 4]));
            return true;
        }
        match (key.code, key.ctrl) {
            (Code::Left, _) => self.cursor = self.before(),
            (Code::Right, _) => self.cursor = self.after(),
            (Code::Home, _) | (Code::Char('a'), true) => self.cursor = 0,
            (Code::End, _) | (Code::Char('e'), true) => self.cursor = self.text.len(),
            (Code::Backspace, _) => self.remove(self.before(), self.cursor),
            (Code::Delete, _) => {
                let after = self.after();
                self.remove(self.cursor, after);
            }
            (Code::Char('w'), true) => self.remove(self.word_before(), self.cursor),
            (Code::Char('u'), true) => self.remove(0, self.cursor),
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::script;

    fn typed(start: &str, keys: &str) -> String {
        let mut field = Field::of(start);
        script(keys).unwrap().into_iter().for_each(|key| {
            field.press(key);
        });
        let (left, right) = field.text.split_at(field.cursor);
        format!("{left}|{right}")
    }

    #[test]
    fn edits_by_grapheme() {
        assert_eq!(typed("a👩‍👩‍👧", "<backspace>b"), "ab|");
        assert_eq!(typed("船e\u{301}", "<left><left>x"), "x|船e\u{301}");
        assert_eq!(typed("one two  ", "<ctrl-w>"), "one |");
        assert_eq!(typed("船 遅れ", "<ctrl-w>"), "船 |");
        assert_eq!(typed("abc", "<home><delete><end>d"), "bcd|");
        assert_eq!(typed("", "<backspace><delete><left><right><ctrl-w>"), "|");
    }

    #[test]
    fn pasted_lines_become_one() {
        let mut field = Field::default();
        field.insert("state:open\r\n\u{1b}[2Jx");
        assert_eq!(field.text(), "state:open  [2Jx");
    }
}

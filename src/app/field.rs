//! One line of typed text with a cursor that moves by what a person sees as one character.

use unicode_segmentation::UnicodeSegmentation;

use super::key::{Code, Key};
use crate::domain::text::grapheme_width;

/// Longest text taken, in bytes.
pub const LONGEST: usize = 4096;

/// The end of a text that fits into so many cells: what is seen of a line with the cursor at its end.
pub fn end_within(text: &str, cells: usize) -> &str {
    let mut used = 0;
    let fits = text.grapheme_indices(true).rev().take_while(|(_, grapheme)| {
        used += grapheme_width(grapheme);
        used <= cells
    });
    &text[fits.last().map_or(text.len(), |(at, _)| at)..]
}

/// A line being typed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Field {
    text: String,
    cursor: usize,
    /// Whether the last insertion was cut.
    cut: bool,
}

impl Field {
    /// A field holding `text`, with the cursor at its end.
    pub fn of(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.len(), cut: false }
    }

    /// What was typed, raw.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The cursor's byte offset, always between two graphemes.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Types text at the cursor: line ends and tabs become blanks, other control characters are dropped. What would make
    /// the text longer than [`LONGEST`] is cut off between two graphemes. True when everything fitted.
    pub fn insert(&mut self, text: &str) -> bool {
        let line: String = text
            .chars()
            .map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c })
            .filter(|c| !c.is_control())
            .collect();
        let room = LONGEST.saturating_sub(self.text.len());
        let ends = line.grapheme_indices(true).map(|(at, grapheme)| at + grapheme.len());
        let fits = ends.take_while(|&end| end <= room).last().unwrap_or(0);
        self.text.insert_str(self.cursor, &line[..fits]);
        self.cursor += fits;
        self.cut = fits < line.len();
        !self.cut
    }

    /// Puts text in the place of these bytes, with the cursor behind it; what does not fit is cut as in [`Self::insert`].
    /// Bytes that are not in the text, or not between two characters, are left alone.
    pub fn replace(&mut self, at: std::ops::Range<usize>, with: &str) {
        if self.text.get(at.clone()).is_some() {
            self.remove(at.start, at.end);
            self.insert(with);
        }
    }

    /// What to say when the last key or paste did not fit, once; `what` is the name of the field.
    pub fn complaint(&mut self, what: &str) -> Option<String> {
        std::mem::take(&mut self.cut).then(|| format!("{what} is too long: cut at 4,096 bytes."))
    }

    fn before(&self) -> usize {
        self.text[..self.cursor].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.cursor + self.text[self.cursor..].graphemes(true).next().map_or(0, str::len)
    }

    fn word_before(&self) -> usize {
        let kept = self.text[..self.cursor].trim_end_matches(char::is_whitespace);
        let blank =
            kept.grapheme_indices(true).rfind(|(_, grapheme)| grapheme.starts_with(char::is_whitespace));
        blank.map_or(0, |(at, grapheme)| at + grapheme.len())
    }

    fn word_after(&self) -> usize {
        let rest = &self.text[self.cursor..];
        let word = rest.len() - rest.trim_start_matches(char::is_whitespace).len();
        let end = rest[word..].find(char::is_whitespace).map_or(rest.len(), |end| word + end);
        self.cursor + end
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
        let by_word = key.ctrl || key.alt;
        match key.code {
            Code::Left if by_word => self.cursor = self.word_before(),
            Code::Left => self.cursor = self.before(),
            Code::Right if by_word => self.cursor = self.word_after(),
            Code::Right => self.cursor = self.after(),
            Code::Home => self.cursor = 0,
            Code::End => self.cursor = self.text.len(),
            Code::Backspace if by_word => self.remove(self.word_before(), self.cursor),
            Code::Backspace => self.remove(self.before(), self.cursor),
            Code::Delete if by_word => self.remove(self.cursor, self.word_after()),
            Code::Delete => self.remove(self.cursor, self.after()),
            Code::Char(c) => return self.chord(c, key.ctrl),
            Code::Enter
            | Code::Esc
            | Code::Tab
            | Code::Up
            | Code::Down
            | Code::PageUp
            | Code::PageDown
            | Code::Function(_) => return false,
        }
        true
    }

    /// What a shell's line editor does with them.
    fn chord(&mut self, c: char, ctrl: bool) -> bool {
        match (c, ctrl) {
            ('a', true) => self.cursor = 0,
            ('e', true) => self.cursor = self.text.len(),
            ('b', true) => self.cursor = self.before(),
            ('f', true) => self.cursor = self.after(),
            ('b', false) => self.cursor = self.word_before(),
            ('f', false) => self.cursor = self.word_after(),
            ('d', true) => self.remove(self.cursor, self.after()),
            ('d', false) => self.remove(self.cursor, self.word_after()),
            ('h', true) => self.remove(self.before(), self.cursor),
            ('w', true) => self.remove(self.word_before(), self.cursor),
            ('u', true) => self.remove(0, self.cursor),
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
    fn the_end_that_fits_is_whole_characters() {
        for (text, cells, end) in [
            ("abc", 2, "bc"),
            ("abc", 9, "abc"),
            ("a船b", 2, "b"),
            ("a船b", 3, "船b"),
            ("abc", 0, ""),
            ("", 3, ""),
        ] {
            assert_eq!(end_within(text, cells), end, "{text} {cells}");
        }
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

    #[test]
    fn what_does_not_fit_is_cut_between_two_characters_and_said() {
        let mut field = Field::of(&"a".repeat(LONGEST - 10));
        assert!(field.insert("船") && field.complaint("The title").is_none());
        field.press("home".parse().unwrap());
        assert!(!field.insert("x e\u{301}👩‍👩‍👧y"));
        assert!(field.text().starts_with("x e\u{301}aaa"), "{}", &field.text()[..9]);
        assert_eq!(field.cursor(), 5);
        let said = "The title is too long: cut at 4,096 bytes.";
        assert_eq!(
            (field.complaint("The title").as_deref(), field.complaint("The title")),
            (Some(said), None)
        );
        assert!(field.insert("zz") && field.press("q".parse().unwrap()));
        assert_eq!(field.text().len(), LONGEST);
        assert!(field.complaint("The title").is_some());
        const { assert!(LONGEST == 4_096, "the sentence names the number") }
    }

    #[test]
    fn a_part_is_replaced_and_the_cursor_stands_behind_it() {
        let mut field = Field::of("state:op 船");
        field.replace(6..8, "open");
        assert_eq!((field.text(), field.cursor()), ("state:open 船", 10));
        for odd in [12..13, 3..99] {
            field.replace(odd, "x");
            assert_eq!(field.text(), "state:open 船");
        }
    }

    #[test]
    fn a_text_that_came_too_long_stays_and_takes_no_more() {
        let mut field = Field::of(&"a".repeat(LONGEST + 7));
        assert!(!field.insert("b"));
        assert_eq!(field.text().len(), LONGEST + 7);
        field.press("backspace".parse().unwrap());
        assert_eq!(field.text().len(), LONGEST + 6);
    }

    #[test]
    fn keys_of_a_line_editor() {
        assert_eq!(typed("one two  x", "<ctrl-left><ctrl-left>"), "one |two  x");
        assert_eq!(typed("one two", "<home><ctrl-right>"), "one| two");
        assert_eq!(typed("one two", "<home><alt-f><alt-f><alt-f>"), "one two|");
        assert_eq!(typed("one two", "<alt-b><alt-d>"), "one |");
        assert_eq!(typed("one two", "<ctrl-a><ctrl-f><ctrl-d><ctrl-e><ctrl-b><ctrl-h>"), "oe t|o");
        assert_eq!(typed("one two", "<alt-backspace><ctrl-u>x<ctrl-a><ctrl-delete>"), "|");
    }
}

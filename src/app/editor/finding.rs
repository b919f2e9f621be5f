//! Words in the text: the next place that has them, round the end of the text, and the places in view. A capital in the
//! words means that capitals matter. Words that go over the end of a line are not found.

use std::ops::Range;

use super::Editor;
use super::lines::Spot;

/// What is searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    /// As typed, or in small letters where capitals do not matter.
    words: String,
    exact: bool,
}

/// How a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The cursor stands on it.
    Here,
    /// So it does, after going round the end of the text.
    Wrapped,
    /// Nowhere; the cursor stays.
    Nowhere,
}

impl Needle {
    /// Words to search for; none when there are none.
    pub fn of(words: &str) -> Option<Self> {
        let exact = words.chars().any(char::is_uppercase);
        let words = if exact { words.to_owned() } else { words.to_lowercase() };
        (!words.is_empty()).then_some(Self { words, exact })
    }

    /// The bytes that the words take at the beginning of a text; none when they are not there.
    fn length(&self, text: &str) -> Option<usize> {
        if self.exact {
            return text.starts_with(&self.words).then_some(self.words.len());
        }
        let mut wanted = self.words.chars().peekable();
        for (at, letter) in text.char_indices() {
            if wanted.peek().is_none() {
                return Some(at);
            }
            for small in letter.to_lowercase() {
                if wanted.next() != Some(small) {
                    return None;
                }
            }
        }
        wanted.peek().is_none().then_some(text.len())
    }

    /// The first place in a line that begins at `from` or later.
    fn first(&self, line: &str, from: usize) -> Option<Range<usize>> {
        let rest = line.get(from..)?;
        if self.exact {
            return rest.find(&self.words).map(|at| from + at..from + at + self.words.len());
        }
        if self.words.is_ascii() {
            let words = self.words.as_bytes();
            let mut windows = rest.as_bytes().windows(words.len());
            let at = from + windows.position(|window| window.eq_ignore_ascii_case(words))?;
            return Some(at..at + words.len());
        }
        let mut places = rest.char_indices();
        places.find_map(|(at, _)| self.length(&rest[at..]).map(|length| from + at..from + at + length))
    }

    /// The last place in a line that begins before `before`.
    fn last(&self, line: &str, before: usize) -> Option<Range<usize>> {
        let mut found = None;
        let mut from = 0;
        while let Some(next) = self.first(line, from).filter(|next| next.start < before) {
            from = next.start + line[next.start..].chars().next().map_or(1, char::len_utf8);
            found = Some(next);
        }
        found
    }

    /// The places in a line that reach into some bytes of it.
    pub(super) fn hits(&self, line: &str, within: Range<usize>) -> Vec<Range<usize>> {
        let mut from = within.start.saturating_sub(3 * self.words.len());
        while !line.is_char_boundary(from) {
            from -= 1;
        }
        // A letter takes up to three bytes for each byte of its small one; what is further on is not looked at.
        let mut end = (within.end + 3 * self.words.len()).min(line.len());
        while !line.is_char_boundary(end) {
            end += 1;
        }
        let line = &line[..end];
        let mut hits = Vec::new();
        while let Some(hit) = self.first(line, from).filter(|hit| hit.start < within.end) {
            from = hit.end;
            hits.push(hit);
        }
        hits
    }
}

impl Editor {
    /// Marks words in view from now on, or none.
    pub fn mark(&mut self, needle: Option<Needle>) {
        self.needle = needle;
    }

    /// The cursor's place, to search from again: its line from 0, and its byte within.
    pub fn here(&self) -> Spot {
        self.cursor()
    }

    /// Goes to the marked words at or after a place. At worst walks the text once.
    pub fn find_from(&mut self, from: Spot) -> Found {
        let Some(needle) = &self.needle else { return Found::Nowhere };
        let lines = &self.text;
        let first = |line: usize, from: usize| {
            lines.get(line).and_then(|text| needle.first(text, from)).map(|at| (line, at.start))
        };
        let ahead =
            first(from.0, from.1).or_else(|| (from.0 + 1..lines.len()).find_map(|line| first(line, 0)));
        let around = || (0..=from.0).find_map(|line| first(line, 0));
        let found = found(ahead, around);
        self.stand(found)
    }

    /// Goes to the next marked words.
    pub fn find_next(&mut self) -> Found {
        let (line, byte) = self.cursor();
        let step = self.line(line)[byte..].chars().next().map_or(1, char::len_utf8);
        let from = if byte + step > self.line(line).len() { (line + 1, 0) } else { (line, byte + step) };
        self.find_from(from)
    }

    /// Goes to the marked words before.
    pub fn find_previous(&mut self) -> Found {
        let Some(needle) = &self.needle else { return Found::Nowhere };
        let (here, byte) = self.cursor();
        let lines = &self.text;
        let last = |line: usize, before: usize| {
            lines.get(line).and_then(|text| needle.last(text, before)).map(|at| (line, at.start))
        };
        let behind = last(here, byte).or_else(|| (0..here).rev().find_map(|line| last(line, usize::MAX)));
        let around = || (here..lines.len()).rev().find_map(|line| last(line, usize::MAX));
        let found = found(behind, around);
        self.stand(found)
    }

    fn stand(&mut self, (spot, found): (Option<Spot>, Found)) -> Found {
        if let Some((line, byte)) = spot {
            self.go(line, byte);
            self.steps.rest();
            self.goal = None;
            self.show();
        }
        found
    }
}

/// The place that was found, near or on the way round.
fn found(near: Option<Spot>, around: impl FnOnce() -> Option<Spot>) -> (Option<Spot>, Found) {
    match near {
        Some(spot) => (Some(spot), Found::Here),
        None => around().map_or((None, Found::Nowhere), |spot| (Some(spot), Found::Wrapped)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn editor(text: &str, words: &str) -> Editor {
        let mut editor = Editor::plain(text);
        editor.arrange(40, 5);
        editor.mark(Needle::of(words));
        editor
    }

    #[test]
    fn goes_forth_back_and_round() {
        let mut editor = editor("one two\nTwo three\ntwo", "two");
        assert_eq!((editor.find_from((0, 0)), editor.here()), (Found::Here, (0, 4)));
        assert_eq!((editor.find_next(), editor.here()), (Found::Here, (1, 0)));
        assert_eq!((editor.find_next(), editor.here()), (Found::Here, (2, 0)));
        assert_eq!((editor.find_next(), editor.here()), (Found::Wrapped, (0, 4)));
        assert_eq!((editor.find_previous(), editor.here()), (Found::Wrapped, (2, 0)));
        assert_eq!((editor.find_previous(), editor.here()), (Found::Here, (1, 0)));
        editor.mark(Needle::of("none"));
        assert_eq!((editor.find_next(), editor.here()), (Found::Nowhere, (1, 0)));
    }

    #[test]
    fn capitals_matter_when_one_is_typed() {
        for (text, words, spot) in [
            ("two Two", "Two", Some((0, 4))),
            ("TWO", "two", Some((0, 0))),
            ("eine STRASSE, ein Überweg", "überweg", Some((0, 18))),
            ("İx ẞy", "ßy", Some((0, 4))),
            ("船が遅れ", "遅れ", Some((0, 6))),
            ("two", "Two", None),
        ] {
            let mut editor = editor(text, words);
            let found = editor.find_from((0, 0));
            assert_eq!((found != Found::Nowhere).then(|| editor.here()), spot, "{text} {words}");
        }
        assert_eq!(Needle::of(""), None);
    }

    #[test]
    fn hits_of_a_row_reach_over_its_end_and_no_further() {
        for (line, words, row, hits) in [
            ("one two two", "two", 0..5, Some(4..7)),
            ("one two two", "two", 6..7, Some(4..7)),
            ("xẞẞ", "ßß", 0..2, Some(1..7)),
            ("x遅れ遅れ", "遅れ", 0..4, Some(1..7)),
            ("xxx two", "two", 0..3, None),
        ] {
            let found = Needle::of(words).unwrap().hits(line, row);
            assert_eq!(found, Vec::from_iter(hits), "{line} {words}");
        }
    }

    #[test]
    fn what_is_in_view_is_marked() {
        let editor = editor("aa baa Aaaa", "aa");
        let rows: Vec<_> = editor.view().collect();
        let marked: Vec<&str> = rows[0].iter().filter(|bit| bit.hit).map(|bit| bit.text.as_str()).collect();
        // The first of them holds the cursor.
        assert_eq!(marked, ["a", "a", "aa", "Aaaa"]);
    }
}

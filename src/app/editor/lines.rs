//! The lines of the text. The library edits a window of them around the cursor and never sees the others, because it
//! measures all that it holds at each edit; so a key costs the same in a text of any length. Owns which lines are in the
//! window and moves it. Knows nothing of what a line break means.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

use tui_textarea::{CursorMove, TextArea};

/// A line from 0, and a byte of it.
pub(super) type Spot = (usize, usize);

/// Lines on each side of the cursor's that the library gets.
const AROUND: usize = 24;
/// Bytes on each side of the cursor's line that it gets.
const BYTES: usize = 3_000;
/// Where the window grew beyond these it is made anew: twice what it begins with, and what one line may take.
const MOST_LINES: usize = 4 * AROUND;
const MOST_BYTES: usize = 24_000;

/// A text as the library has to be given it: of each line it takes one carriage return off.
fn for_library(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let doubled =
        text.split('\n').map(|line| if line.ends_with('\r') { format!("{line}\r") } else { line.into() });
    Cow::Owned(doubled.collect::<Vec<String>>().join("\n"))
}

/// The place where a text ends that begins at another place.
pub(super) fn end_of(from: Spot, text: &str) -> Spot {
    match text.rfind('\n') {
        Some(last) => (from.0 + text.matches('\n').count(), text.len() - last - 1),
        None => (from.0, from.1 + text.len()),
    }
}

/// The lines of a text, never none, with a cursor.
#[derive(Debug)]
pub(super) struct Lines {
    /// All lines; those in the window are empty here.
    all: Vec<String>,
    /// Which of them the library has.
    lent: Range<usize>,
    area: TextArea<'static>,
    /// Bytes of all lines, and one for the end of each.
    bytes: usize,
}

impl Lines {
    /// These lines, or an empty one; the cursor at the beginning.
    pub(super) fn of(mut all: Vec<String>) -> Self {
        if all.is_empty() {
            all.push(String::new());
        }
        let bytes = all.iter().map(|line| line.len() + 1).sum();
        let mut lines = Self { all, lent: 0..0, area: TextArea::default(), bytes };
        lines.lend(0..=0, (0, 0));
        lines
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len() - self.lent.len() + self.area.lines().len()
    }

    /// The bytes of all lines, and one for the end of each.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// A line, from 0.
    pub(super) fn get(&self, line: usize) -> Option<&str> {
        let window = self.area.lines();
        let found = match line.checked_sub(self.lent.start) {
            None => self.all.get(line),
            Some(within) if within < window.len() => window.get(within),
            Some(within) => self.all.get(self.lent.end + (within - window.len())),
        };
        found.map(String::as_str)
    }

    /// The lines of a range, as far as there are such.
    pub(super) fn range(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = &str> {
        let end = range.end.min(self.len());
        (range.start.min(end)..end).map(|line| self.get(line).unwrap_or_default())
    }

    /// All lines in order.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &str> {
        let before = &self.all[..self.lent.start];
        let after = &self.all[self.lent.end..];
        before.iter().chain(self.area.lines()).chain(after).map(String::as_str)
    }

    /// The lines with a line feed between them.
    pub(super) fn joined(&self) -> String {
        let mut joined = String::with_capacity(self.bytes);
        for (at, line) in self.iter().enumerate() {
            joined.push_str(if at > 0 { "\n" } else { "" });
            joined.push_str(line);
        }
        joined
    }

    /// Where the cursor is.
    pub(super) fn cursor(&self) -> Spot {
        let (row, column) = self.area.cursor();
        let text = self.area.lines().get(row).map_or("", String::as_str);
        let byte = text.char_indices().nth(column).map_or(text.len(), |(at, _)| at);
        (self.lent.start + row, byte)
    }

    /// Puts the cursor before a byte of a line; at the beginning of the line where no character begins there. Costs no
    /// more for being far away.
    pub(super) fn go(&mut self, line: usize, byte: usize) {
        let line = line.min(self.len() - 1);
        let is_lent = line.checked_sub(self.lent.start).is_some_and(|row| row < self.area.lines().len());
        if !is_lent || self.is_wide() {
            return self.lend(line..=line, (line, byte));
        }
        self.point((line, byte));
    }

    /// Puts the cursor to a place in the window.
    fn point(&mut self, (line, byte): Spot) {
        let row = line - self.lent.start;
        let text = self.area.lines().get(row).map_or("", String::as_str);
        let column = text.get(..byte).map_or(0, |before| before.chars().count());
        if let (Ok(row), Ok(column)) = (u16::try_from(row), u16::try_from(column)) {
            return self.area.move_cursor(CursorMove::Jump(row, column));
        }
        // The library cannot be told to go so far, but it can begin there.
        let lines = std::mem::take(&mut self.area).into_lines();
        self.area.set_max_histories(0);
        self.area.set_lines(lines, (row, column));
    }

    /// Whether the window grew so much that it should be made anew.
    fn is_wide(&self) -> bool {
        let window = self.area.lines();
        window.len() > MOST_LINES || window.iter().map(String::len).sum::<usize>() > MOST_BYTES
    }

    /// Takes the window back and lends the library these lines and those around them.
    fn lend(&mut self, lines: RangeInclusive<usize>, cursor: Spot) {
        let edited = std::mem::take(&mut self.area).into_lines();
        if edited.len() == self.lent.len() {
            self.all[self.lent.clone()].iter_mut().zip(edited).for_each(|(line, edited)| *line = edited);
        } else if !self.lent.is_empty() {
            self.all.splice(self.lent.clone(), edited);
        }
        self.lent = self.around(lines);
        let taken: Vec<String> = self.all[self.lent.clone()].iter_mut().map(std::mem::take).collect();
        self.area = TextArea::new(taken);
        // What was done is remembered by `steps`, over every window.
        self.area.set_max_histories(0);
        self.point(cursor);
    }

    /// These lines and some on both sides.
    fn around(&self, lines: RangeInclusive<usize>) -> Range<usize> {
        let near = |count: usize, line: &dyn Fn(usize) -> usize| {
            let mut left = BYTES;
            let fits = |at: &usize| match left.checked_sub(self.all[line(*at)].len()) {
                Some(rest) => {
                    left = rest;
                    true
                }
                None => false,
            };
            (0..count.min(AROUND)).take_while(fits).count()
        };
        let (first, last) = lines.into_inner();
        let before = near(first, &|at| first - 1 - at);
        let after = near(self.all.len() - 1 - last, &|at| last + 1 + at);
        first - before..last + after + 1
    }

    /// Inserts text at the cursor, which then stands behind it.
    pub(super) fn insert(&mut self, text: &str) {
        self.area.insert_str(for_library(text));
        self.bytes += text.len();
        self.narrow();
    }

    /// Takes out what is between two places, both on characters; the cursor stands there then.
    pub(super) fn delete(&mut self, from: Spot, to: Spot) -> String {
        let window = self.lent.start..self.lent.start + self.area.lines().len();
        if window.contains(&from.0) && window.contains(&to.0) {
            self.point(from);
        } else {
            self.lend(from.0..=to.0, from);
        }
        let gone = self.between(from, to);
        self.area.delete_str(gone.chars().count());
        self.bytes -= gone.len();
        self.narrow();
        gone
    }

    /// The text between two places.
    fn between(&self, from: Spot, to: Spot) -> String {
        let line = |at: usize| self.get(at).unwrap_or_default();
        if from.0 == to.0 {
            return line(from.0)[from.1..to.1].to_owned();
        }
        let mut text = line(from.0)[from.1..].to_owned();
        for between in self.range(from.0 + 1..to.0) {
            text.push('\n');
            text.push_str(between);
        }
        text.push('\n');
        text.push_str(&line(to.0)[..to.1]);
        text
    }

    fn narrow(&mut self) {
        if self.is_wide() {
            let cursor = self.cursor();
            self.lend(cursor.0..=cursor.0, cursor);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The byte of the joined text at a place.
    fn at(text: &str, (line, byte): Spot) -> usize {
        text.split('\n').take(line).map(|line| line.len() + 1).sum::<usize>() + byte
    }

    fn check(lines: &Lines, text: &str, cursor: usize) -> Result<(), TestCaseError> {
        prop_assert!(lines.joined() == text);
        prop_assert_eq!(lines.len(), text.split('\n').count());
        prop_assert_eq!(lines.bytes(), text.len() + 1);
        prop_assert_eq!(at(text, lines.cursor()), cursor);
        prop_assert!(lines.range(0..usize::MAX).eq(text.split('\n')));
        prop_assert!(lines.iter().rev().eq(text.rsplit('\n')));
        prop_assert_eq!(lines.get(lines.len()), None);
        prop_assert!(lines.area.lines().len() <= MOST_LINES);
        Ok(())
    }

    #[test]
    fn the_library_never_holds_a_long_text() {
        let mut lines = Lines::of(vec!["word ".repeat(20); 10_000]);
        for line in [9_999, 0, 5_000] {
            lines.go(line, 3);
            assert_eq!(lines.cursor(), (line, 3));
            lines.insert(&"x\n".repeat(5_000));
            assert!(!lines.is_wide());
            lines.delete((line, 3), (line + 5_000, 0));
            assert!(!lines.is_wide() && lines.cursor() == (line, 3));
        }
        assert_eq!((lines.len(), lines.bytes()), (10_000, 1_010_000));
    }

    #[test]
    fn a_line_beyond_what_the_library_can_name_is_walked() {
        let mut lines = Lines::of(vec!["x".repeat(70_000), String::new()]);
        lines.go(0, 69_999);
        lines.insert("y");
        assert_eq!((lines.cursor(), lines.delete((0, 69_998), (1, 0)).as_str()), ((0, 70_000), "xyx\n"));
    }

    #[derive(Clone, Debug)]
    enum Act {
        Go(prop::sample::Index, prop::sample::Index),
        Insert(String),
        Delete(prop::sample::Index, prop::sample::Index),
    }

    fn acts() -> impl Strategy<Value = Vec<Act>> {
        let index = || any::<prop::sample::Index>();
        let text = prop_oneof!["[a船\r\n]{1,6}", (1usize..400).prop_map(|count| "ab\r\nc\n".repeat(count))];
        let act = prop_oneof![
            (index(), index()).prop_map(|(line, byte)| Act::Go(line, byte)),
            text.prop_map(Act::Insert),
            (index(), index()).prop_map(|(line, long)| Act::Delete(line, long)),
        ];
        prop::collection::vec(act, 1..20)
    }

    fn place(lines: &Lines, line: usize, byte: prop::sample::Index) -> Spot {
        let text = lines.get(line).unwrap();
        let mut places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        places.push(text.len());
        (line, places[byte.index(places.len())])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn a_text_of_many_windows_is_as_one_string(count in 1usize..700, acts in acts()) {
            let mut text: String = vec!["one line 船\r"; count].join("\n");
            let mut lines = Lines::of(text.split('\n').map(str::to_owned).collect());
            let mut cursor = 0;
            for act in acts {
                match act {
                    Act::Go(line, byte) => {
                        let spot = place(&lines, line.index(lines.len()), byte);
                        lines.go(spot.0, spot.1);
                        cursor = at(&text, spot);
                    }
                    Act::Insert(new) => {
                        prop_assert_eq!(at(&format!("{}{new}", &text[..cursor]), end_of(lines.cursor(), &new)), cursor + new.len());
                        lines.insert(&new);
                        text.insert_str(cursor, &new);
                        cursor += new.len();
                    }
                    Act::Delete(line, long) => {
                        let from = line.index(lines.len());
                        let to = from + long.index((lines.len() - from).min(300));
                        let (from, to) = (place(&lines, from, long), place(&lines, to, line));
                        let (from, to) = (from.min(to), from.max(to));
                        let range = at(&text, from)..at(&text, to);
                        prop_assert_eq!(lines.delete(from, to), &text[range.clone()]);
                        cursor = range.start;
                        text.replace_range(range, "");
                    }
                }
                check(&lines, &text, cursor)?;
            }
        }
    }
}

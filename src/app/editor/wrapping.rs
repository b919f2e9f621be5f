//! Soft wrapping of the edited text: at which bytes each line continues on the next row. Owns the cache; an edit re-wraps
//! the lines it touched and no others.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::lines::Lines;
use crate::domain::text::{Clean, reveal, width};

/// A grapheme as it is shown: spelt out when it, or a part of it, cannot be seen.
pub(super) fn shown(grapheme: &str) -> Cow<'_, str> {
    if grapheme.len() == 1 && matches!(grapheme.as_bytes(), [b' '..=b'~']) {
        return Cow::Borrowed(grapheme);
    }
    let joined = grapheme.contains(['\u{200D}', '\u{FE0F}']) && Clean::text(grapheme).as_str() == grapheme;
    if joined && width(grapheme) > 0 { Cow::Borrowed(grapheme) } else { Cow::Owned(reveal(grapheme)) }
}

/// The cells a grapheme takes.
pub(super) fn cells(grapheme: &str) -> usize {
    if grapheme.len() == 1 && matches!(grapheme.as_bytes(), [b' '..=b'~']) {
        1
    } else {
        width(&shown(grapheme))
    }
}

fn is_plain(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Where a line continues on further rows, in bytes; empty when it fits. One cell of each row is left free for the cursor
/// behind the last character. Where that cannot be, the cursor gets a row of its own.
fn starts(line: &str, width: usize) -> Vec<u32> {
    let room = width.saturating_sub(1).max(1);
    let (mut starts, used) =
        if is_plain(line) { plain_starts(line.as_bytes(), room) } else { grapheme_starts(line, room) };
    if used > 0 && used >= width {
        starts.push(offset(line.len()));
    }
    starts
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Where further rows begin, and how many cells the last row takes.
fn plain_starts(line: &[u8], room: usize) -> (Vec<u32>, usize) {
    let mut starts = Vec::new();
    let mut from = 0;
    while line.len() - from > room {
        let window = &line[from..from + room];
        from += window.iter().rposition(|&byte| byte == b' ').map_or(room, |at| at + 1);
        starts.push(offset(from));
    }
    (starts, line.len() - from)
}

fn grapheme_starts(line: &str, room: usize) -> (Vec<u32>, usize) {
    let mut starts = Vec::new();
    let (mut used, mut blank) = (0, None);
    for (at, grapheme) in graphemes(line) {
        let wide = cells(grapheme);
        while used + wide > room && used > 0 {
            let (cut, kept) = blank.take().unwrap_or((at, used));
            starts.push(offset(cut));
            used -= kept;
        }
        used += wide;
        if grapheme == " " {
            blank = Some((at + 1, used));
        }
    }
    (starts, used)
}

/// The graphemes of a line and where they are. A plain letter before another one is a grapheme without asking the tables,
/// which takes most of the time of a line with a few other letters in it.
fn graphemes(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = line.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let is_plain = matches!(bytes.get(at)?, b' '..=b'~') && bytes.get(at + 1).is_none_or(u8::is_ascii);
        let long = if is_plain { 1 } else { line[at..].graphemes(true).next()?.len() };
        let grapheme = (at, &line[at..at + long]);
        at += long;
        Some(grapheme)
    })
}

/// One row on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RowAt {
    /// Which line it belongs to.
    pub(super) line: usize,
    /// Its bytes of that line.
    pub(super) bytes: Range<usize>,
    /// Whether the line ends here.
    pub(super) is_last: bool,
}

/// The first row of each line, and at the end how many rows there are. An edit changes all that comes after it, so that is
/// put off: what the last edit added stands once for all lines behind it.
#[derive(Clone, Debug, Default)]
struct Firsts {
    numbers: Vec<usize>,
    /// So many of the numbers are true.
    exact: usize,
    /// What the others lack; it wraps round below nothing.
    lack: usize,
}

impl Firsts {
    /// Counts anew, from the rows of each line.
    fn count(&mut self, rows: impl Iterator<Item = usize>) {
        self.numbers.clear();
        let mut first = 0;
        for rows in rows {
            self.numbers.push(first);
            first += rows;
        }
        self.numbers.push(first);
        (self.exact, self.lack) = (self.numbers.len(), 0);
    }

    fn get(&self, line: usize) -> Option<usize> {
        let number = *self.numbers.get(line)?;
        Some(if line < self.exact { number } else { number.wrapping_add(self.lack) })
    }

    /// The last line that begins at a row or before.
    fn line_at(&self, row: usize) -> Option<usize> {
        let exact = self.numbers[..self.exact].partition_point(|&first| first <= row);
        let rest = &self.numbers[self.exact..];
        let is_rest = exact == self.exact && exact > 0;
        let more =
            if is_rest { rest.partition_point(|first| first.wrapping_add(self.lack) <= row) } else { 0 };
        (exact + more).checked_sub(1)
    }

    /// Makes just so many numbers true.
    fn make_exact(&mut self, count: usize) {
        let lack = self.lack;
        if count > self.exact {
            self.numbers[self.exact..count].iter_mut().for_each(|first| *first = first.wrapping_add(lack));
        } else {
            self.numbers[count..self.exact].iter_mut().for_each(|first| *first = first.wrapping_sub(lack));
        }
        self.exact = count;
    }

    /// From a line on, lines with `old` rows became lines with `new` ones. Costs their number and the way from the last
    /// edit, but for what a change of the number of lines moves.
    fn splice(&mut self, at: usize, old: &[usize], new: &[usize]) {
        self.make_exact(at + 1);
        let mut first = self.numbers[at];
        let mut after = |rows: &usize| {
            first += rows;
            first
        };
        let fresh: Vec<usize> = new.iter().map(&mut after).collect();
        self.make_exact(at + 1 + old.len());
        let came: usize = new.iter().sum();
        let went: usize = old.iter().sum();
        self.numbers.splice(at + 1..at + 1 + old.len(), fresh);
        self.exact = at + 1 + new.len();
        self.lack = self.lack.wrapping_add(came).wrapping_sub(went);
    }
}

/// The rows of every line for one width.
#[derive(Clone, Debug, Default)]
pub(super) struct Wrapping {
    /// Cells of a row.
    width: usize,
    starts: Vec<Vec<u32>>,
    first: Firsts,
}

impl Wrapping {
    /// Wraps everything, unless that is what is there.
    pub(super) fn fit(&mut self, lines: &Lines, width: usize) {
        if self.width != width || self.starts.len() != lines.len() {
            self.width = width;
            self.all(lines);
        }
    }

    /// Wraps everything.
    fn all(&mut self, lines: &Lines) {
        self.starts = lines.iter().map(|line| starts(line, self.width)).collect();
        self.first.count(self.starts.iter().map(|starts| starts.len() + 1));
    }

    /// Wraps lines that replaced others: from `at` on, `old` lines became `new`. Nothing before there is a width.
    pub(super) fn splice(&mut self, lines: &Lines, at: usize, old: usize, new: usize) {
        if self.starts.is_empty() {
            return;
        }
        if self.starts.len() + new != lines.len() + old || at + old > self.starts.len() {
            return self.all(lines);
        }
        let fresh: Vec<Vec<u32>> = lines.range(at..at + new).map(|line| starts(line, self.width)).collect();
        let rows =
            |starts: &[Vec<u32>]| -> Vec<usize> { starts.iter().map(|starts| starts.len() + 1).collect() };
        self.first.splice(at, &rows(&self.starts[at..at + old]), &rows(&fresh));
        self.starts.splice(at..at + old, fresh);
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.first.numbers.len().checked_sub(1).and_then(|last| self.first.get(last)).unwrap_or(0)
    }

    /// The row that holds a byte of a line. A byte at which a row begins belongs to that row.
    pub(super) fn row_of(&self, line: usize, byte: usize) -> usize {
        let Some(starts) = self.starts.get(line) else { return 0 };
        self.first.get(line).unwrap_or(0) + starts.partition_point(|&start| start as usize <= byte)
    }

    /// What a row shows.
    pub(super) fn row(&self, row: usize, lines: &Lines) -> Option<RowAt> {
        let line = self.first.line_at(row)?;
        let (starts, text) = (self.starts.get(line)?, lines.get(line)?);
        let within = row - self.first.get(line)?;
        let from = within.checked_sub(1).map_or(0, |at| starts[at] as usize);
        let to = starts.get(within).map_or(text.len(), |&end| end as usize);
        Some(RowAt { line, bytes: from..to, is_last: within == starts.len() })
    }

    /// Where the rows of each line begin, and at which row the line does.
    #[cfg(test)]
    pub(super) fn told(&self) -> Vec<(Option<usize>, &[u32])> {
        let starts = self.starts.iter().map(Vec::as_slice).chain([&[][..]]);
        starts.enumerate().map(|(line, starts)| (self.first.get(line), starts)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wrapped(line: &str, room: usize) -> Vec<String> {
        let lines = Lines::of(vec![line.to_owned()]);
        let mut wrapping = Wrapping::default();
        wrapping.fit(&lines, room + 1);
        let row = |row| wrapping.row(row, &lines).map(|at| line[at.bytes].to_owned());
        (0..wrapping.rows()).map_while(row).collect()
    }

    #[test]
    fn wraps_at_blanks_and_inside_long_words() {
        assert_eq!(wrapped("one two three", 8), ["one two ", "three"]);
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("船が 遅れ ました", 6), ["船が ", "遅れ ", "ました"]);
        assert_eq!(wrapped("", 4), [""]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn rows_are_the_line_and_fit(line in "[ a-z船\u{301}\u{200B}👩‍👧]{0,60}", room in 10usize..30) {
            let rows = wrapped(&line, room);
            prop_assert_eq!(rows.concat(), line);
            for row in rows {
                let used: usize = row.graphemes(true).map(cells).sum();
                prop_assert!(used <= room || row.graphemes(true).count() == 1, "{row:?}");
            }
        }

        #[test]
        fn splices_are_as_good_as_wrapping_anew(
            before in prop::collection::vec("[a-z ]{0,30}", 1..8),
            edits in prop::collection::vec((prop::collection::vec("[a-z ]{0,30}", 1..5), 0usize..8, 0usize..8), 1..6),
        ) {
            let mut lines = before;
            let mut wrapping = Wrapping::default();
            wrapping.fit(&Lines::of(lines.clone()), 7);
            for (after, at, old) in edits {
                let at = at.min(lines.len());
                let old = old.min(lines.len() - at);
                lines.splice(at..at + old, after.clone());
                let now = Lines::of(lines.clone());
                wrapping.splice(&now, at, old, after.len());
                let mut anew = Wrapping::default();
                anew.fit(&now, 7);
                prop_assert_eq!(wrapping.told(), anew.told());
                for row in 0..anew.rows() + 2 {
                    prop_assert_eq!(wrapping.row(row, &now), anew.row(row, &now));
                }
            }
        }

        #[test]
        fn graphemes_are_those_of_the_tables(line in "([ -~]|\\PC|[\r\t\u{301}\u{200D}🇩🇪👩‍👧각\u{915}\u{94D}]){0,40}") {
            prop_assert!(graphemes(&line).eq(line.grapheme_indices(true)));
        }
    }
}

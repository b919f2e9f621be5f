//! Soft wrapping of the edited text: at which bytes each line continues on the next row. Owns the cache; an edit re-wraps
//! the lines it touched and no others.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

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
    for (at, grapheme) in line.grapheme_indices(true) {
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

/// The rows of every line for one width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wrapping {
    /// Cells of a row.
    width: usize,
    starts: Vec<Vec<u32>>,
    /// The first row of each line, and at the end how many rows there are.
    first: Vec<usize>,
}

impl Wrapping {
    /// Wraps everything, unless that is what is there.
    pub(super) fn fit(&mut self, lines: &[String], width: usize) {
        if self.width != width || self.starts.len() != lines.len() {
            self.width = width;
            self.all(lines);
        }
    }

    /// Wraps everything.
    fn all(&mut self, lines: &[String]) {
        self.starts = lines.iter().map(|line| starts(line, self.width)).collect();
        self.count();
    }

    /// Wraps lines that replaced others: from `at` on, `old` lines became `new`.
    pub(super) fn splice(&mut self, lines: &[String], at: usize, old: usize, new: usize) {
        if self.starts.len() + new != lines.len() + old || at + old > self.starts.len() {
            return self.all(lines);
        }
        let fresh: Vec<Vec<u32>> = lines[at..at + new].iter().map(|line| starts(line, self.width)).collect();
        self.starts.splice(at..at + old, fresh);
        self.count();
    }

    fn count(&mut self) {
        self.first.clear();
        let mut rows = 0;
        for starts in &self.starts {
            self.first.push(rows);
            rows += starts.len() + 1;
        }
        self.first.push(rows);
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.first.last().copied().unwrap_or(0)
    }

    /// The row that holds a byte of a line. A byte at which a row begins belongs to that row.
    pub(super) fn row_of(&self, line: usize, byte: usize) -> usize {
        let Some(starts) = self.starts.get(line) else { return 0 };
        self.first[line] + starts.partition_point(|&start| start as usize <= byte)
    }

    /// What a row shows.
    pub(super) fn row(&self, row: usize, lines: &[String]) -> Option<RowAt> {
        let line = self.first.partition_point(|&first| first <= row).checked_sub(1)?;
        let (starts, text) = (self.starts.get(line)?, lines.get(line)?);
        let within = row - self.first[line];
        let from = within.checked_sub(1).map_or(0, |at| starts[at] as usize);
        let to = starts.get(within).map_or(text.len(), |&end| end as usize);
        Some(RowAt { line, bytes: from..to, is_last: within == starts.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wrapped(line: &str, room: usize) -> Vec<String> {
        let lines = [line.to_owned()];
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
        fn a_splice_is_as_good_as_wrapping_anew(before in prop::collection::vec("[a-z ]{0,30}", 1..8), after in prop::collection::vec("[a-z ]{0,30}", 1..5), at in 0usize..8, old in 0usize..8) {
            let mut wrapping = Wrapping::default();
            wrapping.fit(&before, 7);
            let at = at.min(before.len());
            let old = old.min(before.len() - at);
            let mut lines = before;
            lines.splice(at..at + old, after.clone());
            wrapping.splice(&lines, at, old, after.len());
            let mut anew = Wrapping::default();
            anew.fit(&lines, 7);
            prop_assert_eq!(wrapping.first, anew.first);
            prop_assert_eq!(wrapping.starts, anew.starts);
        }
    }
}

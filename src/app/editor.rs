//! The text editor: the text-area library behind one type. It adds what the library lacks: keys that cost the same in a text
//! of any length (see `lines`), steps and deletions by what a person sees as one character, soft wrapping, undoing by words,
//! pasted line ends of every kind, and a text that goes back byte for byte (see `breaks`, which states the rule for line
//! breaks).
//!
//! Control characters of the source stay in the text and are shown spelt out. Refuses drawing, the clock and files.

mod adopting;
mod breaks;
mod edits;
mod finding;
mod keys;
#[cfg(test)]
mod large;
mod lines;
mod looks;
mod places;
#[cfg(test)]
mod promises;
mod steps;
mod wrapping;

use unicode_segmentation::UnicodeSegmentation;

use breaks::Breaks;
pub use finding::{Found, Needle};
use lines::{Lines, Spot};
use looks::Look;
use steps::Steps;
use wrapping::Wrapping;

/// A part of a row: text that is safe to show.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent looks")]
pub struct Bit {
    /// The text.
    pub text: String,
    /// Whether it belongs to a tag, or to a sign of Markdown.
    pub tag: bool,
    /// Whether it belongs to a heading of Markdown.
    pub strong: bool,
    /// Whether it was searched for.
    pub hit: bool,
    /// Whether the cursor stands on it; then it is one character, a blank at the end of a line.
    pub cursor: bool,
}

/// How far back one looks for the beginning of a tag, in bytes; a longer tag loses its look, nothing else.
const LONG_TAG: usize = 2_000;

/// Whether a byte of a line stands inside a tag.
fn begins_in_tag(line: &[u8], at: usize) -> bool {
    let before = &line[at.saturating_sub(LONG_TAG)..at];
    before.iter().rfind(|byte| matches!(byte, b'<' | b'>')) == Some(&b'<')
}

/// A text being edited.
#[derive(Debug)]
pub struct Editor {
    text: Lines,
    breaks: Breaks,
    wrapping: Wrapping,
    top: usize,
    height: usize,
    /// The column that moving up and down keeps to, in cells.
    goal: Option<usize>,
    steps: Steps,
    edits: u64,
    /// What is searched for, and marked in view.
    needle: Option<Needle>,
    /// Lines that are marked, in rising order.
    flags: Vec<(usize, bool)>,
}

impl Editor {
    /// An editor over HTML, each block on lines of its own.
    pub fn of(source: &str) -> Self {
        Self::over(Breaks::of(source))
    }

    /// An editor over a text whose line breaks are all its own, such as Markdown.
    pub fn plain(text: &str) -> Self {
        Self::over(Breaks::plain(text))
    }

    fn over((breaks, lines): (Breaks, Vec<String>)) -> Self {
        Self {
            text: Lines::of(lines),
            breaks,
            wrapping: Wrapping::default(),
            top: 0,
            height: 0,
            goal: None,
            steps: Steps::of(steps::MOST),
            edits: 0,
            needle: None,
            flags: Vec::new(),
        }
    }

    /// Begins to remember what is done, up to a number of steps.
    #[cfg(test)]
    fn remember(&mut self, most: usize) {
        self.steps = Steps::of(most);
    }

    /// The source that the text stands for: the very bytes it was opened with where nothing was edited. Walks the text.
    pub fn source(&self) -> String {
        self.breaks.source(&self.text)
    }

    /// Rises with everything typed, deleted or undone; the text is the same while this is the same.
    pub fn edits(&self) -> u64 {
        self.edits
    }

    /// The cursor's line and column, both from 1; the column counts what a person sees as characters.
    pub fn position(&self) -> (usize, usize) {
        let (line, byte) = self.cursor();
        (line + 1, self.line(line)[..byte].graphemes(true).count() + 1)
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.text.len()
    }

    /// The bytes of the lines that are shown, each with its end.
    pub fn bytes(&self) -> usize {
        self.text.bytes()
    }

    fn line(&self, line: usize) -> &str {
        self.text.get(line).unwrap_or_default()
    }

    /// The cursor's line from 0, and its byte within.
    fn cursor(&self) -> Spot {
        self.text.cursor()
    }

    /// Puts the cursor before the first word, past the tags or signs that open it: where a person wants to type.
    pub fn to_first_word(&mut self) {
        let line = if self.breaks.is_plain() { looks::first_words(&self.text) } else { 0 };
        self.to_words_of(line);
    }

    /// Puts the cursor before the first word of a line.
    pub fn to_words_of(&mut self, line: usize) {
        let text = self.line(line);
        let signs = if self.breaks.is_plain() { looks::opening(text) } else { 0 };
        let mut rest = &text[signs..];
        while let Some((_, after)) = rest.strip_prefix('<').and_then(|tag| tag.split_once('>')) {
            rest = after.trim_start();
        }
        let byte = if rest.is_empty() { 0 } else { text.len() - rest.len() };
        self.go(line, byte);
    }

    /// The line that is shown where a line of the source begins, both from 0; for a plain text. Walks the breaks.
    pub fn line_of_source(&self, line: usize) -> usize {
        self.breaks.line_of_source(line)
    }

    /// The lines, as they are shown.
    pub fn text(&self) -> impl Iterator<Item = &str> {
        self.text.iter()
    }

    /// The lines as they are shown, with a line feed between them. Walks the text.
    pub fn joined(&self) -> String {
        self.text.joined()
    }

    /// The row of the view that has the cursor, from 0.
    pub fn cursor_row(&self) -> usize {
        let (line, byte) = self.cursor();
        self.wrapping.row_of(line, byte).saturating_sub(self.top)
    }

    /// Puts the cursor before a byte of a line.
    fn go(&mut self, line: usize, byte: usize) {
        self.text.go(line, byte);
    }

    /// Wraps the text for a size, if that changed, and keeps the cursor in view.
    pub fn arrange(&mut self, width: u16, height: u16) {
        self.wrapping.fit(&self.text, usize::from(width));
        self.height = usize::from(height);
        self.show();
    }

    fn show(&mut self) {
        let (line, byte) = self.cursor();
        let row = self.wrapping.row_of(line, byte);
        let lowest = (row + 1).saturating_sub(self.height);
        let last = self.wrapping.rows().saturating_sub(self.height);
        self.top = self.top.clamp(lowest, row.max(lowest)).min(last.max(lowest));
    }

    /// The rows in view, from top to bottom.
    pub fn view(&self) -> impl Iterator<Item = Vec<Bit>> {
        let cursor = self.cursor();
        let line_of = |row: usize| self.wrapping.row(row, &self.text).map(|at| at.line);
        let first = line_of(self.top).unwrap_or(0);
        let last = line_of(self.top + self.height).unwrap_or_else(|| self.lines());
        let looks = if self.breaks.is_plain() { looks::of(&self.text, first..last + 1) } else { Vec::new() };
        (self.top..self.top + self.height).map_while(move |row| self.bits(row, cursor, (first, &looks)))
    }

    fn bits(&self, row: usize, cursor: (usize, usize), looks: (usize, &[Look])) -> Option<Vec<Bit>> {
        let at = self.wrapping.row(row, &self.text)?;
        let line = self.line(at.line);
        let look = looks.1.get(at.line - looks.0).copied().unwrap_or(Look::Html);
        let signs = look.signs(line);
        let hits = self.needle.as_ref().map(|needle| needle.hits(line, at.bytes.clone())).unwrap_or_default();
        let mut tag = look == Look::Html && begins_in_tag(line.as_bytes(), at.bytes.start);
        let here = cursor.0 == at.line && self.wrapping.row_of(at.line, cursor.1) == row;
        let mut bits: Vec<Bit> = Vec::new();
        for (within, grapheme) in line[at.bytes.clone()].grapheme_indices(true) {
            tag |= look == Look::Html && grapheme == "<";
            let from = at.bytes.start + within;
            let (strong, dim) = (look == Look::Heading, tag || covers(&signs, from));
            let hit = covers(&hits, from);
            // An edit may have joined the cursor's neighbours into one character; then it stands on that.
            let cursor = here && (from..from + grapheme.len()).contains(&cursor.1);
            let text = wrapping::shown(grapheme);
            match bits.last_mut() {
                Some(bit) if (bit.tag, bit.hit) == (dim, hit) && !bit.cursor && !cursor => {
                    bit.text.push_str(&text);
                }
                _ => bits.push(Bit { text: text.into_owned(), tag: dim, strong, hit, cursor }),
            }
            tag &= grapheme != ">";
        }
        if here && cursor.1 == at.bytes.end {
            bits.push(Bit { text: " ".into(), tag: false, strong: false, hit: false, cursor: true });
        }
        Some(bits)
    }
}

/// Whether one of a few ranges in order covers a byte.
fn covers(ranges: &[std::ops::Range<usize>], byte: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= byte);
    after > 0 && ranges[after - 1].contains(&byte)
}

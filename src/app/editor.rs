//! The text editor: the text-area library behind one type. It adds what the library lacks: steps and deletions by what a
//! person sees as one character, soft wrapping that costs one line per key, pasted line ends of every kind, and a text
//! that goes back byte for byte (see `breaks`, which states the rule for line breaks).
//!
//! Control characters of the source stay in the text and are shown spelt out. Refuses drawing, the clock and files.

mod breaks;
mod edits;
mod keys;
#[cfg(test)]
mod large;
#[cfg(test)]
mod promises;
mod steps;
mod wrapping;

use tui_textarea::{CursorMove, TextArea};
use unicode_segmentation::UnicodeSegmentation;

use breaks::Breaks;
use steps::Steps;
use wrapping::Wrapping;

/// A part of a row: text that is safe to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bit {
    /// The text.
    pub text: String,
    /// Whether it belongs to a tag.
    pub tag: bool,
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
    area: TextArea<'static>,
    breaks: Breaks,
    wrapping: Wrapping,
    top: usize,
    height: usize,
    /// The column that moving up and down keeps to, in cells.
    goal: Option<usize>,
    steps: Steps,
    edits: u64,
}

impl Editor {
    /// An editor over a source.
    pub fn of(source: &str) -> Self {
        let (breaks, lines) = Breaks::of(source);
        let mut editor = Self {
            area: TextArea::new(lines),
            breaks,
            wrapping: Wrapping::default(),
            top: 0,
            height: 0,
            goal: None,
            steps: Steps::of(0),
            edits: 0,
        };
        editor.remember(steps::MOST);
        editor
    }

    /// Begins to remember what is done, up to a number of steps.
    fn remember(&mut self, most: usize) {
        self.steps = Steps::of(most);
        self.area.set_max_histories(self.steps.of_library());
    }

    /// The source that the text stands for: the very bytes it was opened with where nothing was edited. Walks the text.
    pub fn source(&self) -> String {
        self.breaks.source(self.area.lines())
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
        self.area.lines().len()
    }

    fn line(&self, line: usize) -> &str {
        self.area.lines().get(line).map_or("", String::as_str)
    }

    /// The cursor's line from 0, and its byte within.
    fn cursor(&self) -> (usize, usize) {
        let (line, column) = self.area.cursor();
        let text = self.line(line);
        (line, text.char_indices().nth(column).map_or(text.len(), |(at, _)| at))
    }

    /// Puts the cursor before the first word of the first line, past the tags that open it: where a person wants to type.
    pub fn to_first_word(&mut self) {
        let line = self.line(0);
        let mut rest = line;
        while let Some((_, after)) = rest.strip_prefix('<').and_then(|tag| tag.split_once('>')) {
            rest = after.trim_start();
        }
        let byte = if rest.is_empty() { 0 } else { line.len() - rest.len() };
        self.go(0, byte);
    }

    /// Puts the cursor before a byte of a line.
    fn go(&mut self, line: usize, byte: usize) {
        let line = line.min(self.lines() - 1);
        let column = self.line(line).get(..byte).map_or(0, |before| before.chars().count());
        let near = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        let is_near = u16::try_from(line).is_ok();
        // On the way down a short line would take the column away, so then it is walked at the end.
        let jump = if is_near { column.min(usize::from(u16::MAX)) } else { 0 };
        self.area.move_cursor(CursorMove::Jump(near(line), near(jump)));
        for _ in usize::from(u16::MAX)..line {
            self.area.move_cursor(CursorMove::Down);
        }
        for _ in jump..column {
            self.area.move_cursor(CursorMove::Forward);
        }
    }

    /// Wraps the text for a size, if that changed, and keeps the cursor in view.
    pub fn arrange(&mut self, width: u16, height: u16) {
        self.wrapping.fit(self.area.lines(), usize::from(width));
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
        (self.top..self.top + self.height).map_while(move |row| self.bits(row, cursor))
    }

    fn bits(&self, row: usize, cursor: (usize, usize)) -> Option<Vec<Bit>> {
        let at = self.wrapping.row(row, self.area.lines())?;
        let line = self.line(at.line);
        let mut tag = begins_in_tag(line.as_bytes(), at.bytes.start);
        let here = cursor.0 == at.line && self.wrapping.row_of(at.line, cursor.1) == row;
        let mut bits: Vec<Bit> = Vec::new();
        for (within, grapheme) in line[at.bytes.clone()].grapheme_indices(true) {
            tag |= grapheme == "<";
            let from = at.bytes.start + within;
            // An edit may have joined the cursor's neighbours into one character; then it stands on that.
            let cursor = here && (from..from + grapheme.len()).contains(&cursor.1);
            let text = wrapping::shown(grapheme);
            match bits.last_mut() {
                Some(bit) if bit.tag == tag && !bit.cursor && !cursor => bit.text.push_str(&text),
                _ => bits.push(Bit { text: text.into_owned(), tag, cursor }),
            }
            tag &= grapheme != ">";
        }
        if here && cursor.1 == at.bytes.end {
            bits.push(Bit { text: " ".into(), tag: false, cursor: true });
        }
        Some(bits)
    }
}

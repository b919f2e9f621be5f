//! Turns anybody's text into text that may be shown. The rules are in [`super::Clean`]; the kinds of characters in
//! [`super::characters`].

use unicode_segmentation::UnicodeSegmentation as _;

use super::characters::{
    ESCAPE_MARK, JOINER, JOINS_IN_AN_EMOJI, Kind, MARKS_ON_A_BASE, REMOVED_MARK, kind, pictograph, skin_tone,
    styled,
};
use super::{LINE_LIMIT, sequences, width};

/// One line never takes more bytes than this, whatever its graphemes are made of.
const LINE_BYTES: usize = 16 * LINE_LIMIT;
/// Letters that are taken at once; more would pass the limit of a line by more than it allows.
const LETTERS: usize = 64;
/// Cells between tab stops in many-line text.
const TAB: usize = 4;

/// One clean line.
pub(super) fn line(raw: &str) -> String {
    let bytes = raw.as_bytes();
    let trimmed = bytes.first() != Some(&b' ') && bytes.last() != Some(&b' ');
    if trimmed && bytes.len() <= LINE_LIMIT && bytes.iter().all(|byte| matches!(byte, b' '..=b'~')) {
        return raw.to_owned();
    }
    let mut cleaning = Cleaning::new(raw, true);
    let whole = cleaning.run(LINE_BYTES);
    cap(cleaning.out, whole)
}

/// Clean text of any number of lines.
pub(super) fn text(raw: &str) -> String {
    if raw.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return raw.to_owned();
    }
    let mut cleaning = Cleaning::new(raw, false);
    cleaning.run(usize::MAX);
    cleaning.flush_blanks();
    cleaning.out
}

/// Cuts a line at [`LINE_LIMIT`] graphemes or [`LINE_BYTES`]; `whole` says that nothing was cut yet.
fn cap(mut line: String, whole: bool) -> String {
    let bytes = if whole { line.len() } else { LINE_BYTES - '…'.len_utf8() };
    let over = line.len() > LINE_LIMIT && line.graphemes(true).nth(LINE_LIMIT).is_some();
    if over || line.len() > bytes || !whole {
        let kept = line
            .grapheme_indices(true)
            .take(LINE_LIMIT - 1)
            .map(|(at, grapheme)| at + grapheme.len())
            .take_while(|end| *end <= bytes)
            .last();
        line.truncate(kept.unwrap_or(0));
        line.truncate(line.trim_end().len());
        line.push('…');
    } else {
        line.truncate(line.trim_end().len());
    }
    line
}

/// The emoji that the last character written belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Emoji {
    /// None.
    No,
    /// One that stands in the output, with this many joins so far.
    Kept(u8),
    /// One that a line leaves out after the first of a joined sequence.
    Skipped,
}

/// One pass over a text.
struct Cleaning<'raw> {
    rest: &'raw str,
    one_line: bool,
    out: String,
    /// Where the current line begins in `out`.
    line_start: usize,
    /// Plain spaces not written yet; a line drops them at its ends.
    blanks: usize,
    /// Whether the blanks of a line become one: a space control or something removed stands among them.
    folded: bool,
    /// Whether the last thing written, blanks aside, is a mark of removal.
    marked: bool,
    /// Zero-width characters on the present base.
    marks: u8,
    emoji: Emoji,
}

impl<'raw> Cleaning<'raw> {
    fn new(raw: &'raw str, one_line: bool) -> Self {
        Self {
            rest: raw,
            one_line,
            out: String::with_capacity(if one_line { raw.len().min(LINE_BYTES) } else { raw.len() }),
            line_start: 0,
            blanks: 0,
            folded: false,
            marked: false,
            marks: 0,
            emoji: Emoji::No,
        }
    }

    /// Cleans until the end (true) or until the output has `limit` bytes (false).
    fn run(&mut self, limit: usize) -> bool {
        while let Some(character) = self.rest.chars().next() {
            if self.out.len() > limit {
                return false;
            }
            if character.is_ascii_alphabetic() && self.emoji != Emoji::Skipped {
                self.letters();
                continue;
            }
            let here = self.rest;
            self.rest = &here[character.len_utf8()..];
            match kind(character) {
                Kind::Plain => self.plain(character),
                Kind::Break => self.line_break(character),
                Kind::Tab => self.tab(),
                Kind::Escape => {
                    self.rest = &here[sequences::length(here)..];
                    self.removed(ESCAPE_MARK);
                }
                Kind::Joiner => self.joiner(),
                Kind::Style => self.style(character),
                Kind::Mark => self.mark(character),
                Kind::Forbidden => self.removed(REMOVED_MARK),
            }
        }
        self.out.len() <= limit
    }

    /// Takes the ASCII letters that come next at once: nothing can be wrong with them.
    fn letters(&mut self) {
        let length = self.rest.bytes().take_while(u8::is_ascii_alphabetic).take(LETTERS).count();
        let (letters, rest) = self.rest.split_at(length);
        self.flush_blanks();
        self.out.push_str(letters);
        self.rest = rest;
        (self.marked, self.marks, self.emoji) = (false, 0, Emoji::No);
    }

    fn plain(&mut self, character: char) {
        if character == ' ' {
            self.blanks += 1;
            self.marks = 0;
            self.emoji = Emoji::No;
            return;
        }
        if skin_tone(character) && self.emoji == Emoji::Skipped {
            return;
        }
        if self.one_line && self.out.is_empty() && character.is_whitespace() {
            return;
        }
        self.flush_blanks();
        self.marked &= character.is_whitespace();
        self.marks = 0;
        self.emoji = match self.emoji {
            Emoji::Kept(joins) if skin_tone(character) || self.out.ends_with(JOINER) => Emoji::Kept(joins),
            Emoji::No | Emoji::Skipped | Emoji::Kept(_) if styled(character) => Emoji::Kept(0),
            Emoji::No | Emoji::Skipped | Emoji::Kept(_) => Emoji::No,
        };
        self.out.push(character);
    }

    fn line_break(&mut self, character: char) {
        if self.one_line {
            self.blanks += 1;
            self.folded = true;
        } else {
            if character == '\r' {
                self.rest = self.rest.strip_prefix('\n').unwrap_or(self.rest);
            }
            self.flush_blanks();
            self.out.push('\n');
            self.line_start = self.out.len();
            self.marked = false;
        }
        self.marks = 0;
        self.emoji = Emoji::No;
    }

    fn tab(&mut self) {
        if self.one_line {
            self.blanks += 1;
            self.folded = true;
        } else {
            let column = width(&self.out[self.line_start..]) + self.blanks;
            self.blanks += TAB - column % TAB;
        }
        self.marks = 0;
        self.emoji = Emoji::No;
    }

    /// A joiner between two pictures is kept in text, and in a line ends the emoji; elsewhere it is removed.
    fn joiner(&mut self) {
        let next = self.rest.chars().next().filter(|character| pictograph(*character));
        match (self.emoji, next) {
            (Emoji::Kept(_) | Emoji::Skipped, Some(picture)) if self.one_line => {
                self.rest = &self.rest[picture.len_utf8()..];
                self.emoji = Emoji::Skipped;
            }
            (Emoji::Kept(joins), Some(_)) if joins < JOINS_IN_AN_EMOJI => {
                self.out.push(JOINER);
                self.emoji = Emoji::Kept(joins + 1);
            }
            _ => self.removed(REMOVED_MARK),
        }
    }

    /// A style selector after a picture is kept in text and dropped in a line, where widths must be certain.
    fn style(&mut self, character: char) {
        let follows = self.out.chars().next_back().is_some_and(|last| styled(last) || skin_tone(last));
        match self.emoji {
            Emoji::Skipped => {}
            Emoji::Kept(_) if self.one_line => {}
            Emoji::Kept(_) if follows => self.out.push(character),
            Emoji::Kept(_) | Emoji::No => self.removed(REMOVED_MARK),
        }
    }

    fn mark(&mut self, character: char) {
        let stands_on_nothing = self.out.len() == self.line_start && self.blanks == 0;
        let line_edge = self.one_line && self.out.is_empty();
        if stands_on_nothing || line_edge || self.marks >= MARKS_ON_A_BASE {
            self.removed(REMOVED_MARK);
            return;
        }
        self.flush_blanks();
        self.out.push(character);
        self.marks += 1;
    }

    /// Leaves one mark for a run of removed characters, however long and however spaced.
    fn removed(&mut self, mark: char) {
        self.emoji = Emoji::No;
        if self.marked {
            self.folded |= self.blanks > 0;
        } else {
            self.flush_blanks();
            self.out.push(mark);
            self.marked = true;
        }
    }

    /// Writes the blanks that turned out to stand between two things.
    fn flush_blanks(&mut self) {
        let blanks = if self.one_line && self.out.is_empty() {
            0
        } else if self.folded && self.one_line {
            1
        } else {
            self.blanks
        };
        self.out.extend(std::iter::repeat_n(' ', blanks));
        self.blanks = 0;
        self.folded = false;
    }
}

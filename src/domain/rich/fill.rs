//! Fills lines with words. A word may change its look in the middle; wide characters may part anywhere, other words
//! only where they are longer than a line.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::domain::text::{grapheme_width, parts_within, width};

use super::line::{Joint, Look, Span};

/// A long word begins on the present line only if this many cells are left there.
const ROOM_FOR_A_PART: usize = 12;

/// As many blanks as nearly every gap has.
const BLANKS: &str = "                ";

/// Whether a word is a short unit of time, as our sentences write them; a full stop or such may follow it.
fn is_unit(word: &str) -> bool {
    matches!(word.trim_end_matches(['.', ',', ';', ':', ')']), "s" | "min" | "h")
}

/// Lines being filled.
pub(crate) struct Fill {
    width: usize,
    lines: Vec<(Joint, Vec<Span>)>,
    line: Vec<Span>,
    /// How the line being filled goes on from the one above.
    joint: Joint,
    used: usize,
    /// Blanks before the word being read.
    blanks: usize,
    /// Whether the line began by a line feed and not by wrapping: then its first blanks are an indent.
    fresh: bool,
    word: String,
    word_width: usize,
    /// Where in the word each look ends.
    looks: Vec<(usize, Look)>,
}

impl Fill {
    /// Lines of `width` cells, at least one.
    pub(crate) fn new(width: usize) -> Self {
        Self {
            width: width.max(1),
            lines: Vec::new(),
            line: Vec::new(),
            joint: Joint::Begins,
            used: 0,
            blanks: 0,
            fresh: true,
            word: String::new(),
            word_width: 0,
            looks: Vec::new(),
        }
    }

    /// Adds clean text; `\n` ends a line, a no-break space joins words, and a number keeps the unit of time behind it.
    pub(crate) fn text(&mut self, text: &str, look: Look) {
        for (position, line) in text.split('\n').enumerate() {
            if position > 0 {
                self.line_break();
            }
            for (position, word) in line.split(' ').enumerate() {
                if position > 0 && self.takes_unit(word) {
                    self.extend(" ", 1, look);
                } else if position > 0 {
                    self.commit();
                    self.blanks += 1;
                }
                self.part(word, look);
            }
        }
    }

    /// Adds text that stays with what stands before it and is never parted from it while both fit on a line.
    pub(crate) fn glued(&mut self, text: &str, look: Look) {
        self.extend(text, width(text), look);
    }

    /// Ends the line.
    pub(crate) fn line_break(&mut self) {
        self.commit();
        self.end_line(Joint::Begins);
    }

    /// The lines: at least one.
    pub(crate) fn finish(self) -> Vec<Vec<Span>> {
        self.finish_joined().into_iter().map(|(_, line)| line).collect()
    }

    /// The lines with how each goes on from the one above: at least one.
    pub(crate) fn finish_joined(mut self) -> Vec<(Joint, Vec<Span>)> {
        self.commit();
        self.end_line(Joint::Begins);
        self.lines
    }

    /// Whether the word being read is a number, this is its unit, and both have room on a line.
    fn takes_unit(&self, word: &str) -> bool {
        let is_number = !self.word.is_empty() && self.word.bytes().all(|byte| byte.is_ascii_digit());
        is_number && is_unit(word) && self.word_width + 1 + word.len() <= self.width
    }

    /// Adds a part of a word; wide characters are words of their own.
    fn part(&mut self, word: &str, look: Look) {
        if word.is_ascii() {
            self.extend(word, word.len(), look);
            return;
        }
        for grapheme in word.graphemes(true) {
            match (grapheme, grapheme_width(grapheme)) {
                ("\u{A0}", _) => self.extend(" ", 1, look),
                (_, wide @ 2..) => {
                    self.commit();
                    self.extend(grapheme, wide, look);
                    self.commit();
                }
                (_, narrow) => {
                    if narrow == 0 && self.word.is_empty() {
                        // A mark alone could land on the margin; the dotted circle is its usual bearer.
                        self.extend("◌", 1, look);
                    }
                    self.extend(grapheme, narrow, look);
                }
            }
        }
    }

    fn extend(&mut self, text: &str, cells: usize, look: Look) {
        if text.is_empty() {
            return;
        }
        self.word.push_str(text);
        self.word_width += cells;
        match self.looks.last_mut() {
            Some((end, last)) if *last == look => *end = self.word.len(),
            _ => self.looks.push((self.word.len(), look)),
        }
    }

    /// Places the word being read.
    fn commit(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let word = std::mem::take(&mut self.word);
        let looks = std::mem::take(&mut self.looks);
        let cells = std::mem::take(&mut self.word_width);
        let gap = if self.used > 0 || self.fresh { self.blanks } else { 0 };
        let fits = self.used + gap + cells <= self.width;
        let part_fits = cells > self.width && self.used + gap + ROOM_FOR_A_PART <= self.width;
        if fits || part_fits {
            self.write_gap(gap, looks[0].1);
        } else if self.used > 0 {
            self.end_line(if self.blanks > 0 { Joint::Blank } else { Joint::Inside });
        }
        self.blanks = 0;
        let mut start = 0;
        for (end, look) in &looks {
            if fits || cells <= self.width {
                self.write(&word[start..*end], *look);
            } else {
                self.write_parts(&word[start..*end], *look);
            }
            start = *end;
        }
        self.used += if cells <= self.width { cells } else { 0 };
        (self.word, self.looks) = (word, looks);
        self.word.clear();
        self.looks.clear();
    }

    /// Writes a word longer than a line, grapheme by grapheme.
    fn write_parts(&mut self, text: &str, look: Look) {
        for (part, cells) in parts_within(text, self.width) {
            if self.used + cells > self.width {
                self.end_line(Joint::Inside);
            }
            self.write(part, look);
            self.used += cells;
        }
    }

    /// Writes blanks; they look like the words around them where both look alike.
    fn write_gap(&mut self, blanks: usize, after: Look) {
        if blanks == 0 {
            return;
        }
        let alike = self.line.last().is_some_and(|span| after.fits(span));
        let look = if alike { after } else { Look { tone: after.tone, ..Look::default() } };
        let look = if alike || after.link.is_none() { look } else { Look::default() };
        match BLANKS.get(..blanks) {
            Some(text) => self.write(text, look),
            None => self.write(&" ".repeat(blanks), look),
        }
        self.used += blanks;
    }

    fn write(&mut self, text: &str, look: Look) {
        match self.line.last_mut() {
            Some(span) if look.fits(span) => span.text.push_str(text),
            _ => self.line.push(look.span(text)),
        }
    }

    /// Ends the line; `next` is how the one below goes on.
    fn end_line(&mut self, next: Joint) {
        self.lines.push((std::mem::replace(&mut self.joint, next), std::mem::take(&mut self.line)));
        self.used = 0;
        self.blanks = 0;
        self.fresh = next == Joint::Begins;
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::rich::wrap;

    #[test]
    fn a_number_keeps_its_unit() {
        assert_eq!(wrap("trying again in 7 s.", 17), ["trying again in", "7 s."]);
        assert_eq!(wrap("page 7 says", 6), ["page 7", "says"]);
        assert_eq!(wrap("12 s", 2), ["12", "s"], "unless there is no room for both");
    }
}

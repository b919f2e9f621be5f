//! Collects the words of one paragraph: collapses blanks as HTML does, cleans, marks macros.

use crate::domain::text::Clean;

use super::document::{Card, Inline, Style};

/// The words of the paragraph being read.
#[derive(Default)]
pub(super) struct Inlines {
    done: Vec<Inline>,
    /// Words of one style, decoded and collapsed, not yet cleaned.
    run: String,
    style: Style,
    link: Option<u16>,
    /// Whether a blank was read since the last word of this line.
    blank: bool,
    /// Whether this line has a word or a card before.
    begun: bool,
}

impl Inlines {
    /// Adds decoded text in a style.
    pub(super) fn text(&mut self, text: &str, style: Style, link: Option<u16>) {
        if text.chars().all(collapsible) {
            self.blank |= !text.is_empty();
            return;
        }
        if (style, link) != (self.style, self.link) {
            if self.blank && self.link.is_none() {
                self.write_blank();
            }
            self.end_run();
            (self.style, self.link) = (style, link);
        }
        if is_collapsed(text) {
            self.blank |= text.starts_with(' ');
            self.words(text.trim_matches(' '));
            self.blank = text.ends_with(' ');
            return;
        }
        for (position, word) in text.split(collapsible).enumerate() {
            self.blank |= position > 0;
            if !word.is_empty() {
                self.words(word);
            }
        }
    }

    /// Adds words that need no collapsing.
    fn words(&mut self, words: &str) {
        self.write_blank();
        self.begun = true;
        if words.contains('\u{AD}') {
            // A soft hyphen is a hint where to break a word, and breaking is decided by the layout.
            self.run.extend(words.split('\u{AD}'));
        } else {
            self.run.push_str(words);
        }
    }

    /// Adds a line break.
    pub(super) fn line_break(&mut self) {
        self.end_run();
        self.done.push(Inline::Break);
        self.blank = false;
        self.begun = false;
    }

    /// Adds a picture.
    pub(super) fn card(&mut self, card: Card) {
        self.write_blank();
        self.end_run();
        self.done.push(Inline::Card(card));
        self.begun = true;
    }

    /// The paragraph so far, without blanks and breaks at its ends.
    pub(super) fn take(&mut self) -> Vec<Inline> {
        self.end_run();
        self.blank = false;
        self.begun = false;
        let mut done = std::mem::take(&mut self.done);
        while done.last() == Some(&Inline::Break) {
            done.pop();
        }
        let leading = done.iter().take_while(|inline| **inline == Inline::Break).count();
        done.drain(..leading);
        done
    }

    fn write_blank(&mut self) {
        if self.blank && self.begun {
            self.run.push(' ');
        }
        self.blank = false;
    }

    fn end_run(&mut self) {
        if self.run.is_empty() {
            return;
        }
        let text = Clean::text(&self.run);
        self.run.clear();
        let (style, link) = (self.style, self.link);
        let mut rest = text.as_str();
        if !rest.as_bytes().contains(&b'{') || !rest.contains("{{") {
            self.done.push(Inline::Text { text, style, link, is_macro: false });
            return;
        }
        while let Some((start, end)) = next_macro(rest) {
            self.push_part(&rest[..start], false);
            self.push_part(&rest[start..end], true);
            rest = &rest[end..];
        }
        self.push_part(rest, false);
    }

    fn push_part(&mut self, part: &str, is_macro: bool) {
        if !part.is_empty() {
            let text = Clean::text(part);
            self.done.push(Inline::Text { text, style: self.style, link: self.link, is_macro });
        }
    }
}

/// Blanks that HTML collapses, and the line separators that are none in a paragraph. A no-break space stays.
fn collapsible(character: char) -> bool {
    matches!(character, ' ' | '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a text that is not blank is ASCII with single spaces, as nearly all are: then nothing of it collapses.
fn is_collapsed(text: &str) -> bool {
    let mut before = b'x';
    text.bytes().all(|byte| {
        let fine = matches!(byte, b'!'..=b'~') || (byte == b' ' && before != b' ');
        before = byte;
        fine
    })
}

/// Where the next `{{ … }}` begins and ends.
fn next_macro(text: &str) -> Option<(usize, usize)> {
    let start = text.find("{{")?;
    let end = start + text[start..].find("}}")? + 2;
    Some((start, end))
}

/// The words of `inline` on one line.
pub(crate) fn plain(inline: &[Inline]) -> String {
    let mut out = String::new();
    for piece in inline {
        match piece {
            Inline::Text { text, .. } => out.push_str(text),
            Inline::Break => out.push(' '),
            Inline::Card(card) => out.push_str(&card.label),
        }
    }
    out
}

//! The words of a body on one line, for lists and subjects: a scan over the tags, no tree.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::domain::text::{Clean, LINE_LIMIT};

use super::entities::decode;
use super::scan::{Kind, Scan};
use super::tags::Tag;

/// The words of `html` on one line, at most `limit` graphemes of them (`…` included where some were cut). A picture
/// contributes its alternative text.
pub fn words(html: &str, limit: usize) -> Clean {
    let limit = limit.min(LINE_LIMIT);
    let mut line = Line { text: String::new(), blank: false, bytes: 8 * limit + 64 };
    if !html.contains(['<', '&']) {
        line.add(html);
        return line.cut(limit);
    }
    for token in Scan::new(html) {
        if line.full() {
            break;
        }
        match token.kind {
            Kind::Text(text) => line.add(&decode(text)),
            Kind::Start { tag: Tag::Image, attributes, .. } => {
                line.add(&super::attributes::value(attributes, "alt").unwrap_or_default());
            }
            Kind::Start { tag, .. } | Kind::End { tag, .. } => {
                line.blank |= tag.block() || tag == Tag::Break;
            }
            Kind::Nothing => {}
        }
    }
    line.cut(limit)
}

/// A line that collapses its blanks and stops growing when it is long enough.
struct Line {
    text: String,
    blank: bool,
    /// Grows no further than this.
    bytes: usize,
}

impl Line {
    fn full(&self) -> bool {
        self.text.len() > self.bytes
    }

    fn add(&mut self, text: &str) {
        for (position, word) in text.split(char::is_whitespace).enumerate() {
            self.blank |= position > 0;
            if word.is_empty() {
                continue;
            }
            if self.full() {
                return;
            }
            if self.blank && !self.text.is_empty() {
                self.text.push(' ');
            }
            self.blank = false;
            self.text.push_str(word);
        }
    }

    fn cut(&self, limit: usize) -> Clean {
        let line = Clean::line(&self.text);
        let mut graphemes = line.grapheme_indices(true);
        let last = if limit == 0 { None } else { graphemes.nth(limit - 1) };
        match last {
            _ if limit == 0 => Clean::default(),
            Some((at, _)) if graphemes.next().is_some() => {
                Clean::line(&format!("{}…", line[..at].trim_end()))
            }
            _ => line,
        }
    }
}

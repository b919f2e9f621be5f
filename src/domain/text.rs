//! Text from other people: what may be shown ([`Clean`]), what must never change ([`Raw`]), and how wide text is.
//!
//! Customers write most of what this program displays. Only [`Clean`] text may reach a screen, a title, a clipboard,
//! a notification or a log; [`reveal`] is the one way to look at a [`Raw`] body without altering its meaning. This
//! module refuses to know about terminals: it names characters and counts cells, it draws nothing.

mod cells;
mod characters;
mod cleaning;
mod revealing;
mod sequences;
#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Deref;

use characters::{ESCAPE_MARK, REMOVED_MARK};

pub use cells::{fit, pad, width};
pub(crate) use cells::{grapheme_width, parts_within};
pub use revealing::reveal;

/// The most graphemes a [`Clean::line`] holds, the closing `…` included.
pub const LINE_LIMIT: usize = 4_096;

/// Text that may be shown.
///
/// It holds no control characters (but `\n`, in [`Clean::text`]), escape sequences, bidirectional controls, lone
/// zero-width or tag characters, noncharacters or towers of combining marks. A run of removed characters leaves one
/// visible mark: `␛` where an escape sequence stood, `�` elsewhere.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clean(Box<str>);

impl Clean {
    /// One line: runs of blanks that hold a line break, tab or other space control become one space, both ends are
    /// trimmed, joined emoji become their first emoji, and more than [`LINE_LIMIT`] graphemes end in `…`.
    pub fn line(raw: &str) -> Self {
        Self(cleaning::line(raw).into_boxed_str())
    }

    /// Many lines: every kind of line break becomes `\n`, a tab becomes blanks to the next multiple of four cells.
    /// Blanks are kept where they stand and the length is not capped.
    pub fn text(raw: &str) -> Self {
        Self(cleaning::text(raw).into_boxed_str())
    }

    /// Our own words, which are clean because we wrote them.
    pub fn fixed(words: &'static str) -> Self {
        Self::text(words)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there is anything to read: more than blanks and marks of what was taken out.
    pub fn has_words(&self) -> bool {
        self.0.chars().any(|c| !c.is_whitespace() && !matches!(c, ESCAPE_MARK | REMOVED_MARK))
    }

    /// The text as an owned string.
    pub fn into_string(self) -> String {
        self.0.into_string()
    }
}

impl AsRef<str> for Clean {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Deref for Clean {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Clean {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// Text exactly as its author wrote it: what is edited, compared and sent. It is never altered, and never shown but
/// through [`reveal`] or [`Clean`]; for that reason it has no `Display` and its `Debug` says only how long it is.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Raw(String);

impl Raw {
    /// Takes the text as it is.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, unaltered and unsafe to show.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, unaltered and unsafe to show, as an owned string.
    pub fn into_string(self) -> String {
        self.0
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<String> for Raw {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Raw {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Raw({} bytes)", self.0.len())
    }
}

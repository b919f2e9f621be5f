//! A line, its spans, and what a span means.

use crate::domain::html::Colour;
use crate::domain::text::width;

/// One line on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// From left to right. A line without spans is empty.
    pub spans: Vec<Span>,
    /// Where the line belongs to a table that is wider than the text: which one, and what moves.
    pub wide: Option<Wide>,
    /// How it goes on from the line above.
    pub joint: Joint,
    /// Bytes at its left that are bars, bullets and indents, not words.
    pub margin: usize,
}

/// How a line goes on from the one above.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Joint {
    /// It does not: it begins something.
    #[default]
    Begins,
    /// The line above was full, and a blank stood here.
    Blank,
    /// The line above was full, and nothing stood here: a long word was parted, or a script without blanks.
    Inside,
}

/// A line's part in a table that is wider than the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wide {
    /// The table's place in [`Flow::tables`](super::Flow::tables).
    pub table: usize,
    /// Cells at the left that belong to what is around the table and stay where they are.
    pub fixed: usize,
    /// Whether this line is the room for saying that the table goes on.
    pub is_hint: bool,
}

impl Line {
    /// The cells this line takes.
    pub fn width(&self) -> usize {
        self.spans.iter().map(|span| width(&span.text)).sum()
    }

    /// The line's words without their meaning.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

/// Words of one meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent ways to set type")]
pub struct Span {
    /// Clean text, without line breaks.
    pub text: String,
    /// What the words are.
    pub tone: Tone,
    /// Bold.
    pub strong: bool,
    /// Italic.
    pub emphasis: bool,
    /// Underlined.
    pub underline: bool,
    /// Struck through.
    pub strike: bool,
    /// The number of the link the words belong to.
    pub link: Option<u16>,
}

/// What words are, for a theme to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Running text.
    #[default]
    Plain,
    /// Less important than text: folded history, hosts.
    Dim,
    /// A heading of this level.
    Heading(u8),
    /// Code.
    Code,
    /// Quoted words and the bar beside them.
    Quote,
    /// Bullets, numbers, link numbers, gutters, frames of tables.
    Mark,
    /// Words that are linked.
    Link,
    /// A template macro.
    Macro,
    /// Something that is not text.
    Card,
    /// A horizontal rule.
    Rule,
    /// The bar and label of a callout.
    Callout(Colour),
    /// Words that were added.
    Added,
    /// Words that were removed.
    Removed,
    /// Words that were searched for.
    Match,
}

/// A span's meaning without its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the ways to set type that a span has")]
pub(crate) struct Look {
    pub(crate) tone: Tone,
    pub(crate) strong: bool,
    pub(crate) emphasis: bool,
    pub(crate) underline: bool,
    pub(crate) strike: bool,
    pub(crate) link: Option<u16>,
}

impl Look {
    /// A tone and nothing else.
    pub(crate) fn of(tone: Tone) -> Self {
        Self { tone, ..Self::default() }
    }

    /// Words that look so.
    pub(crate) fn span(self, text: impl Into<String>) -> Span {
        let Self { tone, strong, emphasis, underline, strike, link } = self;
        Span { text: text.into(), tone, strong, emphasis, underline, strike, link }
    }

    /// Whether `span` looks so.
    pub(crate) fn fits(self, span: &Span) -> bool {
        let Span { tone, strong, emphasis, underline, strike, link, .. } = *span;
        self == Self { tone, strong, emphasis, underline, strike, link }
    }
}

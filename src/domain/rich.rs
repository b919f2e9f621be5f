//! Stand-in until the text branch is merged.
use super::html::Document;
/// Colour of a callout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Colour {
    /// Yellow.
    Yellow,
    /// Blue.
    Blue,
    /// Red.
    Red,
    /// Green.
    Green,
    /// Grey.
    Grey,
}
/// Tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Tone {
    /// Plain.
    #[default]
    Plain,
    /// Dim.
    Dim,
    /// Heading.
    Heading(u8),
    /// Code.
    Code,
    /// Quote.
    Quote,
    /// Bullets, numbers.
    Mark,
    /// Link.
    Link,
    /// Macro.
    Macro,
    /// Card.
    Card,
    /// Rule.
    Rule,
    /// Callout.
    Callout(Colour),
    /// Added.
    Added,
    /// Removed.
    Removed,
    /// Match.
    Match,
}
/// Span.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Span {
    /// Clean text.
    pub text: String,
    /// Tone.
    pub tone: Tone,
    /// Strong.
    pub strong: bool,
    /// Emphasis.
    pub emphasis: bool,
    /// Underline.
    pub underline: bool,
    /// Link number.
    pub link: Option<u16>,
}
/// Line.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Line {
    /// Spans.
    pub spans: Vec<Span>,
}
/// Lines of a document for a width.
pub fn flow(_document: &Document, _width: u16, _fold_history: bool) -> Vec<Line> {
    Vec::new()
}
/// Wraps clean text.
pub fn wrap(text: &str, _width: u16) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

//! Which piece of what is typed is what, for colouring it while it is typed. Never fails; refuses to judge the whole.

use std::ops::Range;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// The name of a field that is known, with its colon.
    Field,
    /// A word before a colon that is no known field.
    Unknown,
    /// An operator: a sign, or a word with its colon.
    Operator,
    /// What a field is compared with.
    Value,
    /// A value that nobody knows of a field whose values are known. It is sent as it is.
    Odd,
    /// Free text.
    Words,
    /// Cannot be read.
    Wrong,
}

/// A piece of what is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes.
    pub at: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

/// The pieces of a text in their order; blanks between them belong to none.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut start = 0;
    for word in text.split_whitespace() {
        let at = text[start..].find(word).map_or(start, |at| start + at);
        start = at + word.len();
        found.push(Token { at: at..start, kind: TokenKind::Words });
    }
    found
}

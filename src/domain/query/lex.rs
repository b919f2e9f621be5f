//! Words of the search language with the positions of their pieces. The one scanner under reading, colouring and completing;
//! never fails and judges nothing.

use std::ops::Range;

use super::parse::wrong;
use super::{Field, Operator, Wrong};

/// An operator as it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sign {
    /// Its bytes, without the colons around it.
    pub(super) at: Range<usize>,
    /// Which one; none for a word that is none.
    pub(super) read: Option<Operator>,
}

/// A word: free text, or a field with what it is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// All of it.
    pub(super) at: Range<usize>,
    /// The name before the first colon; none for free text.
    pub(super) name: Option<Range<usize>>,
    /// The operator, when one is written.
    pub(super) sign: Option<Sign>,
    /// The rest, with its quotes; the whole word for free text.
    pub(super) value: Range<usize>,
    /// Where a quote stands that is never closed.
    pub(super) open: Option<usize>,
}

/// Signs, the longer ones before what they begin with.
const SIGNS: [(&str, Operator); 6] = [
    (">=", Operator::GreaterOrEqual),
    ("<=", Operator::LessOrEqual),
    ("!=", Operator::NotEqual),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("=", Operator::Equal),
];

/// The words of a text in their order. Blanks divide words, except in quotes.
pub(super) fn words(source: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut start = None;
    let mut quotes = Quotes::default();
    for (at, c) in source.char_indices() {
        if c.is_whitespace() && !quotes.inside() {
            found.extend(start.take().map(|start| word(source, start..at, None)));
            quotes = Quotes::default();
        } else {
            start.get_or_insert(at);
            quotes.step(at, c);
        }
    }
    found.extend(start.map(|start| word(source, start..source.len(), quotes.open)));
    found
}

/// The places of the words, for languages that have the same words and quotes.
///
/// # Errors
/// Where a quote is never closed.
pub fn spans(source: &str) -> Result<Vec<Range<usize>>, Wrong> {
    words(source).into_iter().map(|word| closed(source, &word).map(|()| word.at)).collect()
}

/// That no quote of a word stays open.
pub(super) fn closed(source: &str, word: &Word) -> Result<(), Wrong> {
    let open =
        word.open.map(|open| wrong(open..source.len(), "This quote is never closed; add a \" at the end."));
    open.map_or(Ok(()), Err)
}

/// What stands in quotes. A quote opens at the beginning of a word and behind a colon, a sign or a comma; elsewhere it is a
/// letter like others.
#[derive(Default)]
struct Quotes {
    open: Option<usize>,
    escaped: bool,
    last: Option<char>,
}

impl Quotes {
    fn inside(&self) -> bool {
        self.open.is_some()
    }

    /// Takes a character; false for one that only marks: a quote that opens or closes, a backslash before one.
    fn step(&mut self, at: usize, c: char) -> bool {
        let letter = match (self.inside(), self.escaped, c) {
            (true, false, '\\') => {
                self.escaped = true;
                return false;
            }
            (true, false, '"') => {
                self.open = None;
                false
            }
            (false, _, '"') if self.opens() => {
                self.open = Some(at);
                false
            }
            _ => true,
        };
        (self.escaped, self.last) = (false, Some(c));
        letter
    }

    fn opens(&self) -> bool {
        matches!(self.last, None | Some(':' | '<' | '>' | '=' | '!' | ','))
    }
}

/// The item of a list in a value that a cursor in it is at. Commas in quotes part nothing.
pub(super) fn item(source: &str, value: Range<usize>, cursor: usize) -> Range<usize> {
    let (mut start, mut quotes) = (value.start, Quotes::default());
    for (at, c) in source[value.clone()].char_indices().map(|(at, c)| (value.start + at, c)) {
        let parts = c == ',' && !quotes.inside();
        quotes.step(at, c);
        if parts && at >= cursor {
            return start..at;
        }
        if parts {
            start = at + 1;
        }
    }
    start..value.end
}

/// A value without its quotes, without blanks around it.
pub fn unquoted(raw: &str) -> String {
    let mut value = String::with_capacity(raw.len());
    let mut quotes = Quotes::default();
    for (at, c) in raw.char_indices() {
        let escaped = quotes.escaped;
        if quotes.step(at, c) {
            if escaped && !matches!(c, '"' | '\\') {
                value.push('\\');
            }
            value.push(c);
        }
    }
    value.trim().to_owned()
}

fn word(source: &str, at: Range<usize>, open: Option<usize>) -> Word {
    let text = &source[at.clone()];
    let Some((name, rest)) = name(text) else {
        return Word { value: at.clone(), at, name: None, sign: None, open };
    };
    let begin = at.start + rest;
    let (sign, skip) = sign(&text[..name], &text[rest..]);
    let sign = sign.map(|(length, read)| Sign { at: begin..begin + length, read });
    Word { name: Some(at.start..at.start + name), sign, value: begin + skip..at.end, at, open }
}

/// Where the name ends and where what follows begins. A name has a colon behind it; a known one may have a sign instead.
fn name(text: &str) -> Option<(usize, usize)> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))?;
    let name = &text[..end];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    match text[end..].strip_prefix(':') {
        // An address, not a field.
        Some(rest) if rest.starts_with("//") => None,
        Some(_) => Some((end, end + 1)),
        None => {
            let signed = text[end..].starts_with(['<', '>', '=', '!']);
            let known = Field::named(&name.to_ascii_lowercase()).is_some();
            (signed && known && sign("", &text[end..]).0.is_some()).then_some((end, end))
        }
    }
}

type Read = (usize, Option<Operator>);

/// The operator at the beginning of what follows a name, with its length, and how much it takes off.
fn sign(name: &str, rest: &str) -> (Option<Read>, usize) {
    // What these take is never compared.
    if matches!(name.to_ascii_lowercase().as_str(), "q" | "limit" | "starting_after") {
        return (None, 0);
    }
    if let Some((sign, operator)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
        return (Some((sign.len(), Some(*operator))), sign.len());
    }
    let length = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    match rest[length..].strip_prefix(':') {
        Some(after) if length > 0 && !after.starts_with("//") => {
            (Some((length, Operator::of(&rest[..length]))), length + 1)
        }
        _ => (None, 0),
    }
}

impl Operator {
    /// The operator of a word, in any case.
    fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| known.eq_ignore_ascii_case(word)).map(|(operator, _)| *operator)
    }
}

//! Cuts HTML into tags and text, by byte. Every byte belongs to exactly one token, every input is accepted, and the
//! cost is linear: whatever is never closed is taken as text or to the end, once.

use super::tags::Tag;

/// One piece of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'html> {
    pub(super) kind: Kind<'html>,
    /// Where the piece begins in the source, in bytes.
    pub(super) start: usize,
    /// Where it ends; the next one begins there.
    pub(super) end: usize,
}

/// How far a source was cut, for going on later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Where the next piece begins, in bytes.
    pub(super) at: usize,
    last_close: usize,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'html> {
    /// Text with its character references not yet decoded.
    Text(&'html str),
    /// A start tag. For elements with raw content the piece reaches past the end tag.
    Start { tag: Tag, name: &'html str, attributes: &'html str },
    /// An end tag.
    End { tag: Tag, name: &'html str },
    /// A comment, a document type or another thing without meaning here.
    Nothing,
}

/// An iterator over the tokens of a source.
pub(super) struct Scan<'html> {
    source: &'html str,
    at: usize,
    /// The last `>` of the source is before this; a tag opened after it is text.
    last_close: usize,
}

impl<'html> Scan<'html> {
    pub(super) fn new(source: &'html str) -> Self {
        Self { source, at: 0, last_close: source.rfind('>').map_or(0, |at| at + 1) }
    }

    /// Goes on with the same source.
    pub(super) fn resumed(source: &'html str, mark: Mark) -> Self {
        Self { source, at: mark.at, last_close: mark.last_close }
    }

    /// Where cutting stands.
    pub(super) fn mark(&self) -> Mark {
        Mark { at: self.at, last_close: self.last_close }
    }

    /// The length of the text at `from`: up to the next thing that is a tag.
    fn text_end(&self, from: usize) -> usize {
        let mut at = from;
        while let Some(found) = self.source[at..].find('<') {
            let here = at + found;
            if here >= self.last_close {
                break;
            }
            match self.source.as_bytes().get(here + 1) {
                Some(b'!' | b'/' | b'?' | b'a'..=b'z' | b'A'..=b'Z') => return here,
                _ => at = here + 1,
            }
        }
        self.source.len()
    }

    fn markup(&mut self, start: usize) -> Token<'html> {
        let rest = &self.source[start..];
        match rest.as_bytes().get(1) {
            Some(b'!') if rest.starts_with("<!--") => self.nothing(start, comment(rest)),
            Some(b'!' | b'?') => self.nothing(start, bogus(rest)),
            Some(b'/') if !rest.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic) => {
                self.nothing(start, bogus(rest))
            }
            Some(b'/') => self.end_tag(start),
            _ => self.start_tag(start),
        }
    }

    fn nothing(&mut self, start: usize, length: Option<usize>) -> Token<'html> {
        match length {
            Some(length) => Token { kind: Kind::Nothing, start, end: start + length },
            None => self.unclosed(start),
        }
    }

    fn end_tag(&mut self, start: usize) -> Token<'html> {
        let inside = &self.source[start + 2..];
        let name = &inside[..name_length(inside)];
        let Some(length) = tag_length(inside) else {
            return self.unclosed(start);
        };
        Token { kind: Kind::End { tag: Tag::of(name), name }, start, end: start + 2 + length }
    }

    fn start_tag(&mut self, start: usize) -> Token<'html> {
        let inside = &self.source[start + 1..];
        let name = &inside[..name_length(inside)];
        let Some(length) = tag_length(inside) else {
            return self.unclosed(start);
        };
        let tag = Tag::of(name);
        let attributes = &inside[name.len()..length - 1];
        let mut end = start + 1 + length;
        if tag.raw_content() {
            end += raw_length(&self.source[end..], name);
        }
        Token { kind: Kind::Start { tag, name, attributes }, start, end }
    }

    /// What never ends is text to the last byte, so that an open quotation mark or comment hides nothing.
    fn unclosed(&mut self, start: usize) -> Token<'html> {
        self.last_close = start;
        Token { kind: Kind::Text(&self.source[start..]), start, end: self.source.len() }
    }
}

impl<'html> Iterator for Scan<'html> {
    type Item = Token<'html>;

    fn next(&mut self) -> Option<Token<'html>> {
        let start = self.at;
        if start >= self.source.len() {
            return None;
        }
        let text_end = self.text_end(start);
        let token = if text_end > start {
            Token { kind: Kind::Text(&self.source[start..text_end]), start, end: text_end }
        } else {
            self.markup(start)
        };
        self.at = token.end;
        Some(token)
    }
}

/// The length of a thing that is no tag and ends at the next `>`.
fn bogus(rest: &str) -> Option<usize> {
    rest.find('>').map(|at| at + 1)
}

/// The length of the comment that `rest` starts with, if it ends.
fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("<!-->") {
        return Some(5);
    }
    if rest.starts_with("<!--->") {
        return Some(6);
    }
    rest[4..].find("-->").map(|at| at + 7)
}

fn name_length(inside: &str) -> usize {
    inside
        .bytes()
        .take_while(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C' | b'/' | b'>'))
        .count()
}

/// The length of a tag from its name to its `>`; a `>` inside a quoted value does not end it.
fn tag_length(inside: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in inside.bytes().enumerate() {
        match (quote, byte) {
            (Some(mark), _) if mark == byte => quote = None,
            (Some(_), _) => continue,
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, _) => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    None
}

/// The length of raw content with its end tag; everything, when the end tag is missing.
fn raw_length(rest: &str, name: &str) -> usize {
    let mut at = 0;
    while let Some(found) = rest[at..].find("</") {
        let after = at + found + 2;
        let named = rest.get(after..after + name.len()).is_some_and(|text| text.eq_ignore_ascii_case(name));
        if named && name_length(&rest[after..]) == name.len() {
            return rest[after..].find('>').map_or(rest.len(), |end| after + end + 1);
        }
        at = after;
    }
    rest.len()
}

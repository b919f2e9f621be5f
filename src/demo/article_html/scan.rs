//! A tolerant, iterative tag scanner: it cuts HTML into texts and tags and never fails.

/// A start tag, as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// The whole tag with its angle brackets.
    pub(crate) raw: &'a str,
    written_name: &'a str,
}

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Text between tags, entities as written.
    Text(&'a str),
    /// A start tag.
    Open(Tag<'a>),
    /// An end tag.
    Close {
        /// The element's name as written.
        name: &'a str,
        /// The whole tag.
        raw: &'a str,
    },
    /// A comment, a document type or a processing instruction.
    Aside(&'a str),
}

impl<'a> Tag<'a> {
    /// The element's name in lower case.
    pub(crate) fn name(&self) -> &'a str {
        // Stored HTML is lower case; only foreign names need the table.
        KNOWN
            .iter()
            .find(|known| known.eq_ignore_ascii_case(self.written_name))
            .copied()
            .unwrap_or(self.written_name)
    }

    /// Everything between the name and the closing bracket, as written.
    pub(crate) fn rest(&self) -> &'a str {
        let after = self.raw.get(1 + self.written_name.len()..).unwrap_or("");
        after.strip_suffix('>').unwrap_or(after)
    }

    /// The value of an attribute, without quotes, entities as written.
    pub(crate) fn attribute(&self, wanted: &str) -> Option<&'a str> {
        let mut rest = self.rest();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
            // A stray `=` would otherwise never be consumed.
            let (name, after) = rest.split_at(end.max(usize::from(rest.starts_with('='))));
            let (value, after) = attribute_value(after);
            if name.eq_ignore_ascii_case(wanted) {
                return Some(value);
            }
            rest = after;
        }
    }
}

fn attribute_value(after: &str) -> (&str, &str) {
    let Some(value) = after.trim_start().strip_prefix('=') else {
        return ("", after);
    };
    let value = value.trim_start();
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    let end = value.find(char::is_whitespace).unwrap_or(value.len());
    value.split_at(end)
}

const KNOWN: [&str; 40] = [
    "p",
    "br",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "img",
    "ul",
    "ol",
    "li",
    "table",
    "tbody",
    "thead",
    "tr",
    "td",
    "th",
    "iframe",
    "pre",
    "code",
    "b",
    "strong",
    "i",
    "em",
    "div",
    "span",
    "form",
    "input",
    "script",
    "style",
    "dl",
    "dt",
    "dd",
    "details",
    "summary",
    "blockquote",
    "u",
];

/// Cuts `html` into pieces; joined again they give the same bytes.
pub(crate) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut text_start = 0;
    let mut at = 0;
    // Behind the last `>` no tag can end, so nothing there is worth scanning for one.
    let last = html.rfind('>').map_or(0, |end| end + 1);
    while let Some(offset) = html.get(at..last).and_then(|rest| rest.find('<')) {
        let start = at + offset;
        let Some((piece, length)) = piece_at(html.get(start..).unwrap_or("")) else {
            at = start + 1;
            continue;
        };
        push_text(&mut found, html, text_start, start);
        found.push(piece);
        at = start + length;
        text_start = at;
    }
    push_text(&mut found, html, text_start, html.len());
    found
}

fn push_text<'a>(found: &mut Vec<Piece<'a>>, html: &'a str, start: usize, end: usize) {
    if let Some(text) = html.get(start..end).filter(|text| !text.is_empty()) {
        found.push(Piece::Text(text));
    }
}

fn piece_at(rest: &str) -> Option<(Piece<'_>, usize)> {
    if rest.starts_with("<!--") {
        let length = rest.find("-->").map_or(rest.len(), |end| end + 3);
        return Some((Piece::Aside(rest.get(..length)?), length));
    }
    let second = rest.as_bytes().get(1)?;
    if matches!(second, b'!' | b'?') {
        let length = rest.find('>').map_or(rest.len(), |end| end + 1);
        return Some((Piece::Aside(rest.get(..length)?), length));
    }
    let closing = *second == b'/';
    let name_start = if closing { 2 } else { 1 };
    let after = rest.get(name_start..)?;
    if !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name_end = after.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(after.len());
    let name = after.get(..name_end)?;
    let length = tag_length(rest)?;
    let raw = rest.get(..length)?;
    let piece =
        if closing { Piece::Close { name, raw } } else { Piece::Open(Tag { raw, written_name: name }) };
    Some((piece, length))
}

/// Where the tag ends: the first `>` outside quotes.
fn tag_length(rest: &str) -> Option<usize> {
    let mut quote = None;
    let mut previous = b' ';
    for (index, &byte) in rest.as_bytes().iter().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            // A quote only opens a value; one inside a bare word is a character like any other.
            None if matches!(byte, b'"' | b'\'') && previous == b'=' => quote = Some(byte),
            None if byte == b'>' => return Some(index + 1),
            Some(_) | None => {}
        }
        if !byte.is_ascii_whitespace() {
            previous = byte;
        }
    }
    None
}

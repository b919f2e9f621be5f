//! Reads and changes the attributes of one start tag, every other byte of which stays.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::domain::html::{decoded_value, pieces};

/// The decoded value of an attribute, if the tag has it.
pub(super) fn value<'html>(tag: &'html str, name: &str) -> Option<Cow<'html, str>> {
    find(tag, name).map(|found| decoded_value(&tag[found.value]))
}

/// The tag with another value for one attribute, which is added when it is not there.
pub(super) fn with_value(tag: &str, name: &str, value: &str) -> String {
    if let Some(found) = find(tag, name) {
        return format!(
            "{}{name}=\"{}\"{}",
            &tag[..found.whole.start],
            escaped(value),
            &tag[found.whole.end..]
        );
    }
    // A slash at the end closes the tag, unless it is the end of a value without quotation marks.
    let inside = tag.strip_suffix('>').unwrap_or(tag).trim_end();
    let told = Attributes::of(tag).map(|found| found.whole.end).max().unwrap_or(0);
    let closed = inside.strip_suffix('/').filter(|inside| inside.len() >= told);
    let end = closed.unwrap_or(inside).trim_end().len();
    format!("{} {name}=\"{}\"{}", &tag[..end], escaped(value), &tag[end..])
}

/// Tags without the ids that are `known`, to which the others are added.
pub(super) fn once<'html>(tags: &'html str, known: &mut BTreeSet<String>) -> Cow<'html, str> {
    let mut kept = String::new();
    let (mut at, mut from) = (0, 0);
    for piece in pieces(tags).filter(|_| tags.contains('=')) {
        if let Some(id) =
            find(piece.source, "id").filter(|id| !known.insert(piece.source[id.value.clone()].into()))
        {
            kept.push_str(tags[from..at + id.whole.start].trim_end());
            from = at + id.whole.end;
        }
        at += piece.source.len();
    }
    if from == 0 { tags.into() } else { (kept + &tags[from..]).into() }
}

/// A value as it stands between double quotation marks.
pub(super) fn escaped(value: &str) -> String {
    value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

/// All attributes of a tag: names in small letters, values decoded.
pub(super) fn all(tag: &str) -> Vec<(String, String)> {
    let pair =
        |found: Found| (tag[found.name].to_ascii_lowercase(), decoded_value(&tag[found.value]).into_owned());
    Attributes::of(tag).map(pair).collect()
}

fn find(tag: &str, name: &str) -> Option<Found> {
    Attributes::of(tag).find(|found| tag[found.name.clone()].eq_ignore_ascii_case(name))
}

/// Where an attribute stands in its tag.
struct Found {
    whole: Range<usize>,
    name: Range<usize>,
    value: Range<usize>,
}

struct Attributes<'html> {
    tag: &'html str,
    at: usize,
    end: usize,
}

impl<'html> Attributes<'html> {
    fn of(tag: &'html str) -> Self {
        let at = tag
            .bytes()
            .take_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>'))
            .count();
        Self { tag, at, end: tag.strip_suffix('>').unwrap_or(tag).len() }
    }

    fn skip(&mut self, test: impl Fn(u8) -> bool) -> usize {
        while self.at < self.end && test(self.tag.as_bytes()[self.at]) {
            self.at += 1;
        }
        self.at
    }

    fn blanks(&mut self) -> usize {
        self.skip(|byte| byte.is_ascii_whitespace())
    }

    /// The value behind an equals sign, with its quotation marks passed over.
    fn value(&mut self) -> Range<usize> {
        let start = self.blanks();
        let Some(mark) = self.tag.as_bytes().get(start).copied().filter(|_| start < self.end) else {
            return start..start;
        };
        if !matches!(mark, b'"' | b'\'') {
            return start..self.skip(|byte| !byte.is_ascii_whitespace());
        }
        self.at += 1;
        let end = self.skip(|byte| byte != mark);
        self.at = (end + 1).min(self.end);
        start + 1..end
    }
}

impl Iterator for Attributes<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        let start = self.skip(|byte| byte.is_ascii_whitespace() || byte == b'/');
        if start >= self.end {
            return None;
        }
        self.at += 1;
        let name = start..self.skip(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'/'));
        let after = self.blanks();
        if self.tag.as_bytes().get(after) != Some(&b'=') || after >= self.end {
            self.at = name.end;
            return Some(Found { whole: name.clone(), value: name.end..name.end, name });
        }
        self.at += 1;
        let value = self.value();
        Some(Found { whole: start..self.at, name, value })
    }
}

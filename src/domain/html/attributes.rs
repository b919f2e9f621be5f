//! Reads attributes out of a start tag's source.

use std::borrow::Cow;

use super::entities::decode_attribute;

/// The decoded value of the first attribute called `name` (lower case); empty for one without a value.
pub(super) fn value<'html>(attributes: &'html str, name: &str) -> Option<Cow<'html, str>> {
    Pairs(attributes)
        .find(|(found, _)| found.eq_ignore_ascii_case(name))
        .map(|(_, value)| decode_attribute(value))
}

/// Whether the attribute `class` has a class for which `test` holds.
pub(super) fn has_class(attributes: &str, test: impl Fn(&str) -> bool) -> bool {
    value(attributes, "class").is_some_and(|classes| classes.split_ascii_whitespace().any(test))
}

/// The value of `property` in the attribute `style`.
pub(super) fn style(attributes: &str, property: &str) -> Option<String> {
    let style = value(attributes, "style")?;
    style.split(';').find_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        name.trim().eq_ignore_ascii_case(property).then(|| value.trim().to_owned())
    })
}

/// Names and raw values, in order.
struct Pairs<'html>(&'html str);

impl<'html> Iterator for Pairs<'html> {
    type Item = (&'html str, &'html str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest =
            self.0.trim_start_matches(|character: char| character.is_ascii_whitespace() || character == '/');
        if rest.is_empty() {
            return None;
        }
        let ends = |character: char| character.is_ascii_whitespace() || matches!(character, '=' | '/');
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = rest[first..].find(ends).map_or(rest.len(), |at| first + at);
        let (name, rest) = rest.split_at(length);
        let Some(after) = rest.trim_ascii_start().strip_prefix('=') else {
            self.0 = rest;
            return Some((name, ""));
        };
        let (value, rest) = quoted_or_bare(after.trim_ascii_start());
        self.0 = rest;
        Some((name, value))
    }
}

/// The value at the start of `text` and what follows it.
fn quoted_or_bare(text: &str) -> (&str, &str) {
    for mark in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(mark) {
            return inside.split_once(mark).unwrap_or((inside, ""));
        }
    }
    let end = text.find(|character: char| character.is_ascii_whitespace()).unwrap_or(text.len());
    text.split_at(end)
}

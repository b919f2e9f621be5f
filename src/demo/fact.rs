//! One searchable value of a record, and what kind of value a field holds.

use std::borrow::Cow;

/// What a field holds, which decides the operators it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A text compared as a whole, ignoring case.
    Text,
    /// Words, already in lower case; every wanted word must occur.
    Words,
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
    /// Unix seconds; greater and less include the limit, as Intercom's conversation search does.
    Date,
    /// Unix seconds compared by whole day (UTC), as Intercom's contact search does.
    Day,
    /// A list of ids; equal means one of them is.
    List,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fact<'a> {
    /// No value.
    Absent,
    /// A text.
    Text(Cow<'a, str>),
    /// A number or a time.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// A list of ids.
    List(Vec<Cow<'a, str>>),
}

impl<'a> Fact<'a> {
    /// A text that may be missing.
    pub(crate) fn text(value: Option<impl Into<Cow<'a, str>>>) -> Self {
        value.map_or(Self::Absent, |text| Self::Text(text.into()))
    }

    /// A number that may be missing.
    pub(crate) fn number(value: Option<i64>) -> Self {
        value.map_or(Self::Absent, Self::Number)
    }

    /// A list of ids.
    pub(crate) fn list<T: Into<Cow<'a, str>>>(values: impl IntoIterator<Item = T>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}

//! A body made from an edited text, and what in it came from where.

use std::ops::Range;

/// A body as an edited text says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    html: String,
    places: Vec<Place>,
}

/// One chunk of the text and what it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Lines of the edited text, counted from 0.
    pub lines: Range<usize>,
    /// Bytes of the body. Empty for a fence with nothing in it.
    pub bytes: Range<usize>,
    /// The number of the original's top-level block that this was, or came from; none for what is new.
    pub origin: Option<usize>,
    /// Whether the bytes are those of the original.
    pub untouched: bool,
}

impl Written {
    /// The body.
    pub fn html(&self) -> &str {
        &self.html
    }

    /// The body alone.
    pub fn into_html(self) -> String {
        self.html
    }

    /// The chunks in order of the text, which is that of the body.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// What holds this byte of the body.
    pub fn place_of_byte(&self, byte: usize) -> Option<&Place> {
        let at = self.places.partition_point(|place| place.bytes.end <= byte);
        self.places.get(at).filter(|place| place.bytes.contains(&byte))
    }

    pub(super) fn push(&mut self, source: &str, lines: Range<usize>, origin: Option<usize>, untouched: bool) {
        let start = self.html.len();
        self.html.push_str(source);
        self.places.push(Place { lines, bytes: start..self.html.len(), origin, untouched });
    }
}

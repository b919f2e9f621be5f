//! Heading levels. Intercom's page says that h3 to h6 are replaced; in practice the levels are renumbered so that the
//! shallowest becomes h1, and the editor offers four (intercom-mcp 7.1). Headings that it has stored carry its ids
//! (`h_…`); a body in which all do has been renumbered before and is left alone.

use std::ops::Range;

use super::repairs::{Edit, Repair};
use super::{Finding, Kind};
use crate::domain::html::marks::{What, attribute, marks};

/// The deepest level there is in Intercom's editor.
const DEEPEST: u8 = 4;

/// What its generated ids begin with.
const STORED: &str = "h_";

/// The level of a heading's name.
pub(super) fn level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h' | b'H', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

fn becomes(level: u8, shallowest: u8) -> u8 {
    (level + 1).saturating_sub(shallowest).clamp(1, DEEPEST)
}

/// The start tags of the headings that passed by.
#[derive(Default)]
pub(super) struct Headings {
    opened: Vec<(u8, bool, Range<usize>)>,
}

impl Headings {
    pub(super) fn open(&mut self, level: u8, attributes: &str, range: Range<usize>) {
        let stored = attribute(attributes, "id").is_some_and(|id| id.starts_with(STORED));
        self.opened.push((level, stored, range));
    }

    /// The level that becomes h1; none where nothing is renumbered.
    fn shallowest(&self) -> Option<u8> {
        self.opened.iter().any(|(_, stored, _)| !stored).then_some(())?;
        self.opened.iter().map(|(level, ..)| *level).min()
    }

    /// Those that will have another level, and those that may.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let Some(shallowest) = self.shallowest() else { return Vec::new() };
        let finding = |(level, stored, range): &(u8, bool, Range<usize>)| {
            let now = becomes(*level, shallowest);
            let subject = if now != *level {
                format!("This h{level} becomes h{now}")
            } else if *level > 2 && !stored {
                format!("This h{level} may become h2")
            } else {
                return None;
            };
            let repair = (now != *level).then_some(Repair::Headings);
            let (kind, range, subject) = (Kind::Heading, range.clone(), subject.into());
            Some(Finding { kind, range, block: 0, subject, repair })
        };
        self.opened.iter().filter_map(finding).collect()
    }
}

/// Every heading's level as Intercom would have it: the digits of their start and end tags.
pub(super) fn renumbering(html: &str) -> Vec<Edit> {
    let mut headings = Headings::default();
    let mut digits = Vec::new();
    for mark in marks(html) {
        let start = mark.range.start;
        match mark.what {
            What::Open { name, attributes, .. } => {
                if let Some(level) = level(name) {
                    headings.open(level, attributes, mark.range);
                    digits.push((level, start + 2));
                }
            }
            What::Close { name, .. } => digits.extend(level(name).map(|level| (level, start + 3))),
            What::Text(_) | What::Nothing => {}
        }
    }
    let Some(shallowest) = headings.shallowest() else { return Vec::new() };
    let moved = digits.into_iter().filter(|(level, _)| becomes(*level, shallowest) != *level);
    moved
        .map(|(level, at)| Edit { range: at..at + 1, text: becomes(level, shallowest).to_string() })
        .collect()
}

//! Repairs: edits of the source that alter nothing a reader would see once Intercom had done its own. Owns how they are
//! laid on a body; which finding has one is decided where it is found.

use std::ops::Range;

use super::headings;
use super::{Finding, Kind};

/// One replacement in a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub range: Range<usize>,
    /// What stands in their place.
    pub text: String,
}

/// How a finding is repaired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Repair {
    /// By these replacements, in order and apart from each other.
    Edits(Vec<(Range<usize>, &'static str)>),
    /// By renumbering every heading, because one alone would change the others' ranks.
    Headings,
}

/// What stands in place of a box that holds words: Intercom's usual paragraph (intercom-mcp 7.1).
pub(super) const PARAGRAPH: &str = "<p class=\"no-margin\">";

impl Repair {
    pub(super) fn cut(range: Range<usize>) -> Self {
        Self::Edits(vec![(range, "")])
    }

    pub(super) fn around(open: Range<usize>, close: Range<usize>, with: [&'static str; 2]) -> Self {
        Self::Edits(vec![(open, with[0]), (close, with[1])])
    }
}

/// The replacements that repair a finding of this very body, in order and apart from each other; none where there is no
/// repair, and where the body is not the one that was looked at.
pub fn edits(html: &str, finding: &Finding) -> Vec<Edit> {
    let found = match &finding.repair {
        None => Vec::new(),
        Some(Repair::Headings) => headings::renumbering(html),
        Some(Repair::Edits(edits)) => {
            edits.iter().map(|(range, text)| Edit { range: range.clone(), text: (*text).into() }).collect()
        }
    };
    let stands = |edit: &Edit| html.get(edit.range.clone()).is_some();
    if found.iter().all(stands) { found } else { Vec::new() }
}

/// The body with one finding repaired; the body as it is where there is no repair.
pub fn repair(html: &str, finding: &Finding) -> String {
    let mut repaired = String::with_capacity(html.len());
    let mut at = 0;
    for edit in edits(html, finding) {
        repaired.push_str(html.get(at..edit.range.start).unwrap_or_default());
        repaired.push_str(&edit.text);
        at = edit.range.end;
    }
    repaired.push_str(html.get(at..).unwrap_or_default());
    repaired
}

/// Where the query of a signed address stands inside a picture's tag, in bytes of the tag; none when it stands otherwise
/// than it can be cut.
pub(super) fn query(tag: &str, address: &str) -> Option<Range<usize>> {
    let (path, _) = address.split_once('?')?;
    let before = tag.find(path)?;
    let start = before + path.len();
    let rest = tag.get(start..).filter(|rest| rest.starts_with('?'))?;
    // The address ends where its quotation does; outside of one, at a blank or at the tag's end.
    let quote = tag.get(..before)?.chars().next_back().filter(|mark| matches!(mark, '"' | '\''));
    let ends = |c: char| quote.map_or(c.is_ascii_whitespace() || c == '>', |quote| c == quote);
    Some(start..start + rest.find(ends)?)
}

/// Whether findings of this kind stand for an element that Intercom puts a paragraph in the place of.
pub(super) fn becomes_paragraph(kind: Kind) -> bool {
    matches!(kind, Kind::Box | Kind::Form)
}

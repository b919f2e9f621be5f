//! What Intercom will change or refuse in a body, found before it is sent (intercom-mcp 7.1 and 7.3): each finding with its
//! place, a sentence, and a repair where one alters nothing that a reader would see. Judges the source as it is written, in
//! linear time and without recursion; refuses to change anything by itself, and knows nothing of cursors and screens.

mod added;
mod boxes;
mod gaps;
mod headings;
mod repairs;
#[cfg(test)]
mod tests;
mod walk;

use std::ops::Range;

pub use added::{Judged, added, judged, warnings};
pub use repairs::{Edit, edits, repair};

use repairs::Repair;

/// The most findings that are kept of one body; how many there are beyond is told.
pub const MOST: usize = 500;

/// What Intercom does with what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It refuses the whole write.
    Refuses,
    /// It keeps something else than what was sent.
    Changes,
    /// It takes it, and it stops working later.
    Expires,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `dl`, `dt`, `dd`.
    Definitions,
    /// An `iframe` of a host that Intercom does not take.
    Frame,
    /// A list without items.
    EmptyList,
    /// A table without cells.
    EmptyTable,
    /// A picture at an address that cannot be fetched.
    Picture,
    /// A heading whose level will be another.
    Heading,
    /// A `div` without a class of Intercom's.
    Box,
    /// A `span`.
    Span,
    /// `form` or `input`.
    Form,
    /// `script`.
    Script,
    /// An element that Intercom does not name.
    Unsupported,
    /// Blanks between two blocks.
    Gap,
    /// A signed address of Intercom's own, which it signs anew.
    Signed,
    /// A signed address of somebody else's.
    SignedElsewhere,
}

impl Kind {
    /// What Intercom does with it.
    pub fn verdict(self) -> Verdict {
        match self {
            Self::Definitions | Self::Frame | Self::EmptyList | Self::EmptyTable | Self::Picture => {
                Verdict::Refuses
            }
            Self::Heading
            | Self::Box
            | Self::Span
            | Self::Form
            | Self::Script
            | Self::Unsupported
            | Self::Gap => Verdict::Changes,
            Self::Signed | Self::SignedElsewhere => Verdict::Expires,
        }
    }

    /// Two or three words for a list.
    pub fn name(self) -> &'static str {
        match self {
            Self::Definitions => "definition list",
            Self::Frame => "frame",
            Self::EmptyList => "empty list",
            Self::EmptyTable => "empty table",
            Self::Picture => "picture",
            Self::Heading => "heading level",
            Self::Box => "plain div",
            Self::Span => "span",
            Self::Form => "form",
            Self::Script => "script",
            Self::Unsupported => "element",
            Self::Gap => "blank between",
            Self::Signed => "signed picture",
            Self::SignedElsewhere => "signed address",
        }
    }

    /// One sentence about all of its kind, as a review says it.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Definitions => "Intercom refuses definition lists (dl).",
            Self::Frame => {
                "Intercom refuses frames other than YouTube, Vimeo, Wistia, Loom, Vidyard and StreamIO."
            }
            Self::EmptyList => "Intercom refuses empty lists.",
            Self::EmptyTable => "Intercom refuses empty tables.",
            Self::Picture => "Intercom refuses pictures it cannot fetch; http and https addresses only.",
            Self::Heading => "Intercom renumbers heading levels, so that the shallowest becomes level 1.",
            Self::Box => "Intercom makes a paragraph of a div without its own classes.",
            Self::Span => "Intercom makes a paragraph of a span.",
            Self::Form => "Intercom removes forms and inputs.",
            Self::Script => "Intercom removes scripts.",
            Self::Unsupported => {
                "Intercom does not name all of these elements; it may drop what it does not know."
            }
            Self::Gap => "Intercom makes an empty paragraph of a line break or blank between two blocks.",
            Self::Signed => "The address of a picture is signed and expires; Intercom signs its own anew.",
            Self::SignedElsewhere => {
                "A signed address expires; Intercom signs it anew only if it is its own picture."
            }
        }
    }
}

/// One place in a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the body: a tag, a blank, or an element whose content is no markup.
    pub range: Range<usize>,
    /// The top-level block it is in, from 0, as `html::blocks_raw` counts them.
    pub block: usize,
    /// The element's name as written or the new level, for the sentence. May hold anything that a body can.
    subject: Box<str>,
    repair: Option<Repair>,
}

impl Finding {
    /// One sentence about this place, what matters first. Not clean: it may name an element as the body does.
    pub fn sentence(&self) -> String {
        let fixed = match self.kind {
            Kind::Heading => return format!("{}: Intercom renumbers levels from 1.", self.subject),
            Kind::Unsupported => {
                return format!("<{}> is not on Intercom's list; it may drop it.", self.subject);
            }
            Kind::Definitions => "Definition lists (dl) are refused.",
            Kind::Frame => "Only frames of YouTube, Vimeo, Wistia, Loom, Vidyard and StreamIO are taken.",
            Kind::EmptyList => "A list without items is refused.",
            Kind::EmptyTable => "A table without cells is refused.",
            Kind::Picture => "Only http and https pictures can be fetched.",
            Kind::Box => "This div becomes a paragraph.",
            Kind::Span => "This span becomes a paragraph.",
            Kind::Form => "Forms and inputs are removed.",
            Kind::Script => "This script is removed.",
            Kind::Gap => "This blank becomes an empty paragraph.",
            Kind::Signed => "This signature expires; Intercom signs it anew.",
            Kind::SignedElsewhere => "This signed address expires; Intercom does not renew it.",
        };
        fixed.to_owned()
    }

    /// What the repair does, in the imperative; none where nothing can be repaired without altering what a reader sees.
    pub fn repair_words(&self) -> Option<&'static str> {
        self.repair.as_ref()?;
        Some(match self.kind {
            Kind::Heading => "renumber all headings as Intercom would",
            Kind::Box | Kind::Span => "use a paragraph, or nothing, in its place",
            Kind::Signed => "cut the signature off",
            Kind::Definitions
            | Kind::Frame
            | Kind::EmptyList
            | Kind::EmptyTable
            | Kind::Picture
            | Kind::Form
            | Kind::Script
            | Kind::Unsupported
            | Kind::Gap
            | Kind::SignedElsewhere => "remove it",
        })
    }
}

/// What was found in a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// In the order of the body, at most [`MOST`].
    pub list: Vec<Finding>,
    /// How many there are beyond.
    pub more: usize,
}

/// Everything that Intercom will change or refuse in a body, in the order of the body.
pub fn of(html: &str) -> Findings {
    Findings::first(walk::walked(html))
}

/// Whether a body has this very finding, beyond the first [`MOST`] too.
pub fn holds(html: &str, finding: &Finding) -> bool {
    walk::walked(html).contains(finding)
}

impl Findings {
    fn first(mut list: Vec<Finding>) -> Self {
        let more = list.len().saturating_sub(MOST);
        list.truncate(MOST);
        Self { list, more }
    }
}

//! The rules of the one-line fields, checked as one types: what is missing, and what may be too long. The lengths are
//! assumptions: Intercom's reference names none for an article's title and summary, and 255 is what such fields of it take
//! elsewhere. So they are told and never stand against a review; the server has the last word.

use super::desk::{Desk, Part};
use crate::app::field::Field;

/// What a title and a summary may hold, in characters. Assumed, see above.
pub const LONGEST: usize = 255;

/// From so many characters on, the count is shown.
pub const NEAR: usize = 200;

/// What there is to say of a one-line field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Nothing.
    Fine,
    /// How much of the room is used.
    Near(String),
    /// It breaks a rule.
    Broken(String),
}

fn length(field: &Field) -> Remark {
    match field.text().chars().count() {
        ..=NEAR => Remark::Fine,
        count @ ..=LONGEST => Remark::Near(format!("{count} of {LONGEST}")),
        count => Remark::Broken(format!("{count} of {LONGEST}: may be too long")),
    }
}

impl Desk {
    /// What to say of the title or the summary as it is now. Looks at one line only.
    pub fn remark(&self, part: Part) -> Remark {
        match part {
            Part::Title if self.lacks_title() => Remark::Broken("A title is required.".into()),
            Part::Title => length(&self.title),
            Part::Description => length(&self.description),
            Part::State | Part::Author | Part::Parent | Part::Body => Remark::Fine,
        }
    }

    /// Whether the title is missing: an article that never had one may stay so.
    fn lacks_title(&self) -> bool {
        let had_one = !self.base.title.as_str().trim().is_empty();
        self.title.text().trim().is_empty() && (had_one || self.base.row.id.is_local())
    }

    /// Whether an author has to be chosen and is not: Intercom makes no article without one (intercom-mcp 3.8).
    pub fn lacks_author(&self) -> bool {
        self.base.row.id.is_local() && self.author.is_none()
    }

    /// Why the edit cannot be reviewed as it is; none when its fields are as they must be.
    pub(super) fn unfit(&self) -> Option<&'static str> {
        if self.lacks_title() {
            return Some("A title is required; the edit is kept.");
        }
        self.lacks_author().then_some("A new article needs an author; choose one above the text.")
    }

    /// Whether the cursor is in a field whose value is chosen from a list.
    pub(super) fn is_picking_part(&self) -> bool {
        matches!(self.part, Part::Author | Part::Parent)
    }
}

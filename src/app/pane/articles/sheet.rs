//! What an edit changes, laid out for reading: sentences, fields, and the changed parts of the body. The review
//! and "the server changed it" are sheets. Owns the rows for a width and the window over them.

mod facts;
mod layout;
mod writing;

pub(super) use facts::Facts;
pub use layout::{BETWEEN, columns};
pub(super) use writing::quoted;

use std::cell::OnceCell;

use layout::{Page, Spot};

use crate::app::list::{Move, Scroll};
use crate::domain::diff::{self, BlockChange, Diff, Piece, Row};

/// Rows shown around a change.
const AROUND: usize = 2;
/// Columns of a page on which before and after stand side by side unless told otherwise.
const ROOMY: u16 = 140;
/// Columns of a page below which they never do.
const TIGHT: u16 = 100;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// What the sheet is about; the text is in quotes of our own where it is somebody else's.
    Heading,
    /// The sentence that matters most.
    Strong,
    /// A sentence.
    Plain,
    /// A remark.
    Dim,
    /// The name of a field.
    Name,
    /// As before.
    Same,
    /// Only after.
    Added,
    /// Only before.
    Removed,
    /// Left out because nothing changed there.
    Gap,
}

/// What the right column has beside a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Half {
    /// What it is.
    pub mark: Mark,
    /// Whether it goes on from the one above.
    pub goes_on: bool,
    /// Its text in order, safe to show.
    pub pieces: Vec<Piece>,
}

impl Default for Half {
    fn default() -> Self {
        Self { mark: Mark::Same, goes_on: false, pieces: Vec::new() }
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// What it is.
    pub mark: Mark,
    /// Whether it goes on from the row above.
    pub goes_on: bool,
    /// Its text in order, safe to show.
    pub pieces: Vec<Piece>,
    /// What stands beside it, where the page has two columns; the rest is the left one then.
    pub beside: Option<Half>,
}

/// What a change is a change of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A field other than the text.
    Field(FieldName),
    /// Blocks of the text.
    Blocks(BlockChange),
}

/// A field other than the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldName {
    Title,
    Summary,
    State,
    Author,
    Parent,
}

impl FieldName {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Summary => "Summary",
            Self::State => "State",
            Self::Author => "Author",
            Self::Parent => "Parent",
        }
    }
}

/// A field other than the body, before and after.
#[derive(Debug)]
struct FieldChange {
    name: FieldName,
    rows: Vec<Row>,
}

/// A sheet.
#[derive(Debug)]
pub struct Sheet {
    head: Vec<(Mark, String)>,
    parts: Vec<Part>,
    /// The workspace, in words; empty where the sheet does not say it.
    pub(super) workspace: String,
    /// Whether the body is shown as HTML source.
    pub by_source: bool,
    /// Whether before and after stand side by side; none leaves it to the width.
    beside: Option<bool>,
    /// The rows for the width.
    pub rows: Vec<SheetRow>,
    /// The window over them.
    pub scroll: Scroll,
    spots: Vec<Spot>,
    /// The change that was gone to last, from 0.
    at: Option<usize>,
    laid: Option<Laid>,
    height: u16,
}

/// What the rows were laid out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Laid {
    width: u16,
    by_source: bool,
    beside: bool,
}

/// One side's changes.
#[derive(Debug)]
struct Part {
    /// Whose changes these are; empty where there is one side only.
    name: &'static str,
    /// What the two columns are called.
    sides: [&'static str; 2],
    fields: Vec<FieldChange>,
    /// None when the body stays.
    body: Option<Body>,
}

/// The body's changes, both ways.
#[derive(Debug)]
struct Body {
    old: String,
    new: String,
    words: Diff,
    /// Compared when it is first looked at.
    source: OnceCell<Diff>,
    /// Top-level blocks whose source changes and whose words do not.
    silent_blocks: usize,
}

/// Why a page of this width has no room for two columns; none when it has.
pub(super) fn columns_blocked(width: u16) -> Option<String> {
    let (needed, there) = (TIGHT + 2, width.saturating_add(2));
    (width < TIGHT).then(|| format!("Side by side needs {needed} columns; this window has {there}."))
}

/// Cells before a row of the comparison, for its sign.
pub const SIGN: u16 = 2;

impl Sheet {
    fn new(head: Vec<(Mark, String)>, parts: Vec<Part>) -> Self {
        let mut bodies = parts.iter().filter_map(|part| part.body.as_ref()).peekable();
        let by_source = bodies.peek().is_some() && bodies.all(|body| body.words.is_empty());
        Self {
            head,
            parts,
            workspace: String::new(),
            by_source,
            beside: None,
            rows: Vec::new(),
            scroll: Scroll::default(),
            spots: Vec::new(),
            at: None,
            laid: None,
            height: 0,
        }
    }

    /// Lays the sheet out for an area; costs nothing when nothing changed.
    pub fn arrange(&mut self, width: u16, height: u16) {
        let wanted = Laid { width, by_source: self.by_source, beside: self.is_beside(width) };
        if self.laid != Some(wanted) {
            let before = self.anchor();
            self.lay(wanted);
            self.scroll.fit(self.rows.len(), usize::from(height));
            if let Some(anchor) = before {
                self.stay_at(&anchor);
            }
        }
        self.height = height;
        self.scroll.fit(self.rows.len(), usize::from(height));
    }

    fn lay(&mut self, wanted: Laid) {
        self.laid = Some(wanted);
        let mut page = Page::new(wanted.width, wanted.beside);
        for (mark, text) in &self.head {
            page.say(*mark, text);
        }
        for part in &self.parts {
            part.lay(&mut page, wanted.by_source);
        }
        (self.rows, self.spots, self.at) = (page.rows, page.spots, None);
    }

    /// Whether before and after stand side by side on a page of this width.
    fn is_beside(&self, width: u16) -> bool {
        width >= TIGHT && !self.parts.is_empty() && self.beside.unwrap_or(width >= ROOMY)
    }

    /// One column, or two, from what a page of this width has now.
    pub(super) fn turn_columns(&mut self, width: u16) {
        self.beside = Some(!self.is_beside(width));
    }

    /// The change that is looked at: gone to last, or the first in view; its number, its target, the row of the window that
    /// it is on, and whether it was gone to.
    fn anchor(&self) -> Option<(usize, Target, usize, bool)> {
        let view = self.scroll.view();
        let in_view = || self.spots.iter().position(|spot| view.contains(&spot.row));
        let number = self.at.or_else(in_view)?;
        let spot = self.spots.get(number)?;
        Some((number, spot.target.clone(), spot.row.saturating_sub(view.start), self.at.is_some()))
    }

    /// Shows the same change on the same row of the window, after the rows were laid out anew.
    fn stay_at(&mut self, (number, target, row, gone_to): &(usize, Target, usize, bool)) {
        let is = |spot: &Spot| spot.target == *target;
        let same = self.spots.get(*number).filter(|spot| is(spot)).map(|_| *number);
        if let Some(at) = same.or_else(|| self.spots.iter().position(is)) {
            self.scroll.to(self.spots[at].row.saturating_sub(*row));
            self.at = gone_to.then_some(at);
        }
    }

    /// What the change is a change of that is gone to, or the first in view.
    pub(super) fn target(&self) -> Option<Target> {
        self.anchor().map(|(_, target, _, _)| target)
    }

    /// The same page as another sheet, which this one takes the place of: its view, its columns and about its rows.
    pub(super) fn in_place_of(mut self, other: &Self) -> Self {
        (self.by_source, self.beside) = (other.by_source && self.has_body(), other.beside);
        if let Some(laid) = other.laid {
            self.scroll = other.scroll;
            self.arrange(laid.width, other.height);
            let last = self.spots.len().checked_sub(1);
            self.at = other.at.and_then(|at| Some(at.min(last?)));
            if let Some(at) = self.at {
                self.scroll.to(self.spots[at].row.saturating_sub(AROUND));
            }
        }
        self
    }

    /// Words or source.
    pub fn turn(&mut self) {
        self.by_source = !self.by_source;
    }

    /// Whether there is a body to show both ways.
    pub fn has_body(&self) -> bool {
        self.parts.iter().any(|part| part.body.is_some())
    }

    /// The row of the first change on the page, counted from the first row in view; none when there is none.
    pub fn first_in_view(&self) -> Option<usize> {
        let view = self.scroll.view();
        let rows = self.spots.iter().map(|spot| spot.row);
        rows.filter(|row| view.contains(row)).map(|row| row - view.start).next()
    }

    /// Goes to the next change, or the one before. False when there is none.
    pub fn jump(&mut self, back: bool) -> bool {
        let next = match (self.at, back) {
            (None, false) => Some(0),
            (None, true) => None,
            (Some(at), false) => Some(at + 1),
            (Some(at), true) => at.checked_sub(1),
        };
        let Some((at, row)) = next.and_then(|at| Some((at, self.spots.get(at)?.row))) else { return false };
        self.at = Some(at);
        self.scroll.to(row.saturating_sub(AROUND));
        true
    }

    /// Moves the window.
    pub fn go(&mut self, movement: Move) {
        self.scroll.go(movement);
        if movement == Move::Top {
            self.at = None;
        }
    }

    /// Where one is, for the status line.
    pub fn status(&self) -> String {
        let all = self.spots.len();
        let at = match self.at {
            Some(at) => format!("change {} of {all}", at + 1),
            None if all == 1 => "1 change".into(),
            None => format!("{all} changes"),
        };
        let view = match (self.has_body(), self.by_source) {
            (false, _) => "",
            (true, true) => ", HTML source",
            (true, false) => ", in words",
        };
        format!("{at}{view}, {}%", self.scroll.percent())
    }
}

impl Part {
    fn lay(&self, page: &mut Page, by_source: bool) {
        if !self.name.is_empty() {
            page.say(Mark::Same, "");
            page.say(Mark::Heading, self.name);
        }
        for field in &self.fields {
            page.name(field.name.words(), self.sides);
            page.compared(&field.rows, |_| Target::Field(field.name));
        }
        if let Some(body) = &self.body {
            body.lay(page, by_source, self.sides);
        }
    }
}

impl Body {
    fn of(old: &str, new: &str, words: Diff) -> Self {
        let silent_blocks = words.silent_blocks;
        Self { old: old.into(), new: new.into(), words, source: OnceCell::new(), silent_blocks }
    }

    fn lay(&self, page: &mut Page, by_source: bool, sides: [&'static str; 2]) {
        let (diff, name) = if by_source {
            let compared = || diff::source(&self.old, &self.new);
            (self.source.get_or_init(compared), "Text, as HTML source")
        } else {
            (&self.words, "Text, in words")
        };
        page.name(name, sides);
        if diff.is_empty() {
            return page.say(Mark::Dim, "The words stay the same; only their HTML changes. v shows it.");
        }
        let nowhere = BlockChange { old: 0..0, new: 0..0 };
        let target = |row: &Row| {
            let change = row.of.and_then(|of| diff.changes.get(of));
            Target::Blocks(change.unwrap_or(&nowhere).clone())
        };
        let mut shown = 0;
        for hunk in diff.hunks(AROUND) {
            page.gap(diff.left_out(shown, hunk.start));
            shown = hunk.end;
            page.compared(&diff.rows[hunk], target);
        }
        page.gap(diff.left_out(shown, diff.rows.len()));
    }
}

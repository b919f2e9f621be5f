//! What an edit changes, laid out for reading: sentences, fields, and the changed parts of the body. The review
//! and "the server changed it" are sheets. Owns the rows for a width and the window over them.

mod writing;

pub(super) use writing::quoted;

use std::cell::OnceCell;

use crate::app::list::{Move, Scroll};
use crate::domain::diff::{self, Change, Diff, Piece, Row, wrap_row};

/// Rows shown around a change.
const AROUND: usize = 2;

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

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// What it is.
    pub mark: Mark,
    /// Whether it goes on from the row above.
    pub goes_on: bool,
    /// Its text in order, safe to show.
    pub pieces: Vec<Piece>,
}

/// A field other than the body, before and after.
#[derive(Debug)]
struct FieldChange {
    name: &'static str,
    rows: Vec<Row>,
}

/// A sheet.
#[derive(Debug)]
pub struct Sheet {
    head: Vec<(Mark, String)>,
    parts: Vec<Part>,
    /// Whether the body is shown as HTML source.
    pub by_source: bool,
    /// The rows for the width.
    pub rows: Vec<SheetRow>,
    /// The window over them.
    pub scroll: Scroll,
    changes: Vec<usize>,
    /// The change that was gone to last, from 0.
    at: Option<usize>,
    laid: Option<(u16, bool)>,
}

/// One side's changes.
#[derive(Debug)]
struct Part {
    /// Whose changes these are; empty where there is one side only.
    name: &'static str,
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

fn sentence(text: &str) -> Vec<Piece> {
    vec![Piece { text: text.to_owned(), change: Change::Same }]
}

fn mark(change: Change) -> Mark {
    match change {
        Change::Same => Mark::Same,
        Change::Added => Mark::Added,
        Change::Removed => Mark::Removed,
    }
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
            by_source,
            rows: Vec::new(),
            scroll: Scroll::default(),
            changes: Vec::new(),
            at: None,
            laid: None,
        }
    }

    /// Lays the sheet out for an area; costs nothing when nothing changed.
    pub fn arrange(&mut self, width: u16, height: u16) {
        if self.laid != Some((width, self.by_source)) {
            self.laid = Some((width, self.by_source));
            self.lay(width);
        }
        self.scroll.fit(self.rows.len(), usize::from(height));
    }

    fn lay(&mut self, width: u16) {
        let mut rows = Vec::new();
        for (mark, text) in &self.head {
            say(&mut rows, *mark, text, width);
        }
        for part in &self.parts {
            part.lay(&mut rows, self.by_source, width);
        }
        let changed = |row: &SheetRow| matches!(row.mark, Mark::Added | Mark::Removed);
        let begins = |at: &usize| {
            changed(&rows[*at]) && at.checked_sub(1).is_none_or(|before| !changed(&rows[before]))
        };
        self.changes = (0..rows.len()).filter(begins).collect();
        self.at = None;
        self.rows = rows;
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
        self.changes.iter().find(|row| view.contains(row)).map(|row| row - view.start)
    }

    /// Goes to the next change, or the one before. False when there is none.
    pub fn jump(&mut self, back: bool) -> bool {
        let next = match (self.at, back) {
            (None, false) => Some(0),
            (None, true) => None,
            (Some(at), false) => Some(at + 1),
            (Some(at), true) => at.checked_sub(1),
        };
        let Some((at, row)) = next.and_then(|at| Some((at, *self.changes.get(at)?))) else { return false };
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
        let all = self.changes.len();
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

/// A sentence on as many rows as it takes.
fn say(rows: &mut Vec<SheetRow>, mark: Mark, text: &str, width: u16) {
    let wrapped = crate::domain::rich::wrap(text, width);
    if wrapped.is_empty() {
        rows.push(SheetRow { mark, goes_on: false, pieces: Vec::new() });
    }
    for (number, line) in wrapped.iter().enumerate() {
        rows.push(SheetRow { mark, goes_on: number > 0, pieces: sentence(line) });
    }
}

fn compared(rows: &mut Vec<SheetRow>, row: &Row, width: u16) {
    let lines = wrap_row(row, width.saturating_sub(SIGN));
    let laid = |(number, pieces)| SheetRow { mark: mark(row.kind), goes_on: number > 0, pieces };
    rows.extend(lines.into_iter().enumerate().map(laid));
}

fn gap(rows: &mut Vec<SheetRow>, left_out: usize) {
    let text = match left_out {
        0 => return,
        1 => "··· 1 unchanged line ···".into(),
        more => format!("··· {more} unchanged lines ···"),
    };
    rows.push(SheetRow { mark: Mark::Gap, goes_on: false, pieces: sentence(&text) });
}

impl Part {
    fn lay(&self, rows: &mut Vec<SheetRow>, by_source: bool, width: u16) {
        if !self.name.is_empty() {
            say(rows, Mark::Same, "", width);
            say(rows, Mark::Heading, self.name, width);
        }
        for field in &self.fields {
            say(rows, Mark::Same, "", width);
            say(rows, Mark::Name, field.name, width);
            field.rows.iter().for_each(|row| compared(rows, row, width));
        }
        if let Some(body) = &self.body {
            body.lay(rows, by_source, width);
        }
    }
}

impl Body {
    fn of(old: &str, new: &str, words: Diff) -> Self {
        let silent_blocks = diff::changed_blocks(old, new).saturating_sub(words.changed_blocks);
        Self { old: old.into(), new: new.into(), words, source: OnceCell::new(), silent_blocks }
    }

    fn lay(&self, rows: &mut Vec<SheetRow>, by_source: bool, width: u16) {
        say(rows, Mark::Same, "", width);
        let (diff, name) = if by_source {
            let compared = || diff::source(&self.old, &self.new);
            (self.source.get_or_init(compared), "Text, as HTML source")
        } else {
            (&self.words, "Text, in words")
        };
        say(rows, Mark::Name, name, width);
        if diff.is_empty() {
            return say(
                rows,
                Mark::Dim,
                "The words stay the same; only their HTML changes. v shows it.",
                width,
            );
        }
        let mut shown = 0;
        for hunk in diff.hunks(AROUND) {
            gap(rows, hunk.start - shown);
            shown = hunk.end;
            diff.rows[hunk].iter().for_each(|row| compared(rows, row, width));
        }
        gap(rows, diff.rows.len() - shown);
    }
}

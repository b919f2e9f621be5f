//! The rows of one section of the conflict page. Compares texts once and wraps them for the width; cuts nothing but the
//! context, and says so with an ellipsis.

use std::sync::Arc;

use super::page::{Compared, EDGE, Face, Mark, PageRow, SIGN, Shown, TextRow};
use super::told::{Told, cut, many, name};
use crate::domain::diff::{self, Change, Diff, Piece, Row, wrap_row};
use crate::domain::html::blocks_raw;
use crate::domain::merge::{Kind, Subject};
use crate::domain::rich::wrap;
use crate::domain::text::width;

/// Rows of an unchanged block that are shown for the context.
const AROUND: usize = 2;

/// Said where only one side changed a place, and still somebody has to decide.
const MOVED: &str = "One side moved this here; the other removed it where it stood, or moved it elsewhere.";

/// Two columns in an overlap, as offset and width from the page's left edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// Mine.
    pub left: (u16, u16),
    /// Theirs; the line between them is two cells before it.
    pub right: (u16, u16),
}

impl Columns {
    /// Shares the width of the page out.
    pub fn of(width: u16) -> Self {
        let room = width.saturating_sub(EDGE + 3);
        let left = room / 2;
        Self { left: (EDGE, left), right: (EDGE + left + 3, room - left) }
    }
}

/// What it takes to lay a section out.
pub(super) struct Laying<'a> {
    pub(super) told: &'a Told,
    pub(super) by_source: bool,
    pub(super) width: u16,
    /// Where overlaps are shown side by side.
    pub(super) columns: Option<Columns>,
    pub(super) compared: &'a mut Compared,
}

fn sentence(mark: Mark, text: &str) -> TextRow {
    let pieces = if text.is_empty() {
        Vec::new()
    } else {
        vec![Piece { text: text.to_owned(), change: Change::Same }]
    };
    TextRow { mark, goes_on: false, pieces }
}

fn empty() -> PageRow {
    PageRow::Plain(sentence(Mark::Plain, ""))
}

fn mark(change: Change) -> Mark {
    match change {
        Change::Same => Mark::Same,
        Change::Added => Mark::Added,
        Change::Removed => Mark::Removed,
    }
}

/// One value that is chosen and not typed.
fn whole(text: &str, change: Change) -> Row {
    let pieces = vec![Piece { text: text.to_owned(), change }];
    Row { of: None, pieces, kind: change }
}

fn wrapped<'a>(rows: impl Iterator<Item = &'a Row>, width: u16) -> Vec<TextRow> {
    let lay = |row: &Row| {
        let kind = row.kind;
        let lines = wrap_row(row, width.saturating_sub(SIGN)).into_iter().enumerate();
        lines.map(move |(number, pieces)| TextRow { mark: mark(kind), goes_on: number > 0, pieces })
    };
    rows.flat_map(lay).collect()
}

fn dimmed(rows: Vec<TextRow>) -> impl Iterator<Item = TextRow> {
    rows.into_iter().map(|row| TextRow { mark: Mark::Dim, ..row })
}

impl Laying<'_> {
    pub(super) fn section(&mut self, shown: Shown) -> Vec<PageRow> {
        match shown {
            Shown::Head => self.head(),
            Shown::Clean(piece) => self.clean(piece),
            Shown::Around(piece, before, after) => self.around(piece, before, after),
            Shown::Overlap(piece) => self.overlap(piece),
        }
    }

    fn head(&self) -> Vec<PageRow> {
        let lines = |(mark, text): (Mark, String)| {
            wrap(&text, self.width).into_iter().map(move |line| PageRow::Plain(sentence(mark, &line)))
        };
        self.told.head().into_iter().flat_map(lines).collect()
    }

    /// A side of a piece held against the base; the base against itself where that is the face.
    fn diff(&mut self, piece: usize, face: Face) -> Arc<Diff> {
        let (told, by_source) = (self.told, self.by_source);
        let compare = || {
            let Some(of) = told.merge.pieces().get(piece) else { return Diff::default() };
            let Some(sides) = told.merge.sides(piece) else { return chosen(told, of.subject, face) };
            let side = match face {
                Face::Base => sides.base,
                Face::Mine => sides.mine,
                Face::Theirs => sides.theirs,
            };
            compared(of.subject, sides.base, side, by_source)
        };
        self.compared.entry((piece, face, by_source)).or_insert_with(|| Arc::new(compare())).clone()
    }

    fn clean(&mut self, piece: usize) -> Vec<PageRow> {
        let told = self.told;
        let Some(of) = told.merge.pieces().get(piece) else { return Vec::new() };
        let (names, face) =
            (told.names(), if of.kind == Kind::OnlyTheirs { Face::Theirs } else { Face::Mine });
        let who = match of.kind {
            Kind::OnlyMine => names.only_mine,
            Kind::OnlyTheirs => names.only_theirs,
            Kind::Agreed | Kind::Same | Kind::Overlap => names.agreed,
        };
        let diff = self.diff(piece, face);
        let title = cut(&format!("{who} · {}", name(of.subject)), self.width);
        let mut rows = vec![empty(), PageRow::Plain(sentence(Mark::Name, &title))];
        if diff.is_empty() {
            rows.extend(self.silent(self.width).into_iter().map(PageRow::Plain));
        } else {
            rows.extend(wrapped(diff.rows.iter(), self.width).into_iter().map(PageRow::Plain));
        }
        rows
    }

    /// Said of a change that the words do not show.
    fn silent(&self, width: u16) -> Vec<TextRow> {
        let words = if self.by_source {
            "Nothing changes in the HTML that can be shown.".into()
        } else {
            let key = self.told.view_key();
            format!("The words stay the same; only their HTML changes. {key} shows it.")
        };
        wrap(&words, width).iter().map(|line| sentence(Mark::Dim, line)).collect()
    }

    /// Unchanged blocks: the nearest ones cut short, the others counted.
    fn around(&mut self, piece: usize, before: bool, after: bool) -> Vec<PageRow> {
        let told = self.told;
        let Some(sides) = told.merge.sides(piece) else { return Vec::new() };
        let blocks = blocks_raw(sides.theirs);
        let first = blocks.first().filter(|_| before);
        let last = blocks.last().filter(|_| after && (blocks.len() > 1 || !before));
        let folded = blocks.len() - usize::from(first.is_some()) - usize::from(last.is_some());
        let mut rows = vec![empty()];
        rows.extend(first.into_iter().flat_map(|block| self.context(block)));
        if folded > 0 {
            let text = format!("··· {} ···", many(folded, "unchanged block"));
            rows.push(PageRow::Plain(sentence(Mark::Dim, &cut(&text, self.width))));
        }
        rows.extend(last.into_iter().flat_map(|block| self.context(block)));
        rows
    }

    fn context(&self, block: &str) -> Vec<PageRow> {
        let diff = compared(Subject::Body, block, block, self.by_source);
        let width = self.width.saturating_sub(2);
        // More than fits is not needed, and a block may be long.
        let mut rows: Vec<TextRow> =
            dimmed(wrapped(diff.rows.iter().take(AROUND + 1), width)).take(AROUND + 1).collect();
        if rows.len() > AROUND {
            rows.truncate(AROUND);
            if let Some(last) = rows.last_mut() {
                let text: String = last.pieces.iter().map(|piece| piece.text.as_str()).collect();
                last.pieces = sentence(Mark::Dim, &format!("{} …", text.trim_end())).pieces;
            }
        }
        rows.into_iter().map(indented).map(PageRow::Plain).collect()
    }

    fn overlap(&mut self, piece: usize) -> Vec<PageRow> {
        let told = self.told;
        let (title, is_decided) = told.title(piece);
        let mut rows = vec![empty(), PageRow::Top(title, is_decided)];
        match self.columns {
            Some(columns) => {
                let mine = self.side(piece, Face::Mine, columns.left.1);
                let theirs = self.side(piece, Face::Theirs, columns.right.1);
                rows.extend(beside(mine, theirs));
            }
            None => {
                for face in [Face::Mine, Face::Theirs] {
                    let side = self.side(piece, face, self.inside());
                    rows.extend(side.into_iter().map(PageRow::Inside));
                }
            }
        }
        rows.extend(self.before(piece).into_iter().map(PageRow::Inside));
        rows.extend(self.own(piece).into_iter().map(PageRow::Inside));
        rows.push(PageRow::Bottom);
        rows
    }

    fn inside(&self) -> u16 {
        self.width.saturating_sub(EDGE)
    }

    /// One side of an overlap: its name, and its text with what is new in it.
    fn side(&mut self, piece: usize, face: Face, width: u16) -> Vec<TextRow> {
        let names = self.told.names();
        let [mine, theirs] = self.told.stands(piece);
        let (name, stands) = if face == Face::Mine { (names.mine, mine) } else { (names.theirs, theirs) };
        let diff = self.diff(piece, face);
        let extent = extent(&diff);
        let (mark, stand) = if stands { (Mark::Stands, " ✓") } else { (Mark::Name, "") };
        let mut rows = vec![sentence(mark, &cut(&format!("{name}{stand}{extent}"), width))];
        let text = wrapped(diff.rows.iter().filter(|row| row.kind != Change::Removed), width);
        let sides = self.told.merge.sides(piece);
        let bytes =
            sides.map(|sides| (if face == Face::Mine { sides.mine } else { sides.theirs }, sides.base));
        let is_empty = bytes.is_some_and(|(side, _)| side.is_empty());
        let is_as_before = bytes.is_some_and(|(side, base)| side == base);
        if is_empty {
            let words = if is_as_before { "  (not here)" } else { "  (removed)" };
            rows.push(sentence(Mark::Dim, &cut(words, width)));
        } else if is_as_before {
            rows.push(sentence(Mark::Dim, &cut("  (as before)", width)));
        } else if diff.is_empty() {
            rows.extend(text);
            rows.extend(self.silent(width));
        } else if text.is_empty() {
            rows.push(sentence(Mark::Dim, &cut("  (nothing to read)", width)));
        } else {
            rows.extend(text);
        }
        rows
    }

    /// What stood there before both, where something did.
    fn before(&mut self, piece: usize) -> Vec<TextRow> {
        let width = self.inside();
        let diff = self.diff(piece, Face::Base);
        let text =
            wrapped(diff.rows.iter().filter(|row| row.kind != Change::Added), width.saturating_sub(SIGN));
        let mut rows = Vec::new();
        if !text.is_empty() {
            rows.push(sentence(Mark::Dim, "Before"));
            rows.extend(dimmed(text).map(indented));
        }
        let sides = self.told.merge.sides(piece);
        if sides.is_some_and(|sides| sides.mine == sides.base || sides.theirs == sides.base) {
            rows.extend(wrap(MOVED, width).iter().map(|line| sentence(Mark::Dim, line)));
        }
        rows
    }

    /// What was typed for an overlap, where that stands.
    fn own(&self, piece: usize) -> Vec<TextRow> {
        let Some(own) = self.told.own(piece) else { return Vec::new() };
        let width = self.inside();
        let subject = self.told.merge.pieces().get(piece).map_or(Subject::Body, |piece| piece.subject);
        let base = self.told.merge.sides(piece).map_or("", |sides| sides.base);
        let diff = compared(subject, base, own, self.by_source);
        let mut rows = vec![sentence(Mark::Stands, "Typed here ✓")];
        let text = wrapped(diff.rows.iter().filter(|row| row.kind != Change::Removed), width);
        if own.is_empty() {
            rows.push(sentence(Mark::Dim, "  (nothing)"));
        }
        rows.extend(text);
        rows
    }
}

/// How many words of a text are new, and how many are gone. Nothing where that would be half the truth: wide characters
/// stand for words, and are not counted.
fn extent(diff: &Diff) -> String {
    let texts = || diff.rows.iter().flat_map(|row| &row.pieces).map(|piece| piece.text.as_str());
    if texts().any(|text| width(text) > text.chars().count()) {
        return String::new();
    }
    match (diff.added_words, diff.removed_words) {
        (0, 0) => String::new(),
        (added, 0) => format!(" · {} added", many(added, "word")),
        (0, removed) => format!(" · {} removed", many(removed, "word")),
        (added, removed) => format!(" · {} added, {removed} removed", many(added, "word")),
    }
}

/// A row that has no sign begins where those begin that have one.
fn indented(row: TextRow) -> TextRow {
    let mut pieces = vec![Piece { text: " ".repeat(usize::from(SIGN)), change: Change::Same }];
    pieces.extend(row.pieces.into_iter().map(|piece| Piece { change: Change::Same, ..piece }));
    TextRow { pieces, ..row }
}

fn beside(mine: Vec<TextRow>, theirs: Vec<TextRow>) -> Vec<PageRow> {
    let rows = mine.len().max(theirs.len());
    let filled = |side: Vec<TextRow>| {
        side.into_iter().chain(std::iter::repeat_with(|| sentence(Mark::Plain, ""))).take(rows)
    };
    filled(mine).zip(filled(theirs)).map(|(mine, theirs)| PageRow::Beside(mine, theirs)).collect()
}

fn compared(subject: Subject, old: &str, new: &str, by_source: bool) -> Diff {
    match (subject, by_source) {
        (Subject::Body, true) => diff::source(old, new),
        (Subject::Body, false) => diff::words(old, new),
        _ => diff::plain(old, new),
    }
}

fn chosen(told: &Told, subject: Subject, face: Face) -> Diff {
    let [base, mine, theirs] = told.chosen(subject);
    let rows = match face {
        Face::Base => vec![whole(&base, Change::Same)],
        Face::Mine => vec![whole(&base, Change::Removed), whole(&mine, Change::Added)],
        Face::Theirs => vec![whole(&base, Change::Removed), whole(&theirs, Change::Added)],
    };
    Diff { rows, ..Diff::default() }
}

//! The page of a conflict: sections in reading order, their rows for a width, the window over them, and the overlap that
//! keys are about. A decision lays out its own section and no other.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::rows::{Columns, Laying};
use super::told::Told;
use crate::app::list::Scroll;
use crate::domain::diff::{Diff, Piece};
use crate::domain::merge::{Kind, Subject};

/// From this width on there is room for two texts side by side.
pub const BESIDE: u16 = 100;

/// Cells before the rows of an overlap, for its edge.
pub const EDGE: u16 = 2;

/// Cells before a compared row, for its sign.
pub const SIGN: u16 = 2;

/// Rows of an overlap that have to be in view before keys are about it: its title, and the beginning of a text.
const TELLING: usize = 3;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// What the page is about.
    Heading,
    /// The sentence that matters most.
    Strong,
    /// What went well.
    Good,
    /// A sentence.
    Plain,
    /// A remark, and text that is only there for the context.
    Dim,
    /// The name of a part.
    Name,
    /// The name of a side that stands by decision.
    Stands,
    /// As before.
    Same,
    /// Only after.
    Added,
    /// Only before.
    Removed,
}

/// One row of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRow {
    /// What it is.
    pub mark: Mark,
    /// Whether it goes on from the row above.
    pub goes_on: bool,
    /// Its text in order, safe to show.
    pub pieces: Vec<Piece>,
}

/// One row of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageRow {
    /// Outside of the overlaps.
    Plain(TextRow),
    /// The upper edge of an overlap: its title, and whether it is decided.
    Top(String, bool),
    /// A row of an overlap.
    Inside(TextRow),
    /// A row of an overlap, mine beside theirs.
    Beside(TextRow, TextRow),
    /// The lower edge of an overlap.
    Bottom,
}

/// What a section shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Head,
    /// A piece that merged by itself.
    Clean(usize),
    /// Blocks that nobody changed: the first where something stands before them, the last where something follows.
    Around(usize, bool, bool),
    /// A piece that has to be decided.
    Overlap(usize),
}

#[derive(Debug)]
pub(super) struct Section {
    pub(super) shown: Shown,
    pub(super) rows: Vec<PageRow>,
}

/// Which two sides are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Face {
    Base,
    Mine,
    Theirs,
}

/// Comparisons made so far, by piece, face and whether by source.
pub(super) type Compared = HashMap<(usize, Face, bool), Arc<Diff>>;

/// The page.
#[derive(Debug)]
pub struct Page {
    /// Whether bodies are shown as HTML source.
    pub by_source: bool,
    /// Whether overlaps are shown side by side where there is room.
    pub beside: bool,
    /// The window over the rows.
    pub scroll: Scroll,
    sections: Vec<Section>,
    /// The first row of each section, and the number of all rows.
    starts: Vec<usize>,
    /// Sections that keys go to: the overlaps, or what merged where there are none.
    stops: Vec<usize>,
    at: Option<usize>,
    laid: Option<(u16, bool, bool)>,
    /// Sections to lay out anew.
    stale: Vec<usize>,
    compared: Compared,
    width: u16,
    height: usize,
    /// A stop to go to as soon as the rows are known.
    wanted: Option<usize>,
}

/// The sections of a merge in reading order.
fn sections(told: &Told) -> Vec<Shown> {
    let pieces = told.merge.pieces();
    let mut shown = vec![Shown::Head];
    for (at, piece) in pieces.iter().enumerate() {
        let is_body = |at: usize| pieces.get(at).is_some_and(|piece| piece.subject == Subject::Body);
        match piece.kind {
            Kind::Overlap => shown.push(Shown::Overlap(at)),
            Kind::OnlyMine | Kind::OnlyTheirs | Kind::Agreed => shown.push(Shown::Clean(at)),
            Kind::Same if piece.subject == Subject::Body => {
                let (before, after) = (at > 0 && is_body(at - 1), is_body(at + 1));
                if before || after {
                    shown.push(Shown::Around(at, before, after));
                }
            }
            Kind::Same => {}
        }
    }
    shown
}

impl Page {
    pub(super) fn of(told: &Told) -> Self {
        let sections: Vec<Section> =
            sections(told).into_iter().map(|shown| Section { shown, rows: Vec::new() }).collect();
        let all = |wanted: fn(&Shown) -> bool| -> Vec<usize> {
            (0..sections.len()).filter(|at| wanted(&sections[*at].shown)).collect()
        };
        let overlaps = all(|shown| matches!(shown, Shown::Overlap(_)));
        let stops =
            if overlaps.is_empty() { all(|shown| matches!(shown, Shown::Clean(_))) } else { overlaps };
        Self {
            by_source: false,
            beside: true,
            scroll: Scroll::default(),
            starts: vec![0; sections.len() + 1],
            sections,
            stops,
            at: None,
            laid: None,
            stale: Vec::new(),
            compared: Compared::new(),
            width: 0,
            height: 0,
            wanted: None,
        }
    }

    /// Whether two texts fit beside each other.
    pub(super) fn has_room(&self) -> bool {
        self.width >= BESIDE
    }

    /// Lays out what changed; costs nothing when nothing did.
    pub(super) fn arrange(&mut self, told: &Told, width: u16, height: u16) {
        (self.width, self.height) = (width, usize::from(height));
        let look = (width, self.by_source, self.beside && self.has_room());
        if self.laid != Some(look) {
            let around = self.laid.and_then(|_| self.current());
            self.laid = Some(look);
            self.stale = (0..self.sections.len()).collect();
            self.wanted = self.wanted.or_else(|| around.map(|(stop, _)| stop));
        }
        if !self.stale.is_empty() {
            self.lay(told, look);
        }
        self.scroll.fit(self.rows(), self.height);
        if let Some(stop) = self.wanted.take() {
            self.show(stop);
        }
    }

    fn lay(&mut self, told: &Told, (width, by_source, beside): (u16, bool, bool)) {
        let columns = beside.then(|| Columns::of(width));
        let mut laying = Laying { told, by_source, width, columns, compared: &mut self.compared };
        for at in std::mem::take(&mut self.stale) {
            self.sections[at].rows = laying.section(self.sections[at].shown);
        }
        let mut start = 0;
        for (first, section) in self.starts.iter_mut().zip(&self.sections) {
            *first = start;
            start += section.rows.len();
        }
        if let Some(all) = self.starts.last_mut() {
            *all = start;
        }
    }

    fn rows(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    /// The rows in view, each with whether it belongs to the overlap that keys are about.
    pub fn view(&self) -> impl Iterator<Item = (&PageRow, bool)> {
        let current = self.current().map(|(stop, _)| self.stops[stop]);
        self.scroll.view().filter_map(move |row| {
            let section = self.starts.partition_point(|start| *start <= row).checked_sub(1)?;
            let rows = &self.sections.get(section)?.rows;
            Some((rows.get(row - self.starts[section])?, current == Some(section)))
        })
    }

    fn range(&self, section: usize) -> Range<usize> {
        self.starts[section]..self.starts[section + 1]
    }

    fn is_in_view(&self, section: usize) -> bool {
        let (view, rows) = (self.scroll.view(), self.range(section));
        // The first row of a section is empty; its title alone says too little to decide on.
        let needed = TELLING.min(self.height);
        rows.start + 1 + needed <= view.end && view.start + 1 < rows.end
    }

    /// The overlap that keys are about, and its piece: the one gone to, else the first in view. None where none is in
    /// view.
    pub(super) fn current(&self) -> Option<(usize, usize)> {
        let piece = |stop: usize| match self.sections.get(*self.stops.get(stop)?)?.shown {
            Shown::Overlap(piece) => Some((stop, piece)),
            Shown::Head | Shown::Clean(_) | Shown::Around(..) => None,
        };
        let in_view = |stop: &usize| self.is_in_view(self.stops[*stop]);
        let gone_to = self.at.filter(in_view);
        gone_to.or_else(|| (0..self.stops.len()).find(in_view)).and_then(piece)
    }

    /// Brings a stop into view, with what stands before it where there is room.
    fn show(&mut self, stop: usize) {
        let Some(section) = self.stops.get(stop).copied() else { return };
        self.at = Some(stop);
        let rows = self.range(section);
        let before = usize::from(rows.len() + 2 < self.height);
        self.scroll.to((rows.start + 1).saturating_sub(before));
    }

    /// Goes to the next stop, or the one before. False when there is none.
    pub(super) fn jump(&mut self, back: bool) -> bool {
        let next = match (self.at.filter(|at| self.is_in_view(self.stops[*at])), back) {
            (Some(at), true) => at.checked_sub(1),
            (Some(at), false) => Some(at + 1),
            (None, true) => (0..self.stops.len()).rfind(|stop| self.start(*stop) < self.scroll.view().start),
            (None, false) => (0..self.stops.len()).find(|stop| self.start(*stop) >= self.scroll.view().start),
        };
        let Some(stop) = next.filter(|stop| *stop < self.stops.len()) else { return false };
        self.show(stop);
        true
    }

    fn start(&self, stop: usize) -> usize {
        self.starts[self.stops[stop]] + 1
    }

    /// Goes to the section of a piece.
    pub(super) fn go_to(&mut self, piece: usize) {
        let is_it = |stop: &usize| self.sections[self.stops[*stop]].shown == Shown::Overlap(piece);
        if let Some(stop) = (0..self.stops.len()).find(is_it) {
            (self.at, self.wanted) = (Some(stop), Some(stop));
            self.show(stop);
        }
    }

    /// Goes to the next overlap that is not decided, from the one that keys are about on, and around.
    pub(super) fn seek_undecided(&mut self, told: &Told) {
        let from = self.current().map_or(0, |(stop, _)| stop);
        let open = |piece: &usize| told.merge.pieces()[*piece].decision.is_none();
        let overlaps: Vec<usize> = told.merge.overlaps().collect();
        let next = overlaps.iter().skip(from).chain(&overlaps).find(|piece| open(piece)).copied();
        if let Some(piece) = next {
            self.go_to(piece);
        }
    }

    /// An overlap was decided: it and the head say so from now on.
    pub(super) fn decided(&mut self, piece: usize) {
        let is_it = |section: &Section| {
            matches!(section.shown, Shown::Head) || section.shown == Shown::Overlap(piece)
        };
        self.stale.extend((0..self.sections.len()).filter(|at| is_it(&self.sections[*at])));
        self.wanted = self.current().map(|(stop, _)| stop).filter(|stop| self.at == Some(*stop));
    }

    /// Where one is, for the status line.
    pub(super) fn status(&self, told: &Told) -> String {
        let (all, left) = (told.merge.overlaps().count(), told.merge.undecided());
        let at = match (all, self.current()) {
            (0, _) => "nothing overlaps".into(),
            (all, Some((stop, _))) => format!("overlap {} of {all}", stop + 1),
            (all, None) => super::told::many(all, "overlap"),
        };
        let open = match (all, left) {
            (0, _) => String::new(),
            (_, 0) => ", all decided".into(),
            (_, left) => format!(", {left} to decide"),
        };
        let view = if self.by_source { "HTML source" } else { "in words" };
        format!("{at}{open}, {view}, {}%", self.scroll.percent())
    }
}

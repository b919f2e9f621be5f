//! The body as a reader sees it: laid out once per text and width, scrolled by itself or along with the text beside it.

use crate::app::list::{Move, Scroll};
use crate::domain::html::{self, Document};
use crate::domain::rich::{self, Line};

use super::anchors;

/// Which text it shows: which editor's, and how far that had come.
type Version = (u64, bool, u64);

/// The preview.
#[derive(Debug, Default)]
pub struct Preview {
    made: Option<(Version, Document)>,
    /// The width that the lines are laid for; none when they are of another text.
    laid: Option<u16>,
    lines: Vec<Line>,
    /// Lines of the text and their first rows here.
    anchors: Vec<(usize, usize)>,
    /// The line of the text that is followed.
    followed: Option<(usize, usize)>,
    scroll: Scroll,
}

impl Preview {
    /// Which text it shows; none before there is one.
    pub(super) fn version(&self) -> Option<Version> {
        self.made.as_ref().map(|(version, _)| *version)
    }

    /// Takes another text.
    pub(super) fn make(&mut self, version: Version, html: &str) {
        (self.made, self.laid) = (Some((version, html::parse(html))), None);
    }

    /// Nobody sees it: it is made anew when somebody does.
    pub(in crate::app::pane::articles) fn forget(&mut self) {
        self.made = None;
    }

    /// Lays the text out for a size. True when that was needed.
    pub(super) fn arrange<'a>(
        &mut self,
        width: u16,
        height: u16,
        text: impl Iterator<Item = &'a str>,
    ) -> bool {
        let is_new = self.laid != Some(width);
        if let Some((_, document)) = self.made.as_ref().filter(|_| is_new) {
            self.lines = rich::flow(document, width, false);
            let rows: Vec<String> = self.lines.iter().map(Line::text).collect();
            self.anchors = anchors::pairs(text, rows.iter().map(String::as_str));
            (self.laid, self.followed) = (Some(width), None);
        }
        self.scroll.fit(self.lines.len(), usize::from(height));
        is_new
    }

    /// Brings the words of a line of the text into the given row of the view, as far as it goes.
    pub(super) fn follow(&mut self, line: usize, row: usize) {
        if self.followed.replace((line, row)) == Some((line, row)) {
            return;
        }
        let there = anchors::at(&self.anchors, line).unwrap_or(0);
        self.scroll.to(there.saturating_sub(row));
    }

    /// Scrolls.
    pub(in crate::app::pane::articles) fn go(&mut self, movement: Move) {
        self.scroll.go(movement);
    }

    /// The rows in view.
    pub fn view(&self) -> &[Line] {
        self.lines.get(self.scroll.view()).unwrap_or(&[])
    }

    /// How far down the view ends, in percent.
    pub fn percent(&self) -> usize {
        self.scroll.percent()
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

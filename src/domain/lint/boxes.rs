//! The elements that are open: what an element holds, and so whether it can be taken away or turned into a paragraph
//! without altering what a reader sees. Only elements that end by their own end tag, with nothing left open inside, are
//! ever repaired.

use std::ops::Range;

use super::repairs::{PARAGRAPH, Repair, becomes_paragraph};
use super::{Finding, Kind};

/// Elements remembered at once; deeper ones are found and not repaired.
const DEEPEST: usize = 1_024;

/// How far an end tag looks for its start, in elements.
const REACH: usize = 64;

/// An open element.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of what it holds")]
pub(super) struct Element<'html> {
    pub(super) name: &'html str,
    pub(super) start: Range<usize>,
    pub(super) block: bool,
    /// Its finding, by number.
    pub(super) finding: Option<usize>,
    /// Whether it stands among words: in a paragraph, a heading or an inline element.
    among_words: bool,
    /// Whether words of the element around it may stand right before it.
    after_words: bool,
    /// What it holds itself, not within another block.
    words: bool,
    blocks: bool,
    /// Items of a list, cells of a table.
    parts: bool,
    /// Whether anything is in it that is not part of an empty list or table.
    content: bool,
    /// Whether everything in it ended by its own end tag.
    whole: bool,
}

/// An element that ended.
pub(super) struct Ended<'html> {
    pub(super) element: Element<'html>,
    pub(super) close: Range<usize>,
    /// Whether words of the element around it would meet if it went away.
    pub(super) joins: bool,
}

/// The open elements, outermost first.
#[derive(Default)]
pub(super) struct Boxes<'html> {
    open: Vec<Element<'html>>,
    beyond: usize,
    /// Words outside any element, since the last block.
    loose: bool,
}

fn takes_words_only(name: &str) -> bool {
    matches!(name, "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" | "pre")
}

impl<'html> Boxes<'html> {
    /// The name of the innermost element of these that is open, if that is near.
    pub(super) fn innermost(&mut self, names: &[&str]) -> Option<&mut Element<'html>> {
        self.open.iter_mut().rev().take(REACH).find(|element| names.contains(&element.name))
    }

    /// A text that is not blank, or something that stands among words.
    pub(super) fn words(&mut self) {
        match self.open.last_mut() {
            Some(element) => (element.words, element.content) = (true, true),
            None => self.loose = true,
        }
    }

    /// An item or a cell: the list or table around it is not empty.
    pub(super) fn part(&mut self, of: &[&str]) {
        if let Some(element) = self.innermost(of) {
            element.parts = true;
        }
    }

    pub(super) fn open(
        &mut self,
        name: &'html str,
        start: Range<usize>,
        block: bool,
        finding: Option<usize>,
    ) {
        let after_words = self.open.last().map_or(self.loose, |outer| outer.words);
        let among_words = self.enter(name, block);
        if self.open.len() >= DEEPEST {
            self.beyond += 1;
            return;
        }
        self.open.push(Element {
            name,
            start,
            block,
            finding,
            among_words,
            after_words,
            words: false,
            blocks: false,
            parts: false,
            content: false,
            whole: true,
        });
    }

    /// Tells the element around what begins in it; whether that is one for words only.
    pub(super) fn enter(&mut self, name: &str, block: bool) -> bool {
        let Some(outer) = self.open.last_mut() else {
            self.loose = !block;
            return false;
        };
        outer.blocks |= block;
        outer.words |= !block;
        outer.content |= !matches!(name, "tbody" | "thead" | "tfoot" | "tr" | "colgroup" | "col");
        outer.among_words || !outer.block || takes_words_only(outer.name)
    }

    /// An end tag: the element it ends, if that is open and near. Those left open inside it end with it.
    pub(super) fn close(&mut self, name: &str, close: Range<usize>, follows: Follows) -> Vec<Ended<'html>> {
        if self.beyond > 0 {
            self.beyond -= 1;
            return Vec::new();
        }
        let Some(back) =
            self.open.iter().rev().take(REACH).position(|element| element.name.eq_ignore_ascii_case(name))
        else {
            if let Some(outer) = self.open.last_mut() {
                outer.whole = false;
            }
            return Vec::new();
        };
        let mut ended = self.open.split_off(self.open.len() - back - 1);
        let clean = back == 0;
        let inline = self.open.last().is_some_and(|outer| !outer.block);
        let mut all = Vec::new();
        for (at, mut element) in ended.drain(..).enumerate() {
            element.whole &= clean && at == 0;
            let joins = inline || (element.after_words && follows == Follows::Words);
            all.push(Ended { element, close: close.clone(), joins });
        }
        if let (Some(outer), Some(first)) = (self.open.last_mut(), all.first()) {
            outer.whole &= first.element.whole;
            // Words in an inline element are words of the one around it; what it holds in blocks are blocks of that.
            outer.blocks |= !first.element.block && first.element.blocks;
            outer.content |= first.element.content;
        }
        all
    }

    /// What is still open at the end of the body.
    pub(super) fn left(&mut self, end: usize) -> Vec<Ended<'html>> {
        let left = std::mem::take(&mut self.open).into_iter();
        left.map(|element| Ended {
            element: Element { whole: false, ..element },
            close: end..end,
            joins: true,
        })
        .collect()
    }

    /// Something that shows nothing, and that is there all the same.
    pub(super) fn hidden(&mut self) {
        if let Some(outer) = self.open.last_mut() {
            outer.content = true;
        }
    }
}

/// What comes after an end tag.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Follows {
    /// Words, or something among words.
    Words,
    /// The end, an end tag, or a block.
    Edge,
}

impl Ended<'_> {
    /// The repair of a box, a span or a form that ended well.
    pub(super) fn repair(&self, kind: Kind) -> Option<Repair> {
        let element = &self.element;
        let (open, close) = (element.start.clone(), self.close.clone());
        let whole = open.start..close.end;
        match (element.whole, element.words, element.blocks) {
            (true, false, false) if !self.joins => Some(Repair::cut(whole)),
            (true, false, true) => Some(Repair::around(open, close, ["", ""])),
            (true, _, false) if kind == Kind::Span => Some(Repair::around(open, close, ["", ""])),
            (true, _, false) if becomes_paragraph(kind) && !element.among_words => {
                Some(Repair::around(open, close, [PARAGRAPH, "</p>"]))
            }
            _ => None,
        }
    }

    /// Whether this is a list without items or a table without cells.
    pub(super) fn is_empty_list(&self) -> Option<Kind> {
        match self.element.name {
            "ul" | "ol" if !self.element.parts => Some(Kind::EmptyList),
            "table" if !self.element.parts => Some(Kind::EmptyTable),
            _ => None,
        }
    }

    /// Its finding, and the repair where it can go without a trace.
    pub(super) fn empty_list(&self, kind: Kind) -> Finding {
        let element = &self.element;
        let whole = element.start.start..self.close.end;
        let vanishes = element.whole && !element.content && !self.joins;
        let repair = vanishes.then(|| Repair::cut(whole));
        Finding { kind, range: element.start.clone(), block: 0, subject: element.name.into(), repair }
    }
}

//! The stack of open elements: what an end tag closes, and what a start tag closes that its author left open. Holds no
//! part of the source, only where names stand in it, so that a reading can be put down and taken up again.

use std::ops::Range;

use super::tags::Tag;

/// Elements open at once; deeper ones still separate lines but are not remembered. Browsers stop at 512.
const LIMIT: usize = 256;

/// An open element and what its builder must undo when it closes.
pub(super) struct Element<T> {
    pub(super) tag: Tag,
    /// Where its name stands in the source, in bytes.
    name: Range<usize>,
    pub(super) effect: T,
}

/// Open elements, outermost first.
pub(super) struct Open<T> {
    elements: Vec<Element<T>>,
    /// How many of them are of each kind that a start tag can end; most start tags find none, and look no further.
    endable: [usize; Tag::ENDABLE.len()],
    /// Elements opened beyond the limit and not closed yet.
    beyond: usize,
}

impl<T> Open<T> {
    pub(super) fn new() -> Self {
        Self { elements: Vec::new(), endable: [0; Tag::ENDABLE.len()], beyond: 0 }
    }

    pub(super) fn len(&self) -> usize {
        self.elements.len()
    }

    /// Whether one more element can be remembered.
    pub(super) fn room(&self) -> bool {
        self.elements.len() < LIMIT
    }

    /// Remembers an element, if there is room; its name stands there in the source.
    pub(super) fn push(&mut self, tag: Tag, name: Range<usize>, effect: T) {
        if self.room() {
            if let Some(kind) = tag.endable() {
                self.endable[kind] += 1;
            }
            self.elements.push(Element { tag, name, effect });
        } else {
            self.beyond += 1;
        }
    }

    /// The innermost element.
    pub(super) fn pop(&mut self) -> Option<Element<T>> {
        let element = self.elements.pop()?;
        if let Some(kind) = element.tag.endable() {
            self.endable[kind] -= 1;
        }
        Some(element)
    }

    /// The element at `position`, counted from the outermost.
    pub(super) fn element(&mut self, position: usize) -> Option<&mut Element<T>> {
        self.elements.get_mut(position)
    }

    /// Whether an element that begins its own line is open inside the one at `position`.
    pub(super) fn blocks_inside(&self, position: usize) -> bool {
        self.elements.iter().skip(position + 1).any(|element| element.tag.block())
    }

    /// The position of the element that an end tag of `html` closes, if it is open and within reach.
    pub(super) fn closed_by(&mut self, html: &str, tag: Tag, name: &str) -> Option<usize> {
        if self.beyond > 0 {
            self.beyond -= 1;
            return None;
        }
        for (position, element) in self.elements.iter().enumerate().rev() {
            let alike = || html.get(element.name.clone()).is_some_and(|open| open.eq_ignore_ascii_case(name));
            if element.tag == tag && alike() {
                return Some(position);
            }
            if tag.stops_at(element.tag) {
                return None;
            }
        }
        None
    }

    /// The position of the outermost element within reach that starting `tag` ends.
    pub(super) fn ended_by(&self, tag: Tag) -> Option<usize> {
        let open = Tag::ENDABLE.into_iter().zip(self.endable);
        if !open.into_iter().any(|(other, count)| count > 0 && tag.ends(other)) {
            return None;
        }
        let mut ended = None;
        for (position, element) in self.elements.iter().enumerate().rev() {
            if tag.ends(element.tag) {
                ended = Some(position);
            } else if tag.stops_at(element.tag) {
                break;
            }
        }
        ended
    }
}

//! What was typed into the title and the summary before: one step back is one word, one paste or one deletion.

use super::desk::Part;
use crate::app::field::Field;
use crate::app::key::{Code, Key};

/// Steps kept.
const MOST: usize = 200;

/// Fields as they were, the latest last.
#[derive(Debug, Default)]
pub(super) struct Steps {
    past: Vec<(Part, Field)>,
    undone: Vec<(Part, Field)>,
    /// The letters that are typed belong to the latest step of this field.
    open: Option<Part>,
}

impl Steps {
    /// A key for a field; true when it changed the text.
    pub(super) fn key(&mut self, part: Part, field: &mut Field, key: Key) -> bool {
        let before = field.clone();
        field.press(key);
        let typed = key.typed().filter(|letter| !letter.is_whitespace());
        let goes_on = if key.code == Code::Backspace { None } else { typed.map(|_| part) };
        self.remember(part, before, field, goes_on)
    }

    /// Pasted text for a field; true when it changed the text.
    pub(super) fn paste(&mut self, part: Part, field: &mut Field, text: &str) -> bool {
        let before = field.clone();
        field.insert(text);
        self.remember(part, before, field, None)
    }

    fn remember(&mut self, part: Part, before: Field, now: &Field, goes_on: Option<Part>) -> bool {
        let is_open = goes_on.is_some() && self.open == goes_on;
        if before.text() == now.text() {
            self.open = None;
            return false;
        }
        self.open = goes_on;
        self.undone.clear();
        if !is_open {
            self.past.push((part, before));
            if self.past.len() > MOST {
                self.past.remove(0);
            }
        }
        true
    }

    /// Takes the latest step of a field back, or an undone one forth again; false when there is none.
    pub(super) fn travel(&mut self, part: Part, field: &mut Field, back: bool) -> bool {
        self.open = None;
        let (from, to) =
            if back { (&mut self.past, &mut self.undone) } else { (&mut self.undone, &mut self.past) };
        let Some(at) = from.iter().rposition(|(of, _)| *of == part) else { return false };
        let (_, there) = from.remove(at);
        to.push((part, std::mem::replace(field, there)));
        true
    }
}

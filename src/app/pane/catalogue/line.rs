//! The search line: what is being typed, what cannot be read, and the searches of this run. Refuses to search.

use crate::app::field::Field;
use crate::app::key::{Code, Key};
use crate::domain::query::Wrong;

/// The most searches remembered in one run.
const REMEMBERED: usize = 200;

/// The line above the list.
#[derive(Debug, Default)]
pub struct SearchField {
    /// What is typed, while the cursor is in it.
    pub field: Field,
    /// Whether the cursor is in it.
    pub focused: bool,
    /// Why the text cannot be searched for; gone with the next change of the text.
    pub wrong: Option<Wrong>,
    history: Vec<String>,
    /// Where in the history the line stands, and what was typed before going there.
    recalled: Option<(usize, String)>,
}

impl SearchField {
    /// Puts the cursor behind these words.
    pub fn begin(&mut self, words: &str) {
        self.leave();
        (self.field, self.focused) = (Field::of(words), true);
    }

    /// Takes the cursor out.
    pub fn leave(&mut self) {
        (self.focused, self.wrong, self.recalled) = (false, None, None);
    }

    /// The words are searched for: they are remembered and given out.
    pub fn done(&mut self) -> String {
        let words = self.field.text().trim().to_owned();
        self.leave();
        self.history.retain(|old| *old != words);
        if !words.is_empty() {
            self.history.push(words.clone());
        }
        if self.history.len() > REMEMBERED {
            self.history.remove(0);
        }
        words
    }

    /// Takes a key that edits or goes through the history.
    pub fn press(&mut self, key: Key) {
        if matches!(key.code, Code::Up | Code::Down) {
            self.recall(key.code == Code::Up);
        } else if self.field.press(key) {
            (self.wrong, self.recalled) = (None, None);
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.field.insert(text);
        (self.wrong, self.recalled) = (None, None);
    }

    fn recall(&mut self, older: bool) {
        let typed = self.field.text().to_owned();
        let (at, before) = self.recalled.take().unwrap_or((self.history.len(), typed));
        let at = if older { at.saturating_sub(1) } else { at + 1 };
        self.wrong = None;
        match self.history.get(at) {
            Some(text) => {
                self.field = Field::of(text);
                self.recalled = Some((at, before));
            }
            None => self.field = Field::of(&before),
        }
    }
}

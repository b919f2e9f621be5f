//! The search line: what is being typed, how that stands to the list below, the searches of this run, and what cannot be
//! read. Refuses to search.

use crate::app::field::Field;
use crate::app::key::{Code, Key};
use crate::domain::query::{Query, Wrong, parse};

/// The most searches remembered in one run.
const REMEMBERED: usize = 200;

/// How the search that was asked for last stands to the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Standing {
    /// The list shows it.
    #[default]
    Shown,
    /// It is under way.
    Asked,
    /// It waits for the link.
    Unsent,
    /// It failed; the list still shows another one.
    Refused,
}

/// The line above the list.
#[derive(Debug, Default)]
pub struct SearchLine {
    /// What is typed.
    pub field: Field,
    /// Whether the cursor is in it.
    pub focused: bool,
    /// Why the text cannot be sent; gone with the next change of the text.
    pub wrong: Option<Wrong>,
    /// How the search asked for last stands to the list.
    pub standing: Standing,
    /// Whether the server's complaint about it was seen: a key followed it.
    pub seen: bool,
    /// The text of the search that the list shows.
    shown: String,
    /// The search asked for last, as typed and as read, until the list shows it or it is given up.
    asked: Option<(String, Query)>,
    history: Vec<String>,
    /// Where in the history the line stands, and what was typed before going there.
    recalled: Option<(usize, String)>,
}

impl SearchLine {
    /// A line that shows a search that was asked for.
    pub fn of(text: &str) -> Self {
        Self { field: Field::of(text), shown: text.to_owned(), ..Self::default() }
    }

    /// Leaves the line, which shows again what is under way, else the list's search.
    pub fn leave(&mut self) {
        if self.standing == Standing::Refused {
            self.restore();
        }
        self.field = Field::of(self.asked.as_ref().map_or(&self.shown, |(text, _)| text));
        self.rest();
    }

    /// Shows a search that was asked for elsewhere than in this line.
    pub fn show(&mut self, text: &str, query: Query) {
        self.field = Field::of(text);
        self.rest();
        (self.asked, self.seen) = (Some((text.to_owned(), query)), false);
    }

    /// Gives up what was asked for and shows the list's search again, unless something is being typed.
    pub fn restore(&mut self) {
        (self.asked, self.standing) = (None, Standing::Shown);
        if !self.focused {
            self.field = Field::of(&self.shown);
        }
    }

    /// Learns how the search asked for last stands to the list; none when it was given up.
    pub fn settle(&mut self, standing: impl FnOnce(&Query) -> Option<Standing>) {
        let Some((text, query)) = &self.asked else { return };
        match standing(query) {
            Some(Standing::Shown) => {
                text.clone_into(&mut self.shown);
                (self.asked, self.standing) = (None, Standing::Shown);
            }
            Some(standing) => self.standing = standing,
            None => self.restore(),
        }
    }

    /// Whether the line stands above a list of something else for longer than a call takes.
    pub fn is_apart(&self) -> bool {
        matches!(self.standing, Standing::Refused | Standing::Unsent)
    }

    fn rest(&mut self) {
        (self.focused, self.wrong, self.recalled) = (false, None, None);
    }

    /// Reads the text. None when it cannot be read; the line then says why and keeps the cursor.
    pub fn submit(&mut self) -> Option<Query> {
        match parse(self.field.text()) {
            Ok(query) => {
                let text = self.field.text().to_owned();
                self.remember(&text);
                self.rest();
                (self.asked, self.seen) = (Some((text, query.clone())), false);
                Some(query)
            }
            Err(wrong) => {
                self.wrong = Some(wrong);
                None
            }
        }
    }

    fn remember(&mut self, text: &str) {
        self.history.retain(|old| old != text);
        self.history.push(text.to_owned());
        if self.history.len() > REMEMBERED {
            self.history.remove(0);
        }
    }

    /// Takes a key that edits or goes through the history.
    pub fn press(&mut self, key: Key) {
        if matches!(key.code, Code::Up | Code::Down) {
            self.recall(key.code == Code::Up);
        } else if self.field.press(key) {
            self.edited();
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.field.insert(text);
        self.edited();
    }

    fn edited(&mut self) {
        (self.wrong, self.recalled, self.seen) = (None, None, true);
    }

    fn recall(&mut self, older: bool) {
        let typed = self.field.text().to_owned();
        let (at, before) = self.recalled.take().unwrap_or((self.history.len(), typed));
        let at = if older { at.saturating_sub(1) } else { at + 1 };
        (self.wrong, self.seen) = (None, true);
        match self.history.get(at) {
            Some(text) => {
                self.field = Field::of(text);
                self.recalled = Some((at, before));
            }
            None => self.field = Field::of(&before),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::script;

    fn after(line: &mut SearchLine, keys: &str) -> String {
        script(keys).unwrap().into_iter().for_each(|key| line.press(key));
        line.field.text().to_owned()
    }

    #[test]
    fn the_history_is_walked_and_what_was_typed_comes_back() {
        let mut line = SearchLine::default();
        for text in ["a", "b", "a", "c"] {
            line.field = Field::of(text);
            assert!(line.submit().is_some());
        }
        line.field = Field::of("half");
        assert_eq!(after(&mut line, "<up>"), "c");
        assert_eq!(after(&mut line, "<up><up><up><up>"), "b");
        assert_eq!(after(&mut line, "<down><down><down>"), "half");
    }

    #[test]
    fn what_cannot_be_read_stays() {
        let mut line = SearchLine::of("state:open");
        line.focused = true;
        after(&mut line, " state:");
        assert!(line.submit().is_none() && line.focused && line.wrong.is_some());
        assert_eq!(line.field.text(), "state:open state:");
        after(&mut line, "x");
        assert_eq!(line.wrong, None);
        line.leave();
        assert_eq!(line.field.text(), "state:open");
    }
}

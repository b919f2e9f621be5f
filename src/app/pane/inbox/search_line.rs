//! The search line: what is being typed, how that stands to the list below, the searches of this run, and what cannot be
//! read. Refuses to search, and to know what can be offered.

mod history;

use super::search::offers::Offers;
use super::search::rest::{LONG_PAUSE_MILLIS, Rest, is_at, is_in_quotes};
use crate::app::field::Field;
use crate::app::key::{Code, Key};
use crate::domain::query::{Known, Query, Settled, Wrong, check, remarks};
use crate::domain::time::Moment;
use history::History;

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

/// A search that was asked for.
#[derive(Debug)]
struct Asked {
    /// As it was typed.
    text: String,
    /// As it was read.
    query: Query,
    /// Whether somebody wrote it, so that it is recalled later.
    typed: bool,
    /// Whether it is in the history because of this: one that fails goes from there again.
    is_new: bool,
}

/// The line above the list.
#[derive(Debug, Default)]
pub struct SearchLine {
    /// What is typed.
    pub field: Field,
    /// Whether the cursor is in it.
    pub focused: bool,
    /// Why the text cannot be sent, as far as that was said; gone once the cursor is at that word again.
    pub wrong: Option<Wrong>,
    /// What can be typed next.
    pub offers: Offers,
    /// What is said of the text since it rests.
    pub rest: Rest,
    /// How the search asked for last stands to the list.
    pub standing: Standing,
    /// Whether the server's complaint about it was seen: a key followed it.
    pub seen: bool,
    /// The text of the search that the list shows.
    shown: String,
    /// The search asked for last, until the list shows it or it is given up.
    asked: Option<Asked>,
    /// What is cut here of the search that the list shows, in words, and of which search that was said.
    cut: (Settled, String),
    /// Whether the blank behind the search was put there by opening the line, so that one typed is the same.
    spaced: bool,
    /// The text whose doubt was said; Enter again means it.
    doubted: Option<String>,
    history: History,
}

impl SearchLine {
    /// A line that shows a search that was asked for.
    pub fn of(text: &str) -> Self {
        Self { field: Field::of(text), shown: text.to_owned(), ..Self::default() }
    }

    /// Goes on typing with a text that was made elsewhere.
    pub fn typed_elsewhere(&mut self, text: &str) {
        self.rest();
        (self.field, self.focused, self.seen) = (Field::of(text), true, true);
    }

    /// Leaves the line, which shows again what is under way, else the list's search.
    pub fn leave(&mut self) {
        if self.standing == Standing::Refused {
            self.restore();
        }
        self.field = Field::of(self.asked.as_ref().map_or(&self.shown, |asked| &asked.text));
        self.rest();
    }

    /// Shows a search that was asked for elsewhere than in this line.
    pub fn show(&mut self, text: &str, query: Query) {
        self.ask(Asked { text: text.to_owned(), query, typed: false, is_new: false });
    }

    fn ask(&mut self, asked: Asked) {
        self.field = Field::of(&asked.text);
        self.rest();
        (self.asked, self.seen) = (Some(asked), false);
    }

    /// Gives up what was asked for and shows the list's search again, unless something is being typed.
    pub fn restore(&mut self) {
        (self.asked, self.standing) = (None, Standing::Shown);
        if !self.focused {
            self.field = Field::of(&self.shown);
        }
    }

    /// Learns how the search asked for last stands to the list, and whether it failed; none when it was given up. What failed
    /// is not recalled later.
    pub fn settle(&mut self, standing: impl FnOnce(&Query) -> Option<Standing>, failed: bool) {
        let Some(asked) = &mut self.asked else { return };
        let standing = standing(&asked.query);
        let failed = failed && matches!(standing, Some(Standing::Shown | Standing::Refused));
        if failed && std::mem::take(&mut asked.is_new) {
            self.history.forget(&asked.text);
        }
        match standing {
            Some(Standing::Shown) => self.came(!failed),
            Some(standing) => self.standing = standing,
            None => self.restore(),
        }
    }

    /// The list shows what was asked for, or that it failed; it may work yet when it is tried again.
    fn came(&mut self, well: bool) {
        self.standing = Standing::Shown;
        if let Some(asked) = self.asked.as_ref().filter(|_| !well) {
            self.shown.clone_from(&asked.text);
            return;
        }
        let Some(asked) = self.asked.take() else { return };
        if asked.typed {
            self.history.remember(&asked.text);
        }
        self.shown = asked.text;
    }

    /// What is cut here and not by the server, of the search that the list shows; empty when that is exact. Worked out once
    /// for each search.
    pub fn cut(&self) -> &str {
        &self.cut.1
    }

    /// The list shows the search that became this; the same words may become something else once more names are known.
    pub fn is_shown(&mut self, settled: &Settled) {
        if self.cut.0 != *settled {
            self.cut = (settled.clone(), settled.cut_words());
        }
    }

    /// Whether the line stands above a list of something else for longer than a call takes.
    pub fn is_apart(&self) -> bool {
        matches!(self.standing, Standing::Refused | Standing::Unsent)
    }

    fn rest(&mut self) {
        (self.focused, self.wrong, self.doubted, self.spaced) = (false, None, None, false);
        self.history.leave();
        self.offers.reset();
        self.rest.reset();
    }

    /// Reads the text. None when it cannot be read or sent; the line then says why and keeps the cursor. So it does once
    /// for a value that nobody knows; the next Enter searches for it as it is.
    pub fn submit(&mut self, known: &Known<'_>) -> Option<Query> {
        let text = self.field.text().trim().to_owned();
        match check(self.field.text(), known) {
            Ok((query, _)) => {
                if let Some(doubt) = self.doubt(known).filter(|_| self.doubted.as_ref() != Some(&text)) {
                    (self.wrong, self.doubted) = (Some(doubt), Some(text));
                    self.offers.close();
                    return None;
                }
                self.asked_for(&text, query.clone());
                Some(query)
            }
            Err(wrong) => {
                self.wrong = Some(wrong);
                self.offers.close();
                None
            }
        }
    }

    /// What is likely not meant, with what to do who means it.
    fn doubt(&self, known: &Known<'_>) -> Option<Wrong> {
        let first = remarks(self.field.text(), known).into_iter().next()?;
        Some(Wrong { sentence: format!("{} Enter again searches for it.", first.sentence), ..first })
    }

    /// Puts the cursor into the line, behind a blank, so that what is typed is another word of the search.
    /// A search that was refused is mended where it ends.
    pub fn open(&mut self) {
        self.focused = true;
        let text = self.field.text();
        let refines = self.standing != Standing::Refused && !text.is_empty();
        if refines && !text.ends_with(char::is_whitespace) {
            self.spaced = true;
            self.field = Field::of(&format!("{text} "));
        }
    }

    /// A search was begun that reads like this; the line shows it from now on.
    pub fn asked_for(&mut self, text: &str, query: Query) {
        let is_new = self.history.remember(text);
        self.ask(Asked { text: text.to_owned(), query, typed: true, is_new });
    }

    /// Takes a key that edits, goes through the list or through the history.
    pub fn press(&mut self, key: Key, known: &Known<'_>) {
        let recalls = key.ctrl && key.code == Code::Char('r');
        if recalls {
            return self.recall(true);
        }
        if matches!(key.code, Code::Up | Code::Down) {
            let down = key.code == Code::Down;
            if !self.offers.go(down) {
                self.recall(!down);
            }
            return;
        }
        if std::mem::take(&mut self.spaced) && key.typed() == Some(' ') {
            return;
        }
        let before = self.field.text().len();
        if !self.field.press(key) {
            return;
        }
        let moves = matches!(key.code, Code::Left | Code::Right | Code::Home | Code::End);
        self.seen = true;
        if moves || (before == self.field.text().len() && key.typed().is_none()) {
            self.offers.hide();
        } else {
            self.edited(known);
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str, known: &Known<'_>) {
        let blank = std::mem::take(&mut self.spaced);
        self.field.insert(if blank { text.trim_start() } else { text });
        self.edited(known);
    }

    /// Takes what is marked in the list, or opens it where it is closed. False when there is nothing to offer.
    pub fn complete(&mut self, known: &Known<'_>) -> bool {
        let Some((at, insert)) = self.offers.take() else {
            return self.offers.ask(self.field.text(), self.field.cursor(), known);
        };
        self.field.replace(at, &insert);
        self.edited(known);
        true
    }

    fn edited(&mut self, known: &Known<'_>) {
        self.seen = true;
        self.history.leave();
        self.offers.typed(self.field.text(), self.field.cursor(), known);
        self.reconsider(known);
    }

    /// What was said to be wrong stays said while it is, but not while somebody mends it.
    fn reconsider(&mut self, known: &Known<'_>) {
        let Some(said) = self.wrong.take() else { return };
        let still = check(self.field.text(), known).err();
        self.wrong = still.filter(|wrong| wrong.at.start == said.at.start && !self.is_at(wrong));
    }

    fn is_at(&self, wrong: &Wrong) -> bool {
        is_at(&wrong.at, self.field.cursor())
    }

    /// Whether something that is wrong may be said by now: not while the word may be going on.
    pub fn may_say(&self, wrong: &Wrong, now: Moment) -> bool {
        let goes_on = self.offers.is_open() || is_in_quotes(self.field.text(), self.field.cursor());
        !self.is_at(wrong) || (!goes_on && self.rest.has_rested(now, LONG_PAUSE_MILLIS))
    }

    fn recall(&mut self, older: bool) {
        (self.wrong, self.seen) = (None, true);
        self.offers.hide();
        self.field = Field::of(self.history.recall(older, self.field.text()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::script;
    use crate::domain::roster::Roster;
    use crate::domain::time::Unix;

    fn known(roster: &Roster) -> Known<'_> {
        Known { now: Unix(1_786_900_000), zone: 0, roster }
    }

    fn after(line: &mut SearchLine, keys: &str) -> String {
        let roster = Roster::default();
        script(keys).unwrap().into_iter().for_each(|key| line.press(key, &known(&roster)));
        line.field.text().to_owned()
    }

    fn submit(line: &mut SearchLine) -> Option<Query> {
        line.submit(&known(&Roster::default()))
    }

    #[test]
    fn the_history_is_walked_and_what_was_typed_comes_back() {
        let mut line = SearchLine::default();
        for text in ["a", "b", "a", "c"] {
            line.field = Field::of(text);
            assert!(submit(&mut line).is_some());
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
        assert!(submit(&mut line).is_none() && line.focused && line.wrong.is_some());
        assert_eq!(line.field.text(), "state:open state:");
        after(&mut line, "x");
        assert_eq!(line.wrong, None);
        line.leave();
        assert_eq!(line.field.text(), "state:open");
    }
}

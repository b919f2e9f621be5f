//! The search as boxes to fill in. Owns which box has the keys, what is typed in it, and the query that the boxes write at
//! this moment; which boxes there are, and the way in both directions, belongs to the search language.

mod keys;

use ratatui::layout::Rect;

use super::known;
use super::offers::Offers;
use super::rest::{self, Rest};
use crate::app::event::Timer;
use crate::app::field::Field;
use crate::app::list::List;
use crate::app::notice::Weight;
use crate::app::pane::inbox::Inbox;
use crate::app::shell::Shell;
use crate::domain::query::form::{Boxes, Entry, Kind};
use crate::domain::query::{Known, Query, Settled, Wrong, parse};

/// Rows below the boxes: a rule, the query, what is said of it. The least and the most.
const TAIL: (u16, u16) = (4, 8);

/// What is wrong, and in which box as far as that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The number of the box.
    pub at: Option<usize>,
    /// One sentence.
    pub sentence: String,
}

/// The form.
#[derive(Debug)]
pub struct Form {
    /// The boxes.
    pub boxes: Boxes,
    /// The box that has the keys, and the window over all.
    pub list: List,
    /// What is typed in that box; meaningless where it has choices.
    pub field: Field,
    /// What can be typed there.
    pub offers: Offers,
    /// What is said of the query.
    pub rest: Rest,
    /// What is wrong, as far as that was said.
    pub wrong: Option<Complaint>,
    /// The query that was written last, in the search language.
    pub written: String,
    /// Whether the boxes say something that cannot be read now, so that `written` is older than they are.
    pub is_stale: bool,
    /// The query as it was typed before the form was opened; it stays so while nothing is changed.
    typed: String,
    changed: bool,
}

/// The frame over `body` for so many boxes, the room of the boxes in it, and the room below them.
pub fn rooms(body: Rect, boxes: usize) -> [Rect; 3] {
    let wanted = u16::try_from(boxes).unwrap_or(u16::MAX);
    let most = wanted.saturating_add(TAIL.1 + 2);
    let (width, height) = (body.width.min(100), body.height.min(most));
    let (x, y) = (body.x + (body.width - width) / 2, body.y + (body.height - height) / 2);
    let inner = height.saturating_sub(2);
    let tail = if inner > TAIL.0 + 2 { inner.saturating_sub(wanted).clamp(TAIL.0, TAIL.1) } else { 0 };
    let room = Rect { x: x + width.min(2), y: y + height.min(1), width: width.saturating_sub(4), height: 0 };
    let boxes = Rect { height: inner - tail, ..room };
    let below = Rect { y: boxes.bottom(), height: tail, ..room };
    [Rect { x, y, width, height }, boxes, below]
}

impl Form {
    /// The form of a query that was typed like this.
    pub fn of(query: &Query, typed: &str) -> Self {
        let boxes = Boxes::of(query);
        let mut form = Self {
            boxes,
            list: List::default(),
            field: Field::default(),
            offers: Offers::default(),
            rest: Rest::default(),
            wrong: None,
            written: query.typed(),
            is_stale: false,
            typed: typed.to_owned(),
            changed: false,
        };
        form.list.fit(form.boxes.entries().len(), form.boxes.entries().len());
        form.entered();
        form
    }

    /// The box that has the keys.
    pub fn here(&self) -> Option<&Entry> {
        self.boxes.entries().get(self.list.cursor())
    }

    /// Whether the box that has the keys is typed in.
    pub fn is_typed(&self) -> bool {
        self.here().is_some_and(|entry| entry.kind != Kind::Choice)
    }

    /// The keys came to another box.
    fn entered(&mut self) {
        self.offers.reset();
        self.field = Field::of(self.here().map_or("", |entry| &entry.value));
    }

    /// Puts a value into the box that has the keys, and writes the query anew.
    fn set(&mut self, shell: &mut Shell, value: &str) {
        if self.here().is_some_and(|entry| entry.value == value) {
            return;
        }
        self.boxes.set(self.list.cursor(), value);
        self.changed = true;
        self.rest.typed(shell);
        self.write(&known(shell));
    }

    /// Writes the query that the boxes say. What is wrong elsewhere is said at once; what is wrong in the box that is typed in
    /// waits for a rest, and stays said while it is so.
    fn write(&mut self, known: &Known<'_>) {
        match self.read(known) {
            Ok((query, _)) => {
                (self.wrong, self.is_stale) = (None, false);
                self.written = query.typed();
            }
            Err(wrong) => {
                self.is_stale = true;
                let here = wrong.at.is_none_or(|at| at == self.list.cursor());
                let is_said = self.wrong.as_ref().is_some_and(|said| said.at == wrong.at);
                self.wrong = Some(wrong).filter(|_| !here || is_said);
            }
        }
    }

    /// The query of the boxes, as far as that it could be sent now.
    fn read(&self, known: &Known<'_>) -> Result<(Query, Settled), Complaint> {
        let query = self.boxes.query().map_err(|(at, sentence)| Complaint { at: Some(at), sentence })?;
        let wrong = |wrong: Wrong| Complaint { at: self.box_of(&query, &wrong), sentence: wrong.sentence };
        let settled = query.settled(known).map_err(wrong)?;
        Ok((query, settled))
    }

    /// The box that a word of the printed query came from.
    fn box_of(&self, query: &Query, wrong: &Wrong) -> Option<usize> {
        self.boxes.saying(query.to_string().get(wrong.at.clone())?)
    }

    /// Tells how much room there is.
    pub(super) fn arrange(&mut self, body: Rect) {
        let [_, boxes, below] = rooms(body, self.boxes.entries().len());
        self.list.fit(self.boxes.entries().len(), usize::from(boxes.height));
        self.offers.fit(usize::from((boxes.height + below.height).saturating_sub(2)).max(1));
    }
}

impl Inbox {
    /// Opens the form over the search of the line; in the form, goes on in the line.
    pub(in crate::app::pane::inbox) fn show_form(&mut self, shell: &mut Shell) {
        if self.form.is_some() {
            return self.form_to_line(shell);
        }
        let text = self.search.field.text().to_owned();
        match parse(&text) {
            Ok(query) => {
                self.search.offers.hide();
                let mut form = Form::of(&query, &text);
                form.rest.typed(shell);
                self.form = Some(form);
            }
            Err(wrong) => {
                shell.say(
                    Weight::Quiet,
                    "Mend the marked word first: the form needs a query that can be read.",
                );
                (self.search.focused, self.search.wrong) = (true, Some(wrong));
                self.search.offers.hide();
            }
        }
    }

    /// What the form says goes into the line, with the cursor at its end. Nothing is searched yet.
    fn form_to_line(&mut self, shell: &mut Shell) {
        let Some(form) = &mut self.form else { return };
        let text = match form.boxes.query() {
            _ if !form.changed => std::mem::take(&mut form.typed),
            Ok(query) => query.typed(),
            Err((at, sentence)) => {
                form.wrong = Some(Complaint { at: Some(at), sentence });
                return;
            }
        };
        self.form = None;
        self.search.typed_elsewhere(&text);
        self.search.rest.typed(shell);
    }

    /// Searches for what the form says.
    fn form_enter(&mut self, shell: &mut Shell) {
        let Some(form) = &mut self.form else { return };
        let query = match form.read(&known(shell)) {
            Ok((query, _)) => query,
            Err(wrong) => {
                form.offers.hide();
                form.wrong = Some(wrong);
                return;
            }
        };
        let text = if form.changed { query.typed() } else { std::mem::take(&mut form.typed) };
        self.form = None;
        self.search_for(shell, &text, query);
    }

    /// Nothing was typed for a moment: the query is explained, or what is wrong is said.
    pub(super) fn explain_form(&mut self, shell: &mut Shell) {
        let number = self.next_explanation();
        let Some(form) = &mut self.form else { return };
        if !form.rest.has_rested(shell.now, rest::PAUSE_MILLIS) {
            return;
        }
        let long = form.rest.has_rested(shell.now, rest::LONG_PAUSE_MILLIS);
        match form.read(&known(shell)) {
            Ok((query, settled)) => form.rest.explain(shell, number, &query, &settled),
            Err(wrong) if long && !form.offers.is_open() => form.wrong = Some(wrong),
            Err(_) if long => {}
            Err(_) => shell.timer(Timer::Explain, rest::LONG_PAUSE_MILLIS - rest::PAUSE_MILLIS),
        }
    }
}

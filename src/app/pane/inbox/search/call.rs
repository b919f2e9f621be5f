//! The exact tool call of the search that the list shows, in a box over the Inbox. Owns its lines and the window over them;
//! what is sent is told by the session, from where it is sent.

#![expect(clippy::wildcard_enum_match_arm, reason = "the box answers to a few commands")]

use ratatui::layout::Rect;

use super::rest::first_page;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::list::Scroll;
use crate::app::notice::Weight;
use crate::app::pane::inbox::Inbox;
use crate::app::rows::{Look, Row, wrapped};
use crate::app::shell::Shell;
use crate::domain::call::Fault;
use crate::domain::query::Query;
use crate::domain::text::{Clean, reveal};

/// The most columns and rows that the box takes.
const MOST: (u16, u16) = (92, 34);

/// The box over `body` for so many lines, and the room in it.
fn room(body: Rect, lines: usize) -> (Rect, Rect) {
    let wanted = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2);
    let (width, height) = (body.width.min(MOST.0), body.height.min(MOST.1).min(wanted));
    let (x, y) = (body.x + (body.width - width) / 2, body.y + (body.height - height) / 2);
    let inside = Rect {
        x: x + width.min(2),
        y: y + height.min(1),
        width: width.saturating_sub(4),
        height: height.saturating_sub(2),
    };
    (Rect { x, y, width, height }, inside)
}

/// What would be sent for a search.
#[derive(Debug)]
pub struct ShownCall {
    /// The lines, as wide as the box.
    pub rows: Vec<Row>,
    /// The window over them.
    pub scroll: Scroll,
    /// The box, and the room in it.
    pub areas: (Rect, Rect),
    number: u64,
    query: Query,
    /// What is cut here, in words.
    cut: String,
    told: Option<Result<String, Fault>>,
    /// The width that the lines were made for.
    width: Option<u16>,
}

impl ShownCall {
    fn of(number: u64, query: Query, cut: String) -> Self {
        let (rows, areas) = (Vec::new(), (Rect::default(), Rect::default()));
        Self { rows, scroll: Scroll::default(), areas, number, query, cut, told: None, width: None }
    }

    /// Takes the explanation with its number.
    pub(super) fn explained(&mut self, number: u64, told: &Result<String, Fault>) {
        if number == self.number {
            (self.told, self.width) = (Some(told.clone()), None);
        }
    }

    /// The call as text; none while it is not known.
    fn text(&self) -> Option<&str> {
        self.told.as_ref()?.as_deref().ok()
    }

    /// Lays the lines out over a body; nothing is done when nothing changed.
    pub(in crate::app::pane::inbox) fn arrange(&mut self, body: Rect) {
        let width = room(body, 0).1.width;
        if self.width != Some(width) {
            (self.rows, self.width) = (self.lines(width), Some(width));
        }
        self.areas = room(body, self.rows.len());
        self.scroll.fit(self.rows.len(), usize::from(self.areas.1.height));
    }

    fn lines(&self, width: u16) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut say = |words: &str, look| wrapped(&mut rows, "", words, look, width);
        say(&format!("Search: {}", searched(&self.query)), Look::Plain);
        if !self.cut.is_empty() {
            say(&self.cut, Look::Warn);
        }
        rows.push(Row::blank());
        self.told_lines(&mut rows, width);
        rows
    }

    fn told_lines(&self, rows: &mut Vec<Row>, width: u16) {
        match &self.told {
            None => wrapped(rows, "", "Asking what is sent…", Look::Dim, width),
            Some(Ok(text)) => {
                text.lines().for_each(|line| json(rows, line, width));
                rows.push(Row::blank());
                wrapped(rows, "", PAGES, Look::Dim, width);
            }
            Some(Err(fault)) => {
                wrapped(rows, "", &fault.sentence, Look::Bad, width);
                wrapped(rows, "", &fault.hint, Look::Dim, width);
            }
        }
    }
}

/// What follows the first page.
const PAGES: &str = "This asks for the first page. Every further page repeats it, with the cursor that the page before brought.";

fn searched(query: &Query) -> String {
    let words = query.to_string();
    if words.is_empty() { "everything".into() } else { reveal(&words) }
}

/// A line of JSON; what does not fit goes on below, under where its words began.
fn json(rows: &mut Vec<Row>, line: &str, width: u16) {
    let words = line.trim_start();
    let indent = (line.len() - words.len()).min(usize::from(width / 2));
    wrapped(rows, &" ".repeat(indent), &reveal(words), Look::Plain, width);
}

impl Inbox {
    /// Shows the call of the list's search, or closes it.
    pub(in crate::app::pane::inbox) fn show_call(&mut self, shell: &mut Shell) {
        if self.call.take().is_some() {
            return;
        }
        let (number, results) = (self.next_explanation(), &self.listing.results);
        // What was sent for the rows that are shown, not what would be sent now: its times have moved since.
        let (query, settled) = (results.query.clone(), &results.settled);
        shell.effect(Effect::Explain(number, first_page(settled)));
        self.call = Some(ShownCall::of(number, query, settled.cut_words()));
    }

    /// Does a command over the open box. False when there was nothing to do.
    pub(in crate::app::pane::inbox) fn call_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        let Some(call) = &mut self.call else { return false };
        if let Some(movement) = command.movement() {
            call.scroll.go(movement);
            return true;
        }
        match command {
            Command::Back | Command::ShowCall => self.call = None,
            Command::Copy => {
                let Some(text) = call.text() else { return false };
                shell.effect(Effect::Copy(Clean::text(text)));
                shell.say(Weight::Good, "Tool call copied.");
            }
            _ => return false,
        }
        true
    }

    /// Why a command cannot be done over the open box.
    pub(in crate::app::pane::inbox) fn call_reason(&self, command: Command) -> Option<&'static str> {
        let call = self.call.as_ref().filter(|_| command == Command::Copy)?;
        call.text().is_none().then_some("What is sent is not known yet.")
    }
}

//! Articles that may answer the open conversation: by which words they are looked for, what was found, and the one that is
//! read. Owns the calls for them; refuses to draw, and to choose words itself.

mod keys;
mod searching;

use ratatui::layout::Rect;

use super::Inbox;
use super::layout::{Areas, Focus, THREE};
use crate::app::layout::columns;
use crate::app::pane::articles::geometry::column;
use crate::app::pane::articles::reader::{Came, Reader};
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::call::{CallId, End};
use crate::domain::telling;
use searching::From;
pub use searching::{Candidate, Search};

/// Rows above the list: the words, what came of them, and a line.
pub const HEAD: u16 = 3;
/// Rows of one candidate.
pub const ROWS: u16 = 3;
/// From this width on the thread stands beside the articles.
const BESIDE: u16 = 100;

/// The panel.
#[derive(Debug, Default)]
pub struct Answers {
    /// What is looked for, while the panel is open.
    pub search: Option<Search>,
    /// Where it is.
    pub area: Rect,
}

impl Answers {
    /// Whether the panel is on the screen.
    pub fn is_open(&self) -> bool {
        self.search.is_some()
    }

    /// Whether the number of a link is being typed.
    pub fn reads_link(&self) -> bool {
        self.reader().is_some_and(|reader| reader.line.is_some())
    }

    /// The article that is read.
    pub fn reader(&self) -> Option<&Reader> {
        self.search.as_ref()?.reader.as_ref()
    }

    /// Where keys go; none while the panel is closed.
    pub fn place(&self) -> Option<Place> {
        let search = self.search.as_ref()?;
        Some(match &search.reader {
            Some(reader) if reader.line.is_some() => Place::Form,
            Some(_) => Place::Candidate,
            None => Place::Answers,
        })
    }

    /// Takes the end of one of its calls; gives back what is not its own.
    fn ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Option<End> {
        let Some(search) = &mut self.search else { return Some(end) };
        if search.call == Some(id) {
            search.answered(shell, end);
            return None;
        }
        let Some(reader) = &mut search.reader else { return Some(end) };
        match reader.ended(shell, id, end) {
            Came::NotMine(end) => Some(end),
            Came::Fresh | Came::Failed => None,
        }
    }

    /// The link came up: asks again for what is wanting.
    pub(super) fn linked(&mut self, shell: &mut Shell) {
        let Some(search) = &mut self.search else { return };
        if search.found.is_none() && search.call.is_none() {
            search.look(shell);
        }
        if let Some(reader) =
            search.reader.as_mut().filter(|reader| reader.article.is_none() && reader.call.is_none())
        {
            reader.ask(shell);
        }
    }

    /// What the status line says.
    pub(super) fn status(&self) -> String {
        let Some(search) = &self.search else { return String::new() };
        if let Some(reader) = &search.reader {
            return format!("article {} · {} %", reader.row.id, reader.percent());
        }
        match &search.found {
            Some(found) if !found.is_empty() => search.counted(found.len(), "article"),
            Some(_) | None => String::new(),
        }
    }
}

impl Inbox {
    /// Looks for articles that answer the conversation that keys are about.
    pub(super) fn show_answers(&mut self, shell: &mut Shell) {
        let Some(id) = self.current().map(|row| row.id.clone()) else { return };
        let mut from = From::Thread;
        if self.focus == Focus::List {
            from = From::List(self.reader.open.clone());
            self.open_thread(shell, id.clone());
        }
        let mut search = Search::of(id, self.telling_words(), from);
        search.look(shell);
        self.answers.search = Some(search);
    }

    /// The words of the open conversation that tell most, as far as it is here.
    fn telling_words(&self) -> Vec<String> {
        match (self.reader.thread(), self.open_row()) {
            (Some(thread), _) => telling::of_thread(thread, &self.known_people(thread)),
            (None, Some(row)) => telling::of_row(row),
            (None, None) => Vec::new(),
        }
    }

    /// Takes the end of one of the panel's calls; gives back what is not its own.
    pub(super) fn answers_ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Option<End> {
        let end = self.answers.ended(shell, id, end);
        if end.is_none() {
            self.answers_learn(shell);
        }
        end
    }

    /// The thread is here, or an asking ended: its words are taken when those of the list found nothing, at the latest before
    /// those are looked for one by one.
    pub(super) fn answers_learn(&mut self, shell: &mut Shell) {
        let is_open = |search: &&Search| Some(&search.conversation) == self.reader.open.as_ref();
        let Some(search) = self.answers.search.as_ref().filter(is_open) else { return };
        let fruitless = search.found.as_ref().map_or(search.is_alone(), Vec::is_empty);
        if search.is_typed || !fruitless {
            return;
        }
        let words = self.telling_words();
        if let Some(search) = self.answers.search.as_mut().filter(|search| search.words != words) {
            search.words = words;
            search.look(shell);
        }
    }

    /// Enter after other words; without any, the conversation's own words are taken.
    pub(super) fn words_done(&mut self, shell: &mut Shell, typed: &str) {
        let words = telling::typed(typed);
        let own = if words.is_empty() { self.telling_words() } else { Vec::new() };
        let Some(search) = &mut self.answers.search else { return };
        search.is_typed = !words.is_empty();
        search.words = if search.is_typed { words } else { own };
        search.look(shell);
    }

    /// Closes the panel without going anywhere.
    pub(super) fn drop_answers(&mut self, shell: &mut Shell) {
        if let Some(mut search) = self.answers.search.take() {
            search.cancel(shell);
            if let Some(reader) = &mut search.reader {
                reader.cancel(shell);
            }
        }
    }

    /// Works out where the panel is, and what is in view there.
    pub(super) fn arrange_answers(&mut self, shell: &Shell) {
        let Some(search) = &mut self.answers.search else { return };
        let (body, areas) = (shell.frame.body, &mut self.areas);
        self.answers.area = if body.width < BESIDE { over(areas, body) } else { beside(areas, body) };
        if self.line.is_some() {
            let area = &mut self.answers.area;
            let rows = area.height.min(1);
            area.height -= rows;
            self.areas.line = Rect { y: area.bottom(), height: rows, ..*area };
        }
        let below = below(self.answers.area);
        let len = search.found.as_ref().map_or(0, Vec::len);
        search.list.fit(len, usize::from(below.height / ROWS));
        if let Some(reader) = &mut search.reader {
            reader.arrange(column(below).width, below.height, shell);
        }
    }
}

/// The panel over everything else.
fn over(areas: &mut Areas, body: Rect) -> Rect {
    let Areas { search, list, head, thread, customer, .. } = areas;
    for part in [search, list, head, thread, customer] {
        *part = none(body);
    }
    body
}

/// The panel beside the thread. The views and the customer give way, and where there is less room the list too.
fn beside(areas: &mut Areas, body: Rect) -> Rect {
    let shift = areas.list.x.saturating_sub(body.x);
    for part in [&mut areas.search, &mut areas.list, &mut areas.head, &mut areas.thread] {
        part.x = part.x.saturating_sub(shift).max(body.x);
    }
    (areas.views, areas.customer) = (none(body), none(body));
    let keeps = body.width >= THREE && areas.list.width > 0;
    let from = if keeps { areas.thread.x } else { body.x };
    if !keeps {
        (areas.search, areas.list) = (none(body), none(body));
    }
    let room = Rect { x: from, width: body.right() - from, ..body };
    let [thread, panel] = columns(room, [(room.width - 1) / 2, 0]);
    (areas.head.x, areas.head.width) = (thread.x, thread.width);
    (areas.thread.x, areas.thread.width) = (thread.x, thread.width);
    panel
}

fn none(body: Rect) -> Rect {
    Rect { width: 0, height: 0, ..body }
}

/// The part of the panel below its head.
pub fn below(area: Rect) -> Rect {
    let head = HEAD.min(area.height);
    Rect { y: area.y + head, height: area.height - head, ..area }
}

//! What a note looks like before it is sent: where it goes, what Intercom does with it, its words, and the HTML that is sent.
//! Owns the rows for a width, the window over them, and the words of the question.

use ratatui::layout::Rect;

use crate::app::list::Scroll;
use crate::app::pane::articles::dialog::{Words, width, workspace};
use crate::app::shell::Shell;
use crate::domain::change::Note;
use crate::domain::conversation::{Conversation, State};
use crate::domain::rich::wrap;
use crate::domain::roster::Roster;
use crate::domain::text::{Clean, fit, reveal};

/// The widest rows, in cells.
const WIDEST: u16 = 100;
/// Cells of the conversation's title that are shown.
const TITLE: usize = 60;

/// How a row looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// What the page is about.
    Heading,
    /// A remark.
    Dim,
    /// A sentence.
    Plain,
    /// Needs care.
    Strong,
    /// The name of what follows.
    Name,
    /// The note's own words.
    Words,
}

/// A page.
#[derive(Debug)]
pub struct Page {
    lines: Vec<(Look, String)>,
    warnings: Vec<String>,
    workspace: String,
    title: String,
    words: usize,
    /// The rows for the width.
    pub rows: Vec<(Look, String)>,
    /// The window over them.
    pub scroll: Scroll,
    laid: Option<u16>,
}

/// The note's visibility, in one sentence.
pub const VISIBLE: &str = "Only teammates see it, never the customer.";

const AUTHOR: &str = "Its author is whoever authorised this connection.";

/// The conversation's title in quotes of ours.
fn title(thread: &Conversation, cells: usize) -> String {
    let titles = [&thread.row.subject, &thread.row.preview];
    let title = titles.into_iter().find(|title| !title.is_empty());
    format!("“{}”", title.map_or("(no subject)".into(), |title| fit(title, cells)))
}

/// What Intercom does with notes on such a conversation (intercom-mcp 3.9), as far as it is known to apply.
fn warnings(thread: &Conversation, roster: &Roster) -> Vec<String> {
    let asleep = thread.row.state == State::Snoozed || thread.row.snoozed_until.is_some();
    let wakes = thread.row.admin.as_ref().filter(|_| asleep).map(|admin| {
        let name = fit(roster.admin(admin), 40).into_owned();
        format!("It is snoozed and assigned to {name}: a note by anybody else wakes it.")
    });
    let ticket = thread.ticket.then(|| "This is a ticket, and Intercom refuses notes on tickets.".to_owned());
    wakes.into_iter().chain(ticket).collect()
}

impl Page {
    /// The page of a note to a conversation.
    pub(super) fn of(note: &Note, thread: &Conversation, shell: &Shell) -> Self {
        let (warnings, workspace) = (warnings(thread, &shell.roster), workspace(shell));
        let customer = fit(thread.row.author.called(), 40).into_owned();
        let place = if workspace.is_empty() { String::new() } else { format!(" · in {workspace}") };
        let mut lines = vec![
            (Look::Heading, format!("Internal note to {}", title(thread, TITLE))),
            (Look::Dim, format!("{customer} · conversation {}{place}", note.conversation())),
            (Look::Plain, format!("{VISIBLE} {AUTHOR}")),
        ];
        lines.extend(warnings.iter().map(|warning| (Look::Strong, format!("! {warning}"))));
        lines.extend([(Look::Plain, String::new()), (Look::Name, "Note".to_owned())]);
        lines.extend(note.words().trim_end().lines().map(|line| (Look::Words, reveal(line))));
        lines.extend([(Look::Plain, String::new()), (Look::Name, "Sent as HTML, on one line".to_owned())]);
        lines.push((Look::Dim, reveal(note.body())));
        Self {
            lines,
            warnings,
            workspace,
            title: title(thread, 40),
            words: note.words().split_whitespace().count(),
            rows: Vec::new(),
            scroll: Scroll::default(),
            laid: None,
        }
    }

    /// Lays the page out for a body; costs nothing when nothing changed.
    pub(super) fn arrange(&mut self, body: Rect) {
        let room = room(body);
        if self.laid != Some(room.width) {
            self.laid = Some(room.width);
            self.rows.clear();
            for (look, line) in &self.lines {
                let cells = if *look == Look::Words { room.width.saturating_sub(2) } else { room.width };
                let wrapped = wrap(line, cells);
                let rows = if wrapped.is_empty() { vec![String::new()] } else { wrapped };
                self.rows.extend(rows.into_iter().map(|row| (*look, row)));
            }
        }
        self.scroll.fit(self.rows.len(), usize::from(room.height));
    }

    /// Where one is, for the status line.
    pub(super) fn status(&self) -> String {
        format!("internal note, not sent · {}%", self.scroll.percent())
    }

    /// The words of the question in a body.
    pub fn question(&self, body: Rect) -> Words {
        let inside = width(body).saturating_sub(4);
        let count = if self.words == 1 { "1 word.".to_owned() } else { format!("{} words.", self.words) };
        let place = if self.workspace.is_empty() { String::new() } else { format!("In {}", self.workspace) };
        let warned = self.warnings.iter().map(|warning| format!(" {warning}"));
        Words {
            article: fit(&Clean::line(&format!("Note to {}", self.title)), usize::from(inside)).into_owned(),
            workspace: if place.is_empty() { Vec::new() } else { wrap(&place, inside) },
            consequence: wrap(VISIBLE, inside),
            summary: wrap(&(count + &warned.collect::<String>()), inside),
            demand: wrap("To send it, press y.", inside),
        }
    }
}

/// Where the page is in a body.
pub fn room(body: Rect) -> Rect {
    Rect { x: body.x + body.width.min(1), width: body.width.saturating_sub(2).min(WIDEST), ..body }
}

/// The note's share of the column of the thread: the lower half, or all of a short one.
pub fn panel(thread: Rect) -> Rect {
    let rows = if thread.height < 10 { thread.height } else { thread.height / 2 };
    Rect { y: thread.bottom() - rows, height: rows, ..thread }
}

/// Where the text is in the panel: below its rule.
pub fn text_room(panel: Rect) -> Rect {
    let rule = panel.height.min(1);
    let inside = panel.width.saturating_sub(2).min(WIDEST);
    Rect { x: panel.x + panel.width.min(1), y: panel.y + rule, width: inside, height: panel.height - rule }
}

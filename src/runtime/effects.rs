//! Doing what `update` asked for. Nothing here waits: what takes time goes to the session, the disk or a thread.

use std::sync::Arc;

use tokio::sync::mpsc::Sender;

use super::drafts::{Drafts, Order};
use super::journal::{self, Journal};
use super::marks::Marks;
use super::names::Names;
use super::outside::Outside;
use super::timers::Timers;
use crate::app::event::{Kept, StoredDraft};
use crate::app::opening::Opening;
use crate::app::{Effect, Event};
use crate::domain::call::{CallId, End, Fault, FaultKind, Report};
use crate::domain::change::Approved;
use crate::domain::text::Clean;
use crate::session::{Request, Session, Unsent};

/// What only the loop itself can do.
#[derive(Debug)]
pub(super) enum Own {
    /// Put text on the clipboard.
    Copy(Clean),
    /// Say when the next frame is painted.
    TellPainted,
    /// Paint everything anew.
    Redraw,
    /// Stop until continued.
    Suspend,
    /// Lend the terminal to the person's own editor.
    Lend(Outside),
    /// Read which accounts there are.
    LookForAccounts,
    /// Begin another session.
    Open(Opening),
    /// Leave.
    Quit,
}

/// Everything that effects reach.
pub(super) struct Reach {
    /// None on the first screen.
    pub(super) session: Option<Arc<Session>>,
    pub(super) drafts: Drafts,
    pub(super) journal: Journal,
    pub(super) marks: Marks,
    pub(super) names: Names,
    pub(super) timers: Timers,
    pub(super) events: Sender<Event>,
}

/// What could not even be queued.
pub(super) fn too_much() -> Fault {
    Fault::new(
        FaultKind::Busy,
        "Too much is under way already; nothing was sent.",
        "Wait a moment and try again.",
    )
}

/// A call that could not even be queued, as its end.
fn unsent(id: CallId) -> Event {
    Event::Report(Report::Ended { id, end: End::NotSent(too_much()) })
}

impl Reach {
    /// Does one effect, or gives it to the loop. What failed at once comes back as events.
    pub(super) fn perform(&mut self, effect: Effect, back: &mut Vec<Event>) -> Option<Own> {
        match effect {
            Effect::Ask { id, call } => self.send(Request::Ask { id, call }, id, back),
            Effect::Write { id, approved } => self.write(id, approved, back),
            Effect::Outcome(put, outcome, seen) => {
                let told = Box::new((put, outcome, seen.unwrap_or_default()));
                self.journal.order_patiently(journal::Order::Outcome(told));
            }
            Effect::ListWrites(article) => self.journal.order_patiently(journal::Order::List(article)),
            Effect::ReadWrite(id) => self.journal.order_patiently(journal::Order::Read(id)),
            // A cancelled call's end falls on the floor in any case; the wire just is not told.
            Effect::Cancel(id) => drop(self.hand(Request::Cancel(id))),
            Effect::Reconnect => self.tell(Request::Reconnect, back),
            Effect::SignIn => self.tell(Request::SignIn, back),
            Effect::Redirected(address) => self.tell(Request::Redirected(address), back),
            Effect::GiveUpSignIn => self.tell(Request::GiveUpSignIn, back),
            Effect::SignOut => self.tell(Request::SignOut, back),
            Effect::Answer(id, reply) => self.tell(Request::Answer(id, reply), back),
            Effect::AcceptTools(shown) => self.tell(Request::AcceptTools(shown), back),
            Effect::Explain(number, call) => self.tell(Request::Explain(number, call), back),
            Effect::Examine => self.tell(Request::Examine, back),
            Effect::LookForAccounts => return Some(Own::LookForAccounts),
            Effect::Open(opening) => return Some(Own::Open(opening)),
            Effect::Timer(timer, millis) => self.timers.set(timer, millis),
            Effect::Browse(address) => self.browse(address, None),
            Effect::Visit(id, address) => self.browse(address, Some(Event::Visited(id))),
            Effect::KeepDraft(number, draft) => self.keep(number, draft, back),
            Effect::ForgetDraft(article) => self.drafts.order_patiently(Order::Forget(article)),
            Effect::ListDrafts => self.drafts.order_patiently(Order::List),
            Effect::FindDraft(article) => self.drafts.order_patiently(Order::Find(article)),
            Effect::SaveReview(path, review) => {
                self.beside(move || Event::Handed(super::reviews::save(&path, *review)));
            }
            Effect::OpenReview(path) => self.beside(move || Event::Handed(super::reviews::open(&path))),
            Effect::KeepMarks(number, lines) => self.marks.keep(number, lines, back),
            Effect::KeepNames(number, lines) => self.names.keep(number, lines, back),
            Effect::LookAtBooks => {
                self.marks.look();
                self.names.look();
            }
            Effect::ExportMarks(path, web, marks) => {
                self.beside(move || Event::Exported(super::exports::marks(&path, &web, &marks)));
            }
            Effect::ExportRows(path, excerpt) => {
                self.beside(move || Event::Exported(super::exports::rows(&path, &excerpt)));
            }
            Effect::Copy(text) => return Some(Own::Copy(text)),
            Effect::TellPainted => return Some(Own::TellPainted),
            Effect::EditOutside { text, name } => return Some(Own::Lend(Outside { text, name })),
            Effect::Redraw => return Some(Own::Redraw),
            Effect::Suspend => return Some(Own::Suspend),
            Effect::Quit => return Some(Own::Quit),
        }
        None
    }

    fn hand(&self, request: Request) -> Result<(), Unsent> {
        match &self.session {
            Some(session) => session.try_send(request),
            None => Err(Unsent(Box::new(request))),
        }
    }

    fn tell(&self, request: Request, back: &mut Vec<Event>) {
        if self.hand(request).is_err() {
            back.push(Event::Trouble("The session is busy and did not hear that; try again.".into()));
        }
    }

    fn send(&self, request: Request, id: CallId, back: &mut Vec<Event>) {
        if self.hand(request).is_err() {
            back.push(unsent(id));
        }
    }

    /// Through the journal, which hands it to the session when it is on disk.
    fn write(&self, id: CallId, approved: Approved, back: &mut Vec<Event>) {
        if self.journal.order(journal::Order::Write(id, Box::new(approved))).is_err() {
            back.push(unsent(id));
        }
    }

    fn keep(&self, number: u64, draft: Box<StoredDraft>, back: &mut Vec<Event>) {
        if self.drafts.order(Order::Keep(number, draft)).is_err() {
            let sentence = "The draft is not on disk: the disk has fallen behind.".to_owned();
            back.push(Event::Kept(Kept::Failed(number, sentence)));
        }
    }

    /// Files can take their time, and nobody waits for them here.
    fn beside(&self, work: impl FnOnce() -> Event + Send + 'static) {
        let events = self.events.clone();
        tokio::task::spawn_blocking(move || {
            let _ = events.blocking_send(work());
        });
    }

    /// Starting a browser can take a second, so it does not happen here.
    fn browse(&self, address: Clean, then: Option<Event>) {
        let events = self.events.clone();
        tokio::task::spawn_blocking(move || {
            let event = match super::browser::open(address.as_str()) {
                Ok(()) => then,
                Err(sentence) => Some(Event::Trouble(sentence)),
            };
            if let Some(event) = event {
                let _ = events.blocking_send(event);
            }
        });
    }
}

//! The journal: what was meant is on disk before it is sent, and what became of it afterwards. A thread of its own does the
//! waiting, in the order it was asked. Leave to write passes through it: what cannot be put down is not sent.

mod line;
mod paper;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Weak};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::mpsc::Sender;

use super::clock::unix_now;
use super::drafts::cause;
use super::orders::Orders;
use crate::app::Event;
use crate::app::effect::Put;
use crate::app::event::Kept;
use crate::domain::call::{CallId, End, Fault, FaultKind, Report};
use crate::domain::change::Approved;
use crate::domain::id::ArticleId;
use crate::domain::journal::{Entry, EntryId, Outcome, Seen, Told};
use crate::domain::time::Unix;
use crate::session::{Request, Session};
use paper::Paper;

/// Writes of unknown fate that are recalled at most, the newest ones.
const RECALLED: usize = 32;

/// How long leaving waits for the disk.
const LEAVING: Duration = Duration::from_secs(5);

/// What the journal is asked.
#[derive(Debug)]
pub(super) enum Order {
    /// Put it down, then hand it to the session.
    Write(CallId, Box<Approved>),
    /// Put down what became of a write. Not answered.
    Outcome(Box<(Put, Outcome, Seen)>),
    /// Answered by `Kept::Writes`: all, or those about an article.
    List(Option<ArticleId>),
    /// Answered by `Kept::Write`.
    Read(EntryId),
}

/// The thread that owns the journal.
pub(super) struct Journal {
    orders: Orders<Order>,
    thread: Option<JoinHandle<()>>,
    /// Hears when the thread has done everything.
    done: Receiver<()>,
    /// Nobody waits any more: nothing is sent from now on.
    left: Arc<AtomicBool>,
    patience: Duration,
}

/// A name that no other window has.
fn window() -> String {
    let mut bytes = [0_u8; 8];
    // Without random numbers the process and the moment have to do.
    if getrandom::fill(&mut bytes).is_err() {
        return format!("{}-{}", std::process::id(), unix_now());
    }
    bytes.iter().fold(String::new(), |mut name, byte| {
        let _ = write!(name, "{byte:02x}");
        name
    })
}

impl Journal {
    /// Starts with the journal in `folder`, and tells of writes whose fate nobody learnt. Writes go to `session`.
    pub(super) fn start(
        folder: Option<PathBuf>,
        session: Weak<Session>,
        events: Sender<Event>,
    ) -> io::Result<Self> {
        Self::start_on(Paper::new(folder, window()), session, events)
    }

    fn start_on(paper: Paper, session: Weak<Session>, events: Sender<Event>) -> io::Result<Self> {
        let (orders, inbox) = Orders::open();
        let (end, done) = sync_channel(1);
        let left = Arc::new(AtomicBool::new(false));
        let desk = Desk { left: Arc::clone(&left), ..Desk::new(paper, session, events) };
        let thread = std::thread::Builder::new().name("journal".into());
        let thread = thread.spawn(move || {
            // Dropped with the thread, whatever ends it.
            let _end = end;
            desk.serve(&inbox);
        })?;
        Ok(Self { orders, thread: Some(thread), done, left, patience: LEAVING })
    }

    /// No journal at all: every order comes back.
    pub(super) fn none() -> Self {
        let (_, done) = sync_channel(1);
        Self { orders: Orders::none(), thread: None, done, left: Arc::default(), patience: LEAVING }
    }

    /// Hands over an order without waiting. Gives it back when the disk has fallen behind by 64 orders.
    pub(super) fn order(&self, order: Order) -> Result<(), Order> {
        self.orders.give(order)
    }

    /// Hands over an order that must not be lost, however far the disk has fallen behind. Never for writes.
    pub(super) fn order_patiently(&self, order: Order) {
        self.orders.give_patiently(order);
    }
}

impl Drop for Journal {
    /// Waits until everything ordered is on disk, but not for ever: what another window or a dead disk holds up is not sent
    /// any more.
    fn drop(&mut self) {
        self.orders.close();
        let Some(thread) = self.thread.take() else { return };
        if self.done.recv_timeout(self.patience) == Err(RecvTimeoutError::Timeout) {
            self.left.store(true, Ordering::Release);
        } else {
            let _ = thread.join();
        }
    }
}

/// How a write ends that could not be put down.
fn not_put_down(error: &io::Error) -> Fault {
    let sentence = format!("The journal could not be written: {}; nothing was sent.", cause(error));
    Fault::new(FaultKind::Busy, &sentence, "Save again when there is room for it.")
}

/// The thread's side.
struct Desk {
    paper: Paper,
    session: Weak<Session>,
    events: Sender<Event>,
    /// Writes of this window, by the call that carries them.
    carried: HashMap<CallId, EntryId>,
    /// Where lines begin, of the entries that were listed.
    places: HashMap<EntryId, (u64, Option<Told>)>,
    window: String,
    made: u64,
    /// The person left without waiting any longer.
    left: Arc<AtomicBool>,
}

impl Desk {
    fn new(paper: Paper, session: Weak<Session>, events: Sender<Event>) -> Self {
        let (carried, places) = (HashMap::new(), HashMap::new());
        Self { paper, session, events, carried, places, window: window(), made: 0, left: Arc::default() }
    }

    fn tell(&self, event: Event) {
        let _ = self.events.blocking_send(event);
    }

    fn serve(mut self, orders: &Receiver<Order>) {
        self.recall();
        for order in orders {
            match order {
                Order::Write(call, approved) => self.write(call, *approved),
                Order::Outcome(told) => self.outcome(*told),
                Order::List(article) => self.list(article.as_ref()),
                Order::Read(id) => self.read(&id),
            }
        }
    }

    /// Tells of writes that were put down by windows that are gone, and whose fate nobody learnt.
    fn recall(&self) {
        let reading = match self.paper.read() {
            Ok(reading) => reading,
            Err(error) => {
                let why = cause(&error);
                let sentence = format!("Writes of an earlier run cannot be looked for: {why}.");
                return self.tell(Event::Trouble(sentence));
            }
        };
        let newest = reading.unsettled.len().saturating_sub(RECALLED);
        let entry = |at: &u64| self.paper.entry(*at).ok().flatten();
        let entries: Vec<Entry> = reading.unsettled[newest..].iter().filter_map(entry).collect();
        if !entries.is_empty() {
            self.tell(Event::Kept(Kept::Unsettled(entries)));
        }
    }

    fn write(&mut self, call: CallId, approved: Approved) {
        if self.left.load(Ordering::Acquire) {
            return;
        }
        self.made += 1;
        let now = unix_now();
        let name = format!("{now:x}-{}-{}", self.window, self.made);
        let Some(id) = EntryId::read(&name) else { return };
        let entry = Entry::of(approved.deed(), id.clone(), Unix(now));
        if let Err(error) = self.paper.intend(&entry) {
            return self.not_sent(call, not_put_down(&error));
        }
        self.carried.insert(call, id);
        drop(entry);
        // Put down by a window that was left meanwhile: the next run reads what became of it.
        if self.left.load(Ordering::Acquire) {
            return;
        }
        let request = Request::Write { id: call, approved };
        let taken = self.session.upgrade().is_some_and(|session| session.try_send(request).is_ok());
        if !taken {
            self.not_sent(call, super::effects::too_much());
        }
    }

    fn not_sent(&self, id: CallId, fault: Fault) {
        self.tell(Event::Report(Report::Ended { id, end: End::NotSent(fault) }));
    }

    fn outcome(&mut self, (put, outcome, seen): (Put, Outcome, Seen)) {
        let id = match &put {
            // What could not be put down has no outcome, either.
            Put::Call(call) => self.carried.get(call),
            Put::Entry(id) => Some(id),
        };
        let Some(id) = id else { return };
        let told = Told { outcome, at: Unix(unix_now()), seen };
        if let Err(error) = self.paper.end(id, &told) {
            let sentence =
                format!("What became of the save could not be put in the journal: {}.", cause(&error));
            self.tell(Event::Trouble(sentence));
        }
    }

    fn list(&mut self, article: Option<&ArticleId>) {
        let reading = self.paper.read().unwrap_or_else(|error| {
            self.tell(Event::Trouble(format!("The journal could not be read: {}.", cause(&error))));
            paper::Reading::default()
        });
        let place =
            |(head, at): &(crate::domain::journal::Head, u64)| (head.id.clone(), (*at, head.told.clone()));
        self.places = reading.heads.iter().map(place).collect();
        if let Some(file) = reading.older_in {
            self.tell(Event::Kept(Kept::OlderWrites(file.display().to_string())));
        }
        let heads = reading.heads.into_iter().rev().map(|(head, _)| head);
        let heads = heads.filter(|head| article.is_none_or(|article| head.is_about(article))).collect();
        self.tell(Event::Kept(Kept::Writes(article.cloned(), heads)));
    }

    fn read(&self, id: &EntryId) {
        let place = self.places.get(id);
        let entry = place.and_then(|(at, told)| {
            let found = self.paper.entry(*at).ok().flatten();
            // The file may have been replaced since it was listed.
            let mut entry = found.filter(|entry| entry.head.id == *id)?;
            entry.head.told.clone_from(told);
            Some(Box::new(entry))
        });
        self.tell(Event::Kept(Kept::Write(id.clone(), entry)));
    }
}

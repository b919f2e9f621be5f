//! The thread that waits for a book on disk: puts lines down in the order they were given, and tells what is there at start
//! and what other windows put down. The loop hands lines over and never waits.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::thread::JoinHandle;

use tokio::sync::mpsc::Sender;

use super::drafts::cause;
use super::ledger::{Ledger, Line, News};
use super::orders::Orders;
use crate::app::Event;
use crate::app::event::Book;

/// A book that the console is told of.
pub(super) trait Told: Line + Send + 'static {
    /// What its lines are called at the beginning of a sentence, such as `The marks`.
    const CALLED: &'static str;

    /// What the console hears of it.
    fn event(book: Book<Self>) -> Event;
}

/// What the thread is asked.
enum Order<L> {
    Keep(u64, Vec<L>),
    Look,
}

/// The thread.
pub(super) struct Notebook<L: Told> {
    orders: Orders<Order<L>>,
    thread: Option<JoinHandle<()>>,
}

impl<L: Told> Notebook<L> {
    /// Starts with the book in `folder`, and tells what is in it. Without a folder nothing can be put down.
    pub(super) fn start(folder: Option<PathBuf>, events: Sender<Event>) -> io::Result<Self> {
        let (orders, inbox) = Orders::open();
        let thread = std::thread::Builder::new().name(L::NAME.into());
        let desk = Desk { ledger: Ledger::new(folder), events };
        let thread = thread.spawn(move || desk.serve(&inbox))?;
        Ok(Self { orders, thread: Some(thread) })
    }

    /// No book at all: every line comes back.
    pub(super) fn none() -> Self {
        Self { orders: Orders::none(), thread: None }
    }

    /// Puts lines down. When the disk has fallen behind they fail at once.
    pub(super) fn keep(&self, number: u64, lines: Vec<L>, back: &mut Vec<Event>) {
        if self.orders.give(Order::Keep(number, lines)).is_err() {
            back.push(L::event(Book::Failed(number, not_kept::<L>("the disk has fallen behind"))));
        }
    }

    /// Looks what other windows put down. A disk that has fallen behind is looked at another time.
    pub(super) fn look(&self) {
        drop(self.orders.give(Order::Look));
    }
}

impl<L: Told> Drop for Notebook<L> {
    /// Waits until everything given is on disk.
    fn drop(&mut self) {
        self.orders.close();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn not_kept<L: Told>(cause: &str) -> String {
    format!("{} are not on disk: {cause}. They hold while this window is open.", L::CALLED)
}

/// The thread's side.
struct Desk<L> {
    ledger: Ledger<L>,
    events: Sender<Event>,
}

impl<L: Told> Desk<L> {
    fn tell(&self, event: Event) {
        let _ = self.events.blocking_send(event);
    }

    fn serve(mut self, orders: &Receiver<Order<L>>) {
        match self.ledger.begin() {
            Ok(news) => self.pass_on(news),
            Err(error) => self.unread(&error),
        }
        for order in orders {
            match order {
                Order::Keep(number, lines) => match self.ledger.append(&lines) {
                    Ok(news) => {
                        // What others put down stands before these lines: it is told while they are still unkept there.
                        self.pass_on(news);
                        self.tell(L::event(Book::Kept(number)));
                    }
                    Err(error) => {
                        self.tell(L::event(Book::Failed(number, not_kept::<L>(&cause(&error)))));
                    }
                },
                Order::Look => match self.ledger.look() {
                    Ok(news) => self.pass_on(news),
                    Err(error) => self.unread(&error),
                },
            }
        }
    }

    fn unread(&self, error: &io::Error) {
        self.tell(Event::Trouble(format!("{} could not be read: {}.", L::CALLED, cause(error))));
    }

    /// What was read, and what of it could not be. Nothing is said of nothing.
    fn pass_on(&self, news: News<L>) {
        if news.whole || !news.lines.is_empty() {
            self.tell(L::event(Book::Read { whole: news.whole, lines: news.lines }));
        }
        let Some((count, aside)) = news.broken else { return };
        let lines = if count == 1 { "1 line".to_owned() } else { format!("{count} lines") };
        let kept = aside.map_or_else(
            || "; the rest is there.".to_owned(),
            |aside| format!(" and kept aside in {}; the rest is there.", aside.display()),
        );
        let what = L::CALLED.to_lowercase();
        self.tell(Event::Trouble(format!("{lines} of {what} could not be read{kept}")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::ConversationId;
    use crate::domain::triage::Change;

    fn pinned(number: u64, pinned: bool) -> Change {
        let id = ConversationId::read(&number.to_string()).unwrap();
        Change { pinned: Some(pinned), ..Change::of(id) }
    }

    #[test]
    fn what_another_window_put_down_before_is_told_before_ours_is_kept() {
        let home = tempfile::tempdir().unwrap();
        let (events, mut told) = tokio::sync::mpsc::channel(64);
        let ours = Notebook::<Change>::start(Some(home.path().to_owned()), events).unwrap();
        ours.keep(1, vec![pinned(1, true)], &mut Vec::new());
        assert!(matches!(told.blocking_recv(), Some(Event::Marks(Book::Read { whole: true, .. }))));
        assert!(matches!(told.blocking_recv(), Some(Event::Marks(Book::Kept(1)))));
        let mut others = Ledger::<Change>::new(Some(home.path().to_owned()));
        others.append(&[pinned(2, true)]).unwrap();
        ours.keep(2, vec![pinned(2, false)], &mut Vec::new());
        let Some(Event::Marks(Book::Read { whole: false, lines })) = told.blocking_recv() else { panic!() };
        assert_eq!(lines, [pinned(2, true)]);
        assert!(matches!(told.blocking_recv(), Some(Event::Marks(Book::Kept(2)))));
        // A book that was written anew is told whole, and before as well.
        let path = home.path().join("marks.jsonl");
        let bytes = std::fs::read(&path).unwrap();
        let anew = home.path().join("anew");
        std::fs::write(&anew, bytes).unwrap();
        std::fs::rename(&anew, &path).unwrap();
        ours.keep(3, vec![pinned(3, true)], &mut Vec::new());
        let Some(Event::Marks(Book::Read { whole: true, lines })) = told.blocking_recv() else { panic!() };
        assert_eq!(lines.len(), 3);
        assert!(matches!(told.blocking_recv(), Some(Event::Marks(Book::Kept(3)))));
    }
}

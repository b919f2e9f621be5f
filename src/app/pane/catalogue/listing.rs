//! Searching: which call brings which rows, and what becomes of the rows before. A new search replaces them only once its
//! first page is here, so that a failure leaves what was on the screen.

mod paging;

use super::Record;
use super::rows::Rows;
use crate::app::list::List;
use crate::app::notice::Weight;
use crate::app::pane::further::Further;
use crate::app::pane::inbox::slot::answer_of;
use crate::app::shell::Shell;
use crate::domain::call::{CallId, End, Fault, FaultKind};
use crate::domain::page::Page;

/// Rows past its old one in which the row under the cursor is looked for again.
const LOOKED_FURTHER: usize = 150;

/// A search that has not brought its rows yet.
#[derive(Debug)]
struct Pending<R: Record> {
    call: CallId,
    fresh: Rows<R>,
    /// The record and the row to come back to.
    keep: Option<(R::Id, usize)>,
}

/// A search that failed or could not be sent.
#[derive(Debug)]
struct Left<R: Record> {
    filter: R::Filter,
    words: String,
    sent: bool,
}

/// The list and its calls.
#[derive(Debug)]
pub struct Listing<R: Record> {
    /// What is shown.
    pub rows: Rows<R>,
    /// Why the last search brought nothing.
    pub fault: Option<Fault>,
    /// Whether every page is being loaded.
    pub all: bool,
    /// Whether any search has ever been answered.
    pub answered: bool,
    /// Rows that fit into the window.
    pub height: usize,
    /// Whether the cursor was sent to the end and follows it when a page arrives.
    to_end: bool,
    pending: Option<Pending<R>>,
    page: Further,
    whole: Vec<CallId>,
    left: Option<Left<R>>,
    /// Everything, as far as it was loaded before a search took its place.
    home: Option<Rows<R>>,
}

impl<R: Record> Default for Listing<R> {
    fn default() -> Self {
        Self {
            rows: Rows::of(R::Filter::default(), String::new()),
            fault: None,
            all: false,
            answered: false,
            height: 0,
            to_end: false,
            pending: None,
            page: Further::Idle,
            whole: Vec::new(),
            left: None,
            home: None,
        }
    }
}

impl<R: Record> Listing<R> {
    /// Whether a new search or a refresh is under way.
    pub fn is_searching(&self) -> bool {
        self.pending.is_some()
    }

    /// What was typed for the search that is not on the screen yet, or failed.
    pub fn asked_words(&self) -> Option<&str> {
        let pending = self.pending.as_ref().map(|pending| pending.fresh.words());
        pending.or_else(|| self.left.as_ref().map(|left| left.words.as_str()))
    }

    /// Whether the search asked for last failed or waits for the link, and the rows are those of another one.
    pub fn is_apart(&self) -> bool {
        self.pending.is_none() && self.left.is_some()
    }

    /// Whether the search asked for last waits for the link.
    pub fn waits_for_link(&self) -> bool {
        self.left.as_ref().is_some_and(|left| !left.sent)
    }

    /// Starts a search.
    pub fn search(&mut self, shell: &mut Shell, filter: R::Filter, words: String) {
        self.start(shell, filter, words, None);
    }

    /// The same search again; the cursor stays on its record. One that failed or waits is tried again instead, unless the
    /// server cannot read it.
    pub fn refresh(&mut self, shell: &mut Shell) {
        let readable = self.fault.as_ref().is_none_or(|fault| fault.kind != FaultKind::Invalid);
        if let Some(left) = self.left.take().filter(|left| readable || !left.sent) {
            return self.start(shell, left.filter, left.words, None);
        }
        let keep = self.rows.current().map(|row| (row.id().clone(), self.rows.list.cursor()));
        // What was narrowed here is the search for those letters, which stays on the screen until it is answered.
        if let Some(words) = self.rows.narrowed.as_ref().map(|narrowed| narrowed.words.clone())
            && let Ok(filter) = R::read(&words, shell)
        {
            return self.start(shell, filter, words, keep);
        }
        self.start(shell, self.rows.filter.clone(), self.rows.words().to_owned(), keep);
    }

    fn start(&mut self, shell: &mut Shell, filter: R::Filter, words: String, keep: Option<(R::Id, usize)>) {
        self.cancel(shell);
        (self.fault, self.to_end, self.left) = (None, false, None);
        let fresh = Rows::of(filter, words);
        self.pending = Some(Pending { call: shell.ask(R::call(&fresh.filter, None)), fresh, keep });
    }

    /// Cancels every call of the list. False when there was none.
    pub fn cancel(&mut self, shell: &mut Shell) -> bool {
        let calls = self.pending.take().map(|pending| pending.call).into_iter().chain(self.page.take());
        let calls: Vec<CallId> = calls.chain(self.whole.drain(..)).collect();
        for &call in &calls {
            shell.cancel(call);
        }
        self.all = false;
        !calls.is_empty()
    }

    /// Stops loading every page. False when that was not under way.
    pub fn stop(&mut self, shell: &mut Shell) -> bool {
        if !self.all {
            return false;
        }
        self.cancel(shell);
        shell.say(Weight::Quiet, "Stopped loading.");
        true
    }

    /// Asks for what is wanting: the first rows, or a search that could not be sent.
    pub fn fill(&mut self, shell: &mut Shell) {
        let unsent = self.left.take_if(|left| !left.sent).map(|left| (left.filter, left.words));
        let first =
            || (!self.answered && self.pending.is_none()).then(|| (R::Filter::default(), String::new()));
        if let Some((filter, words)) = unsent.or_else(first) {
            self.start(shell, filter, words, None);
        }
        self.page.retry();
        self.go_on(shell);
    }

    /// Forgets a search that failed or waits, leaves one that is shown for everything. False when everything is shown.
    pub fn leave_search(&mut self, shell: &mut Shell) -> bool {
        if self.left.take().is_some() {
            self.fault = None;
            return true;
        }
        if self.rows.narrowed.take().is_some() {
            self.cancel(shell);
            self.rows.list = List::default();
            return true;
        }
        if self.rows.filter == R::Filter::default() {
            return false;
        }
        self.cancel(shell);
        match self.home.take() {
            Some(home) => (self.rows, self.fault) = (home, None),
            None => self.start(shell, R::Filter::default(), String::new(), None),
        }
        true
    }

    /// Takes the end of one of its calls; gives back what is not its own.
    pub fn ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Option<End> {
        if let Some(pending) = self.pending.take_if(|pending| pending.call == id) {
            self.first(shell, pending, end);
        } else if self.page == Further::Asked(id) {
            self.page = Further::Idle;
            self.further(shell, end);
        } else if let Some(at) = self.whole.iter().position(|&call| call == id) {
            self.whole.swap_remove(at);
            self.filled(shell, end);
        } else {
            return Some(end);
        }
        None
    }

    fn read(shell: &mut Shell, end: End) -> Result<Option<Page<R>>, Fault> {
        let page = answer_of(end)?.and_then(R::page);
        page.iter().flat_map(|page| &page.items).for_each(|row| row.learn(shell));
        Ok(page)
    }

    fn first(&mut self, shell: &mut Shell, mut pending: Pending<R>, end: End) {
        let sent = !matches!(end, End::NotSent(_));
        let page = match Self::read(shell, end) {
            Err(fault) if R::is_none(&fault) => {
                Ok(Some(Page { items: Vec::new(), next: None, total: Some(0), skipped: 0 }))
            }
            read => read,
        };
        match page {
            Ok(Some(page)) => {
                let thin = pending.fresh.add(page);
                self.complete(shell, &thin);
                self.arrived(shell, pending);
            }
            Ok(None) => self.all = false,
            Err(fault) => {
                self.all = false;
                shell.fault(&fault);
                let Rows { filter, .. } = &pending.fresh;
                let (filter, words) = (filter.clone(), pending.fresh.words().to_owned());
                self.left = (!words.is_empty() || !sent).then_some(Left { filter, words, sent });
                self.fault = Some(fault);
            }
        }
    }

    fn arrived(&mut self, shell: &mut Shell, mut pending: Pending<R>) {
        if let (Some((id, row)), Some(next)) = (&pending.keep, pending.fresh.next())
            && pending.fresh.position(id).is_none()
            && pending.fresh.all().len() < self.rows.all().len().min(row + LOOKED_FURTHER)
        {
            pending.call = shell.ask(R::call(&pending.fresh.filter, Some(next)));
            self.pending = Some(pending);
            return;
        }
        (self.answered, self.fault) = (true, None);
        self.page.retry();
        let everything = R::Filter::default();
        if self.rows.filter == everything && pending.fresh.filter != everything && !self.rows.all().is_empty()
        {
            self.rows.narrowed = None;
            self.home = Some(std::mem::replace(&mut self.rows, Rows::of(everything, String::new())));
        }
        if pending.fresh.filter == R::Filter::default() {
            self.home = None;
        }
        self.show(pending);
        self.go_on(shell);
    }

    /// Shows what came; where nothing came, the loaded rows that hold the same letters.
    fn show(&mut self, mut pending: Pending<R>) {
        let letters = R::letters(&pending.fresh.filter).filter(|_| pending.fresh.all().is_empty());
        if let Some(letters) = letters
            && let Some(mut home) = self.home.take()
        {
            home.narrow(letters, pending.fresh.words().to_owned());
            home.list.fit(home.len(), self.height);
            let place = pending.keep.as_ref().and_then(|(id, _)| home.place(id));
            if let Some(place) = place {
                home.list.select(place);
            }
            self.rows = home;
            return;
        }
        let mut list = if pending.keep.is_some() { self.rows.list } else { List::default() };
        list.fit(pending.fresh.len(), self.height);
        if let Some((id, row)) = pending.keep {
            list.select(pending.fresh.position(&id).unwrap_or(row));
        }
        pending.fresh.list = list;
        self.rows = pending.fresh;
    }
}

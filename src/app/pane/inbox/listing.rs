//! Searching and paging: which call brings which rows, and when the next page is asked for. A new search replaces the rows
//! only once its first page is here, so that a failure leaves what was on the screen.

use super::results::Results;
use super::search_line::Standing;
use super::slot::answer_of;
use crate::app::list::{List, Move};
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::call::{Answer, Call, CallId, End, Fault, FaultKind};
use crate::domain::conversation::ConversationRow;
use crate::domain::id::ConversationId;
use crate::domain::page::{Cursor, Page};
use crate::domain::query::Query;

/// Rows of every page. The largest the server gives: a cursor must be followed with its other arguments unchanged, so the
/// first page cannot be smaller than the rest, and 10,000 rows are 67 calls instead of 200.
pub const PER_PAGE: u16 = 150;

/// A search that has not brought its rows yet.
#[derive(Debug)]
struct Pending {
    call: CallId,
    fresh: Results,
    /// The conversation and the row to come back to. It is looked for as far as the old rows went, and at most one page
    /// past its old row.
    keep: Option<(ConversationId, usize)>,
}

/// The call for the next page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Further {
    #[default]
    Idle,
    Asked(CallId),
    /// It brought nothing; the next movement may ask again.
    Failed,
}

impl Further {
    /// No call any more; which one there was.
    fn take(&mut self) -> Option<CallId> {
        match std::mem::take(self) {
            Self::Asked(id) => Some(id),
            Self::Idle | Self::Failed => None,
        }
    }

    /// Lets a page that failed be asked for again.
    fn retry(&mut self) {
        if *self == Self::Failed {
            *self = Self::Idle;
        }
    }
}

/// The list and its calls.
#[derive(Debug, Default)]
pub struct Listing {
    /// What is shown.
    pub results: Results,
    /// Why the last search brought nothing; only read while there are no rows.
    pub fault: Option<Fault>,
    /// Whether every page is being loaded.
    pub all: bool,
    /// Whether any search has ever been answered.
    pub answered: bool,
    /// Rows that fit into the window.
    pub height: usize,
    /// Whether the cursor was sent to the end by the last command and follows it when a page arrives.
    pub to_end: bool,
    pending: Option<Pending>,
    page: Further,
    whole: Vec<CallId>,
    /// A search that could not be sent because the link was down.
    unsent: Option<(Query, Option<(ConversationId, usize)>)>,
    /// The search that failed last, until another one starts.
    failed: Option<Query>,
}

fn ask(shell: &mut Shell, results: &Results, cursor: Option<Cursor>) -> CallId {
    shell.ask(Call::SearchConversations { query: results.query.clone(), cursor, per_page: PER_PAGE })
}

fn learn(shell: &mut Shell, rows: &[ConversationRow]) {
    for row in rows {
        shell.roster.learn_row(row);
        shell.triage.see(row, shell.now.unix);
    }
}

impl Listing {
    /// The list before its first search.
    pub fn of(results: Results) -> Self {
        Self { results, ..Self::default() }
    }

    /// Whether a new search or a refresh is under way.
    pub fn is_searching(&self) -> bool {
        self.pending.is_some()
    }

    /// Starts a search.
    pub fn search(&mut self, shell: &mut Shell, query: Query) {
        self.start(shell, query, None);
    }

    /// How a search that was asked for stands to the list; none when it was given up.
    pub fn standing(&self, query: &Query) -> Option<Standing> {
        let pending = self.pending.as_ref().map(|pending| &pending.fresh.query);
        let unsent = self.unsent.as_ref().map(|(query, _)| query);
        let failed = self.failed.as_ref();
        let by_state = [
            (pending, Standing::Asked),
            (unsent, Standing::Unsent),
            (Some(&self.results.query), Standing::Shown),
            (failed, Standing::Refused),
        ];
        by_state.into_iter().find(|(other, _)| *other == Some(query)).map(|(_, standing)| standing)
    }

    /// Forgets a search that failed or waits for the link.
    pub fn forget(&mut self) {
        (self.unsent, self.failed) = (None, None);
    }

    /// The same search again; the cursor stays on its conversation. A newer one that waits or failed is tried again
    /// instead, unless the server cannot read it.
    pub fn refresh(&mut self, shell: &mut Shell) {
        let readable = self.fault.as_ref().is_none_or(|fault| fault.kind != FaultKind::Invalid);
        let failed = self.failed.take().filter(|query| readable && *query != self.results.query);
        if let Some((query, keep)) = self.unsent.take().or_else(|| failed.map(|query| (query, None))) {
            return self.start(shell, query, keep);
        }
        let keep = self.results.current().map(|row| (row.id.clone(), self.results.list.cursor()));
        self.start(shell, self.results.query.clone(), keep);
    }

    fn start(&mut self, shell: &mut Shell, query: Query, keep: Option<(ConversationId, usize)>) {
        self.cancel(shell);
        (self.fault, self.to_end) = (None, false);
        self.forget();
        let fresh = Results::of(query);
        self.pending = Some(Pending { call: ask(shell, &fresh, None), fresh, keep });
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

    /// The link came up: asks again for what is wanting.
    pub fn linked(&mut self, shell: &mut Shell) {
        let first = || (!self.answered && self.pending.is_none()).then(|| (self.results.query.clone(), None));
        if let Some((query, keep)) = self.unsent.take().or_else(first) {
            self.start(shell, query, keep);
        }
        self.page.retry();
        self.go_on(shell);
    }

    /// Moves the cursor and asks for the next page when its end comes near. Going to the end asks for one page; the
    /// cursor follows it.
    pub fn go(&mut self, shell: &mut Shell, movement: Move) {
        self.results.list.go(movement);
        self.page.retry();
        self.to_end = movement == Move::Bottom;
        self.go_on(shell);
    }

    /// Loads every page, one after another.
    pub fn load_all(&mut self, shell: &mut Shell) {
        self.page.retry();
        self.all = true;
        self.go_on(shell);
    }

    fn go_on(&mut self, shell: &mut Shell) {
        let near = self.results.list.is_near_end(self.height.max(1));
        let idle = self.page == Further::Idle && self.pending.is_none();
        let wanted = (self.all || near) && idle;
        if let Some(cursor) = self.results.next().filter(|_| wanted).cloned() {
            self.page = Further::Asked(ask(shell, &self.results, Some(cursor)));
        } else if !matches!(self.page, Further::Asked(_)) {
            self.all = false;
        }
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

    fn rows_of(shell: &mut Shell, end: End) -> Result<Option<Page<ConversationRow>>, Fault> {
        let answer = answer_of(end)?;
        let Some(Answer::Conversations(page)) = answer else { return Ok(None) };
        learn(shell, &page.items);
        Ok(Some(page))
    }

    fn first(&mut self, shell: &mut Shell, mut pending: Pending, end: End) {
        let unsent = matches!(end, End::NotSent(_));
        match Self::rows_of(shell, end) {
            Ok(Some(page)) => {
                let thin = pending.fresh.add(page);
                self.fill(shell, &thin);
                self.arrived(shell, pending);
            }
            Ok(None) => {}
            Err(fault) => {
                shell.fault(&fault);
                self.unsent = unsent.then(|| (pending.fresh.query.clone(), pending.keep));
                self.failed = Some(pending.fresh.query.clone());
                if self.results.rows().is_empty() {
                    self.results = Results::of(pending.fresh.query);
                    self.answered = false;
                }
                self.fault = Some(fault);
            }
        }
    }

    fn arrived(&mut self, shell: &mut Shell, mut pending: Pending) {
        let next = pending.fresh.next().cloned();
        if let (Some((id, row)), Some(cursor)) = (&pending.keep, next)
            && pending.fresh.position(id).is_none()
            && pending.fresh.rows().len() < self.results.rows().len().min(row + usize::from(PER_PAGE))
        {
            pending.call = ask(shell, &pending.fresh, Some(cursor));
            self.pending = Some(pending);
            return;
        }
        let mut list = if pending.keep.is_some() { self.results.list } else { List::default() };
        list.fit(pending.fresh.rows().len(), self.height);
        if let Some((id, row)) = pending.keep {
            list.select(pending.fresh.position(&id).unwrap_or(row));
        }
        pending.fresh.list = list;
        self.results = pending.fresh;
        self.page.retry();
        (self.answered, self.fault) = (true, None);
        self.go_on(shell);
    }

    fn further(&mut self, shell: &mut Shell, end: End) {
        match Self::rows_of(shell, end) {
            Ok(Some(page)) => {
                let thin = self.results.add(page);
                self.fill(shell, &thin);
                self.results.list.fit(self.results.rows().len(), self.height);
                if self.to_end {
                    self.results.list.go(Move::Bottom);
                }
                if self.all || !self.to_end {
                    self.go_on(shell);
                }
            }
            Ok(None) => self.all = false,
            Err(fault) => {
                shell.fault(&fault);
                (self.all, self.page) = (false, Further::Failed);
            }
        }
    }

    fn fill(&mut self, shell: &mut Shell, thin: &[ConversationId]) {
        for ids in thin.chunks(usize::from(PER_PAGE)) {
            self.whole.push(shell.ask(Call::ConversationsById(ids.to_vec())));
        }
    }

    fn filled(&mut self, shell: &mut Shell, end: End) {
        match Self::rows_of(shell, end) {
            Ok(Some(page)) => match &mut self.pending {
                Some(pending) if pending.keep.is_some() => {
                    pending.fresh.replace(page.items.clone());
                    self.results.replace(page.items);
                }
                Some(_) | None => self.results.replace(page.items),
            },
            Ok(None) => {}
            Err(fault) => shell.fault(&fault),
        }
    }

    /// Whether the cursor is at the end of what is loaded by a key that can load one more page.
    pub fn waits_at_end(&self) -> bool {
        self.to_end && !matches!(self.page, Further::Asked(_)) && self.results.next().is_some()
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
}

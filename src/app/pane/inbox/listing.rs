//! Searching and paging: which call brings which rows, and when the next page is asked for. A new search replaces the rows
//! only once its first page is here, so that a failure leaves what was on the screen.

use std::ops::Range;

use super::results::Results;
use super::rows::chosen::Chosen;
use super::rows::filter::Hits;
use super::rows::looks::Looks;
use super::search_line::Standing;
use super::slot::answer_of;
use crate::app::list::Move;
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::call::{Answer, Call, CallId, End, Fault, FaultKind};
use crate::domain::conversation::ConversationRow;
use crate::domain::id::ConversationId;
use crate::domain::page::{Cursor, Page};
use crate::domain::query::{Known, Query};
use crate::domain::sort::Order;
use crate::domain::view::Column;

/// Rows of every page. The largest the server gives: a cursor must be followed with its other arguments unchanged, so the
/// first page cannot be smaller than the rest, and 10,000 rows are 67 calls instead of 200.
pub const PER_PAGE: u16 = 150;

/// Pages that are asked for by themselves after a key while too few rows are shown; then only a key asks for more.
const BY_THEMSELVES: u8 = 5;

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
    /// The columns that the view wants, in their order; empty for the usual ones.
    pub columns: Vec<Column>,
    /// Rows that were chosen.
    pub chosen: Chosen,
    /// What is new since one looked.
    pub looks: Looks,
    /// Where the filter's words are in the rows in view, from the top; empty without a filter.
    pub hits: Vec<Hits>,
    /// What was arranged and which rows of it were in view when they were looked at last.
    seen: (u64, Range<usize>),
    order: Order,
    /// Pages that may still be asked for without a key.
    pages: u8,
    pending: Option<Pending>,
    page: Further,
    whole: Vec<CallId>,
    /// A search that could not be sent because the link was down.
    unsent: Option<(Query, Option<(ConversationId, usize)>)>,
    /// The search that failed last, until another one starts.
    failed: Option<Query>,
}

fn ask(shell: &mut Shell, results: &Results, cursor: Option<Cursor>) -> CallId {
    shell.ask(Call::SearchConversations { query: results.settled.sent.clone(), cursor, per_page: PER_PAGE })
}

fn learn(shell: &mut Shell, rows: &[ConversationRow]) {
    for row in rows {
        shell.roster.learn_row(row);
        shell.triage.see(row, shell.now.unix);
    }
}

impl Listing {
    /// The list before its first search, whose rows will be shown in this order.
    pub fn of(results: Results, order: Order) -> Self {
        Self { results, order, ..Self::default() }
    }

    /// Whether a new search or a refresh is under way.
    pub fn is_searching(&self) -> bool {
        self.pending.is_some()
    }

    /// Starts a search, whose rows are shown in this order.
    pub fn search(&mut self, shell: &mut Shell, query: Query, order: Order) {
        self.order = order;
        self.start(shell, query, None);
    }

    /// The order of the rows that are shown, or that are on the way.
    pub fn order(&self) -> Order {
        self.order
    }

    /// Shows the rows in another order. Only what is loaded is sorted.
    pub fn set_order(&mut self, shell: &mut Shell, order: Order) {
        self.order = order;
        self.results.arranged.set_order(order);
        self.keep_up(shell);
    }

    /// Shows what is done or put away here, or hides it.
    pub fn show_away(&mut self, shell: &mut Shell, show: bool) {
        self.results.arranged.set_show_away(show);
        self.keep_up(shell);
    }

    /// Works out what is shown, if anything changed, and asks for a page when too little is.
    pub(super) fn keep_up(&mut self, shell: &mut Shell) {
        if self.settle(shell) {
            self.go_on_anew(shell);
        }
    }

    /// What went away by a mark is chosen no longer: nothing is to be done to rows that one does not see go.
    fn settle(&mut self, shell: &Shell) -> bool {
        let settled = self.results.settle(shell);
        if settled && !self.chosen.is_empty() && !self.results.arranged.shows_away() {
            let (results, now) = (&self.results, shell.now.unix);
            let away = |row| shell.triage.standing(row, now).is_aside();
            self.chosen.retain(|id| !results.row(id).is_some_and(away));
        }
        self.chosen.count(self.results.arranged.generation(), self.results.shown().map(|row| &row.id));
        settled
    }

    /// Works out what is shown, if anything changed, for a window of `height` rows. Costs a look at the rows in view when
    /// they are others.
    pub(super) fn arrange(&mut self, shell: &Shell, height: usize) {
        self.height = height;
        self.settle(shell);
        self.results.list.fit(self.results.shown_len(), height);
        let view = self.results.list.view();
        let seen = (self.results.arranged.generation(), view.clone());
        if self.seen != seen {
            self.looks.look(view.clone().filter_map(|place| self.results.shown_at(place)));
            self.hits = self.results.hits(view, &shell.roster);
            self.seen = seen;
        }
    }

    /// A conversation was opened, and this is what it is now.
    pub(super) fn opened(&mut self, row: &ConversationRow) {
        self.results.refresh(row);
        self.looks.open(row);
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
        self.start(shell, self.results.query.clone(), self.place());
    }

    /// The conversation under the cursor, and which row of what is loaded it is.
    fn place(&self) -> Option<(ConversationId, usize)> {
        let id = self.results.current()?.id.clone();
        let at = self.results.position(&id)?;
        Some((id, at))
    }

    fn start(&mut self, shell: &mut Shell, query: Query, keep: Option<(ConversationId, usize)>) {
        self.cancel(shell);
        (self.fault, self.to_end) = (None, false);
        self.forget();
        let known = Known { now: shell.now.unix, zone: shell.now.zone, roster: &shell.roster };
        let fresh = match query.settled(&known) {
            Ok(settled) => Results::divided(query, settled),
            Err(wrong) => {
                let fault =
                    Fault::new(FaultKind::Invalid, &wrong.sentence, "Change the search and press Enter.");
                return self.failed(shell, fault, query);
            }
        };
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
        self.go_on_anew(shell);
    }

    /// Moves the cursor and asks for the next page when its end comes near. Going to the end asks for one page; the
    /// cursor follows it.
    pub fn go(&mut self, shell: &mut Shell, movement: Move) {
        self.results.go(movement);
        self.to_end = movement == Move::Bottom;
        self.go_on_anew(shell);
    }

    /// Puts the cursor on the row of a place, and asks for the next page when the end comes near.
    pub(super) fn select(&mut self, shell: &mut Shell, place: usize) {
        self.results.select(place);
        self.go_on_anew(shell);
    }

    /// Whether rows may come below the last one that is shown.
    pub(super) fn may_grow(&self) -> bool {
        self.results.next().is_some() && self.results.arranged.only().is_none()
    }

    /// Whether rows are under way.
    pub(super) fn is_loading(&self) -> bool {
        matches!(self.page, Further::Asked(_)) || self.is_searching()
    }

    /// Loads every page, one after another.
    pub fn load_all(&mut self, shell: &mut Shell) {
        self.all = true;
        self.go_on_anew(shell);
    }

    /// A key asks for further pages, if too little is shown.
    pub(super) fn go_on_anew(&mut self, shell: &mut Shell) {
        self.page.retry();
        self.pages = BY_THEMSELVES;
        self.go_on(shell);
    }

    /// Whether the end of what is shown is near, more could be loaded, and only a key will do it.
    pub fn rests(&self) -> bool {
        let near = self.results.list.is_near_end(self.height.max(1)) && self.results.next().is_some();
        near && self.pages == 0 && self.page == Further::Idle && !self.is_searching()
    }

    fn go_on(&mut self, shell: &mut Shell) {
        // What comes is not among rows that alone are shown.
        let grows = self.results.arranged.only().is_none();
        let near = grows && self.pages > 0 && self.results.list.is_near_end(self.height.max(1));
        let idle = self.page == Further::Idle && self.pending.is_none();
        let wanted = (self.all || near) && idle;
        if let Some(cursor) = self.results.next().filter(|_| wanted).cloned() {
            self.pages = self.pages.saturating_sub(1);
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
                self.unsent = unsent.then(|| (pending.fresh.query.clone(), pending.keep));
                self.failed(shell, fault, pending.fresh.query);
            }
        }
    }

    /// A search failed; what is shown stays.
    fn failed(&mut self, shell: &mut Shell, fault: Fault, query: Query) {
        shell.fault(&fault);
        self.failed = Some(query.clone());
        if self.results.rows().is_empty() {
            self.results = Results::of(query);
            self.answered = false;
        }
        self.fault = Some(fault);
    }

    fn arrived(&mut self, shell: &mut Shell, mut pending: Pending) {
        let next = pending.fresh.next().cloned();
        // Who moved on while it was under way stays where they are now.
        pending.keep = pending.keep.map(|asked| self.place().unwrap_or(asked));
        if let (Some((id, row)), Some(cursor)) = (&pending.keep, next)
            && pending.fresh.position(id).is_none()
            && pending.fresh.rows().len() < self.results.rows().len().min(row + usize::from(PER_PAGE))
        {
            pending.call = ask(shell, &pending.fresh, Some(cursor));
            self.pending = Some(pending);
            return;
        }
        let refreshed = self.answered && pending.fresh.query == self.results.query;
        let stays = pending.keep.is_some();
        self.take_place(shell, pending.fresh, refreshed, stays);
        (self.answered, self.fault) = (true, None);
        self.go_on_anew(shell);
    }

    /// Rows take the place of those that are shown, with everything that a person set on the list.
    fn take_place(&mut self, shell: &mut Shell, fresh: Results, refreshed: bool, stays: bool) {
        let mut old = std::mem::replace(&mut self.results, fresh);
        self.results.answered_at = shell.now.unix;
        self.results.arranged.set_order(self.order);
        self.results.arranged.follow(&old.arranged);
        self.results.arranged.inherit(&mut old.arranged, refreshed);
        self.results.settle(shell);
        self.results.list.fit(self.results.shown_len(), self.height);
        self.results.stand_as(&mut old, refreshed);
        if stays {
            self.results.stay(&old);
        }
        if refreshed {
            let brought = self.looks.refreshed(&old, &self.results);
            shell.say(Weight::Quiet, &brought.words());
        } else {
            self.chosen.clear();
            self.looks.came(self.results.rows().iter());
        }
    }

    fn further(&mut self, shell: &mut Shell, end: End) {
        match Self::rows_of(shell, end) {
            Ok(Some(page)) => {
                let before = self.results.rows().len();
                let thin = self.results.add(page);
                self.fill(shell, &thin);
                self.looks.came(self.results.rows()[before..].iter());
                self.settle(shell);
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

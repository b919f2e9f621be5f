//! Searching and paging: which call brings which rows, and when the next page is asked for. A new search replaces the rows
//! only once its first page is here, so that a failure leaves what was on the screen.

mod asking;
mod paging;
mod waiting;

use std::ops::Range;

use asking::{After, Pending, Wanted};
use paging::Further;

use super::results::Results;
use super::rows::chosen::Chosen;
use super::rows::filter::Hits;
use super::rows::looks::Looks;
use super::search_line::Standing;
use super::slot::answer_of;
use crate::app::shell::Shell;
use crate::domain::call::{Answer, Call, CallId, End, Fault};
use crate::domain::conversation::ConversationRow;
use crate::domain::id::ConversationId;
use crate::domain::page::{Cursor, Page};
use crate::domain::query::Query;
use crate::domain::sort::Order;
use crate::domain::view::Column;

/// Rows of every page. The largest the server gives: a cursor must be followed with its other arguments unchanged, so the
/// first page cannot be smaller than the rest, and 10,000 rows are 67 calls instead of 200.
pub const PER_PAGE: u16 = 150;

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
    unsent: Option<Wanted>,
    /// The search that failed last, until another one starts.
    failed: Option<Wanted>,
}

fn ask(shell: &mut Shell, results: &Results, cursor: Option<Cursor>) -> CallId {
    shell.ask(Call::SearchConversations { query: results.settled.sent.clone(), cursor, per_page: PER_PAGE })
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
        self.start(shell, Wanted { query, order, cursor: After::Top });
    }

    /// The order of the rows that are on the way, else of those that are shown.
    pub fn order(&self) -> Order {
        let pending = self.pending.as_ref().map(|pending| pending.order);
        pending.or(self.unsent.as_ref().map(|wanted| wanted.order)).unwrap_or(self.order)
    }

    /// Shows the rows in another order. Only what is loaded is sorted; what is on the way for another search has its own.
    pub fn set_order(&mut self, shell: &mut Shell, order: Order) {
        self.order = order;
        self.results.arranged.set_order(order);
        if let Some(pending) = self.pending.as_mut().filter(|new| new.fresh.query == self.results.query) {
            pending.order = order;
        }
        self.keep_up(shell);
    }

    /// Shows what is done or put away here, or hides it.
    pub fn show_away(&mut self, shell: &mut Shell, show: bool) {
        self.results.show_away(shell, show);
        self.let_go_of_away(shell);
        self.go_on_anew(shell);
    }

    /// Works out what is shown, if anything changed, and asks for a page when too little is.
    pub(super) fn keep_up(&mut self, shell: &mut Shell) {
        if self.settle(shell) {
            self.go_on_anew(shell);
        }
    }

    fn settle(&mut self, shell: &Shell) -> bool {
        let settled = self.results.settle(shell);
        if settled {
            self.let_go_of_away(shell);
        }
        self.chosen.count(&self.results.arranged);
        settled
    }

    /// What went away by a mark is chosen no longer: nothing is to be done to rows that one does not see go.
    fn let_go_of_away(&mut self, shell: &Shell) {
        let (arranged, rows) = (&self.results.arranged, self.results.rows());
        if self.chosen.is_empty() || arranged.shows_away() {
            return;
        }
        let away = |row: &ConversationRow| shell.triage.standing(row, shell.now.unix).is_aside();
        self.chosen.let_go(|number| arranged.is_gone(number) && rows.get(number as usize).is_some_and(away));
    }

    /// Whether a conversation was chosen.
    pub fn is_chosen(&self, id: &ConversationId) -> bool {
        let number = || u32::try_from(self.results.position(id)?).ok();
        !self.chosen.is_empty() && number().is_some_and(|number| self.chosen.has(number))
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

    /// Rows of the heads over columns that the view chose, in a part of so many rows.
    pub fn head(&self, height: u16) -> u16 {
        u16::from(!self.columns.is_empty() && height > 3 && self.results.shown_len() > 0)
    }

    /// A conversation was opened, and this is what it is now.
    pub(super) fn opened(&mut self, row: &ConversationRow) {
        self.results.refresh(row);
        self.looks.open(row);
    }

    /// How a search that was asked for stands to the list; none when it was given up.
    pub fn standing(&self, query: &Query) -> Option<Standing> {
        let pending = self.pending.as_ref().map(|pending| &pending.fresh.query);
        let unsent = self.unsent.as_ref().map(|wanted| &wanted.query);
        let failed = self.failed.as_ref().map(|wanted| &wanted.query);
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
        shell.learn_rows(&page.items);
        Ok(Some(page))
    }
}

//! Searches that are on their way to the list, or put off: which rows are the old ones, and what is asked for in the end.

use super::Listing;
use super::asking::{After, Wanted};
use crate::app::shell::Shell;
use crate::domain::query::Query;
use crate::domain::sort::Order;

impl Listing {
    /// Whether the rows are those of another search than the one that is under way or waits.
    pub fn is_replaced(&self) -> bool {
        let pending = self.pending.as_ref().map(|pending| &pending.fresh.query);
        let next = pending.or_else(|| self.unsent.as_ref().map(|wanted| &wanted.query));
        !self.results.rows().is_empty() && next.is_some_and(|query| *query != self.results.query)
    }

    /// A search that others may follow at once: asked for by `ask_postponed`.
    pub(in crate::app::pane::inbox) fn postpone(&mut self, shell: &mut Shell, query: Query, order: Order) {
        self.cancel(shell);
        self.unsent = Some(Wanted { query, order, cursor: After::Top });
    }

    /// Whether a search waits to be asked for.
    pub(in crate::app::pane::inbox) fn waits(&self) -> bool {
        self.unsent.is_some()
    }

    /// Asks for the search that was put off, if it is still wanted.
    pub(in crate::app::pane::inbox) fn ask_postponed(&mut self, shell: &mut Shell) {
        if let Some(wanted) = self.unsent.take() {
            self.start(shell, wanted);
        }
    }
}

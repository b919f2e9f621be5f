//! A search and the same search again: what was asked, what becomes of the rows before, and where the cursor goes. Owns how far a
//! refresh reads; the pages after it are asked for elsewhere.

use super::{Listing, PER_PAGE, ask};
use crate::app::notice::Weight;
use crate::app::pane::inbox::coverage::grouped;
use crate::app::pane::inbox::results::Results;
use crate::app::shell::Shell;
use crate::domain::call::{CallId, End, Fault, FaultKind};
use crate::domain::id::ConversationId;
use crate::domain::query::{Known, Query};
use crate::domain::sort::Order;

/// Rows that a refresh brings again at most, where so many were loaded: ten pages. The rest is loaded again by a key.
const AGAIN: usize = 1_500;

/// Where the cursor goes when the rows of a search are here.
#[derive(Clone, Debug)]
pub(super) enum After {
    /// To the first row.
    Top,
    /// It stays: on this conversation, which was that row of what was loaded; none when no row was shown.
    Stays(Option<(ConversationId, usize)>),
}

/// A search that somebody wants.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) query: Query,
    pub(super) order: Order,
    pub(super) cursor: After,
}

/// A search that has not brought its rows yet.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) call: CallId,
    pub(super) fresh: Results,
    /// The order that its rows will have.
    pub(super) order: Order,
    pub(super) cursor: After,
}

impl Pending {
    /// How many rows have to be here before they take the place of these: as many as were loaded, up to a bound, and as far as
    /// the cursor's conversation is looked for, at most one page past its old row.
    fn enough(&self, loaded: usize) -> usize {
        let After::Stays(place) = &self.cursor else { return 0 };
        let sought = place.as_ref().filter(|(id, _)| self.fresh.position(id).is_none());
        let near = sought.map_or(0, |(_, row)| row + usize::from(PER_PAGE));
        loaded.min(AGAIN.max(near))
    }
}

impl Listing {
    /// The same search again; the cursor stays on its conversation. A newer one that waits or failed is tried again
    /// instead, unless the server cannot read it.
    pub fn refresh(&mut self, shell: &mut Shell) {
        let readable = self.fault.as_ref().is_none_or(|fault| fault.kind != FaultKind::Invalid);
        let failed = self.failed.take().filter(|wanted| readable && wanted.query != self.results.query);
        let wanted = self.unsent.take().or(failed).unwrap_or_else(|| Wanted {
            query: self.results.query.clone(),
            order: self.order,
            cursor: After::Stays(self.place()),
        });
        self.start(shell, wanted);
    }

    /// The conversation under the cursor, and which row of what is loaded it is.
    fn place(&self) -> Option<(ConversationId, usize)> {
        let id = self.results.current()?.id.clone();
        let at = self.results.position(&id)?;
        Some((id, at))
    }

    pub(super) fn start(&mut self, shell: &mut Shell, wanted: Wanted) {
        self.cancel(shell);
        (self.fault, self.to_end) = (None, false);
        self.forget();
        let known = Known { now: shell.now.unix, zone: shell.now.zone, roster: &shell.roster };
        let fresh = match wanted.query.settled(&known) {
            Ok(settled) => Results::divided(wanted.query, settled),
            Err(wrong) => {
                let fault =
                    Fault::new(FaultKind::Invalid, &wrong.sentence, "Change the search and press Enter.");
                return self.failed(shell, fault, wanted);
            }
        };
        let call = ask(shell, &fresh, None);
        self.pending = Some(Pending { call, fresh, order: wanted.order, cursor: wanted.cursor });
    }

    /// The link came up: asks again for what is wanting.
    pub fn linked(&mut self, shell: &mut Shell) {
        let first = !self.answered && self.pending.is_none();
        let first = || {
            let query = self.results.query.clone();
            first.then_some(Wanted { query, order: self.order, cursor: After::Top })
        };
        let wanted = self.unsent.take().or_else(first);
        if let Some(wanted) = wanted {
            self.start(shell, wanted);
        }
        self.go_on_anew(shell);
    }

    pub(super) fn first(&mut self, shell: &mut Shell, mut pending: Pending, end: End) {
        let unsent = matches!(end, End::NotSent(_));
        match Self::rows_of(shell, end) {
            Ok(Some(page)) => {
                let thin = pending.fresh.add(page);
                self.fill(shell, &thin);
                self.arrived(shell, pending);
            }
            Ok(None) => self.all = false,
            Err(fault) => {
                self.all = false;
                let Pending { fresh, order, cursor, .. } = pending;
                let wanted = Wanted { query: fresh.query, order, cursor };
                self.unsent = unsent.then(|| wanted.clone());
                self.failed(shell, fault, wanted);
            }
        }
    }

    /// A search failed; what is shown stays.
    fn failed(&mut self, shell: &mut Shell, fault: Fault, wanted: Wanted) {
        shell.fault(&fault);
        if self.results.rows().is_empty() {
            self.results = Results::of(wanted.query.clone());
            self.order = wanted.order;
            self.answered = false;
        }
        self.failed = Some(wanted);
        self.fault = Some(fault);
    }

    fn arrived(&mut self, shell: &mut Shell, mut pending: Pending) {
        if let After::Stays(place) = &mut pending.cursor {
            // Who moved on while it was under way stays where they are now.
            *place = self.place().or(place.take());
        }
        let is_short = pending.fresh.rows().len() < pending.enough(self.results.rows().len());
        if let Some(cursor) = pending.fresh.next().filter(|_| is_short).cloned() {
            pending.call = ask(shell, &pending.fresh, Some(cursor));
            self.pending = Some(pending);
            return;
        }
        self.take_place(shell, pending);
        (self.answered, self.fault) = (true, None);
        self.go_on_anew(shell);
    }

    /// Rows take the place of those that are shown, with everything that a person set on the list.
    fn take_place(&mut self, shell: &mut Shell, pending: Pending) {
        let refreshed = self.answered && pending.fresh.query == self.results.query;
        let stays = matches!(pending.cursor, After::Stays(_));
        let mut old = std::mem::replace(&mut self.results, pending.fresh);
        self.order = pending.order;
        self.results.answered_at = shell.now.unix;
        self.results.untouched = !stays || old.stays_on_top();
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
            self.chosen.carry(&old, &self.results);
            let brought = self.looks.refreshed(&old, &self.results);
            let fewer = self.results.next().is_some() && self.results.rows().len() < old.rows().len();
            let again = grouped(self.results.rows().len() as u64);
            let again =
                if fewer { format!(" Only the first {again} are loaded again.") } else { String::new() };
            shell.say(Weight::Quiet, &format!("{}{again}", brought.words()));
        } else {
            self.chosen.clear();
            self.looks.came(self.results.rows().iter());
        }
    }
}

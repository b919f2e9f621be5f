//! What other screens bring to the Inbox: a conversation to read, a search to make, and the way back to where it came from.
//! Also what is known of the open conversation, which may be such a guest.

use super::Inbox;
use crate::app::model::Screen;
use crate::app::shell::{Hand, Shell};
use crate::domain::conversation::ConversationRow;
use crate::domain::id::ConversationId;
use crate::domain::query::Query;
use crate::domain::sort::Order;
use crate::domain::text::Clean;

/// What other screens brought.
#[derive(Debug, Default)]
pub(super) struct Guests {
    /// A conversation that may not be in the list.
    row: Option<Box<ConversationRow>>,
    visit: Option<Visit>,
}

/// A search that a page about somebody asked for.
#[derive(Debug)]
struct Visit {
    query: Query,
    whose: Clean,
    from: Screen,
    /// The search that the list showed before.
    before: (Query, Order),
}

impl Inbox {
    /// Why nothing can be brought here now: a note is open, which would be covered.
    pub(in crate::app) fn blocked_guest(&self) -> Option<&'static str> {
        self.notes.open.is_some().then_some("A note is open in the Inbox; send it or leave it first.")
    }

    /// What is known of the open conversation: the thread's own row, else the one a list brought.
    pub fn open_row(&self) -> Option<&ConversationRow> {
        let id = self.reader.open.as_ref()?;
        let listed = || self.listing.results.row(id);
        let guest = || self.guests.row.as_deref().filter(|row| row.id == *id);
        self.reader
            .thread()
            .map(|thread| &thread.row)
            .or_else(listed)
            .or_else(|| self.other(id))
            .or_else(guest)
    }

    /// A conversation from the customer's page.
    pub(super) fn other(&self, id: &ConversationId) -> Option<&ConversationRow> {
        self.customer.conversation(id)
    }

    /// Opens a conversation that may not be in the list. Esc leads to the list.
    pub(in crate::app) fn read_guest(&mut self, shell: &mut Shell, row: Box<ConversationRow>) {
        self.views.touched();
        self.to_root(shell);
        let id = row.id.clone();
        self.guests.row = Some(row);
        self.open_thread(shell, id);
    }

    /// Searches as if a person had typed it. Esc leads back to the screen it was asked from.
    pub(in crate::app) fn search_guest(
        &mut self,
        shell: &mut Shell,
        query: Query,
        whose: Clean,
        from: Screen,
    ) {
        self.views.touched();
        self.to_root(shell);
        let before = match self.guests.visit.take().filter(|visit| visit.query == self.listing.results.query)
        {
            Some(visit) => visit.before,
            None => (self.listing.results.query.clone(), self.listing.order()),
        };
        self.guests.visit = Some(Visit { query: query.clone(), whose, from, before });
        self.search_for(shell, &query.typed(), query);
    }

    /// Whose conversations the list shows, when a page about somebody asked for them.
    pub fn whose(&self) -> Option<&str> {
        let visit = self.guests.visit.as_ref().filter(|visit| visit.query == self.listing.results.query)?;
        Some(visit.whose.as_str()).filter(|whose| !whose.is_empty())
    }

    /// Whether the list shows what another page asked for, to which Esc leads back.
    pub fn is_visit(&self) -> bool {
        self.guests.visit.as_ref().is_some_and(|visit| visit.query == self.listing.results.query)
    }

    /// Goes back to the page that asked for what the list shows; the list gets its search back. False when none did.
    pub(super) fn leave_visit(&mut self, shell: &mut Shell) -> bool {
        let shown = &self.listing.results.query;
        let Some(visit) = self.guests.visit.take().filter(|visit| visit.query == *shown) else {
            return false;
        };
        let (query, order) = visit.before;
        self.search.show(&query.typed(), query.clone());
        self.listing.search(shell, query, order);
        if visit.from != Screen::Inbox {
            shell.hand = Some(Hand::Back(visit.from));
        }
        true
    }
}

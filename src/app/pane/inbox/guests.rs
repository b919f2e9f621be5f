//! What other screens bring to the Inbox: a conversation to read, a search to make.

use super::Inbox;
use crate::app::shell::Shell;
use crate::domain::conversation::ConversationRow;
use crate::domain::query::Query;

impl Inbox {
    /// Why nothing can be brought here now: a note is open, which would be covered.
    pub(in crate::app) fn blocked_guest(&self) -> Option<&'static str> {
        self.notes.open.is_some().then_some("A note is open in the Inbox; send it or leave it first.")
    }

    /// Opens a conversation that may not be in the list. Esc leads to the list.
    pub(in crate::app) fn read_guest(&mut self, shell: &mut Shell, row: Box<ConversationRow>) {
        self.views.touched();
        self.to_root(shell);
        let id = row.id.clone();
        self.guest = Some(row);
        self.open_thread(shell, id);
    }

    /// Searches as if a person had typed it.
    pub(in crate::app) fn search_guest(&mut self, shell: &mut Shell, query: Query) {
        self.views.touched();
        self.to_root(shell);
        self.search_for(shell, &query.to_string(), query);
    }
}

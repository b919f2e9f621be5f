//! Triage marks in the Inbox: what is decided about a conversation here, and what is said of it.

use super::Inbox;
use super::layout::Focus;
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::id::ConversationId;
use crate::domain::triage::{Decision, Known, MOST};

impl Inbox {
    /// Decides about conversations. False when one of them could not be marked, which is said.
    pub fn mark(&mut self, shell: &mut Shell, ids: &[ConversationId], decision: &Decision) -> bool {
        let now = shell.now.unix;
        let all = ids.iter().all(|id| shell.triage.decide(id, decision.clone(), self.known(id), now));
        if !all {
            let most = super::coverage::grouped(MOST as u64);
            let words = format!("{most} conversations are marked here, and no more can be.");
            shell.say(Weight::Bad, &words);
        }
        all
    }

    /// What was seen of a conversation, in the list and in its thread.
    fn known(&self, id: &ConversationId) -> Known {
        let row = self.listing.results.row(id).or_else(|| self.other(id)).map(Known::of);
        let thread = self.reader.read_before(id).map(Known::of_thread);
        row.unwrap_or_default().or_newer(thread.unwrap_or_default())
    }

    /// Which conversations a decision is about.
    fn decided(&self) -> Vec<ConversationId> {
        let current = match self.focus {
            Focus::List => self.listing.results.current().map(|row| row.id.clone()),
            Focus::Thread => self.reader.open.clone(),
            Focus::Contact | Focus::Company => None,
        };
        current.into_iter().collect()
    }
}

//! The conversations next to the one that is read, asked for before anybody goes there. Owns which calls are under way and
//! when they may be; refuses to do anything while one moves, while the link is down, or while the server asked for a pause.

use crate::app::event::Timer;
use crate::app::shell::Shell;
use crate::domain::call::{Call, CallId};
use crate::domain::id::ConversationId;
use crate::domain::time::Moment;

/// How long one must stay with a conversation before its neighbours are asked for, in milliseconds.
pub const REST_MILLIS: u64 = 150;
/// Calls at once.
pub const MOST: usize = 2;

/// The calls for neighbours.
#[derive(Debug, Default)]
pub struct Ahead {
    calls: Vec<(CallId, ConversationId)>,
    /// When one came to the conversation that is open.
    since: Moment,
}

impl Ahead {
    /// One came to another conversation: calls for the others are given up, and the wait begins. The call for this one is
    /// given back, when it is under way.
    pub fn moved(&mut self, shell: &mut Shell, to: &ConversationId) -> Option<CallId> {
        let at = self.calls.iter().position(|(_, id)| id == to);
        let own = at.map(|at| self.calls.swap_remove(at).0);
        self.stop(shell);
        self.rest(shell);
        if let Some(call) = own {
            shell.wait_for(call);
        }
        own
    }

    /// The wait begins anew.
    pub fn rest(&mut self, shell: &mut Shell) {
        self.since = shell.now;
        shell.timer(Timer::Ahead, REST_MILLIS);
    }

    /// Gives up every call.
    pub fn stop(&mut self, shell: &mut Shell) {
        for (call, _) in self.calls.drain(..) {
            shell.cancel(call);
        }
    }

    /// Whether it is time, and allowed, to ask for neighbours.
    pub fn may_ask(&self, shell: &Shell) -> bool {
        shell.is_up() && shell.paused().is_none() && shell.now.since(self.since) >= REST_MILLIS
    }

    /// Asks for these, as many as may be under way.
    pub fn ask(&mut self, shell: &mut Shell, wanted: impl IntoIterator<Item = ConversationId>) {
        for id in wanted {
            if self.calls.len() >= MOST || self.calls.iter().any(|(_, asked)| *asked == id) {
                continue;
            }
            let call = shell.ask_quietly(Call::Conversation(id.clone()));
            self.calls.push((call, id));
        }
    }

    /// Takes the end of a call. False when it is not one of these.
    pub fn ended(&mut self, call: CallId) -> bool {
        let at = self.calls.iter().position(|(own, _)| *own == call);
        at.map(|at| self.calls.swap_remove(at)).is_some()
    }
}

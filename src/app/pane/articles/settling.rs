//! Writes whose answer was lost: found out by reading, never by sending again. They outlive the editor, because the link
//! may be down for long.

use std::sync::Arc;

use super::Articles;
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::article::Article;
use crate::domain::call::{Answer, Call, CallId, End, Fault};
use crate::domain::change::{Fate, Intent};
use crate::domain::text::Clean;

/// A write of unknown fate.
#[derive(Debug)]
pub struct Unsettled {
    /// What was sent.
    pub intent: Box<Intent>,
    fault: Fault,
    call: Option<CallId>,
}

impl Unsettled {
    pub(super) fn new(intent: Box<Intent>, fault: Fault) -> Self {
        Self { intent, fault, call: None }
    }
}

impl Articles {
    /// Takes in a write of unknown fate, and reads the article when that is possible.
    pub(super) fn unsettle(&mut self, shell: &mut Shell, lost: Unsettled) {
        let sentence = format!("It is not known yet whether the save arrived: {}", lost.fault.sentence);
        let hint = "The article is read again to find out; nothing is sent twice. The draft is kept.";
        shell.tell(Weight::Bad, Clean::line(&sentence), Clean::fixed(hint));
        self.unsettled.push(lost);
        self.settle(shell);
    }

    /// Reads every article whose write is of unknown fate.
    pub(super) fn settle(&mut self, shell: &mut Shell) {
        if !shell.is_up() {
            return;
        }
        for lost in self.unsettled.iter_mut().filter(|lost| lost.call.is_none()) {
            lost.call = Some(shell.ask(Call::Article(lost.intent.id().clone())));
        }
    }

    /// Somebody wants to go on: find out first.
    pub(super) fn settle_again(&mut self, shell: &mut Shell) {
        shell.say(
            Weight::Quiet,
            "First it is found out whether the last save arrived; the article is being read.",
        );
        self.settle(shell);
    }

    /// Takes the end of a read that settles a write.
    pub(super) fn settle_ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Option<End> {
        let Some(at) = self.unsettled.iter().position(|lost| lost.call == Some(id)) else { return Some(end) };
        match end {
            End::Answer(Answer::Article(found)) => {
                let lost = self.unsettled.remove(at);
                self.settled(shell, &lost, Arc::from(found));
            }
            End::Refused(fault) => {
                let lost = self.unsettled.remove(at);
                let sentence = format!("It cannot be told whether the save arrived: {}", fault.sentence);
                let hint = "The draft is kept; the next review reads the article again.";
                shell.tell(Weight::Bad, Clean::line(&sentence), Clean::fixed(hint));
                drop(lost);
            }
            End::Answer(_)
            | End::TimedOut(_)
            | End::NotSent(_)
            | End::Unknown(_)
            | End::Cancelled
            | End::Moved(_) => {
                self.unsettled[at].call = None;
                let hint = "Ctrl-S in the editor, or a new connection, tries again.";
                let sentence = "It is still not known whether the save arrived.";
                shell.tell(Weight::Bad, Clean::fixed(sentence), Clean::fixed(hint));
            }
        }
        None
    }

    fn settled(&mut self, shell: &mut Shell, lost: &Unsettled, found: Arc<Article>) {
        match lost.intent.settle(&found, &lost.fault) {
            Fate::Landed | Fate::Altered => self.settled_landed(shell, lost, found),
            Fate::NotLanded => {
                let sentence = "The save did not arrive: the article reads as before.";
                let hint = "The draft is kept; Ctrl-S reviews it again.";
                shell.tell(Weight::Bad, Clean::fixed(sentence), Clean::fixed(hint));
            }
            Fate::CannotTell(_) | Fate::Refused(_) | Fate::NotSent(_) | Fate::Moved => {
                let sentence = "It cannot be told whether the save arrived: the article reads neither as before nor as sent.";
                let hint = "The draft is kept; Ctrl-S shows how the article reads now.";
                shell.tell(Weight::Bad, Clean::fixed(sentence), Clean::fixed(hint));
            }
        }
    }

    /// It arrived after all. What was typed since stays, over the copy that reads so now.
    fn settled_landed(&mut self, shell: &mut Shell, lost: &Unsettled, found: Arc<Article>) {
        let desk = self.desk.as_mut().filter(|desk| desk.base.row.id == found.row.id);
        let Some(desk) = desk else {
            let id = found.row.id.clone();
            self.forget(shell, &id);
            self.show(&found);
            return shell.say(Weight::Good, "The save did arrive.");
        };
        let same = desk.draft().changes_from(lost.intent.base()) == *lost.intent.changes();
        if same {
            return self.arrived(shell, &lost.intent, found);
        }
        desk.base = found.clone();
        desk.keeping.dirty = true;
        self.show(&found);
        self.keep(shell);
        shell.say(Weight::Good, "The save did arrive. What you typed since is still here.");
    }
}

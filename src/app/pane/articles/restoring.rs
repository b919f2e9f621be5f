//! Going back to what a write of the history shows, as a new reviewed write: the article is read, that version's fields are
//! laid over it as an edit, and the review opens. Never sends, never writes over an edit that is kept.

use std::sync::Arc;

use super::Articles;
use super::desk::Desk;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::notice::Weight;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::article::{Article, ArticleState};
use crate::domain::call::{Answer, Call, CallId, End, FaultKind};
use crate::domain::change::Draft;
use crate::domain::id::ArticleId;
use crate::domain::journal::{Entry, Kind};
use crate::domain::text::Clean;

/// The tool that writes articles.
const TOOL: &str = "update_article";

/// A version on its way to the review.
#[derive(Debug)]
pub(super) struct Restoring {
    entry: Entry,
    id: ArticleId,
    after: bool,
    /// The read of the article; none while the disk is asked for an edit of it.
    call: Option<CallId>,
}

impl Articles {
    /// Begins to go back to before a write, or to what it made.
    pub(super) fn restore(&mut self, shell: &mut Shell, entry: Entry, after: bool) {
        let Some(id) = entry.head.article().cloned() else {
            return shell.say(Weight::Quiet, "It is not known which article this write made.");
        };
        if let Some(reason) = self.cannot_restore(shell, &id) {
            return shell.say(Weight::Quiet, reason);
        }
        if self.has_parked(&id) {
            return refuse_restoring(shell);
        }
        // Another window may have begun one since, or put an end to one.
        shell.effect(Effect::FindDraft(id.clone()));
        if let Some(history) = &mut self.history {
            history.restoring = Some(Restoring { entry, id, after, call: None });
        }
    }

    /// Whether an edit of the article that was left waits here for the disk.
    pub(super) fn has_parked(&self, id: &ArticleId) -> bool {
        self.parked.iter().any(|desk| desk.base.row.id == *id)
    }

    /// Puts an edit on the screen. Nobody waits for an older version then; and an edit that is there is left as by a person,
    /// so that it is kept, never replaced. Where it cannot be left, it stays on the screen, and the other one waits.
    pub(super) fn open_desk(&mut self, shell: &mut Shell, desk: Desk) {
        self.cancel_restoring(shell);
        if self.desk.is_some() {
            self.leave_for_list(shell);
        }
        match self.desk {
            None => self.desk = Some(desk),
            Some(_) => self.parked.push(desk),
        }
    }

    fn cannot_restore(&self, shell: &Shell, id: &ArticleId) -> Option<&'static str> {
        if !shell.is_up() {
            return Some("Not connected: the article has to be read before anything is restored.");
        }
        if self.is_unsettled(id) {
            return Some("First it has to be known what became of the last save of this article.");
        }
        (!shell.offers(TOOL))
            .then_some("This server does not offer update_article, so nothing can be restored.")
    }

    /// The disk said whether there is an edit of the article.
    pub(super) fn found_for_restoring(&mut self, shell: &mut Shell, id: &ArticleId, is_kept: bool) {
        let Some(history) = &mut self.history else { return };
        let waits = |restoring: &&mut Restoring| restoring.id == *id && restoring.call.is_none();
        let Some(restoring) = history.restoring.as_mut().filter(waits) else { return };
        if is_kept {
            history.restoring = None;
            return refuse_restoring(shell);
        }
        restoring.call = Some(shell.ask(Call::Article(id.clone())));
    }

    /// Nobody waits for it any more. False when there was nothing.
    pub(super) fn cancel_restoring(&mut self, shell: &mut Shell) -> bool {
        let Some(restoring) = self.history.as_mut().and_then(|history| history.restoring.take()) else {
            return false;
        };
        if let Some(call) = restoring.call {
            shell.cancel(call);
        }
        shell.say(Weight::Quiet, "Nothing was restored.");
        true
    }

    /// Takes the end of the read that a version waits for.
    pub(super) fn restore_ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Option<End> {
        let is_ours = |restoring: &mut Restoring| restoring.call == Some(id);
        let history = self.history.as_mut();
        let Some(restoring) = history.and_then(|history| history.restoring.take_if(is_ours)) else {
            return Some(end);
        };
        match end {
            End::Answer(Answer::Article(fresh)) => self.lay_version(shell, &restoring, Arc::from(fresh)),
            End::Refused(fault) if fault.kind == FaultKind::NotFound => {
                let sentence =
                    "This article is not on the server any more, so that nothing can be restored into it.";
                let hint = "Its text stays here in the history.";
                shell.tell(Weight::Bad, Clean::fixed(sentence), Clean::fixed(hint));
            }
            End::Refused(fault) | End::TimedOut(fault) | End::NotSent(fault) | End::Unknown(fault) => {
                shell.fault(&fault);
            }
            End::Answer(_) | End::Moved(_) | End::Cancelled => {}
        }
        None
    }

    fn lay_version(&mut self, shell: &mut Shell, restoring: &Restoring, fresh: Arc<Article>) {
        let unpublishes = restoring.entry.head.kind == Kind::Create && !restoring.after;
        let mut draft = Draft::of(Arc::clone(&fresh));
        if unpublishes {
            draft.state = ArticleState::Draft;
        } else {
            draft = restoring.entry.restored(Arc::clone(&fresh), restoring.after);
        }
        self.show(&fresh);
        if self.desk.is_some() || self.has_parked(&restoring.id) || self.unsaved.contains(&restoring.id) {
            let sentence = "An edit was opened meanwhile, so nothing was restored.";
            return shell.say(Weight::Bad, sentence);
        }
        if !draft.is_changed() {
            return shell.say(Weight::Quiet, already(restoring, unpublishes));
        }
        let mut desk = Desk::of(Arc::clone(&fresh));
        desk.lay(&draft);
        desk.keeping.dirty = true;
        self.open_desk(shell, desk);
        self.keep(shell);
        if unpublishes {
            let sentence = "No tool deletes articles; this review takes it back from readers.";
            shell.say(Weight::Quiet, sentence);
        }
        self.compare(shell, Arc::unwrap_or_clone(fresh));
    }
}

fn already(restoring: &Restoring, unpublishes: bool) -> &'static str {
    if unpublishes {
        "No tool deletes articles. It is a draft already: only teammates see it."
    } else if restoring.after {
        "The article reads as this write made it; there is nothing to bring back."
    } else {
        "The article reads as before this write already; there is nothing to take back."
    }
}

fn refuse_restoring(shell: &mut Shell) {
    let key = shell.key(Place::Articles, Command::ShowDrafts);
    let hint = format!("{key} in Articles lists kept edits: finish this one or throw it away first.");
    let sentence = Clean::fixed("An edit of this article is kept; nothing is laid over it.");
    shell.tell(Weight::Bad, sentence, Clean::line(&hint));
}

//! The road of an edit: editor, review, conflict, and the ways back. The question before the write is in `confirming`, the
//! ends of calls are in `ends`. Every step that the rules in `domain::change` allow, and no other.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each stage answers to its own ends and passes the rest on"
)]

use std::mem::replace;
use std::sync::Arc;

use super::Articles;
use super::desk::{Desk, Stage};
use super::settling::Unsettled;
use super::sheet::Sheet;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::article::Article;
use crate::domain::call::{Call, Fault, FaultKind};
use crate::domain::change::{Compared, QUIET_MILLIS, Review};
use crate::domain::text::Clean;
use crate::domain::time::Moment;

/// The tool that writes.
const TOOL: &str = "update_article";

/// Why nothing can be saved now; none when it can.
pub(super) fn cannot_save(shell: &Shell) -> Option<&'static str> {
    if shell.options.read_only {
        return Some("Read-only: nothing is sent from here. The draft is kept.");
    }
    if !shell.is_up() {
        return Some("Not connected; the draft is kept.");
    }
    (!shell.offers(TOOL))
        .then_some("This server does not offer update_article, so nothing can be saved. The draft is kept.")
}

/// Whether a second press is one: the repeats of a held key come sooner, and each begins the moment anew.
fn meant(before: Option<Moment>, shell: &Shell) -> bool {
    before.is_some_and(|before| shell.now.since(before) >= QUIET_MILLIS)
}

impl Articles {
    /// Opens the editor over a copy, and asks the disk for a draft of it.
    pub(super) fn edit(&mut self, shell: &mut Shell, article: Arc<Article>) {
        if let Some(at) = self.parked.iter().position(|desk| desk.base.row.id == article.row.id) {
            self.desk = Some(self.parked.remove(at));
            return;
        }
        shell.effect(Effect::FindDraft(article.row.id.clone()));
        let mut desk = Desk::of(article);
        desk.early = Some(Vec::new());
        self.desk = Some(desk);
    }

    /// Asks for the server's copy, to review against.
    pub(super) fn review(&mut self, shell: &mut Shell) {
        self.keep(shell);
        let Some(desk) = &mut self.desk else { return };
        let id = desk.base.row.id.clone();
        if self.is_unsettled(&id) {
            return self.settle_again(shell, &id);
        }
        let Some(desk) = &mut self.desk else { return };
        if let Stage::Asking(call) = desk.stage {
            shell.cancel(call);
        }
        desk.stage = Stage::Asking(shell.ask(Call::Article(desk.base.row.id.clone())));
    }

    /// The server's copy is there.
    pub(super) fn compare(&mut self, shell: &mut Shell, fresh: Article) {
        let Some(desk) = &mut self.desk else { return };
        match Review::compare(&desk.draft(), fresh) {
            Compared::Nothing => {
                desk.stage = Stage::Editing;
                shell.say(Weight::Quiet, "Nothing changed.");
            }
            Compared::Moved(fresh) => self.conflict(fresh),
            Compared::Ready(review) => {
                let sheet = Sheet::review(&review);
                desk.stage = Stage::Reviewing(review, sheet);
            }
        }
    }

    pub(super) fn conflict(&mut self, fresh: Arc<Article>) {
        if let Some(desk) = &mut self.desk {
            let sheet = Sheet::conflict(&desk.draft(), &fresh);
            desk.stage = Stage::Conflict { fresh, sheet, drops: None };
        }
    }

    /// One step back on the road. Never cancels what may be on its way.
    pub(super) fn road_back(&mut self, shell: &mut Shell) {
        let Some(desk) = &mut self.desk else { return };
        match &desk.stage {
            Stage::Editing => return self.leave_editor(shell),
            Stage::Asking(call) => {
                shell.cancel(*call);
                shell.say(Weight::Quiet, "The review was cancelled.");
            }
            // Blocked with a reason: what may be on its way cannot be called back.
            Stage::Sending(..) => return,
            Stage::ReadingBack(call, ..) => {
                shell.cancel(*call);
                return self.leave_unread(shell);
            }
            Stage::Altered(_) => {
                self.desk = None;
                return;
            }
            Stage::Reviewing(..) | Stage::Confirming(..) | Stage::Conflict { .. } => {}
        }
        desk.stage = Stage::Editing;
    }

    /// Goes back to the text without waiting for the read-back, which is made later.
    fn leave_unread(&mut self, shell: &mut Shell) {
        let Some(desk) = &mut self.desk else { return };
        if let Stage::ReadingBack(_, intent, _) = replace(&mut desk.stage, Stage::Editing) {
            let fault = Fault::new(FaultKind::TimedOut, "you did not wait for it.", "");
            self.unsettle(shell, Unsettled::taken(intent, fault));
        }
    }

    /// Leaves the editor; the draft stays on disk. Until the disk says so, and until the fate of
    /// its last write is known, so does the edit.
    fn leave_editor(&mut self, shell: &mut Shell) {
        self.keep(shell);
        let Some(desk) = self.desk.take() else { return };
        if !desk.keeping.changed {
            return;
        }
        let hint = Clean::fixed("e on this article brings it back.");
        shell.tell(Weight::Quiet, Clean::fixed("The draft is kept."), hint);
        self.parked.push(desk);
        self.release();
    }

    /// Throws the draft away, at the second asking.
    pub(super) fn discard(&mut self, shell: &mut Shell) {
        self.keep(shell);
        let Some(desk) = &mut self.desk else { return };
        if desk.keeping.changed && !meant(desk.discards.replace(shell.now), shell) {
            return shell.say(
                Weight::Bad,
                "Press again after a moment to throw the draft away. Any other key keeps it.",
            );
        }
        if let Stage::Asking(call) = desk.stage {
            shell.cancel(call);
        }
        let (id, changed) = (desk.base.row.id.clone(), desk.keeping.changed);
        self.desk = None;
        self.forget(shell, &id);
        self.drop_lost(&id);
        if changed {
            let sentence = if self.is_unsettled(&id) {
                "The draft was thrown away. It is not known yet whether the last save arrived."
            } else {
                "The draft was thrown away. The article stays as the server has it."
            };
            shell.say(Weight::Quiet, sentence);
        }
    }

    /// Lays what was typed over their copy, and reviews that.
    pub(super) fn keep_mine(&mut self, shell: &mut Shell) {
        let Some(desk) = &mut self.desk else { return };
        if let Stage::Conflict { fresh, .. } = replace(&mut desk.stage, Stage::Editing) {
            let mut draft = desk.draft();
            draft.rebase(fresh);
            desk.lay(&draft);
            desk.keeping.dirty = true;
            self.review(shell);
        }
    }

    /// Drops what was typed, at the second asking.
    pub(super) fn take_theirs(&mut self, shell: &mut Shell) {
        let Some(desk) = &mut self.desk else { return };
        let Stage::Conflict { fresh, drops, .. } = &mut desk.stage else { return };
        if !meant(drops.replace(shell.now), shell) {
            return shell.say(
                Weight::Bad,
                "Press t again after a moment to drop your edit, from the draft file too.",
            );
        }
        let fresh = fresh.clone();
        let id = fresh.row.id.clone();
        *desk = Desk::of(fresh.clone());
        self.forget(shell, &id);
        self.show(&fresh);
        shell.say(Weight::Quiet, "Your edit was dropped. The editor holds their copy.");
    }

    /// Asking twice means twice in a row: any other command takes the first asking back.
    fn calm(&mut self, command: Command) {
        let Some(desk) = &mut self.desk else { return };
        desk.discards.take_if(|_| command != Command::Discard);
        if let Stage::Conflict { drops, .. } = &mut desk.stage {
            drops.take_if(|_| command != Command::TakeTheirs);
        }
    }

    /// A command on the road; false when it is none of ours.
    pub(super) fn road_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        self.calm(command);
        match command {
            Command::Review => self.review(shell),
            Command::Send => self.confirm(shell),
            Command::Discard => self.discard(shell),
            Command::KeepMine => self.keep_mine(shell),
            Command::TakeTheirs => self.take_theirs(shell),
            Command::Back => self.road_back(shell),
            _ => return self.desk_run(shell, command),
        }
        true
    }
}

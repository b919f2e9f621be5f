//! The road of an edit: editor, review, and the ways back. The conflict is in `conflict`, the question before the write is in `confirming`, the
//! ends of calls are in `ends`. Every step that the rules in `domain::change` allow, and no other.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each stage answers to its own ends and passes the rest on"
)]

use std::mem::replace;
use std::sync::Arc;

use super::Articles;
use super::asking::Question;
use super::desk::{Desk, Stage};
use super::settling::Unsettled;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::notice::Weight;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::article::Article;
use crate::domain::call::{Call, Fault, FaultKind};
use crate::domain::change::{Compared, Review};
use crate::domain::text::Clean;

/// The tool that writes.
const TOOL: &str = "update_article";

/// Why nothing can be saved now; none when it can.
pub(super) fn cannot_save(shell: &Shell) -> Option<&'static str> {
    if shell.options.read_only {
        return Some("Read-only: nothing is sent from here. Your edit is kept.");
    }
    cannot_review(shell)
}

/// Why nothing can be reviewed now; none when it can. What would change may be looked at without leave to send it.
pub(super) fn cannot_review(shell: &Shell) -> Option<&'static str> {
    if !shell.is_up() {
        return Some("Not connected; your edit is kept.");
    }
    (!shell.options.read_only && !shell.offers(TOOL))
        .then_some("This server does not offer update_article, so nothing can be saved. Your edit is kept.")
}

impl Articles {
    /// Opens the editor over a copy, and asks the disk for a draft of it.
    pub(super) fn edit(&mut self, shell: &mut Shell, article: Arc<Article>) {
        if let Some(at) = self.parked.iter().position(|desk| desk.base.row.id == article.row.id) {
            let mut desk = self.parked.remove(at);
            desk.keeping.left_unkept = false;
            return self.open_desk(shell, desk);
        }
        shell.effect(Effect::FindDraft(article.row.id.clone()));
        let mut desk = Desk::of(article);
        desk.early = Some(Vec::new());
        let is_long = desk.body.began_as_html();
        self.open_desk(shell, desk);
        if is_long {
            let key = shell.key(Place::Editor, Command::EditView);
            shell.say(
                Weight::Quiet,
                &format!("A long text opens as HTML source; {key} twice makes Markdown of it."),
            );
        }
    }

    /// Asks for the server's copy, to review against.
    pub(super) fn review(&mut self, shell: &mut Shell) {
        self.keep(shell);
        self.told = None;
        let Some(desk) = &mut self.desk else { return };
        let id = desk.base.row.id.clone();
        if self.is_unsettled(&id) {
            return self.settle_again(shell, &id);
        }
        let Some(desk) = &mut self.desk else { return };
        if desk.is_new() {
            return self.review_new(shell);
        }
        if let Stage::Asking(call) = desk.stage {
            shell.cancel(call);
        }
        desk.stage = Stage::Asking(shell.ask(Call::Article(desk.base.row.id.clone())));
    }

    /// The server's copy is there.
    pub(super) fn compare(&mut self, shell: &mut Shell, fresh: Article) {
        let Some(desk) = &mut self.desk else { return };
        self.taken_back.clear();
        match Review::compare(&desk.draft(), fresh) {
            Compared::Nothing => {
                desk.stage = Stage::Editing;
                shell.say(Weight::Quiet, "Nothing changed.");
            }
            Compared::Moved(fresh) => self.conflict(shell, fresh),
            Compared::Ready(review) => self.show_review(shell, review),
        }
    }

    /// One step back on the road. Never cancels what may be on its way.
    pub(super) fn road_back(&mut self, shell: &mut Shell) {
        let shows = matches!(
            self.desk.as_ref().map(|desk| &desk.stage),
            Some(Stage::Reviewing(..) | Stage::Confirming(..))
        );
        if shows && self.leave_handed(shell) {
            return;
        }
        let Some(desk) = &mut self.desk else { return };
        match &desk.stage {
            Stage::Editing => return self.leave_editor(shell, false),
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
            Stage::Conflict(_) => return self.leave_conflict(),
            Stage::Reviewing(..) | Stage::Confirming(..) => {}
        }
        desk.stage = Stage::Editing;
    }

    /// Leaves whatever is open for the list; at the list, the search for all articles. What is on its way is waited for.
    pub(super) fn leave_for_list(&mut self, shell: &mut Shell) {
        self.take_question(shell);
        if let Some(desk) = &self.desk {
            let reason = Self::road_blocked(shell, desk, Command::Back);
            if let Some(reason) = reason {
                return shell.say(Weight::Quiet, reason);
            }
        }
        let was_open = self.desk.is_some() || self.reader.is_some() || self.shelf.line.is_some();
        self.desk.as_mut().map(Desk::close_finding);
        while self.desk.as_ref().is_some_and(|desk| !matches!(desk.stage, Stage::Editing)) {
            self.road_back(shell);
        }
        self.leave_editor(shell, true);
        self.leave_reader(shell);
        self.shelf.line = None;
        if !was_open {
            self.shelf.leave_search(shell);
        }
        self.shelf.fill(shell);
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
    /// its last write is known, so does the edit. An edit that the disk does not take is left `anyway` only.
    pub(super) fn leave_editor(&mut self, shell: &mut Shell, anyway: bool) {
        self.keep(shell);
        if !anyway && self.desk.as_ref().is_some_and(|desk| desk.keeping.is_nowhere_else()) {
            return self.put_question(shell, Question::LeaveUnkept);
        }
        let Some(mut desk) = self.desk.take() else { return };
        if !desk.keeping.changed {
            return;
        }
        desk.keeping.left_unkept = desk.keeping.is_nowhere_else();
        let hint = if desk.is_new() {
            format!("{} lists what is kept.", shell.key(Place::Articles, Command::ShowDrafts))
        } else {
            "e on this article brings it back.".into()
        };
        shell.tell(Weight::Quiet, Clean::fixed("Your edit is kept."), Clean::line(&hint));
        self.parked.push(desk);
        self.release();
    }

    /// A command on the road; false when it is none of ours.
    pub(super) fn road_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        let asked = self.take_question(shell);
        if command == Command::Back && asked == Some(Question::LeaveUnkept) {
            self.leave_editor(shell, true);
            return true;
        }
        if command == Command::Back && self.desk.as_mut().is_some_and(Desk::close_finding) {
            return true;
        }
        if self.conflict_run(shell, command) {
            return true;
        }
        match command {
            Command::Review => self.review(shell),
            Command::Send => self.confirm(shell),
            Command::Discard => self.discard(shell),
            Command::Back => self.road_back(shell),
            _ => return self.review_run(shell, command) || self.desk_run(shell, command),
        }
        true
    }
}

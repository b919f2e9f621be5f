//! What can be done in a review besides reading it: one change taken back, and that undone. Owns what was taken back;
//! the article is not read again for it, as it is read before every write in any case.

#![expect(clippy::wildcard_enum_match_arm, reason = "answers to a few commands and passes the rest on")]

use ratatui::layout::Rect;

use super::Articles;
use super::desk::{Desk, Stage};
use super::sheet::{FieldName, Sheet, Target, columns_blocked};
use crate::app::command::Command;
use crate::app::notice::Weight;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::article::Article;
use crate::domain::change::{Compared, Draft, Review};
use crate::domain::diff::taken_back;

/// A change that was taken back in a review.
#[derive(Debug)]
pub(super) struct TakenBack {
    before: Draft,
    after: Draft,
}

/// `draft` with one change taken back, to what `fresh` has.
fn without(draft: &Draft, fresh: &Article, target: &Target) -> Draft {
    let (mut draft, base) = (draft.clone(), Draft::of(draft.base().clone()));
    match target {
        Target::Field(FieldName::Title) => fresh.title.as_str().clone_into(&mut draft.title),
        Target::Field(FieldName::Summary) => draft.description = base.description,
        Target::Field(FieldName::State) => draft.state = base.state,
        Target::Field(FieldName::Author) => draft.author = base.author,
        Target::Field(FieldName::Parent) => draft.parent = base.parent,
        Target::Blocks(change) => draft.body = taken_back(fresh.body.as_str(), &draft.body, change),
    }
    draft
}

impl Articles {
    /// Puts a review on the screen.
    pub(super) fn show_review(&mut self, shell: &Shell, review: Box<Review>) {
        if let Some(desk) = &mut self.desk {
            let sheet = Sheet::review(&review, desk.facts(shell));
            desk.stage = Stage::Reviewing(review, sheet);
        }
    }

    /// Why a command of a review cannot be done now, or none when it can; none at all when others decide that.
    #[expect(
        clippy::option_option,
        reason = "nobody decided, and decided that it can be done, are two things"
    )]
    pub(super) fn review_blocked(&self, shell: &Shell, command: Command) -> Option<Option<String>> {
        let stage = self.desk.as_ref().map(|desk| &desk.stage);
        if matches!(stage, Some(Stage::Conflict(_))) {
            return None;
        }
        match command {
            Command::SideBySide => Some(columns_blocked(super::geometry::page(shell.frame.body).width)),
            Command::Undo
                if stage.is_some_and(|stage| !matches!(stage, Stage::Editing | Stage::Asking(_))) =>
            {
                let can = matches!(stage, Some(Stage::Reviewing(..))) && !self.taken_back.is_empty();
                Some((!can).then(|| "Nothing was taken back here.".into()))
            }
            _ => self.handing_blocked(shell, command).map(|reason| Some(reason.to_owned())),
        }
    }

    /// A command of a review; false when it is none of ours.
    pub(super) fn review_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        match command {
            Command::SideBySide => self.turn_columns(shell.frame.body),
            Command::RevertBlock => self.take_back(shell),
            Command::Undo => return self.give_back(shell),
            _ => return self.handing_run(shell, command),
        }
        true
    }

    fn turn_columns(&mut self, body: Rect) {
        let width = super::geometry::page(body).width;
        let Some(sheet) = self.desk.as_mut().and_then(Desk::sheet_mut) else { return };
        sheet.turn_columns(width);
    }

    /// Takes back the change that is gone to, or the first in view.
    fn take_back(&mut self, shell: &mut Shell) {
        let Some(desk) = &mut self.desk else { return };
        let Stage::Reviewing(review, sheet) = &desk.stage else { return };
        let Some(target) = sheet.target() else {
            let next = shell.key(Place::Review, Command::NextChange);
            return shell.say(Weight::Quiet, &format!("No change is in view; {next} goes to one."));
        };
        let before = desk.draft();
        let after = without(&before, review.base(), &target);
        if after == before {
            return shell.say(Weight::Quiet, "This cannot be taken back by itself; edit the text instead.");
        }
        self.taken_back.push(TakenBack { before, after: after.clone() });
        self.lay_and_review(shell, &after);
        let undo = shell.key(Place::Review, Command::Undo);
        let here = matches!(self.desk.as_ref().map(|desk| &desk.stage), Some(Stage::Reviewing(..)));
        let is_new = self.desk.as_ref().is_some_and(Desk::is_new);
        let what = match (here, is_new) {
            (true, _) => "Taken back",
            (false, false) => "Nothing changed: the last change was taken back",
            (false, true) => "Taken back, and without it there is no article to review",
        };
        shell.say(Weight::Quiet, &format!("{what}. {undo} brings it in again."));
    }

    /// Brings in again what was taken back last, unless something was typed since. False when there is no such thing.
    fn give_back(&mut self, shell: &mut Shell) -> bool {
        let Some(desk) = &self.desk else { return false };
        let base = match &desk.stage {
            Stage::Reviewing(review, _) => Some((**review.base()).clone()),
            Stage::Editing => None,
            _ => return false,
        };
        let reviews = base.is_some();
        // What was typed since is undone first, by the editor.
        let same = self.taken_back.last().is_some_and(|last| last.after == desk.draft());
        let Some(last) = self.taken_back.pop_if(|_| same) else {
            return reviews;
        };
        self.lay_and_review(shell, &last.before);
        shell.say(Weight::Quiet, "It is in again.");
        true
    }

    /// Puts a draft on the desk, to be kept on disk, and, in a review, shows what it changes of the copy that was read.
    fn lay_and_review(&mut self, shell: &mut Shell, draft: &Draft) {
        let Some(desk) = &mut self.desk else { return };
        desk.lay(draft);
        desk.touched(shell);
        let Stage::Reviewing(review, sheet) = std::mem::replace(&mut desk.stage, Stage::Editing) else {
            return;
        };
        if review.is_new() {
            match Review::create(draft) {
                Ok(review) => {
                    let fresh = Sheet::review(&review, desk.facts(shell));
                    desk.stage = Stage::Reviewing(review, fresh.in_place_of(&sheet));
                }
                Err(missing) => self.cannot_make(shell, missing),
            }
            return;
        }
        match Review::compare(draft, (**review.base()).clone()) {
            Compared::Ready(review) => {
                let fresh = Sheet::review(&review, desk.facts(shell));
                desk.stage = Stage::Reviewing(review, fresh.in_place_of(&sheet));
            }
            Compared::Nothing => {}
            Compared::Moved(fresh) => self.conflict(shell, fresh),
        }
    }
}

//! The conflict: somebody else's change and the edit laid together over the copy that both began from. Owns the page of it,
//! the decisions and the text typed for one of them. Nothing is left out silently: what merged by itself is shown, too,
//! and the way on leads through the review.

#![expect(clippy::wildcard_enum_match_arm, reason = "answers to a few commands and passes the rest on")]

mod own;
pub mod page;
pub mod rows;
mod told;

use std::mem::replace;
use std::sync::Arc;

use super::Articles;
use super::asking::Question;
use super::desk::{Desk, Stage};
use super::road::cannot_review;
use crate::app::command::Command;
use crate::app::key::Key;
use crate::app::notice::Weight;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::article::Article;
use crate::domain::merge::{Decision, Kind, Merge, Subject};
pub use own::Own;
use page::Page;
pub use told::Cause;
use told::Told;

/// Said where there is nothing to choose between.
const NO_OVERLAP: &str = "Nothing overlaps, so there is nothing to decide.";

/// Said of what cannot be put together.
const CHOSEN: &str = "Only one of the two can stand here: yours or theirs.";

/// Said of the other way to lay the page out, where there is no room for it.
const NARROW: &str = "There is room for side by side from 100 columns on.";

/// Asked before leaving with a text for an overlap: the disk has the edit, and not that.
pub(super) const OWN_TEXT: &str =
    "What you typed for an overlap is not in your edit yet. Quit again to leave without it.";

/// A conflict on the screen.
#[derive(Debug)]
pub struct Conflict {
    told: Told,
    /// The page.
    pub page: Page,
    /// The text being typed for one overlap; none while the page has the keys.
    pub own: Option<Own>,
    /// Texts that were left before they were taken, by piece.
    left: Vec<(usize, String)>,
}

/// What was decided and typed in a conflict that was left.
#[derive(Debug)]
pub(super) struct Laid {
    merge: Merge,
    left: Vec<(usize, String)>,
}

impl Conflict {
    /// Lays both sides out; what was decided about the very same overlaps before still holds, and what was typed before
    /// is there to be gone on with.
    pub(super) fn of(shell: &Shell, mut merge: Merge, cause: Cause, before: Option<Laid>) -> Self {
        let recalled = before.as_ref().map_or(0, |before| merge.recall(&before.merge));
        let left = before.map(|before| before.typed(&merge)).unwrap_or_default();
        let told = Told::of(shell, merge, cause, recalled);
        Self { page: Page::of(&told), told, own: None, left }
    }

    /// Both sides and what was decided.
    pub fn merge(&self) -> &Merge {
        &self.told.merge
    }

    /// Where keys go.
    pub(super) fn place(&self) -> Place {
        if self.own.is_some() { Place::Overlap } else { Place::Conflict }
    }

    /// Lays the page out for a size, and the text that is typed; costs nothing when nothing changed.
    pub(super) fn arrange(&mut self, width: u16, height: u16) {
        self.page.arrange(&self.told, width, height);
        if let Some(own) = &mut self.own {
            own.editor.arrange(width, height.saturating_sub(Own::heads(height)));
        }
    }

    /// The status line.
    pub(super) fn status(&self) -> String {
        if let Some(own) = &self.own {
            let (line, column) = own.editor.position();
            return format!("line {line} of {}, column {column}", own.editor.lines());
        }
        self.page.status(&self.told)
    }

    /// Why a command cannot be done now.
    pub(super) fn blocked(&self, shell: &Shell, command: Command) -> Option<&'static str> {
        let merge = self.merge();
        let decides = matches!(
            command,
            Command::KeepMine | Command::TakeTheirs | Command::KeepBoth | Command::EditOverlap
        );
        let both = matches!(command, Command::KeepBoth | Command::EditOverlap);
        let chosen =
            || self.page.current().is_some_and(|(_, piece)| !merge.pieces()[piece].subject.is_text());
        let has_body =
            || merge.pieces().iter().any(|piece| piece.subject == Subject::Body && piece.kind != Kind::Same);
        match command {
            Command::Review => cannot_review(shell),
            _ if decides && merge.overlaps().next().is_none() => Some(NO_OVERLAP),
            _ if both && chosen() => Some(CHOSEN),
            Command::View if !has_body() => Some("The text of the article stays as it is."),
            Command::SideBySide if merge.overlaps().next().is_none() => Some(NO_OVERLAP),
            Command::SideBySide if !self.page.has_room() => Some(NARROW),
            _ => None,
        }
    }

    /// The overlap that a decision is about. One that is out of sight is gone to first, and nothing is decided.
    fn subject(&mut self, shell: &mut Shell) -> Option<usize> {
        if let Some((_, piece)) = self.page.current() {
            return Some(piece);
        }
        self.page.jump(false);
        shell.say(Weight::Quiet, "No overlap was in view, so nothing was decided; this is the next one.");
        None
    }

    fn decide(&mut self, shell: &mut Shell, decision: Decision) {
        if let Some(piece) = self.subject(shell) {
            self.decide_at(shell, piece, decision);
        }
    }

    /// Decides this overlap, wherever the page stands. False when it cannot be decided so.
    fn decide_at(&mut self, shell: &mut Shell, piece: usize, decision: Decision) -> bool {
        if !self.told.merge.decide(piece, decision) {
            shell.say(Weight::Quiet, CHOSEN);
            return false;
        }
        self.page.decided(piece);
        let words = told::decided(&self.told, piece);
        let next = shell.key(Place::Conflict, Command::NextChange);
        let sentence = match self.merge().undecided() {
            0 => {
                let review = shell.key(Place::Conflict, Command::Review);
                format!("Decided: {words}. That was the last one; {review} reviews the result.")
            }
            left => format!("Decided: {words}. {left} left; {next} goes on."),
        };
        shell.say(Weight::Quiet, &sentence);
        true
    }

    fn jump(&mut self, shell: &mut Shell, back: bool) {
        if !self.page.jump(back) {
            let what = if self.merge().overlaps().next().is_some() { "overlap" } else { "change" };
            let which = if back { "first" } else { "last" };
            shell.say(Weight::Quiet, &format!("That was the {which} {what}."));
        }
    }

    /// A command on the page; false when it is none of its own.
    fn run(&mut self, shell: &mut Shell, command: Command) -> bool {
        match command {
            Command::KeepMine => self.decide(shell, Decision::Mine),
            Command::TakeTheirs => self.decide(shell, Decision::Theirs),
            Command::KeepBoth => self.decide(shell, Decision::Both),
            Command::EditOverlap => self.begin_own(shell),
            Command::NextChange => self.jump(shell, false),
            Command::PreviousChange => self.jump(shell, true),
            Command::View => self.page.by_source = !self.page.by_source,
            Command::SideBySide => self.page.beside = !self.page.beside,
            _ => match command.movement() {
                Some(movement) => self.page.scroll.go(movement),
                None => return false,
            },
        }
        true
    }
}

impl Desk {
    fn conflict(&mut self) -> Option<&mut Conflict> {
        match &mut self.stage {
            Stage::Conflict(conflict) => Some(conflict),
            _ => None,
        }
    }
}

impl Articles {
    /// The server's copy is not the one that was typed over: both are laid together.
    pub(super) fn conflict(&mut self, shell: &mut Shell, fresh: Arc<Article>) {
        self.lay_together(shell, fresh, Cause::Moved);
    }

    /// Shows what was typed and what the article reads now, over the copy before both.
    pub(super) fn lay_together(&mut self, shell: &mut Shell, fresh: Arc<Article>, cause: Cause) {
        let Some(desk) = &mut self.desk else { return };
        let merge = Merge::of(desk.draft(), fresh);
        let conflict = Conflict::of(shell, merge, cause, self.decided.remove(&desk.base.row.id));
        desk.stage = Stage::Conflict(Box::new(conflict));
    }

    /// A command while the conflict is on the screen; false when it is none of its own.
    pub(super) fn conflict_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        let Some(conflict) = self.desk.as_mut().and_then(Desk::conflict) else { return false };
        if conflict.own.is_some() {
            return conflict.own_run(shell, command);
        }
        match command {
            Command::Review => self.merged(shell),
            Command::DropEdit => self.put_question(shell, Question::TakeTheirs),
            _ => return conflict.run(shell, command),
        }
        true
    }

    /// A key for the text that is typed for an overlap.
    pub(super) fn own_key(&mut self, key: Key) {
        if let Some(own) = self.desk.as_mut().and_then(Desk::conflict).and_then(|there| there.own.as_mut()) {
            own.editor.press(key);
        }
    }

    /// Pasted text for the text that is typed for an overlap.
    pub(super) fn own_paste(&mut self, text: &str) {
        if let Some(own) = self.desk.as_mut().and_then(Desk::conflict).and_then(|there| there.own.as_mut()) {
            own.editor.paste(text);
        }
    }

    /// Back to the text; what was decided and typed is remembered for the next look at the same overlaps.
    pub(super) fn leave_conflict(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        if let Stage::Conflict(mut conflict) = replace(&mut desk.stage, Stage::Editing) {
            conflict.close_own();
            let laid = Laid { merge: conflict.told.merge, left: conflict.left };
            self.decided.insert(desk.base.row.id.clone(), laid);
        }
    }

    /// Whether a text was typed for an overlap, and is in no edit.
    pub(super) fn has_own(&self) -> bool {
        let is_open = |desk: &Desk| matches!(&desk.stage, Stage::Conflict(conflict) if conflict.has_own());
        self.desk.as_ref().is_some_and(is_open) || self.decided.values().any(Laid::has_own)
    }

    /// Goes on to the review with the merged draft, over the copy that it was merged with, once everything is decided.
    fn merged(&mut self, shell: &mut Shell) {
        let Some(desk) = &mut self.desk else { return };
        let Some(conflict) = desk.conflict() else { return };
        let Some(draft) = conflict.merge().result() else {
            let left = conflict.merge().undecided();
            conflict.page.seek_undecided(&conflict.told);
            let sentence = match left {
                1 => "1 overlap is not decided yet; this is it.".to_owned(),
                left => format!("{left} overlaps are not decided yet; this is the next."),
            };
            return shell.say(Weight::Quiet, &sentence);
        };
        desk.stage = Stage::Editing;
        desk.lay(&draft);
        desk.touched(shell);
        let id = desk.base.row.id.clone();
        self.decided.remove(&id);
        self.review(shell);
    }
}

//! Questions before something is thrown away: `y` does it, every other key keeps it, and no answer is typed anywhere.

use super::Articles;
use super::desk::{Desk, Stage};
use crate::app::command::Command;
use crate::app::key::Key;
use crate::app::notice::Weight;
use crate::app::place::Place;
use crate::app::shell::Shell;

/// Said when the editor stays open; the key that said so is no text.
const STAYED: &str = "The editor stays open; that key was not typed.";

/// What would be thrown away, or left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// What was typed, for good.
    Discard,
    /// What was typed, for the copy that somebody else made.
    TakeTheirs,
    /// Nothing; but what was typed is not on disk, and the editor was to be left.
    LeaveUnkept,
}

impl Question {
    /// The question as it stands on the screen until it is answered.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Discard => "Throw your edit away? y throws it away, any other key keeps it.",
            Self::TakeTheirs => "Drop your edit for their copy? y drops it, any other key keeps it.",
            Self::LeaveUnkept => "The edit is not on disk. Esc again leaves it in this window only.",
        }
    }
}

impl Articles {
    /// Asks, before the next key.
    pub(super) fn put_question(&mut self, shell: &mut Shell, question: Question) {
        if let Some(desk) = &mut self.desk {
            desk.question = Some(question);
            shell.say(Weight::Bad, question.words());
        }
    }

    /// Takes the question back, if there is one: nothing is thrown away.
    pub(super) fn take_question(&mut self, shell: &mut Shell) -> Option<Question> {
        let question = self.desk.as_mut()?.question.take()?;
        shell.notice.take_if(|notice| notice.sentence.as_str() == question.words());
        Some(question)
    }

    /// The key that answers. False when nothing was asked.
    pub(super) fn answer(&mut self, shell: &mut Shell, key: Key) -> bool {
        let Some(question) = self.take_question(shell) else { return false };
        let is_back = shell.options.keymap.command(Place::Editor, key) == Some(Command::Back);
        match (question, key.typed()) {
            (Question::Discard, Some('y')) => self.throw_away(shell),
            (Question::TakeTheirs, Some('y')) => self.follow_theirs(shell),
            (Question::LeaveUnkept, _) if is_back => self.leave_editor(shell, true),
            (Question::LeaveUnkept, _) => shell.say(Weight::Quiet, STAYED),
            _ => shell.say(Weight::Quiet, "Your edit is kept."),
        }
        true
    }

    /// Throws the draft away, after asking.
    pub(super) fn discard(&mut self, shell: &mut Shell) {
        self.keep(shell);
        match &self.desk {
            Some(desk) if desk.keeping.changed => self.put_question(shell, Question::Discard),
            Some(_) => self.throw_away(shell),
            None => {}
        }
    }

    fn throw_away(&mut self, shell: &mut Shell) {
        let Some(desk) = self.desk.take() else { return };
        if let Stage::Asking(call) = desk.stage {
            shell.cancel(call);
        }
        let (id, changed) = (desk.base.row.id.clone(), desk.keeping.changed);
        self.told = None;
        self.forget(shell, &id);
        self.drop_lost(&id);
        if changed {
            let sentence = if self.is_unsettled(&id) {
                "Your edit was thrown away. It is not known yet whether the last save arrived."
            } else {
                "Your edit was thrown away. The article stays as the server has it."
            };
            shell.say(Weight::Quiet, sentence);
        }
    }

    fn follow_theirs(&mut self, shell: &mut Shell) {
        let Some(desk) = &mut self.desk else { return };
        let Stage::Conflict(conflict) = &desk.stage else { return };
        let fresh = conflict.merge().theirs().clone();
        *desk = Desk::of(fresh.clone());
        self.told = None;
        self.forget(shell, &fresh.row.id);
        self.show(&fresh);
        shell.say(Weight::Quiet, "Your edit was dropped. The editor holds their copy.");
    }
}

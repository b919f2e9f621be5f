//! What lies over the list or beside the thread and has the keys while it is open: the board of figures, and the articles that
//! may answer. Owns only who is asked; each of them owns what it does.

use super::Inbox;
use crate::app::command::Command;
use crate::app::key::Key;
use crate::app::place::Place;
use crate::app::shell::Shell;

impl Inbox {
    /// Where keys go there; none while nothing lies over.
    pub(super) fn over_place(&self) -> Option<Place> {
        if self.insight.open { Some(Place::Insight) } else { self.answers.place() }
    }

    /// Whether keys go there, and not to a field below it.
    pub(super) fn is_over(&self) -> bool {
        self.line.is_none() && (self.insight.open || self.answers.is_open())
    }

    /// Does a command there, or opens it; none for what belongs to others.
    pub(super) fn over_run(&mut self, shell: &mut Shell, command: Command) -> Option<bool> {
        if !self.is_over() {
            return self.over_opens(shell, command).then_some(true);
        }
        Some(if self.insight.open {
            self.insight_run(shell, command)
        } else {
            self.answers_run(shell, command)
        })
    }

    fn over_opens(&mut self, shell: &mut Shell, command: Command) -> bool {
        let opens = matches!(command, Command::ShowInsight | Command::ShowAnswers);
        if command == Command::ShowInsight {
            self.show_insight(shell);
        } else if opens {
            self.show_answers(shell);
        }
        opens
    }

    /// Why a command cannot be done there.
    pub(super) fn over_reason(&self, shell: &Shell, command: Command) -> Option<&'static str> {
        if self.insight.open { self.insight_reason(command) } else { self.answers_reason(shell, command) }
    }

    /// Takes a key that is no command; false when it is not for what lies over.
    pub(super) fn over_key(&mut self, shell: &mut Shell, key: Key) -> bool {
        let takes = self.answers.reads_link();
        if takes {
            self.answers.link_key(shell, key);
        }
        takes
    }

    /// Takes pasted text, likewise.
    pub(super) fn over_paste(&mut self, text: &str) -> bool {
        let takes = self.answers.reads_link();
        if takes {
            self.answers.link_paste(text);
        }
        takes
    }

    /// Works out where it is.
    pub(super) fn arrange_over(&mut self, shell: &Shell) {
        self.arrange_insight(shell);
        self.arrange_answers(shell);
    }

    /// What the status line says of it; none while nothing lies over.
    pub(super) fn over_status(&self, shell: &Shell) -> Option<String> {
        let answers = || self.answers.is_open().then(|| self.answers.status());
        if self.insight.open { Some(self.insight_status(shell)) } else { answers() }
    }

    /// Closes it without going anywhere.
    pub(super) fn drop_over(&mut self, shell: &mut Shell) {
        self.insight.open = false;
        self.drop_answers(shell);
    }
}

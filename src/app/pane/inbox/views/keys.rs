//! What keys do while they go to the views.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "answers to some commands and leaves the rest to the Inbox"
)]

use crate::app::command::Command;
use crate::app::notice::Weight;
use crate::app::pane::inbox::Inbox;
use crate::app::pane::inbox::layout::Focus;
use crate::app::shell::Shell;

impl Inbox {
    /// Whether the keys go to the views.
    pub fn is_among_views(&self) -> bool {
        self.views.focused && self.focus == Focus::List && self.line.is_none()
    }

    /// Does a command of the views. None when it is one of the Inbox.
    pub(in crate::app::pane::inbox) fn views_run(
        &mut self,
        shell: &mut Shell,
        command: Command,
    ) -> Option<bool> {
        if self.views.who.is_some() {
            return Some(command == Command::Back && self.leave_who());
        }
        if !self.is_among_views() {
            return None;
        }
        if let Some(movement) = command.movement() {
            self.views.list.go(movement);
            return Some(true);
        }
        match command {
            Command::Back | Command::NextPane => self.views.focused = false,
            Command::Open => self.open_view(shell, self.views.list.cursor()),
            Command::Refresh => {
                self.views.recount();
                shell.say(Weight::Quiet, "Counting every view again, one after another.");
            }
            Command::Search => {
                self.views.focused = false;
                self.search.open();
            }
            Command::SetMe => {
                let cursor = self.views.list.cursor();
                let about_me = self.views.entries.get(cursor).is_some_and(|entry| entry.about_me);
                self.views.wanted = about_me.then_some(cursor);
                self.ask_who(shell);
            }
            _ => return None,
        }
        Some(true)
    }

    /// Whether a command is one that the views answer to themselves.
    pub(in crate::app::pane::inbox) fn is_for_views(&self, command: Command) -> bool {
        let among = self.is_among_views() || self.views.who.is_some();
        among && matches!(command, Command::Open | Command::Refresh | Command::NextPane)
    }

    /// Why one of those cannot be done now.
    pub(in crate::app::pane::inbox) fn views_reason(&self, command: Command) -> Option<&'static str> {
        let nowhere = command == Command::NextPane && self.areas.views_cover;
        nowhere.then_some("There is no other pane here.")
    }

    /// The column of the views as the next pane: after the last one, when it is there.
    pub fn is_beside_views(&self) -> bool {
        self.areas.views.width > 0 && !self.areas.views_cover
    }
}

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
            Command::Search => (self.views.focused, self.search.focused) = (false, true),
            Command::SetMe => self.ask_who(shell),
            _ => return None,
        }
        Some(true)
    }

    /// Why a command cannot be done among the views. The outer none: that is for the Inbox to say.
    pub(in crate::app::pane::inbox) fn views_reason(&self, command: Command) -> Option<Option<&'static str>> {
        if !self.is_among_views() && self.views.who.is_none() {
            return None;
        }
        match command {
            Command::Open | Command::Refresh => Some(None),
            Command::NextPane if self.areas.views_cover => {
                Some(Some("There is no other pane here; Esc goes back."))
            }
            Command::NextPane => Some(None),
            _ => None,
        }
    }

    /// The column of the views as the next pane: after the last one, when it is there.
    pub fn is_beside_views(&self) -> bool {
        self.areas.views.width > 0 && !self.areas.views_cover
    }
}

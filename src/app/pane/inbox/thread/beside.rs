//! What stands with a thread: one's own private note above it, and the customer beside it while one hurries through the
//! list. Refuses to ask for anything.

use crate::app::command::Command;
use crate::app::notice::Weight;
use crate::app::pane::inbox::customer::Subject;
use crate::app::pane::inbox::{Inbox, layout};
use crate::app::shell::Shell;
use crate::domain::rich::wrap;
use crate::domain::text::width as cells;

impl Inbox {
    /// Any command ends waiting for the next conversation; Esc does nothing else then, and stops copying.
    pub(in crate::app::pane::inbox) fn stops_thread(&mut self, shell: &mut Shell, command: Command) -> bool {
        let waited = std::mem::take(&mut self.reader.goes_on) && command == Command::Back;
        if waited {
            shell.say(Weight::Quiet, "Cancelled.");
        }
        waited || command == Command::Back && self.line.is_none() && self.reader.stop_copying(shell)
    }

    /// The lines of one's own note of the open conversation, where the head has no room for all of it.
    pub fn memo(&self, shell: &Shell) -> Vec<String> {
        let width = self.areas.head.width.saturating_sub(2);
        let note = self.open_row().filter(|_| width > 0).and_then(|row| shell.triage.note(row));
        let note = note.filter(|note| cells(note) > usize::from(width / 2));
        note.map(|note| wrap(&note, width)).unwrap_or_default()
    }

    /// The customer beside the thread is another one now; nothing is asked for them yet.
    pub(in crate::app::pane::inbox) fn turn_beside(&mut self, shell: &mut Shell) {
        if shell.frame.body.width >= layout::THREE
            && let Some(subject) = self.open_row().map(Subject::of)
        {
            self.customer.turn_to(shell, subject);
        }
    }
}

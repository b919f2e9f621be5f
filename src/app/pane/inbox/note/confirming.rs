//! The question before a note is sent, and the one place that sends one.

use std::mem::replace;

use super::{Composer, Stage, cannot_note};
use crate::app::effect::Effect;
use crate::app::key::Key;
use crate::app::notice::Weight;
use crate::app::pane::deliberate::{self, Asked};
use crate::app::pane::inbox::Inbox;
use crate::app::shell::Shell;
use crate::domain::change::{Approved, Confirmation, NoteIntent};

impl Inbox {
    /// Opens the confirmation over the note as it was shown.
    pub(super) fn confirm_note(&mut self, shell: &mut Shell) {
        let Some(open) = &mut self.notes.open else { return };
        open.stage = match replace(&mut open.stage, Stage::Writing) {
            Stage::Reviewing(note, page) => {
                shell.effect(Effect::TellPainted);
                Stage::Confirming(Box::new(Confirmation::of_note(note)), page)
            }
            other => other,
        };
    }

    /// The open confirmation, and whether it can be read.
    fn note_dialog(&mut self, shell: &Shell) -> Option<Asked<'_>> {
        let Composer { stage: Stage::Confirming(confirmation, page), .. } = self.notes.open.as_mut()? else {
            return None;
        };
        let body = shell.frame.body;
        Some((confirmation, page.question(body).fit(body)))
    }

    /// The dialog is on the screen.
    pub(in crate::app::pane::inbox) fn note_painted(&mut self, shell: &mut Shell) {
        if let Some(asked) = self.note_dialog(shell) {
            deliberate::painted(shell, asked);
        }
    }

    /// Time passed: the dialog may be armed by now, or nothing followed what was typed.
    pub(in crate::app::pane::inbox) fn note_timer(&mut self, shell: &mut Shell) {
        let due = self.note_dialog(shell).is_some_and(|asked| deliberate::is_due(shell, asked));
        let now = shell.now;
        let settled = self.note_dialog(shell).filter(|_| due);
        if let Some((approved, intent)) = settled.and_then(|(dialog, _)| dialog.settled_note(now)) {
            self.send_note(shell, approved, intent);
        }
    }

    pub(super) fn note_dialog_key(&mut self, shell: &mut Shell, key: Key) {
        if !self.note_dialog(shell).is_some_and(|asked| deliberate::cancels(shell, asked, key)) {
            return;
        }
        let Some(open) = &mut self.notes.open else { return };
        open.stage = match replace(&mut open.stage, Stage::Writing) {
            Stage::Confirming(confirmation, page) => match confirmation.cancel_note() {
                Some(note) => Stage::Reviewing(note, page),
                None => Stage::Writing,
            },
            other => other,
        };
    }

    /// Sends the note that was confirmed, once. The only place that does.
    fn send_note(&mut self, shell: &mut Shell, approved: Approved, intent: NoteIntent) {
        let reason = cannot_note(shell);
        let Some(open) = &mut self.notes.open else { return };
        let Stage::Confirming(_, page) = replace(&mut open.stage, Stage::Writing) else { return };
        if let Some(reason) = reason {
            return shell.say(Weight::Bad, reason);
        }
        let call = shell.write(approved);
        open.stage = Stage::Sending(call, Box::new(intent), page);
    }
}

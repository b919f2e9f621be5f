//! The question before the write of an article, and the one place of this screen that sends what it confirmed.

#![expect(clippy::wildcard_enum_match_arm, reason = "a dialog that is not open is none of its business")]

use std::mem::replace;

use super::Articles;
use super::creating::cannot_save_new;
use super::desk::Stage;
use super::dialog::is_readable;
use super::road::cannot_save;
use crate::app::effect::Effect;
use crate::app::key::Key;
use crate::app::notice::Weight;
use crate::app::pane::deliberate::{self, Asked};
use crate::app::shell::Shell;
use crate::domain::change::{Approved, Confirmation, Intent};

impl Articles {
    /// Opens the confirmation over the review.
    pub(super) fn confirm(&mut self, shell: &mut Shell) {
        let Some(desk) = &mut self.desk else { return };
        desk.stage = match replace(&mut desk.stage, Stage::Editing) {
            Stage::Reviewing(review, sheet) => {
                shell.effect(Effect::TellPainted);
                Stage::Confirming(Box::new(Confirmation::of(review)), sheet)
            }
            other => other,
        };
    }

    /// The open confirmation, and whether it can be read.
    fn dialog(&mut self, shell: &Shell) -> Option<Asked<'_>> {
        let desk = self.desk.as_mut()?;
        let Stage::Confirming(confirmation, sheet) = &mut desk.stage else { return None };
        let readable = is_readable(confirmation, sheet, shell.frame.body);
        Some((confirmation, readable))
    }

    /// The dialog is on the screen.
    pub(super) fn dialog_painted(&mut self, shell: &mut Shell) {
        if let Some(asked) = self.dialog(shell) {
            deliberate::painted(shell, asked);
        }
    }

    /// Time passed: the dialog may be armed by now, or nothing followed what was typed. If neither, look again.
    pub(super) fn dialog_timer(&mut self, shell: &mut Shell) {
        let due = self.dialog(shell).is_some_and(|asked| deliberate::is_due(shell, asked));
        let now = shell.now;
        let settled =
            self.dialog(shell).filter(|_| due).and_then(|(confirmation, _)| confirmation.settled(now));
        if let Some((approved, intent)) = settled {
            self.send(shell, approved, intent);
        }
    }

    /// A key in the dialog.
    pub(super) fn dialog_key(&mut self, shell: &mut Shell, key: Key) {
        if self.dialog(shell).is_some_and(|asked| deliberate::cancels(shell, asked, key)) {
            self.dialog_cancelled();
        }
    }

    /// Something came that is no letter: whatever was typed is forgotten and the quiet time starts again.
    pub(super) fn dialog_disturbed(&mut self, shell: &mut Shell, words: &str) {
        if let Some((confirmation, _)) = self.dialog(shell) {
            deliberate::disturbed(shell, confirmation, words);
        }
    }

    fn dialog_cancelled(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        desk.stage = match replace(&mut desk.stage, Stage::Editing) {
            Stage::Confirming(confirmation, sheet) => match confirmation.cancel() {
                Some(review) => Stage::Reviewing(review, sheet),
                None => Stage::Editing,
            },
            other => other,
        };
    }

    /// Sends what was confirmed, once. The only place of this screen that does.
    fn send(&mut self, shell: &mut Shell, approved: Approved, intent: Intent) {
        let reason = if intent.is_new() { cannot_save_new(shell) } else { cannot_save(shell) };
        let Some(desk) = &mut self.desk else { return };
        let Stage::Confirming(_, sheet) = replace(&mut desk.stage, Stage::Editing) else { return };
        if let Some(reason) = reason {
            if self.stays_in_file(shell) {
                return;
            }
            return shell.say(Weight::Bad, reason);
        }
        self.adopt(shell);
        self.keep(shell);
        let call = shell.write(approved);
        if let Some(desk) = &mut self.desk {
            desk.stage = Stage::Sending(call, Box::new(intent), sheet);
        }
    }
}

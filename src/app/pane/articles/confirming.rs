//! The question before the write: what keys do in it, and the one place that sends what it confirmed.

#![expect(clippy::wildcard_enum_match_arm, reason = "a dialog that is not open is none of its business")]

use std::mem::replace;

use super::Articles;
use super::desk::{Desk, Stage};
use super::dialog::is_readable;
use super::road::cannot_save;
use crate::app::effect::Effect;
use crate::app::event::Timer;
use crate::app::key::{Code, Key};
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::change::{Approved, Confirmation, Intent, QUIET_MILLIS, SETTLE_MILLIS, Step};

/// Said to keys that come before the dialog can have been read.
pub(super) const NOT_READY: &str = "Not ready yet: begin when the cursor appears.";

/// Said instead of taking keys for a question that does not fit.
const TOO_SMALL: &str = "Too small to ask: enlarge the window.";

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

    /// The dialog is on the screen.
    pub(super) fn dialog_painted(&mut self, shell: &mut Shell) {
        if let Some(Desk { stage: Stage::Confirming(confirmation, sheet), .. }) = &mut self.desk {
            if !is_readable(confirmation, sheet, shell.frame.body) {
                return shell.say(Weight::Bad, TOO_SMALL);
            }
            confirmation.painted(shell.now);
            shell.notice.take_if(|notice| notice.sentence.as_str() == TOO_SMALL);
            shell.timer(Timer::Arm, QUIET_MILLIS);
        }
    }

    /// Time passed: the dialog may be armed by now, or nothing followed what was typed. If neither, look again.
    pub(super) fn dialog_timer(&mut self, shell: &mut Shell) {
        let Some(Desk { stage: Stage::Confirming(confirmation, sheet), .. }) = &mut self.desk else { return };
        if confirmation.is_complete() && !is_readable(confirmation, sheet, shell.frame.body) {
            return self.dialog_disturbed(shell, TOO_SMALL);
        }
        if let Some((approved, intent)) = confirmation.settled(shell.now) {
            return self.send(shell, approved, intent);
        }
        let left = confirmation.settles_in(shell.now).or_else(|| confirmation.armed_in(shell.now));
        if let Some(left @ 1..) = left {
            shell.timer(Timer::Arm, left);
        }
    }

    /// A key in the dialog.
    pub(super) fn dialog_key(&mut self, shell: &mut Shell, key: Key) {
        let cancels = key.code == Code::Esc || (key.ctrl && matches!(key.code, Code::Char('c' | 'q')));
        match key.typed() {
            _ if cancels => self.dialog_cancelled(shell),
            Some(letter) => self.dialog_letter(shell, letter),
            None => {
                let enter = key.code == Code::Enter;
                let which = if enter { "Enter" } else { "That key" };
                let words = format!("{which} does not confirm; begin again when the cursor appears.");
                self.dialog_disturbed(shell, &words);
            }
        }
    }

    /// Something came that is no letter: whatever was typed is forgotten and the quiet time starts again.
    pub(super) fn dialog_disturbed(&mut self, shell: &mut Shell, words: &str) {
        if let Some(Desk { stage: Stage::Confirming(confirmation, _), .. }) = &mut self.desk {
            confirmation.disturb(shell.now);
            shell.timer(Timer::Arm, QUIET_MILLIS);
            shell.say(Weight::Quiet, words);
        }
    }

    fn dialog_cancelled(&mut self, shell: &mut Shell) {
        shell.notice = None;
        let Some(desk) = &mut self.desk else { return };
        desk.stage = match replace(&mut desk.stage, Stage::Editing) {
            Stage::Confirming(confirmation, sheet) => match confirmation.cancel() {
                Some(review) => Stage::Reviewing(review, sheet),
                None => Stage::Editing,
            },
            other => other,
        };
    }

    fn dialog_letter(&mut self, shell: &mut Shell, letter: char) {
        let Some(Desk { stage: Stage::Confirming(confirmation, sheet), .. }) = &mut self.desk else { return };
        if !is_readable(confirmation, sheet, shell.frame.body) {
            return self.dialog_disturbed(shell, TOO_SMALL);
        }
        if confirmation.armed_in(shell.now).is_none() {
            shell.effect(Effect::TellPainted);
        }
        match confirmation.press(letter, shell.now) {
            Step::TooSoon => {
                shell.timer(Timer::Arm, QUIET_MILLIS);
                if shell.notice.is_none() {
                    shell.say(Weight::Quiet, NOT_READY);
                }
            }
            Step::NotFingers => {
                shell.timer(Timer::Arm, QUIET_MILLIS);
                shell.say(
                    Weight::Quiet,
                    "That came faster than fingers type, so it does not count; begin again.",
                );
            }
            Step::Wrong => {
                shell.timer(Timer::Arm, QUIET_MILLIS);
                shell.say(Weight::Quiet, "Not what was asked for, so nothing is sent; begin again.");
            }
            Step::Further => shell.notice = None,
            Step::Complete => {
                shell.notice = None;
                shell.timer(Timer::Arm, SETTLE_MILLIS);
            }
        }
    }

    /// Sends what was confirmed, once. The only place that does.
    fn send(&mut self, shell: &mut Shell, approved: Approved, intent: Intent) {
        let reason = cannot_save(shell);
        let Some(desk) = &mut self.desk else { return };
        let Stage::Confirming(_, sheet) = replace(&mut desk.stage, Stage::Editing) else { return };
        if let Some(reason) = reason {
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

//! The keys of the question before a write, the same for an article and for a note: what each does to the confirmation and
//! what is said of it. Sends nothing: whoever owns the confirmation does, when it is due.

use crate::app::effect::Effect;
use crate::app::event::Timer;
use crate::app::key::{Code, Key};
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::change::{Confirmation, Demand, Missed, QUIET_MILLIS, SETTLE_MILLIS, Step};
use crate::domain::time::Moment;

/// Said to keys that come before the dialog can have been read.
pub(super) const NOT_READY: &str = "Not ready yet: begin when the cursor appears.";

/// Said instead of taking keys for a question that does not fit.
pub(super) const TOO_SMALL: &str = "Too small to ask: enlarge the window.";

/// A confirmation, and whether the window shows all of its words.
pub(super) type Asked<'a> = (&'a mut Confirmation, bool);

/// The dialog is on the screen.
pub(super) fn painted(shell: &mut Shell, (confirmation, readable): Asked<'_>) {
    if !readable {
        return shell.say(Weight::Bad, TOO_SMALL);
    }
    confirmation.painted(shell.now);
    shell.notice.take_if(|notice| notice.sentence.as_str() == TOO_SMALL);
    shell.timer(Timer::Arm, QUIET_MILLIS);
}

/// Time passed. True when the whole demand was typed and nothing followed it; else it is looked at again later.
pub(super) fn is_due(shell: &mut Shell, (confirmation, readable): Asked<'_>) -> bool {
    if confirmation.is_complete() && !readable {
        disturbed(shell, confirmation, TOO_SMALL);
        return false;
    }
    if confirmation.is_armed(shell.now) {
        shell.notice.take_if(|notice| notice.sentence.as_str() == NOT_READY);
    }
    let left = confirmation.settles_in(shell.now);
    if left == Some(0) {
        return true;
    }
    if let Some(left @ 1..) = left.or_else(|| confirmation.armed_in(shell.now)) {
        shell.timer(Timer::Arm, left);
    }
    false
}

/// A key in the dialog. True when it cancels.
pub(super) fn cancels(shell: &mut Shell, asked: Asked<'_>, key: Key) -> bool {
    if key.code == Code::Esc || (key.ctrl && matches!(key.code, Code::Char('c' | 'q'))) {
        shell.notice = None;
        return true;
    }
    if let Some(typed) = key.typed() {
        letter(shell, asked, typed);
    } else {
        let which = if key.code == Code::Enter { "Enter" } else { "That key" };
        let words = format!("{which} does not confirm; begin again when the cursor appears.");
        disturbed(shell, asked.0, &words);
    }
    false
}

/// Something came that is no letter: whatever was typed is forgotten and the quiet time starts again.
pub(super) fn disturbed(shell: &mut Shell, confirmation: &mut Confirmation, words: &str) {
    confirmation.disturb(shell.now);
    shell.timer(Timer::Arm, QUIET_MILLIS);
    shell.say(Weight::Quiet, words);
}

fn letter(shell: &mut Shell, (confirmation, readable): Asked<'_>, letter: char) {
    if !readable {
        return disturbed(shell, confirmation, TOO_SMALL);
    }
    if confirmation.armed_in(shell.now).is_none() {
        shell.effect(Effect::TellPainted);
    }
    let words = match confirmation.press(letter, shell.now) {
        Step::TooSoon if shell.notice.is_some() => return shell.timer(Timer::Arm, QUIET_MILLIS),
        Step::TooSoon => NOT_READY,
        Step::NotFingers => "That came faster than fingers type, so it does not count; begin again.",
        Step::Wrong => "Not what was asked for, so nothing is sent; begin again.",
        Step::Further => {
            shell.notice = None;
            return;
        }
        Step::Complete => {
            shell.notice = None;
            return shell.timer(Timer::Arm, SETTLE_MILLIS);
        }
    };
    shell.timer(Timer::Arm, QUIET_MILLIS);
    shell.say(Weight::Quiet, words);
}

/// What the status line says while it is asked.
pub(super) fn status(dialog: &Confirmation, now: Moment) -> &'static str {
    if !dialog.is_armed(now) {
        NOT_READY
    } else if dialog.is_complete() {
        "It is sent unless another key follows."
    } else {
        not_taken(dialog)
    }
}

/// What became of letters that came and are not there. It stays until one is taken: a notice ends, and the question would
/// look as if nobody had typed.
fn not_taken(dialog: &Confirmation) -> &'static str {
    match (dialog.missed(), dialog.demand()) {
        (None, _) => "Nothing is sent yet; Esc cancels.",
        (Some(Missed::Fast), Demand::Word(_)) => {
            "That came too fast for typing and was not taken; type the word."
        }
        (Some(Missed::Fast), Demand::Letter(_)) => {
            "That came too fast for typing and was not taken; type the letter."
        }
        (Some(Missed::Early), Demand::Word(_)) => {
            "What came before the cursor did was not taken; type the word."
        }
        (Some(Missed::Early), Demand::Letter(_)) => {
            "What came before the cursor did was not taken; type the letter."
        }
    }
}

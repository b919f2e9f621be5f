//! Leaving the console, and opening another session in its place: not before what would be lost is on disk, and not without
//! asking twice where it cannot be kept.

use super::each;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::notice::Weight;
use crate::app::pane::Hold;
use crate::domain::text::Clean;

/// How long after the first asking the second one counts, in milliseconds: long enough to have read the sentence, short
/// enough for somebody who means it.
const AGAIN_MILLIS: u64 = 300;

/// Opens what was chosen, once every draft is on disk. What would be lost stands against it, and is said.
pub(super) fn open_once_kept(model: &mut Model) {
    each(model, |pane, shell| pane.leaving(shell));
    let held = model.hold();
    let Some((opening, told)) = model.shell.opening.take() else { return };
    match held {
        None => {
            let words = Clean::line(&format!("Opening {}…", opening.name()));
            model.shell.tell(Weight::Quiet, words, Clean::fixed("Esc stays with what is open."));
            model.shell.effect(Effect::Open(opening));
        }
        Some(Hold::Passes(sentence)) => {
            if !told {
                model.shell.say(Weight::Quiet, sentence);
            }
            model.shell.opening = Some((opening, true));
        }
        Some(Hold::Asks(sentence)) => {
            let why = sentence.trim_end_matches(" Quit again to leave anyway.");
            let words = Clean::fixed("Nothing was opened; try again when that is settled.");
            model.shell.tell(Weight::Bad, Clean::line(why), words);
        }
    }
}

/// Somebody wants to leave. Where that would lose something they have to ask twice, and a held key asks once.
pub(super) fn quit(model: &mut Model) {
    let now = model.shell.now;
    let before = model.shell.quits.asked.replace(now);
    if before.is_some_and(|before| now.since(before) >= AGAIN_MILLIS) {
        return leave(model);
    }
    each(model, |pane, shell| pane.leaving(shell));
    let held = model.hold();
    model.shell.quits.once_kept = matches!(held, Some(Hold::Passes(_)));
    match held {
        None => model.shell.quit(),
        Some(Hold::Passes(sentence)) => model.shell.say(Weight::Quiet, sentence),
        Some(Hold::Asks(sentence)) => model.shell.say(Weight::Bad, sentence),
    }
}

/// The disk said something, and somebody may have asked to leave meanwhile.
pub(super) fn quit_once_kept(model: &mut Model) {
    if !model.shell.quits.once_kept {
        return;
    }
    if !matches!(model.hold(), Some(Hold::Asks(_))) {
        // What the disk brought may have let something be typed.
        each(model, |pane, shell| pane.leaving(shell));
    }
    match model.hold() {
        None => model.shell.quit(),
        Some(Hold::Passes(_)) => {}
        Some(Hold::Asks(sentence)) => {
            model.shell.quits.once_kept = false;
            model.shell.say(Weight::Bad, sentence);
        }
    }
}

/// Leaves, after every screen put away what must not be lost.
pub(super) fn leave(model: &mut Model) {
    each(model, |pane, shell| pane.leaving(shell));
    model.shell.quit();
}

//! Keys and commands of the editor and of a sheet that change no stage: typing, fields, undo, scrolling. And what the
//! road has to say: why something cannot be done now, and the status line.

#![expect(clippy::wildcard_enum_match_arm, reason = "answers to a few commands and passes the rest on")]

use super::Articles;
use super::creating::cannot_save_new;
use super::desk::{Desk, Early, Part, Stage};
use super::road::{cannot_review, cannot_save};
use crate::app::command::Command;
use crate::app::key::Key;
use crate::app::notice::Weight;
use crate::app::pane::deliberate;
use crate::app::shell::Shell;

/// Said to keys while a review is on its way: somebody who types ahead means the review, not the text.
const NOT_NOW: &str = "Reading the article again before the review; Esc goes back to the text.";

/// Said while it is not known whether there is a draft, to what could lose it or what was typed meanwhile.
pub(super) const DISK_ASKED: &str = "One moment: the disk is asked for an edit.";

impl Articles {
    /// A key for the field with the cursor.
    pub(super) fn type_key(&mut self, shell: &mut Shell, key: Key) {
        let Some(desk) = &mut self.desk else { return };
        if let Some(early) = &mut desk.early {
            return early.push(Early::Key(key));
        }
        if let Stage::Asking(_) = desk.stage {
            return shell.say(Weight::Quiet, NOT_NOW);
        }
        if desk.press(key) {
            desk.touched(shell);
            self.told = None;
        }
        self.say_if_cut(shell);
    }

    /// Pasted text for the field with the cursor.
    pub(super) fn type_paste(&mut self, shell: &mut Shell, text: &str) {
        let Some(desk) = &mut self.desk else { return };
        if let Some(early) = &mut desk.early {
            return early.push(Early::Paste(text.to_owned()));
        }
        if let Stage::Asking(_) = desk.stage {
            return shell.say(Weight::Quiet, NOT_NOW);
        }
        if desk.paste(text) {
            desk.touched(shell);
            self.told = None;
        }
        self.say_if_cut(shell);
    }

    fn say_if_cut(&mut self, shell: &mut Shell) {
        let Some(desk) = &mut self.desk else { return };
        shell.say_if_cut(&mut desk.title, "The title");
        shell.say_if_cut(&mut desk.description, "The summary");
    }

    fn time_travel(&mut self, shell: &mut Shell, back: bool) {
        let Some(desk) = &mut self.desk else { return };
        let moved = match desk.part {
            Part::Title => desk.steps.travel(Part::Title, &mut desk.title, back),
            Part::Description => desk.steps.travel(Part::Description, &mut desk.description, back),
            Part::State => false,
            Part::Body if back => desk.body.undo(),
            Part::Body => desk.body.redo(),
        };
        if moved {
            desk.touched(shell);
        } else {
            shell.say(Weight::Quiet, if back { "Nothing to undo." } else { "Nothing to redo." });
        }
    }

    /// A command that changes no stage; false when it is none of ours.
    pub(super) fn desk_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        let Some(desk) = &mut self.desk else { return false };
        match command {
            Command::NextField => desk.next_part(false),
            Command::PreviousField => desk.next_part(true),
            Command::Undo => self.time_travel(shell, true),
            Command::Redo => self.time_travel(shell, false),
            _ => return desk.sheet_run(shell, command),
        }
        true
    }

    /// Why a command cannot be done on the road now.
    pub(super) fn road_blocked(shell: &Shell, desk: &Desk, command: Command) -> Option<&'static str> {
        match (command, &desk.stage) {
            (Command::Review | Command::Discard, _) if desk.early.is_some() => Some(DISK_ASKED),
            (Command::Back, _) if desk.typed_early() => Some(DISK_ASKED),
            (Command::Undo | Command::Redo, _) if desk.part == Part::State => Some("Space switches it back."),
            (Command::Review, _) if desk.is_new() => cannot_save_new(shell),
            (Command::Send, Stage::Reviewing(review, _)) if review.is_new() => cannot_save_new(shell),
            (Command::Review | Command::KeepMine, _) => cannot_review(shell),
            (Command::Send, Stage::Reviewing(..)) => cannot_save(shell),
            (Command::Back, Stage::Sending(..)) => {
                Some("It may be on its way already; waiting for the answer.")
            }
            (Command::Send, Stage::Altered(_)) => Some("It is saved already."),
            (Command::Send, _) => Some("It is being saved."),
            (Command::View, _) if !desk.sheet().is_some_and(super::sheet::Sheet::has_body) => {
                Some("The text of the article stays as it is.")
            }
            _ => None,
        }
    }

    /// The status line of the road.
    pub(super) fn desk_status(&self, shell: &Shell, desk: &Desk) -> String {
        if let Some(question) = desk.question {
            return question.words().into();
        }
        match (&desk.stage, desk.sheet()) {
            (Stage::Asking(_), _) => "Reading the article again before the review…".into(),
            (Stage::Editing, _) | (_, None) => self.editor_status(shell, desk),
            (Stage::Sending(..), _) => "Saving…".into(),
            (Stage::ReadingBack(..), _) => "Saved; reading it back…".into(),
            (Stage::Confirming(confirmation, _), _) => deliberate::status(confirmation, shell.now).into(),
            (_, Some(sheet)) => sheet.status(),
        }
    }

    fn editor_status(&self, shell: &Shell, desk: &Desk) -> String {
        let id = &desk.base.row.id;
        let mut parts = vec![self.fate_of(id).to_owned(), self.unsettled_words(shell, Some(id))];
        if desk.part == Part::Body {
            let (line, column) = desk.body.position();
            parts.push(format!("line {line} of {}, column {column}", desk.body.lines()));
        }
        parts.push(desk.keeping.words().to_owned());
        parts.retain(|part| !part.is_empty());
        parts.join(" · ")
    }
}

impl Desk {
    fn sheet_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        self.sheet_mut().is_some_and(|sheet| sheet.run(shell, command))
    }
}

impl super::sheet::Sheet {
    /// Moves the sheet, or turns it; false when the command is none of its own.
    pub(super) fn run(&mut self, shell: &mut Shell, command: Command) -> bool {
        match command {
            Command::View => self.turn(),
            Command::NextChange | Command::PreviousChange => {
                let back = command == Command::PreviousChange;
                if !self.jump(back) {
                    shell.say(
                        Weight::Quiet,
                        if back { "That was the first change." } else { "That was the last change." },
                    );
                }
            }
            _ => match command.movement() {
                Some(movement) => self.go(movement),
                None => return false,
            },
        }
        true
    }
}

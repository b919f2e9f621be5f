//! Keys and commands of the editor and of a sheet that change no stage: typing, fields, undo, scrolling. And what the
//! road has to say: why something cannot be done now, and the status line.

#![expect(clippy::wildcard_enum_match_arm, reason = "answers to a few commands and passes the rest on")]

use super::Articles;
use super::creating::cannot_save_new;
use super::desk::{Desk, Early, Part, Stage};
use super::geometry::texts;
use super::road::{cannot_review, cannot_save};
use super::views::View;
use crate::app::command::Command;
use crate::app::event::Timer;
use crate::app::key::{Code, Key};
use crate::app::list::Move;
use crate::app::notice::Weight;
use crate::app::pane::deliberate;
use crate::app::place::Place;
use crate::app::shell::Shell;

/// Said to keys while a review is on its way: somebody who types ahead means the review, not the text.
const NOT_NOW: &str = "Reading the article again before the review; Esc goes back to the text.";

/// Said to what would change the text where it is only looked at.
const LOOKS_ONLY: &str = "This is the preview; switch to the text to change it.";

/// How long after the last key the preview is made anew, in milliseconds.
const PREVIEW_MILLIS: u64 = 300;

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
        if self.pick_key(shell, key) {
            return;
        }
        let Some(desk) = &mut self.desk else { return };
        if desk.is_looked_at() {
            return desk.look(shell, key);
        }
        if desk.press(key) {
            self.edited(shell);
        }
        self.say_if_cut(shell);
    }

    /// Something was typed: it is kept soon, and seen in the preview when typing rests.
    pub(super) fn edited(&mut self, shell: &mut Shell) {
        let Some(desk) = &mut self.desk else { return };
        desk.touched(shell);
        shell.timer(Timer::Preview, PREVIEW_MILLIS);
        if texts(shell.frame.body, desk).preview.width == 0 {
            desk.body.preview_mut().forget();
        }
        self.told = None;
    }

    /// Typing rests.
    pub(super) fn preview_now(&mut self, shell: &Shell) {
        let Some(desk) = &mut self.desk else { return };
        if texts(shell.frame.body, desk).preview.width > 0 {
            desk.body.refresh();
        }
        desk.lint_short();
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
        if desk.is_looked_at() {
            return shell.say(Weight::Quiet, LOOKS_ONLY);
        }
        if desk.paste(text) {
            self.edited(shell);
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
            Part::State | Part::Author | Part::Parent => false,
            Part::Body => desk.body.travel(back),
        };
        if moved {
            self.edited(shell);
        } else {
            shell.say(Weight::Quiet, if back { "Nothing to undo." } else { "Nothing to redo." });
        }
    }

    /// A command that changes no stage; false when it is none of ours.
    pub(super) fn desk_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        let Some(desk) = &mut self.desk else { return false };
        match command {
            Command::ShowLint => self.show_lint(),
            Command::NextField => desk.next_part(false),
            Command::PreviousField => desk.next_part(true),
            Command::EditView => {
                desk.turn();
                desk.flag();
            }
            Command::OutsideEditor => self.go_outside(shell),
            Command::FindText => desk.open_finding(),
            Command::Undo => self.time_travel(shell, true),
            Command::Redo => self.time_travel(shell, false),
            _ => return desk.sheet_run(shell, command),
        }
        true
    }

    /// Why a command cannot be done on the road now.
    pub(super) fn road_blocked(shell: &Shell, desk: &Desk, command: Command) -> Option<&'static str> {
        match (command, &desk.stage) {
            (command, Stage::Conflict(conflict)) => conflict.blocked(shell, command),
            (Command::Review | Command::Discard | Command::OutsideEditor | Command::FindText, _)
                if desk.early.is_some() =>
            {
                Some(DISK_ASKED)
            }
            (Command::Back | Command::EditView, _) if desk.typed_early() => Some(DISK_ASKED),
            (Command::EditView | Command::OutsideEditor | Command::FindText, Stage::Asking(_)) => {
                Some(NOT_NOW)
            }
            (Command::OutsideEditor | Command::FindText, _) if desk.body.view() == View::Preview => {
                Some(LOOKS_ONLY)
            }
            (Command::Undo | Command::Redo, _) if desk.is_looked_at() => Some(LOOKS_ONLY),
            (Command::Undo | Command::Redo, _) if desk.part == Part::State => Some("Space switches it back."),
            (Command::Undo | Command::Redo, _) if desk.is_picking_part() => {
                Some("Enter opens the list, where what it was can be chosen again.")
            }
            (Command::Open | Command::Repair, _) if desk.shows_lint() => desk.lint_blocked(command),
            (Command::ShowLint, _) if desk.early.is_some() => Some(DISK_ASKED),
            (Command::ShowLint, Stage::Asking(_)) => Some(NOT_NOW),
            (Command::Review, _) if desk.unfit().is_some() => desk.unfit(),
            (Command::Review, _) if desk.is_new() => cannot_save_new(shell),
            (Command::Send, Stage::Reviewing(review, _)) if review.is_new() => cannot_save_new(shell),
            (Command::Review, _) => cannot_review(shell),
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
            (Stage::Conflict(conflict), _) => conflict.status(),
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
        // Before the position, which may be cut off beside what is under way.
        parts.push(desk.keeping.words().to_owned());
        parts.push(desk.linting.words(&shell.key(Place::Editor, Command::ShowLint)));
        match desk.body.editor() {
            Some(editor) if desk.part == Part::Body => {
                let ((line, column), lines) = (editor.position(), editor.lines());
                parts.push(format!("{}, line {line} of {lines}, column {column}", desk.body.view().word()));
            }
            Some(_) => {}
            None => parts.push(format!("preview, {}%", desk.body.preview().percent())),
        }
        parts.retain(|part| !part.is_empty());
        parts.join(" · ")
    }
}

impl Desk {
    /// Whether the cursor is in the text while that is only looked at.
    fn is_looked_at(&self) -> bool {
        self.part == Part::Body && self.body.view() == View::Preview
    }

    /// Goes on to the next way to show the text.
    fn turn(&mut self) {
        self.body.turn();
        self.part = Part::Body;
    }

    /// A key in the preview: scrolls.
    fn look(&mut self, shell: &mut Shell, key: Key) {
        let movement = match key.code {
            _ if key.ctrl || key.alt => return,
            Code::Up | Code::Char('k') => Move::Up,
            Code::Down | Code::Char('j') => Move::Down,
            Code::PageUp | Code::Char('b') => Move::PageUp,
            Code::PageDown | Code::Char(' ') => Move::PageDown,
            Code::Home | Code::Char('g') => Move::Top,
            Code::End | Code::Char('G') => Move::Bottom,
            _ => return shell.say(Weight::Quiet, LOOKS_ONLY),
        };
        self.body.preview_mut().go(movement);
    }

    fn sheet_run(&mut self, shell: &mut Shell, command: Command) -> bool {
        self.sheet_mut().is_some_and(|sheet| sheet.run(shell, command))
    }
}

impl super::sheet::Sheet {
    /// Moves the sheet, or turns it; false when the command is none of its own.
    pub(super) fn run(&mut self, shell: &mut Shell, command: Command) -> bool {
        match command {
            Command::View => self.turn(),
            Command::SideBySide => self.turn_columns(super::geometry::page(shell.frame.body).width),
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

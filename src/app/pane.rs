//! The screens. Each is a struct with its own state and its own answers to commands; none has a loop.

pub mod articles;
pub mod catalogue;
pub mod companies;
mod deliberate;
pub mod first;
mod further;
pub mod inbox;
pub mod people;
pub mod session;

use super::command::Command;
use super::event::{Kept, Timer};
use super::key::Key;
use super::place::Place;
use super::shell::Shell;
use crate::domain::call::{CallId, End};

/// What stands against leaving the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// It passes by itself, and the disk says when; until then this is said.
    Passes(&'static str),
    /// Something would be lost or left unknown: leave at the second asking only, and say this at the first.
    Asks(&'static str),
}

/// What every screen answers to. All of it is pure: effects go through the shell.
pub trait Pane {
    /// Where keys go within this screen.
    fn place(&self) -> Place;

    /// Why a command cannot be done now, as a sentence; none when it can.
    fn blocked(&self, shell: &Shell, command: Command) -> Option<String>;

    /// Does a command of the current place. False when there was nothing to do, such as going back from the root.
    fn run(&mut self, shell: &mut Shell, command: Command) -> bool;

    /// A key that is no command here, in a place that takes text.
    fn press(&mut self, shell: &mut Shell, key: Key);

    /// Pasted text.
    fn paste(&mut self, shell: &mut Shell, text: &str);

    /// The screen was switched to.
    fn opened(&mut self, _shell: &mut Shell) {}

    /// A call ended that somebody waits for. Gives the end back when this screen does not own it.
    fn ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Option<End>;

    /// The link came up, at first or again: ask for what is on the screen and is not there.
    fn linked(&mut self, shell: &mut Shell);

    /// A timer ran out.
    fn timer(&mut self, shell: &mut Shell, timer: Timer);

    /// The frame asked for is on the screen.
    fn painted(&mut self, shell: &mut Shell);

    /// The disk said something about drafts.
    fn kept(&mut self, shell: &mut Shell, kept: &Kept);

    /// The key of this screen was pressed while it is open: go to its list.
    fn root(&mut self, _shell: &mut Shell) {}

    /// The console is about to leave: put away what must not be lost.
    fn leaving(&mut self, _shell: &mut Shell) {}

    /// What stands against leaving now, after `leaving`; none when nothing does.
    fn hold(&self, _shell: &Shell) -> Option<Hold> {
        None
    }

    /// Recomputes what depends on the size or on new content; called after every event, cheap when nothing changed.
    fn arrange(&mut self, shell: &Shell);

    /// What became of the last save, while that has to be read even when the link is down; empty for nothing.
    fn fate(&self) -> &'static str {
        ""
    }

    /// What this place has to say in the status line, such as how much is loaded; plain words, clean.
    fn status(&self, shell: &Shell) -> String;
}

//! The People screen: who is searched for, the list, and whose page is open. Refuses to draw.

use super::Pane;
use crate::app::command::Command;
use crate::app::event::{Kept, Timer};
use crate::app::key::Key;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::call::{CallId, End};

/// The screen.
#[derive(Debug, Default)]
pub struct People {}

impl Pane for People {
    fn place(&self) -> Place {
        Place::People
    }

    fn blocked(&self, _: &Shell, _: Command) -> Option<String> {
        None
    }

    fn run(&mut self, _: &mut Shell, _: Command) -> bool {
        false
    }

    fn press(&mut self, _: &mut Shell, _: Key) {}

    fn paste(&mut self, _: &mut Shell, _: &str) {}

    fn ended(&mut self, _: &mut Shell, _: CallId, end: End) -> Option<End> {
        Some(end)
    }

    fn linked(&mut self, _: &mut Shell) {}

    fn timer(&mut self, _: &mut Shell, _: Timer) {}

    fn painted(&mut self, _: &mut Shell) {}

    fn kept(&mut self, _: &mut Shell, _: &Kept) {}

    fn arrange(&mut self, _: &Shell) {}

    fn status(&self, _: &Shell) -> String {
        String::new()
    }
}

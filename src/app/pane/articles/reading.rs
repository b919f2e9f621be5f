//! What the reading view answers to besides scrolling: the outline, the number of a link, wide tables; and when the next
//! portion of a long article is laid out.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "these functions answer to a few commands and pass the rest on"
)]

use super::Articles;
use crate::app::command::Command;
use crate::app::event::Timer;
use crate::app::notice::Weight;
use crate::app::shell::Shell;

/// How long after one portion of a long article the next is laid out, in milliseconds.
const PAUSE_MILLIS: u64 = 1;

impl Articles {
    /// Does what the reading view has; false for all else.
    pub(super) fn read(&mut self, shell: &mut Shell, command: Command) -> bool {
        let Some(reader) = &mut self.reader else { return false };
        match command {
            Command::ShowOutline => self.show_outline(shell),
            Command::FollowLink => reader.follow_link(shell),
            Command::ScrollLeft | Command::ScrollRight => {
                let view = reader.scroll.view();
                if !reader.paper.shift(view, command == Command::ScrollRight) {
                    shell.say(Weight::Quiet, "No table in sight is wider than the text.");
                }
            }
            Command::Open if reader.outline.is_some() => self.jump(),
            Command::Back if reader.outline.is_some() => reader.outline = None,
            Command::Back if reader.line.is_some() => reader.line = None,
            _ => return false,
        }
        true
    }

    /// Why a command of the reading view cannot be done now.
    pub(super) fn unreadable(&self, command: Command) -> Option<&'static str> {
        let reader = self.reader.as_ref()?;
        let is_here = reader.article.is_some();
        match command {
            Command::ShowOutline | Command::FollowLink if !is_here => Some("The article is not here yet."),
            Command::ScrollLeft | Command::ScrollRight if !reader.paper.has_wide(reader.scroll.view()) => {
                Some("No table in sight is wider than the text.")
            }
            _ => None,
        }
    }

    /// Asks to be woken for the next portion, while there is one.
    pub(crate) fn lay_on(&mut self, shell: &mut Shell) {
        let unfinished = self.reader.as_ref().is_some_and(|reader| !reader.paper.is_done());
        if unfinished && !self.is_laying {
            self.is_laying = true;
            shell.timer(Timer::Layout, PAUSE_MILLIS);
        }
    }

    /// Lays out the next portion.
    pub(super) fn lay_portion(&mut self) {
        self.is_laying = false;
        if let Some(reader) = &mut self.reader {
            reader.paper.lay_on();
        }
    }
}

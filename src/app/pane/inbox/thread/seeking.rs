//! What the keys of finding do: the field for the words, the way to the next place, and leaving both.

use super::commands::PAUSE_MILLIS;
use super::finding::Finding;
use crate::app::command::Command;
use crate::app::event::Timer;
use crate::app::notice::Weight;
use crate::app::pane::inbox::Inbox;
use crate::app::pane::inbox::line::Purpose;
use crate::app::pane::inbox::reader::{Read, Reader};
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::roster::Roster;
use crate::domain::text::{Clean, reveal};

impl Reader {
    /// Searches for words from where one is, or goes on with what was typed before. True when there is more to search.
    fn find_typed(&mut self, roster: &Roster, words: &str) -> bool {
        let Some(Read { thread, sheet, window, find }) = self.read() else { return false };
        let mut next = match find.take() {
            Some(before) => before.retyped(words),
            None => Finding::of(words, window.top, (window.top, window.mark), thread.parts.len()),
        };
        next.search(thread, sheet, roster);
        next.land(thread, sheet, window, roster);
        let more = !next.rests();
        *find = Some(next);
        more
    }

    /// Searches on. True when there is more to search.
    fn find_on(&mut self, roster: &Roster) -> bool {
        let Some(Read { thread, sheet, window, find: Some(find) }) = self.read() else { return false };
        if find.search(thread, sheet, roster) && !find.is_lost() {
            find.land(thread, sheet, window, roster);
        }
        !find.rests()
    }

    /// Goes to the next place found, or to the one before.
    fn find_step(&mut self, roster: &Roster, back: bool) -> Option<bool> {
        let Some(Read { thread, sheet, window, find: Some(find) }) = self.read() else { return Some(false) };
        let found = find.step(thread, sheet, roster, back);
        if found == Some(true) {
            find.land(thread, sheet, window, roster);
        }
        found
    }

    /// Forgets what was searched for; the window goes back to where it was when `back`.
    fn find_end(&mut self, back: bool) -> bool {
        let Some(find) = self.find.take() else { return false };
        if back {
            (self.window.top, self.window.mark) = find.origin;
        }
        true
    }
}

impl Inbox {
    pub(super) fn open_finding(&mut self) {
        self.reader.find_end(false);
        self.open_line(Purpose::Find, "");
    }

    /// What is searched for was typed.
    pub(in crate::app::pane::inbox) fn find_typed(&mut self, shell: &mut Shell) {
        let Some(words) = self.line.as_ref().map(|line| line.field.text().to_owned()) else { return };
        let more = self.reader.find_typed(&shell.roster, &words);
        self.find_told(shell, more);
    }

    /// Searches on, when the last portion was not the end.
    pub(super) fn find_on(&mut self, shell: &mut Shell) {
        if self.reader.find.as_ref().is_some_and(|find| !find.rests()) {
            let more = self.reader.find_on(&shell.roster);
            self.find_told(shell, more);
        }
    }

    fn find_told(&mut self, shell: &mut Shell, more: bool) {
        if more {
            shell.timer(Timer::Layout, PAUSE_MILLIS);
        }
        if let Some(line) = self.line.as_mut().filter(|line| line.purpose == Purpose::Find) {
            line.said = self.reader.find.as_ref().map(Finding::said).unwrap_or_default();
        }
    }

    pub(super) fn find_step(&mut self, shell: &mut Shell, back: bool) {
        match self.reader.find_step(&shell.roster, back) {
            Some(true) => {}
            Some(false) => shell.say(Weight::Quiet, "Not found in this conversation."),
            None => shell.timer(Timer::Layout, PAUSE_MILLIS),
        }
    }

    /// Enter in the field: the places stay marked. Nothing typed means nothing searched for.
    pub(in crate::app::pane::inbox) fn find_done(&mut self, shell: &mut Shell) {
        if self.reader.find.as_ref().is_none_or(Finding::is_blank) {
            self.reader.find_end(true);
            return;
        }
        let key = |command| shell.key(Place::Thread, command);
        let Some(find) = &self.reader.find else { return };
        let sought = reveal(&find.words);
        let (said, hint) = if find.is_nowhere() {
            let again = key(Command::FindInThread);
            (format!("“{sought}” is not in this conversation."), format!("{again} looks for other words."))
        } else {
            let (next, back) = (key(Command::FindNext), key(Command::FindPrevious));
            let said = format!("“{sought}”: {}.", find.said());
            (said, format!("{next} goes to the next place, {back} back."))
        };
        shell.tell(Weight::Quiet, Clean::line(&said), Clean::line(&hint));
    }

    /// Esc: in the field, back to where one was; after it, the places are not marked any more.
    pub(in crate::app::pane::inbox) fn leave_finding(&mut self, back: bool) -> bool {
        self.reader.find_end(back)
    }
}

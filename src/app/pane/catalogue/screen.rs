//! What the screen answers to, each handed to the part that has it.

use super::layout::areas;
use super::{Catalogue, Record};
use crate::app::command::Command;
use crate::app::event::{Kept, Timer};
use crate::app::key::{Code, Key};
use crate::app::pane::Pane;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::call::{CallId, End};

impl<R: Record> Pane for Catalogue<R> {
    fn place(&self) -> Place {
        if self.line.focused {
            return Place::SearchLine;
        }
        self.cards.place().unwrap_or(R::PLACE)
    }

    fn blocked(&self, shell: &Shell, command: Command) -> Option<String> {
        if self.line.focused { None } else { self.reason(shell, command) }
    }

    fn run(&mut self, shell: &mut Shell, command: Command) -> bool {
        self.obey(shell, command)
    }

    fn press(&mut self, shell: &mut Shell, key: Key) {
        if key.code == Code::Tab {
            self.line.leave();
        } else if key.code == Code::Enter {
            self.submit(shell);
        } else {
            self.line.press(key);
            shell.say_if_cut(&mut self.line.field, "The search");
        }
    }

    fn paste(&mut self, shell: &mut Shell, text: &str) {
        if self.line.focused {
            self.line.paste(text);
            shell.say_if_cut(&mut self.line.field, "The search");
        }
    }

    fn opened(&mut self, shell: &mut Shell) {
        self.visited = true;
        if shell.is_up() {
            self.listing.fill(shell);
        }
    }

    fn ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Option<End> {
        let end = self.listing.ended(shell, id, end)?;
        self.cards.ended(shell, id, end)
    }

    fn linked(&mut self, shell: &mut Shell) {
        if self.visited {
            self.listing.fill(shell);
            self.cards.want(shell, false);
        }
    }

    fn root(&mut self, shell: &mut Shell) {
        self.line.leave();
        self.cards.close(shell);
    }

    fn timer(&mut self, _: &mut Shell, _: Timer) {}

    fn painted(&mut self, _: &mut Shell) {}

    fn kept(&mut self, _: &mut Shell, _: &Kept) {}

    fn arrange(&mut self, shell: &Shell) {
        self.areas = areas(shell.frame.body, self.cards.top().is_some());
        self.listing.height = usize::from(self.areas.list.height);
        self.listing.rows.list.fit(self.listing.rows.len(), self.listing.height);
        self.cards.arrange(shell, self.areas.page);
    }

    fn status(&self, shell: &Shell) -> String {
        self.said(shell)
    }
}

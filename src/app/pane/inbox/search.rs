//! Searching with help: the list under the line, what is said of what is typed, the exact tool call, and the form. Owns what
//! the keys of all of these do; the line itself is in `search_line`.

pub mod call;
pub mod form;
pub mod meaning;
pub mod offers;
pub mod rest;

use super::Inbox;
use crate::app::command::Command;
use crate::app::event::Timer;
use crate::app::key::{Code, Key};
use crate::app::notice::Weight;
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::call::Fault;
use crate::domain::query::{Known, Query, check};

/// What a query may lean on now.
pub(super) fn known(shell: &Shell) -> Known<'_> {
    Known { now: shell.now.unix, zone: shell.now.zone, roster: &shell.roster }
}

impl Inbox {
    /// The place of what lies over the list, while something does.
    pub(super) fn search_place(&self) -> Option<Place> {
        let call = self.call.as_ref().map(|_| Place::ToolCall);
        call.or_else(|| self.form.as_ref().map(|_| Place::SearchForm))
    }

    /// Why a command cannot be done there.
    pub(super) fn search_reason(&self, command: Command) -> Option<&'static str> {
        self.call_reason(command)
    }

    /// Makes room for the list under the line, for the box and for the form.
    pub(super) fn arrange_search(&mut self, shell: &Shell) {
        let rows = usize::from(self.areas.list.height);
        self.search.offers.fit(rows.saturating_sub(2).max(1));
        self.search.is_shown(&self.listing.results.settled);
        let body = shell.frame.body;
        if let Some(call) = &mut self.call {
            call.arrange(body);
        }
        if let Some(form) = &mut self.form {
            form.arrange(body);
        }
    }

    /// A key of the search line that is no command.
    pub(super) fn search_key(&mut self, shell: &mut Shell, key: Key) {
        let before = self.search.field.text().to_owned();
        let takes = matches!(key.code, Code::Tab | Code::Enter);
        if key.code == Code::Enter && !self.search.offers.is_moved() {
            return self.search_enter(shell);
        } else if key.code == Code::Tab && key.shift {
            self.search.offers.go(false);
        } else if !takes {
            self.search.press(key, &known(shell));
        } else if !self.search.complete(&known(shell)) {
            shell.say(Weight::Quiet, "Nothing to complete here.");
        }
        self.search_changed(shell, &before);
    }

    /// Pasted text for the search line.
    pub(super) fn search_paste(&mut self, shell: &mut Shell, text: &str) {
        let before = self.search.field.text().to_owned();
        self.search.paste(text, &known(shell));
        self.search_changed(shell, &before);
    }

    fn search_changed(&mut self, shell: &mut Shell, before: &str) {
        shell.say_if_cut(&mut self.search.field, "The search");
        if self.search.field.text() != before {
            self.search.rest.typed(shell);
        }
    }

    fn search_enter(&mut self, shell: &mut Shell) {
        if let Some(query) = self.search.submit(&known(shell)) {
            let order = self.listing.order();
            self.listing.search(shell, query, order);
        }
    }

    /// Searches for what the form wrote; the line shows it.
    pub(super) fn search_for(&mut self, shell: &mut Shell, text: &str, query: Query) {
        self.search.asked_for(text, query.clone());
        let order = self.listing.order();
        self.listing.search(shell, query, order);
    }

    /// Nothing was typed for a moment: what stands there is explained.
    pub(super) fn explain(&mut self, shell: &mut Shell) {
        if self.form.is_some() {
            self.explain_form(shell);
        } else if self.search.focused {
            self.explain_line(shell);
        }
    }

    fn explain_line(&mut self, shell: &mut Shell) {
        if !self.search.rest.has_rested(shell.now, rest::PAUSE_MILLIS) {
            return;
        }
        match check(self.search.field.text(), &known(shell)) {
            Ok((query, settled)) => {
                let number = self.next_explanation();
                self.search.rest.explain(shell, number, &query, &settled);
            }
            Err(wrong) if self.search.may_say(&wrong, shell.now) => self.search.wrong = Some(wrong),
            Err(_) if self.search.rest.has_rested(shell.now, rest::LONG_PAUSE_MILLIS) => {}
            Err(_) => shell.timer(Timer::Explain, rest::LONG_PAUSE_MILLIS - rest::PAUSE_MILLIS),
        }
    }

    /// Explanations are told apart by their number.
    fn next_explanation(&mut self) -> u64 {
        self.explanations += 1;
        self.explanations
    }

    /// The session explained what it would send.
    pub(in crate::app) fn explained(&mut self, number: u64, told: &Result<String, Fault>) {
        if self.search.rest.explained(number, told) {
            return;
        }
        if let Some(form) = &mut self.form
            && form.rest.explained(number, told)
        {
            return;
        }
        if let Some(call) = &mut self.call {
            call.explained(number, told);
        }
    }

    /// Closes what lies over the list or below the line, one thing at a time. False when nothing of this does.
    pub(super) fn leave_search_help(&mut self) -> bool {
        self.call.take().is_some()
            || self.form.take().is_some()
            || (self.search.focused && self.search.offers.close())
    }
}

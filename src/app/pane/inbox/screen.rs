//! What the Inbox answers to as a screen: where keys go, why a command cannot be done, and to whom keys, answers, timers and
//! sizes are handed. Owns the order in which its parts are asked; what they do is theirs.

use super::layout::{Focus, areas};
use super::{Inbox, note};
use crate::app::command::Command;
use crate::app::event::{Kept, Timer};
use crate::app::key::Key;
use crate::app::notice::Weight;
use crate::app::pane::{Hold, Pane};
use crate::app::place::Place;
use crate::app::shell::Shell;
use crate::domain::call::{CallId, End};

impl Pane for Inbox {
    fn place(&self) -> Place {
        if let Some(place) = self.notes.place() {
            return place;
        }
        if self.line.is_some() {
            return Place::Form;
        }
        if let Some(place) = self.over_place() {
            return place;
        }
        if let Some(place) = self.search_place() {
            return place;
        }
        if self.views.who.is_some() {
            return Place::Picker;
        }
        match self.focus {
            Focus::List if self.search.focused => Place::SearchLine,
            Focus::List if self.views.focused => Place::Views,
            Focus::List => Place::Inbox,
            Focus::Thread => Place::Thread,
            Focus::Contact => Place::Contact,
            Focus::Company => Place::Company,
        }
    }

    fn blocked(&self, shell: &Shell, command: Command) -> Option<String> {
        if self.notes.open.is_some() {
            return self.note_blocked(shell, command).map(str::to_owned);
        }
        if self.is_over() {
            return self.over_reason(shell, command).map(str::to_owned);
        }
        if self.search_place().is_some() {
            return self.search_reason(command).map(str::to_owned);
        }
        if self.is_for_views(command) {
            return self.views_reason(command).map(str::to_owned);
        }
        let own = self
            .writing_reason(shell, command)
            .or_else(|| self.marking_reason(shell, command))
            .or_else(|| self.thread_reason(command))
            .or_else(|| self.reason(command));
        own.map(str::to_owned)
            .or_else(|| self.old_rows_reason(shell, command).filter(|_| self.is_behind(shell)))
            .or_else(|| self.record_reason(shell, command))
    }

    fn run(&mut self, shell: &mut Shell, command: Command) -> bool {
        if command.movement().is_none() {
            self.views.touched();
        }
        if !matches!(self.place(), Place::Insight | Place::Views) {
            self.mean_row(command);
        }
        // Rows that do not look old yet are as old.
        if let Some(reason) = self.old_rows_reason(shell, command) {
            shell.say(Weight::Quiet, &reason);
            return true;
        }
        let done = self.obey(shell, command);
        self.listing.keep_up(shell);
        done
    }

    fn press(&mut self, shell: &mut Shell, key: Key) {
        if self.notes.open.is_some() {
            return self.note_key(shell, key);
        }
        if self.line.is_some() {
            return self.line_key(shell, key);
        }
        if self.over_key(shell, key) {
            return;
        }
        if self.views.who.is_some() {
            return self.who_key(shell, key);
        }
        if self.form.is_some() { self.form_key(shell, key) } else { self.search_key(shell, key) }
    }

    fn paste(&mut self, shell: &mut Shell, text: &str) {
        if self.notes.open.is_some() {
            return self.note_paste(shell, text);
        }
        if self.line.is_some() {
            return self.line_paste(shell, text);
        }
        if self.over_paste(text) {
            return;
        }
        if self.views.who.is_some() {
            return self.who_paste(shell, text);
        }
        if self.form.is_some() {
            self.form_paste(shell, text);
        } else if self.search.focused {
            self.search_paste(shell, text);
        }
    }

    fn opened(&mut self, _shell: &mut Shell) {
        // Leaving the tab closed only the list of offers, if that was open.
        if self.search.focused {
            self.search.leave();
        }
    }

    fn ended(&mut self, shell: &mut Shell, id: CallId, end: End) -> Option<End> {
        let end = self.note_ended(shell, id, end)?;
        let end = self.answers_ended(shell, id, end)?;
        let end = self.views.ended(shell, id, end)?;
        let complained = self.search_fault().is_some();
        let end = self.listing.ended(shell, id, end);
        self.settle_search();
        if !complained && self.focus == Focus::List && self.search_fault().is_some() {
            shell.notice = None; // It stands below the search line in full.
        }
        if end.is_none() {
            self.views_learn(shell);
            self.go_on_to_next(shell);
        }
        let end = end?;
        let end = match self.reader.ended(shell, id, end) {
            Ok(came) => {
                if came {
                    self.thread_came(shell);
                    self.answers_learn(shell);
                }
                return None;
            }
            Err(end) => end,
        };
        match self.customer.people.ended(shell, id, end) {
            Ok(came) => {
                if came.is_some() {
                    self.customer.want_companies(shell, false);
                    self.go_to_wished_company(shell);
                }
                None
            }
            Err(end) => Some(end),
        }
    }

    fn linked(&mut self, shell: &mut Shell) {
        self.begin_with_view(shell);
        self.views.linked();
        self.listing.linked(shell);
        self.reader.linked(shell);
        self.settle_notes_anew(shell);
        self.answers.linked(shell);
        if self.areas.customer.width > 0 {
            self.customer.want(shell, false);
        }
    }

    fn root(&mut self, shell: &mut Shell) {
        if let Some(reason) = self.notes.is_busy() {
            return shell.say(Weight::Quiet, reason);
        }
        while self.notes.open.is_some() && self.note_run(shell, Command::Back) {}
        self.to_root(shell);
    }

    fn timer(&mut self, shell: &mut Shell, timer: Timer) {
        match timer {
            Timer::Arm => self.note_timer(shell),
            Timer::Settle => self.settle_notes(shell),
            Timer::Layout => self.lay_on(shell),
            Timer::Letters => self.read_for_filter(shell),
            Timer::Ahead => self.read_ahead(shell),
            Timer::Explain => self.explain(shell),
            Timer::Count => self.views.count(shell),
            Timer::View => self.listing.ask_postponed(shell),
            Timer::Progress
            | Timer::Notice(_)
            | Timer::Keep
            | Timer::Preview
            | Timer::Due
            | Timer::Countdown
            | Timer::Asked
            | Timer::Accounts => {}
        }
    }

    fn painted(&mut self, shell: &mut Shell) {
        self.note_painted(shell);
    }

    fn hold(&self, _: &Shell) -> Option<Hold> {
        let exporting = self.exporting.map(|_| Hold::Passes("The file is being written…"));
        self.notes.hold().or(exporting)
    }

    fn fate(&self) -> &'static str {
        self.notes.fate()
    }

    fn kept(&mut self, shell: &mut Shell, kept: &Kept) {
        if let Kept::Unsettled(entries) = kept {
            self.recall_notes(shell, entries);
        }
    }

    fn arrange(&mut self, shell: &Shell) {
        self.settle_search();
        self.areas = areas(shell.frame.body, self.shape());
        // Who stood at the end of the thread still sees it when the note takes its lower half.
        let stays = self.areas.note.height == 0 && self.notes.was_at_end;
        if self.notes.is_writing() {
            self.areas.note = note::page::panel(self.areas.thread);
            self.areas.thread.height -= self.areas.note.height;
        }
        self.arrange_over(shell);
        if self.line.is_some() && !self.answers.is_open() {
            self.areas.take_line(self.focus);
        }
        self.arrange_note(shell);
        let memo = self.memo(shell).len();
        self.areas.take_memo(memo);
        self.arrange_search(shell);
        self.arrange_views(shell);
        let head = self.listing.head(self.areas.list.height);
        self.listing.arrange(shell, usize::from(self.areas.list.height - head));
        if stays {
            self.notes.was_at_end = false;
            self.reader.window.to_end();
        }
        self.reader.types = self.line.is_some();
        self.reader.arrange(self.areas.thread.width, self.areas.thread.height, &shell.roster);
        self.customer.arrange(shell, self.areas.customer.width, self.areas.customer.height, self.focus);
    }

    fn status(&self, shell: &Shell) -> String {
        if let Some(status) = self.note_status(shell) {
            return status;
        }
        if let Some(status) = self.over_status(shell) {
            return status;
        }
        match self.focus {
            Focus::List if self.views.focused => self.views_status(shell),
            Focus::List if self.listing.answered => self.list_status(shell),
            Focus::List => String::new(),
            Focus::Thread => {
                let parts = [self.notes.words(self.reader.open.as_ref()).to_owned(), self.reader.status()];
                let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                parts.join(" · ")
            }
            Focus::Contact => "customer".into(),
            Focus::Company => "company".into(),
        }
    }
}

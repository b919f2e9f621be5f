//! What the list's own commands do: order, filter, choosing, copying what was chosen.

use std::collections::HashSet;

use super::super::Inbox;
use super::super::coverage::grouped;
use super::super::layout::Focus;
use super::super::line::Purpose;
use super::super::listing::Listing;
use super::told;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::event::Timer;
use crate::app::key::{Code, Key};
use crate::app::list::Move;
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::id::ConversationId;
use crate::domain::sort::Order;
use crate::domain::text::Clean;

/// Between two portions of rows that are read for the filter, in milliseconds; keys come first.
const PAUSE_MILLIS: u64 = 1;

impl Inbox {
    /// The conversations that a command is about: every chosen one, in the order of the list and then those that are not
    /// shown; else the one under the cursor; else the open one.
    pub fn chosen_or_current(&self) -> Vec<ConversationId> {
        let listing = &self.listing;
        if self.focus == Focus::List && !listing.chosen.is_empty() {
            return listing.chosen.ids(&listing.results);
        }
        self.one().into_iter().collect()
    }

    pub(in crate::app::pane::inbox) fn sort(&mut self, shell: &mut Shell) {
        let order = self.listing.results.arranged.order();
        self.listing.sort_by(shell, Order { by: order.by.after(), back: false });
    }

    pub(in crate::app::pane::inbox) fn sort_back(&mut self, shell: &mut Shell) {
        let order = self.listing.results.arranged.order();
        self.listing.sort_by(shell, Order { back: !order.back, ..order });
    }

    /// Somebody did something to the row under the cursor: from now on the cursor stays with its conversation.
    pub(in crate::app::pane::inbox) fn mean_row(&mut self, command: Command) {
        use Command::{Choose, MarkDone, Memo, Open, Pin, Snooze};
        if self.focus != Focus::List || matches!(command, Choose | Memo | MarkDone | Open | Pin | Snooze) {
            self.listing.results.mean();
        }
    }

    pub(in crate::app::pane::inbox) fn turn_away(&mut self, shell: &mut Shell) {
        let show = !self.listing.results.arranged.shows_away();
        self.listing.show_away(shell, show);
    }

    /// Chooses the row under the cursor, or not, and goes to the next one.
    pub(in crate::app::pane::inbox) fn choose(&mut self, shell: &mut Shell) {
        let results = &self.listing.results;
        if let Some(&number) = results.arranged.shown().get(results.list.cursor()) {
            self.listing.chosen.turn(number);
            self.listing.go(shell, Move::Down);
        }
    }

    /// Opens the field of the filter, with the words that filter already.
    pub(in crate::app::pane::inbox) fn open_filter(&mut self, shell: &mut Shell) {
        let words = self.listing.results.arranged.filter().map(|filter| filter.typed().to_owned());
        self.open_line(Purpose::Filter, words.as_deref().unwrap_or_default());
        self.say_matches();
        self.read_for_filter(shell);
    }

    /// Reads rows while nobody types, so that the first letter need not read them all.
    pub(in crate::app::pane::inbox) fn read_for_filter(&mut self, shell: &mut Shell) {
        let filters = self.line.as_ref().is_some_and(|line| line.purpose == Purpose::Filter);
        if filters && self.listing.results.read_for_filter(shell) {
            shell.timer(Timer::Letters, PAUSE_MILLIS);
        }
    }

    /// Keys that move in the list while one types. False for all others.
    pub(in crate::app::pane::inbox) fn filter_moves(&mut self, shell: &mut Shell, key: Key) -> bool {
        let movement = match key.code {
            Code::Up => Move::Up,
            Code::Down => Move::Down,
            Code::PageUp => Move::PageUp,
            Code::PageDown => Move::PageDown,
            Code::Char(_)
            | Code::Enter
            | Code::Esc
            | Code::Tab
            | Code::Backspace
            | Code::Delete
            | Code::Left
            | Code::Right
            | Code::Home
            | Code::End
            | Code::Function(_) => return false,
        };
        self.listing.go(shell, movement);
        true
    }

    /// The filter's words changed: filters what is loaded.
    pub(in crate::app::pane::inbox) fn filter_typed(&mut self, shell: &mut Shell) {
        let Some(line) = &self.line else { return };
        let words = line.field.text().to_owned();
        self.listing.results.set_filter(shell, Some(&words));
        self.say_matches();
    }

    /// How many rows the filter leaves, beside its words.
    fn say_matches(&mut self) {
        let results = &self.listing.results;
        let said = results.arranged.filter().filter(|filter| !filter.is_blank()).map(|_| {
            let loaded = results.shown_len() + results.arranged.hidden().filtered;
            format!("{} of {}", results.shown_len(), loaded)
        });
        if let Some(line) = &mut self.line {
            line.said = said.unwrap_or_default();
        }
    }

    /// Enter keeps the filter; one without words goes.
    pub(in crate::app::pane::inbox) fn filter_done(&mut self, shell: &mut Shell) {
        if self.listing.results.arranged.filter().is_some_and(super::filter::Filter::is_blank) {
            self.listing.drop_filter(shell);
        }
        self.listing.go_on_anew(shell);
    }

    /// Copies links or ids of every chosen row. False when none was chosen.
    pub(in crate::app::pane::inbox) fn copies_chosen(&self, shell: &mut Shell, command: Command) -> bool {
        if self.focus != Focus::List || self.listing.chosen.is_empty() {
            return false;
        }
        let ids = self.listing.chosen.ids(&self.listing.results);
        let links = command == Command::CopyLink;
        let web = shell.web().to_owned();
        let copied = |id: &ConversationId| if links { id.page(&web) } else { id.to_string() };
        let rows: Vec<String> = ids.iter().map(copied).collect();
        shell.effect(Effect::Copy(Clean::text(&rows.join("\n"))));
        shell.say(Weight::Good, &counted(ids.len(), if links { "link" } else { "id" }, "copied"));
        true
    }
}

/// So many, and what was done with them.
pub(in crate::app::pane::inbox) fn counted(number: usize, word: &str, then: &str) -> String {
    let number = grouped(number as u64);
    let plural = if number == "1" { "" } else { "s" };
    let dot = if then.is_empty() { "" } else { "." };
    format!("{number} {word}{plural}{}{then}{dot}", if then.is_empty() { "" } else { " " })
}

impl Listing {
    /// Shows the rows in another order. The cursor stays with the conversation that somebody moved it to, and its row is said; on
    /// the first row it stays on top.
    fn sort_by(&mut self, shell: &mut Shell, order: Order) {
        let on_top = self.results.list.cursor() == 0;
        self.results.mean();
        self.results.untouched = on_top;
        self.set_order(shell, order);
        if on_top {
            self.results.list.select(0);
        }
        let part = self.results.next().is_some() && !self.fetches_rest();
        let loaded = if part { ", of what is loaded" } else { "" };
        let (row, of) = (self.results.list.cursor() + 1, self.results.shown_len());
        let here = if row > 1 {
            format!(" You are in row {} of {}.", grouped(row as u64), grouped(of as u64))
        } else {
            String::new()
        };
        let times = told::times(order.by);
        shell.say(Weight::Quiet, &format!("Now {}{loaded}{times}.{here}", order.words()));
    }

    /// Chooses every row that is shown; or none any more, when all of them were.
    pub(in crate::app::pane::inbox) fn choose_all(&mut self) {
        self.chosen.turn_all(self.results.arranged.shown());
    }

    /// The numbers of the rows that an export is of: those that were chosen, as far as they are loaded; else all that are shown.
    pub(in crate::app::pane::inbox) fn rows_to_export(&self) -> Vec<u32> {
        if self.chosen.is_empty() {
            return self.results.arranged.shown().to_vec();
        }
        let places = self.chosen.ids(&self.results).into_iter().filter_map(|id| self.results.position(&id));
        places.filter_map(|at| u32::try_from(at).ok()).collect()
    }

    /// Shows these rows alone, for a reason in words.
    pub(in crate::app::pane::inbox) fn show_only(
        &mut self,
        shell: &Shell,
        words: String,
        ids: HashSet<ConversationId>,
    ) {
        self.results.set_only(shell, Some((words, ids)));
    }

    /// Shows all rows again. False when some alone were not shown.
    pub(in crate::app::pane::inbox) fn drop_only(&mut self, shell: &mut Shell) -> bool {
        if self.results.arranged.only().is_none() {
            return false;
        }
        self.results.set_only(shell, None);
        self.go_on_anew(shell);
        true
    }

    /// Lets go of the local filter. False when there is none.
    pub(in crate::app::pane::inbox) fn drop_filter(&mut self, shell: &mut Shell) -> bool {
        if self.results.arranged.filter().is_none() {
            return false;
        }
        self.results.set_filter(shell, None);
        self.go_on_anew(shell);
        true
    }
}

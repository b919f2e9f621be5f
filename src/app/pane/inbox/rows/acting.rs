//! What the list's own commands do: order, filter, choosing, copying and exporting what was chosen.

use std::collections::HashSet;

use super::super::Inbox;
use super::super::layout::Focus;
use super::super::line::Purpose;
use super::super::listing::Listing;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::key::{Code, Key};
use crate::app::list::Move;
use crate::app::notice::Weight;
use crate::app::shell::Shell;
use crate::domain::conversation::ConversationRow;
use crate::domain::id::ConversationId;
use crate::domain::sort::Order;
use crate::domain::text::Clean;
use crate::domain::time::stamp;

impl Inbox {
    /// The conversations that a command is about: every chosen one, in the order of the list and then those that are not
    /// shown; else the one under the cursor; else the open one.
    pub fn chosen_or_current(&self) -> Vec<ConversationId> {
        let listing = &self.listing;
        if self.focus == Focus::List && !listing.chosen.is_empty() {
            return listing.chosen_ids();
        }
        let current = match self.focus {
            Focus::List => listing.results.current().map(|row| row.id.clone()),
            Focus::Thread => self.reader.open.clone(),
            Focus::Contact | Focus::Company => None,
        };
        current.into_iter().collect()
    }

    pub(in crate::app::pane::inbox) fn sort(&mut self, shell: &mut Shell) {
        let order = Order { by: self.listing.order().by.after(), back: false };
        self.listing.sort_by(shell, order);
    }

    pub(in crate::app::pane::inbox) fn sort_back(&mut self, shell: &mut Shell) {
        let order = self.listing.order();
        self.listing.sort_by(shell, Order { back: !order.back, ..order });
    }

    pub(in crate::app::pane::inbox) fn turn_away(&mut self, shell: &mut Shell) {
        let show = !self.listing.results.arranged.shows_away();
        self.listing.show_away(shell, show);
    }

    /// Chooses the row under the cursor, or not, and goes to the next one.
    pub(in crate::app::pane::inbox) fn choose(&mut self, shell: &mut Shell) {
        if let Some(id) = self.listing.results.current().map(|row| row.id.clone()) {
            self.listing.chosen.turn(&id);
            self.listing.go(shell, Move::Down);
        }
    }

    /// Opens the field of the filter, with the words that filter already.
    pub(in crate::app::pane::inbox) fn open_filter(&mut self) {
        let words = self.listing.results.arranged.filter().map(|filter| filter.typed().to_owned());
        self.open_line(Purpose::Filter, words.as_deref().unwrap_or_default());
        self.say_matches();
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
        let ids = self.listing.chosen_ids();
        let links = command == Command::CopyLink;
        let web = shell.web().to_owned();
        let copied = |id: &ConversationId| if links { id.page(&web) } else { id.to_string() };
        let lines: Vec<String> = ids.iter().map(copied).collect();
        shell.effect(Effect::Copy(Clean::text(&lines.join("\n"))));
        shell.say(Weight::Good, &counted(ids.len(), if links { "link" } else { "id" }, "copied"));
        true
    }

    /// Asks for a file.
    pub(in crate::app::pane::inbox) fn open_export(&mut self, shell: &Shell) {
        let day = stamp(shell.now.unix, shell.now.zone);
        let day = day.split(' ').next().unwrap_or_default();
        self.open_line(Purpose::Export, &format!("conversations-{day}.json"));
        let rows = self.listing.rows_to_export().count();
        if let Some(line) = &mut self.line {
            line.said = counted(rows, "conversation", "");
        }
    }

    /// Enter in that field.
    pub(in crate::app::pane::inbox) fn export_to(&mut self, shell: &mut Shell, path: &str) {
        let rows: Vec<ConversationRow> = self.listing.rows_to_export().cloned().collect();
        if path.trim().is_empty() {
            return shell.say(Weight::Quiet, "Nothing was exported: the file has no name.");
        }
        if rows.is_empty() {
            return shell.say(Weight::Quiet, "Nothing was exported: none of the chosen rows is loaded.");
        }
        shell.effect(Effect::ExportRows(path.trim().to_owned(), rows));
    }
}

fn counted(number: usize, word: &str, then: &str) -> String {
    let number = super::super::coverage::grouped(number as u64);
    let plural = if number == "1" { "" } else { "s" };
    let dot = if then.is_empty() { "" } else { "." };
    format!("{number} {word}{plural}{}{then}{dot}", if then.is_empty() { "" } else { " " })
}

impl Listing {
    fn sort_by(&mut self, shell: &mut Shell, order: Order) {
        self.set_order(shell, order);
        let loaded = if self.results.next().is_some() { ", of what is loaded" } else { "" };
        shell.say(Weight::Quiet, &format!("Now {}{loaded}.", order.words()));
    }

    /// Chooses every row that is shown; or none any more, when all of them were.
    pub(in crate::app::pane::inbox) fn choose_all(&mut self) {
        let results = &self.results;
        let shown = (0..results.shown_len()).filter_map(|place| results.shown_at(place)).map(|row| &row.id);
        self.chosen.turn_all(shown);
    }

    /// The chosen conversations: as they are shown, then the others by id.
    fn chosen_ids(&self) -> Vec<ConversationId> {
        let shown = self.results.shown().map(|row| &row.id).filter(|id| self.chosen.has(id));
        let mut ids: Vec<ConversationId> = shown.cloned().collect();
        if ids.len() < self.chosen.len() {
            let known: HashSet<&ConversationId> = ids.iter().collect();
            let rest = self.chosen.sorted().into_iter().filter(|id| !known.contains(id));
            let rest: Vec<ConversationId> = rest.cloned().collect();
            ids.extend(rest);
        }
        ids
    }

    /// The rows that an export is of: those that were chosen, as far as they are loaded; else all that are shown.
    fn rows_to_export(&self) -> impl Iterator<Item = &ConversationRow> {
        let chosen = if self.chosen.is_empty() { None } else { Some(self.chosen_ids()) };
        let all = chosen.is_none();
        let chosen = chosen.into_iter().flatten().filter_map(|id| self.results.row(&id));
        chosen.chain(self.results.shown().filter(move |_| all))
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

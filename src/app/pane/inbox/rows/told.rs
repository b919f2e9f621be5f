//! What is said of the list: how much is loaded, in which order, what is not shown and why, what was chosen. Owns the words and
//! which of them give way on a narrow screen.

#![expect(clippy::wildcard_enum_match_arm, reason = "reasons are known for the commands of the list only")]

use super::super::coverage::grouped;
use super::super::listing::Listing;
use super::looks::Brought;
use crate::app::command::Command;
use crate::domain::sort::Sort;
use crate::domain::text::{reveal, width};

/// Cells below which only how much is loaded is said.
const NARROW: u16 = 60;

impl Brought {
    /// What a refresh brought.
    pub fn words(self) -> String {
        match (self.new, self.changed) {
            (0, 0) => "Nothing new.".into(),
            (new, 0) => format!("{} new.", number(new)),
            (0, changed) => format!("{} changed.", number(changed)),
            (new, changed) => format!("{} new, {} changed.", number(new), number(changed)),
        }
    }
}

/// Which time the rows begin with in an order that is about one, for the end of a sentence; else they tell who waits.
pub(in crate::app::pane::inbox) fn times(by: Sort) -> &'static str {
    match by {
        Sort::Created => "; the times are since they began",
        Sort::Updated => "; the times are since they changed",
        Sort::FirstReply => "; the times are those of the first reply",
        Sort::Server | Sort::Waiting | Sort::Priority | Sort::Sla => "",
    }
}

fn number(count: usize) -> String {
    grouped(count as u64)
}

impl Listing {
    /// How much is loaded and shown, in which order, and of which search; as much of it as fits.
    pub fn status(&self, cells: u16, key: &dyn Fn(Command) -> String) -> String {
        let mut parts = self.counts(key);
        let room = usize::from(cells.saturating_sub(2));
        let fits = |parts: &[String], more: &str| {
            parts.iter().map(|part| width(part) + 3).sum::<usize>() + width(more) <= room
        };
        if fits(&parts, self.words()) {
            parts.push(self.words().to_owned());
        }
        let order = self.results.arranged.order();
        let said = order.by != Sort::Server && !self.is_whole();
        if self.results.shown_len() > 1 && cells >= NARROW && !said && fits(&parts, order.words()) {
            let words = format!("{}{}", order.words(), times(order.by));
            let long = fits(&parts, &words);
            parts.push(if long { words } else { order.words().to_owned() });
        }
        let times = times(order.by).trim_start_matches("; ");
        if said && !times.is_empty() && fits(&parts, times) {
            parts.push(times.to_owned());
        }
        parts.join(" · ")
    }

    /// Whether every row of the search is loaded.
    pub fn is_whole(&self) -> bool {
        self.results.next().is_none()
    }

    fn counts(&self, key: &dyn Fn(Command) -> String) -> Vec<String> {
        let (results, hidden) = (&self.results, self.results.arranged.hidden());
        let order = results.arranged.order();
        let chosen = (!self.chosen.is_empty()).then(|| self.chosen_words());
        let filter = results.arranged.filter().filter(|filter| !filter.is_blank());
        let filter = filter.map(|filter| {
            format!("{} match “{}”", number(results.shown_len()), reveal(filter.typed().trim()))
        });
        let loaded =
            if order.by != Sort::Server && !self.is_whole() && !self.all && !results.rows().is_empty() {
                format!("{} over the {}", order.words(), self.coverage(key))
            } else {
                self.coverage(key)
            };
        let away = (hidden.away > 0).then(|| format!("{} away", number(hidden.away)));
        let cut = (hidden.cut > 0).then(|| format!("{} cut here", number(hidden.cut)));
        let only = results.arranged.only().map(|words| format!("{} · {words}", number(results.shown_len())));
        let skipped = results.skipped;
        let skipped = (skipped > 0).then(|| format!("{} could not be read", number(skipped)));
        [chosen, only, filter, Some(loaded), away, cut, skipped].into_iter().flatten().collect()
    }

    fn chosen_words(&self) -> String {
        let unseen = self.chosen.unseen();
        let all = number(self.chosen.len());
        if unseen == 0 {
            format!("{all} chosen")
        } else {
            format!("{all} chosen, {} not shown", number(unseen))
        }
    }

    /// The search whose rows are shown.
    pub fn words(&self) -> &str {
        if self.results.words.is_empty() { "all conversations" } else { &self.results.words }
    }

    /// Why loaded rows are not shown, when none is: a sentence, and what to do about it. None when nothing is loaded.
    pub fn why_none(&self, key: impl Fn(Command) -> String) -> Option<(String, String)> {
        let hidden = self.results.arranged.hidden();
        let more =
            if self.is_whole() { String::new() } else { format!(" {} loads all.", key(Command::LoadAll)) };
        let filter = self.results.arranged.filter().filter(|_| hidden.filtered > 0);
        if let Some(filter) = filter {
            let words =
                format!("None of the rows that are loaded holds “{}”.", reveal(filter.typed().trim()));
            return Some((words, format!("{} clears the filter.{more}", key(Command::Back))));
        }
        if let Some(only) = self.results.arranged.only().filter(|_| hidden.others > 0) {
            let words = format!("None of these rows is here any more: {only}.");
            return Some((words, format!("{} shows all rows.", key(Command::Back))));
        }
        if hidden.away > 0 {
            let words = "Everything here is done or put away.".to_owned();
            return Some((words, format!("{} shows it.{more}", key(Command::ShowAway))));
        }
        let cut = self.results.settled.cut_words();
        (hidden.cut > 0).then(|| {
            let words =
                format!("None of the {} that are loaded is what was searched for.", number(hidden.cut));
            (words, format!("{cut}{}{more}", if cut.is_empty() { "" } else { "." }))
        })
    }

    /// Why a command of the list cannot be done now.
    pub(in crate::app::pane::inbox) fn reason(&self, command: Command) -> Option<&'static str> {
        let unless = |can: bool, reason| (!can).then_some(reason);
        match command {
            Command::ShowAway => {
                let any = self.results.arranged.hidden().away > 0 || self.results.arranged.shows_away();
                unless(any, "Nothing here is done or put away.")
            }
            Command::Sort | Command::SortBack => {
                unless(self.results.rows().len() > 1, "There is nothing to sort.")
            }
            Command::FilterLoaded => unless(!self.results.rows().is_empty(), "There is nothing to filter."),
            Command::Choose => unless(self.results.current().is_some(), "There is no conversation here."),
            Command::ChooseAll => {
                let any = self.results.shown_len() > 0 || !self.chosen.is_empty();
                unless(any, "There is no conversation here.")
            }
            Command::Export => {
                unless(self.results.shown_len() > 0 || !self.chosen.is_empty(), "There is nothing to export.")
            }
            _ => None,
        }
    }
}

//! When the views are counted: one at a time, spread out, within a budget, and only while somebody may be looking. Owns the
//! schedule; every count is a call that nobody waits for.
//!
//! What was never counted comes first, half a second apart, so that a desk of a dozen views is counted within seconds. Then
//! the oldest number is counted anew, one view a minute, and none that is younger than three minutes. Nothing is counted
//! while a call of the person's is under way, while the server wants a pause, when the window lost the keyboard, when
//! another screen is open, or when no key was pressed for ten minutes. Whatever ends that goes on with the oldest at once.

use std::collections::VecDeque;

use super::Views;
use super::tally::Tally;
use crate::app::event::Timer;
use crate::app::pane::inbox::listing::Listing;
use crate::app::pane::inbox::slot::answer_of;
use crate::app::shell::Shell;
use crate::domain::call::{Answer, Call, CallId, Counted, End};
use crate::domain::query::{Known, Query};

/// The budget: at most so many counts in any minute.
pub const MOST_A_MINUTE: usize = 20;
/// Between two counts of views that were never counted, or that somebody asked for, in milliseconds.
pub const GAP_MILLIS: u64 = 500;
/// Between two counts otherwise, in milliseconds.
pub const PACE_MILLIS: u64 = 60_000;
/// When no key was pressed for so long nobody looks, in milliseconds.
pub const LOOKS_MILLIS: u64 = 600_000;
/// How soon it is tried again while a call of the person's is under way, in milliseconds.
const MANNERS_MILLIS: u64 = 1_000;
const MINUTE_MILLIS: u64 = 60_000;

/// The count under way, and what was counted lately.
#[derive(Debug, Default)]
pub(super) struct Counter {
    /// The call, and the views it counts, each with whether a part of its query was left out; the first is the one that
    /// was due, the others ask the server for the same.
    call: Option<(CallId, Vec<(usize, bool)>)>,
    /// When the last counts were asked, in milliseconds of the model's clock, at most as many as the budget allows.
    asked: VecDeque<u64>,
    /// For when the timer is set.
    armed: Option<u64>,
    /// Whether anybody could look, as known at the last event.
    watched: bool,
    /// Whether the Inbox is on the screen.
    visible: bool,
}

impl Counter {
    /// The view that is being counted.
    pub(super) fn counts(&self) -> Option<usize> {
        self.call.as_ref().and_then(|(_, views)| views.first()).map(|(view, _)| *view)
    }

    /// Gives up the count under way of such a view.
    pub(super) fn drop_if(&mut self, shell: &mut Shell, is_such: impl Fn(usize) -> bool) {
        let such =
            |(_, views): &mut (CallId, Vec<(usize, bool)>)| views.iter().any(|(view, _)| is_such(*view));
        if let Some((call, _)) = self.call.take_if(such) {
            shell.cancel(call);
        }
    }

    /// From when on the budget allows one more.
    fn allowed(&self, urgent: bool) -> u64 {
        let gap = if urgent { GAP_MILLIS } else { PACE_MILLIS };
        let spaced = self.asked.back().map_or(0, |last| last + gap);
        let full = self.asked.len() >= MOST_A_MINUTE;
        spaced.max(self.asked.front().filter(|_| full).map_or(0, |first| first + MINUTE_MILLIS))
    }

    fn note(&mut self, now: u64) {
        if self.asked.len() >= MOST_A_MINUTE {
            self.asked.pop_front();
        }
        self.asked.push_back(now);
    }
}

/// Whether counting is of any use now.
fn is_watched(shell: &Shell, visible: bool) -> bool {
    visible && shell.attended && shell.is_up() && shell.now.since(shell.pressed) < LOOKS_MILLIS
}

impl Views {
    /// The view to count next, and when, in milliseconds of the model's clock; none while there is nothing to do.
    fn next_count(&self, shell: &Shell) -> Option<(usize, u64)> {
        if self.counter.call.is_some() {
            return None;
        }
        let shown = self.list.view();
        let can = |at: &usize| !self.wants_me(*at, shell);
        // Of those that were never counted the ones in view come first, and then those above the others.
        let order = |at: &usize| {
            let tally = &self.entries[*at].tally;
            (!tally.is_urgent(), tally.due(), !shown.is_empty() && !shown.contains(at), *at)
        };
        let next = (0..self.entries.len()).filter(can).min_by_key(order)?;
        let tally: &Tally = &self.entries[next].tally;
        let mut due = tally.due().max(self.counter.allowed(tally.is_urgent()));
        if shell.has_pending() {
            due = due.max(shell.now.millis + MANNERS_MILLIS);
        }
        if let Some(seconds) = shell.paused() {
            due = due.max(shell.now.millis + seconds * 1_000);
        }
        Some((next, due))
    }

    /// Sees to it that the next count is not forgotten. Called after every event; costs a look at each view.
    pub(in crate::app) fn tend(&mut self, shell: &mut Shell, visible: bool) {
        self.counter.visible = visible;
        let watched = is_watched(shell, visible);
        let resumed = watched && !self.counter.watched;
        self.counter.watched = watched;
        if !watched {
            return;
        }
        let now = shell.now.millis;
        let Some((_, mut due)) = self.next_count(shell) else { return };
        if resumed {
            // What went stale meanwhile does not wait for its turn.
            self.hurry(now);
            due = self.next_count(shell).map_or(due, |(_, due)| due);
        }
        if self.counter.armed.is_none_or(|armed| due < armed || armed < now) {
            self.counter.armed = Some(due.max(now));
            shell.timer(Timer::Count, due.saturating_sub(now));
        }
    }

    /// Everything that is stale is counted like what was never counted.
    fn hurry(&mut self, now: u64) {
        for entry in self.entries.iter_mut().filter(|entry| entry.tally.due() <= now) {
            entry.tally.want();
        }
    }

    /// The timer ran out: counts when that is allowed now.
    pub(in crate::app) fn count(&mut self, shell: &mut Shell) {
        self.counter.armed = None;
        let now = shell.now.millis;
        let watched = is_watched(shell, self.counter.visible);
        let next = self.next_count(shell).filter(|(_, due)| *due <= now && watched);
        let Some((view, _)) = next else { return };
        match self.settled(view, shell) {
            Ok((query, cut)) => {
                self.counter.note(now);
                let mut views = vec![(view, cut)];
                views.extend(self.alike(view, &query, shell));
                self.counter.call = Some((shell.ask_quietly(Call::Count(query)), views));
            }
            Err(fault) => self.entries[view].tally.failed(fault, shell.now),
        }
    }

    /// The other views that the server is asked the same for.
    fn alike(&self, view: usize, asked: &Query, shell: &Shell) -> Vec<(usize, bool)> {
        let others = (0..self.entries.len()).filter(|other| *other != view && !self.wants_me(*other, shell));
        let settled = others.filter_map(|other| Some((other, self.settled(other, shell).ok()?)));
        settled.filter(|(_, (query, _))| query == asked).map(|(other, (_, cut))| (other, cut)).collect()
    }

    /// Takes the end of its call; gives back what is not its own.
    pub(in crate::app) fn ended(&mut self, shell: &Shell, id: CallId, end: End) -> Option<End> {
        let Some((_, views)) = self.counter.call.take_if(|(call, _)| *call == id) else {
            return Some(end);
        };
        let told = answer_of(end);
        for (view, cut) in views {
            let Some(entry) = self.entries.get_mut(view) else { continue };
            match &told {
                Ok(Some(Answer::Count(counted))) => entry.tally.counted(*counted, cut, shell.now),
                // Nobody knows why nothing came; it is not asked again at once.
                Ok(_) => entry.tally.tried(shell.now),
                Err(fault) => entry.tally.failed(fault.clone(), shell.now),
            }
        }
        None
    }

    /// Counts again what is asked for: the view under the cursor first, then the others.
    pub(super) fn recount(&mut self) {
        self.entries.iter_mut().for_each(|entry| entry.tally.want());
    }

    /// The list brought rows of the view that it shows: its total is as good as a count, and all of it is better. All of it
    /// also counts every view that the server is asked the same for, of which only the rest is cut here.
    pub(super) fn learn(&mut self, listing: &Listing, shell: &Shell) {
        if listing.fault.is_some() || listing.is_searching() || !listing.answered {
            return;
        }
        let results = &listing.results;
        // Where the server says that there are more it did not give them, and what those are is not known.
        let loaded = results.rows().len() as u64;
        if listing.is_whole() && results.total.is_none_or(|total| total <= loaded) {
            return self.learn_all(listing, shell);
        }
        if let (Some(view), Some(number)) = (self.shown(listing), results.total) {
            let cut = !results.settled.cut.is_empty();
            self.entries[view].tally.counted(Counted { number, exact: true, wider: false }, cut, shell.now);
        }
    }

    /// Every row of a search is here. Walks them once for each view of the same search.
    fn learn_all(&mut self, listing: &Listing, shell: &Shell) {
        let results = &listing.results;
        if results.rows().iter().any(|row| row.thin) {
            return;
        }
        let known = Known { now: shell.now.unix, zone: shell.now.zone, roster: &shell.roster };
        for entry in &mut self.entries {
            let Ok(settled) = entry.query.settled(&known) else { continue };
            let (asked, wanted) = (&results.settled.sent, &settled.sent);
            // What only narrows may have left out rows that another view keeps.
            let rest = asked.narrowing.is_empty() || asked.narrowing == wanted.narrowing;
            // Times that move are never the same again, but the search that says them is.
            let same = entry.query == results.query;
            if same || (rest && asked.filters == wanted.filters && asked.text == wanted.text) {
                let here = results.rows().iter().filter(|row| settled.keeps(row, &known));
                entry.tally.all_here(here.map(|row| row.id.clone()).collect(), shell.now);
                entry.tally.look_at_marks(&shell.triage, shell.now.unix);
            }
        }
    }
}

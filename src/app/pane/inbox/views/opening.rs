//! Opening views: by a person, one after another, or for somebody who just came. Owns which view is asked for; refuses to count.

use super::{Entry, HEAD};
use crate::app::event::Timer;
use crate::app::notice::Weight;
use crate::app::pane::articles::geometry::choices;
use crate::app::pane::inbox::Inbox;
use crate::app::pane::inbox::layout::Focus;
use crate::app::pane::inbox::listing::Listing;
use crate::app::pane::inbox::results::Results;
use crate::app::pane::inbox::search_line::{SearchLine, Standing};
use crate::app::shell::Shell;
use crate::domain::query::Query;
use crate::domain::text::Clean;
use crate::domain::view::{NEEDS_ME, OPEN, View};

/// How long nobody may step on before a view is asked for that follows another one at once, in milliseconds.
const REST_MILLIS: u64 = 150;

impl Inbox {
    /// The list shows a view: its search, its order, its columns.
    pub fn show_view(&mut self, shell: &mut Shell, view: &View) {
        self.views.focused = false;
        let query = self.turn_to(view);
        self.listing.search(shell, query, view.order);
    }

    /// The line is about a view, and so is what is asked for next.
    fn turn_to(&mut self, view: &View) -> Query {
        self.views.touched();
        let query = view.search();
        if let Some(at) = self.views.entries.iter().position(|entry| entry.view == *view) {
            self.views.opened = at;
        }
        self.search.show(&view.query, query.clone());
        query
    }

    /// Opens a view by its number; one that waits for a name asks for it first.
    pub(in crate::app::pane::inbox) fn open_view(&mut self, shell: &mut Shell, at: usize) {
        if self.views.wants_me(at, shell) {
            self.views.wanted = Some(at);
            return self.ask_who(shell);
        }
        if let Some(view) = self.views.entries.get(at).map(|entry| entry.view.clone()) {
            self.show_view(shell, &view);
        } else if let Some(unusable) = self.views.unusable_at(at) {
            shell.tell(Weight::Bad, unusable.why.clone(), Clean::fixed("Views are read at the start."));
        }
    }

    /// Opens the next view, or the one before. While one steps on and on only the last one is asked for.
    pub(in crate::app::pane::inbox) fn step_view(&mut self, shell: &mut Shell, back: bool) {
        let Some(at) = self.views.neighbour(shell, back) else { return };
        let focused = self.views.focused;
        let view = self.views.entries.get(at).map(|entry| entry.view.clone());
        let steps_on = shell.is_up() && (self.listing.is_searching() || self.listing.waits());
        if let Some(view) = view.filter(|_| steps_on) {
            self.views.focused = false;
            let query = self.turn_to(&view);
            self.listing.postpone(shell, query, view.order);
            shell.timer(Timer::View, REST_MILLIS);
        } else {
            self.open_view(shell, at);
        }
        self.views.list.select(at);
        self.views.focused = focused;
    }

    /// Shows the views and gives them the keys.
    pub(in crate::app::pane::inbox) fn face_views(&mut self) {
        self.views.focused = true;
        self.views.list.select(self.views.opened);
    }

    /// The view of what needs one.
    pub(in crate::app::pane::inbox) fn needs_me(&self) -> Option<usize> {
        self.views.entries.iter().position(|entry| entry.view.name.as_str() == NEEDS_ME)
    }

    /// Somebody who is known begins with what needs them, unless they chose something or are about to. Whether they did.
    pub(in crate::app::pane::inbox) fn begin_with_view(&mut self, shell: &mut Shell) -> bool {
        let idle = self.views.fresh && !self.search.focused && self.form.is_none();
        let waits = self.search.standing != Standing::Shown;
        if shell.roster.me.is_none() || !idle || waits {
            return false;
        }
        let needs_me = self.needs_me().and_then(|at| Some((at, self.views.entries.get(at)?.view.clone())));
        if let Some((at, view)) = &needs_me {
            let begun = self.listing.answered || self.listing.fault.is_some();
            let asked = self.listing.cancel(shell) || begun;
            if asked {
                self.show_view(shell, view);
            } else {
                self.begin_at(*at);
            }
            self.views.touched();
            self.views.offered = true;
        }
        needs_me.is_some()
    }

    /// Notices that marks changed, and who one is, wherever that was said: numbers and list are the new person's.
    pub(in crate::app) fn notice_local(&mut self, shell: &mut Shell) {
        if self.views.marked != shell.triage.version() {
            self.views.marked = shell.triage.version();
            let now = shell.now.unix;
            self.views.entries.iter_mut().for_each(|entry| entry.tally.look_at_marks(&shell.triage, now));
        }
        if self.views.me == shell.roster.me {
            return;
        }
        self.views.forget_mine(shell);
        if shell.is_up() && self.begin_with_view(shell) {
            return;
        }
        let standing = |entry: &Entry| self.listing.standing(&entry.query);
        let mine = self.views.last().filter(|entry| entry.about_me);
        let shown =
            mine.filter(|entry| standing(entry).is_some_and(|standing| standing != Standing::Refused));
        if let Some(view) = shown.map(|entry| entry.view.clone()) {
            self.listing.search(shell, view.search(), view.order);
        }
    }

    /// The list is about the first view.
    pub(in crate::app::pane::inbox) fn begin(&mut self) {
        self.begin_at(self.views.opened);
    }

    /// Lays out the views and the question who one is.
    pub(in crate::app::pane::inbox) fn arrange_views(&mut self, shell: &Shell) {
        self.views.focused &= self.focus == Focus::List;
        if self.listing.columns != self.views.columns(&self.listing) {
            self.listing.columns = self.views.columns(&self.listing).to_vec();
        }
        let rows = usize::from(self.areas.views.height.saturating_sub(HEAD));
        self.views.list.fit(self.views.entries.len() + self.views.unusable.len(), rows);
        if let Some(who) = &mut self.views.who {
            who.fit(usize::from(choices(shell.frame.body)));
        }
    }

    /// The list is about a view, before anything was searched for.
    fn begin_at(&mut self, at: usize) {
        let Some(entry) = self.views.entries.get(at) else { return };
        self.search = SearchLine::of(&entry.view.query);
        self.listing = Listing::of(Results::of(entry.query.clone()), entry.view.order);
        self.views.opened = at;
    }

    /// What the list brought is known of its view, too. Where nothing needs the one who just came, what is open is shown.
    pub(in crate::app::pane::inbox) fn views_learn(&mut self, shell: &mut Shell) {
        self.views.learn(&self.listing, shell);
        let settled = self.listing.answered && !self.listing.is_searching() && self.listing.is_whole();
        let shown = self.needs_me().is_some() && self.views.shown(&self.listing) == self.needs_me();
        let first = settled && std::mem::take(&mut self.views.offered) && shown;
        if first && self.listing.results.shown_len() == 0 {
            let open = self.views.entries.iter().find(|entry| entry.view.name.as_str() == OPEN);
            if let Some(view) = open.map(|entry| entry.view.clone()) {
                self.show_view(shell, &view);
                shell.tell(
                    Weight::Good,
                    Clean::fixed("Nothing needs you."),
                    Clean::fixed("This is everything that is open."),
                );
            }
        }
    }
}

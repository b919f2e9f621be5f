//! The views: searches with names, which of them the list shows, and where the cursor is among them. Owns opening a view
//! and going from one to the next; refuses to search and to draw.

pub mod counting;
mod keys;
pub mod tally;
pub mod who;
pub mod words;

use super::Inbox;
use super::layout::Focus;
use super::listing::Listing;
use super::search_line::Standing;
use crate::app::event::Timer;
use crate::app::list::List;
use crate::app::notice::Weight;
use crate::app::pane::articles::geometry::choices;
use crate::app::shell::{Options, Shell};
use crate::domain::call::{Fault, FaultKind};
use crate::domain::id::AdminId;
use crate::domain::query::{Known, Query};
use crate::domain::text::Clean;
use crate::domain::view::{Column, NEEDS_ME, OPEN, Unusable, View, built_in};
use counting::Counter;
use tally::Tally;
use who::Who;

/// Rows above the first view: what they are, and a line.
pub const HEAD: u16 = 2;
/// How long nobody may step on before a view is asked for that follows another one at once, in milliseconds.
const REST_MILLIS: u64 = 150;

/// A view and how many conversations it has.
#[derive(Debug)]
pub struct Entry {
    /// The view.
    pub view: View,
    /// What it searches for.
    pub query: Query,
    /// How many there are, as far as that is known.
    pub tally: Tally,
    /// Whether it means something only once it is known who one is.
    about_me: bool,
}

/// Every view.
#[derive(Debug)]
pub struct Views {
    /// The built-in ones and then the person's own.
    pub entries: Vec<Entry>,
    /// The person's own that cannot be used; they stand below the others.
    pub unusable: Vec<Unusable>,
    /// Whether the keys go to them, while they would go to the list otherwise.
    pub focused: bool,
    /// The cursor, and the rows in view.
    pub list: List,
    /// The question who one is.
    pub who: Option<Who>,
    /// The view that was opened last.
    opened: usize,
    /// The view to open once it is known who one is.
    wanted: Option<usize>,
    /// Whether nobody chose a view yet, so that the first one follows from what is known.
    fresh: bool,
    /// The first view was chosen for the person, who is not left before an empty one.
    offered: bool,
    /// Who one was when the numbers were last known to be theirs.
    me: Option<AdminId>,
    /// The version of the marks that the numbers lean on.
    marked: u64,
    counter: Counter,
}

impl Default for Views {
    fn default() -> Self {
        Self::of(&Options::default())
    }
}

impl Views {
    /// The built-in views and the person's own.
    pub fn of(options: &Options) -> Self {
        let entry = |view: View| Entry {
            query: view.search(),
            about_me: view.is_about_me(),
            view,
            tally: Tally::default(),
        };
        let entries: Vec<Entry> =
            built_in().into_iter().chain(options.views.iter().cloned()).map(entry).collect();
        let named = |name: &str| entries.iter().position(|entry| entry.view.name.as_str() == name);
        let first = options.first_view.as_deref().and_then(named);
        Self {
            opened: first.or_else(|| named(OPEN)).unwrap_or(0),
            entries,
            unusable: options.unusable.clone(),
            focused: false,
            list: List::default(),
            who: None,
            wanted: None,
            fresh: first.is_none(),
            offered: false,
            me: options.me.clone(),
            marked: 0,
            counter: Counter::default(),
        }
    }

    /// What stands in this row instead of a view that can be opened.
    pub fn unusable_at(&self, row: usize) -> Option<&Unusable> {
        self.unusable.get(row.checked_sub(self.entries.len())?)
    }

    /// The view that was opened last.
    pub fn last(&self) -> Option<&Entry> {
        self.entries.get(self.opened)
    }

    /// The view whose rows the list shows, of several the one that was opened last; none while they are of another search.
    pub fn shown(&self, listing: &Listing) -> Option<usize> {
        let shows = |entry: &Entry| entry.query == listing.results.query;
        if self.last().is_some_and(shows) { Some(self.opened) } else { self.entries.iter().position(shows) }
    }

    /// What was asked for last is what the list shows, or was given up: from there one goes on to the next view.
    pub(super) fn settle(&mut self, listing: &Listing) {
        self.opened = self.shown(listing).unwrap_or(self.opened);
    }

    /// The columns that the view on the screen wants, in its order; empty for the usual ones.
    pub fn columns(&self, listing: &Listing) -> &[Column] {
        self.shown(listing).map_or(&[], |view| &self.entries[view].view.columns)
    }

    /// Whether a view waits for somebody to say who they are.
    pub fn wants_me(&self, view: usize, shell: &Shell) -> bool {
        shell.roster.me.is_none() && self.entries.get(view).is_some_and(|entry| entry.about_me)
    }

    /// What goes to the server for a view, and whether a part of the query is cut here.
    fn settled(&self, view: usize, shell: &Shell) -> Result<(Query, bool), Fault> {
        let Some(entry) = self.entries.get(view) else {
            return Err(Fault::new(FaultKind::Invalid, "There is no such view.", ""));
        };
        let known = Known { now: shell.now.unix, zone: shell.now.zone, roster: &shell.roster };
        match entry.query.settled(&known) {
            Ok(settled) => Ok((settled.sent, !settled.cut.is_empty())),
            Err(wrong) => Err(Fault::new(FaultKind::Invalid, &wrong.sentence, "")),
        }
    }

    /// The view after or before the one that was opened last, without those that wait for a name.
    fn neighbour(&self, shell: &Shell, back: bool) -> Option<usize> {
        let len = self.entries.len();
        let step = |by: usize| if back { (self.opened + len - by) % len } else { (self.opened + by) % len };
        (1..len).map(step).find(|view| !self.wants_me(*view, shell))
    }

    /// The link came up: what failed without one is counted again.
    pub(super) fn linked(&mut self) {
        let failed = self.entries.iter_mut().filter(|entry| entry.tally.fault.is_some());
        failed.for_each(|entry| entry.tally.want());
    }

    /// Somebody did something of their own: no view is chosen for them any more.
    pub(super) fn touched(&mut self) {
        (self.fresh, self.offered) = (false, false);
    }

    /// Whether nobody did anything of their own yet.
    pub(super) fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// Who one is changed: what depends on it is not known any more, nor what is being counted of it.
    fn forget_mine(&mut self, shell: &mut Shell) {
        self.me.clone_from(&shell.roster.me);
        self.counter.drop_if(shell, |view| self.entries.get(view).is_some_and(|entry| entry.about_me));
        let mine = self.entries.iter_mut().filter(|entry| entry.about_me);
        mine.for_each(|entry| entry.tally.forget());
    }
}

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
    pub(super) fn open_view(&mut self, shell: &mut Shell, at: usize) {
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
    pub(super) fn step_view(&mut self, shell: &mut Shell, back: bool) {
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
    pub(super) fn face_views(&mut self) {
        self.views.focused = true;
        self.views.list.select(self.views.opened);
    }

    /// The view of what needs one.
    pub(super) fn needs_me(&self) -> Option<usize> {
        self.views.entries.iter().position(|entry| entry.view.name.as_str() == NEEDS_ME)
    }

    /// Somebody who is known begins with what needs them, unless they chose something or are about to. Whether they did.
    pub(super) fn begin_with_view(&mut self, shell: &mut Shell) -> bool {
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
    pub(super) fn begin(&mut self) {
        self.begin_at(self.views.opened);
    }

    /// Lays out the views and the question who one is.
    pub(super) fn arrange_views(&mut self, shell: &Shell) {
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
        self.search = super::SearchLine::of(&entry.view.query);
        self.listing = Listing::of(super::Results::of(entry.query.clone()), entry.view.order);
        self.views.opened = at;
    }

    /// What the list brought is known of its view, too. Where nothing needs the one who just came, what is open is shown.
    pub(super) fn views_learn(&mut self, shell: &mut Shell) {
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

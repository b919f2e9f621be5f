//! The views: searches with names, which of them the list shows, and where the cursor is among them. Owns which views there are;
//! refuses to search and to draw.

pub mod counting;
mod keys;
mod opening;
pub mod tally;
pub mod who;
pub mod words;

use super::listing::Listing;
use crate::app::list::List;
use crate::app::shell::{Options, Shell};
use crate::domain::call::{Fault, FaultKind};
use crate::domain::id::AdminId;
use crate::domain::query::{Known, Query};
use crate::domain::view::{Column, OPEN, Unusable, View, built_in};
use counting::Counter;
use tally::Tally;
use who::Who;

/// Rows above the first view: what they are, and a line.
pub const HEAD: u16 = 2;

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

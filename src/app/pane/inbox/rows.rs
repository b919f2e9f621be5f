//! Which of the loaded rows are shown, and in which order: what the search cuts here, what is away by triage marks, what the
//! local filter leaves, pinned ones first. Owns numbers of rows, worked out anew only when something changed; refuses to
//! hold the rows.

pub mod acting;
pub mod chosen;
pub mod filter;
mod folded;
pub mod looks;
pub mod names;
pub mod told;

use crate::domain::conversation::ConversationRow;
use crate::domain::query::{self, Settled};
use crate::domain::roster::Roster;
use crate::domain::sort::Order;
use crate::domain::time::Unix;
use crate::domain::triage::{Standing, Triage};
use filter::Filter;

/// How much has to be worked out anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Stale {
    /// Nothing.
    #[default]
    Nothing,
    /// Which rows are shown.
    Shown,
    /// The order of all rows, too.
    Order,
}

/// Rows that are loaded and not shown, each counted once, by the first reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Hidden {
    /// Not what was searched for, which the server could not tell.
    pub cut: usize,
    /// Done or put away by marks of this machine.
    pub away: usize,
    /// Left out by the local filter.
    pub filtered: usize,
}

/// Numbers of the loaded rows, as they are shown.
#[derive(Debug, Default)]
pub struct Arranged {
    order: Order,
    show_away: bool,
    /// The local filter, while it is open or kept.
    filter: Option<Filter>,
    /// Rows that changed since they were arranged, by number.
    changed: Vec<usize>,
    /// Every row, in order.
    sorted: Vec<u32>,
    /// The rows that are shown, in order.
    shown: Vec<u32>,
    /// Rows that the search cuts here, by number, as they were judged when they came; empty when it cuts nothing.
    cut: Vec<bool>,
    hidden: Hidden,
    stale: Stale,
    /// What the marks were when the rows were arranged.
    version: u64,
    /// Rises whenever the rows are arranged.
    generation: u64,
    /// When the next row that is away is due.
    due: Option<Unix>,
}

/// What arranging needs to know.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    /// Every loaded row.
    pub(super) rows: &'a [ConversationRow],
    /// What is cut here.
    pub(super) settled: &'a Settled,
    /// The marks.
    pub(super) triage: &'a Triage,
    /// The names.
    pub(super) roster: &'a Roster,
    /// The moment.
    pub(super) now: Unix,
    /// Seconds east of UTC.
    pub(super) zone: i32,
}

impl Known<'_> {
    fn keeps(self, row: &ConversationRow) -> bool {
        let known = query::Known { now: self.now, zone: self.zone, roster: self.roster };
        self.settled.keeps(row, &known)
    }
}

impl Arranged {
    /// The order.
    pub fn order(&self) -> Order {
        self.order
    }

    /// Whether rows that are done or put away are shown.
    pub fn shows_away(&self) -> bool {
        self.show_away
    }

    /// The numbers of the rows that are shown.
    pub fn shown(&self) -> &[u32] {
        &self.shown
    }

    /// Rises whenever what is shown, or its order, may have changed.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// What is not shown.
    pub fn hidden(&self) -> Hidden {
        self.hidden
    }

    pub(super) fn set_order(&mut self, order: Order) {
        if self.order != order {
            self.order = order;
            self.stale = Stale::Order;
        }
    }

    pub(super) fn set_show_away(&mut self, show: bool) {
        self.show_away = show;
        self.stale = self.stale.max(Stale::Shown);
    }

    /// The local filter; none when nothing is filtered.
    pub fn filter(&self) -> Option<&Filter> {
        self.filter.as_ref()
    }

    pub(super) fn filter_mut(&mut self) -> Option<&mut Filter> {
        self.filter.as_mut()
    }

    /// Filters by these words; no filter any more when there are none.
    pub(super) fn set_filter(&mut self, typed: Option<&str>, rows: &[ConversationRow], roster: &Roster) {
        self.stale = self.stale.max(Stale::Shown);
        let Some(typed) = typed else { return self.filter = None };
        self.filter.get_or_insert_default().set(typed, rows, roster);
    }

    /// Rows came.
    pub(super) fn touch(&mut self) {
        self.stale = Stale::Order;
    }

    /// The row with this number changed.
    pub(super) fn touch_one(&mut self, number: usize) {
        self.changed.push(number);
        self.stale = Stale::Order;
    }

    /// These rows come after those, so that nobody takes them for the same.
    pub(super) fn follow(&mut self, old: &Self) {
        self.generation = old.generation;
    }

    /// What a person set on the list stays for the rows that take its place.
    pub(super) fn inherit(&mut self, old: &mut Self, same_search: bool) {
        self.set_show_away(old.show_away);
        let typed = old.filter.take().filter(|_| same_search).map(|filter| filter.typed().to_owned());
        if let Some(typed) = typed {
            self.set_filter(Some(&typed), &[], &Roster::default());
        }
    }

    /// Whether `arrange` would change anything. Costs nothing.
    pub(super) fn is_stale(&self, triage: &Triage, now: Unix) -> bool {
        let due = self.due.is_some_and(|due| due.0 <= now.0);
        self.stale != Stale::Nothing || self.version != triage.version() || due
    }

    /// Works out what is shown, and gives back what was shown before.
    pub(super) fn arrange(&mut self, known: Known<'_>) -> Vec<u32> {
        if self.stale == Stale::Order || self.sorted.len() != known.rows.len() {
            self.sorted = self.order.numbers(known.rows);
        }
        self.look_at_changes(known);
        self.generation += 1;
        (self.stale, self.version) = (Stale::Nothing, known.triage.version());
        (self.hidden, self.due) = (Hidden::default(), None);
        let mut shown = Vec::with_capacity(self.sorted.len());
        let mut pinned = Vec::new();
        for at in 0..self.sorted.len() {
            let number = self.sorted[at];
            match self.judge(known, number) {
                Verdict::Shown => shown.push(number),
                Verdict::Pinned => pinned.push(number),
                Verdict::Hidden => {}
            }
        }
        if !pinned.is_empty() {
            pinned.append(&mut shown);
            shown = pinned;
        }
        std::mem::replace(&mut self.shown, shown)
    }

    /// Judges rows that came or changed.
    fn look_at_changes(&mut self, known: Known<'_>) {
        let changed = std::mem::take(&mut self.changed);
        if !known.settled.cut.is_empty() {
            for &number in &changed {
                if let Some(cut) = self.cut.get_mut(number) {
                    *cut = !known.keeps(&known.rows[number]);
                }
            }
            let new = known.rows.iter().skip(self.cut.len());
            self.cut.extend(new.map(|row| !known.keeps(row)));
        }
        if let Some(filter) = &mut self.filter {
            for number in changed {
                filter.look_again(number, &known.rows[number], known.roster);
            }
            filter.look_on(known.rows, known.roster);
        }
    }

    fn judge(&mut self, known: Known<'_>, number: u32) -> Verdict {
        let at = number as usize;
        let Some(row) = known.rows.get(at) else { return Verdict::Hidden };
        if self.cut.get(at).copied().unwrap_or_default() {
            self.hidden.cut += 1;
            return Verdict::Hidden;
        }
        if self.is_away(known, row) && !self.show_away {
            self.hidden.away += 1;
            return Verdict::Hidden;
        }
        if self.filter.as_ref().is_some_and(|filter| !filter.keeps(at)) {
            self.hidden.filtered += 1;
            return Verdict::Hidden;
        }
        let pinned = known.triage.mark(&row.id).is_some_and(|mark| mark.pinned);
        if pinned { Verdict::Pinned } else { Verdict::Shown }
    }

    fn is_away(&mut self, known: Known<'_>, row: &ConversationRow) -> bool {
        match known.triage.standing(row, known.now) {
            Standing::Done => true,
            Standing::Away(until) => {
                self.due = Some(self.due.map_or(until, |due| due.min(until)));
                true
            }
            Standing::Here | Standing::Back => false,
        }
    }
}

/// Whether a row is shown.
enum Verdict {
    Shown,
    Pinned,
    Hidden,
}

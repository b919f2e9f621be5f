//! Which of the loaded rows are shown, and in which order: what the search cuts here, what is away by triage marks, what the
//! local filter leaves, pinned ones first. Owns numbers of rows, worked out anew only when something changed; refuses to
//! hold the rows.

pub mod acting;
pub mod chosen;
pub mod filter;
mod folded;
pub mod looks;
pub mod names;
mod splicing;
pub mod told;

use std::collections::HashSet;

use crate::app::shell::Shell;
use crate::domain::conversation::ConversationRow;
use crate::domain::id::ConversationId;
use crate::domain::query::{self, Settled};
use crate::domain::roster::Roster;
use crate::domain::sort::{Order, Ranks};
use crate::domain::time::Unix;
use crate::domain::triage::{Standing, Triage};
use filter::Filter;

/// What has to be worked out anew.
#[derive(Clone, Copy, Debug, Default)]
struct Stale {
    /// Which rows are shown: rows came, or any of what follows.
    rows: bool,
    /// The order of the rows, too.
    order: bool,
    /// What was judged of each row, too.
    verdicts: bool,
}

/// Rows that are loaded and not shown, each counted once, by the first reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Hidden {
    /// Not what was searched for, which the server could not tell.
    pub cut: usize,
    /// Done or put away by marks of this machine.
    pub away: usize,
    /// Not among the rows that alone are to be shown.
    pub others: usize,
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
    /// The rows that alone are to be shown, and why in words.
    only: Option<(String, HashSet<ConversationId>)>,
    /// Rows that changed since they were arranged, by number.
    changed: Vec<usize>,
    /// What every order needs of each row, by number.
    ranks: Vec<Ranks>,
    /// Every row, in order.
    sorted: Vec<u32>,
    /// Where each row is in that order, by number.
    place: Vec<u32>,
    /// What was judged of each row, by number; shorter than the rows when the rest was not judged yet.
    verdicts: Vec<Verdict>,
    /// The rows that are shown, in order: pinned ones, then the others.
    shown: Vec<u32>,
    /// How many of them are pinned.
    pinned: usize,
    /// Rows that the search cuts here, by number, as they were judged when they came; empty when it cuts nothing.
    cut: Vec<bool>,
    hidden: Hidden,
    stale: Stale,
    /// What the marks were when the rows were arranged.
    version: u64,
    /// What the names were when the filter read the rows.
    names: u64,
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
            (self.stale.rows, self.stale.order) = (true, true);
        }
    }

    pub(super) fn set_show_away(&mut self, show: bool) {
        self.show_away = show;
        self.judge_anew();
    }

    fn judge_anew(&mut self) {
        (self.stale.rows, self.stale.verdicts) = (true, true);
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
        self.judge_anew();
        let Some(typed) = typed else { return self.filter = None };
        let filter = self.filter.get_or_insert_default();
        if std::mem::replace(&mut self.names, roster.version()) != roster.version() {
            filter.forget();
        }
        filter.set(typed, rows, roster);
    }

    /// Reads some more rows before words are looked for. False when every one was read, or when names changed, with which all that
    /// is shown is worked out anew.
    pub(super) fn read_for_filter(&mut self, rows: &[ConversationRow], roster: &Roster) -> bool {
        if self.filter.is_none() {
            self.names = roster.version();
        }
        self.names == roster.version() && self.filter.get_or_insert_default().read_on(rows, roster)
    }

    /// Why some rows alone are shown, in words; none when that is not so.
    pub fn only(&self) -> Option<&str> {
        self.only.as_ref().map(|(words, _)| words.as_str())
    }

    pub(super) fn set_only(&mut self, only: Option<(String, HashSet<ConversationId>)>) {
        self.only = only;
        self.judge_anew();
    }

    /// Rows came.
    pub(super) fn touch(&mut self) {
        (self.stale.rows, self.stale.order) = (true, true);
    }

    /// The row with this number changed.
    pub(super) fn touch_one(&mut self, number: usize) {
        self.changed.push(number);
        self.stale.order = true;
        self.judge_anew();
    }

    /// These rows come after those, so that nobody takes them for the same.
    pub(super) fn follow(&mut self, old: &Self) {
        self.generation = old.generation;
    }

    /// What a person set on the list stays for the rows that take its place.
    pub(super) fn inherit(&mut self, old: &mut Self, same_search: bool) {
        self.set_show_away(old.show_away);
        self.only = old.only.take().filter(|_| same_search);
        let typed = old.filter.take().filter(|_| same_search).map(|filter| filter.typed().to_owned());
        if let Some(typed) = typed {
            self.set_filter(Some(&typed), &[], &Roster::default());
        }
    }

    /// Whether `arrange` would change anything. Costs nothing.
    pub(super) fn is_stale(&self, shell: &Shell) -> bool {
        self.stale.rows || self.version != shell.triage.version() || !self.is_of_now(shell)
    }

    /// Whether no row that is away is due, and the filter knows every name.
    fn is_of_now(&self, shell: &Shell) -> bool {
        let due = self.due.is_some_and(|due| due.0 <= shell.now.unix.0);
        !due && (self.filter.is_none() || self.names == shell.roster.version())
    }

    /// Works out what is shown, and gives back what was shown before.
    pub(super) fn arrange(&mut self, known: Known<'_>) -> Vec<u32> {
        if self.stale.order || self.sorted.len() != known.rows.len() {
            self.sort(known.rows);
        }
        self.look_at_changes(known);
        let due = self.due.is_some_and(|due| due.0 <= known.now.0);
        if self.stale.verdicts || due || self.version != known.triage.version() {
            (self.hidden, self.due) = (Hidden::default(), None);
            self.verdicts.clear();
        }
        self.generation += 1;
        self.stale = Stale::default();
        self.version = known.triage.version();
        for number in self.verdicts.len()..known.rows.len() {
            let verdict = self.judge(known, number);
            self.hidden.count(verdict, 1);
            self.verdicts.push(verdict);
        }
        self.show()
    }

    /// Ranks rows that came or changed. Rows never go.
    fn rank(&mut self, rows: &[ConversationRow]) {
        for &number in &self.changed {
            if let (Some(ranks), Some(row)) = (self.ranks.get_mut(number), rows.get(number)) {
                *ranks = Ranks::of(row);
            }
        }
        self.ranks.extend(rows.iter().skip(self.ranks.len()).map(Ranks::of));
    }

    fn sort(&mut self, rows: &[ConversationRow]) {
        self.rank(rows);
        self.sorted = self.order.numbers(&self.ranks);
        self.place.resize(self.sorted.len(), 0);
        for (place, &number) in (0..).zip(&self.sorted) {
            self.place[number as usize] = place;
        }
    }

    /// Takes the rows that are to be shown, in order; gives back those that were.
    fn show(&mut self) -> Vec<u32> {
        let (sorted, verdicts) = (&self.sorted, &self.verdicts);
        let of = |wanted: Verdict| {
            let is_so = move |number: &u32| verdicts.get(*number as usize) == Some(&wanted);
            sorted.iter().copied().filter(is_so)
        };
        let mut shown = Vec::with_capacity(self.shown.len());
        shown.extend(of(Verdict::Pinned));
        let pinned = shown.len();
        shown.extend(of(Verdict::Shown));
        self.pinned = pinned;
        std::mem::replace(&mut self.shown, shown)
    }

    /// Judges rows that came or changed.
    fn look_at_changes(&mut self, known: Known<'_>) {
        let changed = std::mem::take(&mut self.changed);
        if known.settled.judges_rows() {
            for &number in &changed {
                if let Some(cut) = self.cut.get_mut(number) {
                    *cut = !known.keeps(&known.rows[number]);
                }
            }
            let new = known.rows.iter().skip(self.cut.len());
            self.cut.extend(new.map(|row| !known.keeps(row)));
        }
        let Some(filter) = &mut self.filter else { return };
        if std::mem::replace(&mut self.names, known.roster.version()) != known.roster.version() {
            filter.forget();
            self.stale.verdicts = true;
        }
        for number in changed {
            filter.look_again(number, &known.rows[number], known.roster);
        }
        filter.look_on(known.rows, known.roster);
    }

    fn judge(&mut self, known: Known<'_>, number: usize) -> Verdict {
        let row = &known.rows[number];
        if self.cut.get(number).copied().unwrap_or_default() {
            return Verdict::Cut;
        }
        if self.is_away(known, row) && !self.show_away {
            return Verdict::Away;
        }
        if self.only.as_ref().is_some_and(|(_, ids)| !ids.contains(&row.id)) {
            return Verdict::Other;
        }
        if self.filter.as_ref().is_some_and(|filter| !filter.keeps(number)) {
            return Verdict::Filtered;
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

/// Whether a row is shown, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Shown,
    Pinned,
    Cut,
    Away,
    Other,
    Filtered,
}

impl Hidden {
    /// So many rows more, or fewer, were judged so.
    fn count(&mut self, verdict: Verdict, by: isize) {
        let count = match verdict {
            Verdict::Shown | Verdict::Pinned => return,
            Verdict::Cut => &mut self.cut,
            Verdict::Away => &mut self.away,
            Verdict::Other => &mut self.others,
            Verdict::Filtered => &mut self.filtered,
        };
        *count = count.saturating_add_signed(by);
    }
}

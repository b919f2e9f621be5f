//! How many conversations a view has, as far as that is known. Owns how sure a number is and when it is counted again;
//! refuses to ask.

use crate::app::pane::inbox::coverage::grouped;
use crate::domain::call::{Counted, Fault, FaultKind};
use crate::domain::id::ConversationId;
use crate::domain::time::{Moment, Unix};
use crate::domain::triage::{Standing, Triage};

/// A number younger than this is not counted again by itself, in milliseconds.
pub const FRESH_MILLIS: u64 = 180_000;
/// A count that failed is tried again after this, in milliseconds.
const RETRY_MILLIS: u64 = 120_000;
/// One that the server cannot do, or may not, after this.
const HOPELESS_MILLIS: u64 = 900_000;
/// Of more conversations than this it is not remembered which they are.
const MOST_HERE: usize = 1_000;

/// How sure a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sureness {
    /// So many.
    Exact,
    /// Not more: a part of the query is cut here, from what the server counted.
    AtMost,
    /// Not fewer: the server did not say how many there are.
    AtLeast,
}

/// A number, and since when it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// How many.
    pub number: u64,
    /// How sure that is.
    pub sureness: Sureness,
    /// When it was counted.
    pub at: Moment,
}

/// What is known of the number of a view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The last number; none when there is none.
    pub count: Option<Count>,
    /// Why the last try brought nothing; gone with the next number.
    pub fault: Option<Fault>,
    /// When it was counted or tried last, in milliseconds of the model's clock.
    tried: Option<u64>,
    /// Counted as soon as the budget allows, however fresh it is.
    wanted: bool,
    /// Which they are, where that is known and they are not too many.
    here: Vec<ConversationId>,
    /// How many of those were done or put away on this machine, and how many of them done.
    aside: u64,
    done: u64,
}

impl Tally {
    /// It is to be counted again.
    pub(super) fn want(&mut self) {
        self.wanted = true;
    }

    /// Whether it is the next thing to do: nobody ever counted it, or somebody asked.
    pub(super) fn is_urgent(&self) -> bool {
        self.wanted || self.tried.is_none()
    }

    /// From when on it may be counted again, in milliseconds of the model's clock.
    pub(super) fn due(&self) -> u64 {
        let Some(tried) = self.tried.filter(|_| !self.wanted) else { return 0 };
        let hopeless = |fault: &Fault| {
            matches!(fault.kind, FaultKind::Forbidden | FaultKind::Invalid | FaultKind::NoTool)
        };
        tried
            + match &self.fault {
                None => FRESH_MILLIS,
                Some(fault) if hopeless(fault) => HOPELESS_MILLIS,
                Some(_) => RETRY_MILLIS,
            }
    }

    /// Somebody counted; `cut` says that a part of the query was left out. A number that is certain is not given up for a
    /// vaguer one that does not contradict it: it stays, with its age.
    pub(super) fn counted(&mut self, counted: Counted, cut: bool, at: Moment) {
        let number = counted.number;
        let sureness = match (counted.exact, cut || counted.wider) {
            (true, false) => Some(Sureness::Exact),
            // Nothing can be cut from nothing.
            (true, true) if number == 0 => Some(Sureness::Exact),
            (true, true) => Some(Sureness::AtMost),
            (false, false) => Some(Sureness::AtLeast),
            // At least so many, of which at most so many are meant: nothing is known.
            (false, true) => None,
        };
        self.fault = None;
        self.tried(at);
        let known = self.count.filter(|count| count.sureness == Sureness::Exact).map(|count| count.number);
        let stands = known.is_some_and(|known| match sureness {
            Some(Sureness::Exact) => false,
            Some(Sureness::AtMost) => known <= number,
            Some(Sureness::AtLeast) => known >= number,
            None => true,
        });
        if stands {
            return;
        }
        if known != Some(number) {
            self.forget_marks();
        }
        self.count = sureness.map(|sureness| Count { number, sureness, at });
    }

    /// These and no others are there for certain.
    pub(super) fn all_here(&mut self, ids: Vec<ConversationId>, at: Moment) {
        self.fault = None;
        self.tried(at);
        self.forget_marks();
        self.count = Some(Count { number: ids.len() as u64, sureness: Sureness::Exact, at });
        if ids.len() <= MOST_HERE {
            self.here = ids;
        }
    }

    /// Counts which of those that are known to be there were done or put away on this machine. They are at most a thousand.
    pub(super) fn look_at_marks(&mut self, triage: &Triage, now: Unix) {
        let standings = self.here.iter().map(|id| triage.standing_of(id, now));
        let aside: Vec<Standing> = standings.filter(|standing| standing.is_aside()).collect();
        self.aside = aside.len() as u64;
        self.done = aside.iter().filter(|standing| **standing == Standing::Done).count() as u64;
    }

    fn forget_marks(&mut self) {
        self.here.clear();
        (self.aside, self.done) = (0, 0);
    }

    /// The number without what is done or put away on this machine, as far as that is known.
    pub fn left(&self) -> Option<Count> {
        self.count.map(|count| Count { number: count.number.saturating_sub(self.aside), ..count })
    }

    /// What was taken off the number, in words; none when nothing was.
    pub fn taken_off(&self) -> Option<String> {
        let words = if self.done == self.aside { "done here" } else { "done or away" };
        (self.aside > 0).then(|| format!("{} {words}", grouped(self.aside)))
    }

    /// It was tried, and nothing came of it.
    pub(super) fn tried(&mut self, at: Moment) {
        (self.tried, self.wanted) = (Some(at.millis), false);
    }

    /// It could not be counted. The last number stays.
    pub(super) fn failed(&mut self, fault: Fault, at: Moment) {
        (self.fault, self.tried, self.wanted) = (Some(fault), Some(at.millis), false);
    }

    /// Nothing is known any more: what is counted changed.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sure_by_what_was_counted_and_what_is_cut() {
        let sureness = |number, exact, cut| {
            let mut tally = Tally::default();
            tally.counted(Counted { number, exact, wider: false }, cut, Moment::default());
            tally.count.map(|count| count.sureness)
        };
        assert_eq!(sureness(9, true, false), Some(Sureness::Exact));
        assert_eq!(sureness(9, true, true), Some(Sureness::AtMost));
        assert_eq!(sureness(0, true, true), Some(Sureness::Exact));
        assert_eq!(sureness(1, false, false), Some(Sureness::AtLeast));
        assert_eq!(sureness(1, false, true), None);
        let mut tally = Tally::default();
        tally.counted(Counted { number: 9, exact: true, wider: true }, false, Moment::default());
        assert_eq!(
            tally.count.map(|count| count.sureness),
            Some(Sureness::AtMost),
            "more was counted than is meant"
        );
    }

    #[test]
    fn what_is_certain_is_not_given_up_for_less() {
        let at = |millis| Moment { millis, ..Moment::default() };
        let id = |number: u32| ConversationId::read(&number.to_string()).unwrap();
        let after = |number, exact, cut| {
            let mut tally = Tally::default();
            tally.all_here((0..34).map(id).collect(), at(5));
            tally.counted(Counted { number, exact, wider: false }, cut, at(90));
            let count = tally.count.unwrap();
            (count.number, count.sureness, count.at.millis, tally.due() - FRESH_MILLIS)
        };
        assert_eq!(
            after(117, true, true),
            (34, Sureness::Exact, 5, 90),
            "its age stays, and it is not asked at once"
        );
        assert_eq!(after(20, true, true), (20, Sureness::AtMost, 90, 90), "there cannot be 34 any more");
        assert_eq!(after(30, false, false), (34, Sureness::Exact, 5, 90));
        assert_eq!(after(40, false, false), (40, Sureness::AtLeast, 90, 90));
        assert_eq!(after(33, true, false), (33, Sureness::Exact, 90, 90));
    }

    #[test]
    fn what_is_done_here_is_taken_off() {
        let id = |number: u32| ConversationId::read(&number.to_string()).unwrap();
        let (mut tally, mut triage) = (Tally::default(), Triage::default());
        tally.all_here((0..3).map(id).collect(), Moment::default());
        for number in [0, 1, 7] {
            let known = crate::domain::triage::Known::default();
            assert!(triage.decide(&id(number), crate::domain::triage::Decision::Done(true), known, Unix(1)));
        }
        tally.look_at_marks(&triage, Unix(2));
        assert_eq!(tally.left().map(|count| count.number), Some(1));
        assert_eq!(tally.taken_off().as_deref(), Some("2 done here"));
        tally.counted(Counted { number: 9, exact: true, wider: false }, false, Moment::default());
        assert_eq!(tally.left().map(|count| count.number), Some(9), "which those are is not known");
    }

    #[test]
    fn what_cannot_be_counted_waits_longer_and_keeps_the_last_number() {
        let mut tally = Tally::default();
        assert!(tally.is_urgent());
        tally.counted(Counted { number: 3, exact: true, wider: false }, false, Moment::default());
        assert_eq!(tally.due(), FRESH_MILLIS);
        tally.failed(Fault::new(FaultKind::TimedOut, "No answer.", ""), Moment::default());
        assert_eq!((tally.due(), tally.count.map(|count| count.number)), (RETRY_MILLIS, Some(3)));
        tally.failed(Fault::new(FaultKind::Forbidden, "No.", ""), Moment::default());
        assert_eq!(tally.due(), HOPELESS_MILLIS);
        tally.want();
        assert!(tally.is_urgent() && tally.due() == 0);
    }
}

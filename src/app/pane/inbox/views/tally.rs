//! How many conversations a view has, as far as that is known. Owns how sure a number is and when it is counted again;
//! refuses to ask.

use crate::domain::call::{Counted, Fault, FaultKind};
use crate::domain::time::Moment;

/// A number younger than this is not counted again by itself, in milliseconds.
pub const FRESH_MILLIS: u64 = 180_000;
/// A count that failed is tried again after this, in milliseconds.
const RETRY_MILLIS: u64 = 120_000;
/// One that the server cannot do, or may not, after this.
const HOPELESS_MILLIS: u64 = 900_000;

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

    /// Somebody counted; `cut` says that a part of the query was left out.
    pub(super) fn counted(&mut self, counted: Counted, cut: bool, at: Moment) {
        self.sure(counted.number, at);
        if let Some(count) = &mut self.count {
            count.sureness = match (counted.exact, cut) {
                (true, false) => Sureness::Exact,
                // Nothing can be cut from nothing.
                (true, true) if counted.number == 0 => Sureness::Exact,
                (true, true) => Sureness::AtMost,
                (false, _) => Sureness::AtLeast,
            };
        }
        if cut && !counted.exact {
            // At least so many, of which at most so many are meant: nothing is known.
            self.count = None;
        }
    }

    /// So many are there for certain.
    pub(super) fn sure(&mut self, number: u64, at: Moment) {
        self.count = Some(Count { number, sureness: Sureness::Exact, at });
        (self.fault, self.tried, self.wanted) = (None, Some(at.millis), false);
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
            tally.counted(Counted { number, exact }, cut, Moment::default());
            tally.count.map(|count| count.sureness)
        };
        assert_eq!(sureness(9, true, false), Some(Sureness::Exact));
        assert_eq!(sureness(9, true, true), Some(Sureness::AtMost));
        assert_eq!(sureness(0, true, true), Some(Sureness::Exact));
        assert_eq!(sureness(1, false, false), Some(Sureness::AtLeast));
        assert_eq!(sureness(1, false, true), None);
    }

    #[test]
    fn what_cannot_be_counted_waits_longer_and_keeps_the_last_number() {
        let mut tally = Tally::default();
        assert!(tally.is_urgent());
        tally.sure(3, Moment::default());
        assert_eq!(tally.due(), FRESH_MILLIS);
        tally.failed(Fault::new(FaultKind::TimedOut, "No answer.", ""), Moment::default());
        assert_eq!((tally.due(), tally.count.map(|count| count.number)), (RETRY_MILLIS, Some(3)));
        tally.failed(Fault::new(FaultKind::Forbidden, "No.", ""), Moment::default());
        assert_eq!(tally.due(), HOPELESS_MILLIS);
        tally.want();
        assert!(tally.is_urgent() && tally.due() == 0);
    }
}

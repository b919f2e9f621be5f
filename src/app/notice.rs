//! The one line that tells what just happened.

use crate::domain::call::Fault;
use crate::domain::text::Clean;

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Worth knowing.
    Quiet,
    /// Done as asked.
    Good,
    /// Did not work.
    Bad,
}

/// A notice on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Rises with every notice.
    pub number: u64,
    /// How much it matters.
    pub weight: Weight,
    /// What happened.
    pub sentence: Clean,
    /// What to do next; empty for nothing.
    pub hint: Clean,
    /// Means nothing any more once the link is up.
    pub until_up: bool,
}

impl Notice {
    /// How long it stays, in milliseconds: time to read it twice.
    pub fn lasts(&self) -> u64 {
        let letters = (self.sentence.as_str().len() + self.hint.as_str().len()) as u64;
        (3_000 + 60 * letters).min(15_000)
    }
}

/// A fault as words for a notice.
pub fn of_fault(fault: &Fault) -> (Weight, Clean, Clean) {
    (Weight::Bad, fault.sentence.clone(), fault.hint.clone())
}

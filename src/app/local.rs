//! What is ours and belongs on disk: the triage marks and the names. Owns what is not on disk yet, and when the next
//! conversation is due; refuses files.

use super::effect::Effect;
use super::event::{Book, Timer};
use super::pane::Hold;
use super::shell::Shell;
use crate::domain::roster::Said;
use crate::domain::time::Unix;
use crate::domain::triage::Change;

/// Lines that wait for a disk which takes none, at most; the oldest are given up first.
const WAITING: usize = 100_000;
/// The longest time to the next look at what is due, in milliseconds: a day.
const DAY_MILLIS: u64 = 86_400_000;

/// Lines that may not be on disk yet.
#[derive(Debug)]
struct Unkept<L> {
    lines: Vec<(u64, L)>,
    number: u64,
    /// One failed, which was said: everything goes along with the next one, and only one above this number has it all.
    failed: Option<u64>,
}

impl<L> Default for Unkept<L> {
    fn default() -> Self {
        Self { lines: Vec::new(), number: 0, failed: None }
    }
}

impl<L: Clone> Unkept<L> {
    /// What is to be put down now, and its number; none when nothing is new.
    fn add(&mut self, fresh: Vec<L>) -> Option<(u64, Vec<L>)> {
        if fresh.is_empty() {
            return None;
        }
        self.number += 1;
        let all = fresh.clone();
        self.lines.extend(fresh.into_iter().map(|line| (self.number, line)));
        let over = self.lines.len().saturating_sub(WAITING);
        drop(self.lines.drain(..over));
        Some((self.number, if self.failed.is_some() { self.lines() } else { all }))
    }

    fn lines(&self) -> Vec<L> {
        self.lines.iter().map(|(_, line)| line.clone()).collect()
    }

    fn kept(&mut self, number: u64) {
        if self.failed.is_some_and(|failed| number <= failed) {
            return;
        }
        self.failed = None;
        self.lines.retain(|(other, _)| *other > number);
    }

    /// Whether that has to be said: it was not said before.
    fn fails(&mut self) -> bool {
        self.failed.replace(self.number).is_none()
    }
}

/// What is on its way to the disk, and what is due next.
#[derive(Debug, Default)]
pub(super) struct Local {
    marks: Unkept<Change>,
    names: Unkept<Said>,
    due: Option<Unix>,
    /// How many were done today.
    done_today: u64,
    /// What both are of: the version of the marks, and the day here.
    counted: (u64, i64),
}

impl Shell {
    /// Gives what is new to the disk, and notices whose time is up. Costs two comparisons when there is nothing.
    pub(super) fn settle_local(&mut self) {
        if self.local.due.is_some_and(|due| due <= self.now.unix) {
            self.triage.wake(self.now.unix);
        }
        let today = self.day(self.now.unix);
        if self.local.counted != (self.triage.version(), today) {
            self.local.counted = (self.triage.version(), today);
            let done = self.triage.marks().filter(|(_, mark)| mark.back.is_none());
            let done = done.filter(|(_, mark)| mark.done.is_some_and(|done| self.day(done) == today));
            self.local.done_today = done.count() as u64;
            self.wait_for_due();
        }
        let marks = self.triage.take_fresh();
        if let Some((number, lines)) = self.local.marks.add(marks) {
            self.effect(Effect::KeepMarks(number, lines));
        }
        let names = self.roster.take_fresh();
        if let Some((number, lines)) = self.local.names.add(names) {
            self.effect(Effect::KeepNames(number, lines));
        }
    }

    /// The day of a moment by the person's own clock.
    fn day(&self, at: Unix) -> i64 {
        at.0.saturating_add(i64::from(self.now.zone)).div_euclid(86_400)
    }

    /// How many conversations were marked as done since midnight, by the person's own clock, and did not come back.
    pub fn done_today(&self) -> u64 {
        self.local.done_today
    }

    fn wait_for_due(&mut self) {
        let due = self.triage.next_due();
        if due != self.local.due {
            self.local.due = due;
            self.set_due();
        }
    }

    fn set_due(&mut self) {
        let Some(due) = self.local.due else { return };
        let seconds = u64::try_from(due.0.saturating_sub(self.now.unix.0)).unwrap_or(0);
        self.timer(Timer::Due, seconds.saturating_mul(1_000).min(DAY_MILLIS));
    }

    /// The timer for what is due ran out. The clock on the wall may say that it is too early.
    pub(super) fn look_at_due(&mut self) {
        if self.local.due.is_some_and(|due| due > self.now.unix) {
            self.set_due();
        }
    }

    /// The disk says something about the marks. True when they may have changed.
    pub(super) fn marks_told(&mut self, book: Book<Change>) -> bool {
        match book {
            Book::Read { whole, lines } => {
                self.triage.read(whole, &lines);
                if whole && self.options.demo {
                    self.triage.begin_anew(self.now.unix);
                }
                self.triage.read(false, &self.local.marks.lines());
                return true;
            }
            Book::Kept(number) => self.local.marks.kept(number),
            Book::Failed(_, sentence) => {
                if self.local.marks.fails() {
                    self.say_unkept(&sentence);
                }
            }
        }
        false
    }

    /// The disk says something about the names.
    pub(super) fn names_told(&mut self, book: Book<Said>) {
        match book {
            Book::Read { whole, lines } => {
                self.roster.read(whole, &lines);
                let unkept = self.local.names.lines();
                if !unkept.is_empty() {
                    self.roster.read(false, &unkept);
                }
            }
            Book::Kept(number) => self.local.names.kept(number),
            Book::Failed(_, sentence) => {
                if self.local.names.fails() {
                    self.say_unkept(&sentence);
                }
            }
        }
    }

    /// What stands against leaving: marks that the disk did not take, or names that somebody put right. What was learnt is
    /// learnt again.
    pub(super) fn hold_for_books(&self) -> Option<Hold> {
        let by_hand = |(_, said): &(u64, Said)| match said {
            Said::Name { by_hand, .. } => *by_hand,
            Said::Me(_) => true,
        };
        let (marks, names) = (&self.local.marks, &self.local.names);
        if marks.failed.is_some() {
            return Some(Hold::Asks("Marks are not on disk and would be lost. Quit again to leave anyway."));
        }
        let lost = names.failed.is_some() && names.lines.iter().any(by_hand);
        lost.then_some(Hold::Asks("Names that you put right are not on disk. Quit again to leave anyway."))
    }

    fn say_unkept(&mut self, sentence: &str) {
        self.say_beside(sentence, "The next one takes them along, once the disk takes it.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::shell::Options;
    use crate::domain::roster::Kind;
    use crate::domain::text::Clean;

    #[test]
    fn names_that_somebody_put_right_are_not_left_behind_in_silence() {
        let mut shell = Shell::new(Options::default(), 80, 24);
        let failed = |number| Book::Failed(number, "The names are not on disk: the disk is full.".to_owned());
        shell.roster.learn_name(Kind::Team, "9", &Clean::fixed("T2"));
        shell.settle_local();
        shell.names_told(failed(1));
        assert_eq!(shell.hold_for_books(), None, "it is learnt again");
        assert!(shell.roster.correct(Kind::Team, "9", &Clean::fixed("Tier 2")));
        shell.settle_local();
        assert!(matches!(shell.hold_for_books(), Some(Hold::Asks(_))));
        shell.names_told(Book::Kept(2));
        assert_eq!(shell.hold_for_books(), None);
    }

    #[test]
    fn trouble_that_nobody_asked_about_pushes_no_other_away() {
        let mut shell = Shell::new(Options::default(), 80, 24);
        let failed = || Book::Failed(1, "The names are not on disk.".to_owned());
        shell.say_beside("The token is used, but it could not be kept.", "");
        shell.say_beside("The marks could not be read.", "");
        for _ in 0..2 {
            assert!(shell.roster.correct(Kind::Team, "9", &Clean::fixed("Tier 2")));
            shell.roster.forget(Kind::Team, "9");
            shell.settle_local();
            shell.names_told(failed());
        }
        let told = shell.notice.unwrap();
        let said = (told.sentence.as_str(), told.hint.as_str());
        let both = "The marks could not be read. The names are not on disk.";
        assert_eq!(said, ("The token is used, but it could not be kept.", both));
    }

    #[test]
    fn what_failed_goes_along_with_the_next_until_the_disk_takes_it() {
        let mut unkept = Unkept::default();
        assert_eq!(unkept.add(Vec::<u8>::new()), None);
        assert_eq!(unkept.add(vec![1]), Some((1, vec![1])));
        assert_eq!(unkept.add(vec![2]), Some((2, vec![2])));
        assert!(unkept.fails() && !unkept.fails());
        unkept.kept(2);
        assert_eq!(unkept.lines(), [1, 2], "which of them failed is not known any more");
        assert_eq!(unkept.add(vec![3]), Some((3, vec![1, 2, 3])));
        unkept.kept(3);
        assert_eq!((unkept.lines(), unkept.add(vec![4])), (vec![], Some((4, vec![4]))));
    }
}

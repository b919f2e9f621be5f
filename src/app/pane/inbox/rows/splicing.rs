//! A mark that was put on a row or two, while everything else is as it was: only their numbers move. Owns where they go; whether a
//! row is shown is judged elsewhere.

use super::{Arranged, Known, Verdict};
use crate::app::shell::Shell;

impl Verdict {
    fn is_shown(self) -> bool {
        matches!(self, Self::Shown | Self::Pinned)
    }
}

impl Arranged {
    /// What the marks were when the rows were arranged, when nothing but marks changed since.
    pub(in crate::app::pane::inbox) fn marked_since(&self, shell: &Shell) -> Option<u64> {
        (!self.stale.rows && self.is_of_now(shell)).then_some(self.version)
    }

    /// Whether a row is not shown for another reason than that others alone are to be seen for a while.
    pub(in crate::app::pane::inbox) fn is_gone(&self, number: u32) -> bool {
        matches!(self.verdicts.get(number as usize), Some(Verdict::Cut | Verdict::Away))
    }

    /// In which place the row with this number is shown, from 0. Costs a search among sorted numbers.
    pub(in crate::app::pane::inbox) fn shown_place(&self, number: u32) -> Option<usize> {
        let (part, from) = self.part(*self.verdicts.get(number as usize)?)?;
        let at = from + self.below(part, number);
        (self.shown.get(at) == Some(&number)).then_some(at)
    }

    /// Judges these rows anew, whose marks changed, and gives back the place of the row that the cursor goes to: the first that
    /// is still shown of `home`, what is under the cursor, what is below it, what is above it.
    pub(in crate::app::pane::inbox) fn splice(
        &mut self,
        known: Known<'_>,
        numbers: &[u32],
        home: Option<u32>,
        cursor: usize,
    ) -> Option<usize> {
        let before = self.around(numbers, home, cursor);
        for &number in numbers {
            let (before, verdict) = self.judge_again(known, number);
            self.move_row(number, before, verdict);
        }
        self.generation += 1;
        self.version = known.triage.version();
        before.into_iter().find_map(|number| self.shown_place(number))
    }

    /// Shows the rows that are away, or hides them, and gives back what was shown before. Only these rows are judged anew: those
    /// that are done or put away by a mark, be they back by now or not. Everything else has to be arranged.
    pub(in crate::app::pane::inbox) fn turn_away(
        &mut self,
        known: Known<'_>,
        aside: &[u32],
        show: bool,
    ) -> Vec<u32> {
        self.show_away = show;
        for &number in aside {
            self.judge_again(known, number);
        }
        self.generation += 1;
        self.show()
    }

    /// What a row was judged before, and what it is judged now.
    fn judge_again(&mut self, known: Known<'_>, number: u32) -> (Verdict, Verdict) {
        let verdict = self.judge(known, number as usize);
        let before = std::mem::replace(&mut self.verdicts[number as usize], verdict);
        self.hidden.count(before, -1);
        self.hidden.count(verdict, 1);
        (before, verdict)
    }

    /// The rows that the cursor may go to, the first choice first; as many as are needed when all of these go away.
    fn around(&self, numbers: &[u32], home: Option<u32>, cursor: usize) -> Vec<u32> {
        let (above, below) = self.shown.split_at(cursor.min(self.shown.len()));
        let enough = numbers.len() + 1;
        let near = below.iter().take(enough).chain(above.iter().rev().take(enough));
        home.into_iter().chain(near.copied()).collect()
    }

    fn move_row(&mut self, number: u32, before: Verdict, verdict: Verdict) {
        if before == verdict {
            return;
        }
        if let Some((part, from)) = self.part(before) {
            let at = from + self.below(part, number);
            if self.shown.get(at) == Some(&number) {
                self.shown.remove(at);
                self.pinned -= usize::from(before == Verdict::Pinned);
            }
        }
        if let Some((part, from)) = self.part(verdict) {
            let at = from + self.below(part, number);
            self.shown.insert(at, number);
            self.pinned += usize::from(verdict == Verdict::Pinned);
        }
    }

    /// The shown rows that were judged so, and how many come before them.
    fn part(&self, verdict: Verdict) -> Option<(&[u32], usize)> {
        let (pinned, others) = self.shown.split_at(self.pinned);
        verdict.is_shown().then_some(if verdict == Verdict::Pinned {
            (pinned, 0)
        } else {
            (others, self.pinned)
        })
    }

    /// How many of these sorted numbers come before this one.
    fn below(&self, part: &[u32], number: u32) -> usize {
        let place = |number: u32| self.place.get(number as usize);
        part.partition_point(|&other| place(other) < place(number))
    }
}

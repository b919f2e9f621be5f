//! Tells the findings in order, each rung exactly once. Owns their times; whatever a server said loses its secrets and its
//! control characters here.

use tokio::time::Instant;

use super::case::{Case, Told};
use super::trouble::Trouble;
use crate::domain::examination::{Finding, Rung, Verdict};
use crate::domain::text::Clean;
use crate::session::secrets::Secrets;

/// The rungs told so far.
pub(super) struct Ladder<'a> {
    tell: &'a (dyn Fn(Finding) + Send + Sync),
    secrets: Secrets,
    /// How many were told.
    told: usize,
    since: Instant,
    /// Nothing was bad.
    pub(super) sound: bool,
}

impl<'a> Ladder<'a> {
    pub(super) fn new(tell: &'a (dyn Fn(Finding) + Send + Sync), secrets: Secrets) -> Self {
        Self { tell, secrets, told: 0, since: Instant::now(), sound: true }
    }

    /// The next rung is this.
    pub(super) fn tell(&mut self, told: &Told) {
        let Some(rung) = Rung::ALL.get(self.told) else { return };
        self.told += 1;
        let now = Instant::now();
        let tenths = now.saturating_duration_since(self.since).as_micros() / 100;
        self.since = now;
        let clean = |words: &str| Clean::line(&self.secrets.hide(words));
        (self.tell)(Finding {
            rung: *rung,
            verdict: told.verdict,
            sentence: clean(&told.sentence),
            hint: clean(&told.hint),
            cause: told.cause,
            tenths: if told.verdict == Verdict::Skipped {
                0
            } else {
                u64::try_from(tenths).unwrap_or(u64::MAX)
            },
        });
    }

    /// Every rung below this one holds.
    pub(super) fn climb(&mut self, rung: Rung, case: &Case) {
        while let Some(next) = Rung::ALL.get(self.told).filter(|next| **next < rung) {
            self.tell(&case.holds(*next));
        }
    }

    /// What is below holds, this breaks, what is above is not tried.
    pub(super) fn stop(&mut self, trouble: &Trouble, case: &Case) {
        self.climb(trouble.rung, case);
        self.sound = false;
        self.tell(&Told {
            verdict: Verdict::Bad,
            cause: trouble.cause,
            sentence: trouble.sentence.clone(),
            hint: trouble.hint.clone(),
        });
        while self.told < Rung::ALL.len() {
            self.tell(&Told::skipped("Not tried, because of what broke before."));
        }
    }

    /// This rung holds, or breaks.
    pub(super) fn settle(&mut self, rung: Rung, outcome: Result<Told, Trouble>, case: &Case) -> bool {
        match outcome {
            Ok(told) => {
                self.climb(rung, case);
                self.tell(&told);
                true
            }
            Err(trouble) => {
                self.stop(&Trouble { rung: trouble.rung.max(rung), ..trouble }, case);
                false
            }
        }
    }
}

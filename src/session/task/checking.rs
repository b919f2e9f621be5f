//! Whether a line that seems to work still does: after the computer slept, or after a call ran out of time, the other side is
//! asked before the next call leaves. Owns that doubt; nothing ticks, it is looked at only when something is asked.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::task::AbortHandle;
use tokio::time::{Instant, timeout};

use super::{Done, State, Task, ending};
use crate::domain::call::{End, Fault, FaultKind};
use crate::session::wire::{Line as _, News, Wire};

/// A clock that ran this much further than the time we were awake for tells of a sleep.
const SLEPT: Duration = Duration::from_secs(30);
/// How long the other side has to say that it is there.
const LIMIT: Duration = Duration::from_secs(8);

/// How far the line is to be trusted.
pub(super) enum Trust {
    Full,
    /// To be asked before the next call.
    Doubt,
    /// Being asked.
    Asking(AbortHandle),
}

/// The wall clock beside the one that stands still while the computer sleeps.
pub(super) struct Clocks {
    wall: Box<dyn Fn() -> SystemTime + Send>,
    last: (SystemTime, Instant),
}

impl Clocks {
    /// The clocks of this computer.
    pub(super) fn real() -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "only the wall clock goes on while the computer sleeps"
        )]
        Self::new(Box::new(SystemTime::now))
    }

    pub(super) fn new(wall: Box<dyn Fn() -> SystemTime + Send>) -> Self {
        let last = (wall(), Instant::now());
        Self { wall, last }
    }

    /// How long the computer slept since this was asked last; none when it did not.
    pub(super) fn slept(&mut self) -> Option<Duration> {
        let now = ((self.wall)(), Instant::now());
        let (wall, awake) = std::mem::replace(&mut self.last, now);
        let slept = now.0.duration_since(wall).ok()?.checked_sub(now.1 - awake)?;
        (slept > SLEPT).then_some(slept)
    }
}

impl<W: Wire> Task<W> {
    /// Something is asked: has the computer slept meanwhile? Then no connection can be trusted, and no wait is as long as
    /// it was.
    pub(super) fn wake_up(&mut self) {
        let Some(slept) = self.clocks.slept() else { return };
        self.held = self.held.and_then(|until| until.checked_sub(slept));
        self.tell_pause();
        match &self.state {
            State::Up { .. } => self.doubt(),
            State::Dialling { .. } | State::Down { next: Some(_), .. } => self.redial(),
            State::Down { next: None, .. } | State::Closed => {}
        }
    }

    pub(super) fn doubt(&mut self) {
        if matches!(self.trust, Trust::Full) {
            self.trust = Trust::Doubt;
        }
    }

    /// A call that ran out of time may have met a connection that is dead and does not say so.
    pub(super) fn doubt_after(&mut self, end: &End) {
        let late = match end {
            End::TimedOut(_) => true,
            End::Refused(fault) | End::Unknown(fault) => fault.kind == FaultKind::TimedOut,
            End::Answer(_) | End::Cancelled | End::NotSent(_) | End::Moved(_) => false,
        };
        if late {
            self.doubt();
        }
    }

    /// Whether calls may leave on the present line. When that is in doubt, the other side is asked now.
    pub(super) fn is_trusted(&mut self) -> bool {
        match (&self.trust, &self.state) {
            (Trust::Full, _) => return true,
            (Trust::Asking(_), _) => return false,
            (Trust::Doubt, State::Up { line, .. }) => {
                let line = Arc::clone(line);
                let asking = self.tasks.spawn(async move {
                    let told = timeout(LIMIT, line.check()).await;
                    Done::Checked(told.unwrap_or_else(|_| Some(News::Lost(ending::silent()))))
                });
                self.trust = Trust::Asking(asking);
            }
            (Trust::Doubt, State::Dialling { .. } | State::Down { .. } | State::Closed) => {}
        }
        false
    }

    /// The other side was asked. One that is gone is dialled anew at once, and what waits goes there.
    pub(super) fn checked(&mut self, task: tokio::task::Id, news: Option<News>) {
        if !matches!(&self.trust, Trust::Asking(asking) if asking.id() == task) {
            return;
        }
        self.trust = Trust::Full;
        match news {
            Some(News::Lost(fault)) if matches!(self.state, State::Up { .. }) => self.replace_line(&fault),
            Some(News::SessionGone(fault)) => self.renew_if(true, fault),
            Some(News::Lost(_) | News::Tools | News::Question(_) | News::Unasked(_) | News::Message(..))
            | None => self.pump(),
        }
    }

    fn replace_line(&mut self, fault: &Fault) {
        self.forget_line();
        self.end_flights(fault);
        self.dial();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn only_a_clock_that_ran_ahead_tells_of_a_sleep() {
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_786_900_000);
        let wall = Arc::new(Mutex::new(start));
        let shown = Arc::clone(&wall);
        let mut clocks = Clocks::new(Box::new(move || *shown.lock().unwrap()));
        // Seconds awake, seconds by the wall clock, seconds slept.
        let table: [(u64, i64, Option<u64>); 7] = [
            (3_600, 3_600, None),
            (5, 35, None),
            (5, 36, Some(31)),
            (0, 0, None),
            (10, -7_200, None),
            (10, 0, None),
            (60, 7_260, Some(7_200)),
        ];
        for (awake, shown, slept) in table {
            tokio::time::advance(Duration::from_secs(awake)).await;
            let change = Duration::from_secs(shown.unsigned_abs());
            let before = *wall.lock().unwrap();
            *wall.lock().unwrap() = if shown < 0 { before - change } else { before + change };
            assert_eq!(clocks.slept(), slept.map(Duration::from_secs), "{awake} {shown}");
        }
    }
}

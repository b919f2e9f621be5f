//! What is to be woken up for, and when. Setting a timer again moves it.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use crate::app::Timer;

/// How long nothing may happen before ages on the screen are stale.
const MINUTE: Duration = Duration::from_secs(60);

/// Timers by what they are for.
#[derive(Debug, Default)]
pub(super) struct Timers {
    due: HashMap<Timer, Instant>,
}

impl Timers {
    pub(super) fn set(&mut self, timer: Timer, millis: u64) {
        self.due.insert(timer, soon(millis));
    }

    /// Sleeps until the next timer is due and takes it out; after a minute without any, returns none. Dropping the
    /// future loses nothing.
    pub(super) async fn next(&mut self) -> Option<Timer> {
        let next = self.due.iter().min_by_key(|(_, due)| **due).map(|(timer, due)| (*timer, *due));
        let Some((timer, due)) = next else {
            tokio::time::sleep(MINUTE).await;
            return None;
        };
        tokio::time::sleep_until(due).await;
        self.due.remove(&timer);
        Some(timer)
    }
}

fn soon(millis: u64) -> Instant {
    Instant::now() + Duration::from_millis(millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn fires_in_order_and_moves_what_is_set_again() {
        let mut timers = Timers::default();
        timers.set(Timer::Progress, 300);
        timers.set(Timer::Arm, 200);
        timers.set(Timer::Progress, 100);
        assert_eq!(timers.next().await, Some(Timer::Progress));
        assert_eq!(timers.next().await, Some(Timer::Arm));
        assert_eq!(timers.next().await, None);
    }
}

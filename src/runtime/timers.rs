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

    /// Sleeps until the next timer is due and takes it out; when none is within a minute, returns none after it. Dropping the
    /// future loses nothing.
    pub(super) async fn next(&mut self) -> Option<Timer> {
        let next = self.due.iter().min_by_key(|(_, due)| **due).map(|(timer, due)| (*timer, *due));
        // A timer that is hours away does not keep ages from going on.
        let minute = Instant::now() + MINUTE;
        let Some((timer, due)) = next.filter(|(_, due)| *due <= minute) else {
            tokio::time::sleep_until(minute).await;
            return None;
        };
        tokio::time::sleep_until(due).await;
        self.due.remove(&timer);
        Some(timer)
    }
}

/// What is further away than the clock reaches is as far away as a day; whoever set it looks again.
fn soon(millis: u64) -> Instant {
    let now = Instant::now();
    now.checked_add(Duration::from_millis(millis)).unwrap_or(now + Duration::from_secs(86_400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn minutes_pass_while_a_timer_is_hours_away() {
        let mut timers = Timers::default();
        timers.set(Timer::Due, 150_000);
        assert_eq!(timers.next().await, None);
        assert_eq!(timers.next().await, None);
        assert_eq!(timers.next().await, Some(Timer::Due));
    }

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
